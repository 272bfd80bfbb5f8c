"""Counts in a row: `eight simulated buildings, one real building, two setups` told with two 두.

Where a sentence and its quote list as many counts (three or more), each count of the source is used as often as it
stands there. A score told twice that the quote has once stands for another of its scores (`1.1%와 4.1%` as 4.1% and
4.1%).
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from core.checking.checks.beside import is_score
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE
from core.model import Finding

_FEWEST, _MOST = 3, 20


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    near = case.source.within((case.place,))
    if twice := _twice(case.quantities, near):
        yield Finding("number", twice.text, f"{twice.text}: 인용문에는 한 번 나오고, 다른 값이 빠졌습니다")
        return
    said, given = _counts(case.quantities), _counts(near)
    told, theirs = Counter(q.faces[0] for q in said), Counter(q.faces[0] for q in given)
    if len(said) != len(given) or len(said) < _FEWEST or not set(told) <= set(theirs):
        return
    for q in said:
        if told[q.faces[0]] > theirs[q.faces[0]]:
            yield Finding("number", q.text, f"원문은 이 수를 {theirs[q.faces[0]]}번만 셉니다")
            return


def _twice(said: tuple[Quantity, ...], given: tuple[Quantity, ...]) -> Quantity | None:
    """A score that stands once more in the sentence than in the quote, beside one of the quote that is told nowhere."""
    scores = [q for q in given if is_score(q) and not q.weak]
    for one, two in pairwise([q for q in said if is_score(q) and not q.weak]):
        once = sum(q.faces == one.faces for q in scores) == 1
        alike = [q for q in scores if q.unit.dimension == one.unit.dimension and q.faces != one.faces]
        untold = [g for g in alike if not any(agree(q, g) is Match.YES for q in said)]
        if one.faces == two.faces and one.unit == two.unit and once and untold:
            return two
    return None


def _counts(quantities: tuple[Quantity, ...]) -> list[Quantity]:
    kinds = COUNTABLE - {"ordinal", "calendar"}
    return [q for q in quantities if not q.weak and q.unit.dimension in kinds and q.faces[0] <= _MOST]
