"""Search: what was told and what was collected, found by its words, newest first.

The order is that of readers' interest, not of a score: stories before items, a match in the title before one in the
text, then the date; each of these is one look into the index that stops when it has enough, so a word that stands in
a hundred thousand texts costs no more than a rare one. An entry's number begins with its date. A story is shown to
its own profile and, when it is the default profile's, to all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import text

from core.store.engine import Database
from core.store.entries import DAY_BITS, PREFIX, Kind, tag
from core.store.tokens import Phrase

Column = Literal["title", "text"]
_KINDS: tuple[tuple[Kind, ...], ...] = (("story",), ("paper", "news"))
_SPARE = 3  # a story and its item are one hit, so more are read than shown

_SQLITE = text("""
    SELECT s.* FROM search_words w JOIN search s ON s.id = w.rowid
    WHERE w.search_words MATCH :match AND w.rowid >= :since ORDER BY w.rowid DESC LIMIT :most
""")
_POSTGRES = text("""
    SELECT s.* FROM search s JOIN (
        SELECT id FROM search_words WHERE words @@ CAST(:match AS tsquery) AND id >= :since
        ORDER BY id DESC LIMIT :most
    ) found ON found.id = s.id ORDER BY s.id DESC
""")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words`: for each word the phrases any of which will do (core/store/tokens.py); all words must be met. `source`
    is a publisher's name or a word of it, `category` an arXiv one; empty = any. `profile`: the asker's."""

    words: tuple[tuple[Phrase, ...], ...]
    since: date | None = None
    source: str = ""
    category: str = ""
    kind: Kind | None = None
    profile: str = "default"


@dataclass(frozen=True, slots=True)
class Hit:
    """`n` is the story's number in the edition of `date` and `profile`, 0 for an item that was not told."""

    kind: Kind
    item: str
    date: date
    title: str
    url: str
    source: str
    profile: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Hits:
    hits: tuple[Hit, ...] = ()
    more: bool = False


class Search:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, wanted: Wanted, limit: int = 10) -> Hits:
        """At most `limit`; an item that is also a story is found once. Nothing asked, nothing found."""
        hits: dict[str, Hit] = {}
        for kinds in _KINDS if wanted.words else ():
            if wanted.kind and wanted.kind not in kinds:
                continue
            for columns in (("title",), ("title", "text")):
                if len(hits) <= limit:
                    for hit in await self._look(wanted, kinds, columns, (limit + 1) * _SPARE):
                        hits.setdefault(hit.item, hit)
        return Hits(tuple(hits.values())[:limit], len(hits) > limit)

    async def _look(
        self, wanted: Wanted, kinds: Sequence[Kind], columns: Sequence[Column], most: int
    ) -> tuple[Hit, ...]:
        sqlite = self._database.path is not None
        match = (_fts5 if sqlite else _tsquery)(wanted, kinds, columns)
        since = (wanted.since.toordinal() << DAY_BITS) if wanted.since else 0
        async with self._database.read() as connection:
            rows = await connection.execute(
                _SQLITE if sqlite else _POSTGRES, {"match": match, "since": since, "most": most}
            )
            return tuple(
                Hit(r.kind, r.item, _day(r.id), r.title, r.url, r.source, r.profile, r.n) for r in rows
            )  # fmt: skip


def _day(number: int) -> date:
    return date.fromordinal(number >> DAY_BITS)


def _tags(wanted: Wanted, kinds: Sequence[Kind]) -> Iterator[tuple[str, ...]]:
    """Of each, one must be there."""
    yield tuple(tag("kind", kind) for kind in kinds if wanted.kind in (None, kind))
    if kinds == ("story",):
        yield tuple(tag("profile", name) for name in dict.fromkeys((wanted.profile, "default")))
    if wanted.source:
        yield (tag("source", wanted.source),)
    if wanted.category:
        yield (tag("category", wanted.category),)


def _fts5(wanted: Wanted, kinds: Sequence[Kind], columns: Sequence[Column]) -> str:
    """In the language of https://www.sqlite.org/fts5.html#full_text_query_syntax; tokens have letters and digits
    only, so nothing in them needs escaping."""

    def phrase(each: Phrase) -> str:
        return f'"{" ".join(each)}"' + (" *" if PREFIX.fullmatch(each[-1]) and len(each) == 1 else "")

    words = " AND ".join(f"({' OR '.join(map(phrase, word))})" for word in wanted.words)
    tags = " AND ".join(f"({' OR '.join(one)})" for one in _tags(wanted, kinds))
    return f"{{{' '.join(columns)}}} : ({words}) AND tags : ({tags})"


def _tsquery(wanted: Wanted, kinds: Sequence[Kind], columns: Sequence[Column]) -> str:
    """Weights stand for columns: A the title, B the text, C the tags."""
    weights = "".join({"title": "A", "text": "B"}[column] for column in columns)

    def phrase(each: Phrase) -> str:
        star = "*" if PREFIX.fullmatch(each[-1]) and len(each) == 1 else ""
        return " <-> ".join(f"'{token}':{star}{weights}" for token in each)

    words = [f"({' | '.join(f'({phrase(each)})' for each in word)})" for word in wanted.words]
    tags = ["(" + " | ".join(f"'{each}':C" for each in one) + ")" for one in _tags(wanted, kinds)]
    return " & ".join((*words, *tags))
