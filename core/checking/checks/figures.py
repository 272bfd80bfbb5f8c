"""Numbers: every quantity of a sentence must stand in its source, near its quote, with the same unit.

Ranges, conversions and rounding are quantity.py's business. Here: which quantities demand support (a `두` that
merely counts what the writer listed does not), where it is looked for, and what the difference is called.
"""

import re
from collections.abc import Iterator

from core.checking.checks import relevance
from core.checking.checks.derived import derived
from core.checking.checks.proposals import digits, planned
from core.checking.texts.naming import versioned
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE, NAMES, PHYSICAL
from core.model import Finding

_TOLD = ("headline", "summary")
_SCANT = re.compile(r"\s?(?:에도|도\s(?:못|안|채)|미만|이하|에\s불과|밖에|남짓|에\s그)")  # a claim, not a measure
_BEST = re.compile(
    r"\b(?:best|highest|first place|ranks? first|leading|leads|winn|top-?\s?1\b|strongest|most|dominan\w+"
    r"|state[- ]of[- ]the[- ]art|sota)"
)
# `44.3%p 올랐다는 뜻으로 읽으면 안 된다`
_DENIED = re.compile(
    r"[^,.]{0,16}(?:는|란|이라는)\s(?:뜻|의미|말)(?:으로|은|이|로)?\s[^.]{0,20}(?:안\s?[되됩된됨]|아니|않|말아야|오해)"
)
_PER = re.compile(r"(?:\bper|\ba|\beach|/)\s?(?:second|minute|hour|day|met(?:er|re)|kilomet|km|gram|kg|lit)")
_OF_WHOLE = re.compile(r"\s?(?:의\s)?(?:[가-힣]{1,6}\s)?(?:중(?:에서?)?|가운데)[\s,]")
_WHOLE = re.compile(r"(?:전체|총|모두)\s(?:[가-힣]{1,6}\s)?$")


def check(case: Case) -> Iterator[Finding]:
    source = case.source
    near = source.within(source.around(case.place)) if case.place else ()
    for said in case.quantities:
        if said.weak or _needs_nothing(case, said) or _version(case, said):
            continue
        if case.place and _supported(said, near):
            if found := _bound_turned(said, near) or _other_instead(case, said) or _points_gained(case, said, near):
                yield found
            continue
        if other := _very_digits(said, near):
            yield _finding(said, Match.UNIT, other)
            continue
        if derived(case, said):
            continue
        verdict, given = _best(said, source.quantities)
        if verdict is Match.YES and (other := _other_unit(said, near)):
            yield _finding(said, Match.UNIT, other)
            continue
        if verdict is Match.YES and (other := _counted_otherwise(case, said)):
            yield Finding("number", said.text, f"인용문에는 {other.text}")
            continue
        if verdict is Match.YES:
            small = _small(said) or (max(said.faces) <= 4 and re.search(r"\d\s?(?:층|단계|갈래|축)$", said.text))
            free = case.opinion or (case.sentence.section == "risk" and relevance.supposes(case.text))
            if case.place and not small and not free and not _whole(case, said):
                if said.unit.dimension == "page":
                    continue  # of the paper: the comment gives it, no sentence
                if _rivalled(case, said) or not (
                    relevance.fits(case, far=not _beside(case, said)) or _anchored(case, said, near)
                ):
                    yield Finding(
                        "quote_unrelated", said.text, f"{said.text}: 원문에는 있지만 인용한 문장에는 없습니다"
                    )
            elif not case.place and given and (found := _bound_turned(said, (given,))) and not case.opinion:
                yield found
            continue
        if _rounded(case, said) or _listed(case, said):
            continue
        yield _finding(said, verdict, given)


def _version(case: Case, said: Quantity) -> bool:
    return not said.unit.dimension and versioned(case.source, case.text, said.start, said.text)


def _needs_nothing(case: Case, said: Quantity) -> bool:
    """Quantities that are the writer's own: one, ordinals in words, the small or round counts of an idea."""
    if said.unit.dimension == "ordinal" and (said.word or (said.faces == (1.0,) and _BEST.search(_here(case)))):
        return True
    if said.faces == (1.0,) and said.unit.dimension in ("count", "", "times", "person", "page", "image"):
        return True
    if _DENIED.match(case.text, said.end):
        return True
    if said.faces == (1.0,) and said.unit.dimension in PHYSICAL and _PER.search(_here(case)):
        return True  # 1m에 87초: 87 seconds per meter
    if said.unit.dimension == "part" and case.opinion and said.text.startswith("둘 중"):
        return True  # one or the other
    if said.faces == (360.0,) and said.unit.dimension == "temp" and case.opinion:
        return True  # all around
    if said.faces == (1.0,) and said.unit.dimension in ("pp", "%") and case.sentence.section not in _TOLD:
        return not _SCANT.match(case.text[said.end :])  # `1%p는 문제 한두 개`: a measure
    return case.sentence.section in ("idea", "action") and not case.attributed and planned(case, said)


def _here(case: Case) -> str:
    """The quoted sentences, or all where there is no quote, in lower case."""
    spans = case.source.around(case.place) if case.place else case.source.sentences
    return " ".join(case.source.low[a:b] for a, b in spans)


def _whole(case: Case, said: Quantity) -> bool:
    """`124개 중 60개`, `전체 4만 5천여 개`: the whole that a quoted share is of may be told from elsewhere."""
    marked = _OF_WHOLE.match(case.text[said.end :]) or _WHOLE.search(case.text[: said.start])
    return bool(marked) and any(q is not said and not q.weak for q in case.quantities)


def _small(said: Quantity) -> bool:
    return (said.word and max(said.faces) <= 12 and said.unit.dimension not in ("x", "part", "%")) or said.faces == (
        0.0,
    )


def _supported(said: Quantity, given: tuple[Quantity, ...]) -> bool:
    return any(agree(said, g) is Match.YES for g in given)


def _rivalled(case: Case, said: Quantity) -> bool:
    """The quote gives figures of this kind that the sentence does not tell: one of them was meant."""
    quoted = case.source.within((case.place,)) if case.place else ()
    alike = [q for q in quoted if q.unit.dimension == said.unit.dimension and not q.weak and not q.word]
    return any(not any(agree(q, g) is Match.YES for q in case.quantities) for g in alike)


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
    if said.word or (face == int(face) and face <= 12):
        return None
    for g in near:
        if not (g.weak or g.word) and g.faces[0] == face and agree(said, g) is Match.UNIT:
            return g if g.unit.dimension or g.tail else None
    return None


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
            return found, g
        if found.value > best.value:
            best, which = found, g
    return best, which


def _bound_turned(said: Quantity, near: tuple[Quantity, ...]) -> Finding | None:
    """`up to 5x` told as `5배 이상`, `at least` told as `최대`."""
    if not said.bound:
        return None
    bounds = {g.bound for g in near if agree(said, g) is Match.YES}
    if said.bound == "max" and bounds == {"min"}:
        return Finding("number", said.text, f"원문은 {said.text} 이상이라는 뜻입니다")
    if said.bound == "min" and bounds == {"max"}:
        return Finding("number", said.text, f"원문에서 {said.text}은 최댓값입니다")
    return None


_CHANGED = re.compile(
    r"(?:이나|나|가량|정도|\s넘게|\s가까이|\s이상)?\s?(?:더\s|만큼\s)?(?:오르|올[라랐랐리린렸]|높|향상|상승|개선|하락|떨어|낮|앞[서섰선])"
)


def _points_gained(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> Finding | None:
    """A level of 58 % may be told as 58점; a gain of 7.4 % is no gain of 7.4 points."""
    if said.unit.dimension != "point" or not _CHANGED.match(case.text[said.end :]):
        return None
    given = [g for g in near if agree(said, g) is Match.YES]
    if not given or any(g.unit.dimension != "%" for g in given):
        return None
    nearest = min(given, key=lambda g: abs(g.faces[0] - said.faces[0]))
    return Finding("unit", said.text, f"원문에는 {nearest.text}")


def _other_instead(case: Case, said: Quantity) -> Finding | None:
    """The quote itself gives other figures of this kind, and the sentence none of them: taken from next to it."""
    assert case.place is not None
    quoted = case.source.within((case.place,))
    if said.word or case.opinion or not quoted or _supported(said, quoted):
        return None
    alike = [q for q in quoted if q.unit.dimension == said.unit.dimension and not q.weak and not q.word]
    told = any(agree(q, g) is Match.YES for q in case.quantities for g in alike)
    if alike and not told and not any(derived(case, q) for q in case.quantities):
        return Finding("misattributed", said.text, f"인용문의 수치는 {alike[0].text}입니다")
    return None


def _rounded(case: Case, said: Quantity) -> bool:
    """Rounded rightly to two digits or more (0.7660 → 0.77); a headline or an opinion may go further (3.008x → 3배)."""
    many = len(digits(max(said.faces)).replace(".", ""))
    loose = case.sentence.section in ("headline", "one_liner", "idea") and many <= 2
    return any(
        (g.unit.dimension == said.unit.dimension or {g.unit.dimension, said.unit.dimension} <= COUNTABLE)
        and g.step < said.step * said.unit.factor
        and ((many >= 2 and abs(x - y) <= 0.5001 * said.step * said.unit.factor) or loose)
        and abs(x - y) <= (0.02 if loose else 0.01) * abs(y) and (y != int(y) or (loose and y >= 1000))
        for g in case.source.quantities if not g.weak for x in said.values for y in g.values
    )  # fmt: skip


def _listed(case: Case, said: Quantity) -> bool:
    """A small count in words of things that the source lists without counting them."""
    if not _small(said) or said.unit.dimension in PHYSICAL:
        return False
    wanted = int(max(said.faces))
    where = [(a, b) for a, b in (case.source.around(case.place, 1) if case.place else case.source.sentences)]
    texts = [case.source.text[a:b] for a, b in where] + [case.text]
    if wanted > 2 and case.place and _counted_by_word(case, (case.place,)):
        return False
    if wanted == 2:
        explicit = _counted_by_word(case, tuple(where))
        return not case.place or not explicit or any(" and " in t or "·" in t for t in texts[:-1])
    return any(wanted in _items(text) for text in texts) or (wanted <= 4 and not case.place and case.opinion)


def _counted_otherwise(case: Case, said: Quantity) -> Quantity | None:
    """The only count of the quote, which the sentence does not tell: three elsewhere is no excuse for `two cases`."""
    if (
        not case.place
        or case.sentence.section != "summary"
        or not said.word
        or said.unit.dimension not in ("count", "")
    ):
        return None
    own = [q for q in case.quantities if q.word and q.unit.dimension in ("count", "")]
    given = [q for q in case.source.within((case.place,)) if q.word and q.unit.dimension in ("count", "")]
    alone = len(own) == 1 and len(given) == 1 and 2 <= max(given[0].faces) <= 10
    return given[0] if alone and agree(said, given[0]) is Match.NO else None


def _counted_by_word(case: Case, where: tuple[tuple[int, int], ...]) -> bool:
    """The source counts something itself there: `three datasets`."""
    given = case.source.within(where)
    return any(q.word and 2 <= max(q.faces) <= 10 and q.unit.dimension in ("count", "") for q in given)


_TRAILING = re.compile(r",\s(?:each|which|where|while|with|all of which|thus|thereby)\b.*")


def _items(text: str) -> set[int]:
    """The lengths of the enumerations of a text: `A, B, and C`, `(i) … (ii) …`, `1) … 2) …`, `가, 나, 다`."""
    lengths = {len(re.findall(r"\((?:[ivx]+|\d|[a-e])\)|(?<![\w.])\d\)", text))}
    text += ";" + re.sub(r"\s?\([^()]*\)", "", text)  # `A (a) for x, B (b) for y, and C`
    for part in re.findall(r"[^.;:()]+", text):
        commas = len(re.findall(r",(?!\d)", part))
        joined = bool(re.search(r"(?<!,) (?:and|or|및|와|과) ", part))
        lengths |= {commas + 1, commas + 2} if joined or re.search(r"[와과]\s", part) else {commas + 1}
        lengths |= {
            n
            for n in (commas,)
            if re.match(r"\s?(?:[A-Z][a-z]+\s\w+,|(?:In|On|For|With|Across|By|Through|Using) )", part)
        }
        lengths |= {len(re.findall(r",(?!\d)", listed)) + 1} if (listed := _TRAILING.sub("", part)) != part else set()
        lengths.add(part.count("·") + 1)
        lengths |= {commas} if re.search(r",\s이\s", part) else set()  # `가, 나, 다, 이 세 가지`
    return lengths


def _finding(said: Quantity, verdict: Match, given: Quantity | None) -> Finding:
    if verdict is Match.UNIT and given:
        return Finding(
            "unit", said.text, f"원문에는 {given.text}({NAMES.get(given.unit.dimension, given.unit.dimension)})"
        )
    if verdict is Match.POINT and given:
        return Finding("number", said.text, f"%와 %p를 혼동했습니다. 원문에는 {given.text}")
    return Finding("number", said.text, f"{said.text}: 원문에 없는 수치입니다")
