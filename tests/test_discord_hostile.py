"""Whatever people write on Discord, and whatever they are called: every answer is one that Discord takes, and nobody is
called out by it."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands import build_answer
from bot.discord import components as parts
from core.render.message import Message, Span, Text
from core.store import Store, Subscription
from core.web import Web
from tests.editions import DAY, HOSTILE, hostile
from tests.fake_discord import GUILD, ME, FakeDiscord, fake_discord
from tests.fakes import FakeClock, made_app, seoul, until
from tests.test_discord_gateway import Someone, hearing, mention, text
from tests.test_discord_openapi import broken, sent, spec_folder
from tests.test_discord_posting import discord_at

NOW = seoul("2026-02-03 17:00")
STORY = f"{DAY}/1"


def command(name: str, **options: str) -> dict[str, Any]:
    given = [{"type": 3, "name": name, "value": value} for name, value in options.items()]
    return {"id": "1", "name": "aidaily", "type": 1, "options": [{"type": 1, "name": name, "options": given}]}


def modal(custom_id: str, **values: str) -> dict[str, Any]:
    fields = [
        {"type": 18, "id": n, "component": {"type": 4, "id": n + 50, "custom_id": name, "value": value}}
        for n, (name, value) in enumerate(values.items())
    ]
    return {"custom_id": custom_id, "components": fields}


def asked(said: str) -> list[tuple[int, dict[str, Any]]]:
    """Everything that takes a person's words. Discord itself keeps them short: an option to what it allows."""
    short, words = said[:60].strip() or "빈칸", said[:200].strip() or "빈칸"
    return [
        (2, command("search", words=words)), (2, command("paper", paper=words)), (2, command("today", date=short[:20])),
        (2, command("ask", paper=words, question=said[:1000])), (2, command("subscribe", time=short[:20])),
        (2, command("용어", action="추가", term=short, korean=short)), (2, command("용어")),
        (5, modal("aid:settings.save:", when=f"16:40 {said}", topics=said, excluded=said, form=said, team=said)),
        (5, modal("aid:settings.save:", when="16:40", topics=said, excluded=said, form="3", team=said)),
        (5, modal(f"aid:report.save:{STORY}", what=said)), (3, button("aid:why:" + said[:40])),
        (3, button(f"aid:{said[:30].replace(':', '')}:x")),
    ]  # fmt: skip


def button(custom_id: str) -> dict[str, Any]:
    return {"custom_id": custom_id, "component_type": 2}


async def talk(fake: FakeDiscord, home: Path, said: str) -> list[tuple[dict[str, Any], str]]:
    """Everything asked in those words, of an edition in those words: (what was asked, what was read)."""
    someone, clock, heard = Someone(), FakeClock(NOW), []
    async with discord_at(fake) as platform, Store(f"sqlite+aiosqlite:///{home}/b.db") as store, Web() as web:
        fake.channel("800")
        outside = {"arxiv_site_url": f"{fake.url}/no-arxiv", "arxiv_delay_s": 0, "admin_channel": "discord:800"}
        app = made_app(store, clock, home, platform, web=web, **outside)  # type: ignore[arg-type]
        await store.editions.save(hostile(said))
        await store.subscriptions.add(Subscription("discord", "100", NOW, GUILD))
        someone.replies = build_answer(app, clock.now)
        async with hearing(fake, someone, home):
            for kind, data in asked(said):
                more = {"message": shown_with(fake, data)} if kind == 3 else {}
                token = await fake.interact(kind, data, "100", **more)
                await fake.answered(token, 2)
                await until(lambda: not under_way())
                *_, answer = await fake.answered(token, 2)  # not the signs of progress before it
                heard.append((data, text(answer[1])))
            await fake.answered(await fake.interact(2, command("settings"), "100"), 1)  # a form with those words in it
            fake.put("100", {"content": "question"}, author="701", id="600")
            await fake.send("MESSAGE_CREATE", mention("600", f"<@{ME}> {said}"))
            await until(lambda: len(fake.messages["100"]) > 1)
            await shared(fake, said)
    return heard


def under_way() -> list[str]:
    """The answers that are being worked on."""
    names = (task.get_name() for task in asyncio.all_tasks())
    return [
        name for name in names if name.startswith("discord ") and name not in ("discord gateway", "discord commands")
    ]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_answer_to_it_is_one_that_discord_takes(tmp_path: Path, said: str) -> None:
    async with fake_discord() as fake:
        for question, answer in await talk(fake, tmp_path, said):
            assert answer.strip() and "죄송합니다" not in answer, question
        assert fake.texts("800"), "the report has reached the operator"
        assert not fake.over, fake.over


@pytest.mark.parametrize("said", [HOSTILE[0], HOSTILE[4], HOSTILE[-1]], ids=["mentions", "headings", "endless"])
async def test_every_answer_to_it_is_valid_against_discords_own_document(tmp_path: Path, said: str) -> None:
    folder = spec_folder()
    async with fake_discord() as fake:
        await talk(fake, tmp_path, said)
        bodies = [{"schema": schema_of(kind, body), "body": body} for kind, _, body in fake.webhooks]
        assert len({body["schema"] for body in bodies}) == 4
        assert broken(folder, [*bodies, *sent(fake)]) == []


def schema_of(kind: str, body: dict[str, Any]) -> str:
    """The name of what an interaction was told."""
    if kind == "CALLBACK":
        return f"{'Modal' if body['type'] == 9 else 'CreateMessage'}InteractionCallbackRequestSchema"
    return "IncomingWebhookUpdateRequestPartialSchema" if kind == "PATCH" else "IncomingWebhookRequestPartialSchema"


async def shared(fake: FakeDiscord, name: str) -> None:
    """The longest answer shown to everybody, by somebody of that name."""
    who = {"id": "701", "username": "x", "global_name": name[:32], "discriminator": "0", "avatar": None}
    member = {"roles": [], "joined_at": fake.joined_at, "flags": 0, "permissions": "0", "user": who}
    data = button("aid:share:")
    longest = parts.pieces(Message("answer", (Text((Span("가*" * 9_000),)),), "long"))[0]
    message = fake.put("800", parts.layout(replace(longest, buttons=(parts.SHARE,))))
    token = await fake.interact(3, data, "100", member=member, message=message)
    ((_, body),) = await fake.answered(token, 1)
    fake.held(body["data"])
    assert body["type"] == 4 and body["data"]["flags"] == 1 << 15
    assert "님이 공유했습니다" in text(body["data"]) and parts.SHARE.label not in str(body)


def shown_with(fake: FakeDiscord, pressed: dict[str, Any]) -> dict[str, Any]:
    """A message with that button."""
    fake.channel("900")
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "b", "custom_id": pressed["custom_id"]}]}
    return fake.put("900", {"components": [{"type": 10, "content": "answer"}, row], "flags": 1 << 15})
