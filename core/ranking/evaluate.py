"""How well the ranking foresees what the community picks, on days it has not learnt from.

Days after the shipped weights' last day are ranked with the shipped weights. Where there are only days that these were
learnt from, weights are trained anew on the earlier part of them and the later part is ranked: never a figure
from days that were learnt. The simpler models in `baselines` learnt from the same days: `tfidf_logistic` the words,
`logistic_with_place` also the paper's own features and its place in the day, `logistic_with_record` also the
authors' record.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.model import Pick, Profile
from core.particles import particle
from core.ranking import attention
from core.ranking.choosing import select
from core.ranking.days import Day, read_days
from core.ranking.ranking import ranked
from core.ranking.themes import themes
from core.ranking.weights import Weights, shipped

log = logging.getLogger(__name__)
LEARN_SHARE = 0.58  # of the days, when weights must be trained anew
_RESAMPLED, _SHUFFLED = 1000, 20

Order = Callable[[Day], Sequence[int]]
Interval = list[float]


def evaluate(folder: Path) -> dict[str, Any]:
    """{"days", "p5", "p10", "ndcg5", "top5_overlap", "baselines", "default_profile"}; each figure is [mean, low, high]
    (95 % bootstrap over days). P@k: share of the first k with hf_daily = 1; nDCG@5: gain = upvotes. Raises
    SettingsError without labelled days or, where training is needed, without scikit-learn."""
    weights, days = _split(read_days(folder))
    log.info("ranking.evaluated days=%d from=%s learnt_until=%s", len(days), days[0].name, weights.until)
    tables = {day.name: attention.table(day.papers, weights) for day in days}
    full = _figures(days, lambda day: _places(day, _ranked(day, weights, None)))
    baselines = {
        "random": _random(days), "newest_5": _figures(days, _newest), "most_authors": _figures(days, _authors),
        "tfidf_logistic": _figures(days, lambda day: _by(_column(tables[day.name], "text"), day)),
        "logistic_with_place": _figures(days, lambda day: _by(weights.plain.score(tables[day.name].rows), day)),
        "logistic_with_record": _figures(days, lambda day: _by(weights.line.score(tables[day.name].rows), day)),
    }  # fmt: skip
    return {"days": len(days), **full, "baselines": baselines, "default_profile": _default(days, weights, full)}


def _default(days: Sequence[Day], weights: Weights, full: dict[str, Interval]) -> dict[str, Any]:
    """What the default profile would post, and what of P@5 it costs; `variety_cost` is the part of the cost that comes
    from not posting two of one narrow topic, `repeats` how many a day are of a topic that stood before, without that
    and with it."""
    picks = {day.name: _ranked(day, weights, Profile()) for day in days}
    chosen = {day.name: select(picks[day.name], 5) for day in days}
    posted = _figures(days, lambda day: _places(day, chosen[day.name]))
    first = _figures(days, lambda day: _places(day, picks[day.name]))
    return {
        "p5": posted["p5"], "ndcg5": posted["ndcg5"], "p5_cost": round(full["p5"][0] - posted["p5"][0], 4),
        "variety_cost": round(first["p5"][0] - posted["p5"][0], 4),
        "repeats": [
            round(float(np.mean([_repeats(five[day.name][:5]) for day in days])), 3) for five in (picks, chosen)
        ],
    }  # fmt: skip


def _repeats(five: Sequence[Pick]) -> int:
    """How many are of a narrow topic of one before them."""
    own = [themes(pick.item.title) for pick in five]
    return sum(any(topics & before for before in own[:n]) for n, topics in enumerate(own))


def _ranked(day: Day, weights: Weights, profile: Profile | None) -> tuple[Pick, ...]:
    """As `rank` prints it."""
    return ranked(day.papers, weights, profile=profile, now=datetime.now(UTC))


def _split(days: Sequence[Day]) -> tuple[Weights, Sequence[Day]]:
    """The weights to judge, and days that they have not seen."""
    weights = shipped()
    later = [day for day in days if day.name > weights.until]  # earlier ones were foreseen by what came after
    if later:
        return weights, later
    learnt = int(len(days) * LEARN_SHARE)
    if not learnt:
        raise SettingsError(
            "DIR",
            f"{days[0].name}{particle(days[0].name, '은/는')} 이미 학습한 날이라 평가할 수 없습니다."
            " 날짜가 둘 이상 필요합니다.",
        )
    try:
        from core.ranking.train import fit

        return fit(days[:learnt]), days[learnt:]
    except ImportError as error:
        raise SettingsError(
            "DIR", "학습한 날들을 나누어 평가하려면 scikit-learn이 필요합니다 (pip install aidaily[train])."
        ) from error


def _figures(days: Sequence[Day], order: Order) -> dict[str, Interval]:
    each = np.array([_day(day, order(day)) for day in days])
    return dict(zip(("p5", "p10", "ndcg5", "top5_overlap"), map(_interval, each.T), strict=True))


def _day(day: Day, order: Sequence[int]) -> tuple[float, float, float, float]:
    picked, votes = np.array(day.picked, float), np.array(day.upvotes, float)
    discount = 1 / np.log2(np.arange(2, 7))
    first, best = list(order[:5]), np.argsort(-votes, kind="stable")[:5]
    ideal = float((votes[best] * discount[: len(best)]).sum())
    gained = float((votes[first] * discount[: len(first)]).sum())
    overlap = len(set(first) & {int(i) for i in best if votes[i] > 0})
    return (
        float(picked[first].sum() / 5),
        float(picked[order[:10]].sum() / 10),
        gained / ideal if ideal else 0.0,
        overlap / 5,
    )


def _interval(values: NDArray[np.float64]) -> Interval:
    draws = np.random.default_rng(0).integers(0, len(values), (_RESAMPLED, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), (0.025, 0.975))
    return [round(float(figure), 4) for figure in (values.mean(), low, high)]


def _by(scores: NDArray[Any], day: Day) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], day.papers[i].id))


def _newest(day: Day) -> list[int]:
    return sorted(range(len(day.papers)), key=lambda i: day.papers[i].id, reverse=True)


def _authors(day: Day) -> list[int]:
    return sorted(range(len(day.papers)), key=lambda i: (-len(day.papers[i].authors), day.papers[i].id))


def _column(table: attention.Table, name: str) -> NDArray[np.float32]:
    return table.rows[:, table.names.index(name)]


def _random(days: Sequence[Day]) -> dict[str, Interval]:
    """The mean of a few shuffles of each day, always the same ones."""
    dice = np.random.default_rng(0)
    each = [
        np.mean([_day(day, dice.permutation(len(day.papers)).tolist()) for _ in range(_SHUFFLED)], axis=0)
        for day in days
    ]
    return dict(zip(("p5", "p10", "ndcg5", "top5_overlap"), map(_interval, np.array(each).T), strict=True))


def _places(day: Day, picks: Sequence[Pick]) -> list[int]:
    """The picks as places in the day."""
    at = {paper.id: i for i, paper in enumerate(day.papers)}
    return [at[pick.item.id] for pick in picks]
