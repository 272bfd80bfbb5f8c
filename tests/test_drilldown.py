"""One paper on request, as people meet it: through both platforms' real adapters, from a local arXiv's pages.

The reading room, the library, the commands and the adapters are the real ones; the model is the bench's reader.
"""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.app import App, opened
from bot.bench import model_reader
from bot.bench.made_pages import make_pdf, prose
from bot.commands import build_answer
from bot.discord import Discord
from bot.discord.components import nested
from bot.settings import Settings
from core.errors import BudgetReached
from core.llm import Completion, Request, Usage
from core.readingroom import ReadingRoom
from tests import slack_people
from tests.editions import DAY, full
from tests.fake_discord import ME, FakeDiscord, fake_discord
from tests.fake_slack import FakeSlack
from tests.fakes import seoul, until
from tests.slack_team import Team, at_work
from tests.test_discord_gateway import mention
from tests.test_discord_posting import nobody, settings_for
from tests.test_fulltext_library import BY, LOCKED, LONG, PNG, Arxiv, abstract_page, library
from tests.test_fulltext_pdf import LEFT, RIGHT

WITHDRAWN = "This paper has been withdrawn by the authors due to an error in Section 3"
SCAN = make_pdf([[], [], []], drawing="0 0 1 rg 72 72 400 600 re f\n")
ENDLESS = make_pdf([[*prose(72, 72, *(LEFT * 3)), *prose(320, 72, *(RIGHT * 3))]] * 311)
TEXTS: dict[int, dict[str, str | bytes]] = {
    1: {"html": LONG}, 2: {"pdf": LOCKED}, 3: {"pdf": SCAN}, 4: {"pdf": ENDLESS}, 5: {}, 6: {"html": LONG},
}  # fmt: skip


def arxiv() -> Arxiv:
    """Six papers, 2602.09001 to 2602.09006; the fifth is withdrawn, the sixth may not be shown."""
    pages: dict[str, str | bytes | int] = {}
    for n, texts in TEXTS.items():
        id = f"2602.0900{n}"
        licence = BY if n != 6 else "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
        pages[f"/abs/{id}"] = pages[f"/abs/{id}v2"] = abstract_page(
            title=f"Small Routers {n}", comment=WITHDRAWN if n == 5 else "", licence=licence
        )
        for kind, text in texts.items():
            pages[f"/{kind}/{id}v2"] = text.replace("2602.09001", id) if isinstance(text, str) else text
        pages[f"/html/{id}v2/x1.png"] = PNG
    return Arxiv(pages)


@dataclass
class Reader:
    """The bench's reader without its server. It keeps what it was asked; `delay_s` is how long it thinks."""

    asked: list[Request] = field(default_factory=list)
    delay_s: float = 0.0
    spent: bool = False
    model: str = "test/reader"

    async def complete(self, request: Request) -> Completion:
        self.asked.append(request)
        await asyncio.sleep(self.delay_s)
        if self.spent:
            raise BudgetReached("오늘의 토큰 예산(2,000,000)을 다 썼습니다.")
        source, question = request.turns[1].content, request.turns[-1].content
        expanding = request.name.startswith("expand")
        reply = model_reader.expansion(source) if expanding else model_reader.answer(source, question)
        return Completion(json.dumps(reply, ensure_ascii=False), self.model, Usage(1, 100, 10, 0.0))


class Room(Protocol):
    """A channel on one platform, and a person in it."""

    async def command(self, verb: str, words: str) -> str:
        """A slash command; all that its asker sees in the end."""
        ...

    async def say(self, words: str) -> str:
        """A mention of us in the same thread each time; the answer."""
        ...

    def pictures(self) -> list[bytes]: ...

    def signs(self) -> list[str]:
        """The first lines shown, oldest first."""
        ...


@dataclass
class OnSlack:
    team: Team
    thread: str = ""

    async def command(self, verb: str, words: str) -> str:
        slack = self.team.slack
        slack.responses.clear()
        slack.responded.clear()
        await slack.deliver("slash_commands", slack_people.command(slack, f"{verb} {words}"))
        await self.team.until(lambda: slack.responses and ended(told(slack.responses)))
        return told(slack.responses)

    async def say(self, words: str) -> str:
        slack = self.team.slack
        if not self.thread:
            self.thread = (await self.team.post())[0]["ts"]
        before = len(slack.said("C1"))
        await slack.deliver("events_api", slack_people.mention(slack, words, thread=self.thread))
        await self.team.until(lambda: len(slack.said("C1")) > before and ended(told(slack.said("C1")[before:])))
        return told(slack.said("C1")[before:])

    def pictures(self) -> list[bytes]:
        return [data for each in self.team.slack.responses for data in self.team.slack.pictures(each)]

    def signs(self) -> list[str]:
        return [line for each in self.team.slack.responded if (line := each.get("text", ""))]


@dataclass
class OnDiscord:
    fake: FakeDiscord
    token: str = ""
    mentions: int = 900

    async def command(self, verb: str, words: str) -> str:
        paper, _, question = words.partition(" ")
        options = [{"type": 3, "name": "paper", "value": words if verb == "paper" else paper}]
        options += [{"type": 3, "name": "question", "value": question}] if verb == "ask" else []
        data = {"id": "1", "name": "aidaily", "type": 1, "options": [{"type": 1, "name": verb, "options": options}]}
        self.token = await self.fake.interact(2, data, "100")
        await until(lambda: self._shown() and ended(self._shown()))
        return self._shown()

    def _shown(self) -> str:
        return "\n".join(readable(body) for kind, of, body in self.fake.webhooks if of == self.token and body)

    async def say(self, words: str) -> str:
        self.mentions += 1
        before = len(self.fake.messages["100"])
        await self.fake.send("MESSAGE_CREATE", mention(str(self.mentions), f"<@{ME}> {words}"))
        await until(lambda: len(self.fake.messages["100"]) > before and ended(readable(self.fake.messages["100"][-1])))
        return "\n".join(map(readable, self.fake.messages["100"][before:]))

    def pictures(self) -> list[bytes]:
        bodies = [body for _, of, body in self.fake.webhooks if of == self.token and body]
        return [bytes.fromhex(each["data"]) for body in bodies for each in body.get("attachments", ())]

    def signs(self) -> list[str]:
        said = [body for kind, of, body in self.fake.webhooks if of == self.token and kind == "PATCH"]
        return [body["content"] for body in said if body.get("content")]


def readable(body: Any) -> str:
    parts = [each["content"] for each in nested(body.get("components", ())) if each["type"] == 10]
    return "\n".join([body.get("content") or "", *parts])


def told(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join([str(value.get("text", "")), *(told(v) for v in value.values() if not isinstance(v, str))])
    return " ".join(map(told, value)) if isinstance(value, list) else ""


def ended(shown: str) -> bool:
    """Whether an answer or a refusal is seen, not only a sign of work."""
    return any(end in shown for end in ("근거: ", "다시 ", "없습니다. 번호를", "철회", "뉴스라", "골라 주세요"))


def reading(app: App, reader: Reader | None) -> App:
    return replace(app, reading=ReadingRoom(app.newsroom.house, app.store, app.library, reader, lambda: DAY))


@asynccontextmanager
async def slack_room(site: str, home: Path, reader: Reader | None) -> AsyncIterator[Room]:
    async with FakeSlack().running() as slack:
        slack.channel("C1")
        async with opened(Settings(_env_file=None, aidaily_home=home, arxiv_site_url=site, arxiv_delay_s=0)) as app:
            answer = build_answer(reading(app, reader), lambda: seoul(f"{DAY} 17:00"))
            await app.store.editions.save(full())
            async with at_work(slack, home / "slack", answer) as team:
                yield OnSlack(team)


@asynccontextmanager
async def discord_room(site: str, home: Path, reader: Reader | None) -> AsyncIterator[Room]:
    async with (
        fake_discord() as fake,
        opened(Settings(_env_file=None, aidaily_home=home, arxiv_site_url=site, arxiv_delay_s=0)) as app,
    ):
        await app.store.editions.save(full())
        platform = Discord(settings_for(fake), app.store, nobody)
        app = replace(reading(app, reader), platforms={"discord": platform})
        await platform.open()
        task = asyncio.create_task(platform.listen(build_answer(app, lambda: seoul(f"{DAY} 17:00"))))
        try:
            await until(lambda: fake.logins and fake.sockets)
            await asyncio.sleep(0.1)
            yield OnDiscord(fake)
        finally:
            task.cancel()
            await asyncio.wait({task})
            await platform.close()
        assert not fake.over, fake.over


Enter = Callable[..., Any]


@pytest.fixture(params=[slack_room, discord_room], ids=["slack", "discord"])
def enter(request: pytest.FixtureRequest, tmp_path: Path) -> Enter:
    """Opens a room over a local arXiv: `async with enter(reader) as room`."""

    @asynccontextmanager
    async def entering(reader: Reader | None = None, outside: Arxiv | None = None) -> AsyncIterator[Room]:
        async with library(outside or arxiv()) as shelf, request.param(shelf._site, tmp_path, reader) as room:
            yield room

    return entering


async def test_an_expansion_says_where_everything_stands_and_shows_a_free_papers_figure(enter: Enter) -> None:
    async with enter(Reader()) as room:
        shown = await room.command("paper", "https://arxiv.org/abs/2602.09001")
        assert "Small Routers for Large Mixtures" in shown or "Small Routers 1" in shown
        for part in ("문제", "결과", "한계 (저자가 밝힌 것)", "§4", "본문 HTML v2", "CC BY 4.0"):
            assert part in shown, part
        assert room.pictures() == [PNG]


async def test_without_a_free_licence_and_without_a_model_there_are_excerpts_and_a_link(enter: Enter) -> None:
    async with enter() as room:
        shown = await room.command("paper", "2602.09006")
        assert "원문 발췌" in shown and "그림: " in shown and "원문에서 보기" in shown
        assert room.pictures() == []


UNREADABLE = pytest.mark.parametrize(
    ("paper", "code", "sentence"),
    [
        ("2602.09002", 0, "PDF에 암호가 걸려 있어 읽을 수 없습니다. 초록만 읽었습니다."),
        ("2602.09003", 0, "PDF가 스캔한 그림이라 글자를 읽을 수 없습니다. 초록만 읽었습니다."),
        ("2602.09004", 0, "PDF가 311쪽이라 앞 300쪽만 읽었습니다."),
        ("2602.09005", 2, "저자가 철회한 논문입니다: arXiv 2602.09005v2. 본문이 더는 제공되지 않습니다."),
        ("2602.99999", 2, "arXiv에 번호가 2602.99999인 논문이 없습니다. 번호를 확인해 주세요."),
    ],
)


@UNREADABLE
async def test_a_text_that_cannot_be_had_is_one_clear_sentence(
    enter: Enter, paper: str, code: int, sentence: str
) -> None:
    async with enter() as room:
        assert sentence in await room.command("paper", paper)
        assert sentence in await room.command("ask", f"{paper} 한계는?")


@UNREADABLE
async def test_the_command_line_says_the_same(tmp_path: Path, paper: str, code: int, sentence: str) -> None:
    async with library(arxiv()) as shelf:
        env = {"PATH": os.environ["PATH"], "AIDAILY_HOME": str(tmp_path), "ARXIV_SITE_URL": shelf._site,
               "ARXIV_DELAY_S": "0", "PYTHONPATH": str(Path(__file__).parents[1])}  # fmt: skip
        for arguments in (("expand", paper), ("ask", paper, "한계는?")):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *arguments, env=env, cwd=tmp_path, stdout=PIPE, stderr=PIPE
            )  # fmt: skip
            out, err = (text.decode() for text in await process.communicate())
            assert process.returncode == code
            assert sentence in " ".join((err if code else out).split())
            assert "Traceback" not in err and (out == "") is bool(code)


async def test_a_news_story_has_no_body_and_says_where_it_can_be_read(enter: Enter) -> None:
    async with enter() as room:
        shown = await room.command("paper", "2")
        assert "2번은 뉴스라 펼칠 논문 본문이 없습니다" in shown and "example.com/2026/02/03" in shown


async def test_a_follow_up_in_the_thread_is_given_its_last_turns(enter: Enter) -> None:
    reader = Reader()
    async with enter(reader) as room:
        first = await room.say("2602.09001 H100 GPUs 몇 장인가요?")
        assert "§" in first or "표" in first
        await room.say("그럼 며칠 걸렸나요? days")
    before, after = (request.turns[-1].content for request in reader.asked[-2:])
    assert "이전 대화" not in before
    assert "이전 대화" in after and "질문: H100 GPUs 몇 장인가요?" in after
    assert after.endswith("질문: 그럼 며칠 걸렸나요? days")


async def test_one_person_who_asks_too_often_is_refused_politely(enter: Enter) -> None:
    async with enter(Reader()) as room:
        for _ in range(6):
            assert "받습니다" not in await room.command("ask", "2602.09001 H100?")
        refused = await room.command("paper", "2602.09001")
    assert "논문·질문·주간은 합쳐서 10분 동안 한 사람이 6번까지 받습니다. 10분 뒤에 다시 해 주세요." in refused


async def test_a_used_up_budget_is_a_polite_refusal(enter: Enter) -> None:
    async with enter(Reader(spent=True)) as room:
        for shown in (await room.command("paper", "2602.09001"), await room.command("ask", "2602.09001 H100?")):
            assert "오늘의 토큰 예산(2,000,000)을 다 썼습니다. 내일 다시 물어봐 주세요." in shown


async def test_a_sign_of_work_is_seen_within_a_second_and_progress_after_it(enter: Enter) -> None:
    reader = Reader(delay_s=1.0)
    async with enter(reader) as room:
        asking = asyncio.create_task(room.command("paper", "2602.09001"))
        started = time.monotonic()
        await until(lambda: _signs(room))
        assert time.monotonic() - started < 1.0
        await asking
    first, *_, last = _signs(room)
    assert "읽는 중" in first or "찾는 중" in first
    assert "정리하는 중" in last


def _signs(room: Room) -> list[str]:
    return [sign for sign in room.signs() if sign.endswith("…")]
