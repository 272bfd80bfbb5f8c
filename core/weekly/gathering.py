"""Gathering a week: one edition after the other, each let go before the next, since a day's raw index is large.

What many noticed counts also where no edition told it: the community's upvotes and points, as the sources gave them on
the day of the edition.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from core.checking import without_orders
from core.model import Edition, Item, Paper, Story
from core.ranking.relevance import found
from core.text import one_line, readable, sentences, shorten
from core.week import Favourite, Mention, TopicCount

_NOTICED = 6
_UPVOTES, _POINTS = 20, 80  # fewer are noise
_POINTS_TO_A_VOTE = 4  # Hacker News gives more freely
_FAVOURITES = 3
_TEXT, _LINE = 1_200, 220


@dataclass(frozen=True, slots=True)
class Source:
    """A mention and the text that sentences about it are written from and checked against."""

    mention: Mention
    item: Item
    text: str
    told: tuple[str, ...]  # sentences of its edition


@dataclass(frozen=True, slots=True)
class Material:
    """A week's editions, gathered. Stories first, in the order in which they were told."""

    made_of: tuple[str, ...]
    stories: int
    papers: int
    news: int
    sources: tuple[Source, ...]
    favourites: tuple[Favourite, ...]
    topics: tuple[TopicCount, ...]
    sample: bool


@dataclass(slots=True)
class Gathering:
    """Takes editions in, oldest first; those of the week before only for comparison. `made_of`: their names."""

    made_of: tuple[str, ...]
    _told: dict[str, Source] = field(default_factory=dict)
    _stories: dict[tuple[date, int], Mention] = field(default_factory=dict)
    _others: dict[str, Source] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _kinds: Counter[str] = field(default_factory=Counter)
    _counts: Counter[str] = field(default_factory=Counter)
    _before: Counter[str] = field(default_factory=Counter)
    _seen_before: set[str] = field(default_factory=set)
    _days_before: int = 0
    _taken: set[str] = field(default_factory=set)
    _sample: bool = False

    def add(self, edition: Edition) -> None:
        self._sample |= edition.sample
        for story in edition.stories:
            self._taken.update(item.id for item in (story.item, *story.merged))
            if story.withdrawn:
                self._told.pop(story.item.id, None)
                continue
            source = _of_story(edition.date, story)
            self._stories[edition.date, story.n] = source.mention
            self._told[story.item.id] = source  # a follow-up says more than what it follows
        for item in edition.index:
            if item.id not in self._seen:
                self._seen.add(item.id)
                self._kinds[item.kind] += 1
                self._counts.update(topic_names(item))
            if _attention(item) > _attention(self._others[item.id].item) if item.id in self._others else _noticed(item):
                self._others[item.id] = _of_item(edition.date, item)

    def add_before(self, edition: Edition) -> None:
        """An edition of the week before."""
        self._days_before += 1
        for item in edition.index:
            if item.id not in self._seen_before:
                self._seen_before.add(item.id)
                self._before.update(topic_names(item))

    def material(self, votes: Iterable[tuple[date, int, int, int]]) -> Material:
        """`votes`: (date, story, 👍, 👎)."""
        others = sorted(
            (each for id, each in self._others.items() if id not in self._taken),
            key=lambda each: (-_attention(each.item), each.mention.item),
        )
        return Material(
            self.made_of, len(self._stories), self._kinds["paper"], self._kinds["news"],
            (*self._told.values(), *others[:_NOTICED]), self._favourites(votes), self._topics(), self._sample,
        )  # fmt: skip

    def _favourites(self, votes: Iterable[tuple[date, int, int, int]]) -> tuple[Favourite, ...]:
        """Stories that more readers liked than disliked, best first."""
        liked = [
            Favourite(self._stories[on, n], up, down)
            for on, n, up, down in votes
            if up > down and (on, n) in self._stories
        ]
        return tuple(sorted(liked, key=lambda f: (f.down - f.up, -f.up, f.mention.date, f.mention.n))[:_FAVOURITES])

    def _topics(self) -> tuple[TopicCount, ...]:
        """Most named first."""
        before = self._before if self._days_before >= len(self.made_of) else None  # of fewer days it would mislead
        counted = (TopicCount(name, n, before[name] if before else None) for name, n in self._counts.items())
        return tuple(sorted(counted, key=lambda topic: (-topic.count, topic.name)))


def topic_names(item: Item) -> tuple[str, ...]:
    """The developer topics that an item's title names. A text names too many: every other abstract releases code."""
    return tuple(topic.name for topic, part in found(item) if topic.weight > 0 and part == 1.0)


def _of_story(on: date, story: Story) -> Source:
    item = story.item
    told = tuple(claim.text for claim in story.summary)
    quotes = (claim.quote for claim in story.summary if claim.quote)
    text = "\n".join(dict.fromkeys((shorten(item.text, _TEXT), *quotes)))
    first = next((readable(each) for each in told if "://" not in each), "")
    return Source(replace(_mention(on, item), n=story.n, headline=_head(story), text=first), item, text, told)


def _head(story: Story) -> str:
    return one_line(readable(story.headline) if story.extracted else story.headline)


def _of_item(on: date, item: Item) -> Source:
    return Source(_mention(on, item), item, shorten(item.text, _TEXT) or item.title, ())


def _mention(on: date, item: Item) -> Mention:
    first = next((each for each in sentences(without_orders(item.text)) if "://" not in each), "")
    origin = "arXiv" if isinstance(item, Paper) else item.source
    title = one_line(readable(item.title)) or "(제목 없음)"
    return Mention(on, 0, item.id, title, item.url, origin, shorten(readable(one_line(first)), _LINE), _marks(item))


def _marks(item: Item) -> str:
    signals = item.signals
    marks = [f"HF 추천 {signals.hf_upvotes:,}"] if signals.hf_upvotes else []
    return " · ".join([*marks, f"HN {signals.hn_points:,}점"] if signals.hn_points else marks)


def _attention(item: Item) -> int:
    return max(item.signals.hf_upvotes or 0, (item.signals.hn_points or 0) // _POINTS_TO_A_VOTE)


def _noticed(item: Item) -> bool:
    """By so many that it is no noise; a title that gives orders is not repeated."""
    many = (item.signals.hf_upvotes or 0) >= _UPVOTES or (item.signals.hn_points or 0) >= _POINTS
    return many and bool(without_orders(item.title))
