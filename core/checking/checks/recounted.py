"""A small count in words where the source counts otherwise: `three tasks` told as 과제 두 가지, `second` as 세 번째.

A 두 or 세 may be the writer's own, for what the quote lists without counting it, and some two or three stands in
every text. So a count is wrong only against one of the same thing: the quoted sentence (of a headline, the reading)
counts it by another number that the sentence does not tell, or the sentence itself lists so many (`A, B, C라는 두 축`).
"""

import re
from collections.abc import Iterator
from math import inf

from core.checking.checks.counted import head_of, noun_of, stands_for
from core.checking.checks.counts import MOST, PARTS, listed, small
from core.checking.checks.derived import derived
from core.checking.texts import numbers_en
from core.checking.texts.quantity import Quantity
from core.checking.texts.source import Case
from core.model import Finding

# Any part stands for any other: PARTS in Korean, these in English.
_PARTED = re.compile(
    r"(?:dimension|axis|axes|pillar|aspect|perspective|capabilit|component|categor|level|stage|step|phase|domain|field"
    r"|area|type|famil|element|part|facet|tier|class|kind|view|factor|regime|branch|track|group|cycle)[a-z]*"
)
_IN_FRONT = re.compile(rf"(?:{PARTS.pattern})(?:[은는이가을를의]|으로)?\s$")
_ROW_ENDS = re.compile(r"[가-힣A-Za-z)](?:이라는|라는|의)\s(?:서로\s[가-힣]{2,4}\s|핵심\s)?$")
_LEFT_OUT_KO = re.compile(r"만?(?:을|를)?\s(?:빼고|제외하고|뺀|제외한)\s(?:나머지\s)?(?:모두|전부|모든)")
_ALL_BUT = re.compile(r"\ball (?:but|except) (\w+)", re.IGNORECASE)
_JOINED = re.compile(r"[와과]\s|\s및\s")


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section not in ("headline", "summary", "risk") or (
        case.place is None and case.sentence.section != "headline"
    ):
        return
    near = case.source.within(case.source.around(case.place)) if case.place else case.source.quantities
    if found := _excepted(case):
        yield found
        return
    for said in case.quantities:
        if not said.word or said.weak or not 2 <= said.faces[0] <= MOST:
            continue
        other = _ordinal(said, near) if said.unit.dimension == "ordinal" else _counted(case, said, near)
        if other and not derived(case, said):
            yield Finding("number", said.text, f"원문은 {other}입니다")
            return


def _excepted(case: Case) -> Finding | None:
    """`all but one` told as 세 개만 빼고 모두."""
    told = next((q for q in case.quantities if _LEFT_OUT_KO.match(case.text, q.end)), None)
    given = _ALL_BUT.search(case.source.text[slice(*case.place)]) if told and case.place else None
    if told and given and numbers_en.parse(given[1].lower()) not in (None, *told.faces):
        return Finding("number", told.text, f"원문은 {given[0]}입니다")
    return None


def _given(value: float, quantities: tuple[Quantity, ...]) -> bool:
    return any(value in q.faces for q in quantities)


def _ordinal(said: Quantity, near: tuple[Quantity, ...]) -> str:
    return "" if _given(said.faces[0], near) else next((g.text for g in near if g.unit.dimension == "ordinal"), "")


def _counted(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> str:
    if not small(said):
        return ""
    noun = noun_of(case.text, said)
    if any(said.faces[0] in g.faces and not _another_thing(noun, g) for g in near):
        return ""
    fewest, most = _row(case.text[: said.start])
    if case.place and not fewest <= said.faces[0] <= most:
        return f"{fewest}가지"
    if case.sentence.section == "risk" and listed(case, said):
        return ""
    for given in near:
        few = not given.weak and given.tail and 2 <= given.faces[0] <= MOST
        if few and not _given(given.faces[0], case.quantities) and _same_thing(case, said, noun, given):
            return (given.text + given.tail).strip()
    return ""


def _another_thing(noun: str, given: Quantity) -> bool:
    counted = head_of(given)
    return bool(noun) and counted.sure and not stands_for(noun, counted)


def _same_thing(case: Case, said: Quantity, noun: str, given: Quantity) -> bool:
    counted = head_of(given)
    if noun:  # `과제는 세 갈래다`: the branches are counted
        branches = said.text.endswith("갈래") or case.text.startswith("갈래", said.end + 1)
        return not branches and stands_for(noun, counted)
    rest = case.text[said.end :].lstrip()
    parts = PARTS.search(said.text) or PARTS.match(rest) or _IN_FRONT.search(case.text[: said.start])
    return bool(parts) and any(map(_PARTED.fullmatch, counted.words))


def _row(before: str) -> tuple[int, float]:
    """How many things a sentence lists right in front of its count, at least and at most: a row begins behind a topic,
    as which the 는 of a verb is taken too, and 와 joins two things or belongs to one."""
    ends = _ROW_ENDS.search(before)
    if ends is None:
        return 0, inf
    row = re.split(r"[;:()·]|\.\s|부터\s", before[: ends.start() + 1])[-1]
    sure = re.split(r"(?<=[은는이가을를])\s", row)[-1].count(", ")
    most = row.count(", ") + 1 + len(_JOINED.findall(row))
    return (sure + 1, most) if sure else (0, inf)
