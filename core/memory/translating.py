"""Whether a Korean and an English headline tell the same: a rough bridge over names, wide nowhere.

Names are what both have: Latin letters, or Hangul that names.tsv and the table below turn into them. The same must
happen to the same names; a version makes one name enough, without one every name of the English title must be there.
What stays in the languages alone (verbs, adjectives) cannot be compared, so what differs only there passes for one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from core.checking import told_in_hangul
from core.memory.titles import EMPTY_STEMS, KOREAN, amounts, folded, happens, named_on, stem, words_of

_PIECE = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
_COUNTED = re.compile(
    r"\d[\d,.]*(?:개|억|만|천|명|조|배|년|월|일|시간|분|초|위|종|곳|건|편|번|회|가지|%|퍼센트|달러|원)"
)
_LEAD = re.compile(r"\W*([a-z][a-z0-9 .+-]*?\d[\d.]*)\s*(?::|[—–]|\s-\s)", re.I)
_OUT = re.compile(
    r"launch|releas|introduc|unveil|announc|debut|reveal|\bships?\b|\bmeet\b|available|공개|출시|발표|선보|선봬|내놓|내놨",
    re.I,
)
_KINDS = frozenset({"ai", "llm", "api", "sdk", "app", "gpu"})
_TYPES = {
    "플래시": "flash", "프로": "pro", "울트라": "ultra", "미니": "mini", "나노": "nano", "오퍼스": "opus",
    "소넷": "sonnet", "하이쿠": "haiku", "코덱스": "codex", "터보": "turbo", "라이트": "lite", "맥스": "max",
    "코더": "coder", "비전": "vision", "젬마": "gemma", "큐웬": "qwen", "소라": "sora", "그록": "grok",
    "아틀라스": "atlas", "에이전트킷": "agentkit", "오픈AI": "openai", "퍼플렉시티": "perplexity", "바나나": "banana",
    "메타": "meta", "라마": "llama", "네모트론": "nemotron", "미스트랄": "mistral", "코파일럿": "copilot",
}  # fmt: skip


def translated(a: str, b: str) -> bool:
    """Whether a Korean title and one in English tell the same."""
    if bool(KOREAN.search(a)) == bool(KOREAN.search(b)):
        return False
    korean, english = (folded(each) for each in ((a, b) if KOREAN.search(a) else (b, a)))
    paid, named = amounts(korean), _in_english(_COUNTED.sub(" ", korean), english.casefold())
    if named is None or _does(korean) != _does(english):
        return False
    if paid and _does(korean) & {"money", "deal"}:
        return paid == amounts(english) and bool(names := _letters(named)) and names <= _letters(english.casefold())
    mine, theirs = _PIECE.findall(named), _PIECE.findall(english.casefold())
    if {pair for pair in _pairs(mine) if pair[1][0].isdigit()} & set(_pairs(theirs)):
        return _same_version(set(mine), set(theirs), english) and bool(_does(korean) or _same_lead(named, english))
    return _does(korean) == {"out"} and _same_names(set(mine) - _KINDS, english)


def _letters(title: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", title)) - _KINDS


def _same_version(mine: set[str], theirs: set[str], english: str) -> bool:
    """No name is in one only; `Codex` after `GPT-5` would be one."""
    words = words_of(english)
    pieces = [set(_PIECE.findall(word.casefold())) for word in words]
    more = [i for i, each in enumerate(pieces) if not each <= mine]
    return mine - _KINDS <= theirs and not any(named_on(words, i) or pieces[i] & mine for i in more)


def _same_names(mine: set[str], english: str) -> bool:
    """Two names or more, and all of them in both."""
    names = [word for word in words_of(english) if word != word.lower() and stem(word) not in EMPTY_STEMS]
    pieces = {piece for word in names for piece in _PIECE.findall(word.casefold())} - _KINDS
    return len(names) >= 2 and pieces == mine


def _same_lead(korean: str, english: str) -> bool:
    """Whether both begin with the same name and version, set apart: `Nano Banana 2: …`."""
    leads = [_LEAD.match(title) for title in (korean, english)]
    pieces = [_PIECE.findall(lead[1].casefold()) for lead in leads if lead]
    return len(pieces) == 2 and pieces[0] == pieces[1]


def _in_english(korean: str, english: str) -> str | None:
    """A Korean title with its names in Latin letters, as the English one spells them; None if it names another."""
    for hangul, latin in _TYPES.items():
        korean = re.sub(rf"(?<![가-힣]){hangul}", f" {latin} ", korean)
    for name, _ in tuple(told_in_hangul(korean)):
        spelt = next((s for s in name.spellings if s in english), None)
        if spelt is None:
            return None
        korean = name.pattern.sub(f" {spelt} ", korean)
    return korean.casefold()


def _pairs(pieces: Sequence[str]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairwise(pieces) if a.isalpha()]


def _does(title: str) -> set[str]:
    """What happens, and where nothing else does: that something is out."""
    return happens(title) or ({"out"} if _OUT.search(title) else set())
