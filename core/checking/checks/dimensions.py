"""2D told as 3D: how many dimensions a thing has, where the source says so.

A figure inside a name demands nothing (figures.py); this one is told so often, and so easily exchanged, that it does.
"""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding

_TOLD = re.compile(r"(?<![\w.])([1-9])(?:D(?![A-Za-z0-9])|차원(?!\s?축소))")
_GIVEN = re.compile(
    r"(?<![\w.])([1-9])[\s-]?(?:D(?![a-z0-9])|dimension)|\b(one|two|three|four|five|six)-(?:dimension|(?=\s(?:and|or|to)\s[a-z]+-dim))",
    re.I,
)
_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


# `20차원 벡터` of 20 vectors: what has no dimensions of its own.
_MANY = re.compile(r"(?<![\w.])(\d{2,})차원")
_OF_THINGS = (
    r"\s(?:[a-z-]+\s){0,3}"
    r"(?:vectors|images|tokens|tasks|models|samples|steps|layers|datasets|users|people|questions|videos)\b"
)


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section not in ("headline", "summary"):
        return
    if (many := _MANY.search(case.text)) and (things := re.search(rf"\b{many[1]}{_OF_THINGS}", case.source.low)):
        yield Finding("unit", many[0], f"원문에는 {things[0]}")
        return
    if not _TOLD.search(case.text):
        return
    spans = case.source.around(case.place) if case.place else ()
    quoted = " ".join(case.source.text[a:b] for a, b in spans)
    given = _given(quoted) or _given(case.source.text)
    for told in _TOLD.finditer(case.text):
        if given and told[1] not in given:
            yield Finding("number", told[0], f"원문에는 {', '.join(f'{n}D' for n in sorted(given))}")
            return


def _given(text: str) -> set[str]:
    return {m[1] or _WORDS[m[2].lower()] for m in _GIVEN.finditer(text)}
