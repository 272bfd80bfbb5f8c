"""Every body that we send, against Discord's OpenAPI document, and the golden payloads of a full edition.

Needs Node and two npm packages; without them it says so and skips:
`npm install --prefix FOLDER discord-api-spec zod`, then `DISCORD_API_SPEC=FOLDER pytest tests/test_discord_openapi.py`.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Field, Form
from bot.discord import checks, commands
from bot.discord import components as parts
from bot.discord.posting import IN_CHANNEL
from core.render.messages import evidence
from tests.editions import HOSTILE, full, hostile
from tests.fake_discord import FakeDiscord, Trouble, fake_discord
from tests.test_discord_posting import CHANNEL, discord_at, planned, post

KINDS = (
    ("POST", r"/channels/\d+/messages", "MessageCreateRequestSchema"),
    ("PATCH", r"/channels/\d+/messages/\d+", "MessageEditRequestPartialSchema"),
    ("POST", r"/channels/\d+/messages/\d+/threads", "CreateTextThreadWithMessageRequestSchema"),
    ("POST", r"/channels/\d+/threads", "CreateForumThreadRequestSchema"),
    ("PATCH", r"/channels/\d+", "UpdateThreadRequestPartialSchema"),
)
FORM = Form(
    "settings.save", "채널 설정",
    (
        Field("when", "시각", "16:40", hint="예: 16:40"), Field("team", "우리 팀", "", "lines"),
        Field("tone", "말투", "합니다", "choice", (("합니다", "합니다"), ("음슴", "음슴"))),
        Field("long", "긴 이름" * 40, "값" * 5000, hint="도움말" * 60),
    ),
    "2026-02-03/1",
)  # fmt: skip


def spec_folder() -> Path:
    folder = os.environ.get("DISCORD_API_SPEC")
    if shutil.which("node") is None:
        pytest.skip("Node is not here")
    if not folder or not (Path(folder) / "node_modules" / "discord-api-spec").is_dir():
        pytest.skip("DISCORD_API_SPEC names no folder with npm's discord-api-spec and zod")
    return Path(folder)


def broken(folder: Path, bodies: list[dict[str, Any]]) -> list[str]:
    """What the document has against them."""
    script = Path(__file__).with_name("discord_openapi.mjs")
    done = subprocess.run(["node", str(script), str(folder)], input=json.dumps(bodies), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def sent(fake: FakeDiscord) -> list[dict[str, Any]]:
    return [
        {"schema": schema, "body": body}
        for method, path, body in fake.requests
        for m, pattern, schema in KINDS
        if body is not None and m == method and re.fullmatch(pattern, path)
    ]


async def everything() -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = []
    for edition in (full(), *map(hostile, HOSTILE)):
        for channel in ({}, {"type": 15}, {"most": 0}):
            async with fake_discord(most_threads=channel.pop("most", 1000)) as fake, discord_at(fake) as platform:
                fake.channel("100", **channel)
                await post(platform, planned(edition))
                await platform.welcome(CHANNEL)
                bodies += sent(fake)
    shown = [*(step.message for step in planned(full()) if step.message), evidence(full().stories[0])]
    for message in shown:
        body = parts.layout(message, flags=parts.EPHEMERAL)
        bodies.append({"schema": "IncomingWebhookRequestPartialSchema", "body": body})
        bodies.append({"schema": "IncomingWebhookUpdateRequestPartialSchema", "body": parts.upgrade(message)})
        shared = {"type": 4, "data": parts.layout(message)}
        bodies.append({"schema": "CreateMessageInteractionCallbackRequestSchema", "body": shared})
    modal = {"type": 9, "data": parts.modal(FORM)}
    bodies.append({"schema": "ModalInteractionCallbackRequestSchema", "body": modal})
    bodies.append({"schema": "IncomingWebhookUpdateRequestPartialSchema", "body": parts.remark("읽는 중…")})
    bodies += [
        {"schema": "ApplicationCommandUpdateRequestSchema", "body": each} for each in await commands.registered()
    ]
    return bodies


async def test_every_request_body_is_valid_against_discords_own_document() -> None:
    folder = spec_folder()
    bodies = await everything()
    assert len({body["schema"] for body in bodies}) >= 9
    assert broken(folder, bodies) == []


async def test_the_check_sees_what_is_wrong() -> None:
    folder = spec_folder()
    message = parts.layout(planned(full())[3].message, "a" * 24)  # type: ignore[arg-type]
    wrong = [
        {**message, "colour": 1},
        {**message, "nonce": "x" * 26},
        {**message, "components": [{"type": 17, "components": [{"type": 10}]}]},
        {**message, "allowed_mentions": {"parse": ["nobody"]}},
    ]
    assert len(broken(folder, [{"schema": "MessageCreateRequestSchema", "body": each} for each in wrong])) == len(wrong)


async def test_a_full_edition_is_sent_as_it_was(golden: Callable[[str, str], None]) -> None:
    async with fake_discord() as fake, discord_at(fake) as platform:
        await post(platform, planned(full()))
        golden("discord/full.json", json.dumps(stable(fake), ensure_ascii=False, indent=1) + "\n")


async def test_the_commands_are_registered_as_they_were(golden: Callable[[str, str], None]) -> None:
    golden("discord/commands.json", json.dumps(await commands.registered(), ensure_ascii=False, indent=1) + "\n")


def stable(fake: FakeDiscord) -> list[dict[str, Any]]:
    """What was sent, with names instead of ids that differ at every run."""
    root = fake.messages["100"][0]["id"]
    return [
        {"request": f"{method} {path.replace(root, 'ROOT')}", "body": body}
        for method, path, body in fake.requests
        if body is not None
    ]


def test_the_invitation_asks_for_what_is_needed_and_no_more() -> None:
    assert checks.INVITE == 309237763072


async def test_the_parts_of_an_edition_that_has_no_thread_are_valid_too() -> None:
    async with fake_discord(most_threads=0) as fake, discord_at(fake) as platform:
        fake.troubles.append(Trouble("PATCH", ".*", 400, 50035))
        refs = await post(platform, planned(full()))
        assert IN_CHANNEL in refs and not fake.over
