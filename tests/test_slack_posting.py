"""Steps on Slack: written once, under their root, found by their key, and every failure told for what it is."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.chat import Absent, Closed, CouldNotLook, Done, NotSent, Place, Rejected, Step, Unsure
from bot.settings import Settings
from bot.slack import Slack
from core.errors import SettingsError
from core.render.message import Message, Span, Text
from tests.editions import full
from tests.fake_slack import FakeSlack
from tests.slack_workspace import BOT

PLACE = Place("slack", "C1")


@pytest.fixture
async def platform(slack: FakeSlack) -> AsyncIterator[Slack]:
    opened = Slack(settings(slack))
    await opened.open()
    yield opened
    await opened.close()


def settings(slack: FakeSlack, **other: Any) -> Settings:
    return Settings(_env_file=None, slack_bot_token=BOT, slack_api_url=f"{slack.base}/api", **other)


def steps(platform: Slack) -> tuple[Step, ...]:
    return tuple(replace(step, key=f"{step.seq:024x}") for step in platform.steps(full(), {}))


async def posted(platform: Slack, count: int) -> tuple[str, ...]:
    refs: tuple[str, ...] = ()
    for step in steps(platform)[:count]:
        outcome = await platform.do(step, PLACE, refs)
        assert isinstance(outcome, Done), outcome
        refs += (outcome.ref,)
    return refs


async def test_an_edition_is_a_root_and_replies_under_it(slack: FakeSlack, platform: Slack) -> None:
    refs = await posted(platform, 7)
    said = slack.said("C1")
    assert [message["ts"] for message in said] == list(refs)
    assert "thread_ts" not in said[0]
    assert {message["thread_ts"] for message in said[1:]} == {refs[0]}
    for message in said:
        assert message["unfurl_links"] is False and message["unfurl_media"] is False and message["text"]
        assert not message.get("reply_broadcast")


async def test_every_message_carries_its_key_and_is_found_by_it(slack: FakeSlack, platform: Slack) -> None:
    refs = await posted(platform, 7)
    assert [message["metadata"]["event_payload"]["key"] for message in slack.said("C1")] == [
        step.key for step in steps(platform)
    ]
    for step in steps(platform):
        assert await platform.find(step, PLACE, refs[: step.seq]) == Done(refs[step.seq])


async def test_what_is_not_there_is_absent(slack: FakeSlack, platform: Slack) -> None:
    refs = await posted(platform, 3)
    wanted = steps(platform)
    assert await platform.find(replace(wanted[0], key="f" * 24), PLACE, ()) == Absent()
    assert await platform.find(wanted[3], PLACE, refs) == Absent()


async def test_it_looks_through_all_pages(slack: FakeSlack, platform: Slack) -> None:
    slack.page = 15
    refs = await posted(platform, 2)
    for n in range(40):
        slack.channels["C1"].messages.append({"type": "message", "user": "U1", "text": str(n), "ts": slack.ts()})
    for n in range(40):
        note = {"type": "message", "user": "U1", "text": str(n), "ts": slack.ts(), "thread_ts": refs[0]}
        slack.channels["C1"].messages.append(note)
    third = await platform.do(steps(platform)[2], PLACE, refs)
    assert await platform.find(steps(platform)[0], PLACE, ()) == Done(refs[0])
    assert await platform.find(steps(platform)[2], PLACE, refs) == third


async def test_a_lost_response_is_a_doubt_and_the_message_is_there_once(slack: FakeSlack, platform: Slack) -> None:
    slack.fail("chat.postMessage", "lost")
    root = steps(platform)[0]
    assert isinstance(await platform.do(root, PLACE, ()), Unsure)
    assert len(slack.said("C1")) == 1
    assert await platform.find(root, PLACE, ()) == Done(slack.said("C1")[0]["ts"])


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ("429:3", NotSent), ("500", Unsure), ("html", Unsure), ("internal_error", Unsure), ("fatal_error", Unsure),
        ("channel_not_found", Closed), ("is_archived", Closed), ("restricted_action", Closed),
        ("invalid_auth", NotSent), ("token_revoked", NotSent), ("missing_scope", NotSent), ("some_new_word", NotSent),
        ("msg_too_long", Rejected), ("invalid_blocks", Rejected), ("msg_blocks_too_long", Rejected),
    ],
)  # fmt: skip
async def test_every_failure_is_told_for_what_it_is(
    slack: FakeSlack, platform: Slack, how: str, outcome: type[Any]
) -> None:
    slack.fail("chat.postMessage", how)
    told = await platform.do(steps(platform)[0], PLACE, ())
    assert type(told) is outcome
    assert len(slack.called("chat.postMessage")) == 1  # never again by itself


async def test_slacks_own_pause_is_passed_on(slack: FakeSlack, platform: Slack) -> None:
    slack.fail("chat.postMessage", "429:17")
    assert await platform.do(steps(platform)[0], PLACE, ()) == NotSent("Slack이 잠시 쉬라고 합니다.", 17.0)


async def test_a_refused_token_holds_up_all_of_slack_and_pauses_no_channel(slack: FakeSlack, platform: Slack) -> None:
    slack.fail("chat.postMessage", "token_revoked")
    told = await platform.do(steps(platform)[0], PLACE, ())
    assert isinstance(told, NotSent) and told.everywhere and told.retry_after_s


async def test_nobody_at_home_is_surely_not_sent(slack: FakeSlack) -> None:
    other = Slack(settings(slack).model_copy(update={"slack_api_url": "http://127.0.0.1:9/api"}))
    await other.open()
    try:
        assert isinstance(await other.do(steps(other)[0], PLACE, ()), NotSent)
        assert isinstance(await other.find(steps(other)[0], PLACE, ()), CouldNotLook)
    finally:
        await other.close()


@pytest.mark.parametrize("how", ["429:5", "500", "html", "missing_scope", "invalid_auth", "internal_error"])
@pytest.mark.parametrize("seq", [0, 1])
async def test_what_hinders_looking_is_not_absence(slack: FakeSlack, platform: Slack, how: str, seq: int) -> None:
    refs = await posted(platform, 1)
    slack.fail("conversations.replies" if seq else "conversations.history", how)
    looked = await platform.find(steps(platform)[seq], PLACE, refs[:seq])
    assert isinstance(looked, CouldNotLook)
    assert looked.retry_after_s == (5.0 if how.startswith("429") else None)


async def test_a_token_without_the_history_scope_cannot_look() -> None:
    async with FakeSlack(scopes="chat:write").running() as slack:
        slack.channel("C1")
        platform = Slack(settings(slack))
        await platform.open()
        assert isinstance(await platform.find(steps(platform)[0], PLACE, ()), CouldNotLook)
        await platform.close()


async def test_a_public_channel_is_joined_at_the_first_post(slack: FakeSlack, platform: Slack) -> None:
    slack.channel("C1", joined=False)
    assert isinstance(await platform.do(steps(platform)[0], PLACE, ()), Done)
    assert len(slack.said("C1")) == 1


async def test_a_private_channel_that_we_are_not_in_is_closed(slack: FakeSlack, platform: Slack) -> None:
    slack.channel("C1", joined=False, private=True)
    told = await platform.do(steps(platform)[0], PLACE, ())
    assert isinstance(told, Closed) and "/invite" in told.reason


async def test_a_thread_whose_root_was_deleted_is_told_to_a_person(slack: FakeSlack, platform: Slack) -> None:
    refs = await posted(platform, 1)
    slack.channels["C1"].messages.clear()
    assert await platform.find(steps(platform)[1], PLACE, refs) == Absent()
    assert isinstance(await platform.do(steps(platform)[1], PLACE, refs), Rejected)


async def test_channels_of_the_settings_are_joined_at_the_start(slack: FakeSlack) -> None:
    slack.channel("C2", joined=False)
    platform = Slack(settings(slack, slack_channels="C2,C404"))
    await platform.open()
    await platform.close()
    assert slack.channels["C2"].joined


async def test_a_refused_token_is_a_wrong_setting(slack: FakeSlack) -> None:
    platform = Slack(
        settings(slack).model_copy(update={"slack_bot_token": type(settings(slack).slack_bot_token)("xoxb-x")})
    )
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        await platform.open()


@pytest.mark.parametrize(
    ("channel", "word"),
    [
        ({}, None), ({"joined": False}, None), ({"joined": False, "private": True}, "/invite"),
        ({"archived": True}, "보관"), ({"read_only": True}, "게시를 허용"),
    ],
)  # fmt: skip
async def test_a_channel_is_tried_before_it_is_subscribed(
    slack: FakeSlack, platform: Slack, channel: dict[str, bool], word: str | None
) -> None:
    slack.channel("C1", **channel)
    told = await platform.welcome(PLACE)
    assert told is None if word is None else word in str(told)
    assert slack.said("C1") == [] and slack.scheduled == {}  # nobody sees that it was tried


async def test_an_unknown_channel_is_not_welcome(slack: FakeSlack, platform: Slack) -> None:
    assert "채널이 없거나" in str(await platform.welcome(Place("slack", "C404")))


async def test_telling_goes_out_whole(slack: FakeSlack, platform: Slack) -> None:
    sentence = "운영자가 볼 문장입니다. " * 900
    assert isinstance(await platform.tell(PLACE, Message("answer", (Text((Span(sentence),)),), "알림")), Done)
    assert len(slack.said("C1")) > 1
    assert all(message["metadata"]["event_type"] == "aidaily_answer" for message in slack.said("C1"))


async def test_ten_channels_at_slacks_pace_without_one_refusal() -> None:
    async with FakeSlack(per_channel_s=0.1).running() as slack:
        platform = Slack(settings(slack))
        await platform.open()
        for n in range(10):
            slack.channel(f"C{n}")
        root = steps(platform)[0]
        begun = time.monotonic()
        outcomes = await asyncio.gather(*(platform.do(root, Place("slack", f"C{n}"), ()) for n in range(10)))
        assert all(isinstance(each, Done) for each in outcomes)
        assert time.monotonic() - begun < 1.0
        await platform.close()
