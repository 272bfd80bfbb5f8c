"""An archive of two years to measure on: items day by day, and an edition a day whose stories are in Korean.

The papers are those of a folder of listings where one is given, else made up; when they run out they come again
under other ids. The stories' sentences are ours (queries.tsv), so that what a query should find is known.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import cycle
from pathlib import Path

from bot.bench.papers import made_up_papers
from core.model import Claim, Edition, Funnel, Link, Paper, Profile, SourceReport, Story
from core.ranking import read_candidates
from core.store import Store

LAST = date(2026, 8, 21)
_STORIES, _SHORTLIST = 5, 20


@dataclass(frozen=True, slots=True)
class Labelled:
    """Sentences by number, and what each query should find."""

    sentences: dict[int, str]
    queries: tuple[tuple[str, frozenset[int]], ...]


def labelled() -> Labelled:
    rows = files("bot.bench").joinpath("queries.tsv").read_text(encoding="utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return Labelled(
        {int(number): sentence for kind, number, sentence in parts if kind == "s"},
        tuple((query, frozenset(map(int, ids.split()))) for kind, query, ids in parts if kind == "q"),
    )


async def fill(store: Store, items: int, days: int, listings: Path | None = None) -> None:
    """`items` items over `days` days up to LAST, and an edition of each day."""
    labels, dice = labelled(), random.Random(7)
    numbers = cycle(labels.sentences)
    for n, papers in enumerate(_days(items, days, listings)):
        on = LAST - timedelta(days=days - 1 - n)
        await store.items.save(papers, on)
        told = [next(numbers) for _ in range(_STORIES)]
        await store.editions.save(_edition(on, papers, [(i, labels.sentences[i]) for i in told], dice))


def _days(items: int, days: int, listings: Path | None) -> Iterator[tuple[Paper, ...]]:
    """A day's papers, each with an id that no other day has."""
    recorded = [read_candidates(path) for path in sorted(listings.glob("*.jsonl.gz"))] if listings else []
    pool = [paper for day in recorded for paper in day] or list(made_up_papers(2_000, datetime(2026, 2, 3, tzinfo=UTC)))
    supply = cycle(pool)
    for n in range(days):
        count = items * (n + 1) // days - items * n // days
        yield tuple(replace(next(supply), id=f"{n:04}.{k:05}") for k in range(count))


def _edition(on: date, papers: Sequence[Paper], told: Sequence[tuple[int, str]], dice: random.Random) -> Edition:
    shortlist = dice.sample(papers, _SHORTLIST)
    stories = tuple(
        _story(n, paper, number, sentence)
        for n, ((number, sentence), paper) in enumerate(zip(told, shortlist, strict=False), 1)
    )
    built = datetime.combine(on, time(7, 20), UTC)
    return Edition(
        date=on, profile=Profile().key, status="final", built_at=built, batch=None,
        funnel=Funnel(len(papers), len(papers), 60, _STORIES), sources=(SourceReport("arXiv", True, len(papers)),),
        stories=stories, actions=(), index=tuple(papers),
        shortlist=tuple(paper.id for paper in shortlist), ranking_choice=(),
    )  # fmt: skip


def _story(n: int, paper: Paper, number: int, sentence: str) -> Story:
    """Its headline says nothing but the sentence's number, its summary is the sentence; the paper's words are not
    labelled, so it has none."""
    claims = (Claim(sentence, "Words of the source."), Claim("자세한 조건은 원문에 있습니다.", "See the source."))
    blank = replace(paper, title="Untitled", abstract="Nothing.")
    return Story(
        n=n, item=blank, headline=f"꼭지 {number}호", keywords=(), summary=claims, one_liner="", ideas=(), risks=(),
        links=(Link("원문", paper.url),), basis="abstract", facts=(),
    )  # fmt: skip
