"""A message's picture, on every platform: shown with the words, in their place where it cannot be, posted once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Absent, Done, NotSent, Place, Reply, Request, Say, Step, Unsure
from bot.discord import Discord
from bot.discord.components import nested
from bot.discord.steps import Planned
from bot.slack import Slack
from bot.terminal import Terminal
from core.render.message import Heading, Message, Picture, Small, Span, Text
from core.render.split import Limits, split
from tests import slack_people as people
from tests.fake_discord import FakeDiscord, Trouble, fake_discord
from tests.fake_slack import FakeSlack
from tests.slack_team import at_work
from tests.test_discord_gateway import HELP, Someone, hearing
from tests.test_discord_posting import CHANNEL, POST, discord_at
from tests.test_slack_posting import settings as slack_settings
from tests.weeks import keep, week

PNG = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256))
CHART = Picture(PNG, "요일별 수집 건수를 그린 막대그래프", "week.png")
WORDS = "그림: 요일별 수집 건수를 그린 막대그래프"
MESSAGE = Message("closing", (Heading((Span("한 주"),)), Text((Span("본문"),))), "한 주", picture=CHART)
KEY = "ab" * 12
HERE = Place("slack", "C1")


@pytest.fixture
async def on_slack(slack: FakeSlack) -> AsyncIterator[Slack]:
    platform = Slack(slack_settings(slack))
    await platform.open()
    yield platform
    await platform.close()


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as server:
        yield server
        assert not server.over, server.over


@pytest.fixture
async def on_discord(discord: FakeDiscord) -> AsyncIterator[Discord]:
    async with discord_at(discord) as opened:
        yield opened


async def under_a_root(slack: Slack) -> tuple[str, ...]:
    root = await slack.do(Step(0, "root", Message("root", (Text((Span("루트"),)),), "루트"), "0" * 24), HERE, ())
    assert isinstance(root, Done)
    return (root.ref,)


def part(message: Message = MESSAGE) -> Step:
    return Step(1, "part", message, KEY)


def planned(message: Message = MESSAGE) -> Planned:
    return Planned(1, "part", message, KEY, thread=None)


def kinds(message: dict[str, Any]) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def galleries(message: dict[str, Any]) -> list[Any]:
    return [each["items"] for each in nested(message["components"]) if each["type"] == 12]


async def test_slack_shows_it_in_the_message_that_carries_the_key(slack: FakeSlack, on_slack: Slack) -> None:
    refs = await under_a_root(on_slack)
    done = await on_slack.do(part(), HERE, refs)
    message = slack.said("C1")[-1]
    assert slack.pictures(message) == [PNG] and kinds(message)[-1] == "image"
    assert message["blocks"][-1]["alt_text"] == CHART.alt
    assert message["thread_ts"] == refs[0] and message["metadata"]["event_payload"]["key"] == KEY
    assert await on_slack.find(part(), HERE, refs) == done


async def test_slack_takes_a_file_once_for_all_channels(slack: FakeSlack, on_slack: Slack) -> None:
    refs = await under_a_root(on_slack)
    await asyncio.gather(*(on_slack.do(part(), HERE, refs) for _ in range(5)))
    assert len(slack.uploads) == 1 and len(slack.said("C1")) == 6


async def test_a_post_with_a_picture_that_was_lost_is_found_and_not_repeated(slack: FakeSlack, on_slack: Slack) -> None:
    refs = await under_a_root(on_slack)
    slack.fail("chat.postMessage", "lost")
    assert isinstance(await on_slack.do(part(), HERE, refs), Unsure)
    assert isinstance(await on_slack.find(part(), HERE, refs), Done)
    assert len(slack.said("C1")) == 2 and slack.pictures(slack.said("C1")[-1]) == [PNG]


async def test_slack_may_still_be_working_at_the_file(slack: FakeSlack, on_slack: Slack) -> None:
    refs = await under_a_root(on_slack)
    slack.unready = 1
    assert isinstance(await on_slack.do(part(), HERE, refs), Done)
    assert slack.pictures(slack.said("C1")[-1]) == [PNG]
    slack.unready = 9
    assert isinstance(await on_slack.do(part(), HERE, refs), Done)
    assert "image" not in kinds(slack.said("C1")[-1]) and WORDS in str(slack.said("C1")[-1])


@pytest.mark.parametrize(
    ("method", "how"),
    [("files.getUploadURLExternal", "missing_scope"), ("files.completeUploadExternal", "500"), ("upload", "500")],
)
async def test_words_do_not_wait_for_a_picture_that_slack_does_not_take(
    slack: FakeSlack, on_slack: Slack, method: str, how: str
) -> None:
    refs = await under_a_root(on_slack)
    slack.fail(method, how)
    assert isinstance(await on_slack.do(part(), HERE, refs), Done)
    assert "image" not in kinds(slack.said("C1")[-1]) and WORDS in str(slack.said("C1")[-1])


async def test_slacks_pause_holds_for_a_picture_as_for_words(slack: FakeSlack, on_slack: Slack) -> None:
    refs = await under_a_root(on_slack)
    slack.fail("files.getUploadURLExternal", "429:7")
    outcome = await on_slack.do(part(), HERE, refs)
    assert isinstance(outcome, NotSent) and outcome.retry_after_s == 7
    assert len(slack.said("C1")) == 1


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("unready", [0, 1, 9])
async def test_an_answer_on_slack_has_its_picture(
    slack: FakeSlack, tmp_path: Path, private: bool, unready: int
) -> None:
    async def answer(request: Request, say: Say) -> Reply | None:
        return Reply((MESSAGE,), private)

    slack.unready = unready
    async with at_work(slack, tmp_path, answer) as team:
        await slack.deliver("slash_commands", people.command(slack, "weekly"))
        await team.until(lambda: slack.responses or slack.said("C1"))
        (message,) = [*slack.responses, *slack.said("C1")]
    if unready < 9:
        assert slack.pictures(message) == [PNG]
    else:
        assert WORDS in str(message)


async def test_discord_shows_it_in_the_message_that_carries_the_key(discord: FakeDiscord, on_discord: Discord) -> None:
    done = await on_discord.do(planned(), CHANNEL, ("1",))
    (message,) = discord.messages["100"]
    assert [items[0]["media"]["url"] for items in galleries(message)] == ["attachment://week.png"]
    assert bytes.fromhex(message["attachments"][0]["data"]) == PNG
    assert message["attachments"][0]["description"] == CHART.alt
    (body,) = discord.bodies("POST", POST)
    assert body["nonce"] == KEY and body["enforce_nonce"]
    assert isinstance(done, Done)


async def test_a_lost_message_with_a_picture_is_found_on_discord(discord: FakeDiscord, on_discord: Discord) -> None:
    marked = Message("closing", (*MESSAGE.blocks, Small((Span("2026-02-07 · 7/7"),))), "한 주", picture=CHART)
    discord.troubles.append(Trouble("POST", POST, done=True))
    assert isinstance(await on_discord.do(planned(marked), CHANNEL, ("1",)), Unsure)
    assert isinstance(await on_discord.find(planned(marked), CHANNEL, ("1",)), Done)
    assert len(discord.messages["100"]) == 1


@pytest.mark.parametrize(("status", "code"), [(413, 40005), (400, 50035), (403, 50013)])
async def test_words_stand_for_a_picture_that_discord_does_not_take(
    discord: FakeDiscord, on_discord: Discord, status: int, code: int
) -> None:
    marked = Message("closing", (*MESSAGE.blocks, Small((Span("2026-02-07 · 7/7"),))), "한 주", picture=CHART)
    discord.troubles.append(Trouble("POST", POST, status=status, code=code))
    assert isinstance(await on_discord.do(planned(marked), CHANNEL, ("1",)), Done)
    (message,) = discord.messages["100"]
    assert galleries(message) == [] and WORDS in discord.texts("100")[0]
    assert isinstance(await on_discord.find(planned(marked), CHANNEL, ("1",)), Done)


async def test_an_absent_picture_step_is_absent(on_discord: Discord, discord: FakeDiscord) -> None:
    discord.put("100", {"content": "남의 글"})
    assert await on_discord.find(planned(), CHANNEL, ("1",)) == Absent()


@pytest.mark.parametrize("private", [True, False])
async def test_an_answer_on_discord_has_its_picture(discord: FakeDiscord, tmp_path: Path, private: bool) -> None:
    someone = Someone()

    async def answer(request: Request, say: Say) -> Reply | None:
        return Reply((MESSAGE,), private)

    someone.replies = answer
    async with hearing(discord, someone, tmp_path):
        said = await discord.answered(await discord.interact(2, HELP, "100"), 2 if private else 3)
    _, body = said[-1]
    assert bytes.fromhex(body["attachments"][0]["data"]) == PNG
    assert [items[0]["media"]["url"] for items in galleries(body)] == ["attachment://week.png"]


async def test_the_terminal_keeps_it_as_a_file_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(tmp_path / "terminal.jsonl")
    assert isinstance(await terminal.do(part(), Place("terminal", "local"), ("1",)), Done)
    shown = capsys.readouterr().out
    (file,) = (tmp_path / "pictures").iterdir()
    assert file.read_bytes() == PNG and str(file) in shown and WORDS in shown


def test_of_a_message_in_several_the_last_has_the_picture() -> None:
    long = Message("answer", tuple(Text((Span("문장입니다. " * 20),)) for _ in range(9)), "긴 글", picture=CHART)
    *firsts, last = split(long, Limits(text=400, block=300, blocks=9))
    assert last.picture == CHART and not any(piece.picture for piece in firsts)


async def test_an_answer_that_is_shared_on_slack_keeps_its_picture(slack: FakeSlack, tmp_path: Path) -> None:
    async with at_work(slack, tmp_path) as team:
        await keep(team.app.store, week()[:2])
        await slack.deliver("slash_commands", people.command(slack, "weekly"))
        await team.until(lambda: slack.responses and slack.pictures(slack.responses[-1]))
        click = people.click_whispered(slack, slack.responses[-1], "채널에 공유")
        await slack.deliver("interactive", click)
        await team.until(lambda: slack.said("C1"))
        assert slack.pictures(slack.said("C1")[0]) == slack.pictures(slack.responses[-1])
