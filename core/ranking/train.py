"""python -m core.ranking.train DIR: the weights, from labelled listing days. Needs scikit-learn (the `train` extra).

Text models and the record are learnt on all days; the trees must not meet them so well informed, or they
would trust them too far. So the days are cut into blocks of neighbouring days, and each block's text scores and
records come from the other blocks only, as those of later days will. Deterministic: same days, same bytes.
"""

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.model import Paper
from core.ranking import attention, features, words
from core.ranking.days import Day, read_days
from core.ranking.growing import grow
from core.ranking.listwise import day_order
from core.ranking.record import COLUMNS, Record, author_keys, learn
from core.ranking.trees import Forest, together
from core.ranking.weights import SHIPPED, Line, Weights, save

log = logging.getLogger(__name__)
BLOCKS = 6
AT_LEAST = (4, 15, 10)  # papers that must use a gram: title, abstract, comment
HOT = 30  # upvotes
SEEDS = 4
FIRST = 10  # places of a day that the order is learnt for
PICKED, ORDER = 0.5, 0.75  # of the trees that ask how likely a pick is, and of those that order a day
HALF_LIFE = 90  # listing days after which a paper counts half in the trees
LINE_STEP = 0.3  # how much the linear model trusts a column against a word
UNCUT = 100.0

Bools = NDArray[np.bool_]
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Material:
    """All training papers as numbers that need no labels, and the labels."""

    day: NDArray[np.int64]
    names: tuple[str, ...]
    own: Floats
    text: Any  # csr: title and abstract
    title: Any
    comment: Any
    vocabularies: tuple[words.Vocabulary, ...]
    authors: tuple[tuple[int, ...], ...]
    papers: tuple[Paper, ...]
    picked: NDArray[np.int64]
    upvotes: NDArray[np.int64]

    @property
    def weight(self) -> Floats:
        """A pick weighs the more, the more upvotes it got."""
        return np.where(self.picked == 1, 1 + np.log1p(self.upvotes), 1.0)


def fit(days: Sequence[Day]) -> Weights:
    """The weights that these days teach."""
    import sklearn.linear_model  # noqa: F401  (what is loaded later would not be limited)
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):  # sums in one order: the same bytes however many cores there are
        return _fit(days)


def _fit(days: Sequence[Day]) -> Weights:
    material = prepare(days)
    history = np.zeros((len(material.day), len(attention.TEXT) + len(COLUMNS)), np.float32)
    for block in np.array_split(np.arange(len(days)), min(BLOCKS, len(days))):
        inside = np.isin(material.day, block)
        history[inside] = _informed(material, inside, *_learn(material, ~inside))
    rows = np.hstack([material.own, history]).astype(np.float32)
    forest = _boost(rows, material)
    linear, bias, record = _learn(material, np.ones(len(rows), bool))
    neutral = np.median(rows, axis=0)
    first, lines = material.own.shape[1], {}
    for name, columns in (("text_line", rows.shape[1]), ("text_plain", rows.shape[1] - len(COLUMNS))):
        at = attention.TEXT.index(name)
        lines[name], text, bias[at] = _line(rows, material, first + at, columns)
        linear[at, : len(text)] = text
        neutral[first + at] = np.median(material.text @ text + bias[at])
    return Weights(
        material.vocabularies, linear, bias, record, forest, lines["text_line"], lines["text_plain"], neutral,
        days[0].name, days[-1].name,
    )  # fmt: skip


def prepare(days: Sequence[Day]) -> Material:
    from scipy import sparse  # type: ignore[import-untyped]

    papers = tuple(paper for day in days for paper in day.papers)
    names, _ = features.columns(days[0].papers)
    own = np.vstack([features.columns(day.papers)[1] for day in days])
    vocabularies, matrices = [], []
    for found, at_least in zip(words.grams(papers), AT_LEAST, strict=True):
        vocabulary = words.vocabulary(found, len(papers), at_least)
        paper, gram, weight = vocabulary.weigh(found)
        matrices.append(sparse.csr_matrix((weight, (paper, gram)), shape=(len(papers), len(vocabulary.keys))))
        vocabularies.append(vocabulary)
    title, abstract, comment = matrices
    return Material(
        np.repeat(np.arange(len(days)), [len(day.papers) for day in days]), names, own,
        sparse.hstack([title, abstract]).tocsr(), title, comment, tuple(vocabularies),
        tuple(tuple(author_keys(paper)) for paper in papers), papers,
        np.array([label for day in days for label in day.picked]),
        np.array([votes for day in days for votes in day.upvotes]),
    )  # fmt: skip


def _learn(material: Material, rows: Bools) -> tuple[Floats, Floats, Record]:
    """Text models (aligned with attention.TEXT) and the record, from some of the papers."""
    picked, weight = material.picked[rows], material.weight[rows]
    hot = (material.upvotes[rows] >= HOT).astype(int)
    both, comment = material.text.shape[1], material.comment.shape[1]
    plan = (
        (material.text, picked, None, 1.0, 0), (material.text, picked, weight, 1.0, 0),
        (material.text, hot, 1 + 2.0 * hot, 3.0, 0), (material.title, picked, None, 1.0, 0),
        (material.comment, picked, None, 1.0, both),
    )  # fmt: skip
    # text_line and text_plain are learnt together with the table's columns (_line) and stay 0 until then
    linear, bias = np.zeros((len(attention.TEXT), both + comment)), np.zeros(len(attention.TEXT))
    for n, (matrix, label, weights, inverse, offset) in enumerate(plan):
        coefficient, bias[n] = _logistic(matrix[rows], label, weights, inverse)
        linear[n, offset : offset + len(coefficient)] = coefficient
    chosen = [material.authors[i] for i in np.flatnonzero(rows)]
    late = -material.own[rows, material.names.index("end_share")].astype(np.float64)
    taught = zip(chosen, picked, material.upvotes[rows], strict=True)
    record = learn([(list(keys), int(pick), int(votes)) for keys, pick, votes in taught], late.tolist())
    return linear, bias, replace(record, linear=_names_linear(record, chosen, picked))


def _names_linear(record: Record, authors: Sequence[tuple[int, ...]], picked: NDArray[np.int64]) -> Floats:
    from scipy import sparse

    lengths = np.array([len(keys) for keys in authors])
    column = np.searchsorted(record.names, np.array([key for keys in authors for key in keys], np.uint32))
    row = np.repeat(np.arange(len(authors)), lengths)
    shape = (len(authors), len(record.names))
    matrix = sparse.csr_matrix((1 / np.sqrt(lengths[row]), (row, column)), shape=shape)
    return _logistic(matrix, picked, None, 2.0)[0]


def _logistic(matrix: Any, label: NDArray[Any], weight: Floats | None, inverse: float) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(label)) < 2 or not matrix.shape[1]:  # nothing to tell apart, or by
        return np.zeros(matrix.shape[1]), 0.0
    model = LogisticRegression(C=inverse, solver="liblinear", random_state=0).fit(matrix, label, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def _informed(material: Material, rows: Bools, linear: Floats, bias: Floats, record: Record) -> Floats:
    """Text scores and records of some papers."""
    both = material.text.shape[1]
    text = material.text[rows] @ linear[:, :both].T + material.comment[rows] @ linear[:, both:].T + bias
    return np.hstack([text, record.columns([material.papers[i] for i in np.flatnonzero(rows)])])


def _boost(rows: Floats, material: Material) -> Forest:
    """Trees for picks weighed by upvotes and trees for the order of each day, a few seeds each, as one forest. An order
    has no zero of its own, so the whole has that of the picks' log-odds."""
    sizes = np.bincount(material.day).astype(np.int64)
    shares = 0.5 ** (np.arange(len(sizes))[::-1] / HALF_LIFE)
    weight = material.weight * np.repeat(shares, sizes)
    base = float(np.log((1 + weight[material.picked == 1].sum()) / (1 + weight[material.picked == 0].sum())))
    odds = partial(_odds, picked=material.picked, weight=weight)
    gains = np.where(material.picked == 1, material.weight, 0.0)
    order = day_order(sizes, shares, gains, FIRST)
    picked = [grow(rows, odds, base, trees=250, step=0.08, leaves=15, seed=seed) for seed in range(SEEDS)]
    orders = [grow(rows, order, 0.0, trees=300, step=0.06, leaves=8, seed=seed) for seed in range(SEEDS)]
    forest = together([*picked, *orders], [PICKED / SEEDS] * SEEDS + [ORDER / SEEDS] * SEEDS)
    likely = np.mean([each.score(rows).mean() for each in picked])
    return replace(forest, base=forest.base + float(likely - forest.score(rows).mean()))


def _odds(scores: Floats, picked: NDArray[np.int64], weight: Floats) -> tuple[Floats, Floats]:
    """Gradient and Hessian of the weighed logistic loss."""
    likely = 1 / (1 + np.exp(-scores))
    return weight * (likely - picked), weight * likely * (1 - likely)


def _line(rows: Floats, material: Material, score: int, columns: int) -> tuple[Line, Floats, float]:
    """A linear model of the first `columns` of the table: its weights of them, its weights of title and abstract with
    the intercept. The table's column `score` is to hold what the latter say."""
    from scipy import sparse

    first = material.own.shape[1]
    text = slice(first, first + len(attention.TEXT))  # the text is there itself
    line = Line(rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6), np.zeros(rows.shape[1]))
    scaled = LINE_STEP * line.scaled(rows)
    scaled[:, text] = scaled[:, columns:] = 0
    both = sparse.hstack([material.text, sparse.csr_matrix(scaled)]).tocsr()
    slope, bias = _logistic(both, material.picked, material.weight, 1.0)
    grams, weights = slope[: material.text.shape[1]], LINE_STEP * slope[material.text.shape[1] :]
    weights[text] = weights[columns:] = 0
    line.centre[score], line.scale[score], weights[score] = 0, UNCUT, UNCUT  # a score already: not scaled, not cut
    return replace(line, slope=weights), grams, bias


def main(arguments: Sequence[str]) -> None:
    """Trains on the labelled days in DIR and writes the weights file (or the file named second)."""
    if not arguments:
        raise SettingsError("DIR", "정답이 있는 날짜별 후보 파일의 폴더를 적어 주세요.")
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")
    days = read_days(Path(arguments[0]))
    target = Path(arguments[1]) if len(arguments) > 1 else SHIPPED
    save(fit(days), target)
    log.info("ranking.trained days=%d until=%s bytes=%d", len(days), days[-1].name, target.stat().st_size)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
