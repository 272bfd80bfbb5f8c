"""The arXiv API through the package `arxiv`, with what the package lacks put under it.

Alone it has no time-out, ignores Retry-After, and turns "Rate exceeded.", a maintenance page, an empty page or a
cut document into fewer papers and no error. So the package builds the queries, pages and parses, and its HTTP session
is ours: every page is fetched through core.web (time-outs, size, politeness shared with listing and RSS, User-Agent)
and examined before the package sees it. The package is synchronous: it runs in a thread, its requests on the loop.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from core.errors import SourceBroken, SourceRefused
from core.model import Paper
from core.sources.urls import arxiv_id
from core.text import one_line
from core.web import Web

GROUP = "arxiv"  # one lane for all of arXiv's hosts
PAGE = 2_000
_IDS_PER_REQUEST = 400
_MOST_PAGES = 4
_LIMIT_BYTES = 16_000_000
_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


@dataclass(frozen=True, slots=True)
class Api:
    """`host` is ARXIV_API_URL; `timeout_s` bounds one request (a page of 2,000 takes arXiv some seconds)."""

    web: Web
    host: str
    timeout_s: float = 30.0
    page_size: int = PAGE

    async def window(
        self, categories: Sequence[str], opens: datetime, closes: datetime, within_s: float
    ) -> tuple[Paper, ...]:
        """Papers of the categories whose v1 was submitted in [opens, closes), newest first. Raises SourceError."""
        import arxiv

        last = closes - timedelta(minutes=1)
        either = " OR ".join(f"cat:{category}" for category in categories)
        search = arxiv.Search(
            query=f"({either}) AND submittedDate:[{opens:%Y%m%d%H%M} TO {last:%Y%m%d%H%M}]",
            max_results=None,
            sort_by=arxiv.SortCriterion.SubmittedDate,
        )
        return await self._results(search, within_s)

    async def by_id(self, ids: Sequence[str], within_s: float) -> tuple[Paper, ...]:
        """Papers by id, unknown ones left out. Raises SourceError."""
        import arxiv

        found: list[Paper] = []
        ends = asyncio.get_running_loop().time() + within_s
        for start in range(0, len(ids), _IDS_PER_REQUEST):
            left = ends - asyncio.get_running_loop().time()
            chunk = list(ids[start : start + _IDS_PER_REQUEST])
            found += await self._results(arxiv.Search(id_list=chunk, max_results=None), left)
        return tuple(found)

    async def _results(self, search: Any, within_s: float) -> tuple[Paper, ...]:
        session = _Session(self, asyncio.get_running_loop(), asyncio.get_running_loop().time() + within_s)
        run = asyncio.create_task(asyncio.to_thread(_run, self, search, session))
        try:
            papers = await asyncio.shield(run)
        except asyncio.CancelledError:
            session.close()
            await asyncio.wait((run,))  # its request is cancelled, so the thread ends now
            run.exception()
            raise
        different = len({paper.id for paper in papers})
        if different < session.total:
            raise SourceBroken(f"빠진 응답(전체 {session.total:,}편 중 {different:,}편)")
        return papers


def _run(api: Api, search: Any, session: "_Session") -> tuple[Paper, ...]:
    """In a thread: the package's own loop over pages, without its own waits and retries. Its results are 30 kB each,
    so they are ours before the next one comes."""
    import arxiv

    client = arxiv.Client(page_size=api.page_size, delay_seconds=0, num_retries=0)
    client.query_url_format = api.host.rstrip("/") + "/api/query?{}"
    client._session = session
    try:
        return tuple(map(_paper, client.results(search)))
    except arxiv.ArxivError as error:
        raise SourceBroken("형식이 다른 응답") from error


@dataclass(frozen=True, slots=True)
class _Response:
    content: bytes
    status_code: int = 200


class _Session:
    """What the package takes for a `requests.Session`: fetches on the event loop, examines, hands over."""

    def __init__(self, api: Api, loop: asyncio.AbstractEventLoop, ends: float) -> None:
        self._api = api
        self._loop = loop
        self._ends = ends
        self._pages = 0
        self._closed = False
        self._request: Future[bytes] | None = None
        self.total = 0

    def get(self, url: str, headers: object = None) -> _Response:
        self._pages += 1
        if self._closed or self._pages > _MOST_PAGES:
            raise SourceBroken("끝나지 않는 목록")
        self._request = asyncio.run_coroutine_threadsafe(self._fetch(url), self._loop)
        body = self._request.result()
        self.total = examine(body)
        return _Response(body)

    def close(self) -> None:
        self._closed = True
        if self._request:
            self._request.cancel()

    async def _fetch(self, url: str) -> bytes:
        page = await self._api.web.get(
            url,
            accept="application/atom+xml",
            group=GROUP,
            timeout_s=self._api.timeout_s,
            within_s=self._ends - self._loop.time(),
            limit_bytes=_LIMIT_BYTES,
            ok=(200, 400),
        )
        return page.body


def examine(body: bytes) -> int:
    """The total that an API answer promises; raises SourceError for every known way in which it is not one."""
    if body.strip() == b"Rate exceeded.":
        raise SourceRefused("요청 제한(Rate exceeded)")
    if b"<!DOCTYPE" in body[:1_000] or not body.strip():
        raise SourceBroken("형식이 다른 응답" if body.strip() else "빈 응답")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise SourceBroken("잘리거나 깨진 응답") from error
    total = root.findtext(_TOTAL, "")
    if root.tag != _ATOM + "feed" or not total.strip().isdigit():
        raise SourceBroken("형식이 다른 응답")
    entries = root.findall(_ATOM + "entry")
    if any("/api/errors" in entry.findtext(_ATOM + "id", "") for entry in entries):
        raise SourceBroken(f"API 오류: {one_line(entries[0].findtext(_ATOM + 'summary', ''))[:80]}")
    if not entries and int(total):
        raise SourceBroken(f"빈 응답(전체 {int(total):,}편 중 0편)")
    return int(total)


def _paper(result: Any) -> Paper:
    found = arxiv_id(result.entry_id)
    if found is None:
        raise SourceBroken(f"논문 번호가 아닌 항목: {one_line(result.entry_id)[:60]}")
    return Paper(
        id=found[0],
        title=one_line(result.title),
        abstract=one_line(result.summary),
        authors=tuple(one_line(author.name) for author in result.authors),
        categories=tuple(result.categories),
        primary=result.primary_category,
        version=found[1] or 1,
        comment=one_line(result.comment) if result.comment else None,
        published=result.published,
    )
