"""Language: a Korean sentence is written in Hangul; names may keep their script, a sentence may not.

Han characters, Kana and other foreign letters are a slip of the model unless the source writes them so. A sentence
without Hangul, or with a long run of English words outside brackets and quotation marks, was left untranslated.
A sentence that breaks off before its ending is none.
Titles and excerpts quoted in the original are the caller's business (verdict.py).
"""

import re
from collections.abc import Iterator

from core.checking.korean.register import is_cut
from core.checking.texts.source import Case
from core.model import Finding

_HAN = re.compile(
    "[\u2e80-\u2fd5\u3005\u3007\u31c0-\u31e3\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]+")
_OTHER = re.compile(
    "[\u0370-\u03ff]{3,}|[\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1200-\u137f\u1780-\u17ff]+"
)
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"|'[^']{4,}'|`[^`]*`|\[[^\]]*\]|https?://\S+")
# `Reinforcement Learning for Memory Control`, as the source writes it: what an acronym stands for.
_TITLED = re.compile(r"[A-Z][A-Za-z-]+(?:\s(?:(?:for|of|and|with|in|on|via|from|to|the)\s){0,2}[A-Z][A-Za-z-]+){2,}")
_WORDS = re.compile(r"(?<![\w-])[A-Za-z][a-z]+(?:[ ,;]+[A-Za-z][a-z'’-]*){4,}")
_FUNCTION = re.compile(
    (
        r"\b(?:the|of|and|to|in|is|are|that|with|for|on|by|from|which|this|we|our|it|be|as|at|an|when"
        r"|while|their|can|or|not|but|was|were|has|have|than)\b"
    ),
    re.IGNORECASE,
)

# Words of running English that no Korean sentence keeps, unlike the nouns of the field.
_RUNNING = re.compile(
    r"(?<![\w-])(?:significantly|substantially|consistently|effectively|notably|dramatically|respectively|approximately"
    r"|outperforms?|achieves?|improves?|reduces?|demonstrates?|proposes?|introduces?|shows?|enables?|remains?|requires?"
    r"|however|therefore|moreover|furthermore|while|although|because|without|between|compared|existing|previous)(?![\w-])"
)

_SUCH = re.compile(r"(?:[A-Za-z]+, )+[A-Za-z]+(?=\s(?:같은|등))")  # `because, however, wait 같은 전환어`
_PLAIN = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-]*[A-Z0-9_])")
_KEPT = 4  # words in small letters: no Korean sentence keeps more of them than two or three


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section == "link":
        return
    text, source = case.text, case.source.text
    for pattern, what in ((_HAN, "한자"), (_KANA, "일본 글자"), (_OTHER, "다른 문자")):
        for m in pattern.finditer(text):
            if m[0] not in source:
                yield Finding("language", m[0], f"우리말 문장에 {what}가 섞였습니다")
    if case.sentence.section == "keyword":
        return
    if case.sentence.section in ("summary", "one_liner", "risk") and is_cut(text):
        yield Finding("language", text[-20:], "문장이 끝나지 않았습니다")
    bare = _ASIDE.sub(" ", _TITLED.sub(lambda m: " " if m[0] in source else m[0], text))
    hangul = len(re.findall("[가-힣]", text))
    latin = re.findall(r"[A-Za-z]{2,}", bare if bare.strip() else text)
    prose = case.sentence.section != "headline"
    if (hangul == 0 and len(latin) >= (1 if prose else 3)) or (
        hangul * 4 < sum(map(len, latin)) and len(latin) >= 6 and _FUNCTION.search(text)
    ):
        yield Finding("language", text[:80], "우리말로 옮기지 않은 문장입니다")
        return
    if left := _RUNNING.search(_SUCH.sub(" ", bare)):
        yield Finding("language", left[0], "영어 낱말이 그대로 남았습니다")
    elif len(plain := _PLAIN.findall(bare)) > _KEPT:
        yield Finding("language", ", ".join(plain[:4]), "영어 낱말이 그대로 남았습니다")
    for m in _WORDS.finditer(bare):
        if len(_FUNCTION.findall(m[0])) >= 2:
            yield Finding("language", m[0].strip()[:80], "영어로 남은 부분이 있습니다")
