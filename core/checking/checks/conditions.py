"""A figure under another figure's condition: `2x at 32K and 4x at 128K` told as `32K에서 4배`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.checking.texts.source import Case
from core.checking.texts.units import BARE, COUNTABLE
from core.model import Finding

_ON = re.compile(
    r"\s(?:[a-z-]+\s){0,3}(?:at|on|with|for|in|under|using|over|given)\s(?:an?\s|the\s|only\s|[A-Za-z]\s?=\s?)?"
)
# `the 90-epoch model reaches FID 3.1`: the condition stands first
_REACHES = re.compile(
    r"\s?(?:[a-z-]+\s){0,3}(?:reach|achiev|attain|scor|obtain|gets|hit|yield|improv|drop|ris)\w*\s(?:to\s|an?\s)?"
    r"(?:[A-Z][\w@.-]*\s){0,2}(?:of\s|=\s)?"
)
_HELD = re.compile(r"\s?\(")  # `44.3% (2-turn)`
_LIST = re.compile(r"\s?(?:/|,|and)\s?")
_WHEN = re.compile(
    r"[가-힣\s]{0,12}?(?:에서|으로|로|일\s?때|에|이면|면)(?:는|도|만)?\s(?:약\s|최대\s)?|에서[^,.;\d]{0,30}"
    r"|(?:은|는|이|가)?\s|\s?[가-힣]{2,5}(?:은|는|이|가|로는|에서는|에서)\s(?:[A-Z][\w@.-]*\s){0,2}"
)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion or "각각" in case.text:
        return
    source = case.source.text[slice(*case.place)]
    if "respectively" in source:
        return  # respectively.py knows what goes with what there
    under = _under(source)
    if len(under) < 2:
        return
    row = [q for q in case.quantities if not q.weak]
    for first, told in pairwise(row):
        when = replace(first, unit=BARE) if first.loose else first  # `16K에서 5배` is no range
        if when.start == told.start or not _WHEN.fullmatch(case.text[when.end : told.start]):
            continue
        theirs = [c for value, c in under if agree(told, value) is Match.YES]
        here = [value for value, c in under if agree(when, c) is Match.YES and _alike(value, told)]
        if len(theirs) != 1 or not here or agree(when, theirs[0]) is Match.YES or not _alike(theirs[0], when):
            continue
        if not any(agree(told, value) is Match.YES for value in here):
            yield Finding("misattributed", told.text, f"인용문에서 {when.text}의 수치는 {here[0].text}입니다")
            return


def _under(source: str) -> list[tuple[Quantity, Quantity]]:
    """(figure, the figure that is its condition), a list of figures sharing the condition at its end."""
    row = [q for q in scan(source) if not q.weak and not q.word]
    under: list[tuple[Quantity, Quantity]] = []
    for one, two in reversed(list(pairwise(row))):
        gap = source[one.end : two.start]
        if _REACHES.fullmatch(gap):
            under.append((two, one))
        elif _ON.fullmatch(gap) or (_HELD.fullmatch(gap) and re.match(r"[\w-]{0,8}\)", source[two.end :])):
            under.append((one, two))
        elif _LIST.fullmatch(gap) and (shared := next((c for value, c in under if value is two), None)):
            under.append((one, shared))
    return under


def _alike(one: Quantity, two: Quantity) -> bool:
    kinds = {one.unit.dimension, two.unit.dimension}
    return len(kinds) == 1 or kinds <= COUNTABLE or kinds <= {"", "point", "pp"}
