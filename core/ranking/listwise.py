"""The order of a day as a loss: what boosting is told when it is to put the best of each day first (training only).

LambdaMART (Burges, MSR-TR-2010-82) as LightGBM does it: of each pair in which one of the first `top` takes part, the
force that would set it right is as strong as what setting it right is worth (NDCG). scikit-learn has no such loss
and boosts any that gives gradients; this one hands it those, day by day.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
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


def day_order(sizes: NDArray[np.int64], shares: Floats, top: int) -> Any:
    """The loss for scikit-learn's boosting over several days, one after the other in the rows: `sizes` their papers,
    `shares` how much each day counts. What is to be learnt (`y`) are the gains."""
    from sklearn._loss.loss import HalfSquaredError

    ends = np.cumsum(sizes)
    days = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]

    class DayOrder(HalfSquaredError):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(sample_weight=None)
            self.constant_hessian = False

        def fit_intercept_only(self, y_true: Floats, sample_weight: None = None) -> np.float64:
            return np.float64(0)

        def gradient_hessian(
            self, y_true: Floats, raw_prediction: Floats, sample_weight: None, gradient_out: Floats,
            hessian_out: Floats, n_threads: int,
        ) -> tuple[Floats, Floats]:  # fmt: skip
            scores = np.asarray(raw_prediction, np.float64).ravel()
            for day, share in zip(days, shares, strict=True):
                first, second = forces(scores[day], y_true[day].astype(np.float64), top)
                gradient_out[day], hessian_out[day] = share * first, share * second
            return gradient_out, hessian_out

    return DayOrder()
