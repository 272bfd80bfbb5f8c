"""The terms of the field in two languages: which concepts a Korean sentence and an English one share.

lexicon.tsv gives, per concept, Korean stems, English word beginnings and marks: `!` a concrete thing that a
sentence may not bring in by itself, `-` a word that says too little to count, `+` a term of one meaning that a
headline or a summary has from its source. No translation: a rough bilingual
index, wide on the English side on purpose, so that "nothing in common" means something.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from core.checking.texts.tables import TEXTS, rows

_LATIN, _HANGUL = re.compile("[a-z]+"), re.compile("[가-힣]")
_LOOK = re.compile(r"^\(\?<!.*?\)|\(\?.*")
_PREFIX = re.compile("^(?:sub|un(?!i|der))")
WEIGHT = {"": 1.0, "!": 1.5, "-": 0.2}


@dataclass(frozen=True, slots=True)
class Concept:
    key: int
    korean: tuple[str, ...]
    mark: str
    told: bool

    @property
    def weight(self) -> float:
        return WEIGHT[self.mark]


@dataclass(frozen=True, slots=True)
class Lexicon:
    concepts: tuple[Concept, ...]
    words: dict[str, tuple[int, ...]]  # English beginning → concepts
    phrases: tuple[tuple[str, int], ...]  # English beginnings with a blank or sign in them
    stems: dict[str, tuple[tuple[str, int], ...]]  # first two letters (or the only one) → (Korean stem, concept)
    looked: tuple[tuple[str, re.Pattern[str], int], ...]  # stems that need a look around: plain, as a pattern, concept


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    concepts: list[Concept] = []
    words: dict[str, list[int]] = {}
    phrases: list[tuple[str, int]] = []
    looked: list[tuple[str, re.Pattern[str], int]] = []
    for korean, english, *mark in rows(TEXTS / "lexicon.tsv"):
        stems = re.split(r"\|(?![^(]*\))", korean)
        key = len(concepts)
        looked += [(_LOOK.sub("", stem), re.compile(stem), key) for stem in stems if "(?" in stem]
        marks = mark[0] if mark else ""
        plain = tuple(stem for stem in stems if "(?" not in stem)
        concepts.append(Concept(key, plain, marks.rstrip("+"), marks.endswith("+")))
        for word in english.split("|"):
            if re.fullmatch("[a-z]+", word):
                words.setdefault(word, []).append(key)
            elif word:
                phrases.append((word, key))
    heads: dict[str, list[tuple[str, int]]] = {}
    for concept in concepts:
        for stem in concept.korean:
            heads.setdefault(stem[:2], []).append((stem, concept.key))
    return Lexicon(
        tuple(concepts),
        {word: tuple(keys) for word, keys in words.items()},
        tuple(phrases),
        {head: tuple(rows) for head, rows in heads.items()},
        tuple(looked),
    )


@lru_cache(maxsize=256)
def said(text: str, *, strict: bool = False) -> dict[int, str]:
    """The concepts of a Korean text, each with the stem that named it; `strict` wants a word to begin there (아이 of
    차이이다 is no child)."""
    book = lexicon()
    found: dict[int, str] = {}
    stems = book.stems.get
    for at, letter in enumerate(text):
        if letter < "가" and not letter.isalnum():
            continue
        for stem, key in (*stems(text[at : at + 2], ()), *stems(letter, ())):
            if key in found or not text.startswith(stem, at) or _glued(text, at, stem):
                continue
            if not (strict and _inside(text, at, stem)):
                found[key] = stem
    for stem, pattern, key in book.looked:
        m = pattern.search(text) if stem in text and key not in found else None
        if m and not (strict and _inside(text, m.start(), m[0])):
            found[key] = m[0]
    return found


def _inside(text: str, at: int, stem: str) -> bool:
    return len(stem) < 4 and at > 0 and "가" <= text[at - 1] <= "힣"


def _glued(text: str, at: int, stem: str) -> bool:
    """Latin letters in the midst of a longer Latin word: the CT of VECTOR is no scan."""
    end = at + len(stem)
    before, after = text[at - 1 : at], text[end : end + 1]
    return (stem[0].isascii() and before.isascii() and before.isalnum()) or (
        stem[-1].isascii() and after.isascii() and after.isalnum()
    )


@lru_cache(maxsize=1024)
def given(text: str) -> frozenset[int]:
    """The concepts of an English (or Korean) text in lower case."""
    padded = f" {text} "
    found = {key for phrase, key in lexicon().phrases if phrase in padded}
    found.update(*map(_of_word, set(_LATIN.findall(text))))
    if not text.isascii() and _HANGUL.search(text):
        found.update(said(text))
    return frozenset(found)


@lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[int, ...]:
    """The concepts whose English beginnings an English word has, also behind a prefix (subtask, unbiased)."""
    known = lexicon().words
    longest = {2: 2, 3: 8}  # of words that so short a beginning stands for
    sizes = (size for size in range(2, min(len(word), 16) + 1) if len(word) <= longest.get(size, len(word)))
    found = [key for size in sizes for key in known.get(word[:size], ())]
    bare = _PREFIX.sub("", word)
    return (*found, *_of_word(bare)) if bare != word and len(bare) > 4 else tuple(found)
