"""`bench reading`: what reading papers costs: HTML pages and PDFs parsed, memory, passages found, a digest from bodies.

Pages are made up unless a folder of real ones is given (`html/IDvN/index.html`, `pdf/IDvN.pdf`); the labelled questions
are about real papers and need it. Memory is measured in a process of its own. The digest is built from full texts with
the judge on, by a model that gets a figure wrong in each story and has to be told.
"""

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.bench.made_pages import full_html, full_pdf
from bot.bench.model_server import Behaviour, model_server
from bot.bench.papers import made_up_papers
from bot.bench.retrieval import documents, hits, pages
from core.fulltext import Library, read
from core.fulltext.html import parse_html
from core.fulltext.pdf import parse_pdf
from core.house import House
from core.llm.provider import LiteLlm, ProviderSettings
from core.model import Batch, Collected, Edition, Item, Profile, Reading, SourceReport
from core.newsroom import Newsroom
from core.sources import Day
from core.sources.calendar import KST
from core.store import Store
from core.web import Web

_ON = date(2026, 2, 3)
_NOW = datetime(2026, 2, 3, 7, 20, tzinfo=UTC)
_TRIES = 5
_PAPERS = 60
_MIB = 2**20


async def bench_reading(folder: Path | None = None) -> dict[str, Any]:
    """The figures, with the aims beside them."""
    real = tuple(pages(folder).values()) if folder else ()
    return {
        "html": _html(real or (full_html(made_up_papers(1, _NOW)[0], 400),)),
        "pdf_50_pages": await _pdf(),
        "pdf_100_pages": await _apart(),
        "retrieval": hits(await documents(folder)) if folder else "--papers 폴더가 있어야 잽니다",
        "digest_from_bodies": await _digest(),
        "aims": {"html_worst_s": 0.3, "pdf_50_pages_s": 1.0, "above_idle_mib": 200, "hit5": 0.9,
                 "calls": 20, "tokens_in": 150_000},
    }  # fmt: skip


def _html(given: Sequence[str]) -> dict[str, Any]:
    tries = [[_seconds(page) for _ in range(_TRIES)] for page in given]
    best = [min(wall for wall, _ in each) for each in tries]
    return {
        "pages": len(given), "kib_largest": max(map(len, given)) // 1024,
        "median_s": round(statistics.median(best), 3), "worst_s": round(max(best), 3),
        "worst_cpu_s": round(max(min(cpu for _, cpu in each) for each in tries), 3),
    }  # fmt: skip


async def _pdf() -> dict[str, float]:
    """The best of some tries, the worker's start included; `cpu_s` is what a busy machine does not change."""
    body = full_pdf(50)
    took: list[float] = []
    spent: list[float] = []
    for _ in range(_TRIES):
        started, before = time.perf_counter(), _cpu()
        await parse_pdf(body, "2602.09001", 1)
        took.append(time.perf_counter() - started)
        spent.append(_cpu() - before)
    return {"best_s": round(min(took), 3), "cpu_s": round(min(spent), 3)}


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


async def _apart() -> dict[str, float]:
    code = "from bot.bench.reading import run_here; run_here()"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    if child.returncode:
        raise SystemExit(f"bench reading: ended with {child.returncode}")
    figures: dict[str, float] = json.loads(out)
    return figures


def run_here() -> None:
    """One PDF of 100 pages in this process; what it takes above what there was, as JSON on stdout."""
    body = full_pdf(100)
    idle = _peak(resource.RUSAGE_SELF)
    asyncio.run(parse_pdf(body, "2602.09001", 1))
    own, worker = _peak(resource.RUSAGE_SELF) - idle, _peak(resource.RUSAGE_CHILDREN)
    figures = {"own_mib": own, "worker_mib": worker, "above_idle_mib": own + worker}
    sys.stdout.write(json.dumps({name: round(value / _MIB, 1) for name, value in figures.items()}))


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _seconds(page: str) -> tuple[float, float]:
    """On the clock, and of the processor."""
    started, before = time.perf_counter(), time.process_time()
    parse_html(page, "2602.09001", 1)
    return time.perf_counter() - started, time.process_time() - before


async def _digest() -> dict[str, Any]:
    items = made_up_papers(_PAPERS, _NOW)
    known = {f"/html/{paper.id}v{paper.version}": full_html(paper) for paper in items}

    async def answer(request: web.Request) -> web.Response:
        page = known.get(request.path)
        return web.Response(text=page or "", status=200 if page else 404, content_type="text/html")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        edition = await _edition(items, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()
    return {
        "stories": len(edition.stories), "basis": dict(Counter(story.basis for story in edition.stories)),
        "written": sum(not story.extracted and bool(story.summary) for story in edition.stories),
        "calls": edition.cost.calls, "tokens_in": edition.cost.tokens_in, "built_s": edition.built_s,
    }  # fmt: skip


async def _edition(items: Sequence[Item], site: str) -> Edition:
    async def collect(day: Day) -> Collected:
        report = SourceReport("arXiv", ok=True, count=len(items))
        return Collected(tuple(items), Batch(_ON, _NOW, len(items)), (report,))

    quiet: Callable[[str], None] = lambda words: None  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        async with (
            model_server(Behaviour(stumbles=True)) as server,
            Web() as outside,
            Store(f"sqlite+aiosqlite:///{folder}/bench.db") as store,
        ):
            library = Library(outside, site, Path(folder) / "papers")

            async def read_body(item: Item) -> Reading:
                return await read(item, library)

            model = LiteLlm(ProviderSettings(("openai/bench",), server.url, timeout_s=30, price_in=0.25, price_out=2.0))
            room = Newsroom(
                House(KST), store, collect=collect, read=read_body, completer=model, today=lambda: _ON
            )  # fmt: skip
            return await room.edition(_ON, Profile(), _NOW, progress=quiet)
