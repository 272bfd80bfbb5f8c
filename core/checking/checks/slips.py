"""What the quote has in a figure's stead: another of the same kind that the sentence does not tell."""

from core.checking.checks.derived import derived
from core.checking.checks.proposals import digits
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE
from core.model import Finding


def slipped(case: Case, said: Quantity) -> Quantity | None:
    """A figure of the quote, told nowhere, that differs in one digit or in the order of two, or in scale: what looks
    worked out is that figure, written wrong."""
    if case.place is None or case.sentence.section not in ("summary", "risk"):
        return None
    if said.unit.dimension in ("x", "part"):
        given = case.source.within((case.place,))
        return next((g for g in given if g.unit.dimension in ("x", "part") and not (g.weak or _told(case, g))), None)
    if said.word or case.sentence.section == "risk":
        return None
    for g in case.source.within((case.place,)):
        alike = g.unit.dimension == said.unit.dimension or {g.unit.dimension, said.unit.dimension} <= COUNTABLE
        scaled = digits(said.faces[0]) == digits(g.faces[0])
        rounded = abs(said.faces[0] - g.faces[0]) < said.step and "." in said.text and not scaled
        if alike and not (g.weak or g.word or rounded) and _near(said.faces[0], g.faces[0]) and not _told(case, g):
            return g
    return None


def _told(case: Case, given: Quantity) -> bool:
    return any(agree(q, given) is Match.YES for q in case.quantities)


def _near(said: float, given: float) -> bool:
    a, b = digits(said).replace(".", ""), digits(given).replace(".", "")
    if a == b:
        return said != given
    n = max(len(a), len(b))
    a, b = a.ljust(n, "0"), b.ljust(n, "0")
    off = [i for i in range(n) if a[i] != b[i]]
    swapped = len(off) == 2 and (a[off[0]], a[off[1]]) == (b[off[1]], b[off[0]])
    return given > 0 and 0.1 < said / given < 10 and (len(off) == 1 or swapped)


def rivalled(case: Case, said: Quantity) -> bool:
    """The quote gives figures of this kind that the sentence does not tell: one of them was meant."""
    quoted = case.source.within((case.place,)) if case.place else ()
    counts = said.unit.dimension == "count" and case.sentence.section == "summary"
    alike = [
        q
        for q in quoted
        if (q.unit.dimension == said.unit.dimension or (counts and q.tail)) and not q.weak and not q.word
    ]
    return any(not any(agree(q, g) is Match.YES for q in case.quantities) for g in alike)


def other_instead(case: Case, said: Quantity) -> Finding | None:
    """The quote itself gives other figures of this kind, and the sentence none of them: taken from next to it."""
    assert case.place is not None
    quoted = case.source.within((case.place,))
    if said.word or case.opinion or not quoted or any(agree(said, g) is Match.YES for g in quoted):
        return None
    alike = [q for q in quoted if q.unit.dimension == said.unit.dimension and not q.weak and not q.word]
    untold = [g for g in alike if not _told(case, g)]
    row = [q for q in case.quantities if q.unit.dimension == said.unit.dimension and not q.word and not q.weak]
    if len(alike) > 1 and len(untold) == 1 and len(row) == len(alike) and case.sentence.section == "summary":
        return Finding("misattributed", said.text, f"인용문의 수치는 {untold[0].text}입니다")
    told = len(untold) < len(alike)
    if alike and not told and not any(derived(case, q) for q in case.quantities):
        return Finding("misattributed", said.text, f"인용문의 수치는 {alike[0].text}입니다")
    return None
