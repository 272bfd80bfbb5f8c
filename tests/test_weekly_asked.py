"""The week as people ask for it: /aidaily weekly on any platform, and `python -m bot weekly`."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Person, Place, Reply, Request
from bot.cli import main
from bot.commands import build_answer
from core.errors import LlmMisset
from core.render.message import Message, spans
from core.store import Store
from tests.days import Model
from tests.fakes import FakeClock, FakePlatform, made_app, seoul
from tests.test_cli import closed_world
from tests.test_weekly import BINDING
from tests.weeks import keep, week

NOW = seoul("2026-02-06 17:00")
HERE = Place("slack", "C1", "T1")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/aidaily.db") as opened:
        yield opened


class Channel:
    """A channel where somebody asks; `said`: the signs of progress."""

    def __init__(self, store: Store, home: Path, model: Any = None) -> None:
        clock = FakeClock(NOW)
        app = made_app(store, clock, home, FakePlatform(clock), completer=model)
        self.answer = build_answer(replace(app, model=model), lambda: NOW)
        self.said: list[str] = []
        self.asked = 0

    async def weekly(self, words: str = "", person: str = "U1") -> Message:
        self.asked += 1

        async def say(progress: str) -> None:
            self.said.append(progress)

        request = Request(f"e{self.asked}", HERE, Person(person), "weekly", words)
        reply = await self.answer(request, say)
        assert isinstance(reply, Reply) and reply.private and len(reply.messages) == 1
        return reply.messages[0]


def words(message: Message) -> str:
    return "\n".join("".join(span.text for span in spans(block)) for block in message.blocks)


async def test_the_week_is_made_once_and_then_shown_at_once(store: Store, tmp_path: Path) -> None:
    await keep(store, week())
    model = Model({"week": BINDING})
    channel = Channel(store, tmp_path, model)
    first = await channel.weekly()
    assert "에이전트의 도구 호출과 기억" in words(first) and first.picture and len(channel.said) == 1
    assert await channel.weekly("2026-02-06", "U2") == first
    assert model.names == ["week"] and len(channel.said) == 1


async def test_without_a_model_it_is_a_list(store: Store, tmp_path: Path) -> None:
    await keep(store, week())
    assert "원문 발췌" in words(await Channel(store, tmp_path).weekly())


async def test_a_model_that_nobody_knows_leaves_the_list_and_the_reason(store: Store, tmp_path: Path) -> None:
    await keep(store, week())
    channel = Channel(store, tmp_path, Model({"week": LlmMisset("LLM_MODEL", "모르는 모델입니다.")}))
    told = words(await channel.weekly())
    assert "원문 발췌" in told and "모르는 모델입니다." in told


async def test_no_edition_no_week(store: Store, tmp_path: Path) -> None:
    assert "나온 호가 없습니다" in words(await Channel(store, tmp_path).weekly())


@pytest.mark.parametrize(
    ("typed", "said"),
    [("어제", "2026-02-07처럼"), ("0001-01-01", "2026-02-07처럼"), ("2026-02-09", "아직 오지 않은 날")],
)
async def test_other_words_are_explained(store: Store, tmp_path: Path, typed: str, said: str) -> None:
    assert said in words(await Channel(store, tmp_path).weekly(typed))


async def test_who_asks_for_many_weeks_is_asked_to_wait(store: Store, tmp_path: Path) -> None:
    await keep(store, week())
    channel = Channel(store, tmp_path, Model({"week": BINDING}))
    told = [words(await channel.weekly(f"2026-02-0{day}")) for day in (6, 5, 4, 3, 2)]
    told += [words(await channel.weekly(f"2026-01-{day}")) for day in (10, 11, 12)]
    assert "분 뒤에 다시" in told[-1] and "흐름" in told[0]


def kept(home: Path) -> None:
    async def work() -> None:
        async with Store(f"sqlite+aiosqlite:///{home}/aidaily.db") as store:
            await keep(store, week())

    home.mkdir(exist_ok=True)
    asyncio.run(work())


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    closed_world(monkeypatch)
    monkeypatch.delenv("LLM_MODEL", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("AIDAILY_HOME", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "var"


def test_the_command_shows_it_and_leaves_files(home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept(home)
    assert main(["weekly", "--date", "2026-02-07", "--out", str(tmp_path / "out")]) == 0
    out, err = capsys.readouterr()
    assert "한 주의 흐름: 1월 31일–2월 6일" in out and "원문 발췌" in out and "저장:" in err
    for folder in (home / "editions", tmp_path / "out"):
        assert {path.name for path in folder.iterdir()} == {f"2026-02-07-week.{end}" for end in ("md", "html", "png")}
    assert (home / "editions" / "2026-02-07-week.png").read_bytes().startswith(b"\x89PNG")
    page = (home / "editions" / "2026-02-07-week.html").read_text(encoding="utf-8")
    assert "<script" not in page and "src=" not in page and "default-src 'none'" in page
    assert main(["weekly", "--date", "2026-02-07", "--quiet"]) == 0
    assert capsys.readouterr() == (out, "")


def test_a_week_without_editions_is_3_and_a_day_to_come_2(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["weekly", "--date", "2026-02-07"]) == 3
    assert "나온 호가 없습니다" in capsys.readouterr().err
    assert main(["weekly", "--date", "2999-01-01"]) == 2
    assert main(["weekly", "--date", "토요일"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "아직 오지 않은 날" in err and "Traceback" not in err


def test_a_model_that_is_away_is_1_and_a_list(home: Path, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    kept(home)
    for name, value in (
        ("LLM_MODEL", "openai/test"),
        ("LLM_API_BASE", "http://127.0.0.1:9/v1"),
        ("LLM_TIMEOUT_S", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert main(["weekly", "--date", "2026-02-07"]) == 1
    assert "모델의 답을 쓸 수 없어" in capsys.readouterr().out
