"""The order of a day as a loss: what boosting is told when it is to put the best of each day first (training only).

LambdaMART (Burges, MSR-TR-2010-82) as LightGBM does it: of each pair in which one of the first `top` takes part, the
force that would set it right is as strong as what setting it right is worth (NDCG).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.ranking.growing import Forces

Floats = NDArray[np.floating[Any]]
_NEAR = 0.01  # keeps the force between papers of nearly one score finite


def forces(scores: Floats, gains: Floats, top: int) -> tuple[Floats, Floats]:
    """Gradient and Hessian of one day's scores; `gains` are what the papers are worth (0 = not picked). Zero for a
    day on which nothing was picked."""
    first, second = np.zeros(len(scores)), np.zeros(len(scores))
    best = np.sort(gains)[::-1][:top]
    ideal = float((best / np.log2(np.arange(2, len(best) + 2))).sum())
    if not ideal:
        return first, second
    order = np.argsort(-scores, kind="stable")
    upper, discount = order[:top], 1 / np.log2(np.arange(2, len(scores) + 2))
    worth = gains[upper][:, None] - gains[order][None, :]
    apart = scores[upper][:, None] - scores[order][None, :]
    later = np.arange(len(order))[None, :] > np.arange(len(upper))[:, None]
    stake = np.abs(worth) * (discount[: len(upper)][:, None] - discount[None, :]) / ideal / (_NEAR + np.abs(apart))
    stake = np.where(later, stake, 0)
    wrong = 1 / (1 + np.exp(np.clip(np.sign(worth) * apart, -50, 50)))
    pull, bend = -np.sign(worth) * wrong * stake, wrong * (1 - wrong) * stake
    for total, pairs, sign in ((first, pull, -1), (second, bend, 1)):
        total[upper] += pairs.sum(axis=1)
        total[order] += sign * pairs.sum(axis=0)
    whole = 2 * float(np.abs(pull).sum())
    share = np.log2(1 + whole) / whole if whole else 0.0  # no day outweighs the others
    return first * share, second * share


def day_order(sizes: NDArray[np.int64], shares: Floats, gains: Floats, top: int) -> Forces:
    """The forces over several days, one after the other in the rows: `sizes` their papers, `shares` how much each day
    counts."""
    ends = np.cumsum(sizes)
    days = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]

    def pulls(scores: Floats) -> tuple[Floats, Floats]:
        first, second = np.zeros(len(scores)), np.zeros(len(scores))
        for day, share in zip(days, shares, strict=True):
            gradient, hessian = forces(scores[day], gains[day], top)
            first[day], second[day] = share * gradient, share * hessian
        return first, second

    return pulls
