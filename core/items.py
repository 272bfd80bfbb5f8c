"""The nouns of collecting: a paper, a news piece, and what people did with them. model.py has the others and gives
these on; everybody takes them from there."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Signals:
    """What the community did so far. None = not asked or not known, never 0."""

    hf_upvotes: int | None = None
    hn_points: int | None = None
    hn_url: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """An arXiv paper as announced. `id` is canonical (no version)."""

    id: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    primary: str
    version: int = 1
    comment: str | None = None
    published: datetime | None = None  # v1's submission, UTC
    announced: Literal["new", "cross"] = "new"
    licence: str | None = None  # URL, where a source names it
    signals: Signals = Signals()
    kind: Literal["paper"] = "paper"

    @property
    def url(self) -> str:
        return f"https://arxiv.org/abs/{self.id}"

    @property
    def text(self) -> str:
        return self.abstract


@dataclass(frozen=True, slots=True)
class News:
    """A news piece. `id` is `news:` + 12 hex digits of its canonical URL (see `news_id`)."""

    id: str
    url: str
    title: str
    summary: str
    source: str  # the publisher as the digest names it
    via: Literal["feed", "ddgs", "hn"] = "feed"
    published: datetime | None = None
    signals: Signals = Signals()
    kind: Literal["news"] = "news"

    @property
    def text(self) -> str:
        return self.summary


Item = Paper | News


def news_id(canonical_url: str) -> str:
    return "news:" + hashlib.blake2b(canonical_url.encode(), digest_size=6).hexdigest()
