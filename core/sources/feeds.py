"""News feeds: RSS and Atom as publishers really write them; each feed is a source of its own.

feedparser reads the structure; encodings are settled before it (core.web.decode), because a wrong header would make it
read mojibake without a word. Titles and summaries become plain text. Undated pieces are kept as undated; what is older
than three days or from the future is left out and counted, so that a feed that stopped a year ago says so.
A new feed: one line in FEEDS.
"""

import asyncio
import calendar
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from core.errors import SourceBroken, SourceStale
from core.model import News, news_id
from core.sources.calendar import Day
from core.sources.collecting import Found
from core.sources.topic import about_ai
from core.sources.urls import canonical
from core.text import clean, one_line, shorten
from core.web import Page, Web, decode

OLDEST = timedelta(days=3)
_STOPPED = timedelta(days=60)  # a feed whose newest piece is older has ended without saying so
_EARLY = timedelta(hours=1)  # clocks of publishers are not ours
_MOSTLY = 0.75  # of its pieces about AI: a feed of the field, whose other pieces are about it as well
_WITHIN_S = 40.0
_LIMIT_BYTES = 4_000_000
_MOST_ENTRIES = 150
_TITLE, _SUMMARY = 300, 2_000
_END = re.compile(r"</(?:rss|feed|rdf:RDF|\w+:feed)\s*>\s*(?:<!--.*?-->\s*)*$", re.I | re.S)
_BLOCK = re.compile(
    r"<(?=/?(?:p|div|hr|li|ul|ol|dl|dt|dd|tr|td|th|h[1-6]|blockquote|pre|section|article|figure)\b)", re.I
)
_CUT_TAG = re.compile(r"<(?!/(?:p|li?)\.)/?\w*\.{3}(?=\s*<|\s*$)")  # a text cut inside its markup: `sent <stro...</p>`
_DATES = ("published_parsed", "updated_parsed", "created_parsed")
_TALLY = re.compile(  # what aggregators put where a text would be: addresses and counts
    r"(?:(?:Article|Comments?) URL:\s*\S+|#?\s*(?:Points|Comments):\s*\d+|submitted by\s+/?u/\S+|\[(?:link|comments)\])"
    r"\s*",
    re.I,
)
_TAGLINE = re.compile(r"\s+[-–—|·]\s.*|:\s.*", re.S)  # "A Feed - what it is about", "A Feed: Newest"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.S)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|(\d{1,12}));?")


@dataclass(frozen=True, slots=True)
class FeedAt:
    """Where a feed is, how the digest calls its publisher, and whether everything in it is about AI (None = to be seen
    by what is in it)."""

    publisher: str
    url: str
    only_ai: bool | None = True


FEEDS = (
    FeedAt("OpenAI", "https://openai.com/news/rss.xml"),
    FeedAt("Google DeepMind", "https://deepmind.google/blog/rss.xml"),
    FeedAt("Google", "https://blog.google/technology/ai/rss/"),
    FeedAt("Hugging Face", "https://huggingface.co/blog/feed.xml"),
    FeedAt("TechCrunch", "https://techcrunch.com/category/artificial-intelligence/feed/"),
    FeedAt("The Verge", "https://www.theverge.com/rss/ai-artificial-intelligence/index.xml"),
    FeedAt("Ars Technica", "https://arstechnica.com/ai/feed/"),
    FeedAt("Simon Willison", "https://simonwillison.net/atom/everything/", only_ai=False),
    FeedAt("AI타임스", "https://www.aitimes.com/rss/allArticle.xml"),
    FeedAt("인공지능신문", "https://www.aitimes.kr/rss/allArticle.xml"),
    FeedAt("GeekNews", "https://news.hada.io/rss/news", only_ai=False),
)


def feeds_at(urls: Iterable[str]) -> tuple[FeedAt, ...]:
    """The feeds of NEWS_FEEDS: known ones by their name, others by the name they give themselves."""
    known = {canonical(feed.url): feed for feed in FEEDS}
    return tuple(known.get(canonical(url), FeedAt("", url.strip(), only_ai=None)) for url in urls if url.strip())


class Feed:
    """One feed as a source. Its name in the reports is `피드: ` + the publisher (the host until it is known)."""

    def __init__(self, web: Web, at: FeedAt, timeout_s: float = 15.0) -> None:
        self._web = web
        self._at = at
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        return "피드: " + (self._at.publisher or _unnamed(self._at.url))

    async def collect(self, day: Day) -> Found:
        page = await self._web.get(
            self._at.url,
            accept="application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
            timeout_s=self._timeout_s,
            within_s=_WITHIN_S,
            limit_bytes=_LIMIT_BYTES,
        )
        return await asyncio.to_thread(read, page, self._at, day.now)


def read(page: Page, at: FeedAt, now: datetime) -> Found:
    """The pieces of one feed page that are news at `now`. Raises SourceBroken for what is not a whole feed,
    SourceStale for a feed that ended."""
    text, sure = decode(page.body, page.content_type)
    if not text.strip():
        raise SourceBroken("빈 응답")
    parsed = _parsed(text)
    if not parsed.get("version") or not _END.search(text[-2_000:]):
        raise SourceBroken("잘린 응답" if parsed.get("version") else "형식이 다른 응답")
    if not parsed.entries:
        raise SourceBroken("글이 하나도 없는 피드")
    own_name = _TAGLINE.sub("", one_line(parsed.feed.get("title", "")))
    publisher = at.publisher or shorten(own_name, 60) or _unnamed(at.url)
    pieces = [piece for entry in parsed.entries[:_MOST_ENTRIES] if (piece := _news(entry, page.url, publisher))]
    dates = [piece.published for piece in pieces if piece.published and piece.published <= now + _EARLY]
    if dates and now - max(dates) > _STOPPED:
        raise SourceStale(f"가장 새 글이 {(now - max(dates)).days}일 전 것")
    topical = [piece for piece in pieces if about_ai(piece.title, piece.summary)]
    if at.only_ai or (at.only_ai is None and len(topical) >= _MOSTLY * len(pieces)):
        topical = pieces
    return Found(tuple(piece for piece in topical if timely(piece, now)), _detail(topical, now, sure))


def timely(piece: News, now: datetime) -> bool:
    """Undated pieces stay: whether they are new is decided where it can be (what was seen before)."""
    return piece.published is None or now - OLDEST <= piece.published <= now + _EARLY


def _detail(pieces: Sequence[News], now: datetime, sure: bool) -> str:
    old = sum(piece.published is not None and piece.published < now - OLDEST for piece in pieces)
    ahead = sum(piece.published is not None and piece.published > now + _EARLY for piece in pieces)
    undated = sum(piece.published is None for piece in pieces)
    notes = [(old, "지난 글"), (ahead, "미래 날짜"), (undated, "날짜 없음")]
    said = [f"{label} {count}" for count, label in notes if count]
    return ", ".join(said + ([] if sure else ["인코딩 선언이 틀려 추정해 읽음"]))


def _parsed(text: str) -> Any:
    import feedparser

    text = _REFERENCE.sub(_character, _DECLARATION.sub("", text, count=1).lstrip())
    body = text.encode("utf-8", "replace")
    # sanitising and relative links are done here, on plain text, at a fraction of the time
    return feedparser.parse(
        body,
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )


def _character(reference: re.Match[str]) -> str:
    """A reference as it is, or nothing where no character has that number: one of them fells feedparser."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF else ""


def _news(entry: Any, base: str, publisher: str) -> News | None:
    try:
        url = canonical(urljoin(base, entry.get("link") or entry.get("id") or ""))
    except ValueError:
        return None
    title = shorten(plain(entry.get("title", "")), _TITLE)
    if not title or not url.startswith(("https://", "http://")):
        return None
    summary = _text(entry.get("summary", "")) or _text(next((c.value for c in entry.get("content", ())), ""))
    return News(
        id=news_id(url),
        url=url,
        title=title,
        summary=shorten("" if summary == title else summary, _SUMMARY),
        source=publisher,
        via="feed",
        published=_when(entry),
    )


def _text(markup: str) -> str:
    return _TALLY.sub("", paragraphs(_CUT_TAG.sub("…", markup))).strip()


def _when(entry: Any) -> datetime | None:
    # plain dict access: feedparser's own maps one name to another, with a warning
    parsed = next((when for key in _DATES if (when := dict.get(entry, key))), None)
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError):
        return None


def plain(markup: str) -> str:
    """Text of a title or summary in which publishers put HTML, entities or nothing at all; one line."""
    return one_line(paragraphs(markup))


def paragraphs(markup: str) -> str:
    """The same with a blank line between list items, paragraphs and headings: no sentence goes on over it."""
    if "<" not in markup and "&" not in markup:
        return one_line(markup)
    apart = _BLOCK.sub("\n\n<", " ".join(markup.split()))
    tree = LexborHTMLParser(apart.replace("<br", " <br"))
    for hidden in tree.css("script, style, template, noscript"):
        hidden.decompose()
    return clean(tree.body.text() if tree.body else "")


def _unnamed(url: str) -> str:
    parts = urlsplit(url)
    return (parts.hostname or url).removeprefix("www.") + (parts.path.rstrip("/") if len(parts.path) < 40 else "")
