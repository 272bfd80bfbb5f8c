"""`bench build`: one day of 500 papers, built with a model that answers in 2.0 s and without any.

Each build runs in a process of its own, so that its memory is its own. The papers are made up, the sources
answer at once (politeness is not what is measured), the model is a local server reached through litellm.
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from bot.bench.model_server import Behaviour, model_server
from bot.bench.papers import made_up_papers
from core.fulltext import read
from core.house import House
from core.llm.provider import LiteLlm, ProviderSettings
from core.model import Batch, Collected, Edition, Item, Profile, Reading, SourceReport
from core.newsroom import Newsroom
from core.sources import Day
from core.sources.calendar import KST
from core.store import Store

_ON = date(2026, 2, 3)
_NOW = datetime(2026, 2, 3, 7, 20, tzinfo=UTC)
_PAPERS = 500
_MODEL_WAIT_S = 2.0
_WAITS_IN_A_ROW = 3  # choose, write (all at once), actions
_MIB = 1024


async def bench_build() -> dict[str, Any]:
    """The figures of both builds and of `--help`, with the aims beside them."""
    return {
        "papers": _PAPERS,
        "with_model": await _apart("with_model"),
        "without_model": await _apart("without_model"),
        "help_s": await _help(),
        "aims": {"own_s": 1.5, "calls": 9, "tokens_in": 60_000, "rss_mib": {"with_model": 400, "without_model": 220},
                 "help_s": 0.4},
    }  # fmt: skip


async def _apart(which: str) -> dict[str, Any]:
    code = f"from bot.bench.build import run_here; run_here({which!r})"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    if child.returncode:
        raise SystemExit(f"bench build: {which} ended with {child.returncode}")
    figures: dict[str, Any] = json.loads(out)
    return figures


async def _help() -> float:
    """The best of five starts of `--help`, in seconds."""
    took = []
    for _ in range(5):
        started = time.monotonic()
        arguments = ("-m", "bot", "--help")
        child = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.DEVNULL)
        await child.wait()
        took.append(time.monotonic() - started)
    return round(min(took), 3)


def run_here(which: str) -> None:
    """One build in this process; its figures as JSON on stdout."""
    sys.stdout.write(json.dumps(asyncio.run(_build(which == "with_model"))))


async def _build(with_model: bool) -> dict[str, Any]:
    async with model_server(Behaviour(delay_s=_MODEL_WAIT_S)) as server:
        model = LiteLlm(ProviderSettings(("openai/bench",), server.url, timeout_s=30, price_in=0.25, price_out=2.0))
        if with_model:
            await model.load()  # `run` has it loaded long before the build is due
        edition = await _edition(model if with_model else None)
    waits = _WAITS_IN_A_ROW * _MODEL_WAIT_S if with_model else 0.0
    return {
        "built_s": edition.built_s,
        "model_waits_s": waits,
        "own_s": round(edition.built_s - waits, 2),
        "stories": len(edition.stories),
        "written": sum(not story.extracted and bool(story.summary) for story in edition.stories),
        **{key: value for key, value in asdict(edition.cost).items() if key != "model"},
        "rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MIB,
    }


async def _edition(model: LiteLlm | None) -> Edition:
    found = Collected(
        made_up_papers(_PAPERS, _NOW), Batch(_ON, _NOW, _PAPERS), (SourceReport("arXiv", ok=True, count=_PAPERS),)
    )

    async def collect(day: Day) -> Collected:
        return found

    async def read_abstract(item: Item) -> Reading:
        return await read(item, basis="abstract")

    quiet: Callable[[str], None] = lambda words: None  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        async with Store(f"sqlite+aiosqlite:///{folder}/bench.db") as store:
            house = House(KST, judged=False)
            room = Newsroom(
                house, store, collect=collect, read=read_abstract, completer=model, today=lambda: _ON
            )  # fmt: skip
            return await room.edition(_ON, Profile(), _NOW, progress=quiet)
