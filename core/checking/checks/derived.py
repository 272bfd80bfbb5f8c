"""Figures a writer worked out rightly from the source's own: differences, shares, multiples, rests, rates.

`54.93%, 사람보다 32.64%p 낮다` states a difference that the source never writes. A figure is taken for worked out
from figures that the sentence itself tells or its quote gives, of one kind, to the precision it is written in; from
others of the reading only where chance would seldom agree (a multiple within one sentence, two decimals, model sizes).
What needs a word to be meant (나머지, 합쳐, 세션당) needs that word. Everything else stays a figure without a source.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from core.checking.checks.arithmetic import BEFORE, FAR, MORE, NO_OPERAND, RELATIVE, SUM, fits, from_one, from_two
from core.checking.checks.wholes import grounded, of_a_whole
from core.checking.texts.quantity import Quantity
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE

_GAP = re.compile(r"(?:차이|격차|간격)(?:는|가|은)?\s(?:약\s)?$")
_WIDE = re.compile(r"(?:점|%p)?(?:이나|만큼|가량|나)?\s(?:넘게\s)?(?:벌어|차이)")
_TO = re.compile(r"%?\s?(?:to|→|->)\s?")
_METRIC = re.compile(r"([A-Z][A-Za-z0-9@]*[A-Z0-9])[가-힣]{0,2}(?:\s(?:of|is|was|score of)|:|=)?\s?$")
_RATIO = re.compile(r"(?:비율|비중|몫)(?:은|는|이|가)?\s(?:약\s)?$")


def derived(case: Case, said: Quantity) -> bool:
    """Whether `said` follows by arithmetic from figures told beside it and figures of its quote."""
    kind, text = said.unit.dimension, case.text
    if kind in NO_OPERAND:
        return False
    told = [q for q in case.quantities if q.start != said.start and grounded(case, q, kind)][:FAR]
    near = [q for q in _near(case, kind) if not q.weak and q.unit.dimension not in NO_OPERAND][:FAR]
    free = case.opinion and not case.place
    if any(from_one(text, said, a, stated=free or a in told) for a in (*told, *near)):
        return True
    if any(from_two(text, said, a, b) for a, b in _pairs(told, near)):
        return True
    if MORE.search(text) and said.step < 1 and _change(case, said, near):
        return True
    before = kind == "%" and bool(BEFORE.search(text))
    gap = kind in COUNTABLE | {"point"} and bool(_GAP.search(text[: said.start]))
    fine = kind in ("", "pp", "point") and 0 < said.step <= 0.01
    if fine and (MORE.search(text) or _GAP.search(text[: said.start])) and _apart(case, said, [*told, *near]):
        return True
    relative = kind == "%" and bool(RELATIVE.search(text) or said.about)
    alike = {kind, ""} if kind == "part" else None
    stated = any(
        q.unit.dimension == kind or (q.faces[0] == said.faces[0] and (alike is None or q.unit.dimension in alike))
        for q in near
    )
    total = said.word and kind in COUNTABLE and bool(SUM.search(text))
    own = before or gap or total or ((relative or kind in ("pp", "x", "part")) and not stated)
    if own and any(
        from_two(text, said, a, b) for group in _together(case, kind, near) for a, b in combinations(group, 2)
    ):
        return True
    return of_a_whole(case, said, told, near) or _of_the_reading(case, said)


def changes(text: str, row: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """The figures of a row that stand in its text as `… to …`."""
    return ((a, b) for a, b in pairwise(row) if _TO.fullmatch(text[a.end : b.start]))


def _change(case: Case, said: Quantity, near: list[Quantity]) -> bool:
    """`0.1가량 올랐다` of a 0.440 to 0.541."""
    alike = said.unit.dimension in ("", "pp", "point")
    return alike and any(fits(said, abs(b.faces[0] - a.faces[0])) for a, b in changes(case.source.text, near))


def of_the_quoted(case: Case, said: Quantity) -> bool:
    """`세 배를 웃돈다` of a 13.3x beside a 4.2x."""
    if said.unit.dimension != "x" or not said.about or case.place is None:
        return False
    given = [g for g in case.source.within((case.place,)) if g.unit.dimension == "x"]
    return any(from_two(case.text, said, a, b) for a, b in combinations(given, 2))


def between_told(case: Case, said: Quantity) -> bool:
    """A difference or a multiple, to a decimal, of two figures that the sentence tells and the source has."""
    if said.word or not 0 < said.step < 1:
        return False
    told = [
        q for q in case.quantities if q.start != said.start and not q.word and grounded(case, q, said.unit.dimension)
    ]
    return any(from_two(case.text, said, a, b) for a, b in combinations(told[:8], 2))


def _of_the_reading(case: Case, said: Quantity) -> bool:
    """A multiple, a share or points between two figures of one sentence of the reading; of any two (of the first
    sixteen) where it is told in words or about, which says little."""
    kind = said.unit.dimension
    changed = kind == "point" and 0 < said.step < 1 and MORE.search(case.text)
    share = kind == "%" and _RATIO.search(case.text[: said.start])
    if kind not in ("x", "part", "pp") and not changed and not share:
        return False
    given = [q for q in case.source.quantities if not (q.weak or q.word) and q.values[0] > 0]
    coarse = said.word or (said.about and kind == "part")
    rows = [given] if coarse else [[q for q in given if a <= q.start < b] for a, b in case.source.sentences]
    return any(from_two(case.text, said, a, b) for row in rows for a, b in combinations(row[:16], 2))


def _near(case: Case, kind: str) -> tuple[Quantity, ...]:
    """The figures of the quoted sentences; of a sentence without a quote all, for shares told in halves."""
    source = case.source
    if case.place:
        return source.within(source.around(case.place))
    if kind == "%" and case.sentence.section in ("idea", "one_liner", "risk"):
        return tuple(q for q in source.quantities if q.unit.dimension in ("%", "part", "x"))
    if case.opinion and kind in COUNTABLE:  # the rest of a share: 94 % are not, so 6 % are
        return tuple(q for q in source.quantities if q.unit.dimension == "%")
    return source.quantities if kind == "part" else ()


def _together(case: Case, kind: str, near: list[Quantity]) -> Iterator[list[Quantity]]:
    """Figures that may be set against each other though the sentence tells neither: those of one source sentence,
    for points all percentages."""
    if case.place and (kind != "pp" or any(q.unit.dimension in ("%", "pp") for q in near)):
        yield near
        return
    alike = ("point",) if kind == "x" else ("%", "pp")
    if kind == "pp":
        yield [q for q in case.source.quantities if not q.weak and q.unit.dimension == "%"][:8]
    for span in case.source.sentences:
        yield [
            q
            for q in case.source.within((span,))
            if not q.weak and (q.unit.dimension in (*alike, "%") or 0 < q.faces[0] < 1)
        ][:8]


def _apart(case: Case, said: Quantity, known: list[Quantity]) -> bool:
    """`AUC는 0.004 올랐다`: a figure told or quoted, or a score below one, and another of the source.
    Two decimals seldom agree by chance."""
    given = [q for q in case.source.quantities if not q.weak and q.step < 1][: 2 * FAR]
    one = [q for q in (*known, *(q for q in given if q.faces[0] < 1)) if q.step < 1][:FAR]
    apart = _GAP.search(case.text[: said.start]) or _WIDE.match(case.text, said.end)
    rows = [case.source.within((span,)) for span in case.source.sentences] if apart else []
    pairs = [*((a, b) for a in one for b in given), *(pair for row in rows for pair in combinations(row[:16], 2))]
    return any(
        a.unit.dimension == b.unit.dimension
        and fits(said, abs(a.faces[0] - b.faces[0]))
        and len({_metric(case, a), _metric(case, b)} - {""}) < 2
        for a, b in pairs
    )


def _metric(case: Case, q: Quantity) -> str:
    """The metric that stands right before a figure (`AUPRC of 0.346`); an AUROC less an AUPRC says nothing."""
    text = case.text if any(q is told for told in case.quantities) else case.source.text
    found = _METRIC.search(text[max(0, q.start - 24) : q.start])
    return found[1].lower() if found else ""


def _pairs(told: list[Quantity], near: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    for i, a in enumerate(told):
        for b in (*told[i + 1 :], *near):
            yield a, b
