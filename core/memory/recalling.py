"""recall(): which of today's items were told, and which of those have something new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from core.memory.novelty import novelty
from core.memory.titles import same_news
from core.memory.translating import translated
from core.model import FollowUp, Item, News, Paper, Story
from core.ranking.events import events
from core.text import readable

MEMORY_DAYS = 14
_TRANSLATED_WITHIN = timedelta(days=3)  # a Korean report of the same; later it is more likely about the next version
_Tie = Literal["same", "about"]


@dataclass(frozen=True, slots=True)
class Recalled:
    """`repeats`: ids of today's items that are told already. `follow_ups`: by id, what is new and where it began."""

    repeats: frozenset[str] = frozenset()
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)

    def marked(self, story: Story) -> Story:
        """The story as this profile's readers see it: a follow-up, or none."""
        ids = (item.id for item in (story.item, *story.merged))
        return replace(story, follow_up=next((self.follow_ups[i] for i in ids if i in self.follow_ups), None))


def recall(items: Sequence[Item], told: Sequence[tuple[date, Story]], today: date) -> Recalled:
    """`told`: the stories of the last MEMORY_DAYS with their days, oldest first. An item is a repeat when a story told
    the same event: the same paper in any version or list, the same news at any address, in Korean or English. It is a
    follow-up when there is something new (`novelty`); all that belongs to it today is let through with it."""
    repeats: set[str] = set()
    follow_ups: dict[str, FollowUp] = {}
    for event in _told_events(items, told, today):
        stories = [told[k] for k in sorted(event.stories)]
        what = novelty([items[i] for i in event.items], [story for _, story in stories])
        if what is None:
            repeats |= {items[i].id for i in event.same}
        else:
            follow_ups |= dict.fromkeys((items[i].id for i in event.items), _follow_up(*stories[0], what))
    return Recalled(frozenset(repeats - follow_ups.keys()), follow_ups)


def _follow_up(on: date, first: Story, what: str) -> FollowUp:
    headline = readable(first.headline) if first.extracted else first.headline
    return FollowUp(on, first.n, headline or first.item.title, first.item.url, what)


@dataclass(slots=True)
class _Event:
    """Places of today's items, those among them that are the very same as what was told, and places of stories."""

    items: set[int]
    same: set[int]
    stories: set[int]


def _told_events(items: Sequence[Item], told: Sequence[tuple[date, Story]], today: date) -> list[_Event]:
    """Today's items by what was told of them; several stories of one event are one."""
    found: list[_Event] = []
    for i, k, tie in _ties(items, told, today):
        one = _Event({i}, {i} if tie == "same" else set(), {k})
        for other in [each for each in found if i in each.items or k in each.stories]:
            found.remove(other)
            one = _Event(one.items | other.items, one.same | other.same, one.stories | other.stories)
        found.append(one)
    return found


def _ties(items: Sequence[Item], told: Sequence[tuple[date, Story]], today: date) -> Iterator[tuple[int, int, _Tie]]:
    """(item, story, how) of all that belong together. The ranking finds candidates among the news, what was told and
    the papers that may be it; each pair is then looked at by itself, because what is alike in a chain of titles need
    not be alike at its ends."""
    known: dict[str, list[tuple[Item, int]]] = {}
    for k, (_, story) in enumerate(told):
        for item in (story.item, *story.merged):
            known.setdefault(item.id, []).append((item, k))
    words = "\n".join(f"{old.title} {old.url} {old.text}".casefold() for sights in known.values() for old, _ in sights)
    near = [i for i, item in enumerate(items) if isinstance(item, News) or _mentioned(item, words)]
    ids = {items[i].id for i in near}
    every = [*(items[i] for i in near), *(sights[-1][0] for id_, sights in known.items() if id_ not in ids)]
    for places in events(every) if known else ():
        before = [sight for p in places for sight in known.get(every[p].id, ())]
        now = [near[p] for p in places if p < len(near)] if before else []
        yield from ((i, k, tie) for i in now for old, k in before if (tie := _tie(items[i], old)))
    reports = [(i, item) for i, item in enumerate(items) if isinstance(item, News)]
    for old, k in (sight for sights in known.values() for sight in sights):
        if isinstance(old, News) and today - told[k][0] <= _TRANSLATED_WITHIN:
            yield from ((i, k, "same") for i, item in reports if translated(item.title, old.title))


def _mentioned(paper: Paper, words: str) -> bool:
    """Whether a paper may be among what was told: by its number, its title or the name that it begins with."""
    name, colon, _ = paper.title.casefold().partition(":")
    return paper.id in words or (name if colon else paper.title.casefold()) in words


def _tie(a: Item, b: Item) -> _Tie | None:
    """How an item and one that was told belong together. News that only has a paper's name in its title is about it,
    and need not be what was told."""
    if len(events((a, b))) > 1:
        return None
    if a.id == b.id or (isinstance(a, Paper) and isinstance(b, Paper)):
        return "same"
    linked = len(events((replace(a, title=""), replace(b, title="")))) == 1  # by address or arXiv id
    if isinstance(a, News) and isinstance(b, News):
        titles = (_headline(each.title, (a.source, b.source)) for each in (a, b))
        return "same" if linked or (same_news(*titles) and not _series(a, b)) else None
    return "same" if linked else "about"


def _headline(title: str, publishers: Sequence[str]) -> str:
    """Without the site's name at its end."""
    for mark in (" | ", " - ", " – ", " — "):
        words, _, last = title.rpartition(mark)
        if words and (mark == " | " or last.casefold() in map(str.casefold, publishers)):
            return words
    return title


def _series(a: News, b: News) -> bool:
    """A column that appears under one title again and again: same publisher, days apart, another text."""
    apart = a.published and b.published and abs(a.published - b.published) > timedelta(days=1)
    alike = (a.title, a.source) == (b.title, b.source)
    return bool(apart) and alike and bool(a.summary and b.summary) and a.summary != b.summary
