"""The index behind search, written in the transaction that saves what it speaks of.

`search` has a row for each story and item, numbered by day; `search_words` its tokens: an FTS5 table on SQLite, a
tsvector on PostgreSQL. Filters (kind, source, category, profile) are tokens as well, because an index that meets
all conditions at once need not read what it throws away. A row whose words have not changed is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Literal

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.model import Edition, Item, Paper, Story
from core.store.engine import insert
from core.store.tables import search
from core.store.tokens import key, tokens
from core.text import one_line, readable

Kind = Literal["story", "paper", "news"]
DAY_BITS = 20  # a million entries a day
PREFIX = re.compile("[가-힣]")  # one syllable alone is not a token of its own: the beginning of one
_AT_ONCE = 500
_LONGEST = 6_000  # characters of a text
_LOCK = 0x_5E_A2_C4  # any number, the same in every process
_LAST_PLACE = 16_383  # of a tsvector

_FTS5 = text("INSERT INTO search_words (rowid, title, text, tags) VALUES (:id, :title, :text, :tags)")
_TSVECTOR = text("INSERT INTO search_words (id, words) VALUES (:id, CAST(:words AS tsvector))")
_FORGET = {
    "sqlite": text("DELETE FROM search_words WHERE rowid = :id"),
    "postgresql": text("DELETE FROM search_words WHERE id = :id"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `ref` is unique: an item's id, a story's place; `kept`: an edition shows it."""

    ref: str
    kind: Kind
    item: str
    day: date
    title: str
    text: str
    url: str
    source: str
    tags: tuple[str, ...]
    profile: str = ""
    n: int = 0
    kept: bool = False
    words: tuple[list[str], list[str]] = field(init=False)  # of the title and of the text
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", (tokens(self.title), tokens(self.text[:_LONGEST])))
        said = "\0".join((self.title, self.text, self.url, self.source, *self.tags))
        object.__setattr__(self, "digest", blake2b(said.encode(), digest_size=8).hexdigest())


def tag(what: Literal["kind", "source", "category", "profile"], value: str) -> str:
    """A filter as a token that no text has."""
    return f"x{what[0]}{key(value)}"


def item_entry(item: Item, day: date, *, kept: bool = False) -> Entry:
    source = f"arXiv {item.primary}" if isinstance(item, Paper) else item.source
    return Entry(
        item.id, item.kind, item.id, day, readable(one_line(item.title)), _text(item), item.url, source,
        (tag("kind", item.kind), *_tags(item)), kept=kept,
    )  # fmt: skip


def edition_entries(edition: Edition) -> tuple[Entry, ...]:
    """The stories, and the items that the edition shows: told or on its shortlist."""
    by_id = {item.id: item for item in edition.index}
    shown = {item.id: item for story in edition.stories for item in (story.item, *story.merged)}
    shown |= {each: by_id[each] for each in edition.shortlist if each in by_id}
    stories = (_story_entry(edition, story) for story in edition.stories if not story.withdrawn)
    return (*stories, *(item_entry(item, edition.date, kept=True) for item in shown.values()))


def _story_entry(edition: Edition, story: Story) -> Entry:
    item = story.item
    said = [*story.keywords, *(c.text for c in (*story.summary, *story.risks)), story.one_liner, *story.ideas]
    said += [part for each in (item, *story.merged) for part in (readable(each.title), _text(each))]
    source = f"arXiv {item.primary}" if isinstance(item, Paper) else item.source
    tags = {tag("kind", "story"), tag("profile", edition.profile)}
    tags |= {each for one in (item, *story.merged) for each in _tags(one)}
    return Entry(
        f"{edition.date}/{edition.profile}/{story.n}", "story", item.id, edition.date,
        readable(one_line(story.headline)) or readable(item.title), "\n".join(said), item.url, source,
        tuple(sorted(tags)), edition.profile, story.n, kept=True,
    )  # fmt: skip


def _text(item: Item) -> str:
    people = ", ".join(item.authors) if isinstance(item, Paper) else item.source
    return f"{readable(item.text)}\n{people}\n{item.id}"


def _tags(item: Item) -> Iterator[str]:
    if isinstance(item, Paper):
        yield tag("source", "arXiv")
        yield from (tag("category", name) for name in (*item.categories, item.primary.split(".")[0]))
    else:
        yield from (tag("source", name) for name in (item.source, *item.source.split()))


async def index(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    """Makes these findable; those that are already and have not changed stay as they are."""
    if connection.dialect.name == "postgresql":  # SQLite's transaction is alone already
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    unique = list({entry.ref: entry for entry in entries}.values())
    for start in range(0, len(unique), _AT_ONCE):
        await _index(connection, unique[start : start + _AT_ONCE])


async def _index(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    columns = search.c
    query = select(columns.id, columns.ref, columns.digest, columns.kept)
    known = {r.ref: r for r in await connection.execute(query.where(columns.ref.in_([e.ref for e in entries])))}
    shown = [known[e.ref].id for e in entries if e.kept and e.ref in known and not known[e.ref].kept]
    if shown:
        await connection.execute(update(search).where(columns.id.in_(shown)).values(kept=True))
    changed = [e for e in entries if e.ref not in known or known[e.ref].digest != e.digest]
    numbers = _numbers(await _last(connection, {e.day for e in changed if e.ref not in known}))
    rows = []
    for entry in changed:
        before = known.get(entry.ref)
        rows.append((before.id if before else next(numbers[entry.day]), bool(before and before.kept), entry))
    await _forget(connection, [known[e.ref].id for e in changed if e.ref in known])
    if rows:
        await connection.execute(insert(connection, search), [_row(*row) for row in rows])
        sqlite = connection.dialect.name == "sqlite"
        words = [_fts5(number, e) if sqlite else _tsvector(number, e) for number, _, e in rows]
        await connection.execute(_FTS5 if sqlite else _TSVECTOR, words)


async def forget_stories(connection: AsyncConnection, day: date, profile: str) -> None:
    """What the edition of that day and profile told so far."""
    first = day.toordinal() << DAY_BITS
    query = select(search.c.id).where(
        search.c.id.between(first, first + (1 << DAY_BITS)), search.c.kind == "story", search.c.profile == profile
    )
    await _forget(connection, list(await connection.scalars(query)))


async def _forget(connection: AsyncConnection, ids: Sequence[int]) -> None:
    if ids:
        await connection.execute(_FORGET[connection.dialect.name], [{"id": each} for each in ids])
        await connection.execute(delete(search).where(search.c.id.in_(ids)))


async def _last(connection: AsyncConnection, days: Iterable[date]) -> dict[date, int]:
    """The highest number given on each day; where none is, the one before the first."""
    last = {}
    for day in days:
        first = day.toordinal() << DAY_BITS
        query = select(func.max(search.c.id)).where(search.c.id >= first, search.c.id < first + (1 << DAY_BITS))
        last[day] = await connection.scalar(query) or first
    return last


def _numbers(last: dict[date, int]) -> dict[date, Iterator[int]]:
    def after(number: int) -> Iterator[int]:
        while True:
            number += 1
            yield number

    return {day: after(number) for day, number in last.items()}


def _row(number: int, kept: bool, entry: Entry) -> dict[str, Any]:
    return {
        "id": number, "ref": entry.ref, "kind": entry.kind, "item": entry.item, "profile": entry.profile,
        "n": entry.n, "title": entry.title, "url": entry.url, "source": entry.source, "kept": kept or entry.kept,
        "digest": entry.digest,
    }  # fmt: skip


def _fts5(number: int, entry: Entry) -> dict[str, Any]:
    title, words = entry.words
    return {"id": number, "title": " ".join(title), "text": " ".join(words), "tags": " ".join(entry.tags)}


def _tsvector(number: int, entry: Entry) -> dict[str, Any]:
    """Written out as PostgreSQL reads it, so that none of its parsers has a say in what a token is."""
    title, words = entry.words
    places: Counter[str] = Counter()
    written = [f"'{each}':1C" for each in dict.fromkeys(entry.tags)]
    for place, each in enumerate((*title, *words), 2):
        places[each] += 1
        if place <= _LAST_PLACE and places[each] <= 250:
            written.append(f"'{each}':{place + (place > len(title) + 1)}{'A' if place <= len(title) + 1 else 'B'}")
    return {"id": number, "words": " ".join(written)}
