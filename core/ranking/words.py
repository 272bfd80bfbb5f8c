"""Papers' words as numbers: title, abstract and comment as hashed n-grams, weighed by linear models.

No vocabulary of strings is shipped: a gram is a 32-bit key, known grams are a sorted array of keys. A gram that
was never seen finds no key and weighs nothing. Title, abstract and comment are separate fields, each of
length one (TF-IDF, sublinear, L2), so a long abstract does not shout down a title.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model import Paper

Floats = NDArray[np.floating[Any]]
Keys = NDArray[np.uint32]

WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
FIELDS = ("title", "abstract", "comment")
_SALT = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of several papers in one field: `keys` one after the other, `paper` whose each is."""

    keys: Keys
    paper: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known grams of one field, `keys` ascending, with their inverse document frequency."""

    keys: Keys
    idf: Floats

    def weigh(self, grams: Grams) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """(paper, gram, weight) of the grams that are known, ascending; each paper's weights have length 1."""
        if not len(self.keys) or not len(grams.keys):
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        at = np.minimum(np.searchsorted(self.keys, grams.keys), len(self.keys) - 1)
        known = self.keys[at] == grams.keys
        cell, count = np.unique(grams.paper[known] * len(self.keys) + at[known], return_counts=True)
        paper, gram = np.divmod(cell, len(self.keys))
        weight = (1 + np.log(count)) * self.idf[gram]
        norm = np.sqrt(np.bincount(paper, weight * weight)) if len(paper) else np.zeros(0)
        return paper, gram, weight / norm[paper]


def grams(papers: Sequence[Paper]) -> tuple[Grams, ...]:
    """Words and pairs of neighbouring words of every paper, by field."""
    known: dict[str, int] = {}
    return tuple(
        _grams([_field(p, name) for p in papers], salt, known) for name, salt in zip(FIELDS, _SALT, strict=True)
    )


def vocabulary(grams: Grams, papers: int, at_least: int) -> Vocabulary:
    """The grams that at least so many of the papers use."""
    cell = np.unique((grams.paper.astype(np.uint64) << np.uint64(32)) | grams.keys.astype(np.uint64))
    keys, found = np.unique((cell & np.uint64(0xFFFFFFFF)).astype(np.uint32), return_counts=True)
    kept = found >= at_least
    return Vocabulary(keys[kept], np.log((1 + papers) / (1 + found[kept])) + 1)


def _field(paper: Paper, name: str) -> str:
    return {"title": paper.title, "abstract": paper.abstract, "comment": paper.comment or ""}[name].lower()


def _grams(texts: Sequence[str], salt: int, known: dict[str, int]) -> Grams:
    words: list[NDArray[np.uint32]] = []
    for text in texts:
        found = WORD.findall(text)
        for word in found:
            if word not in known:
                known[word] = zlib.crc32(word.encode())
        words.append(np.array([known[word] for word in found], np.uint32))
    paper = np.repeat(np.arange(len(texts)), [len(w) for w in words])
    single = np.concatenate(words) if words else np.zeros(0, np.uint32)
    together = paper[1:] == paper[:-1]
    first, second = single[:-1][together], single[1:][together]
    pair = (first * np.uint32(0x01000193)) ^ (second + np.uint32(0x7F4A7C15) + (first << np.uint32(6)))
    return Grams(np.concatenate([single, pair]) ^ np.uint32(salt), np.concatenate([paper, paper[1:][together]]))
