"""Boosted trees that ask at random (training only; needs scikit-learn).

Each tree answers the forces that the trees before it leave (Newton's step, Friedman 2001), but of what it might
ask it draws, for a few columns, one cut each and takes the best of these (extremely randomised trees: Geurts et al.,
Machine Learning 63, 2006). Searching every cut fits the noise of five thousand picks; drawing them makes the trees of
one forest differ, and their sum steadier (README.md). A cut is drawn among a column's quantiles, so that a
long tail does not take all the draws.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.ranking.trees import LEAVES, Forest

Floats = NDArray[np.floating[Any]]
Forces = Callable[[Floats], tuple[Floats, Floats]]
"""From the scores so far: gradient and Hessian of what is to become small."""
CUTS = 64  # of a column, at most
COLUMNS_SHARE = 0.2  # of the columns, drawn anew for each question
LEAF = 40  # papers at least
HOLD = 5.0  # how much a leaf is held back (L2)
_FLAT = 1e-9  # instead of no curvature at all


def cuts(rows: NDArray[np.floating[Any]]) -> list[NDArray[np.float32]]:
    """Where each column may be cut, ascending."""
    found = []
    for column in rows.T:
        values = np.unique(column)
        between = (values[1:] + values[:-1]) / 2
        if len(values) > CUTS:
            between = np.unique(np.quantile(column, np.linspace(0, 1, CUTS + 1)[1:-1]))
        found.append(between.astype(np.float32))
    return found


def grow(
    rows: NDArray[np.float32], forces: Forces, base: float, *, trees: int, step: float, leaves: int, seed: int
) -> Forest:  # fmt: skip
    """A forest of so many trees of at most so many leaves (≤ 16), for forces at scores that begin at `base`."""
    from sklearn.tree import DecisionTreeRegressor

    edges = cuts(rows)
    binned = np.column_stack([np.searchsorted(e, c) for e, c in zip(edges, rows.T, strict=True)]).astype(np.float32)
    scores, dice = np.full(len(rows), base), np.random.RandomState(seed)
    planted = _Planted(edges)
    for _ in range(trees):
        first, second = forces(scores)
        second = np.maximum(second, _FLAT)
        tree = DecisionTreeRegressor(
            splitter="random", max_features=COLUMNS_SHARE, max_leaf_nodes=leaves, min_samples_leaf=LEAF,
            random_state=dice.randint(1 << 30),
        ).fit(binned, -first / second, sample_weight=second).tree_  # fmt: skip
        leaf = tree.apply(binned)
        pull, bend = (np.bincount(leaf, each, tree.node_count) for each in (first, second))
        values = -step * pull / (bend + HOLD)
        scores += values[leaf]
        planted.add(tree, values)
    return planted.forest(base)


class _Planted:
    """scikit-learn's trees over bins, gathered as the arrays of a Forest over the columns themselves."""

    def __init__(self, edges: list[NDArray[np.float32]]) -> None:
        self.edges = edges
        self.feature: list[int] = []
        self.threshold: list[np.float32] = []
        self.mask: list[int] = []
        self.start: list[int] = []
        self.leaves: list[NDArray[np.float32]] = []
        self.rest = 0.0

    def add(self, tree: Any, values: Floats) -> None:
        if tree.node_count == 1:  # a tree that found nothing to ask
            self.rest += float(values[0])
            return
        self.start.append(len(self.feature))
        self.leaves.append(np.zeros(LEAVES, np.float32))
        self._add(tree, values, 0, 0)

    def _add(self, tree: Any, values: Floats, at: int, leaf: int) -> int:
        """Adds the subtree at node `at`, whose leftmost leaf is number `leaf`; gives the next free leaf number."""
        if tree.children_left[at] < 0:
            self.leaves[-1][leaf] = values[at]
            return leaf + 1
        place, column = len(self.feature), int(tree.feature[at])
        self.feature.append(column)
        self.threshold.append(self.edges[column][int(tree.threshold[at])])  # bin ≤ b exactly if value ≤ edge b
        self.mask.append(0)
        middle = self._add(tree, values, int(tree.children_left[at]), leaf)
        self.mask[place] = 0xFFFF & ~(((1 << middle) - 1) ^ ((1 << leaf) - 1))
        return self._add(tree, values, int(tree.children_right[at]), middle)

    def forest(self, base: float) -> Forest:
        return Forest(
            np.array(self.feature, np.uint8), np.array(self.threshold, np.float32), np.array(self.mask, np.uint16),
            np.array(self.start, np.int32), np.array(self.leaves, np.float32).reshape(-1, LEAVES), base + self.rest,
        )  # fmt: skip
