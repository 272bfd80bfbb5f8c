"""Vague magnitudes: `millions of tokens` is 수백만, never 수십억.

English and Korean both count so without a figure. A Korean one (수천, 수백만 …) must overlap a vague magnitude of
the quoted sentence or a figure of it; without a quote, of the reading. What the source never counts so is let pass
in opinions, and where the source gives no magnitude at all.
"""

import re
from collections.abc import Iterator, Sequence

from core.checking.checks import counted
from core.checking.texts import nouns, units
from core.checking.texts.heads import head
from core.checking.texts.reported import cited
from core.checking.texts.source import Case
from core.model import Finding

Span = tuple[float, float]
# 며칠 of `weeks`: spans of time without a figure.
_TIMES = tuple(
    (re.compile(rf"(?<![가-힣])(?:{korean})"), re.compile(rf"\b{english}(?:s?\b|ly\b)", re.IGNORECASE))
    for korean, english in (
        (r"몇\s?초|수\s?초", "second"), (r"몇\s?분(?![의기야])|수\s?분(?=[\s만에])", "minute"),
        (r"몇\s?시간|수\s?시간", "hour"),
        (r"며칠|수\s?일(?=[\s간만에])", "day"), (r"몇\s?주(?=[\s간만에])|수\s?주(?=[\s간만에])", "week"),
        (r"몇\s?달|몇\s?개월|수\s?개월", "month"), (r"몇\s?년|수\s?년(?=[\s간만에])", "year"),
    )
)  # fmt: skip
_SOME_TIME = re.compile(r"(?<![가-힣])(?:몇\s?[초분시주달개년]|수\s?[초분시일주개년]|며칠)")
_ANY_TIME = re.compile(
    r"(?<![\d.] )(?<![\d.]-)\b(?:(?:milli|micro|nano)?second|minute|hour|day|week|month|year)"
    r"(?:s\b|-(?:long|scale|level))",
    re.IGNORECASE,
)
_KO = re.compile(
    r"(?<![가-힣])수(?P<low>십|백|천)?\s?(?P<high>만|억|조)?"
    r"(?=\s?(?:여\s?)?(?:개|명|건|장|편|토큰|쌍|시간|밀리초|초|분(?![의자야기석])|년|달러|배|곳|종|대|문서|단어|가지|회|번|차례|단계|줄|프레임|페이지|쪽|마리|갈래|킬로미터|미터|킬로그램|톤|와트|킬로와트|메가바이트|기가바이트|테라바이트))"
)
_EN = re.compile(
    r"\b(?:(?P<low>tens|hundreds|thousands) of )?(?P<high>dozens|hundreds|thousands|millions|billions|trillions)\b",
    re.IGNORECASE,
)
_LOW_KO = {"십": 10.0, "백": 100.0, "천": 1e3}
_HIGH_KO = {"만": 1e4, "억": 1e8, "조": 1e12}
_EN_SIZE = {"tens": 10.0, "dozens": 12.0, "hundreds": 100.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
            "trillions": 1e12}  # fmt: skip


def check(case: Case) -> Iterator[Finding]:
    if case.absence or case.sentence.section == "link" or (case.opinion and not cited(case.text)):
        return
    spans = case.source.around(case.place) if case.place else case.source.sentences
    if found := _other_time(case.text, " ".join(case.source.text[a:b] for a, b in spans)):
        yield found
    for said in _KO.finditer(case.text):
        if not said["low"] and not said["high"]:
            continue
        if found := _other_unit(case, said, spans) or _other_thing(case, said, spans):
            yield found
            return
        low = _LOW_KO.get(said["low"], 1.0) * _HIGH_KO.get(said["high"], 1.0)
        given = [m for a, b in spans for m in _EN.finditer(case.source.text[a:b])]
        if not given or any(low < b and a < 10 * low for a, b in map(_span, given)):
            continue
        if not any(low <= value < 10 * low for q in case.source.within(spans) for value in q.values):
            yield Finding("number", said[0], f"원문에는 {given[0][0]}")
            return


def _other_unit(case: Case, said: re.Match[str], spans: Sequence[tuple[int, int]]) -> Finding | None:
    """수백 초 of `hundreds of milliseconds`, where every magnitude there measures something else."""
    mine, end = units.read(case.text, said.end())
    texts = [case.source.text[a:b] for a, b in spans]
    theirs = [units.read(text, m.end() + len(" of"))[0] for text in texts for m in _EN.finditer(text)]
    if mine.dimension in units.PHYSICAL and theirs and all(u.dimension and u != mine for u in theirs):
        return Finding(
            "unit", case.text[said.start() : end], f"원문은 {units.NAMES.get(theirs[0].dimension, '')} 단위가 다릅니다"
        )
    return None


def _other_thing(case: Case, said: re.Match[str], spans: Sequence[tuple[int, int]]) -> Finding | None:
    """수억 개의 파일 of `hundreds of millions of lines`."""
    noun = counted.vague(case.text, said.start(), said.end())
    texts = [case.source.text[a:b] for a, b in spans]
    given = [(m[0], nouns.tail(text, m.end() + len(" of"))) for text in texts for m in _EN.finditer(text)]
    if not noun or not given or any(counted.told_of(noun, head(phrase)) for _, phrase in given):
        return None
    return Finding("unit", f"{said[0]} {noun}", f"원문에는 {given[0][0]} of{given[0][1]}")


def _other_time(text: str, source: str) -> Finding | None:
    """A span of time that the source names by another unit, and by none of its own."""
    if not _SOME_TIME.search(text):
        return None
    for korean, english in _TIMES:
        told, given = korean.search(text), _ANY_TIME.search(source)
        if told and given and not english.search(source):
            return Finding("unit", told[0], f"원문에는 {given[0]}")
    return None


def _span(given: re.Match[str]) -> Span:
    """From the word's size to the next word of its kind: bare `thousands` may be tens of them, `millions` hundreds."""
    size = _EN_SIZE[given["high"].lower()]
    if given["low"]:
        return size * _EN_SIZE[given["low"].lower()], size * _EN_SIZE[given["low"].lower()] * 10
    return size, size * (1e3 if size >= 1e3 else 10)
