"""A document cut into passages that a model may cite, and the search among them.

A chunk is about 180 words of one section, or one table with its caption; its id is what a model cites and its place
what a reader sees. The search is BM25 (Robertson & Zaragoza 2009) over lightly stemmed English words: questions in
Korean come as English keywords, because a Korean word never stands in an English paper.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.fulltext.document import Block, Document, Section
from core.text import sentences

WORDS = 180
_K1, _B = 1.2, 0.75
_HEADING_WEIGHT = 2
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been by can did do does for from had has have how if in into is it its of on or our s"
        " such than that the their them then there these they this those to was we were what when where which who why"
        " will with would paper authors",
    )
)
_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("ations", "ate"), ("ation", "ate"), ("ities", "ity"), ("ies", "y"),
    ("sses", "ss"), ("ings", ""), ("ing", ""), ("ers", "er"), ("ed", ""), ("es", "e"), ("ly", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    id: str
    text: str
    place: str
    heading: str = ""


def chunks(document: Document) -> tuple[Chunk, ...]:
    """The whole document in reading order, every sentence in exactly one chunk; ids are `c1`, `c2`, …"""
    found: list[tuple[str, str, str]] = []
    for section in document.sections:
        heading = f"{section.number} {section.title}".strip()
        found += [(text, place, heading) for text, place in _cut(section)]
    return tuple(Chunk(f"c{n}", text, place, heading) for n, (text, place, heading) in enumerate(found, 1))


def _cut(section: Section) -> Iterator[tuple[str, str]]:
    held: list[str] = []
    place = ""
    for block in section.blocks:
        for piece in _pieces(block):
            whole = block.kind in ("table", "figure", "listing")
            full = held and (whole or block.place != place or _count(held) + len(piece.split()) > WORDS)
            if full:
                yield " ".join(held), place
                held = []
            if whole:
                yield piece, block.place
            else:
                held.append(piece)
                place = block.place
    if held:
        yield " ".join(held), place


def _pieces(block: Block) -> Iterator[str]:
    """Sentences of prose; tables whole, or by rows under their repeated caption where they are long."""
    if block.kind in ("text", "note"):
        yield from sentences(block.text)
        return
    rows = block.text.split("\n")
    head, held = rows[0], list[str]()
    for row in rows[1:]:
        if held and _count([head, *held, row]) > 2 * WORDS:
            yield "\n".join([head, *held])
            held = []
        held.append(row)
    yield "\n".join([head, *held])


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


class Search:
    """An index over one document's chunks; some 10 ms to build for a paper of 15 pages, well under one to ask."""

    def __init__(self, passages: Sequence[Chunk]) -> None:
        self.passages = tuple(passages)
        self._counts = [
            Counter(terms(chunk.text) + terms(f"{chunk.heading} {chunk.place}") * _HEADING_WEIGHT)
            for chunk in self.passages
        ]
        self._sizes = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._sizes) / len(self._sizes) if self._sizes else 1.0
        self._seen = Counter(term for counts in self._counts for term in counts)

    def best(self, keywords: Sequence[str], k: int = 8) -> tuple[Chunk, ...]:
        """At most `k` chunks that contain any of the keywords, best first; ties in reading order."""
        wanted = Counter(term for keyword in keywords for term in terms(keyword))
        scored = [(self._score(n, wanted), -n) for n in range(len(self.passages))]
        return tuple(self.passages[-n] for score, n in sorted(scored, reverse=True)[:k] if score > 0)

    def _score(self, n: int, wanted: Counter[str]) -> float:
        counts, total = self._counts[n], 0.0
        norm = _K1 * (1 - _B + _B * self._sizes[n] / self._mean)
        for term, weight in wanted.items():
            if count := counts[term]:
                rarity = math.log(1 + (len(self._counts) - self._seen[term] + 0.5) / (self._seen[term] + 0.5))
                total += min(weight, 2) * rarity * count * (_K1 + 1) / (count + norm)
        return total


def search(passages: Sequence[Chunk], keywords: Sequence[str], k: int = 8) -> tuple[Chunk, ...]:
    """The `k` chunks that fit the English keywords (words or phrases) best, best first; none that contain no word."""
    return Search(passages).best(keywords, k)


def terms(text: str) -> list[str]:
    """Lower-case words and numbers, stop words out, plural and verb endings off; parts of compounds count too."""
    found: list[str] = []
    for word in re.findall(r"[a-z0-9가-힣]+(?:[.\-'][a-z0-9]+)*", text.lower()):
        parts = re.split(r"[.\-']", word) if re.search(r"[a-z]", word) and re.search(r"[.\-']", word) else []
        found += [_stem(part) for part in (word, *parts) if part not in _STOP and (len(part) > 1 or part.isdigit())]
    return found


def _stem(word: str) -> str:
    if len(word) <= 4 or not word.isalpha():
        return word.removesuffix("s") if len(word) == 4 and word.isalpha() and not word.endswith("ss") else word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    else:
        word = word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word
