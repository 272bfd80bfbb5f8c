"""The only way to the web: time-outs, a size limit, bounded retries, politeness, one error tree.

`Web.get` gives a whole page or one of core.errors, whose Korean text the digest prints as it is. What a page
means is left to the caller: a good answer of the wrong shape is the caller's `SourceBroken`.
Requests that name a `group` with a pace (arXiv's hosts) go one at a time, the next one that many seconds after
the last answer began: counted from the answer, not from the sending, so that the gap holds at the server too,
however long connecting took. A 429 makes the whole group rest, not just the one request.
"""

import asyncio
import ipaddress
import logging
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp

from core.errors import SourceBroken, SourceError, SourceRefused, SourceUnreachable

USER_AGENT = "AIDaily/0.1 (+self-hosted digest bot)"
_REFUSALS = (401, 403, 451)
_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 5
_PER_HOST = 4
_CONNECT_S = 10.0
_REST_S = 5.0  # after a 429 that names no Retry-After
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A complete answer. `url` is where it came from in the end."""

    url: str
    status: int
    content_type: str
    body: bytes

    @property
    def text(self) -> str:
        return decode(self.body, self.content_type)[0]


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    accept: str
    timeout: aiohttp.ClientTimeout
    limit_bytes: int
    ok: Collection[int]


@dataclass(frozen=True, slots=True)
class _Failure:
    """One failed attempt: the reason, whether another one makes sense, and the rest that the server asked for."""

    error: SourceError
    passing: bool = False
    rest_s: float | None = None


@dataclass(slots=True)
class _Lane:
    """One group's turn: who may go, when the next may start, how long callers stood here."""

    gap_s: float
    turn: asyncio.Semaphore
    free_at: float = 0.0
    waited_s: float = 0.0

    async def pause(self, seconds: float) -> None:
        if seconds <= 0:
            return
        now = asyncio.get_running_loop().time
        started = now()
        try:
            await asyncio.sleep(seconds)
        finally:
            self.waited_s += now() - started

    def rest(self) -> None:
        self.free_at = asyncio.get_running_loop().time() + self.gap_s


class Web:
    """An async context around one aiohttp session.

    `pace` maps a group's name to the least seconds between its requests; other requests are grouped by host,
    at most four at once. `retries` bounds further attempts after a dropped connection, 429 or 5xx, `again_s` after
    the failure (twice that at the next) where the server names no time.
    """

    def __init__(self, *, pace: Mapping[str, float] | None = None, retries: int = 2, again_s: float = 1.0) -> None:
        self._pace = dict(pace or {})
        self._retries = retries
        self._again_s = again_s
        self._lanes: dict[str, _Lane] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            headers={"User-Agent": USER_AGENT}, trust_env=True, cookie_jar=aiohttp.DummyCookieJar()
        )
        # aiohttp would repeat a dropped GET by itself, at once: past our count and past a group's pace
        self._session._retry_connection = False
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def waited_s(self, group: str | None = None) -> float:
        """Seconds spent on politeness and rests so far, in one group or in all together."""
        return sum(lane.waited_s for name, lane in self._lanes.items() if group in (None, name))

    async def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        group: str | None = None,
        timeout_s: float = 20.0,
        within_s: float = 60.0,
        limit_bytes: int = 5_000_000,
        ok: Collection[int] = (200,),
    ) -> Page:
        """The page at an http(s) URL. `timeout_s` bounds one attempt, `within_s` everything: waiting for the
        turn, attempts, pauses. Statuses outside `ok` are errors. Raises SourceUnreachable, SourceRefused,
        SourceBroken."""
        try:
            lane_of = group or urlsplit(url).netloc
        except ValueError as error:
            raise SourceBroken("주소가 올바르지 않음") from error
        timeout = aiohttp.ClientTimeout(total=timeout_s, sock_connect=_CONNECT_S)
        request = _Request(url, accept, timeout, limit_bytes, ok)
        ends = asyncio.get_running_loop().time() + within_s
        try:
            async with asyncio.timeout_at(ends), self._lane(lane_of) as lane:
                return await self._attempts(request, lane, ends)
        except TimeoutError as error:
            raise SourceUnreachable("응답 시간 초과") from error

    async def _attempts(self, request: _Request, lane: _Lane, ends: float) -> Page:
        now = asyncio.get_running_loop().time
        for attempt in range(self._retries + 1):
            await lane.pause(lane.free_at - now())
            result = await self._try(request, lane)
            if isinstance(result, Page):
                return result
            _log.info("web.failed url=%s attempt=%d reason=%s", request.url, attempt + 1, result.error)
            pause = self._again_s * 2**attempt if result.rest_s is None else result.rest_s
            if not result.passing or attempt == self._retries or now() + pause >= ends:
                raise result.error
            await lane.pause(pause)
        raise AssertionError("the last attempt returns or raises")

    @asynccontextmanager
    async def _lane(self, group: str) -> AsyncIterator[_Lane]:
        if group not in self._lanes:
            paced = group in self._pace
            self._lanes[group] = _Lane(self._pace.get(group, 0.0), asyncio.Semaphore(1 if paced else _PER_HOST))
        lane = self._lanes[group]
        async with lane.turn:
            yield lane

    async def _try(self, request: _Request, lane: _Lane) -> Page | _Failure:
        """One attempt, its redirects followed; the doorway where aiohttp's errors become ours."""
        try:
            for _ in range(_MAX_REDIRECTS + 1):
                result = await self._send(request, lane)
                if not isinstance(result, str):
                    return result
                if inside(result) and not inside(request.url):
                    return _Failure(SourceBroken("내부 주소로 넘김"))
                request = replace(request, url=result)
                await lane.pause(lane.gap_s)
            return _Failure(SourceBroken("끝없이 다른 주소로 넘김"))
        except SourceError as error:
            return _Failure(error)
        except asyncio.CancelledError:
            lane.rest()  # the server may still be at it
            raise
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as cause:
            lane.rest()
            return _translated(cause)

    async def _send(self, request: _Request, lane: _Lane) -> Page | _Failure | str:
        """The answer to one request, or the URL it redirects to."""
        if self._session is None:
            raise RuntimeError("Web is used outside its context")
        if urlsplit(request.url).scheme not in ("http", "https"):
            raise SourceBroken("http(s)가 아닌 주소")
        async with self._session.get(
            request.url, headers={"Accept": request.accept}, timeout=request.timeout, allow_redirects=False
        ) as answer:
            lane.rest()
            if answer.status in _REDIRECTS and "Location" in answer.headers:
                return urljoin(str(answer.url), answer.headers["Location"])
            if answer.status not in request.ok:
                return _refusal(answer.status, answer.headers.get("Retry-After"))
            body = await _read(answer, request.limit_bytes)
            return Page(str(answer.url), answer.status, answer.headers.get("Content-Type", ""), body)


def _translated(cause: Exception) -> _Failure:
    """Someone else's error as ours; what may have been an accident of the moment is worth another attempt."""
    passing = False
    error: SourceError
    if isinstance(cause, TimeoutError):
        error = SourceUnreachable("응답 시간 초과")
    elif isinstance(cause, ValueError):  # aiohttp's InvalidURL too
        error = SourceBroken("주소가 올바르지 않음")
    else:
        broke_off = isinstance(cause, aiohttp.ClientPayloadError)
        error, passing = SourceUnreachable("응답이 중간에 끊김" if broke_off else "연결 실패"), True
    error.__cause__ = cause
    return _Failure(error, passing)


def inside(url: str) -> bool:
    """Whether a URL names this machine or its private network: a public page may not send us there.
    Raises ValueError for what is no URL."""
    host = urlsplit(url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    """The decoded body; stops at the limit, so a small gzip cannot become a large page."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > limit:
            answer.close()
            raise SourceBroken(f"응답이 너무 큼({limit / 1e6:.0f}MB 초과)")
    return bytes(body)


def _refusal(status: int, retry_after: str | None) -> _Failure:
    """What a status means. 429 and 503 ask for patience, other 5xx may pass, the rest will not change."""
    rest = _seconds(retry_after)
    if status == 429:
        return _Failure(SourceRefused("요청 제한(429)", rest), passing=True, rest_s=_REST_S if rest is None else rest)
    if status in _REFUSALS:
        return _Failure(SourceRefused(f"접근 거부({status})", rest))
    if status >= 500:
        return _Failure(SourceUnreachable(f"서버 오류({status})"), passing=True, rest_s=rest)
    if status in (404, 410):
        return _Failure(SourceBroken(f"없는 주소({status})"))
    return _Failure(SourceBroken(f"뜻밖의 응답({status})"))


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After (RFC 9110 §10.2.3): seconds or a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        then = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (then.astimezone(UTC) - datetime.now(UTC)).total_seconds())


_DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?([\w.:-]+)""", re.I
)


def decode(body: bytes, content_type: str = "") -> tuple[str, bool]:
    """The text of a page, and whether every byte was read as some declared encoding said.

    Servers name the wrong encoding more often than text looks like valid UTF-8 by chance, so UTF-8 comes first,
    then the document's own word (XML declaration, meta), then the header, then CP949, which Korean pages leave out.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace"), True
    declared = _DECLARED.search(body[:2000])
    header = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.I)
    named = [name.decode() for name in (declared.groups() if declared else ()) if name]
    named += [header[1]] if header else []
    for encoding, sure in (("utf-8-sig", True), *((name, True) for name in named), ("cp949", False)):
        try:
            return body.decode("cp949" if encoding.lower() in ("euc-kr", "ks_c_5601-1987") else encoding), sure
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", "replace"), False
