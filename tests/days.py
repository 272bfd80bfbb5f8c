"""A small day and a model that answers as told: for the tests of the pipeline."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from core.fulltext import read
from core.house import House
from core.llm import Completer, Completion, Request, Usage
from core.model import Batch, Collected, Item, News, Paper, Reading, SourceReport, news_id
from core.newsroom import Newsroom
from core.sources import Day
from core.sources.calendar import KST
from core.store import Store

ON = date(2026, 2, 3)
DUE = datetime(2026, 2, 3, 7, 20, tzinfo=UTC)  # 16:20 KST
MORNING = datetime(2026, 2, 3, 3, 0, tzinfo=UTC)
_TOPICS = ("agents", "retrieval", "serving", "evaluation", "quantization", "distillation", "planning", "vision")


def paper(n: int, **changes: Any) -> Paper:
    """Paper number n: its own name, figure and topic."""
    made = Paper(
        id=f"2602.{n:05d}",
        title=f"Model{n}X: Faster {_TOPICS[n % len(_TOPICS)].title()} for Language Models",
        abstract=f"We introduce Model{n}X for {_TOPICS[n % len(_TOPICS)]} with language models. "
        f"On two benchmarks Model{n}X reduces cost by {10 + n}%. Code is available at https://github.com/lab{n}/model.",
        authors=("A. Author", f"B. Writer{n}"),
        categories=("cs.CL", "cs.AI"),
        primary="cs.CL",
        published=datetime(2026, 2, 2, 10, n % 60, tzinfo=UTC),
    )
    return replace(made, **changes)


def news(n: int, **changes: Any) -> News:
    url = f"https://news.example/{n}"
    made = News(
        news_id(url), url, f"OpenAI releases Tool{n} SDK for AI agents",
        f"OpenAI released Tool{n}, an SDK for AI agents. It is available to developers today.", "OpenAI",
        published=datetime(2026, 2, 3, 1, n % 60, tzinfo=UTC),
    )  # fmt: skip
    return replace(made, **changes)


def collected(*items: Item) -> Collected:
    papers = sum(isinstance(item, Paper) for item in items)
    return Collected(
        items, Batch(ON, datetime(2026, 2, 3, 1, tzinfo=UTC), papers), (SourceReport("arXiv", ok=True, count=papers),)
    )


def good_story(name: str, figure: str) -> dict[str, Any]:
    return {
        "headline": f"{name}, 비용을 {figure} 줄이다",
        "keywords": ["언어 모델", "비용"],
        "summary": [
            {"text": f"{name}는 언어 모델을 더 빠르게 쓰는 방법입니다.", "quote": f"We introduce {name}"},
            {"text": f"벤치마크 두 개에서 비용을 {figure} 줄였습니다.", "quote": f"{name} reduces cost by {figure}"},
        ],
        "one_liner": "비용이 걸림돌인 팀이라면 먼저 재 볼 만합니다.",
        "ideas": ["같은 조건에서 비용 비교"],
        "risks": [{"text": "다른 조건의 결과는 자료에 없습니다.", "quote": None}],
    }


def week(source: str) -> dict[str, Any]:
    """Two strands of what is listed, each sentence with the first words of its source."""
    listed = [block.splitlines() for block in source.split("\n\n")]
    entries = [(lines[0].partition("[")[2].partition("]")[0], lines[-1].removeprefix("자료: ")) for lines in listed]
    entries = [(id, text.partition(" with ")[0].partition(". ")[0]) for id, text in entries if id]
    half = len(entries) // 2
    return {
        "strands": [
            {
                "headline": head,
                "ids": [id for id, _ in group],
                "lines": [{"text": "언어 모델을 더 빠르게 쓰는 방법이 나왔습니다.", "id": id, "quote": quote}
                          for id, quote in group[:2]],
            }
            for head, group in (("비용을 줄이는 방법", entries[:half]), ("개발 도구의 확장", entries[half:]))
        ],
        "outlook": None,
    }  # fmt: skip


@dataclass
class Model:
    """A `Completer` whose answers follow from the request. `rules`: by the beginning of a request's name, what to
    answer instead: a value, a text, an exception, or a function of the request. `before` runs first."""

    rules: dict[str, Any] = field(default_factory=dict)
    before: Callable[[Request], None] = lambda request: None
    names: list[str] = field(default_factory=list)
    model: str = "test-model"

    async def complete(self, request: Request) -> Completion:
        self.before(request)
        rule = next((r for prefix, r in self.rules.items() if request.name.startswith(prefix)), self._usual)
        value = rule(request) if callable(rule) else rule
        if isinstance(value, Exception):
            raise value
        self.names.append(request.name)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return Completion(text, self.model, Usage(1, 1_000, 100, 0.01))

    def _usual(self, request: Request) -> Any:
        source = request.turns[1].content
        if request.name.startswith("choose"):
            ids = [line[1 : line.index("]")] for line in source.splitlines() if line.startswith("[")]
            return {"picks": [{"id": i} for i in ids[:5]]}
        if request.name.startswith("week"):
            return week(source)
        if request.name.startswith("actions"):
            return {"actions": [{"lead": "비용 재기", "text": "같은 조건에서 비용 비교", "story": 1}]}
        n = int(request.name.removesuffix("/repair").rsplit(".", 1)[1])
        return good_story(f"Model{n}X", f"{10 + n}%")


def newsroom(
    store: Store,
    day: Collected | Exception | Callable[[Day], Awaitable[Collected]],
    completer: Completer | None = None,
    house: House | None = None,
    asked: list[Day] | None = None,
) -> Newsroom:
    """A newsroom whose only source is `day`, reading abstracts. `asked`: where to note what the source is asked."""

    async def collect(at: Day) -> Collected:
        if asked is not None:
            asked.append(at)
        if isinstance(day, Exception):
            raise day
        return await day(at) if callable(day) else day

    async def read_abstract(item: Item) -> Reading:
        return await read(item, basis="abstract")

    return Newsroom(
        house or House(KST, judged=False), store, collect=collect, read=read_abstract, completer=completer,
        today=lambda: ON,
    )  # fmt: skip


def papers(count: int) -> Sequence[Paper]:
    return [paper(n) for n in range(1, count + 1)]
