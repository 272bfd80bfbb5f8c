"""People in Slack: commands, buttons, forms, mentions, the Home, and what they see of each."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.store import Subscription
from tests import slack_people as people
from tests.editions import BUILT, DAY
from tests.fake_slack import FakeSlack
from tests.slack_team import Team, at_work
from tests.slack_workspace import TEAM, US

Json = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack().running() as running:
        running.channel("C1")
        running.channel("C2")
        running.channel("D1", members={"U1", US})
        yield running


@pytest.fixture
async def team(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Team]:
    async with at_work(slack, tmp_path) as working:
        yield working


async def asked(team: Team, text: str, **other: str) -> Json:
    """A command and the answer that only its asker sees."""
    before = len(team.slack.responses)
    await team.slack.deliver("slash_commands", people.command(team.slack, text, **other))
    await team.until(lambda: len(team.slack.responses) > before)
    return team.slack.responses[-1]


def words(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join([str(value.get("text", "")), *(words(v) for v in value.values() if not isinstance(v, str))])
    return " ".join(map(words, value)) if isinstance(value, list) else ""


async def test_today_is_shown_to_the_asker_alone_in_few_posts(team: Team) -> None:
    await asked(team, "today")
    await team.until(lambda: "출처 상태" in words(team.slack.responses))
    assert len(team.slack.responses) <= 2
    assert all(each["response_type"] == "ephemeral" for each in team.slack.responses)
    assert team.slack.said("C1") == []


async def test_what_was_shown_privately_can_be_shared_as_a_thread(team: Team) -> None:
    await asked(team, "today")
    await team.until(lambda: "채널에 공유" in words(team.slack.responses[-1]))
    click = people.click_whispered(team.slack, team.slack.responses[-1], "채널에 공유")
    await team.slack.deliver("interactive", click)
    await team.until(lambda: len(team.slack.said("C1")) == 7)
    root, *below = team.slack.said("C1")
    assert {each["thread_ts"] for each in below} == {root["ts"]}
    assert "mina님이 공유했습니다" in words(team.slack.said("C1"))


async def test_an_answer_to_free_words_can_be_shared_after_a_restart(slack: FakeSlack, tmp_path: Path) -> None:
    async with at_work(slack, tmp_path) as team:
        shown = await asked(team, "search 소스 코드 이후:2026-02-01")
    async with at_work(slack, tmp_path) as team:
        await slack.deliver("interactive", people.click_whispered(slack, shown, "채널에 공유"))
        await team.until(lambda: slack.said("C1"))
    (told,) = slack.said("C1")
    *same, by = told["blocks"]
    assert same == shown["blocks"][:-1] and by["type"] == "context"
    assert "mina님이 공유했습니다" in words(told) and "CodeOCR" in words(told)
    assert not [each for block in told["blocks"] for each in block.get("elements", ()) if "value" in each]


async def test_an_answer_that_is_not_kept_any_more_says_so(slack: FakeSlack, tmp_path: Path) -> None:
    async with at_work(slack, tmp_path) as team:
        shown = await asked(team, "help")
        await team.app.store.answers.prune(datetime.now(UTC))
        click = people.click_whispered(slack, shown, "채널에 공유")
        await slack.deliver("interactive", click)
        await team.until(lambda: "다시 물어본 뒤" in words(slack.responses))
        assert slack.said("C1") == []


@pytest.mark.parametrize("text", ["help", "", "도움말", "모르는말 <!channel> &lt;b&gt;"])
async def test_help_and_unknown_words_get_help(team: Team, text: str) -> None:
    told = words(await asked(team, text))
    assert "/aidaily subscribe" in told
    assert "모르는 말" in told if text.startswith("모르는말") else True


@pytest.mark.parametrize(
    "text", ["search 라우팅", "weekly", "status", "preview", "용어", "paper", "ask", "unsubscribe"]
)
async def test_every_command_answers_in_korean(team: Team, text: str) -> None:
    told = words(await asked(team, text))
    assert any("가" <= letter <= "힣" for letter in told)
    assert "죄송합니다" not in told


async def test_subscribing_is_told_to_the_channel_and_kept(team: Team) -> None:
    await team.slack.deliver("slash_commands", people.command(team.slack, "subscribe 09:30"))
    await team.until(lambda: team.slack.said("C1"))
    kept = await team.app.store.subscriptions.get("slack", "C1")
    assert kept and kept.post_at == "09:30" and kept.workspace == TEAM and kept.active


async def test_another_channel_is_meant_by_naming_it(team: Team) -> None:
    told = await asked(team, "subscribe <#C2|dev>")
    assert "<#C2>" in told["text"]
    assert await team.app.store.subscriptions.get("slack", "C2")
    assert await team.app.store.subscriptions.get("slack", "C1") is None
    assert team.slack.said("C1") == [] and len(team.slack.said("C2")) == 1


@pytest.mark.parametrize("verb", ["subscribe", "unsubscribe", "구독", "pause", "resume"])
async def test_a_channel_that_slack_does_not_know_is_not_this_one(team: Team, verb: str) -> None:
    assert "#없는-채널 채널을 찾지 못했습니다" in words(await asked(team, f"{verb} #없는-채널 2026-02-20"))
    assert await team.app.store.subscriptions.list() == ()


async def test_who_is_not_in_a_channel_does_not_change_it(team: Team) -> None:
    team.slack.channel("C2", members={US, "U3", "U4", "U5", "U6"})
    assert "관리하는 사람만" in words(await asked(team, "subscribe <#C2|dev>"))
    assert await team.app.store.subscriptions.get("slack", "C2") is None


async def test_a_channel_that_cannot_be_posted_to_says_what_to_do(team: Team) -> None:
    team.slack.channel("C1", joined=False, private=True)
    assert "/invite" in words(await asked(team, "subscribe"))


async def test_who_made_a_channel_may_keep_it_for_those_who_manage_it(team: Team) -> None:
    team.slack.channel("C1", creator="U1", members={"U1", "U2", US})
    await team.slack.deliver("slash_commands", people.command(team.slack, "settings"))
    await team.until(lambda: "settings" in str(list(team.slack.views.values())[-1:]))
    await team.slack.deliver(
        "interactive", people.submit(team.slack, list(team.slack.views)[-1], {"form": "5 관리자만"})
    )
    await team.until(lambda: "저장했습니다" in words(team.slack.responses))
    assert "관리하는 사람만" in words(await asked(team, "unsubscribe", user="U2"))
    assert len([call for call in team.slack.called("conversations.info") if call["channel"] == "C1"]) == 1
    await team.slack.deliver("slash_commands", people.command(team.slack, "unsubscribe"))
    await team.until(lambda: "끊었습니다" in words(team.slack.said("C1")))


async def test_only_who_is_sure_to_be_let_in_again_may_shut_the_door(slack: FakeSlack, tmp_path: Path) -> None:
    slack.scopes += ",users:read"
    slack.admins.add("U2")
    slack.channels["C1"].members.add("U2")
    async with at_work(slack, tmp_path) as team:
        for user, allowed in (("U1", False), ("U2", True)):
            await slack.deliver("slash_commands", people.command(slack, "settings", user=user))
            await team.until(lambda: "settings" in str(list(slack.views.values())[-1:]))
            await slack.deliver(
                "interactive", people.submit(slack, list(slack.views)[-1], {"form": "5 관리자만"}, user)
            )
            await team.until(lambda: slack.responses)
            assert ("저장했습니다" in words(slack.responses)) is allowed
            slack.responses.clear()
            slack.views.clear()
        assert "관리하는 사람만" in words(await asked(team, "unsubscribe"))


async def test_settings_open_at_once_and_are_filled_in(team: Team) -> None:
    await team.slack.deliver("slash_commands", people.command(team.slack, "settings"))
    await team.until(lambda: any(view.get("callback_id") for view in team.slack.views.values()))
    opened, *_ = team.slack.called("views.open")
    assert "여는 중" in words(opened["view"]) and len(team.slack.called("views.update")) == 1
    (view_id,) = team.slack.views
    values = {"when": "08:10 월수금", "topics": "RAG, 서빙", "form": "3 음슴 루트만"}
    await team.slack.deliver("interactive", people.submit(team.slack, view_id, values))
    await team.until(lambda: "저장했습니다" in words(team.slack.responses))
    kept = await team.app.store.subscriptions.get("slack", "C1")
    assert kept and (kept.post_at, kept.weekdays, kept.profile.topics) == ("08:10", (0, 2, 4), ("RAG", "서빙"))
    assert kept.settings["root_only"] and kept.profile.stories == 3


async def test_a_submission_delivered_twice_is_saved_once(team: Team) -> None:
    await team.slack.deliver("slash_commands", people.command(team.slack, "settings"))
    await team.until(lambda: any(view.get("callback_id") for view in team.slack.views.values()))
    sent = people.submit(team.slack, next(iter(team.slack.views)), {"topics": "RAG"})
    await team.slack.deliver("interactive", sent)
    await team.slack.deliver("interactive", sent)
    await team.until(lambda: team.slack.responses)
    await quiet(team)
    assert len(team.slack.responses) == 1


async def test_evidence_is_an_ephemeral_message_in_the_thread(team: Team) -> None:
    root, story, *_ = await team.post()
    await team.slack.deliver("interactive", people.click(team.slack, story, "근거"))
    await team.until(lambda: team.slack.ephemeral)
    (shown,) = team.slack.ephemeral
    assert shown["thread_ts"] == root["ts"] and shown["user"] == "U1"
    assert "We measure systematically" in words(shown["blocks"])
    assert len(team.slack.said("C1")) == 7  # the digest itself is as it was


async def test_a_vote_counts_once_and_can_be_changed(team: Team) -> None:
    _, story, *_ = await team.post()
    for label in ("👍", "👎"):
        await team.slack.deliver("interactive", people.click(team.slack, story, label))
        await team.until(lambda label=label: label in words(team.slack.ephemeral[-1:]))  # type: ignore[misc]
    votes = await team.app.store.feedback.votes("slack", "C1", DAY)
    assert [vote.value for vote in votes] == [-1]
    assert "채널에 공유" not in words(team.slack.ephemeral)


async def test_a_double_click_is_answered_once(team: Team) -> None:
    _, story, *_ = await team.post()
    for _ in range(2):
        await team.slack.deliver("interactive", people.click(team.slack, story, "근거"))
    await quiet(team)
    assert len(team.slack.ephemeral) == 1


async def test_wrong_opens_a_form_and_reaches_the_operator(slack: FakeSlack, tmp_path: Path) -> None:
    slack.channel("C9")
    async with at_work(slack, tmp_path, admin_channel="slack:C9") as team:
        _, story, *_ = await team.post()
        await slack.deliver("interactive", people.click(slack, story, "틀렸어요"))
        await team.until(lambda: any(view.get("callback_id") for view in slack.views.values()))
        sent = people.submit(slack, next(iter(slack.views)), {"what": "8배가 아니라 4배입니다 <!channel>"})
        await slack.deliver("interactive", sent)
        await team.until(lambda: slack.ephemeral)
        assert "고맙습니다" in words(slack.ephemeral)
        assert "8배가 아니라 4배입니다" in words(slack.said("C9"))
        reports = await team.app.store.feedback.reports(DAY)
        assert [(report.n, report.person) for report in reports] == [(1, "U1")]


async def test_the_settings_button_under_the_root(team: Team) -> None:
    root, *_ = await team.post()
    await team.slack.deliver("interactive", people.click(team.slack, root, "설정"))
    await team.until(lambda: any(view.get("callback_id") for view in team.slack.views.values()))


async def test_detail_shows_progress_and_ends_in_an_answer(team: Team) -> None:
    root, story, *_ = await team.post()
    await team.slack.deliver("interactive", people.click(team.slack, story, "자세히"))
    await team.until(lambda: len(team.slack.ephemeral) >= 2)
    first, last = team.slack.ephemeral[0], team.slack.ephemeral[-1]
    assert "읽는 중" in first["text"] and first["thread_ts"] == root["ts"]
    assert "CodeOCR" in words(last["blocks"])


async def test_a_mention_in_the_thread_is_answered_there_for_all(team: Team) -> None:
    root, *_ = await team.post()
    await team.slack.deliver("events_api", people.mention(team.slack, "1 어떤 자료로 쟀나요?", thread=root["ts"]))
    await team.until(lambda: len(team.slack.said("C1")) == 8 and "찾는 중" not in words(team.slack.said("C1")[-1]))
    answer = team.slack.said("C1")[-1]
    assert answer["thread_ts"] == root["ts"] and answer["blocks"]
    assert "찾는 중" in words(team.slack.called("chat.postMessage")[-1])  # it was our progress line, edited


async def test_assistant_status_is_the_sign_of_progress_where_it_works(team: Team) -> None:
    team.slack.status_works = True
    root, *_ = await team.post()
    await team.slack.deliver("events_api", people.mention(team.slack, "1 어떤 자료로 쟀나요?", thread=root["ts"]))
    await team.until(lambda: len(team.slack.said("C1")) == 8)
    await quiet(team)
    states = [call["status"] for call in team.slack.called("assistant.threads.setStatus")]
    assert states[0] and states[-1] == ""


async def test_a_direct_message_is_answered_in_it(team: Team) -> None:
    await team.slack.deliver("events_api", people.line(team.slack, "안녕하세요"))
    await team.until(lambda: team.slack.said("D1"))
    assert "번호나 arXiv id" in words(team.slack.said("D1"))


async def test_our_own_words_are_no_question(team: Team) -> None:
    told = people.line(team.slack, "1 질문")
    told["event"] |= {"user": US, "bot_id": "B0BOT"}
    await team.slack.deliver("events_api", told)
    await quiet(team)
    assert team.slack.said("D1") == []


async def test_the_home_shows_today_the_channels_and_how_to(team: Team) -> None:
    await asked(team, "subscribe <#C2|dev>")
    opened = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    await team.slack.deliver("events_api", people.event(team.slack, opened))
    await team.until(lambda: "U1" in team.slack.homes)
    shown = team.slack.homes["U1"]
    assert "CodeOCR" in words(shown) and "subscribe" in words(shown)
    await team.slack.deliver("interactive", people.click_home(team.slack, shown, "쓰는 법"))
    await team.until(lambda: team.slack.said("D1"))


async def test_the_bot_greets_where_it_is_invited_and_rests_where_it_is_not(team: Team) -> None:
    joined = {"type": "member_joined_channel", "user": US, "channel": "C1"}
    await team.slack.deliver("events_api", people.event(team.slack, joined))
    await team.until(lambda: "/aidaily subscribe" in words(team.slack.said("C1")))
    await asked(team, "subscribe <#C2|dev>")
    for kind, active in (("channel_left", False), ("member_joined_channel", True), ("channel_archive", False)):
        told = {"type": kind, "channel": "C2"} | ({"user": US} if kind.startswith("member") else {})
        await team.slack.deliver("events_api", people.event(team.slack, told))
        await quiet(team)
        kept = await team.app.store.subscriptions.get("slack", "C2")
        assert kept and kept.active is active


async def test_a_workspace_whose_token_is_revoked_rests_and_keeps_its_settings(team: Team) -> None:
    await asked(team, "subscribe <#C2|dev>")
    await team.slack.deliver(
        "events_api", people.event(team.slack, {"type": "tokens_revoked", "tokens": {"bot": [US]}})
    )
    await quiet(team)
    [kept] = await team.app.store.subscriptions.list(active=False)
    assert not kept.active and "토큰" in kept.paused_reason


async def test_a_workspace_that_uninstalls_is_forgotten(team: Team) -> None:
    store = team.app.store
    await asked(team, "subscribe <#C2|dev>")
    await store.subscriptions.seed([Subscription("slack", "C1", BUILT)])  # as SLACK_CHANNELS does
    _, story, *_ = await team.post()
    await team.slack.deliver("interactive", people.click(team.slack, story, "👍"))
    await quiet(team)
    assert await store.feedback.votes("slack", "C1", DAY)
    await team.slack.deliver("events_api", people.event(team.slack, {"type": "app_uninstalled"}))
    await quiet(team)
    assert await store.subscriptions.list(active=False) == ()
    assert await store.feedback.votes("slack", "C1", DAY) == ()


async def test_nobody_can_say_what_only_slack_reports(team: Team) -> None:
    await asked(team, "subscribe <#C2|dev>")
    assert "모르는 말" in words(await asked(team, "gone <#C2|dev>"))
    kept = await team.app.store.subscriptions.get("slack", "C2")
    assert kept and kept.active


async def quiet(team: Team) -> None:
    """Until nothing is being answered any more."""
    await asyncio.sleep(0.05)
    await team.until(lambda: not [task for task in asyncio.all_tasks() if task.get_name().startswith("slack ")])
