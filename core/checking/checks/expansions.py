"""What a short form stands for: an expansion in Latin or in Korean must be the source's.

`SJT(Social Judgment Test)` of Situational Judgment Tests, `HFR(사람 개입 없는 비율)` of a hallucination-free rate.
"""

import re
from collections.abc import Iterator

from core.checking.texts import lexicon, plain
from core.checking.texts.naming import acronyms, is_general, known
from core.checking.texts.source import Case
from core.model import Finding
from core.particles import particle

_LATIN = re.compile(
    r"\(((?:[A-Z][a-z]+[\s-]){1,5}[A-Z][a-z]+)(?:,\s[A-Z]{2,})?\)|((?:[A-Z][a-z]+\s){1,5}[A-Z][a-z]+)의\s(?:약자|줄임말|약어)"
)
_BRACKETED = re.compile(
    r"([A-Za-z][A-Za-z0-9.+-]*)\s?\(([A-Za-z][A-Za-z-]*(?:[\s-][A-Za-z][A-Za-z-]*){1,9})\)"
    r"|((?:[A-Z][A-Za-z-]+\s){1,8}[A-Z]?[A-Za-z-]+)\s?\(([A-Z][A-Za-z0-9.+-]{1,9})\)"
    r"|\(((?:[A-Z][A-Za-z-]+\s){1,8}[A-Z][A-Za-z-]+)\)(?:인|,|이라는|의\s약자인)?\s([A-Z]{2,8})(?![A-Za-z])"
)
_GLOSS = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\(([가-힣][가-힣\s·]{3,28})\)")
_SHORT = re.compile(r"((?:[A-Za-z]+[\s-]){1,7}[A-Za-z]+)\s\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*?)s?\)")


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section in ("link", "keyword"):
        return
    yield from (found := list(bracketed(case)))
    for told in () if found else _LATIN.finditer(case.text):
        phrase = told[1] or told[2]
        if not case.source.has(phrase) and not _pieced(case, phrase):
            yield Finding("entity", phrase, f"{phrase}: 원문에 없는 이름입니다")
            return
    for told in _GLOSS.finditer(case.text):
        if (given := _spelled(case, told[1])) and _elsewise(told[2], f"{given} {case.quote}"):
            yield Finding("entity", told[0], f"원문에서 {told[1]}: {given}")
            return


def bracketed(case: Case) -> Iterator[Finding]:
    """`CCS(Clinical Consistency Scale)`: the words in brackets must be the source's for that acronym."""
    for m in _BRACKETED.finditer(case.text):
        long, short = (m[2], m[1]) if m[1] else (m[3] or m[5], m[4] or m[6])
        words = plain.tokens(long)
        if len(words) < 2 or case.source.has(long) or is_general(long):
            continue
        if (
            all(is_general(w) or known(case.source, w) for w in words)
            and case.source.has(short)
            and not _initials(short, words)
        ):
            continue
        if _standard(short, long):
            continue
        yield Finding("entity", long, f"{short}의 풀이 '{long}'{particle(long, '은/는')} 원문에 없습니다")


def _initials(short: str, words: list[str]) -> bool:
    letters = re.sub(r"[^a-z]", "", short.lower())
    return letters[:1] == words[0][:1] and len(letters) >= 2


def _standard(short: str, long: str) -> bool:
    """A textbook expansion, whether or not the source spells it out."""
    row = acronyms().get(short.upper().rstrip("S")) or acronyms().get(short.upper())
    return bool(row and re.fullmatch(row.split("|")[0] if row.count("(") == 0 else row, long.lower()))


def _pieced(case: Case, phrase: str) -> bool:
    """A name put together of the source's names, or a textbook term."""
    words = plain.tokens(phrase)
    if is_general(phrase) or any(re.fullmatch(row, phrase.lower()) for row in acronyms().values()):
        return True
    return any(not (is_general(word) or known(case.source, word)) for word in words)  # names.py tells


def _spelled(case: Case, short: str) -> str:
    """The source's words for a short form: as many as it has letters, before its brackets."""
    for m in _SHORT.finditer(case.source.text):
        if m[2] == short:
            words = re.split(r"[\s-]", m[1])
            return " ".join(words[-min(len(words), len(short) + 1) :])
    return ""


def _elsewise(gloss: str, given: str) -> bool:
    """A Korean gloss that has a concept, and most of them not the expansion's."""
    marks = lexicon.lexicon().concepts
    told = {key for key in lexicon.said(gloss, strict=True) if marks[key].mark != "-"}
    return bool(told) and len(told - lexicon.given(given.lower())) > len(told) / 2
