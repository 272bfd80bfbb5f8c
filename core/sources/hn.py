"""Hacker News through Algolia's search: points by URL for every item, and its AI stories as news.

One request for all stories of two days with more than 20 points, matched and filtered here: a query per word would be
many requests and still miss the links. Two days without one such story do not exist, so none means a fault.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ValidationError

from core.errors import SourceBroken
from core.model import News, Signals, news_id
from core.sources.calendar import Day
from core.sources.collecting import Found
from core.sources.topic import about_ai
from core.sources.urls import arxiv_id, canonical
from core.text import one_line, shorten
from core.web import Web

_SINCE = timedelta(days=2)
_POINTS = 20


class _Hit(BaseModel):
    objectID: str  # noqa: N815 — the service's own name
    title: str | None = None
    url: str | None = None
    points: int | None = None
    created_at_i: int

    @property
    def discussion(self) -> str:
        return f"https://news.ycombinator.com/item?id={self.objectID}"


class _Answer(BaseModel):
    hits: list[_Hit]


@dataclass(frozen=True, slots=True)
class HackerNews:
    """`host` is HN_API_URL."""

    web: Web
    host: str
    timeout_s: float = 15.0
    within_s: float = 40.0
    name: str = "Hacker News"

    async def collect(self, day: Day) -> Found:
        since, until = int((day.now - _SINCE).timestamp()), int(day.now.timestamp())
        page = await self.web.get(
            f"{self.host.rstrip('/')}/api/v1/search_by_date?tags=story&hitsPerPage=1000"
            f"&numericFilters=created_at_i>{since},created_at_i<={until},points>{_POINTS}",
            accept="application/json",
            group="hacker-news",  # also where a mirror serves everything from one host
            timeout_s=self.timeout_s,
            within_s=self.within_s,
            limit_bytes=8_000_000,
        )
        return read(page.body)


def read(body: bytes) -> Found:
    """Signals by item id for all stories; those about AI also as news (a story on a paper is a signal only)."""
    try:
        hits = _Answer.model_validate_json(body).hits
    except ValidationError as error:
        raise SourceBroken("형식이 다른 응답") from error
    if not hits:
        raise SourceBroken("이틀 동안의 글이 0건(있을 수 없음)")
    signals: dict[str, Signals] = {}
    news: list[News] = []
    for hit in sorted(hits, key=lambda hit: hit.points or 0):
        url = canonical(hit.url or hit.discussion)
        paper = arxiv_id(url)
        points = Signals(hn_points=hit.points, hn_url=hit.discussion)
        signals[paper[0] if paper else news_id(url)] = points
        title = shorten(one_line(hit.title or ""), 300)
        if title and not paper and about_ai(title):
            published = datetime.fromtimestamp(hit.created_at_i, UTC)
            news.append(News(news_id(url), url, title, "", "Hacker News", "hn", published, points))
    return Found(tuple(reversed(news)), signals=signals, detail=f"화제 글 {len(hits):,}건 중 AI")
