"""One event, one place: which items tell the same thing.

Canonical URLs and ids first; then titles: the share of the shorter title's 2-character pieces that the other has
(containment ≥ 0.74; works for Korean and English; across them only for a version that is out, the model merges the
others by number). Headlines
are often made from one mould ("Introducing …"), so what is left without the mould must agree too (wording.py). Papers
of one day are distinct works with similar names, so between papers only equal titles count.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.model import Item, News, Paper
from core.ranking.wording import plain, release, tells_the_same

SAME = 0.74
_SHORTEST = 10  # pieces: shorter titles are contained in anything
_ALIKE = 0.5  # the pieces of a short title are found scattered in a long one of another event
_ROWS = 512
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|alphaxiv\.org/\w+/)(\d{4}\.\d{4,5})", re.I
)
_COINED = re.compile(r"^(?=.*(?:[A-Z].*[A-Z]|\d))[A-Za-z][\w.+-]{5,}$")
_TRACKING = re.compile(r"[?#].*$")


def events(items: Sequence[Item]) -> list[list[int]]:
    """Places of the items that belong together; every place once."""
    parent = list(range(len(items)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in (*_same_name(items), *_same_title(items), *_same_release(items), *_named_in_news(items)):
        parent[max(root(a), root(b))] = min(root(a), root(b))
    groups: dict[int, list[int]] = {}
    for i in range(len(items)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _same_name(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Equal ids, URLs, arXiv ids, paper titles."""
    first: dict[str, int] = {}
    pairs = []
    for i, item in enumerate(items):
        for name in _names(item):
            pairs.append((first.setdefault(name, i), i))
    return [(a, b) for a, b in pairs if a != b]


def _names(item: Item) -> list[str]:
    if isinstance(item, Paper):
        title = plain(item.title)
        return [re.sub(r"v\d+$", "", item.id), *([f"title {title}"] if len(title) > _SHORTEST else [])]
    mentioned = set(_ARXIV.findall(item.url)) or set(_ARXIV.findall(item.summary))
    address = _TRACKING.sub("", item.url).rstrip("/").lower()
    # a round-up that names several papers is not the news of one of them
    return [
        item.id,
        *([address] if "/" in address[8:] and "?" not in item.url else []),
        *(mentioned if len(mentioned) == 1 else ()),
    ]


def _same_title(items: Sequence[Item]) -> list[tuple[int, int]]:
    """News and whatever has nearly the same title."""
    news = [i for i, item in enumerate(items) if isinstance(item, News)]
    if not news:
        return []
    bits, sizes = _pieces([item.title for item in items])
    pairs: list[tuple[int, int]] = []
    for low in range(0, len(news), _ROWS):
        rows = np.array(news[low : low + _ROWS])
        shared = np.array([np.bitwise_count(bits[row] & bits).sum(axis=1, dtype=np.int64) for row in rows])
        smaller = np.minimum(sizes[rows][:, None], sizes[None, :])
        larger = np.maximum(sizes[rows][:, None], sizes[None, :])
        same = (shared >= SAME * smaller) & (smaller >= _SHORTEST) & (smaller >= _ALIKE * larger)
        pairs += [(int(rows[a]), int(b)) for a, b in zip(*np.nonzero(same), strict=True) if rows[a] != b]
    return [(a, b) for a, b in pairs if tells_the_same(items[a].title, items[b].title)]


def _same_release(items: Sequence[Item]) -> list[tuple[int, int]]:
    """News that tell of one version's release and of nothing else, whatever the language and the verb."""
    first: dict[str, int] = {}
    told = ((i, release(item.title)) for i, item in enumerate(items) if isinstance(item, News))
    return [(first.setdefault(name, i), i) for i, name in told if name]


def _pieces(titles: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Each title's 2-character pieces as a row of bits, and how many it has."""
    number: dict[str, int] = {}
    pieces = [{text[k : k + 2] for k in range(len(text) - 1)} for text in map(plain, titles)]
    columns = [[number.setdefault(piece, len(number)) for piece in sorted(own)] for own in pieces]
    bits = np.zeros((len(titles), len(number) // 64 + 1), np.uint64)
    for row, own in zip(bits, columns, strict=True):
        for column in own:
            row[column // 64] |= np.uint64(1 << (column % 64))
    return bits, np.array([len(own) for own in pieces], np.int64)


def _named_in_news(items: Sequence[Item]) -> list[tuple[int, int]]:
    """A paper's own coined name ("Kimo-K9: …") that no other paper of the day uses, in a news title."""
    papers = [(i, item) for i, item in enumerate(items) if isinstance(item, Paper)]
    news = [(i, item.title.casefold()) for i, item in enumerate(items) if isinstance(item, News)]
    names = {
        item.title.split(":")[0].casefold(): i
        for i, item in papers
        if ":" in item.title and _COINED.match(item.title.split(":")[0])
    }
    pairs = []
    for name, i in names.items() if news else ():
        whole = re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9-])")
        telling = [j for j, title in news if whole.search(title)]
        if telling and not any(whole.search(f"{p.title} {p.abstract}".casefold()) for k, p in papers if k != i):
            pairs += [(i, j) for j in telling]
    return pairs
