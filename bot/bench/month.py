"""`bench month`: 30 days in a row on real listings: is anything told twice, are follow-ups found?

Every day's papers are a listing's (weekends have none), news and what comes again are planted (plants.py) from what
was really told, and each plant's fate is looked up in what was decided and in what the edition says. Once without a
model, once with the local one. The store is a SQLite file as everybody's is by default, so its growth is theirs.
"""

import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from bot.bench.model_server import Behaviour, model_server
from bot.bench.papers import made_up_papers
from bot.bench.plants import Plant, days_news, plants
from core.errors import SettingsError
from core.fulltext import read
from core.house import House
from core.llm.provider import LiteLlm, ProviderSettings
from core.memory import MEMORY_DAYS, Recalled, recall
from core.model import Batch, Collected, Edition, Item, Paper, Profile, Reading, SourceReport
from core.newsroom import Newsroom
from core.ranking import read_candidates
from core.sources import Day
from core.sources.calendar import KST
from core.store import Store

_FIRST = date(2026, 4, 23)
_BUILT = clock(16, 20)
_MADE_UP = 60  # papers a day


async def bench_month(listings: Path | None, days: int = 30) -> dict[str, Any]:
    """The figures of both runs, with the aims beside them. Without `listings` the papers are made up."""
    papers = _listed(listings, days) if listings else _made_up(days)
    async with model_server(Behaviour()) as server:
        model = LiteLlm(ProviderSettings(("openai/bench",), server.url, timeout_s=30, price_in=0.0, price_out=0.0))
        await model.load()
        return {
            "days": days, "listings": len(papers), "papers": sum(map(len, papers.values())),
            "without_model": await _month(papers, days, None), "with_model": await _month(papers, days, model),
            "aims": {"repeats": 0, "wrong": []},
        }  # fmt: skip


def _listed(folder: Path, days: int) -> dict[date, tuple[Paper, ...]]:
    """Papers by day of the first `days` days in the folder or in its `days/`."""
    files = sorted((folder / "days").glob("*.jsonl*")) or sorted(folder.glob("*.jsonl*"))
    if not files:
        raise SettingsError("--listings", f"{folder} 안에 날짜별 후보 파일(YYYY-MM-DD.jsonl.gz)이 없습니다.")
    dated = {date.fromisoformat(file.name.split(".")[0]): file for file in files}
    ends = min(dated) + timedelta(days=days)
    return {on: read_candidates(file) for on, file in dated.items() if on < ends}


def _made_up(days: int) -> dict[date, tuple[Paper, ...]]:
    pool = made_up_papers(_MADE_UP * days, datetime.combine(_FIRST, clock(), UTC))
    every = {_FIRST + timedelta(days=n): pool[_MADE_UP * n : _MADE_UP * (n + 1)] for n in range(days)}
    return {on: papers for on, papers in every.items() if on.weekday() < 5}


@dataclass(slots=True)
class _Month:
    """What is known so far. `events`: of each told item's id, the id under which its event was first told."""

    planted: list[Plant] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)
    told: dict[str, date] = field(default_factory=dict)  # by event, the last time
    repeats: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stories: int = 0
    took: list[float] = field(default_factory=list)
    recalling: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


async def _month(papers: dict[date, tuple[Paper, ...]], days: int, model: LiteLlm | None) -> dict[str, Any]:
    month, first = _Month(), min(papers)
    with tempfile.TemporaryDirectory() as folder:
        async with Store(f"sqlite+aiosqlite:///{folder}/month.db") as store:
            for on in (first + timedelta(days=n) for n in range(days)):
                due = [plant for plant in month.planted if plant.due == on]
                items: list[Item] = [plant.item for plant in due]
                items += [paper for paper in papers.get(on, ()) if all(paper.id != item.id for item in items)]
                items += days_news(on)
                told = await store.editions.told(Profile(), on - timedelta(days=MEMORY_DAYS), on)
                started = time.perf_counter()
                known = recall(items, told, on)
                month.recalling.append(time.perf_counter() - started)
                started = time.perf_counter()
                edition = await _edition(store, on, tuple(items), model)
                month.took.append(time.perf_counter() - started)
                _look(month, edition, due, known)
                month.planted += plants(edition)
                await store.steps.prune(on - timedelta(days=MEMORY_DAYS))  # as `run` does
                month.sizes.append(_size(Path(folder)))
    return _figures(month)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("month.db*"))


async def _edition(store: Store, on: date, items: tuple[Item, ...], model: LiteLlm | None) -> Edition:
    now = datetime.combine(on, _BUILT, KST).astimezone(UTC)
    new = sum(isinstance(item, Paper) for item in items)
    found = Collected(items, Batch(on, now, new) if new else None, (SourceReport("arXiv", ok=True, count=new),))

    async def collect(day: Day) -> Collected:
        return found

    async def read_abstract(item: Item) -> Reading:
        return await read(item, basis="abstract")

    room = Newsroom(
        House(KST, budget_tokens=10**9, judged=False), store, collect=collect, read=read_abstract, completer=model,
        today=lambda: on,
    )  # fmt: skip
    return await room.edition(on, Profile(), now)


def _look(month: _Month, edition: Edition, due: list[Plant], known: Recalled) -> None:
    """Whether each plant met its fate, and whether any event was told again as if it were new."""
    by_id = {item.id: story for story in edition.stories for item in (story.item, *story.merged)}
    for plant in due:
        id_ = plant.item.id
        if plant.fate != "other":
            month.events[id_] = month.events.get(plant.of, plant.of)
        fate = "repeat" if id_ in known.repeats else "follow-up" if id_ in known.follow_ups else "other"
        story = by_id.get(id_)
        said = story is None or (plant.fate != "repeat" and bool(story.follow_up) == (plant.fate == "follow-up"))
        month.seen[plant.way] += 1
        month.right[plant.way] += fate == plant.fate and said
        month.shown[plant.way] += story is not None
        if fate != plant.fate or not said:
            month.wrong.append(f"{edition.date} {plant.way}: {fate} ({plant.item.title})")
    for story in edition.stories:
        month.stories += 1
        for event in {month.events.get(item.id, item.id) for item in (story.item, *story.merged)}:
            last = month.told.get(event)
            if last and edition.date - last <= timedelta(days=MEMORY_DAYS) and not story.follow_up:
                month.repeats.append(f"{edition.date} {story.item.title}")
            month.told[event] = edition.date


def _seconds(took: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(took), 2), "worst": round(max(took), 2)}


def _figures(month: _Month) -> dict[str, Any]:
    fates = {plant.way: plant.fate for plant in month.planted}
    growth = [after - before for before, after in zip(month.sizes, month.sizes[1:], strict=False)]
    return {
        "stories": month.stories,
        "repeats": len(month.repeats), "repeated": month.repeats,
        "planted": {
            way: {"should_be": fates[way], "planted": month.seen[way], "right": month.right[way],
                  "told": month.shown[way]}
            for way in sorted(month.seen, key=lambda way: (fates[way], way))
        },
        "wrong": month.wrong,
        "day_s": _seconds(month.took), "of_it_recalling_s": _seconds(month.recalling),
        "database": {"mib": round(month.sizes[-1] / 2**20, 1),
                     "kib_per_day": round(statistics.mean(growth) / 1024) if growth else 0},
    }  # fmt: skip
