"""Expected attention: how likely the community is to pick a paper, from what is known on the listing day.

Text models, the authors' track record and the paper's own features go into boosted trees (some ask how likely a pick
is, some for the day's order) and, for what trees cut too coarsely, one linear model beside them (README.md: what each
is worth). It foresees attention, not merit: large
labs, vision and agents are favoured, as by the people who vote. A group's contribution is what the score loses when
that group's features are those of a typical paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.model import Paper
from core.ranking import features, record, words
from core.ranking.weights import Weights

Rows = NDArray[np.float32]
TEXT = ("text", "text_votes", "text_hot", "text_title", "text_comment", "text_line", "text_plain")

LINE_SHARE = 0.25  # of the linear model beside the trees


@dataclass(frozen=True, slots=True)
class Table:
    """One day's papers as numbers: a row a paper, a name a column."""

    names: tuple[str, ...]
    rows: Rows


def table(papers: Sequence[Paper], weights: Weights) -> Table:
    """The features of one day's papers; the order of the papers is only the order of the rows."""
    own_names, own = features.columns(papers)
    scores = text_scores(words.grams(papers), weights, len(papers))
    history = weights.record.columns(papers)
    return Table((*own_names, *TEXT, *record.COLUMNS), np.hstack([own, scores, history]).astype(np.float32))


def text_scores(grams: Sequence[words.Grams], weights: Weights, papers: int) -> Rows:
    """What each text model says of each paper."""
    scores = np.tile(weights.bias.astype(np.float64), (papers, 1))
    offset = 0
    for vocabulary, found in zip(weights.vocabularies, grams, strict=True):
        paper, gram, weight = vocabulary.weigh(found)
        for column, line in enumerate(weights.linear):
            scores[:, column] += np.bincount(paper, weight * line[offset + gram], minlength=papers)
        offset += len(vocabulary.keys)
    return scores.astype(np.float32)


def score(day: Table, weights: Weights) -> NDArray[np.float64]:
    """Log-odds of being picked (upvotes weigh in), one a row."""
    return _score(day.rows, weights)


def _score(rows: Rows, weights: Weights) -> NDArray[np.float64]:
    return weights.forest.score(rows) + LINE_SHARE * weights.line.score(rows)


def contributions(
    day: Table, weights: Weights, groups: dict[str, tuple[int, ...]], scores: NDArray[np.floating[Any]]
) -> dict[str, NDArray[np.float64]]:
    """By group of columns: the score minus the score with that group as in a typical paper."""
    result = {}
    for name, columns in groups.items():
        rows = day.rows.copy()
        rows[:, columns] = weights.neutral[list(columns)]
        result[name] = scores - _score(rows, weights)
    return result
