"""Counts in a row: `eight simulated buildings, one real building, two setups` told with two 두.

Where a sentence and its quote list as many counts (three or more), each count of the source is used as often as it
stands there.
"""

from collections import Counter
from collections.abc import Iterator

from core.checking.texts.quantity import Quantity
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE
from core.model import Finding

_FEWEST, _MOST = 3, 20


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    said, given = _counts(case.quantities), _counts(case.source.within((case.place,)))
    told, theirs = Counter(q.faces[0] for q in said), Counter(q.faces[0] for q in given)
    if len(said) != len(given) or len(said) < _FEWEST or not set(told) <= set(theirs):
        return
    for q in said:
        if told[q.faces[0]] > theirs[q.faces[0]]:
            yield Finding("number", q.text, f"원문은 이 수를 {theirs[q.faces[0]]}번만 셉니다")
            return


def _counts(quantities: tuple[Quantity, ...]) -> list[Quantity]:
    kinds = COUNTABLE - {"ordinal", "calendar"}
    return [q for q in quantities if not q.weak and q.unit.dimension in kinds and q.faces[0] <= _MOST]
