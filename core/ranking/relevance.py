"""What an item means to developers and to one channel: a stated profile of topics, and the channel's own wishes.

The topics, their words and weights are topics.json: data to edit, not code. A topic counts fully when the title
names it and half when only the text does; only the two strongest of each sign count, so that a list of
buzzwords gains nothing. Everything here is added to a score and named in its reasons.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.model import Item, Paper, Profile

_WISH, _FOLLOWED = 1.5, 2.0
_KOREAN = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    weight: float
    also: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Term:
    """One explained part of a score."""

    value: float
    reason: str


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The developer profile as stated in topics.json."""
    rows = json.loads(Path(__file__).with_name("topics.json").read_text(encoding="utf-8"))
    return tuple(
        Topic(row["name"], row["weight"], tuple(row["also"]), _any(row["words"])) for row in rows
    )  # fmt: skip


def found(item: Item) -> tuple[tuple[Topic, float], ...]:
    """The topics an item touches: 1.0 when its title says so, 0.5 when only its text does."""
    title, text = item.title.lower(), item.text.lower()
    parts = ((t, 1.0 if t.pattern.search(title) else 0.5 if t.pattern.search(text) else 0.0) for t in topics())
    return tuple((topic, part) for topic, part in parts if part)


def developer(item: Item) -> tuple[Term, ...]:
    """The two strongest developer topics, and the strongest of what is far from developers."""
    values = sorted(
        ((t.weight * part, t.name) for t, part in found(item)), key=lambda v: (-abs(v[0]), v[1])
    )  # fmt: skip
    near = [Term(value, f"개발자 관심 주제: {name}") for value, name in values if value > 0][:2]
    far = [Term(value, f"개발과 먼 분야: {name}") for value, name in values if value < 0][:1]
    return (*near, *far)


def wished(item: Item, profile: Profile) -> tuple[Term, ...]:
    """The channel's topics and followed authors or labs that this item meets."""
    terms = [
        Term(_WISH * part, f"채널 관심 주제: {topic}") for topic in profile.topics if (part := _meets(item, topic))
    ]
    names = item.authors if isinstance(item, Paper) else (item.source,)
    for followed in profile.authors:
        if any(_says(name, followed) for name in names) or _says(item.title, followed):
            terms.append(Term(_FOLLOWED, f"따라 보는 저자·연구실: {followed}"))
    return tuple(sorted(terms, key=lambda term: (-term.value, term.reason))[:3])


def excluded(item: Item, words: Collection[str]) -> bool:
    """True when an excluded word stands in the title or the text."""
    return any(_says(item.title, word) or _says(item.text, word) for word in words)


def _meets(item: Item, wish: str) -> float:
    plain = wish.strip().lower()
    for topic in topics():
        if plain == topic.name or plain in topic.also or plain in topic.name.lower().split("·"):
            return (
                1.0
                if topic.pattern.search(item.title.lower())
                else 0.5
                if topic.pattern.search(item.text.lower())
                else 0.0
            )
    return 1.0 if _says(item.title, wish) else 0.5 if _says(item.text, wish) else 0.0


def _says(text: str, word: str) -> bool:
    """Latin words are whole words; Korean ones take their particles."""
    plain = word.strip().lower()
    return bool(plain) and bool(_word(plain).search(text.lower()))


@lru_cache(maxsize=512)
def _word(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word)) if _KOREAN.search(word) else _any([re.escape(word)])


def _any(words: Collection[str]) -> re.Pattern[str]:
    latin = [word for word in words if not _KOREAN.search(word)]
    korean = [word for word in words if _KOREAN.search(word)]
    whole = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*whole, *korean]))
