"""Boosted trees from flat arrays: growing them (growing.py) needs scikit-learn, asking needs only numpy.

Each tree has at most 16 leaves, numbered from left to right; each inner node carries a mask of the leaves that stay
possible when its question is answered "greater". AND-ing a tree's masks leaves the reached leaf as the
lowest bit (QuickScorer: Lucchese et al., SIGIR 2015): no walking, a thousand papers in a tenth of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAVES = 16
_ROWS = 256  # papers at a time: keeps the masks in a few megabytes
_ALL = np.uint16(0xFFFF)
_LOWEST = np.array([0, *((n & -n).bit_length() - 1 for n in range(1, 1 << LEAVES))], np.uint8)


@dataclass(frozen=True, slots=True)
class Forest:
    """`feature`, `threshold`, `mask`: one entry an inner node; `start`: each tree's first node; `leaves`: one
    row of 16 values a tree. The answer is the sum over trees plus `base`."""

    feature: NDArray[np.uint8]
    threshold: NDArray[np.float32]
    mask: NDArray[np.uint16]
    start: NDArray[np.int32]
    leaves: NDArray[np.float32]
    base: float

    def score(self, rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """One number a row; rows are features in the order of training, float32, without NaN."""
        answer = np.full(len(rows), self.base)
        nodes = np.diff(self.start, append=len(self.feature))
        trees = np.argsort(-nodes, kind="stable")  # the largest first, so that who has a k-th node stands in front
        kth = [self.start[trees[: np.count_nonzero(nodes > k)]] + k for k in range(nodes.max(initial=0))]
        for low in range(0, len(rows), _ROWS):
            part = np.ascontiguousarray(rows[low : low + _ROWS].T, np.float32)
            possible = np.full((len(trees), part.shape[1]), _ALL)
            for node in kth:
                greater = part[self.feature[node]] > self.threshold[node][:, None]
                possible[: len(node)] &= np.where(greater, self.mask[node][:, None], _ALL)
            reached = self.leaves[trees[:, None], _LOWEST[possible]]
            answer[low : low + _ROWS] += reached.sum(axis=0, dtype=np.float64)
        return answer


def together(forests: Sequence[Forest], share: Sequence[float]) -> Forest:
    """One forest that answers the weighted sum of what these answer."""
    shift = np.cumsum([0, *(len(f.feature) for f in forests[:-1])])
    return Forest(
        np.concatenate([f.feature for f in forests]), np.concatenate([f.threshold for f in forests]),
        np.concatenate([f.mask for f in forests]),
        np.concatenate([f.start + s for f, s in zip(forests, shift, strict=True)]).astype(np.int32),
        np.concatenate([f.leaves * s for f, s in zip(forests, share, strict=True)]).astype(np.float32),
        float(sum(f.base * s for f, s in zip(forests, share, strict=True))),
    )  # fmt: skip
