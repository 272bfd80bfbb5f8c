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
from core.text import folded

_WISH, _FOLLOWED = 1.5, 2.0
_KOREAN = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    weight: float
    also: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One explained part of a score."""

    value: float
    reason: str


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The developer profile as stated in topics.json."""
    rows = json.loads(Path(__file__).with_name("topics.json").read_text(encoding="utf-8"))
    return tuple(Topic(row["name"], row["weight"], tuple(row["also"]), tuple(row["words"])) for row in rows)


@lru_cache(maxsize=4)
def found(item: Item) -> tuple[tuple[Topic, float], ...]:
    """The topics an item touches: 1.0 when its title says so, 0.5 when only its text does."""
    title, text = _named(item.title), _named(item.text)
    parts = ((n, topic, 1.0 if n in title else 0.5 if n in text else 0.0) for n, topic in enumerate(topics()))
    return tuple((topic, part) for _, topic, part in parts if part)


def _named(text: str) -> set[int]:
    """Numbers of the topics that the text names; one pass, whatever the number of topics."""
    low = text.lower()
    patterns = _patterns() if _KOREAN.search(low) else _patterns()[:1]
    return {int(match.lastgroup[1:]) for pattern in patterns for match in pattern.finditer(low) if match.lastgroup}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All topics' words, a group each: Latin ones whole, Korean ones with their particles. Looking ahead without
    taking, so that one word may belong to a phrase and stand for itself."""
    latin = [(n, [w for w in topic.words if not _KOREAN.search(w)]) for n, topic in enumerate(topics())]
    korean = [(n, [w for w in topic.words if _KOREAN.search(w)]) for n, topic in enumerate(topics())]
    ends = "(?![a-z0-9])"
    whole = "|".join(f"(?P<t{n}>(?:{'|'.join(words)}){ends})" for n, words in latin if words)
    parts = "|".join(f"(?P<t{n}>{'|'.join(words)})" for n, words in korean if words)
    return re.compile(f"(?<![a-z0-9])(?={whole})"), re.compile(f"(?={parts})")


def developer(item: Item, wishes: Collection[str] = ()) -> tuple[Term, ...]:
    """The two strongest developer topics, and the strongest of what is far from developers, unless it is wished for."""
    values = sorted(
        (
            (topic.weight * part, topic.name)
            for topic, part in found(item)
            if topic.weight > 0 or not any(_is(topic, wish) for wish in wishes)
        ),
        key=lambda v: (-abs(v[0]), v[1]),
    )
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
    for topic in topics():
        if _is(topic, wish):
            return dict(found(item)).get(topic, 0.0)
    return 1.0 if _says(item.title, wish) else 0.5 if _says(item.text, wish) else 0.0


def _is(topic: Topic, wish: str) -> bool:
    plain = wish.strip().lower()
    return plain == topic.name.lower() or plain in topic.also or plain in topic.name.lower().split("·")


def _says(text: str, word: str) -> bool:
    """Latin words are whole words; Korean ones take their particles. Accents are nothing (José, Jose)."""
    plain = folded(word.strip())
    return bool(plain) and bool(_word(plain).search(folded(text)))


@lru_cache(maxsize=512)
def _word(word: str) -> re.Pattern[str]:
    plain = re.escape(word)
    return re.compile(plain) if _KOREAN.search(word) else re.compile(rf"(?<![a-z0-9]){plain}(?![a-z0-9])")
