"""rank(): one day's papers and news on one scale, one event one place, best first, with reasons.

Without a profile it is expected attention alone (attention.py). With one, the stated terms join: developer topics, the
channel's wishes and taste, live signals. Each term is a number with a reason, so the score is their sum and
the reasons are its largest parts; a missing signal is a missing term.
"""

import logging
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.model import Item, News, Paper, Pick, Profile
from core.ranking import attention, newsworth, why
from core.ranking.events import events
from core.ranking.persuasion import PENALTY, argues_for_itself
from core.ranking.record import Record
from core.ranking.relevance import Term, developer, excluded, wished
from core.ranking.taste import AGAINST, Taste
from core.ranking.weights import Weights, shipped

log = logging.getLogger(__name__)
EXPLAINED = 60  # papers whose attention is taken apart into reasons
_REASONS = 3
_FELT = 0.3  # what a channel's 👎 takes away before it is told
_MANY_VOTES = 10  # fewer say only that somebody proposed the paper
_DROPPED_NEWS = -3.0  # news that far below has nothing to do with AI


@dataclass(frozen=True, slots=True)
class _Scored:
    """An item, the terms of its score (those with a reason may be told), and the attention's own reasons, which are
    parts of one of the terms."""

    item: Item
    terms: tuple[Term, ...]
    parts: tuple[Term, ...] = ()

    @property
    def score(self) -> float:
        return sum(term.value for term in self.terms)


def rank(
    items: Sequence[Item], *, profile: Profile | None, now: datetime, told: Collection[str] = (),
    taste: Taste | None = None, record: Record | None = None,
) -> tuple[Pick, ...]:  # fmt: skip
    """Best first, whatever the order of `items` (one day's; features may be relative to the day). `profile=None`:
    expected attention alone, every item one Pick. With a profile: events merged (paper leading, `merged` the
    others), items in `told`, excluded words and other categories left out, news without AI left out.
    `record` stands in for the shipped one (`Record.updated`). Scores are log-odds: finite, two decimals mean
    something; equal scores go by id. `now` is aware."""
    weights = replace(shipped(), record=record) if record else shipped()
    return ranked(items, weights, profile=profile, now=now, told=told, taste=taste)


def ranked(
    items: Sequence[Item], weights: Weights, *, profile: Profile | None, now: datetime, told: Collection[str] = (),
    taste: Taste | None = None,
) -> tuple[Pick, ...]:  # fmt: skip
    """`rank` with other weights than the shipped ones."""
    ordered = sorted(items, key=lambda item: (item.id, item.title))
    scored = _attend(ordered, weights, now)
    if profile is None:
        return _sorted([Pick(s.item, _rounded(s.score), _why(s)) for s in scored])
    scored = [_personal(s, profile, taste) for s in scored if s.item.id not in told and _wanted(s.item, profile)]
    picks = [_merge([scored[i] for i in group]) for group in events([s.item for s in scored])]
    kept = [pick for pick in picks if isinstance(pick.item, Paper) or pick.score > _DROPPED_NEWS]
    return _sorted(_undated_last(kept, now))


def _attend(items: Sequence[Item], weights: Weights, now: datetime) -> list[_Scored]:
    papers = [item for item in items if isinstance(item, Paper)]
    of_papers = iter(_papers(papers, weights))
    scored = [next(of_papers) if isinstance(i, Paper) else _Scored(i, newsworth.worth(i, now)) for i in items]
    return [_warned(s) if argues_for_itself(s.item) else s for s in scored]


def _warned(scored: _Scored) -> _Scored:
    log.warning("ranking.argues_for_itself id=%s", scored.item.id)
    return replace(scored, terms=(*scored.terms, Term(PENALTY, "")))


def _papers(papers: Sequence[Paper], weights: Weights) -> list[_Scored]:
    if not papers:
        return []
    day = attention.table(papers, weights)
    scores = attention.score(day, weights)
    best = sorted(range(len(papers)), key=lambda i: -scores[i])[:EXPLAINED]
    part = attention.Table(day.names, day.rows[best])
    gains = attention.contributions(part, weights, why.groups(day.names), scores[best])
    reasons: dict[int, tuple[Term, ...]] = {
        i: tuple(
            Term(float(gain[n]), why.REASONS[group](papers[i], weights.record))
            for group, gain in gains.items()
            if gain[n] >= why.ENOUGH
        )
        for n, i in enumerate(best)
    }
    return [_Scored(p, (Term(float(scores[i]), ""),), reasons.get(i, ())) for i, p in enumerate(papers)]


def _wanted(item: Item, profile: Profile) -> bool:
    if excluded(item, profile.excluded):
        return False
    if isinstance(item, News) or not item.categories or not profile.categories:
        return True
    return bool(set(item.categories) & set(profile.categories))


def _personal(scored: _Scored, profile: Profile, taste: Taste | None) -> _Scored:
    liked = taste.term(scored.item) if taste else None
    terms = (
        *developer(scored.item, profile.topics),
        *wished(scored.item, profile),
        *_live(scored.item),
        *([liked] if liked else []),
    )
    return replace(scored, terms=(*scored.terms, *terms))


def _live(item: Item) -> tuple[Term, ...]:
    """What people did so far today; nothing known, nothing added."""
    terms = []
    if item.signals.hf_upvotes is not None:
        votes = max(0, item.signals.hf_upvotes)
        said = f"Hugging Face 추천 {votes:,}" if votes >= _MANY_VOTES else "Hugging Face Daily Papers에 소개됨"
        terms.append(Term(1.0 + 0.5 * math.log2(1 + votes), said))
    if item.signals.hn_points is not None:
        points = max(0, item.signals.hn_points)
        terms.append(Term(0.4 * math.log2(1 + points / 10), f"해커뉴스 {points:,}점"))
    return tuple(terms)


def _merge(group: Sequence[_Scored]) -> Pick:
    """One place for one event: its paper leads, else its best news; told by several publishers, it gains."""
    lead, *others = sorted(group, key=lambda s: (isinstance(s.item, News), -s.score, s.item.id))
    voices = len({s.item.source for s in group if isinstance(s.item, News)})
    best = max(group, key=lambda s: (s.score, s is lead))
    extra = (
        (Term(0.4 * math.log2(voices + isinstance(lead.item, Paper)), f"매체 {voices}곳에서 보도"),)
        if others and voices
        else ()
    )
    whole = replace(best, terms=(*best.terms, *extra), parts=(*best.parts, *(lead.parts if best is not lead else ())))
    return Pick(lead.item, _rounded(whole.score), _why(whole), tuple(s.item for s in others))


def _undated_last(picks: Sequence[Pick], now: datetime) -> list[Pick]:
    """News without a date below all news with one: what is not known to be today's does not stand for today."""

    def undated(pick: Pick) -> bool:
        return isinstance(pick.item, News) and not any(
            isinstance(i, Paper) or newsworth.dated(i, now) for i in (pick.item, *pick.merged)
        )

    lowest = min((p.score for p in picks if isinstance(p.item, News) and not undated(p)), default=math.inf)
    return [
        replace(p, score=min(p.score, _rounded(lowest - 0.01))) if undated(p) and lowest < math.inf else p
        for p in picks
    ]


def _why(scored: _Scored) -> tuple[str, ...]:
    """The largest parts that have a reason; those of one kind (`주제: 코딩`) in one, each name once."""
    told: dict[str, list[str]] = {}
    names: set[str] = set()
    for term in sorted((*scored.terms, *scored.parts), key=lambda term: (-term.value, term.reason)):
        kind, _, name = term.reason.partition(": ")
        if kind and term.value >= why.ENOUGH and (not name or name not in names):
            told.setdefault(kind, []).extend([name] if name else [])
            names.add(name)
    reasons = [": ".join(filter(None, (kind, ", ".join(own)))) for kind, own in told.items()]
    against = [t for t in scored.terms if t.value <= -_FELT and t.reason.startswith(AGAINST)]
    lowered = [f"{term.reason}({-term.value:.1f}점 낮춤)" for term in against]
    return (*reasons[: _REASONS - len(lowered)], *lowered)


def _rounded(score: float) -> float:
    return round(score, 4) + 0.0


def _sorted(picks: Sequence[Pick]) -> tuple[Pick, ...]:
    return tuple(sorted(picks, key=lambda pick: (-pick.score, pick.item.id, pick.item.title)))
