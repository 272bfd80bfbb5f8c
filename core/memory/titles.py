"""Whether two headlines, days or languages apart, tell the same.

The ranking finds titles that are alike; days later that is not enough, because "Introducing GPT-5 Codex" looks like
"Introducing GPT-5" and is other news. So the numbers must agree, nothing may happen in one that does not in the other
(a price, a lawsuit, a delay), and neither may add to a name. A Korean and an English title are one only where they
share a name with its version and the same happens to it.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from core.checking import hangul_names

_WORD = re.compile(r"[A-Za-z0-9가-힣]+(?:[.'’-][A-Za-z0-9]+)*")
_PIECE = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_KOREAN = re.compile("[가-힣]")
_EMPTY = """a an the of to in on at for from by with and or as is are be its it our your new now more how what why
    introduce announce launch release unveil reveal debut ship bring say report present show tell ask hn here meet
    model tool app feature version update ai says today developer user available preview
    공개 출시 발표 선보여 선봬 내놔 새 신규 모델 기능 버전 전격 정식 드디어 오늘 속보 단독 새로운"""
_TYPES = {
    "플래시": "flash", "프로": "pro", "울트라": "ultra", "미니": "mini", "나노": "nano", "오퍼스": "opus",
    "소넷": "sonnet", "하이쿠": "haiku", "코덱스": "codex", "터보": "turbo", "라이트": "lite", "맥스": "max",
    "코더": "coder", "비전": "vision", "젬마": "gemma", "큐웬": "qwen", "소라": "sora", "그록": "grok",
}  # fmt: skip
_OUT = re.compile(
    r"launch|releas|introduc|unveil|announc|debut|reveal|\bships?\b|available|공개|출시|발표|선보|선봬|내놓|내놨", re.I
)
_DEEDS = {
    "open": r"open[- ]?(?:sourc|weight)|오픈\s?소스|가중치",
    "price": r"\bpric|cheaper|\bdiscount|가격|요금|인하|인상",
    "money": r"\brais(?:e|es|ed|ing)\b|funding|valuation|\binvest|\bIPO\b|투자|유치|기업가치|상장",
    "deal": r"acqui(?:r|s)|\bmerge|\bbuys?\b|\bbought\b|인수|합병|제휴|partner",
    "court": r"\bsu(?:e|es|ed|ing)\b|lawsuit|\bcourt|\bbann?(?:s|ed)?\b|\bfine[sd]?\b|소송|고소|제소|금지|판결|과징금",
    "halt": r"delay|postpon|cancel|\bhalt|\bpaus|shut|\bretir|deprecat|sunset|연기|취소|중단|종료|철회|폐지",
    "trouble": r"outage|breach|\bleak|\bhack|vulnerab|incident|장애|유출|해킹|취약점|침해",
    "opinion": r"\breview|hands[- ]on|\bbenchmarks?\b|\bversus\b|\bvs\b|리뷰|사용기|비교|분석|정리",
}
_HAPPENS = {name: re.compile(pattern, re.I) for name, pattern in _DEEDS.items()}


def same_news(a: str, b: str) -> bool:
    """Whether two titles that are alike tell the same, also days apart. `a` and `b` in one language."""
    if not _agree(set(_NUMBER.findall(a)), set(_NUMBER.findall(b))) or _happens(a) != _happens(b):
        return False
    mine, theirs = _words(a), _words(b)
    more, others = _extra(mine, theirs), _extra(theirs, mine)
    if more and others:
        return not any(_tells(mine, i) for i in more) and not any(_tells(theirs, i) for i in others)
    return not any(_named_on(mine, i) for i in more) and not any(_named_on(theirs, i) for i in others)


def translated(a: str, b: str) -> bool:
    """Whether a Korean title and one in English tell the same."""
    if bool(_KOREAN.search(a)) == bool(_KOREAN.search(b)):
        return False
    korean, english = (_folded(each) for each in ((a, b) if _KOREAN.search(a) else (b, a)))
    named = _in_english(korean, english.casefold())
    if named is None or not _does(korean) or _does(korean) != _does(english):
        return False
    mine, theirs = _PIECE.findall(named), _PIECE.findall(english.casefold())
    versions = {pair for pair in _pairs(mine) if pair[1][0].isdigit()} & set(_pairs(theirs))
    if not versions or not set(mine) <= set(theirs):
        return False
    words = _words(english)
    return not any(
        _named_on(words, i) for i, word in enumerate(words) if not set(_PIECE.findall(word.casefold())) <= set(mine)
    )


def _in_english(korean: str, english: str) -> str | None:
    """A Korean title with its names in Latin letters, as the English one spells them; None if it names another."""
    for pattern, _, spellings in hangul_names():
        if pattern.search(korean):
            spelt = next((s for s in spellings if s in english), None)
            if spelt is None:
                return None
            korean = pattern.sub(f" {spelt} ", korean)
    for hangul, latin in _TYPES.items():
        korean = re.sub(rf"(?<![가-힣]){hangul}", f" {latin} ", korean)
    return korean.casefold()


def _pairs(pieces: Sequence[str]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairwise(pieces) if a.isalpha()]


def _happens(title: str) -> set[str]:
    return {name for name, pattern in _HAPPENS.items() if pattern.search(title)}


def _does(title: str) -> set[str]:
    """What happens, and where nothing else does: that something is out."""
    return _happens(title) or ({"out"} if _OUT.search(title) else set())


def _agree(a: set[str], b: set[str]) -> bool:
    return a <= b or b <= a


def _folded(title: str) -> str:
    return unicodedata.normalize("NFKC", title)


def _words(title: str) -> list[str]:
    return _WORD.findall(_folded(title))


def _extra(mine: Sequence[str], theirs: Sequence[str]) -> list[int]:
    """Places of the words that say something and are not in the other title."""
    others = {_stem(word) for word in theirs}
    return [
        i for i, word in enumerate(mine)
        if (stem := _stem(word)) not in others and stem not in _EMPTY_STEMS
        and not (_KOREAN.match(stem) and any(_inflected(stem, other) for other in others))
    ]  # fmt: skip


def _stem(word: str) -> str:
    word = word.casefold()
    if _KOREAN.search(word) or not word.isalpha():
        return word.removesuffix("'s").removesuffix("’s")
    return word[:3] + re.sub(r"(?:ing|ed|es|e|s)$", "", word[3:])


def _inflected(a: str, b: str) -> bool:
    """Two Korean words with other particles or endings: 공개 and 공개했다, 모델을 and 모델은."""
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= 2 and (common == min(len(a), len(b)) or max(len(a), len(b)) - common <= 1)


def _tells(words: Sequence[str], i: int) -> bool:
    """Whether the word is a name, a number or Korean: what another title has in its place is another thing. Where
    all words begin with a capital, each may be a name."""
    word = words[i]
    return not word.isalpha() or bool(_KOREAN.search(word)) or word[1:] != word[1:].lower() or _capital(words, i)


def _named_on(words: Sequence[str], i: int) -> bool:
    """Whether the word goes on with a name: Codex in `GPT-5 Codex`, 4 in `Llama 4`."""
    before = words[i - 1] if i else ""
    called = bool(re.search(r"\d|[A-Z].*[A-Z]", before)) or (i > 1 and before[:1].isupper()) or before.isdigit()
    return called and (_tells(words, i) or words[i][:1].isupper()) and _stem(words[i]) not in _EMPTY_STEMS


def _capital(words: Sequence[str], i: int) -> bool:
    return i > 0 and words[i][:1].isupper()


_EMPTY_STEMS = frozenset(map(_stem, _EMPTY.split()))
