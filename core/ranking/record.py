"""The authors' track record: who was noticed before, how often and how much.

A name is a 32-bit key; per name the papers seen, the picks among them, the logarithm of their upvotes, and the
record of those they write with. Two people of one name share a record: rates are therefore smoothed, and
several views of the author list (best, mean, first, last) go into the features rather than one verdict.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model import Paper

BASE = 0.064  # share of papers that are picked
_DOUBT = 2.0  # papers' worth of doubt in a rate
_LEARNED = 20_000  # names that operation may add or change
COLUMNS = (
    "rate_max", "rate_mean", "rate_second", "rate_top3", "rate_first", "rate_last", "picks_sum", "picks_max",
    "papers_max", "papers_mean", "known", "noticed", "papers_last", "picks_last", "papers_first", "picks_first",
    "votes_max", "votes_mean", "votes_last", "votes_top", "noisy_or", "odds_sum", "near_max", "near_mean",
    "near_last", "votes_a_pick", "odds_known", "names_known", "names_linear",
)  # fmt: skip


def name_key(name: str) -> int:
    """A name without accents, case, dots and blanks at its ends, as 32 bits."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
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

    def columns(self, papers: Sequence[Paper]) -> NDArray[np.float32]:
        """The features COLUMNS, one row a paper; a paper without authors has the record of a stranger."""
        rows = np.zeros((len(papers), len(COLUMNS)), np.float32)
        for row, paper in zip(rows, papers, strict=True):
            row[:] = self._row(np.array(author_keys(paper) or [0], np.uint32))
        return rows

    def _row(self, keys: NDArray[np.uint32]) -> tuple[float, ...]:
        at = np.minimum(np.searchsorted(self.names, keys), max(len(self.names) - 1, 0))
        known = self.names[at] == keys if len(self.names) else np.zeros(len(keys), bool)

        def of(values: NDArray[np.floating[Any]], stranger: float = 0.0) -> NDArray[np.float64]:
            return np.where(known, values[at] if len(values) else 0.0, stranger).astype(np.float64)

        papers, picks, votes, near = of(self.papers), of(self.picks), of(self.votes), of(self.near, BASE)
        rate = (picks + _DOUBT * BASE) / (papers + _DOUBT)
        best = np.sort(rate)[::-1]
        odds = np.log(rate / (1 - rate)) - np.log(BASE / (1 - BASE))
        per = votes / (papers + 1)
        return (
            best[0], rate.mean(), best[min(1, len(best) - 1)], best[:3].mean(), rate[0], rate[-1],
            float(np.log1p(picks.sum())), picks.max(), papers.max(), papers.mean(), known.mean(), (picks > 0).mean(),
            papers[-1], picks[-1], papers[0], picks[0],
            per.max(), per.mean(), per[-1], votes.max(), 1 - float(np.prod(1 - rate[:20])), odds.sum(), near.max(),
            near.mean(), near[-1], float((votes / (picks + 0.5)).max()), odds[known].mean() if known.any() else 0.0,
            float(known.sum()), of(self.linear).sum() / len(keys) ** 0.5,
        )  # fmt: skip

    def updated(self, seen: Iterable[tuple[Paper, int | None]]) -> "Record":
        """The record with what happened since: papers and their upvotes (None = not picked). Pure, bounded
        (at most 20,000 names), and undone by using the old value."""
        change: dict[int, tuple[float, float, float]] = {}
        for paper, votes in seen:
            gain = (1.0, float(votes is not None), float(np.log1p(max(votes or 0, 0))))
            for key in author_keys(paper):
                if key in change or len(change) < _LEARNED:
                    old = change.get(key, (0.0, 0.0, 0.0))
                    change[key] = (old[0] + gain[0], old[1] + gain[1], old[2] + gain[2])
        return self._plus(change)

    def _plus(self, change: Mapping[int, tuple[float, float, float]]) -> "Record":
        if not change:
            return self
        keys = np.array(sorted(change), np.uint32)
        names = np.union1d(self.names, keys)
        old, new = np.searchsorted(names, self.names), np.searchsorted(names, keys)

        def grown(values: NDArray[np.floating[Any]], column: int | None, stranger: float) -> NDArray[np.float64]:
            result = np.full(len(names), stranger)
            result[old] = values
            if column is not None:
                result[new] += [change[int(key)][column] for key in keys]
            return result

        return replace(
            self, names=names, papers=grown(self.papers, 0, 0.0), picks=grown(self.picks, 1, 0.0),
            votes=grown(self.votes, 2, 0.0), near=grown(self.near, None, BASE), linear=grown(self.linear, None, 0.0),
        )  # fmt: skip


def author_keys(paper: Paper) -> list[int]:
    """The keys of the authors in their order, each once."""
    return list(dict.fromkeys(name_key(name) for name in paper.authors if name.strip()))


def learn(seen: Sequence[tuple[list[int], int, int]]) -> Record:
    """The record of (author keys, picked 0/1, upvotes); `linear` is zero (see train.py)."""
    empty = np.zeros(0)
    names = np.unique(np.array([key for keys, _, _ in seen for key in keys], np.uint32))
    ats = [np.searchsorted(names, np.array(keys, np.uint32)) for keys, _, _ in seen]
    papers, picks, votes = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for at, (_, picked, upvotes) in zip(ats, seen, strict=True):
        papers[at] += 1
        picks[at] += picked
        votes[at] += picked * np.log1p(upvotes)
    record = Record(names, papers, picks, votes, empty, np.zeros(len(names)))
    return replace(record, near=_near(record, ats))


def _near(record: Record, ats: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    rate = (record.picks + _DOUBT * BASE) / (record.papers + _DOUBT)
    total, count = np.full(len(rate), BASE), np.ones(len(rate))
    for at in ats:
        if 1 < len(at) <= 40:  # a consortium's list says little about who works with whom
            total[at] += (rate[at].sum() - rate[at]) / (len(at) - 1)
            count[at] += 1
    return total / count
