"""doctor on Slack: what is wrong by name, and what to do about it; a token is never shown."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.examined import Examined
from bot.slack import checks
from tests.fake_slack import FakeSlack
from tests.slack_team import settings
from tests.slack_workspace import SCOPES

MANIFEST = Path(checks.__file__).with_name("manifest.json")


async def examined(slack: FakeSlack, home: Path, *channels: str, **other: Any) -> dict[str, Examined]:
    return {each.name: each for each in await checks.examine(settings(slack, home, **other), channels)}


async def test_all_is_well(slack: FakeSlack, tmp_path: Path) -> None:
    found = await examined(slack, tmp_path, "C1")
    assert list(found) == ["Slack 토큰", "Slack 권한", "Slack 채널 C1", "Slack 이벤트"]
    assert {each.state for each in found.values()} == {"ok"}
    assert slack.said("C1") == [] and slack.scheduled == {}


async def test_missing_scopes_are_named(slack: FakeSlack, tmp_path: Path) -> None:
    slack.scopes = SCOPES.replace("groups:history,", "").replace("commands,", "")
    scopes = (await examined(slack, tmp_path))["Slack 권한"]
    assert scopes.state == "fault" and "commands, groups:history" in scopes.detail and "manifest.json" in scopes.remedy


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("slack_bot_token", "xapp-1-swapped", "앱 토큰"), ("slack_bot_token", "xoxp-1-person", "사용자 토큰"),
        ("slack_bot_token", "xoxb-refused", "invalid_auth"), ("slack_app_token", "xoxb-1-swapped", "봇 토큰"),
        ("slack_app_token", "xapp-refused", "invalid_auth"), ("slack_app_token", None, "앱 토큰이 없어"),
    ],
)  # fmt: skip
async def test_wrong_tokens_say_which_and_never_themselves(
    slack: FakeSlack, tmp_path: Path, name: str, value: str | None, word: str
) -> None:
    found = await examined(slack, tmp_path, **{name: value})
    (fault,) = (each for each in found.values() if each.state == "fault")
    assert word in fault.detail and fault.remedy and fault.setting == name.upper()
    assert value is None or value not in str(found)


async def test_each_channel_is_tried(slack: FakeSlack, tmp_path: Path) -> None:
    slack.channel("C2", private=True, joined=False)
    slack.channel("C3", read_only=True)
    slack.channel("C4", archived=True)
    found = await examined(slack, tmp_path, "C1", "C2", "C3", "C4", "C404")
    states = {name.split()[-1]: each.state for name, each in found.items() if "채널" in name}
    assert states == {"C1": "ok", "C2": "fault", "C3": "fault", "C4": "fault", "C404": "fault"}
    remedies = {name.split()[-1]: each.remedy for name, each in found.items() if "채널" in name}
    assert "/invite" in remedies["C2"] and "/invite" in remedies["C404"]
    assert "게시를 허용" in remedies["C3"] and "unsubscribe" in remedies["C4"]
    assert not [each.detail for each in found.values() if each.remedy and each.remedy in each.detail]


async def test_the_operators_channel_is_tried_as_well(slack: FakeSlack, tmp_path: Path) -> None:
    found = await examined(slack, tmp_path, admin_channel="slack:C404")
    assert found["Slack 채널 C404"].state == "fault"


async def test_a_missing_scope_is_not_blamed_on_the_channel(slack: FakeSlack, tmp_path: Path) -> None:
    slack.scopes = SCOPES.replace("channels:read,", "")
    channel = (await examined(slack, tmp_path, "C1"))["Slack 채널 C1"]
    assert "channels:read" in channel.detail and "다시 설치" in channel.remedy


@pytest.mark.parametrize(
    ("how", "word"), [("missing_scope", "connections:write"), ("not_allowed", "Socket Mode를 켜고")]
)
async def test_socket_mode_that_slack_refuses(slack: FakeSlack, tmp_path: Path, how: str, word: str) -> None:
    slack.fail("apps.connections.open", how)
    fault = (await examined(slack, tmp_path))["Slack 이벤트"]
    assert fault.state == "fault" and word in fault.remedy and fault.setting == "SLACK_APP_TOKEN"


async def test_socket_mode_that_cannot_be_reached(slack: FakeSlack, tmp_path: Path) -> None:
    slack.links_work = False
    fault = (await examined(slack, tmp_path))["Slack 이벤트"]
    assert fault.state == "fault" and "네트워크" in fault.remedy


async def test_slack_out_of_reach_is_the_networks_fault(slack: FakeSlack, tmp_path: Path) -> None:
    found = await examined(slack, tmp_path, slack_api_url="http://127.0.0.1:9/api")
    assert {each.state for each in found.values()} == {"fault"}
    assert all("네트워크" in each.remedy and not each.setting for each in found.values())


async def test_http_mode_wants_its_secret(slack: FakeSlack, tmp_path: Path) -> None:
    fault = (await examined(slack, tmp_path, slack_mode="http"))["Slack 이벤트"]
    assert fault.state == "fault" and fault.setting == "SLACK_SIGNING_SECRET"
    fine = await examined(slack, tmp_path, slack_mode="http", slack_signing_secret="fake")
    assert fine["Slack 이벤트"].state == "ok"


def test_the_manifest_asks_for_what_the_doctor_wants_and_slack_allows() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    assert tuple(manifest["oauth_config"]["scopes"]["bot"]) == checks.SCOPES
    shown, (command,) = manifest["display_information"], manifest["features"]["slash_commands"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4_000
    assert command["command"] == "/aidaily" and command["should_escape"]
    assert manifest["settings"]["socket_mode_enabled"] and manifest["settings"]["interactivity"]["is_enabled"]
    assert "message.channels" not in manifest["settings"]["event_subscriptions"]["bot_events"]
