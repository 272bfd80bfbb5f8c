"""arXiv's RSS: the third witness, asked only when listing and API both failed.

One request for all categories; announce_type tells new and cross from replacements. It is rebuilt at midnight in
New York, so a few hours after an announcement it still shows the batch before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Literal
from xml.etree import ElementTree

from core.errors import SourceBroken, SourceRefused, SourceStale
from core.model import Paper
from core.sources.arxiv import GROUP
from core.sources.urls import arxiv_id
from core.text import one_line
from core.web import Web

_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_KIND: dict[str, Literal["new", "cross"]] = {"new": "new", "cross": "cross"}


@dataclass(frozen=True, slots=True)
class Rss:
    """`host` is ARXIV_RSS_URL."""

    web: Web
    host: str
    timeout_s: float = 20.0

    async def get(self, categories: Sequence[str], on: date, within_s: float) -> tuple[Paper, ...]:
        """The batch of that date. Raises SourceError, SourceStale when the feed is about another day."""
        page = await self.web.get(
            f"{self.host.rstrip('/')}/rss/{'+'.join(categories)}",
            accept="application/rss+xml",
            group=GROUP,
            timeout_s=self.timeout_s,
            within_s=within_s,
            limit_bytes=16_000_000,
        )
        return parse(page.body, on)


def parse(body: bytes, on: date) -> tuple[Paper, ...]:
    if body.strip() == b"Rate exceeded.":
        raise SourceRefused("요청 제한(Rate exceeded)")
    if b"<!DOCTYPE" in body[:1_000] or not body.strip():
        raise SourceBroken("형식이 다른 응답" if body.strip() else "빈 응답")
    try:
        channel = ElementTree.fromstring(body).find("channel")
    except ElementTree.ParseError as error:
        raise SourceBroken("잘리거나 깨진 응답") from error
    if channel is None:
        raise SourceBroken("형식이 다른 응답")
    try:
        shown = parsedate_to_datetime(channel.findtext("pubDate", "")).date()
    except ValueError as error:
        raise SourceBroken("날짜 없는 응답") from error
    if shown != on:
        raise SourceStale(f"{shown:%m-%d} 자료를 보여 줌")
    papers = (_paper(item) for item in channel.findall("item"))
    return tuple(paper for paper in papers if paper)


def _paper(item: ElementTree.Element) -> Paper | None:
    kind = _KIND.get(item.findtext(_ARXIV + "announce_type", ""))
    if kind is None:
        return None
    found = arxiv_id(item.findtext("guid", "").removeprefix("oai:arXiv.org:")) or arxiv_id(item.findtext("link", ""))
    categories = tuple(category.text or "" for category in item.findall("category"))
    if found is None or not categories:
        raise SourceBroken("형식이 다른 응답")
    abstract = re.sub(r"^.*?Announce Type: [\w-]+\s*(?:Abstract:)?", "", item.findtext("description", ""), flags=re.S)
    licence = item.findtext(_DC + "rights")
    return Paper(
        id=found[0],
        title=one_line(item.findtext("title", "")),
        abstract=one_line(abstract),
        authors=tuple(one_line(name) for name in item.findtext(_DC + "creator", "").split(", ") if name.strip()),
        categories=categories,
        primary=categories[0],
        version=found[1] or 1,
        announced=kind,
        licence=licence.strip() if licence else None,
    )
