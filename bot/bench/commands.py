"""`bench commands`: what a person asks, on an archive of two years: 730 editions and 200,000 items.

Search and `today` are measured as the bot answers them, through `build_answer` on an open store, one after another
and with the words of queries.tsv and of real titles. Recall and precision are of the labelled queries, over the
stories of the whole archive. Acknowledgements are measured of a process of the bot on that archive, over Slack's
Socket Mode. Making the archive takes minutes and is printed with what it takes on disk.
"""

import random
import re
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.app import build
from bot.bench.acknowledging import bench_acknowledging
from bot.bench.archive import LAST, fill, labelled
from bot.chat import Person, Place, Reply, Request
from bot.commands import build_answer
from bot.settings import Settings
from core.model import Profile
from core.searching import search
from core.store import Store
from core.web import Web

_NOW = datetime(LAST.year, LAST.month, LAST.day, 8, tzinfo=UTC)
_ITEMS, _DAYS = 200_000, 730
_ASKED = 200
_ACKNOWLEDGED = 500
_COMMON = ("model", "language models", "learning", "we propose", "arXiv", "cs", "모델", "학습", "말", "the of and")


async def bench_commands(listings: Path | None) -> dict[str, Any]:
    """The figures, with the aims beside them."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/archive.db"
        started = time.monotonic()
        async with Store(url) as store:
            await fill(store, _ITEMS, _DAYS, listings)
            made_s = round(time.monotonic() - started, 1)
            measured = await _measure(store, Path(folder))
        measured["acknowledged"] = await bench_acknowledging(url, Path(folder), _in_turn(), _ACKNOWLEDGED)
        size = _size(Path(folder))
        return {
            "items": _ITEMS, "editions": _DAYS, "made_s": made_s, "mib": round(size / 2**20),
            "kib_per_day": round(size / 1024 / _DAYS), **measured,
            "aims": {"search_p95_ms": 100, "today_p95_ms": 300, "f1": 0.9, "acknowledged_p99_ms": 100, "gap_ms": 250},
        }  # fmt: skip


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.glob("archive.db*"))


async def _measure(store: Store, home: Path) -> dict[str, Any]:
    answer, numbers = build_answer(build(Settings(aidaily_home=home), store, Web()), lambda: _NOW), count()

    async def silent(said: str) -> None: ...

    async def ask(verb: str, words: str) -> Reply | None:
        return await answer(Request(f"e{next(numbers)}", Place("slack", "C1"), Person("U1"), verb, words), silent)

    dice = random.Random(11)
    queries = [query for query, _ in labelled().queries] + await _titles(store, dice) + list(_COMMON)
    dates = [str(LAST - timedelta(days=dice.randrange(_DAYS))) for _ in range(_ASKED)]
    return {
        "search": await _times(lambda words: ask("search", words), queries),
        "search_common": await _times(lambda words: ask("search", words), _COMMON),
        "today": await _times(lambda words: ask("today", words), dates),
        "labelled": await quality(store),
    }


def _in_turn() -> list[str]:
    """What people type, one after the other."""
    dates = (LAST - timedelta(days=n % _DAYS) for n in range(0, 7 * _ASKED, 7))
    asked = zip(dates, labelled().queries, strict=False)
    return [text for on, (query, _) in asked for text in (f"today {on}", f"search {query}", "help", "status", "용어")]


async def _titles(store: Store, dice: random.Random) -> list[str]:
    """Two words of a title each, as people remember them."""
    items = await store.items.of(LAST)
    words = [re.findall(r"[A-Za-z]{4,}", item.title) for item in items]
    return [" ".join(dice.sample(each, 2)) for each in words if len(each) > 2][:_ASKED]


async def _times(do: Callable[[str], Awaitable[object]], arguments: Sequence[str]) -> dict[str, float]:
    """Milliseconds, one at a time; the first round only warms."""
    took = []
    await do(arguments[0])
    for each in arguments:
        started = time.perf_counter()
        await do(each)
        took.append(1000 * (time.perf_counter() - started))
    took.sort()
    return {
        "asked": len(took), "median_ms": round(statistics.median(took), 1),
        "p95_ms": round(took[int(0.95 * (len(took) - 1))], 1), "worst_ms": round(took[-1], 1),
    }  # fmt: skip


async def quality(store: Store) -> dict[str, Any]:
    """Recall and precision of the labelled queries, over sentences: a sentence is found when a story with it is."""
    labels, rows = labelled(), []
    for query, wanted in labels.queries:
        found = await search(store, f"{query} 종류:이슈", Profile(), limit=10_000)
        numbers = {int(match[0]) for hit in found.hits.hits if (match := re.search(r"\d+", hit.title))}
        rows.append((query, len(numbers & wanted), len(numbers), len(wanted)))
    right, given = sum(hit for _, hit, _, _ in rows), sum(got for _, _, got, _ in rows)
    wanted_ = sum(want for _, _, _, want in rows)
    precision, recall = right / max(given, 1), right / wanted_
    return {
        "queries": len(rows), "precision": round(precision, 3), "recall": round(recall, 3),
        "f1": round(2 * precision * recall / (precision + recall), 3) if right else 0.0,
        "imperfect": [query for query, hit, got, want in rows if (hit, hit) != (got, want)],
    }  # fmt: skip
