"""Headlines' words: whether two that look alike tell the same thing.

Headlines of one publisher come from one mould: "Introducing coding models" and "Introducing speech models" share
most of their letters and none of their news. So the mould's words are laid aside, and what is left must be found in
the other title; two numbers that differ (a version, a part) are two events whatever else agrees, and so are two kinds
of one model (Flash, Pro). A title that only says that a version is out (`release`) is the same in any language.
"""

import re
import unicodedata

_MOULDED = """
    a about after all an and are as at be by can for from has have how in into is it its more new next now of
    on or our that the their this to up we what when why will with you your today week weekly daily update
    updates part introduce introduces introducing introduced announce announces announcing announced launch
    launches launching launched release releases releasing released unveil unveils unveiling unveiled ship
    ships shipping shipped present presents presenting presented open opens opening debut debuts reveal reveals
    revealed available official officially model models ai news show tell ask hn breaking exclusive report
    reports guide say says 공개 공개했다 공개한다 공개해 출시 출시했다 출시한다 발표 발표했다 발표한다 선보여
    선보인다 선봬 내놨다 내놔 새 새로운 신규 모델 인공지능 뉴스 소식 오늘 오늘의 이번 주 주간 단독 속보 위한
    위해 대한 및
"""
_MOULD = frozenset(_MOULDED.split())
# What tells the models of one family apart.
_KIND_WORDS = """
    flash pro ultra nano mini lite max plus turbo opus sonnet haiku coder vl omni vision audio image video instruct
    thinking scout maverick small medium large tiny
    프로 플래시 울트라 미니 나노 라이트 맥스 터보 오퍼스 소네트 하이쿠 코더
"""
_MAKER_WORDS = """
    openai google deepmind anthropic meta microsoft nvidia alibaba apple amazon 오픈ai 구글 딥마인드 앤트로픽 메타
    마이크로소프트 엔비디아 알리바바 애플 아마존
"""
_PARTICLE_WORDS = "을 를 이 가 은 는 의 로 으로 와 과 도"
_KINDS, _MAKERS, _PARTICLES = (frozenset(words.split()) for words in (_KIND_WORDS, _MAKER_WORDS, _PARTICLE_WORDS))
_TOKEN = re.compile(r"오픈ai|[a-z0-9]+(?:[.+-][a-z0-9]+)*\+*|[가-힣]+")
_LONGEST = 4  # words of a name
_SAME = 0.75  # of the letters that are left of the title that has fewer
_WORD = re.compile(r"[^\W_]+(?:[.,-](?=\d)[^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_HANGUL = re.compile("[가-힣]")


def plain(title: str) -> str:
    """A title as compared: letters and digits only, case and width folded."""
    return "".join(c for c in _folded(title) if c.isalnum())


def tells_the_same(a: str, b: str) -> bool:
    """True when what is left of the two titles without their mould (and numbers) agrees; of two titles of nothing
    but mould, nothing disagrees."""
    numbers, others = (set(_NUMBER.findall(_folded(title))) for title in (a, b))
    if numbers - others and others - numbers:
        return False
    kinds, theirs = ({*_WORD.findall(_folded(title))} & _KINDS for title in (a, b))
    if kinds - theirs and theirs - kinds:
        return False
    fewer, more = sorted(((sum(map(len, _words(t))), t) for t in (a, b)), key=lambda each: each[0])
    if not fewer[0]:
        return not more[0]
    within = plain(more[1])
    return sum(len(word) for word in _words(fewer[1]) if _stem(word) in within) >= _SAME * fewer[0]


def release(title: str) -> str:
    """The one versioned name (GPT-5.5, Claude Opus 5) of a title that only says that it is out; "" for others."""
    tokens = [t for t in _TOKEN.findall(_folded(title)) if t not in _MOULD and t not in _PARTICLES]
    names = [t for t in tokens if t not in _MAKERS]
    named = names and names[0][0].isalpha() and any(_NUMBER.search(t) for t in names)
    other = len(names) > _LONGEST or any(_HANGUL.search(t) or (t.isalpha() and t not in _KINDS) for t in names[1:])
    return plain("".join(names)) if named and not other and not _HANGUL.search(names[0]) else ""


def _words(title: str) -> list[str]:
    found = (plain(word) for word in _WORD.findall(_folded(title)))
    return [word for word in found if word not in _MOULD and len(word) > 1 and not word.isdecimal()]


def _stem(word: str) -> str:
    """Without an ending or a particle, where enough is left."""
    if _HANGUL.search(word):
        return word[: max(2, len(word) - 2)] if len(word) > 3 else word[:2]
    return word[: max(4, len(word) - 3)]


def _folded(title: str) -> str:
    return unicodedata.normalize("NFKC", title).casefold()
