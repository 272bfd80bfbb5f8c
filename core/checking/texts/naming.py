"""How texts name things: which words of a Korean sentence are names, which the source knows, by any spelling.

Latin script, or one of the Hangul spellings in names.tsv (엔비디아). General terms (terms.txt: GPU, API, LLM …) name
nothing; acronyms.tsv says what the source must spell out for one to be used.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from core.checking.texts import plain, units
from core.checking.texts.source import Index
from core.checking.texts.tables import TEXTS, rows

WORD = (
    r"[A-Za-z][A-Za-z0-9²]*(?:['’][A-Za-z]+)?(?:[-./+_@&:][A-Za-z0-9]+)*\+{0,2}"
    r"|\d+(?:\.\d+)?[A-Za-z]+[A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*|[α-ωΑ-Ω]"
)


_FIRST = re.compile(r"(?:^|\||\(\?:)([가-힣])")  # of the alternatives of a row
_WORD_START = re.compile("(?<![가-힣])[가-힣]")
_SINGLE = re.compile(WORD)


_UNITS = re.compile(
    (
        r"(?:\d[\d.,]*)?(?:k|K|M|B|T|x|ms|s|[kKMGTPE]i?B|GHz|MHz|Hz|W|kW|kWh|fps|FPS|px|dB|G?T?P?FLOPS?"
        r"|G?T?P?FLOPs|pp|p|%p|h|hr|min|USD|nm|[cmk]?m[23²³]?|kg|mg|g|bit|tok|tokens?|XX?)(?:/s)?"
    ),
)


_PER = re.compile(r"m?eV|[A-Za-z]{1,3}/[A-Za-z]{1,3}\d?|m[23]")  # units that units.py does not know


@lru_cache(maxsize=1)
def general_terms() -> frozenset[str]:
    return frozenset(plain.key(w) for (line,) in rows(TEXTS / "terms.txt") for w in line.lstrip("!").split(", "))


@lru_cache(maxsize=1)
def _concrete() -> frozenset[str]:
    """The general terms that name a thing: a sentence that tells the source has them from there."""
    lines = (line for (line,) in rows(TEXTS / "terms.txt") if line.startswith("!"))
    return frozenset(plain.key(w) for line in lines for w in line[1:].split(", "))


@dataclass(frozen=True, slots=True)
class HangulName:
    """A name as Korean writes it; `spellings`: one must stand in the source; `free`: an opinion may bring it in."""

    pattern: re.Pattern[str]
    spellings: tuple[str, ...]
    free: bool


@lru_cache(maxsize=1)
def hangul_names() -> tuple[HangulName, ...]:
    """The rows of names.tsv."""
    return tuple(
        HangulName(re.compile(rf"(?<![가-힣])(?:{hangul})"), (*latin.split("|"), *hangul.split("|")), bool(free))
        for hangul, latin, *free in rows(TEXTS / "names.tsv")
    )


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[HangulName]]:
    """First syllable → the names that may begin with it."""
    found: dict[str, list[HangulName]] = {}
    for name in hangul_names():
        for first in dict.fromkeys(_FIRST.findall(name.pattern.pattern)):
            found.setdefault(first, []).append(name)
    return found


def told_in_hangul(text: str) -> Iterator[tuple[HangulName, re.Match[str]]]:
    """The names of names.tsv in a text, in order; of one place all (싱가포르, 싱가포르국립대)."""
    for start in _WORD_START.finditer(text):
        for name in _by_first().get(start[0], ()):
            if m := name.pattern.match(text, start.start()):
                yield name, m


@lru_cache(maxsize=1)
def in_hangul() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Latin spelling → how it may be told in Hangul (claude → 클로드)."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for name in hangul_names():
        for spelling in name.spellings:
            found[spelling] = (*found.get(spelling, ()), name.pattern)
    return found


@lru_cache(maxsize=1)
def acronyms() -> dict[str, str]:
    """Acronym → what the source must contain for it to be used."""
    return dict(rows(TEXTS / "acronyms.tsv"))


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    start: int
    end: int


@lru_cache(maxsize=512)
def names(text: str) -> tuple[Name, ...]:
    """The Latin-script names of a `flat` Korean text: single words, units and bare letters left out."""
    found = []
    text = plain.bare(text)
    for m in _SINGLE.finditer(text):
        word = m[0].rstrip(".-:/+") if not m[0].endswith("++") else m[0]
        if (
            len(word) < 2
            or (_UNITS.fullmatch(word) and (word[0].isdigit() or re.search(r"(?:[\d.,]|몇)\s?$", text[: m.start()])))
            or re.fullmatch(r"[A-Za-z](?:/[A-Za-z])+|[A-Za-z]\d?/\d", word)  # m/n, T^{1/4}
            or (
                re.fullmatch(r"m?eV|[A-Za-z]{1,3}/[A-Za-z]{1,3}\d?|m[23]|bp[bpc]", word.lstrip("0123456789."))
                and _figure_before(text, m)
            )
            or (re.fullmatch(r"\d[A-Z]", word) and text[: m.start()].rstrip().endswith(("/", "(")))  # 1/(2L)
            or (re.fullmatch(r"\d[a-z]", word) and text.startswith("/", m.end()))  # 5n/6
            or _measure(text, m.start(), word)
            or re.fullmatch(
                r"\d+(?:\.\d+)?[kKMBTx]\+?|\d+s|\d{1,2}D|\d+(?:\.\d+)?[kKMBTx]?-\d+(?:\.\d+)?[kKMBTx]", word
            )
        ):
            continue
        found.append(Name(word, m.start(), m.start() + len(word)))
    return tuple(found)


def _figure_before(text: str, m: re.Match[str]) -> bool:
    """`75μg/m3`, `15W/m2`, `100meV`: a unit, if a figure stands before it."""
    return m[0][0].isdigit() or bool(re.search(r"\d\s?(?:[A-Zμµ]{1,2}/?)?$", text[: m.start()]))


def _measure(text: str, start: int, word: str) -> bool:
    """`0.21Wh`, the `000ns` of 1,000ns/day: a figure with its unit."""
    figure = re.match(r"\d+(?:\.\d+)?", word)
    return figure is not None and units.read(text, start + len(figure[0]))[1] >= start + len(word)


def is_general(word: str) -> bool:
    key = plain.key(word)
    return (
        not key
        or key in general_terms()
        or (
            all(part in general_terms() for part in key.split())
            and len(key.split()) <= 3
            and not re.fullmatch("[A-Z]{3,}-[IVX]+", word)  # SEED-V
        )
    )


def is_concrete(word: str) -> bool:
    """A general term that names a thing (GPU, API)."""
    return plain.key(word) in _concrete()


def known(source: Index, word: str) -> bool:
    """Whether the source has the name, as whole words or as the glued spelling (TransformerXL, p2RAG)."""
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"({word}s)" if word.isupper() else ""
    if source.has(word) or (plural and plural in source.text):
        return True
    parts = plain.tokens(word)
    glued = "".join(parts)
    if len(glued) >= 4 and re.search(r"[a-z]", glued) and f" {glued} " in source.words:
        return True
    if re.fullmatch("[A-Z][a-z]{4,}", word) and re.search(rf"(?<![A-Za-z]){word}(?=[A-Z])", source.text):
        return True  # Mamba of MambaFormer
    if re.fullmatch(r"V\d+", word) and re.search(rf"[a-z]{word}(?![\w.])", source.text):
        return True  # V2 of EquiformerV2
    if re.search(r"\d", glued) and f" {glued}s " in source.words:
        return True  # 512 H200s
    if len(glued) >= 3 and glued.isalpha() and re.search(rf" {glued}v?[\d.]", source.words):
        return True  # LLaMa of LLaMa3.3-70B
    if len(glued) >= 6 and glued in (source.glued if len(parts) > 1 else source.bracketed):
        return True
    if (
        len(parts) == 1
        and (stem := re.fullmatch(r"([a-z]{3,}?)(?:s|es|ed|ing)", glued))
        and f" {stem[1]}" in source.words
    ):
        return True
    if spelled := acronyms().get(word.upper()) or acronyms().get(word.upper().removesuffix("S")):
        return bool(re.search(spelled, source.evidence))
    if re.fullmatch("[A-Z]{2}", word) and re.search(rf"\b{word[0]}[a-z]{{2,}}[- ]{word[1]}[a-z]{{2,}}\b", source.text):
        return True  # EM of Expectation-Maximization
    short = re.fullmatch("[A-Z]{3,6}|[A-Z][a-z][A-Z]|[a-z][A-Z]{2,3}|[A-Z]{1,3}&[A-Z]{1,3}", word)
    return bool(short) and _initialism(source, glued, "&" in word)


def _initialism(source: Index, letters: str, joined: bool) -> bool:
    """The writer's own short form of words that stand in the source in this order (DTW: dynamic time warping);
    `joined`: they may be joined by a word that it writes as &."""
    between = {"s", "and", "or"} if joined else {"and", "of", "the", "for"} if len(letters) > 3 else {"and"}
    for words in map(str.split, source.sentence_words):
        starts = (i for i, word in enumerate(words) if word[0] == letters[0])
        if any(_spells(words[i : i + 3 * len(letters)], letters, between) for i in starts):
            return True
    coined = re.findall(r"(?<![A-Za-z])(?:[A-Z][a-z]+){1,5}[A-Z][A-Za-z]*", source.text)
    return any("".join(re.findall("[A-Z]", word)).lower() == letters for word in coined)  # LiveCodeBench: LCB


def _spells(words: Sequence[str], letters: str, between: Set[str]) -> bool:
    """Whether the first words begin with these letters, but for some between them."""
    if not letters or not words:
        return not letters
    word, rest = words[0], words[1:]
    own = word[0] == letters[0] and len(word) > 1 and word.isalpha()
    return (own and _spells(rest, letters[1:], between)) or (word in between and _spells(rest, letters, between))


SMALLER = r"(?:mini|nano|lite|small|tiny|turbo|pro|plus|max|flash|ultra|xl|opus|coder|air|next)"
_JOINED = re.compile(r"[\w-]")
_BEHIND_NAME = re.compile(rf"\.\d|[- ]{SMALLER}(?![a-z])|(?![A-Za-z0-9])", re.IGNORECASE)


def shortened(source: Index, word: str) -> str | None:
    """How the source writes a model's name if never without a suffix that makes it another model (GPT-4o-mini)."""
    if not re.search(r"\d", word):
        return None
    found = [
        (start, behind.end())
        for start, end in plain.places(source.low, plain.lower(word))
        if not _JOINED.match(source.text[start - 1 : start]) and (behind := _BEHIND_NAME.match(source.text, end))
    ]
    longer = [source.text[a:b] for a, b in found if b - a > len(word)]
    return longer[0] if longer and len(longer) == len(found) else None


def versioned(source: Index, text: str, start: int, version: str) -> bool:
    """Whether a number is the version of the Hangul name before it, as the source has it (클로드 오퍼스 4.5)."""
    before = re.search(r"[가-힣]{2,}(?:\s[가-힣]{2,})?\s?[Vv]?$", text[max(0, start - 16) : start])
    if not before:
        return False
    return any(
        f" {plain.key(spelled)} {prefix}{version} " in source.words
        for name, m in told_in_hangul(before[0])
        if not before[0][m.end() :].strip(" vV")
        for spelled in name.spellings
        for prefix in ("", "v", "v ")
    )
