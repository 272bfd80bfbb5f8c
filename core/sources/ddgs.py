"""News search through the package `ddgs`: one source among several, and the least reliable.

The package is synchronous (a thread), answers "blocked" and "nothing" alike, so every exception counts as a failure,
never as 0. Its relative dates can be wrong by days ("5 hours ago" becomes 5 days ago), so a piece that it dates more
than two days back is dropped, and an undated one is kept as undated. It reads HTTPS_PROXY itself.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from core.errors import SourceBroken, SourceError, SourceRefused, SourceUnreachable
from core.model import News, news_id
from core.sources.calendar import Day
from core.sources.collecting import Found
from core.sources.feeds import plain
from core.sources.topic import about_ai
from core.sources.urls import canonical
from core.text import one_line, shorten

QUERIES = (
    ("artificial intelligence model release", "us-en"),
    ("LLM open source developers", "us-en"),
    ("인공지능 AI 모델 공개", "kr-kr"),
)
_OLDEST = timedelta(days=2)
_PER_QUERY = 20
Hits = Sequence[Mapping[str, Any]]
_log = logging.getLogger(__name__)


class Search(Protocol):
    """What is used of `ddgs.DDGS`."""

    def news(self, query: str, *, region: str, timelimit: str, max_results: int) -> Hits: ...


class _Hit(BaseModel):
    title: str
    url: str
    body: str | None = ""
    source: str | None = ""
    date: str | None = None


def ddgs() -> Search:
    """The real one; imported when first used."""
    from ddgs import DDGS

    search: Search = DDGS(timeout=10)
    return search


@dataclass(frozen=True, slots=True)
class Ddgs:
    """`search` makes the object that searches (see `Search`); `within_s` bounds a query, `budget_s` all of them,
    `pause_s` lies between two."""

    search: Callable[[], Search] = ddgs
    queries: Sequence[tuple[str, str]] = QUERIES
    within_s: float = 15.0
    budget_s: float = 35.0
    pause_s: float = 1.0
    name: str = "DuckDuckGo"

    async def collect(self, day: Day) -> Found:
        ends = asyncio.get_running_loop().time() + self.budget_s
        hits: list[Mapping[str, Any]] = []
        failures: list[SourceError] = []
        for number, (query, region) in enumerate(self.queries):
            await asyncio.sleep(self.pause_s if number else 0)
            left = ends - asyncio.get_running_loop().time()
            try:
                hits += await self._ask(query, region, min(self.within_s, left))
            except SourceError as error:
                failures.append(error)
        if len(failures) == len(self.queries):
            raise failures[0]
        pieces = tuple({piece.id: piece for piece in _news(hits)}.values())
        fresh = tuple(piece for piece in pieces if _fresh(piece, day.now))
        return Found(fresh, _detail(fresh, len(pieces) - len(fresh), len(failures), len(self.queries)))

    async def _ask(self, query: str, region: str, within_s: float) -> Hits:
        def run() -> Hits:
            return self.search().news(query, region=region, timelimit="d", max_results=_PER_QUERY)

        try:
            async with asyncio.timeout(within_s):
                return await _in_thread(run)
        except TimeoutError as error:
            raise SourceUnreachable("응답 시간 초과") from error
        except Exception as error:  # the package's exceptions do not say what happened, and grow with every release
            _log.info("ddgs.failed query=%s error=%r", query, error)
            said = str(error).lower()
            refused = any(word in said for word in ("ratelimit", "202", "403", "429", "captcha"))
            raise (SourceRefused if refused else SourceUnreachable)("차단되었거나 응답 없음") from error


async def _in_thread(run: Callable[[], Hits]) -> Hits:
    """Like `asyncio.to_thread`, but a search that never returns does not keep the program from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Hits] = loop.create_future()

    def settle(hits: Hits, error: Exception | None) -> None:
        if done.done():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(hits)

    def work() -> None:
        hits: Hits = ()
        failure = None
        try:
            hits = run()
        except Exception as error:
            failure = error
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(settle, hits, failure)

    threading.Thread(target=work, daemon=True, name="ddgs").start()
    return await done


def _news(hits: Hits) -> Iterable[News]:
    """The hits about AI; single odd ones are left out, but when all are odd the package has changed."""
    read = [hit for raw in hits if (hit := _hit(raw))]
    if hits and not read:
        raise SourceBroken("형식이 다른 응답")
    for hit in read:
        url, title = canonical(hit.url), shorten(plain(hit.title), 300)
        summary = shorten(plain(hit.body or ""), 2_000)
        if title and url.startswith(("https://", "http://")) and about_ai(title, summary):
            source = shorten(one_line(hit.source or ""), 60) or "DuckDuckGo"
            yield News(news_id(url), url, title, summary, source, "ddgs", _when(hit.date))


def _hit(raw: Mapping[str, Any]) -> _Hit | None:
    try:
        return _Hit.model_validate(raw)
    except ValidationError:
        return None


def _fresh(piece: News, now: datetime) -> bool:
    return piece.published is None or now - _OLDEST <= piece.published <= now + timedelta(hours=1)


def _when(said: str | None) -> datetime | None:
    try:
        when = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    return when.astimezone(UTC) if when and when.tzinfo else when.replace(tzinfo=UTC) if when else None


def _detail(pieces: Iterable[News], old: int, failed: int, asked: int) -> str:
    undated = sum(piece.published is None for piece in pieces)
    notes = [(old, f"지난 글 {old}"), (undated, f"날짜 없음 {undated}"), (failed, f"검색 {asked}번 중 {failed}번 실패")]
    return ", ".join(note for count, note in notes if count)
