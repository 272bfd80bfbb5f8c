"""How this process is, for a supervisor and for Prometheus: a heartbeat file, and HTTP on HEALTH_PORT if it is set.

`/` answers 200 while the last tick is young and 503 when it is not; `/metrics` is Prometheus' text format
(https://prometheus.io/docs/instrumenting/exposition_formats/). Nothing secret is in either. Under `/archive/`, where it
is wanted, stand the files that the archive wrote itself: a name is looked up among those, so no path that a request can
spell leads anywhere else in AIDAILY_HOME.
"""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.archive import names
from bot.clock import Clock
from bot.settings import port_refused
from core.errors import StoreError
from core.store import Store

log = logging.getLogger(__name__)
OLD_S = 60.0
_TYPES = {".html": "text/html", ".md": "text/markdown", ".xml": "application/atom+xml"}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Pulse:
    """The last tick of the process. `counts`: outcomes of writes by platform and name."""

    def __init__(self, store: Store, clock: Clock, file: Path, counts: Mapping[str, Mapping[str, int]]) -> None:
        self._store = store
        self._clock = clock
        self._file = file
        self._counts = counts
        self._last: datetime = clock.now()

    async def tick(self) -> None:
        """Notes that all is going round; the file says so to whoever cannot ask."""
        self._last = self._clock.now()
        await asyncio.to_thread(_write, self._file, json.dumps({"at": self._last.isoformat(), "pid": os.getpid()}))

    async def health(self) -> dict[str, object]:
        """`ok`, the last tick's age in seconds, and the depth of the queue (None: the database does not answer)."""
        age = (self._clock.now() - self._last).total_seconds()
        health: dict[str, object] = {"ok": age < OLD_S, "tick_age_s": round(age, 3), "queue": None, "roots": None}
        try:
            queue = await self._store.deliveries.queue(self._clock.now())
        except StoreError:
            return health | {"ok": False, "next_due": None}
        next_due = queue.next_due.isoformat() if queue.next_due else None
        return health | {"queue": queue.due, "roots": queue.roots, "next_due": next_due}

    async def metrics(self) -> str:
        return "\n".join(_lines(await self.health(), self._counts)) + "\n"


def _lines(health: Mapping[str, object], counts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for name, words, value in (
        ("aidaily_up", "1 while the process is going round", int(bool(health["ok"]))),
        ("aidaily_tick_age_seconds", "age of the last tick", health["tick_age_s"]),
        ("aidaily_queue_deliveries", "deliveries that are due", health["queue"]),
        ("aidaily_queue_roots", "of these, those whose root is not out", health["roots"]),
    ):
        if value is not None:
            yield from (f"# HELP {name} {words}", f"# TYPE {name} gauge", f"{name} {value}")
    yield "# HELP aidaily_writes_total writes to the platforms by how they ended"
    yield "# TYPE aidaily_writes_total counter"
    for platform, outcomes in sorted(counts.items()):
        for outcome, count in sorted(outcomes.items()):
            yield f'aidaily_writes_total{{platform="{platform}",outcome="{outcome}"}} {count}'


@asynccontextmanager
async def health_server(pulse: Pulse, port: int | None, archive: Path | None = None) -> AsyncIterator[None]:
    """Serves on all addresses while the block runs; nothing when `port` is None. `archive`: the folder to show under
    /archive/, None = none. Raises SettingsError for a port that is taken."""
    if port is None:
        yield
        return

    async def health(request: web.Request) -> web.Response:
        state = await pulse.health()
        return web.json_response(state, status=200 if state["ok"] else 503)

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(text=await pulse.metrics(), headers={"Content-Type": "text/plain; version=0.0.4"})

    app = web.Application()
    app.add_routes([web.get("/", health), web.get("/health", health), web.get("/metrics", metrics)])
    if archive:
        app.add_routes(archive_routes(archive))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, port=port).start()
        except OSError as error:
            raise port_refused("HEALTH_PORT", port, error) from error
        yield
    finally:
        await runner.cleanup()


def archive_routes(folder: Path) -> Sequence[web.RouteDef]:
    """/archive/ and the pages under it; 404 for anything that is not one of them."""

    async def page(request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name") or "index.html"
        path = folder / name
        if name not in await asyncio.to_thread(names, folder) or path.is_symlink() or not path.is_file():
            raise web.HTTPNotFound(text="그런 페이지가 없습니다.")
        return web.FileResponse(path, headers={**_HEADERS, "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"})

    async def door(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/archive/")

    return (web.get("/archive", door), web.get("/archive/", page), web.get("/archive/{name}", page))


def _write(path: Path, text: str) -> None:
    try:
        fresh = path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        log.warning("heartbeat.not_written reason=%s", error)
