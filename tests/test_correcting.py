"""withdraw and correct: what was told is put right in the store, the files and every channel, once, whatever
happens."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.chat import Closed, NotSent, Rejected, Unsure
from bot.correcting import Result, correct
from bot.delivery import Courier
from bot.discord.steps import steps as discord_steps
from bot.operator import Operator
from bot.slack.posting import steps as slack_steps
from core.correcting import put_right, shows
from core.errors import SettingsError
from core.model import Correction, Edition, Profile
from core.render.markdown import markdown
from core.render.message import Message, spans
from core.render.page import html
from core.searching import search
from core.store import Due, Store, Subscription
from tests.editions import CODEOCR, DAY, EDITIONS, full
from tests.fakes import FakeClock, FakePlatform, made_app, seoul

AT = seoul("2026-02-04 11:30")
WITHDRAWN = Correction(AT, "원저자가 결과를 거두었습니다")
FIGURE = Correction(AT, "표 3을 잘못 읽었습니다", "8배", "4배")
NOTE = "정정(2026-02-04 11:30 KST): 이 이슈를 거두었습니다. 이유: 원저자가 결과를 거두었습니다"
OTHER = Profile(tone="음슴")


def told() -> Edition:
    """An edition whose actions come from its stories."""
    actions = tuple(replace(action, story=n) for n, action in enumerate(full().actions, 1))
    return replace(full(), actions=actions)


def text(message: Message) -> str:
    return "\n".join("".join(span.text for span in spans(block)) for block in message.blocks)


# ── the edition


def test_a_withdrawn_story_keeps_its_title_its_link_and_the_reason() -> None:
    edition = put_right(told(), CODEOCR.id, WITHDRAWN)
    page, lines = html(edition), markdown(edition)
    for gone in ("코드를 이미지로 읽혀", "리뷰 봇", "8배"):
        assert gone in markdown(told())
        assert gone not in lines and gone not in page
    for kept in (CODEOCR.title, CODEOCR.url, "거둔 이슈"):
        assert kept in lines and kept in page
    assert f"> **{NOTE}**" in lines and NOTE in page
    assert edition.posted == told()
    assert [story.n for story in edition.stories] == [story.n for story in full().stories]


def test_a_correction_changes_the_words_everywhere_and_says_what_it_changed() -> None:
    edition = put_right(full(), CODEOCR.id, FIGURE)
    lines = markdown(edition)
    assert "토큰을 최대 4배 아낀 CodeOCR (정정)" in lines
    assert "토큰을 최대 4배까지" in lines and "4배는 '최대'이며" in lines
    assert lines.count("8배") == 1, "in the note alone"
    assert "정정(2026-02-04 11:30 KST): ‘8배’ → ‘4배’. 이유: 표 3을 잘못 읽었습니다" in lines
    assert shows(edition.stories[0], FIGURE) and not shows(edition.stories[1], FIGURE)
    assert edition.stories[0].summary[1].quote == full().stories[0].summary[1].quote, "the source said what it said"


@pytest.mark.parametrize("wanted", [WITHDRAWN, FIGURE, Correction(AT, "", "8배", "최대 8배")])
def test_the_same_correction_again_changes_nothing(wanted: Correction) -> None:
    once = put_right(full(), CODEOCR.id, wanted)
    assert put_right(once, CODEOCR.id, replace(wanted, at=AT + timedelta(hours=1))) == once


def test_what_is_not_told_is_not_corrected() -> None:
    assert put_right(full(), "2602.99999", WITHDRAWN) == full()
    assert put_right(full(), CODEOCR.id, Correction(AT, "", "16배", "4배")) == full()


@settings(deadline=None, max_examples=60)
@given(
    name=st.sampled_from(sorted(EDITIONS)), n=st.integers(0, 4), root_only=st.booleans(), long=st.integers(1, 9000),
    kind=st.sampled_from(["withdrawn", "longer", "shorter"]),
)  # fmt: skip
def test_a_corrected_edition_has_as_many_messages_as_the_posted_one(
    name: str, n: int, root_only: bool, long: int, kind: str
) -> None:
    """On both platforms, however much shorter or longer a story becomes: what is out is edited, nothing moves."""
    edition = EDITIONS[name]()
    if n >= len(edition.stories):
        return
    stories = list(edition.stories)
    stories[n] = replace(stories[n], one_liner="한 줄 " * (long if kind != "longer" else 1), headline="머리말")
    edition = replace(edition, stories=tuple(stories))
    words = {"withdrawn": ("", ""), "longer": ("한 줄", "한 줄 " * long), "shorter": ("한 줄 " * long, "짧게")}[kind]
    corrected = put_right(edition, stories[n].item.id, Correction(AT, "이유", *(word.strip() for word in words)))
    for steps in (slack_steps, discord_steps):
        before, after = steps(edition, {"root_only": root_only}), steps(corrected, {"root_only": root_only})
        assert [(step.seq, step.kind) for step in after] == [(step.seq, step.kind) for step in before]


# ── the store


async def test_a_corrected_edition_is_what_is_stored_and_found(store: Store) -> None:
    await store.editions.save(full())
    edition = put_right(full(), CODEOCR.id, WITHDRAWN)
    assert await store.corrections.revise(edition, 0)
    assert await store.editions.get(DAY) == edition
    assert await store.corrections.revisions(DAY) == {"default": 1}
    assert not await store.corrections.revise(full(), 0), "somebody else was faster"
    told = (await search(store, "리뷰 봇", Profile())).hits.hits
    assert not [hit for hit in told if hit.n], "what was withdrawn is found no more as a story"
    assert await store.editions.get(DAY) == edition


async def test_a_delivery_is_behind_until_all_its_steps_are_said_to_show_it(store: Store) -> None:
    await store.editions.save(full())
    one = await store.subscriptions.add(Subscription("slack", "C1", AT))
    await store.deliveries.plan([Due(DAY, "default", one.id, AT)])
    assert await store.corrections.revise(put_right(full(), CODEOCR.id, WITHDRAWN), 0)
    assert await store.corrections.behind(DAY, "default") == (), "nothing of it is out"
    lease = timedelta(seconds=20)
    [delivery] = await store.deliveries.claim(AT, "p", lease, 1, platforms=["slack"])
    assert delivery.revision == 1
    [behind] = await store.corrections.behind(DAY, "default")
    assert behind.held and not behind.over and not await store.corrections.caught_up(behind)
    await store.deliveries.advance(delivery, "key", "ts0", AT, None)
    [behind] = await store.corrections.behind(DAY, "default")
    assert ([step.ref for step in behind.steps], behind.held) == (["ts0"], False)
    assert await store.corrections.caught_up(behind)
    assert await store.corrections.behind(DAY, "default") == ()


# ── the channels


class House:
    """Two channels on one platform, and what is in them."""

    def __init__(self, store: Store, home: Path) -> None:
        self.clock = FakeClock(seoul("2026-02-03 16:40"))
        self.slack = FakePlatform(self.clock)
        self.store = store
        self.home = home
        self.app: App = made_app(store, self.clock, home, self.slack)

    async def posted(self, *channels: str, edition: Edition | None = None, **settings: object) -> None:
        edition = edition or told()
        await self.store.editions.save(edition)
        for channel in channels:
            one = await self.store.subscriptions.add(
                Subscription("slack", channel, self.clock.now(), settings=dict(settings))
            )
            await self.store.deliveries.plan([Due(DAY, edition.profile, one.id, self.clock.now())])
        await self.courier("p").run(until_idle=True)

    def courier(self, owner: str) -> Courier:
        return Courier(self.store, self.slack, self.clock, owner, Operator(self.store, {}, None, self.clock))

    async def put_right(self, wanted: Correction = WITHDRAWN, n: int = 1) -> Result:
        return await correct(self.app, DAY, n, wanted)

    def edits(self, channel: str) -> list[int]:
        return [seq for where, seq, _ in self.slack.edited if where == channel]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/correcting.db") as store:
        yield House(store, tmp_path)


async def test_every_channel_shows_it_and_no_message_more(house: House) -> None:
    await house.posted("C1", "C2")
    out = list(house.slack.out)
    result = await house.put_right()
    assert [(one.channel, one.state) for one in result.channels] == [("slack:C1", "done"), ("slack:C2", "done")]
    assert house.slack.out == out
    for channel in ("C1", "C2"):
        assert sorted(house.edits(channel)) == [0, 1, 2, 7], "root, its thread's name, the story, the actions"
    story = next(message for _, seq, message in house.slack.edited if seq == 2)
    assert NOTE in text(story) and story.buttons == ()
    root = next(message for _, seq, message in house.slack.edited if seq == 0)
    assert f"{CODEOCR.title} (거둔 이슈)" in text(root)
    lines = (house.home / "editions" / f"{DAY}.md").read_text(encoding="utf-8")
    assert NOTE in lines and NOTE in (house.home / "editions" / f"{DAY}.html").read_text(encoding="utf-8")


async def test_said_again_it_does_nothing(house: House) -> None:
    await house.posted("C1")
    await house.put_right()
    before = list(house.slack.edited)
    again = await house.put_right()
    assert (again.profiles, again.channels, house.slack.edited) == ((), (), before)


async def test_channels_in_which_it_failed_are_named_and_done_the_next_time(house: House) -> None:
    await house.posted("C1", "C2", "C3")
    house.slack.edits = {("C2", 2): [Rejected("고칠 수 없습니다.")], ("C3", 0): [Closed("채널이 없어졌습니다.")]}
    result = await house.put_right()
    assert [(one.channel, one.state, one.reason) for one in result.channels] == [
        ("slack:C1", "done", ""), ("slack:C2", "failed", "고칠 수 없습니다."),
        ("slack:C3", "failed", "채널이 없어졌습니다."),
    ]  # fmt: skip
    done = house.edits("C1")
    result = await house.put_right()
    assert [(one.channel, one.state) for one in result.channels] == [("slack:C2", "done"), ("slack:C3", "done")]
    assert house.edits("C1") == done


async def test_a_platform_that_is_busy_is_asked_again(house: House) -> None:
    await house.posted("C1")
    house.slack.edits = {("C1", 0): [NotSent("429", 0.01), NotSent("429", 0.01)], ("C1", 2): [Unsure("시간 초과")]}
    [one] = (await house.put_right()).channels
    assert one.state == "done"


async def test_killed_at_any_edit_and_begun_again_all_is_put_right(house: House) -> None:
    await house.posted("C1", "C2")
    house.slack.delay_s = 0.02
    for _ in range(12):
        killed = asyncio.create_task(house.put_right())
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(killed, 0.05)
    result = await house.put_right()
    assert all(one.state == "done" for one in result.channels)
    edition = await house.store.editions.get(DAY)
    assert edition and len(edition.stories[0].corrections) == 1
    assert set(house.edits("C1")) == set(house.edits("C2")) == {0, 1, 2, 7}
    assert await house.store.corrections.behind(DAY, "default") == ()


async def test_a_delivery_under_way_goes_on_with_the_corrected_story(house: House) -> None:
    house.slack.answers = {("C1", 4): [NotSent("나중에", 600)]}
    await house.posted("C1")
    assert house.slack.seqs("C1") == [0, 1, 2, 3]
    await house.put_right(FIGURE)
    assert sorted(house.edits("C1")) == [0, 1, 2]
    house.clock.at += timedelta(minutes=11)
    await house.courier("q").run(until_idle=True)
    assert house.slack.seqs("C1") == list(range(8))


async def test_a_message_in_hand_when_it_is_corrected_is_corrected_too(house: House) -> None:
    """The delivery is slow: the story goes out in its old form after the correction is stored."""
    await house.posted()
    one = await house.store.subscriptions.add(Subscription("slack", "C1", house.clock.now()))
    await house.store.deliveries.plan([Due(DAY, "default", one.id, house.clock.now())])
    house.slack.delay_s = 0.3
    delivering = asyncio.create_task(house.courier("p").run(until_idle=True))
    await asyncio.sleep(0.8)  # the story is on its way
    [one_] = (await house.put_right()).channels
    await delivering
    assert one_.state == "done"
    assert house.slack.seqs("C1") == list(range(8))
    assert {0, 2} <= set(house.edits("C1"))


async def test_a_second_correction_reaches_a_channel_that_has_seen_the_first(house: House) -> None:
    await house.posted("C1")
    await house.put_right(FIGURE)
    house.slack.edited.clear()
    await house.put_right(Correction(AT, "", "4배", "8배"))
    root = [message for _, seq, message in house.slack.edited if seq == 0]
    assert "최대 8배 아낀" in text(root[-1]) and "(정정)" in text(root[-1])


async def test_a_channel_that_turned_root_only_since_has_its_thread_corrected(house: House) -> None:
    await house.posted("C1")
    kept = await house.store.subscriptions.get("slack", "C1")
    assert kept
    await house.store.subscriptions.add(replace(kept, settings={"root_only": True}))
    [one] = (await house.put_right()).channels
    assert one.state == "done" and 2 in house.edits("C1")


async def test_the_same_item_in_another_profiles_edition_goes_with_it(house: House) -> None:
    mine = full()
    turned = (replace(mine.stories[1], n=1), replace(mine.stories[0], n=2))
    other = replace(mine, profile=OTHER.key, stories=turned)
    await house.store.editions.save(mine)
    await house.store.editions.save(other)
    result = await house.put_right()
    assert set(result.profiles) == {"default", OTHER.key}
    edition = await house.store.editions.get(DAY, OTHER.key)
    assert edition and [story.withdrawn for story in edition.stories] == [False, True]
    assert (house.home / "editions" / f"{DAY}-{OTHER.key}.md").exists()


@pytest.mark.parametrize(
    ("wanted", "n", "says"),
    [(WITHDRAWN, 9, "9번 이슈가 없습니다"), (Correction(AT, "", "백배", "두배"), 1, "그 말이 없습니다")],
)
async def test_what_cannot_be_meant_is_said(house: House, wanted: Correction, n: int, says: str) -> None:
    await house.posted("C1")
    with pytest.raises(SettingsError, match=says):
        await house.put_right(wanted, n)
    assert house.slack.edited == []


async def test_a_draft_is_not_corrected(house: House) -> None:
    await house.store.editions.save(replace(full(), status="draft"))
    with pytest.raises(SettingsError, match="초안"):
        await house.put_right()
