"""Odd spellings of names: half in Hangul (코트SI), a Greek letter with a number (π0.5), a language by its code (FR)."""

import re
from collections.abc import Iterator

from core.checking.texts import loanwords, plain
from core.checking.texts.source import Index
from core.model import Finding

_SHORT = 4  # letters: what is no longer begins a word


def half_hangul(source: Index, text: str, start: int, name: str) -> bool:
    """The Latin end of a name half in Hangul (코트SI of CourtSI)."""
    glued = "".join(plain.tokens(name))
    cut = bool(re.search("[가-힣]$", text[:start]))
    return cut and bool(re.search(rf"[a-z]{re.escape(glued)} ", source.words))


def lettered(source: Index, text: str) -> Iterator[Finding]:
    """A letter that names: with a number a model (π0.5), with 시리즈 devices; it must be one of the source's."""
    series = re.search(r"(?<![A-Za-z가-힣\d])([A-Z])\s?시리즈", text)
    if series and not re.search(rf"(?<![A-Za-z]){series[1]}(?:[- ]?[Ss]eries|\d)", source.text):
        yield Finding("entity", series[0], f"{series[0]}: 원문에 없는 이름입니다")
    for m in re.finditer(r"([α-ω])_?(\d+(?:\.\d+)?)", text):
        others = set(re.findall(rf"{m[1]}_?(\d+(?:\.\d+)?)", source.text))
        if others and m[2] not in others:
            yield Finding("entity", m[0], f"원문에는 {m[1]}{', '.join(sorted(others)[:3])}")


def numbered(source: Index, text: str) -> Iterator[Finding]:
    """A name in Hangul with its number (센티널-2): where the source has that name with numbers, one of those."""
    for m in re.finditer(r"(?<![가-힣])([가-힣]{2,8})-(\d+(?:\.\d+)?)(?![\d%])", text):
        heard = loanwords.told(m[1])
        others = {
            number
            for name, number in re.findall(r"\b([A-Z][a-z]{2,})[- ]?(\d+(?:\.\d+)?)", source.text)
            if heard & loanwords.given(name)
        }
        if others and m[2] not in others:
            yield Finding("entity", m[0], f"원문에는 {m[1]}-{', '.join(sorted(others)[:3])}")


def spelled(source: Index, spelling: str) -> bool:
    """Whether the source has one spelling of a name that names.tsv lists."""
    if re.fullmatch("[A-Z][A-Za-z]", spelling):  # a language code (FR, Hi)
        return bool(re.search(rf"(?<![A-Za-z]){spelling}(?![A-Za-z])", source.text))
    if len(spelling) > _SHORT:
        return spelling.lower() in source.low or spelling.lower() in source.low.replace("-", " ")
    ends = "" if len(spelling) == _SHORT else "(?![a-z])"  # ema, no part of schema; mesh, of meshes
    return bool(re.search(rf"(?<![a-z]){re.escape(spelling.lower())}{ends}", source.low))
