"""A text as the search index sees it: Hangul in pairs of syllables, other letters as whole words.

Particles stick to Korean words (모델은, 모델을), so a word is found by its syllable pairs standing in a row: 모델 in
모델은, 에이전트 in 에이전트의. Both databases index the same tokens, made here and not by their own parsers. English
loses its plural s; letters and digits part, so that GPT5, GPT-5 and gpt 5 are one name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from core.text import folded

_RUN = re.compile(r"[가-힣]+|[぀-ヿ㐀-鿿]+|[0-9]+|[^\W\d_]+?(?=[가-힣぀-ヿ㐀-鿿]|[\W\d_]|$)")
_SYLLABLES = re.compile("[가-힣぀-ヿ㐀-鿿]")
_CERTAIN = re.compile("(?:들?(?:에서는|으로는|에서|으로|에게|까지|부터|처럼|보다|은|는|을|를|의|와|에)|들)$")
_LIKELY = re.compile("(?:이|가|과|로|도)$")  # a noun may end so as well: 전문가, 정확도
PARTICLES = (_CERTAIN.pattern, _LIKELY.pattern)
"""What sticks to the end of a Korean word, surely and perhaps; also for the search in the archive's pages."""
_KEEPS_S = ("ss", "us", "is")
_LONGEST_WORD = 40
_LONGEST_TERM = 3  # words
_LONG, _LONGEST = 4, 16  # syllables: shorter Korean words are one word, longer ones are none
_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})

Phrase = tuple[str, ...]
"""Tokens that stand in a row; a last one of one syllable is the beginning of a token."""


def tokens(text: str) -> list[str]:
    """In the order of the text."""
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        found += _split(run)
    return found


def key(term: str) -> str:
    """What two spellings of one term have in common: case, blanks, hyphens and the plural do not count."""
    return "".join(_whole(run) for run in _RUN.findall(folded(term)))


def asked(query: str, same: Mapping[str, Sequence[str]] = _NONE) -> tuple[tuple[Phrase, ...], ...]:
    """What a person looks for: for each word, the phrases any of which will do. () when nothing can be looked for.
    `same`: other words for a term of one to three words, by its `key`; a term is looked for as a whole."""
    words, found = query.split(), []
    while words:
        term = next((t for n in range(_LONGEST_TERM, 0, -1) if (t := _term(words[:n], same))), words[:1])
        words = words[len(term) :]
        phrases = [*_phrases("".join(term))]
        phrases += [tuple(token for word in term for token in tokens(word))] if len(term) > 1 else []
        phrases += [tuple(tokens(other)) for other in same.get(key(" ".join(term)), ())]
        found.append(tuple(dict.fromkeys(phrase for phrase in phrases if phrase)))
    return tuple(dict.fromkeys(phrases for phrases in found if phrases))


def _term(words: Sequence[str], same: Mapping[str, Sequence[str]]) -> Sequence[str] | None:
    """These words if they have other words, if need be without the last one's particle: 강화 학습의 → 강화 학습."""
    *before, last = words
    bare = (_LIKELY.sub("", last), _CERTAIN.sub("", last))
    return next((t for end in (last, *bare) if key(" ".join(t := [*before, end])) in same), None)


def _bare(word: str) -> list[str]:
    """The runs of a query's word without its particle."""
    runs: list[str] = _RUN.findall(folded(word))
    if len(runs) > 1 and (_CERTAIN.fullmatch(runs[-1]) or _LIKELY.fullmatch(runs[-1])):
        return runs[:-1]  # LLM은
    return [*runs[:-1], _stem(runs[-1])] if runs else []


def _phrases(word: str) -> Iterator[Phrase]:
    """The word without its particle; a long Korean one also with a blank in it (언어모델, 언어 모델)."""
    *before, last = _bare(word) or [""]
    if not last:
        return
    head = [token for run in before for token in _split(run)]
    yield (*head, *_split(last))
    for cut in range(1, len(last)) if _LONG <= len(last) <= _LONGEST and _SYLLABLES.match(last) else ():
        yield (*head, *_split(last[:cut]), *_split(last[cut:]))


def _stem(word: str) -> str:
    if not _SYLLABLES.match(word):
        return word
    bare = _CERTAIN.sub("", word)
    if len(bare) >= 2 and bare != word:
        return bare
    bare = _LIKELY.sub("", word)
    return bare if len(bare) >= 3 else word


def _split(run: str) -> list[str]:
    if not _SYLLABLES.match(run):
        return [_whole(run)]
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _whole(run: str) -> str:
    """A word of letters as it is indexed."""
    return run if _SYLLABLES.match(run) else _singular(run[:_LONGEST_WORD])


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(_KEEPS_S) else word
