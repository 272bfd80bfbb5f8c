"""Whether two headlines in one language, days apart, tell the same.

The ranking finds titles that are alike; days later that is not enough, because "Introducing GPT-5 Codex" looks like
"Introducing GPT-5" and is other news. So the numbers must agree, nothing may happen in one that does not in the other
(a price, a lawsuit, a delay), and neither may add to a name.
"""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z0-9가-힣]+(?:[.'’-][A-Za-z0-9]+)*|¦")
_BREAK = re.compile(r"\s*[:;|,—–]\s+|\s+[-—–]\s+")
_AMOUNT = re.compile(r"(?<![\w.])\$?(\d[\d.,]*\d|\d)\s?(b|bn|billion|mn|million|tn|trillion)\b", re.I)
_AMOUNT_KO = re.compile(r"(?<![\w.])(?=\d)(?:(\d+)조)?\s?(?:(\d[\d,]*)억)?(?<=[조억])\s?(?=달러|원)")
_MILLIONS = {"b": 1_000, "m": 1, "t": 1_000_000}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
KOREAN = re.compile("[가-힣]")
_EMPTY = """¦ a an the of to in on at for from by with and or as is are be its it our your new now more how what why
    introduce announce launch release unveil reveal debut ship bring say report present show tell ask hn here meet
    model tool app feature version update ai says today developer user available preview
    공개 출시 발표 선보여 선봬 내놔 새 신규 모델 기능 버전 전격 정식 드디어 오늘 속보 단독 새로운"""
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
    """Whether two titles that are alike tell the same, also days apart."""
    a, b = folded(a), folded(b)
    if not _agree(set(_NUMBER.findall(a)), set(_NUMBER.findall(b))) or happens(a) != happens(b):
        return False
    mine, theirs = words_of(a), words_of(b)
    more, others = _extra(mine, theirs), _extra(theirs, mine)
    if any(_adds(mine[i], theirs) for i in more) or any(_adds(theirs[i], mine) for i in others):
        return False
    if more and others:
        return not any(_tells(mine, i) for i in more) and not any(_tells(theirs, i) for i in others)
    return not any(named_on(mine, i) for i in more) and not any(named_on(theirs, i) for i in others)


def happens(title: str) -> set[str]:
    return {name for name, pattern in _HAPPENS.items() if pattern.search(title)}


def _agree(a: set[str], b: set[str]) -> bool:
    return a <= b or b <= a


def folded(title: str) -> str:
    """One width of letters, and one way to write amounts: 13B, 13 billion and 130억 are 13000m."""
    title = _AMOUNT.sub(lambda m: f"{float(m[1].replace(',', '')) * _MILLIONS[m[2][0].casefold()]:.0f}m", _nfkc(title))
    return _AMOUNT_KO.sub(
        lambda m: f"{int(m[1] or 0) * 1_000_000 + int((m[2] or '0').replace(',', '')) * 100}m ", title
    )


def amounts(title: str) -> set[str]:
    """The amounts in a `folded` title."""
    return set(re.findall(r"\b\d+m\b", title))


def _nfkc(title: str) -> str:
    return unicodedata.normalize("NFKC", title)


def words_of(title: str) -> list[str]:
    """Of a `folded` title; `¦` stands where a name cannot go on."""
    return _WORD.findall(_BREAK.sub(" ¦ ", title))


def _extra(mine: Sequence[str], theirs: Sequence[str]) -> list[int]:
    """Places of the words that say something and are not in the other title."""
    others = {stem(part) for word in theirs for part in (word, *word.split("-"))}
    return [
        i for i, word in enumerate(mine)
        if (said := stem(word)) not in others and said not in EMPTY_STEMS
        and not all(stem(part) in others for part in word.split("-"))
        and not (KOREAN.match(said) and any(_inflected(said, other) for other in others))
    ]  # fmt: skip


def _adds(word: str, theirs: Sequence[str]) -> bool:
    """Whether a word of several parts has one that the other title has, and more: GPT-5-Codex."""
    others = {stem(part) for other in theirs for part in other.split("-")}
    return len({stem(part) in others for part in word.split("-") if part}) > 1


def stem(word: str) -> str:
    word = word.casefold()
    if KOREAN.search(word) or not word.isalpha():
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
    return not word.isalpha() or bool(KOREAN.search(word)) or word[1:] != word[1:].lower() or _capital(words, i)


def named_on(words: Sequence[str], i: int) -> bool:
    """Whether the word goes on with a name: Codex in `GPT-5 Codex`, 4 in `Llama 4`."""
    before = words[i - 1] if i and not amounts(words[i - 1]) else ""
    called = bool(re.search(r"\d|[A-Z].*[A-Z]", before)) or (i > 1 and before[:1].isupper()) or before.isdigit()
    return called and (_tells(words, i) or words[i][:1].isupper()) and stem(words[i]) not in EMPTY_STEMS


def _capital(words: Sequence[str], i: int) -> bool:
    return i > 0 and words[i][:1].isupper()


EMPTY_STEMS = frozenset(map(stem, _EMPTY.split()))
