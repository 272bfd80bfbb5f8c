"""select(): the few to post from the ranked picks; varied(): all of them in its order.

Papers and news compete on the one scale of `rank`, with three rules. Variety: each choice costs what resembles it by
its words or is of its narrow topic (themes.py), so that two of one topic stand together only where the second
is far ahead of the rest. Mixture: at most two of five are news while papers are at hand, and a news
piece of real worth takes the last place when none got in otherwise. Quality: what is below the floor is not chosen,
whatever is missing; undated news only after everything dated.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from core.model import News, Paper, Pick
from core.ranking.themes import themes

FLOOR_PAPER, FLOOR_NEWS = -6.0, 0.0
STRONG_NEWS = 2.0
_LIKENESS_COSTS = 3.0  # log-odds for a twin
_TOPIC_COSTS = 0.8  # log-odds for another of one narrow topic
_WORTH_SAYING = 0.3
_LOOKED_AT = 60
_WORD = re.compile(r"[a-z][a-z0-9-]{2,}|[가-힣]{2,}")


def select(picks: Sequence[Pick], n: int) -> tuple[Pick, ...]:
    """At most `n` of the ranked picks, in the order of choice; fewer (or none) when quality is missing."""
    left = _considered(picks)
    vectors = _vectors(left, left)
    most_news = math.ceil(n * 0.4)
    chosen: list[int] = []
    while len(chosen) < n:
        news = sum(isinstance(left[i].item, News) for i in chosen)
        papers_wait = any(isinstance(p.item, Paper) and i not in chosen for i, p in enumerate(left))
        open_ = [i for i in range(len(left)) if i not in chosen
                 and not (papers_wait and news >= most_news and isinstance(left[i].item, News))]  # fmt: skip
        strong = [
            i for i in open_ if isinstance(left[i].item, News) and left[i].score >= STRONG_NEWS and _dated(left[i])
        ]
        if len(chosen) == n - 1 and n > 2 and not news and strong:
            open_ = strong
        if not open_:
            break
        chosen.append(min(open_, key=lambda i: (not _dated(left[i]), -_worth(i, left, chosen, vectors), i)))
    return tuple(left[i] for i in chosen)


def varied(picks: Sequence[Pick], n: int) -> tuple[Pick, ...]:
    """All the picks, each score less what the pick resembles of the `n` that `select` takes (the n themselves of those
    taken before), which is said where it is much. Best first."""
    chosen = [picks.index(pick) for pick in select(picks, n)]
    vectors = _vectors(picks, _considered(picks))
    before = {i: chosen[:place] for place, i in enumerate(chosen)}
    lowered = [_lowered(pick, _worth(i, picks, before.get(i, chosen), vectors)) for i, pick in enumerate(picks)]
    return tuple(sorted(lowered, key=lambda pick: (-pick.score, pick.item.id, pick.item.title)))


def _lowered(pick: Pick, worth: float) -> Pick:
    cost = pick.score - worth
    why = (*pick.why[:2], f"앞 순위와 비슷해 {cost:.1f}점 낮춤") if cost >= _WORTH_SAYING else pick.why
    return replace(pick, score=round(worth, 4) + 0.0, why=why)


def _considered(picks: Sequence[Pick]) -> list[Pick]:
    """The best of those above the floor, dated ones first."""
    able = [pick for pick in picks if pick.score >= (FLOOR_NEWS if isinstance(pick.item, News) else FLOOR_PAPER)]
    return [*[p for p in able if _dated(p)][:_LOOKED_AT], *[p for p in able if not _dated(p)][:_LOOKED_AT]]


def _dated(pick: Pick) -> bool:
    return isinstance(pick.item, Paper) or pick.item.published is not None


def _worth(i: int, picks: Sequence[Pick], chosen: Sequence[int], vectors: Sequence[dict[str, float]]) -> float:
    likeness = max((_cosine(vectors[i], vectors[k]) for k in chosen), default=0.0)
    own = themes(picks[i].item.title)
    again = any(own & themes(picks[k].item.title) for k in chosen)
    return picks[i].score - _LIKENESS_COSTS * likeness - _TOPIC_COSTS * again


def _vectors(picks: Sequence[Pick], among: Sequence[Pick]) -> list[dict[str, float]]:
    """Each pick's words, the title's thrice, those rare `among` these heavier, length one."""
    spread = Counter(word for pick in among for word in _words(pick))
    vectors = []
    for own in map(_words, picks):
        vector = {word: (1 + math.log(n)) * math.log((1 + len(among)) / (spread[word] or 1)) for word, n in own.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / length for word, value in vector.items()})
    return vectors


def _words(pick: Pick) -> Counter[str]:
    return Counter(_WORD.findall(f"{f'{pick.item.title} ' * 3}{pick.item.text}".lower()))


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return sum(value * large.get(word, 0.0) for word, value in small.items())
