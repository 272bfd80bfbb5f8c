"""The authors' track record: who was noticed before, how often and how much.

A name is a 32-bit key; per name the papers seen, the picks among them, the logarithm of their upvotes, and the
record of those they write with. Two people of one name share a record: rates are therefore smoothed, and
several views of the author list (best, mean, first, last) go into the features rather than one verdict. What a name
tends to do is in roles.py. In operation the record learns on from what was `Seen` after the shipped days (`updated`).
"""

import math
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model import Paper
from core.ranking import roles

Values = NDArray[np.floating[Any]]
BASE = 0.064  # share of papers that are picked
_DOUBT = 2.0  # papers' worth of doubt in a rate
LEARNED = 100_000  # names that operation may add or change
COLUMNS = (
    "rate_max", "rate_mean", "rate_second", "rate_top3", "rate_first", "rate_last", "picks_sum", "picks_max",
    "papers_max", "papers_mean", "known", "noticed", "papers_last", "picks_last", "papers_first", "picks_first",
    "votes_max", "votes_mean", "votes_last", "votes_top", "noisy_or", "odds_sum", "near_max", "near_mean",
    "near_last", "votes_a_pick", "odds_known", "names_known", "names_linear", *roles.COLUMNS,
)  # fmt: skip


Seen = tuple[tuple[int, ...], int | None]
"""A paper that was seen: its author keys, and the upvotes it got (None = the community did not pick it)."""


def name_key(name: str) -> int:
    """A name without accents, case, dots and blanks at its ends, as 32 bits."""
    plain = (
        name
        if name.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    )
    return zlib.crc32(" ".join(plain.lower().replace(".", " ").split()).encode())


@dataclass(frozen=True, slots=True)
class Record:
    """`names` ascending; `papers`, `picks`, `votes` (sum of log1p upvotes), `near` (smoothed rate of their
    papers' other authors), `linear` (weight of the name in a linear model) are aligned with it."""

    names: NDArray[np.uint32]
    papers: NDArray[np.floating[Any]]
    picks: NDArray[np.floating[Any]]
    votes: NDArray[np.floating[Any]]
    near: NDArray[np.floating[Any]]
    linear: NDArray[np.floating[Any]]
    roles: roles.Roles

    def columns(self, papers: Sequence[Paper]) -> NDArray[np.float32]:
        """The features COLUMNS, one row a paper; a paper without authors has the record of a stranger."""
        if not papers:
            return np.zeros((0, len(COLUMNS)), np.float32)
        lists = [author_keys(paper) or [0] for paper in papers]
        size = np.array([len(keys) for keys in lists])
        start = np.cumsum(size) - size
        last = start + size - 1
        at, here = self._find(np.array([k for keys in lists for k in keys], np.uint32))
        strangers = ((self.papers, 0.0), (self.picks, 0.0), (self.votes, 0.0), (self.near, BASE), (self.linear, 0.0))
        papers_, picks, votes, near, linear = (roles.taken(values, at, here, value) for values, value in strangers)
        known = here.astype(np.float64)
        rate = (picks + _DOUBT * BASE) / (papers_ + _DOUBT)
        odds = np.log(rate / (1 - rate)) - np.log(BASE / (1 - BASE))
        each = votes / (papers_ + 1)
        place = np.arange(len(rate)) - np.repeat(start, size)
        ranked = rate[np.lexsort((-rate, np.repeat(np.arange(len(size)), size)))]

        def total(values: Values) -> Values:
            return np.add.reduceat(values, start)

        def best(values: Values) -> Values:
            return np.maximum.reduceat(values, start)

        knowing = total(known)
        return np.column_stack([
            best(rate), total(rate) / size, ranked[np.minimum(start + 1, last)],
            total(np.where(place < 3, ranked, 0)) / np.minimum(size, 3), rate[start], rate[last],
            np.log1p(total(picks)), best(picks), best(papers_), total(papers_) / size, knowing / size,
            total((picks > 0).astype(float)) / size, papers_[last], picks[last], papers_[start], picks[start],
            best(each), total(each) / size, each[last], best(votes),
            1 - np.exp(total(np.where(place < 20, np.log1p(-rate), 0))), total(odds), best(near), total(near) / size,
            near[last], best(votes / (picks + 0.5)), total(odds * known) / np.maximum(knowing, 1), knowing,
            total(linear) / np.sqrt(size), *self.roles.columns(at, here, start, size, BASE),
        ]).astype(np.float32)  # fmt: skip

    def best(self, paper: Paper) -> tuple[int, int]:
        """Papers and picks so far of the author with the best rate; nothing of a paper whose authors are unknown."""
        at, here = self._find(np.array(author_keys(paper), np.uint32))
        known = at[here]
        if not len(known):
            return 0, 0
        rate = (self.picks[known] + _DOUBT * BASE) / (self.papers[known] + _DOUBT)
        first = known[np.argmax(rate)]
        return int(self.papers[first]), int(self.picks[first])

    def _find(self, keys: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Where each name stands, and whether it is known."""
        if not len(self.names):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
        at = np.minimum(np.searchsorted(self.names, keys), len(self.names) - 1)
        return at, self.names[at] == keys

    def updated(self, seen: Sequence[Seen]) -> "Record":
        """The record with what was seen since. Pure, bounded (at most 100,000 names, those that were picked first),
        and undone by using the old value."""
        signed = [(authors, votes) for authors, votes in seen if authors]
        if not signed:
            return self
        keys = np.array([key for authors, _ in signed for key in authors], np.uint32)
        size = np.array([len(authors) for authors, _ in signed])
        picked = np.array([float(votes is not None) for _, votes in signed])
        liked = np.array([math.log1p(max(votes or 0, 0)) for _, votes in signed])
        found, at = np.unique(keys, return_inverse=True)
        papers, picks, votes = (
            np.bincount(at, np.repeat(each, size)).astype(np.float64) for each in (np.ones(len(size)), picked, liked)
        )
        kept = np.sort(np.lexsort((found, -papers, -picks))[:LEARNED])
        ends = [each[kept] for each in roles.counts(at, size, picked, len(found))]
        return self._plus(found[kept], papers[kept], picks[kept], votes[kept], ends)

    def _plus(
        self, keys: NDArray[np.uint32], papers: Values, picks: Values, votes: Values, ends: Sequence[Values]
    ) -> "Record":
        names = np.union1d(self.names, keys)
        old, new = np.searchsorted(names, self.names), np.searchsorted(names, keys)

        def grown(values: Values, stranger: float, gain: Values | None = None) -> Values:
            result = np.full(len(names), stranger)
            result[old] = values
            if gain is not None:
                result[new] += gain
            return result

        return Record(
            names, grown(self.papers, 0.0, papers), grown(self.picks, 0.0, picks), grown(self.votes, 0.0, votes),
            grown(self.near, BASE), grown(self.linear, 0.0), self.roles.grown(len(names), old, new, ends),
        )  # fmt: skip


def author_keys(paper: Paper) -> list[int]:
    """The keys of the authors in their order, each once."""
    return list(dict.fromkeys(name_key(name) for name in paper.authors if name.strip()))


def seen(paper: Paper) -> Seen:
    """What a paper whose time has passed teaches: its signals are what the community did."""
    return tuple(author_keys(paper)), paper.signals.hf_upvotes


def learn(seen: Sequence[tuple[list[int], int, int]], late: Sequence[float] | None = None) -> Record:
    """The record of (author keys, picked 0/1, upvotes) and how late in its day each paper came (roles.py; None = as a
    typical paper); `linear` is zero (see train.py)."""
    empty = np.zeros(0)
    names = np.unique(np.array([key for keys, _, _ in seen for key in keys], np.uint32))
    ats = [np.searchsorted(names, np.array(keys, np.uint32)) for keys, _, _ in seen]
    papers, picks, votes = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for at, (_, picked, upvotes) in zip(ats, seen, strict=True):
        papers[at] += 1
        picks[at] += picked
        votes[at] += picked * np.log1p(upvotes)
    size, labels = np.array([len(at) for at in ats]), np.array([picked for _, picked, _ in seen], np.float64)
    signed, when = size > 0, np.full(len(seen), roles.LATE) if late is None else np.asarray(late)
    tend = roles.learn(np.concatenate(ats), size[signed], labels[signed], when[signed], len(names))
    record = Record(names, papers, picks, votes, empty, np.zeros(len(names)), tend)
    return replace(record, near=_near(record, ats))


def _near(record: Record, ats: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    rate = (record.picks + _DOUBT * BASE) / (record.papers + _DOUBT)
    total, count = np.full(len(rate), BASE), np.ones(len(rate))
    for at in ats:
        if 1 < len(at) <= 40:  # a consortium's list says little about who works with whom
            total[at] += (rate[at].sum() - rate[at]) / (len(at) - 1)
            count[at] += 1
    return total / count
