"""A follow-up in a channel links the message in which that channel read the first story."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Done, Person, Place, Request, Step
from bot.commands import build_answer
from bot.delivery import Courier, Timing
from bot.operator import Operator
from core.render.message import Message, spans
from core.store import Due, Store, Subscription
from tests.editions import DAY, RETRAC, followed, full
from tests.fake_discord import GUILD, FakeDiscord
from tests.fakes import FakeClock, FakePlatform, made_app, seoul
from tests.test_discord_posting import discord_at, fake
from tests.test_slack_posting import platform

__all__ = ["fake", "platform"]
DUE = seoul("2026-02-03 16:40")
FIRST = DAY - timedelta(days=8)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/links.db") as opened:
        yield opened


class Keeping(FakePlatform):
    """Keeps what it was given to write."""

    written: dict[tuple[str, int], Message | None]

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Done:
        self.written = {**getattr(self, "written", {}), (place.channel, step.seq): step.message}
        return Done(f"{place.channel}.{step.seq}")


async def deliver(store: Store, to: FakePlatform) -> None:
    operator = Operator(store, {to.name: to}, None, to.clock)
    await Courier(store, to, to.clock, "a", operator, Timing()).run(until_idle=True)


async def test_each_channel_links_its_own_message_and_the_paper_where_it_has_none(store: Store) -> None:
    channel = Keeping(FakeClock(DUE))
    await store.editions.save(replace(full(), date=FIRST))
    await store.editions.save(followed())
    early, late = [await store.subscriptions.add(Subscription("slack", name, DUE)) for name in ("C1", "C2")]
    await store.deliveries.plan([Due(FIRST, "default", early.id, DUE - timedelta(days=8))])
    await deliver(store, channel)
    await store.deliveries.plan([Due(DAY, "default", one.id, DUE) for one in (early, late)])
    await deliver(store, channel)
    links = {}
    for name in ("C1", "C2"):
        message = channel.written[name, 4]  # root, thread, stories 1, 2, 3
        assert message is not None and message.kind == "story"
        links[name] = [span.url for block in message.blocks for span in spans(block) if span.earlier]
    assert links == {"C1": ["https://slack.example/C1/C1.3"], "C2": [RETRAC.url]}


async def test_a_channel_that_gets_roots_alone_links_the_root(store: Store) -> None:
    channel = Keeping(FakeClock(DUE))
    await store.editions.save(replace(full(), date=FIRST))
    one = await store.subscriptions.add(Subscription("slack", "C1", DUE, settings={"root_only": True}))
    await store.deliveries.plan([Due(FIRST, "default", one.id, DUE - timedelta(days=8))])
    await deliver(store, channel)
    await store.subscriptions.add(replace(one, settings={}))
    await store.editions.save(followed())
    await store.deliveries.plan([Due(DAY, "default", one.id, DUE)])
    await deliver(store, channel)
    message = channel.written["C1", 4]
    assert message is not None
    assert [s.url for b in message.blocks for s in spans(b) if s.earlier] == ["https://slack.example/C1/C1.0"]


async def test_a_message_on_slack_has_the_address_that_slack_itself_would_copy(platform, slack) -> None:  # type: ignore[no-untyped-def]
    _, reply, *_ = platform.steps(full(), {})
    refs = ("1770104400.000100", "1770104401.000200")
    place = Place("slack", "C1")
    assert platform.link(place, refs) == f"{slack.base}/archives/C1/p1770104400000100"
    assert platform.link(place, refs, reply) == (
        f"{slack.base}/archives/C1/p1770104401000200?thread_ts=1770104400.000100&cid=C1"
    )


async def test_a_message_on_discord_is_linked_in_its_thread_where_the_server_is_known(fake: FakeDiscord) -> None:
    async with discord_at(fake) as discord:
        root, _, _, story, *_ = discord.steps(full(), {})
        refs = ("11", "11", "12", "13")
        place = Place("discord", "100", GUILD)
        assert discord.link(place, refs, root) == f"https://discord.com/channels/{GUILD}/100/11"
        assert discord.link(place, refs, story) == f"https://discord.com/channels/{GUILD}/12/13"
        assert discord.link(replace(place, workspace=""), refs, story) is None
        assert discord.link(place, ("11", "11", "in-channel", "13"), story) == (
            f"https://discord.com/channels/{GUILD}/100/13"
        )


async def test_search_links_the_days_of_what_was_told_to_the_channels_own_messages(
    store: Store, tmp_path: Path
) -> None:
    channel = Keeping(clock := FakeClock(DUE))
    await store.editions.save(full())
    await store.editions.save(replace(full(), date=FIRST))
    one = await store.subscriptions.add(Subscription("slack", "C1", DUE))
    await store.deliveries.plan([Due(DAY, "default", one.id, DUE)])
    await deliver(store, channel)
    answer = build_answer(made_app(store, clock, tmp_path, channel), clock.now)

    async def silent(words: str) -> None: ...

    async def links(name: str) -> dict[str, str | None]:
        request = Request(f"e-{name}", Place("slack", name), Person("U1"), "search", "CodeOCR")
        reply = await answer(request, silent)
        assert reply is not None
        every = [span for block in reply.messages[0].blocks for span in spans(block)]
        return {span.text: span.url for span in every if span.text.endswith("번")}

    assert await links("C1") == {f"{DAY} 1번": "https://slack.example/C1/C1.0"}
    assert set((await links("C2")).values()) == {None}


async def test_an_edition_asked_for_again_links_this_channels_own_messages_too(store: Store, tmp_path: Path) -> None:
    channel = Keeping(clock := FakeClock(DUE))
    await store.editions.save(replace(full(), date=FIRST))
    await store.editions.save(followed())
    one = await store.subscriptions.add(Subscription("slack", "C1", DUE))
    await store.deliveries.plan([Due(FIRST, "default", one.id, DUE - timedelta(days=8))])
    await deliver(store, channel)
    answer = build_answer(made_app(store, clock, tmp_path, channel), clock.now)

    async def silent(words: str) -> None: ...

    for name, url in (("C1", "https://slack.example/C1/C1.3"), ("C2", RETRAC.url)):
        request = Request(f"e-{name}", Place("slack", name), Person("U1"), "today", str(DAY))
        reply = await answer(request, silent)
        assert reply is not None
        told = [span for message in reply.messages for block in message.blocks for span in spans(block)]
        assert [span.url for span in told if span.earlier] == [url]
