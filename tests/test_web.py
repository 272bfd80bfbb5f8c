"""The only way to the web, against a local server that behaves as badly as servers do."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web as server

from core.errors import SourceBroken, SourceError, SourceRefused, SourceUnreachable
from core.web import USER_AGENT, Page, Web, decode, inside

Handler = Callable[[server.Request], Awaitable[server.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """Its URL, without a final slash; every path goes to the handler."""
    app = server.Application()
    app.router.add_get("/{path:.*}", handler)
    runner = server.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = server.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


def answering(*answers: server.Response) -> tuple[Handler, list[server.Request]]:
    """Answers in turn, the last one for ever; and the requests that came."""
    seen: list[server.Request] = []

    async def handler(request: server.Request) -> server.StreamResponse:
        seen.append(request)
        given = answers[min(len(seen), len(answers)) - 1]
        return server.Response(status=given.status, body=given.body, headers=given.headers)

    return handler, seen


async def got(handler: Handler, path: str = "/", **options: Any) -> Page:
    async with serving(handler) as url, Web(again_s=0.01) as web:
        return await web.get(url + path, **options)


async def failure(handler: Handler, **options: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await got(handler, **options)
    return caught.value


# ------------------------------------------------------------------------------------------ one request
async def test_a_page_is_its_bytes_and_where_they_came_from() -> None:
    handler, seen = answering(
        server.Response(body="가".encode(), headers={"Content-Type": "text/plain; charset=utf-8"})
    )
    page = await got(handler, "/a?b=c")
    assert (page.status, page.text, page.content_type) == (200, "가", "text/plain; charset=utf-8")
    assert page.url.endswith("/a?b=c")
    assert seen[0].headers["User-Agent"] == USER_AGENT


async def test_statuses_that_the_caller_can_use_are_pages() -> None:
    handler, _ = answering(server.Response(status=404, text="없음"))
    assert (await got(handler, ok=(200, 404))).status == 404
    assert isinstance(await failure(handler), SourceBroken)


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (404, SourceBroken, "없는 주소(404)"),
        (418, SourceBroken, "뜻밖의 응답(418)"),
        (403, SourceRefused, "접근 거부(403)"),
        (429, SourceRefused, "요청 제한(429)"),
        (500, SourceUnreachable, "서버 오류(500)"),
        (503, SourceUnreachable, "서버 오류(503)"),
    ],
)
async def test_a_status_is_told_in_one_korean_reason(status: int, kind: type[SourceError], said: str) -> None:
    handler, _ = answering(server.Response(status=status, headers={"Retry-After": "0"}))
    error = await failure(handler)
    assert (type(error), str(error)) == (kind, said)


async def test_a_server_that_does_not_answer_is_given_up() -> None:
    async def silent(_: server.Request) -> server.StreamResponse:
        await asyncio.sleep(30)
        return server.Response()

    started = time.monotonic()
    error = await failure(silent, timeout_s=0.2)
    assert (type(error), str(error)) == (SourceUnreachable, "응답 시간 초과")
    assert time.monotonic() - started < 2


async def test_a_refused_connection_is_unreachable() -> None:
    async with serving(answering(server.Response())[0]) as url:
        pass
    async with Web(again_s=0.01) as web:
        with pytest.raises(SourceUnreachable, match="연결 실패"):
            await web.get(url)


async def test_a_body_that_breaks_off_is_not_a_page() -> None:
    async def cut(request: server.Request) -> server.StreamResponse:
        answer = server.StreamResponse(headers={"Content-Length": "100"})
        await answer.prepare(request)
        await answer.write(b"half")
        assert request.transport
        request.transport.close()
        return answer

    assert isinstance(await failure(cut), SourceUnreachable)


async def test_a_page_too_large_is_left_unread() -> None:
    handler, _ = answering(server.Response(body=b"x" * 10_000_000))
    assert "너무 큼" in str(await failure(handler, limit_bytes=1_000_000))


async def test_a_small_page_that_unpacks_to_a_large_one_is_left_too() -> None:
    packed = gzip.compress(b"x" * 20_000_000)
    handler, _ = answering(server.Response(body=packed, headers={"Content-Encoding": "gzip"}))
    assert "너무 큼" in str(await failure(handler, limit_bytes=1_000_000))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "file:///etc/passwd", "없는 주소", "http://", "javascript:1", "http://[::1"]
)
async def test_only_http_is_asked(url: str) -> None:
    async with Web() as web:
        with pytest.raises(SourceBroken):
            await web.get(url)


# ------------------------------------------------------------------------------------------ redirects
async def test_redirects_are_followed_to_the_page() -> None:
    async def moved(request: server.Request) -> server.StreamResponse:
        if request.path == "/new":
            return server.Response(text="hier")
        return server.Response(status=301, headers={"Location": "/new"})

    page = await got(moved, "/old")
    assert page.text == "hier" and page.url.endswith("/new")


@pytest.mark.parametrize("target", ["/again", "ftp://example.org/x", "javascript:alert(1)", "http://[::1"])
async def test_redirects_that_lead_nowhere_end(target: str) -> None:
    handler, seen = answering(server.Response(status=302, headers={"Location": target}))
    assert isinstance(await failure(handler), SourceBroken)
    assert len(seen) <= 6


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1:8080/x", True),
        ("http://169.254.169.254/latest", True),
        ("http://10.0.0.1/", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("http://db.internal/", True),
        ("https://arxiv.org/abs/1", False),
        ("https://8.8.8.8/", False),
    ],
)
def test_addresses_inside_are_known_so_that_a_public_page_cannot_send_us_there(url: str, private: bool) -> None:
    assert inside(url) is private


# ------------------------------------------------------------------------------------------ again
async def test_what_may_pass_is_tried_again() -> None:
    handler, seen = answering(server.Response(status=500), server.Response(status=503), server.Response(text="ok"))
    assert (await got(handler)).text == "ok"
    assert len(seen) == 3


@pytest.mark.parametrize(("status", "requests"), [(500, 3), (429, 3), (404, 1), (403, 1)])
async def test_attempts_are_counted(status: int, requests: int) -> None:
    handler, seen = answering(server.Response(status=status, headers={"Retry-After": "0"}))
    await failure(handler)
    assert len(seen) == requests


async def test_the_servers_own_time_is_waited() -> None:
    handler, _ = answering(server.Response(status=429, headers={"Retry-After": "1"}), server.Response(text="ok"))
    async with serving(handler) as url, Web() as web:
        started = time.monotonic()
        await web.get(url)
        assert time.monotonic() - started >= 1
        assert web.waited_s() >= 1


@pytest.mark.parametrize("as_date", [False, True])
async def test_a_wait_that_does_not_fit_is_not_begun(as_date: bool) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True) if as_date else "3600"
    handler, seen = answering(server.Response(status=429, headers={"Retry-After": later}))
    started = time.monotonic()
    error = await failure(handler, within_s=5)
    assert isinstance(error, SourceRefused) and error.retry_after and error.retry_after > 3_500
    assert time.monotonic() - started < 2 and len(seen) == 1


# ------------------------------------------------------------------------------------------ politeness
async def test_a_paced_group_goes_one_at_a_time_with_the_gap_between() -> None:
    arrivals: list[float] = []
    open_now = 0

    async def slow(_: server.Request) -> server.StreamResponse:
        nonlocal open_now
        open_now += 1
        assert open_now == 1
        arrivals.append(time.monotonic())
        await asyncio.sleep(0.05)
        open_now -= 1
        return server.Response()

    async with serving(slow) as url, Web(pace={"polite": 0.2}) as web:
        await asyncio.gather(*(web.get(f"{url}/{n}", group="polite") for n in range(4)))
        assert 0.3 < web.waited_s("polite") <= 0.65
        assert web.waited_s("other") == 0
    assert min(b - a for a, b in pairwise(arrivals)) >= 0.2


async def test_the_gap_also_follows_a_failure() -> None:
    arrivals: list[float] = []

    async def dropping(request: server.Request) -> server.StreamResponse:
        arrivals.append(time.monotonic())
        assert request.transport
        request.transport.abort()
        return server.Response()

    async with serving(dropping) as url, Web(pace={"polite": 0.2}, again_s=0.0) as web:
        with pytest.raises(SourceUnreachable):
            await web.get(url, group="polite")
    assert len(arrivals) == 3
    assert min(b - a for a, b in pairwise(arrivals)) >= 0.2


async def test_the_gap_follows_a_request_that_was_given_up() -> None:
    arrivals: list[float] = []

    async def silent(_: server.Request) -> server.StreamResponse:
        arrivals.append(time.monotonic())
        await asyncio.sleep(30)
        return server.Response()

    async with serving(silent) as url, Web(pace={"polite": 0.3}) as web:
        for _ in range(2):
            with pytest.raises(SourceUnreachable):
                await web.get(url, group="polite", within_s=0.5)
    assert arrivals[1] - arrivals[0] > 0.7  # the time given up after, and the gap; what arrives is seen a little late


async def test_other_hosts_are_not_kept_waiting() -> None:
    async def handler(_: server.Request) -> server.StreamResponse:
        await asyncio.sleep(0.1)
        return server.Response()

    async with serving(handler) as url, Web(pace={"polite": 5.0}) as web:
        started = time.monotonic()
        await asyncio.gather(*(web.get(f"{url}/{n}") for n in range(4)))
        assert time.monotonic() - started < 1
        assert web.waited_s() == 0


async def test_the_turn_is_bounded_too() -> None:
    handler, _ = answering(server.Response())
    async with serving(handler) as url, Web(pace={"polite": 30.0}) as web:
        await web.get(url, group="polite")
        with pytest.raises(SourceUnreachable, match="시간 초과"):
            await web.get(url, group="polite", within_s=0.2)


# ------------------------------------------------------------------------------------------ text
KOREAN = "한국어 제목"


@pytest.mark.parametrize(
    ("body", "content_type", "sure"),
    [
        (KOREAN.encode(), "", True),
        (b"\xef\xbb\xbf" + KOREAN.encode(), "", True),
        (KOREAN.encode(), "text/html; charset=iso-8859-1", True),  # the header is wrong
        (f'<?xml version="1.0" encoding="euc-kr"?>{KOREAN}'.encode("euc-kr"), "text/xml", True),
        (f'<meta charset="euc-kr">{KOREAN}'.encode("cp949"), "text/html; charset=utf-8", True),
        (KOREAN.encode("cp949"), "text/html; charset=euc-kr", True),
        (KOREAN.encode("cp949"), "text/html; charset=utf-8", False),
        (KOREAN.encode("utf-16"), "", True),
    ],
)
def test_korean_is_read_whatever_the_labels_say(body: bytes, content_type: str, sure: bool) -> None:
    text, certain = decode(body, content_type)
    assert text.endswith(KOREAN) and certain is sure


def test_bytes_that_are_no_text_are_bounded_and_marked() -> None:
    text, certain = decode(bytes(range(128, 256)) * 10)
    assert not certain and len(text) <= 1280
