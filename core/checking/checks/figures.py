"""Numbers: every quantity of a sentence must stand in its source, near its quote, with the same unit.

Ranges, conversions and rounding are quantity.py's business, which quantities need no support is freed.py's. Here:
where support is looked for (a `두` may merely count what the writer listed), and what the difference is called.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from core.checking.checks import freed, relevance
from core.checking.checks.counts import listed, small
from core.checking.checks.derived import between_told, derived, of_the_quoted
from core.checking.checks.proposals import digits
from core.checking.checks.slips import other_instead, rivalled, slipped
from core.checking.checks.wholes import in_a_hundred
from core.checking.texts.quantity import Match, Quantity, agree, of_another
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE, NAMES, NOUNS, PHYSICAL
from core.model import Finding
from core.particles import particle

_SMALL = 12  # what is counted more than once
_OF_WHOLE = re.compile(r"\s?(?:의\s)?(?:[가-힣]{1,6}\s)?(?:중(?:에서?)?|가운데)[\s,]")
_APPARATUS = re.compile(r"(?<![가-힣])(?:표|그림)(?:이|가|은|는|만)?\s(?:모두\s|총\s)?$")
_WHOLE = re.compile(r"(?:전체|총|모두)\s(?:[가-힣]{1,6}\s)?$")


def check(case: Case) -> Iterator[Finding]:
    source = case.source
    near = source.within(source.around(case.place)) if case.place else ()
    for said in case.quantities:
        if said.weak or freed.free(case, said):
            continue
        if case.place and _supported(said, near):
            if _taken(case, said, near) and (other := slipped(case, said)):
                yield Finding("number", said.text, f"인용문의 수치는 {other.text}입니다")
            elif (
                found := _bound_turned(case.text, said, near)
                or other_instead(case, said)
                or _points_gained(case, said, near)
            ):
                yield found
            continue
        if (other := _very_digits(said, near)) and not in_a_hundred(case, said, near):
            yield _finding(said, Match.UNIT, other)
            continue
        if (other := _very_percent(case, said, near)) is not None:
            yield _finding(said, Match.POINT, other)
            continue
        if (other := slipped(case, said)) and not (between_told(case, said) or of_the_quoted(case, said)):
            yield Finding("number", said.text, f"인용문의 수치는 {other.text}입니다")
            continue
        if derived(case, said):
            continue
        verdict, given = _best(said, source.quantities)
        if verdict is Match.YES:
            yield from _elsewhere(case, said, given, near)
        elif not (_rounded(case, said) or listed(case, said)):
            yield _finding(said, verdict, given)


def _elsewhere(case: Case, said: Quantity, given: Quantity | None, near: tuple[Quantity, ...]) -> Iterator[Finding]:
    """A figure that the source has, but not about its quote."""
    if other := _other_unit(said, near):
        yield _finding(said, Match.UNIT, other)
        return
    free = case.opinion or (
        case.sentence.section == "risk" and (relevance.supposes(case.text) or relevance.touches(case))
    )
    # Pages, tables and figures are given by a paper's comment, by no sentence.
    own = said.unit.dimension == "page" or _APPARATUS.search(case.text[: said.start])
    few = (
        small(said)
        or said.text in ("2차원", "3차원")
        or (max(said.faces) <= 4 and re.search(r"\d\s?(?:층|단계|갈래|축)$", said.text))
    )
    if case.place and not (few or free or own or _whole(case, said)):
        fits = relevance.fits(case, far=not _beside(case, said)) or _anchored(case, said, near)
        if rivalled(case, said) or not fits:
            yield Finding("quote_unrelated", said.text, f"{said.text}: 원문에는 있지만 인용한 문장에는 없습니다")
    elif not case.place and given and (found := _bound_turned(case.text, said, (given,))):
        yield found


def _whole(case: Case, said: Quantity) -> bool:
    """`124개 중 60개`, `전체 4만 5천여 개`: the whole that a quoted share is of may be told from elsewhere."""
    marked = _OF_WHOLE.match(case.text[said.end :]) or _WHOLE.search(case.text[: said.start])
    return bool(marked) and any(q is not said and not q.weak for q in case.quantities)


def _supported(said: Quantity, given: tuple[Quantity, ...]) -> bool:
    """By one that is known to count the same, or by bare ones where none counts another (`100,000 GPUs … 100K`)."""
    met = [g for g in given if agree(said, g) is Match.YES]
    if any(g.unit.dimension or g.tail or g.text[-1:] in "BM" for g in met):
        return True
    return bool(met) and not any(of_another(said, g) for g in given if g.faces[0] == said.faces[0] and g.tail)


def _taken(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> bool:
    """What supports the figure by conversion alone (0.01 of 1 %) is told as it stands by another of the sentence."""
    given = [g for g in near if agree(said, g) is Match.YES]
    return all(
        g.unit.dimension != said.unit.dimension
        and any(q is not said and q.unit.dimension == g.unit.dimension and q.faces == g.faces for q in case.quantities)
        for g in given
    )


def _anchored(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> bool:
    """Another figure of the sentence is the quote's: this one is what stands around it."""
    return any(
        q is not said and not q.word and not q.weak and (_supported(q, near) or derived(case, q) or _rounded(case, q))
        for q in case.quantities
    )  # fmt: skip


def _very_digits(said: Quantity, near: tuple[Quantity, ...]) -> Quantity | None:
    """The quote has these very digits of another thing (2,000 steps, 61.3 %): that is no arithmetic."""
    face = said.faces[0]
    if said.word and said.unit.dimension == "person" and face > 1:
        clashing = [g for g in near if g.faces[0] == face and g.tail and not g.unit.dimension]
        return clashing[0] if clashing and all(agree(said, g) is Match.UNIT for g in clashing) else None
    if said.word or (face == int(face) and face <= _SMALL):
        return None
    for g in near:
        if not (g.weak or g.word) and g.faces[0] == face and agree(said, g) is Match.UNIT:
            return g if g.unit.dimension or g.tail else None
    return None


def _very_percent(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> Quantity | None:
    """The quote has %p as just so many percent, and no two told figures are so far apart; or the other way round."""
    alike = next((g for g in near if g.faces == said.faces and agree(said, g) is Match.POINT), None)
    if said.unit.dimension != "pp":
        return alike
    told = [q.faces[0] for q in case.quantities if q is not said and q.unit.dimension in ("%", "pp")]
    if any(abs(abs(a - b) - said.faces[0]) < 1e-6 for a, b in combinations(told, 2)):
        return None
    quote = case.source.low[slice(*case.place)] if case.place else ""
    behind = case.source.low[alike.end : alike.end + 32] if alike else ""
    return None if re.search(r"absolute|\+\s?\d", quote) or re.match(r"[^.,;]*(?:percentage|points)", behind) else alike


def _other_unit(said: Quantity, near: tuple[Quantity, ...]) -> Quantity | None:
    """The quote gives these digits in another unit: what stands elsewhere is no excuse."""
    alike = (g for g in near if not (g.weak or g.word or said.word) and agree(said, g) is Match.UNIT)
    return next(alike, None) if said.unit.dimension in ("x", "%", "pp", *PHYSICAL) else None


def _beside(case: Case, said: Quantity) -> bool:
    """The figure stands in a sentence next to the quoted one."""
    return bool(case.place and _supported(said, case.source.within(case.source.around(case.place, 1))))


def _best(said: Quantity, given: tuple[Quantity, ...]) -> tuple[Match, Quantity | None]:
    best, which = Match.NO, None
    for g in given:
        found = agree(said, g)
        if found is Match.YES:
            if _bare_of_another(said, g, given):
                continue
            return found, g
        if found.value > best.value:
            best, which = found, g
    return best, which


def _bare_of_another(said: Quantity, bare: Quantity, given: tuple[Quantity, ...]) -> bool:
    """`9B parameters … 7-9B`: the bare figure is that of the other, told as 90억 토큰."""
    if bare.unit.dimension or bare.tail or bare.word or said.word or bare.faces[0] <= _SMALL:
        return False
    return any(
        g.unit.dimension in NOUNS and g.faces == bare.faces and not g.weak and agree(said, g) is Match.UNIT
        for g in given
    )


def _bound_turned(text: str, said: Quantity, near: tuple[Quantity, ...]) -> Finding | None:
    """`up to 5x` told as `5배 이상`, `at least` told as `최대`."""
    if not said.bound or "최댓값" in text or re.search(r"하나도\s없|없었?다[.]?$", text[said.end :]):
        return None  # `10%를 넘긴 것은 하나도 없었다`
    bounds = {g.bound for g in near if agree(said, g) is Match.YES}
    if said.bound == "max" and bounds == {"min"}:
        return Finding("number", said.text, f"원문은 {said.text} 이상이라는 뜻입니다")
    if said.bound == "min" and bounds == {"max"}:
        return Finding("number", said.text, f"원문에서 {said.text}{particle(said.text, '은/는')} 최댓값입니다")
    return None


_CHANGED = re.compile(
    r"(?:이나|나|가량|정도|\s넘게|\s가까이|\s이상|의)?\s?(?:더\s|만큼\s|성능\s|정확도\s|점수\s)?(?:끌어올|뛰|오르|올[라랐랐리린렸]|높|나아|좋아|향상|상승|개선|하락|떨어|낮|앞[서섰선질지])"
)


_RATE = re.compile(r"\s?(?:win|success|pass|hit|error|failure|acceptance|refusal|survival)[- ]?rates?\b")


def _points_gained(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> Finding | None:
    """A level of 58 % may be told as 58점; a gain of 7.4 % is no gain of 7.4 points, an absolute one none of 7.4 %; a
    rate is no score."""
    changed = _CHANGED.match(case.text, said.end)
    if said.unit.dimension not in ("point", "%") or (said.unit.dimension == "%" and not changed):
        return None
    given = [g for g in near if agree(said, g) is Match.YES]
    if said.unit.dimension == "%":
        absolute = bool(given) and all(g.noun == "absolute" for g in given) and "절대" not in case.text
        return _finding(said, Match.POINT, given[0]) if absolute else None
    if not given or any(g.unit.dimension != "%" for g in given):
        return None
    if not (changed or all(_RATE.match(case.source.low, g.end) for g in given)):
        return None
    nearest = min(given, key=lambda g: abs(g.faces[0] - said.faces[0]))
    return Finding("unit", said.text, f"원문에는 {nearest.text}")


def _rounded(case: Case, said: Quantity) -> bool:
    """Rounded rightly to two digits or more (0.7660 → 0.77); a headline or an opinion may go further (3.008x → 3배)."""
    many = len(digits(max(said.faces)).replace(".", ""))
    loose = case.sentence.section in ("headline", "one_liner", "idea") and many <= 2
    return any(
        (g.unit.dimension == said.unit.dimension or {g.unit.dimension, said.unit.dimension} <= COUNTABLE)
        and not of_another(said, g)
        and g.step < said.step * said.unit.factor
        and ((many >= 2 and abs(x - y) <= 0.5001 * said.step * said.unit.factor) or loose)
        and abs(x - y) <= (0.02 if loose else 0.01) * abs(y) and (y != int(y) or (loose and y >= 1000))
        for g in case.source.quantities if not g.weak for x in said.values for y in g.values
    )  # fmt: skip


def _finding(said: Quantity, verdict: Match, given: Quantity | None) -> Finding:
    if verdict is Match.UNIT and given:
        return Finding(
            "unit", said.text, f"원문에는 {given.text}({NAMES.get(given.unit.dimension, given.unit.dimension)})"
        )
    if verdict is Match.POINT and given:
        return Finding("number", said.text, f"%와 %p를 혼동했습니다. 원문에는 {given.text}")
    return Finding("number", said.text, f"{said.text}: 원문에 없는 수치입니다")
