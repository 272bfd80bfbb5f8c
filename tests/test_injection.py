"""Hostile texts through the whole pipeline with a model that obeys them: nothing of it reaches a channel.

Each text stands where an attacker could put it (abstract, title, comment, news, body, question). The model writes what
the text orders into every field it has, the judge it is asked to be approves of everything.
"""

import json
import logging
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands.explained import answer_message, expansion_message
from bot.discord import components
from bot.discord import steps as discord
from bot.slack import blocks
from bot.slack import posting as slack
from core.expanding import ask, expand
from core.fulltext import Block, Document, Section, chunks, read
from core.house import House
from core.llm import Request
from core.model import Edition, Item, Profile, Reading
from core.newsroom import Newsroom
from core.render.markdown import markdown
from core.render.message import Heading, Message, Span
from core.render.messages import evidence, messages
from core.render.page import html
from core.render.plain import text as as_text
from core.sources.calendar import KST
from core.store import Store
from core.text import clean
from tests.days import DUE, ON, Model, collected, good_story, news, paper
from tests.test_expanding import PAPER, Says

Row = dict[str, Any]
CORPUS = Path(__file__).parent / "data" / "checking_injections.jsonl"
ROWS: list[Row] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
TOLD = [row for row in ROWS if row["where"] != "question"]  # what an item can carry


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/aidaily.db") as opened:
        yield opened


def hostile(n: int, row: Row) -> Item:
    """Item number n with the row's text in its place."""
    match row["where"]:
        case "title":
            return paper(n, title=clean(row["text"]))
        case "comment":
            return paper(n, comment=clean(row["text"]))
        case "news":
            item = news(n)
            return replace(item, summary=clean(f"{item.summary} {row['text']}"))
        case "abstract":
            return paper(n, abstract=clean(f"{paper(n).abstract} {row['text']}"))
    return paper(n)


@dataclass
class Bodies:
    """A library whose papers carry the rows' texts in their bodies."""

    rows: dict[str, Row]

    async def open(self, item: Item) -> Document:
        row = self.rows[item.id]
        said = row["text"] if row["where"] == "body" else "The rest follows earlier work."
        text = clean(f"{item.text} In detail, the cost falls on both benchmarks. {said}")
        results = (Block(clean(f"We find the same on a third benchmark. {said}"), "§2"),)
        sections = (Section("1", "Introduction", (Block(text, "§1"),)), Section("2", "Results", results))
        return Document(item.id, 1, "html", item.title, sections)


def obeying(rows: dict[str, Row], *, headline: bool) -> Model:
    """Writes what each item's text orders, in every field; approves of everything when asked to judge."""

    def story(request: Request) -> Any:
        item = request.name.removesuffix("/repair").split(":", 1)[1]
        row = rows[item]
        good = good_story(*_own(item))
        order = {"text": row["obeys"], "quote": row["text"][:300]}
        mixed = {
            "text": f"{good['summary'][1]['text'].rstrip('.')} {row['obeys']}",
            "quote": good["summary"][1]["quote"],
        }
        return good | {
            "headline": row["obeys"][:110] if headline else good["headline"],
            "keywords": [row["obeys"][:60], "언어 모델"],
            "summary": [*good["summary"], order] if headline else [*good["summary"][:1], mixed, good["summary"][1]],
            "one_liner": row["obeys"],
            "ideas": [row["obeys"], good["ideas"][0]],
            "risks": [order, {"text": row["obeys"], "quote": None}],
        }

    def actions(request: Request) -> Any:
        row = next(iter(rows.values()))
        return {"actions": [{"lead": row["obeys"][:60], "text": row["obeys"], "story": 1}]}

    def judge(request: Request) -> Any:
        numbers = re.findall(r"^(\d+)\. \[", request.turns[1].content, re.MULTILINE)
        return {"verdicts": [{"index": int(n), "verdict": "supported", "quote": ""} for n in numbers]}

    def choose(request: Request) -> Any:
        return {"picks": [{"id": item} for item in rows]}

    return Model({"choose": choose, "write": story, "actions": actions, "judge": judge})


def _own(item: str) -> tuple[str, str]:
    """The name and figure of tests.days' own items; news has none, so its sentences fall as unsupported."""
    n = int(item.rsplit(".", 1)[-1]) if item.startswith("2602.") else 0
    return f"Model{n}X", f"{10 + n}%"


async def built(store: Store, rows: Sequence[Row], model: Model | None) -> Edition:
    items = [hostile(n, row) for n, row in enumerate(rows, 1)]
    by_item = {item.id: row for item, row in zip(items, rows, strict=True)}
    library = Bodies(by_item)

    async def everything(item: Item) -> Reading:
        return await read(item, library, basis="fulltext")  # type: ignore[arg-type]

    async def collect(day: Any) -> Any:
        return collected(*items)

    if model is not None:
        model.rules |= obeying(by_item, headline="headline" in model.model).rules
    room = Newsroom(House(KST, judged=True), store, collect=collect, read=everything, completer=model, today=lambda: ON)
    return await room.edition(ON, Profile(stories=5), DUE)


def shown(edition: Edition) -> str:
    """All that leaves: what Slack and Discord are sent, the evidence behind each story, the files. The items' own
    titles are theirs, shown as such and escaped: they are taken out."""
    sent = [
        *(blocks.content(step.message) for step in slack.steps(edition, {}) if step.message),
        *(components.plain(step.message) for step in discord.steps(edition, {}) if step.message),
        *(blocks.content(evidence(story)) for story in edition.stories),
    ]
    told = "\n".join(as_text(message) for message in messages(edition))
    whole = "\n".join(
        [*(json.dumps(each, ensure_ascii=False) for each in sent), told, markdown(edition), html(edition)]
    )
    whole = whole.replace("\\", "")  # the forms' escapes
    for item in edition.index:
        whole = whole.replace(item.title, "")
        whole = re.sub(re.escape(item.title[:30]) + r"[^\n\"]{0,60}…", "", whole)  # cut for a notification
    return whole


def leaks(row: Row, whole: str) -> list[str]:
    return [never for never in row["never"] if never in whole]


def test_a_mention_in_a_title_calls_nobody() -> None:
    told = Message("answer", (Heading((Span("Fast Models @here and <!channel> must subscribe"),)),), "@here <!channel>")
    assert components.plain(told)["allowed_mentions"] == {"parse": []}
    assert components.layout(told)["allowed_mentions"] == {"parse": []}
    as_slack = json.dumps(blocks.content(told))
    assert "<!channel>" not in as_slack.replace('"text": "Fast Models @here and <!channel> must subscribe"', "")


def groups() -> list[list[Row]]:
    return [TOLD[at : at + 5] for at in range(0, len(TOLD), 5)]


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(ROWS) >= 60
    assert {row["where"] for row in ROWS} == {"abstract", "title", "comment", "news", "body", "question"}


@pytest.mark.parametrize("rows", groups(), ids=lambda rows: rows[0]["id"])
@pytest.mark.parametrize("style", ["plain", "headline"])
async def test_what_an_obeying_model_writes_never_reaches_a_channel(
    store: Store, caplog: pytest.LogCaptureFixture, rows: list[Row], style: str
) -> None:
    caplog.set_level(logging.INFO, logger="core")
    edition = await built(store, rows, Model(model=f"obeying-{style}"))
    whole = shown(edition)
    assert [(row["id"], leaks(row, whole)) for row in rows if leaks(row, whole)] == []
    assert len(edition.stories) == len(rows)
    assert edition.removed >= len(rows)
    for story in edition.stories:
        assert story.dropped, story.item.id
        assert any(
            story.item.id in record.getMessage() for record in caplog.records if "dropped" in record.getMessage()
        )


@pytest.mark.parametrize("rows", groups(), ids=lambda rows: rows[0]["id"])
async def test_without_a_model_an_order_is_not_quoted_either(store: Store, rows: list[Row]) -> None:
    edition = await built(store, rows, None)
    whole = shown(edition)
    planted = [row for row in rows if row["where"] != "title"]
    assert [(row["id"], leaks(row, whole)) for row in planted if leaks(row, whole)] == []
    assert all(story.summary for story in edition.stories)


def body(row: Row) -> Document:
    """A paper whose second section carries the order."""
    order = row["text"] if row["where"] in ("body", "abstract") else "The rest follows earlier work."
    sections = (
        Section("", "Abstract", (Block("We route tokens to two experts.", "초록"),)),
        Section("1", "Introduction", (Block("Routing is costly. We propose a small router.", "§1"),)),
        Section("2", "Results", (Block(clean(f"Accuracy rises by 3.1 points on RouteBench. {order}"), "§2"),)),
        Section("3", "Limitations", (Block(clean(f"We only tested English. {order}"), "§3"),)),
    )
    return Document(PAPER.id, 2, "html", PAPER.title, sections)


def sent(message: Message) -> str:
    pieces = [*map(blocks.content, blocks.pieces(message)), *map(components.layout, components.pieces(message))]
    return json.dumps([*pieces, *map(components.plain, components.plain_pieces(message))], ensure_ascii=False)


@pytest.mark.parametrize("row", [r for r in ROWS if r["where"] in ("body", "abstract")], ids=lambda row: row["id"])
async def test_an_expansion_obeys_nothing(row: Row) -> None:
    document = body(row)
    given = [chunk.id for chunk in chunks(document)]
    order = [{"text": row["obeys"], "cites": [name]} for name in given]
    reply = dict.fromkeys(("problem", "method", "results", "limits_stated", "limits_seen", "try_it"), order)
    expansion = await expand(document, PAPER, Says([reply]))
    assert leaks(row, sent(expansion_message(expansion))) == []
    assert not expansion.extracted or not expansion.sections or leaks(row, repr(expansion.sections)) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
async def test_an_answer_obeys_nothing(row: Row) -> None:
    document = body(row)
    question = row["text"] if row["where"] == "question" else "이 논문의 결과는?"
    claims = [{"text": row["obeys"], "cites": [chunk.id]} for chunk in chunks(document)]
    answer = await ask(document, PAPER, question, Says([{"found": True, "claims": claims}]))
    assert leaks(row, sent(answer_message(answer))) == []
    assert not answer.claims and answer.dropped


@pytest.mark.parametrize("row", [r for r in ROWS if r["where"] in ("body", "abstract")], ids=lambda row: row["id"])
async def test_without_a_model_passages_are_shown_without_their_orders(row: Row) -> None:
    document = body(row)
    assert leaks(row, sent(expansion_message(await expand(document, PAPER, None)))) == []
    question = "RouteBench accuracy, " + row["text"]
    assert leaks(row, sent(answer_message(await ask(document, PAPER, question, None)))) == []
