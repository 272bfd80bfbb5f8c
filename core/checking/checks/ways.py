"""A direction beside its own noun on both sides: `a lower lexical diversity` told as 다양성이 더 높았다."""

import re
from collections.abc import Iterator

from core.checking.checks.direction import contradiction
from core.checking.texts import lexicon
from core.checking.texts.directions import english, korean
from core.checking.texts.source import Case
from core.model import Finding

_NOUN_AND_WAY = re.compile(
    r"(?P<noun>[가-힣]{2,6})(?<!로)(?:이|가|은|는|을|를|도|까지|마저|만)\s(?:더\s|크게\s|약\s|뚜렷하게\s|오히려\s|일관되게\s|꾸준히\s|체계적으로\s"
    r"|함께\s|모두\s|상당히\s)*(?P<way>[가-힣]{1,5})"
)
# `more accurate slopes` are no more accuracy
_DEGREE, _THING = (
    re.compile(r"\b(?:more|less)\s$"),
    re.compile(r"\s(?!(?:for|in|than|at|on|when|with|and|to|as|by)\b)[a-z]"),
)
_WITHOUT = re.compile(r"\bwithout\s[^,.;]{0,90}$")
_UNABLE = re.compile(r"\b(?:fail\w* to|unable to|cannot|not)\s(?:[a-z]+\s){1,3}$")  # `fail to reduce cost`
_OF_ANOTHER = re.compile(r"[은난진]\s[가-힣]")  # `복잡도가 높은 영역`


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.sentence.section in ("headline", "link"):
        return
    source = case.source.text[slice(*case.place)]
    marks = lexicon.lexicon().concepts
    for m in _NOUN_AND_WAY.finditer(case.text):
        at = m.start("way")
        told = [way for way in korean(case.text[at : at + 16]) if way[0][0] == "a"]
        keys = {key for key in lexicon.said(m["noun"]) if marks[key].mark != "-"}
        if not told or not keys or not case.text.startswith(told[0][1], at):
            continue
        given = list(_given(source, keys))
        against = [where for where, axes in given if len(axes) == 1 and contradiction(told[0], axes)]
        if against and len(against) == len(given) and not _OF_ANOTHER.match(case.text[at + len(told[0][1]) :]):
            yield Finding("direction", m[0], f"원문은 반대 방향입니다: {against[0]}")
            return


def _given(source: str, keys: set[int]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each English word of the noun's concepts, with the amounts told of it."""
    for word in re.finditer(r"[A-Za-z-]{4,}", source):
        if not keys & lexicon.given(word[0].lower()):
            continue
        if word[0].lower().startswith(("high-", "low-")):
            yield word[0], []  # `high-entropy states`: one side of it, and nothing against the other
            continue
        if english(word[0]):
            continue
        if _WITHOUT.search(source[: word.start()]) or _UNABLE.search(source[: word.start()]):
            continue
        if _DEGREE.search(source[: word.start()]) and _THING.match(source, word.end()):
            continue
        before = re.split(r",| and | to | while | as | in |;", source[max(0, word.start() - 56) : word.start()])[-1]
        after = re.match(r"\s(?:[a-z]+ly\s|is\s|are\s|was\s|were\s|can\s)*([a-z]+)", source[word.end() :])
        if (thing := re.match(r"\s(savings?|reductions?|cuts?)\b", source[word.end() :])) and english(thing[1]):
            before = thing[1]  # `additional cost savings`
        axes = [way for way in english(before) if way[0][0] == "a"]
        axes = axes or [way for way in english(after[1] if after else "") if way[0][0] == "a"]
        if axes:
            yield f"{before.strip()} {word[0]}", axes
