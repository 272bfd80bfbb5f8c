"""select(): the few to post from the ranked picks.

Papers and news compete on the one scale of `rank`, with three rules. Variety: each choice costs what resembles it, so
that no two come from one narrow topic. Mixture: at most two of five are news while papers are at hand, and a news
piece of real worth takes the last place when none got in otherwise. Quality: what is below the floor is not chosen,
whatever is missing; undated news only after everything dated.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from core.model import News, Paper, Pick

FLOOR_PAPER, FLOOR_NEWS = -6.0, 0.0
STRONG_NEWS = 2.0
_LIKENESS_COSTS = 3.0  # log-odds for a twin
_LOOKED_AT = 60
_WORD = re.compile(r"[a-z][a-z0-9-]{2,}|[가-힣]{2,}")


def select(picks: Sequence[Pick], n: int) -> tuple[Pick, ...]:
    """At most `n` of the ranked picks, in the order of choice; fewer (or none) when quality is missing."""
    able = [pick for pick in picks if pick.score >= (FLOOR_NEWS if isinstance(pick.item, News) else FLOOR_PAPER)]
    left = [*[p for p in able if _dated(p)][:_LOOKED_AT], *[p for p in able if not _dated(p)][:_LOOKED_AT]]
    vectors = _vectors(left)
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


def _dated(pick: Pick) -> bool:
    return isinstance(pick.item, Paper) or pick.item.published is not None


def _worth(i: int, picks: Sequence[Pick], chosen: Sequence[int], vectors: Sequence[dict[str, float]]) -> float:
    likeness = max((_cosine(vectors[i], vectors[k]) for k in chosen), default=0.0)
    return picks[i].score - _LIKENESS_COSTS * likeness


def _vectors(picks: Sequence[Pick]) -> list[dict[str, float]]:
    """Each pick's words, the title's thrice, rare ones heavier, length one."""
    words = [Counter(_WORD.findall(f"{f'{p.item.title} ' * 3}{p.item.text}".lower())) for p in picks]
    spread = Counter(word for own in words for word in own)
    vectors = []
    for own in words:
        vector = {word: (1 + math.log(n)) * math.log((1 + len(picks)) / spread[word]) for word, n in own.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / length for word, value in vector.items()})
    return vectors


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return sum(value * large.get(word, 0.0) for word, value in small.items())
