"""What operation teaches the ranking: votes move the next edition and can be taken back; later picks lift authors."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.settings import Settings
from core import learning
from core.house import House
from core.model import Collected, Paper, Profile, Signals
from core.ranking import shipped
from core.ranking.record import name_key
from core.sources.calendar import KST
from core.store import Store, Subscription
from core.web import Web
from tests.days import collected, newsroom, papers

LISTED = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 7, 20, tzinfo=UTC)
PROFILE = Profile()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/aidaily.db") as opened:
        yield opened


def work(n: int, *authors: str, upvotes: int | None = None) -> Paper:
    return Paper(
        f"2606.{n:05}", f"Note {n}", "We study graphs.", authors, ("cs.LG",), "cs.LG",
        signals=Signals(hf_upvotes=upvotes),
    )  # fmt: skip


async def a_day_passes(store: Store, on: date, picked: int) -> None:
    """Twenty papers are listed; of them, so many are picked in the days after."""
    await store.items.save([work(n, f"Sample Author{n}", "Common Name") for n in range(20)], on)
    await store.items.upvoted({f"2606.{n:05}": 40 for n in range(picked)})


def known(record: object, name: str) -> tuple[float, float]:
    at = int(record.names.searchsorted(name_key(name)))  # type: ignore[attr-defined]
    return float(record.papers[at]), float(record.picks[at])  # type: ignore[attr-defined]


class TestRecord:
    async def test_a_week_later_the_authors_of_what_was_picked_stand_in_the_record(self, store: Store) -> None:
        await a_day_passes(store, LISTED, 2)
        early, later = LISTED + timedelta(days=7), LISTED + timedelta(days=8)
        await learning.learn(store, early)
        assert await learning.record(store, early) is None
        await learning.learn(store, later)
        record = await learning.record(store, later)
        assert record and known(record, "Sample Author1") == (1, 1) and known(record, "Sample Author9") == (1, 0)
        before, after = (r.columns([work(99, "Sample Author1")]) for r in (shipped().record, record))
        assert after[0, 0] > before[0, 0]

    async def test_a_day_is_learnt_once_and_forgotten_in_time(self, store: Store) -> None:
        await a_day_passes(store, LISTED, 2)
        for days in (8, 9, 12):
            await learning.learn(store, LISTED + timedelta(days=days))
        record = await learning.record(store, LISTED + timedelta(days=13))
        assert record and known(record, "Common Name")[0] - _shipped("Common Name") == 20
        assert await learning.record(store, LISTED + timedelta(days=300)) is None

    async def test_a_day_of_which_nothing_was_heard_teaches_nothing(self, store: Store) -> None:
        await a_day_passes(store, LISTED, 0)
        await learning.learn(store, LISTED + timedelta(days=8))
        assert await learning.record(store, LISTED + timedelta(days=9)) is None

    async def test_what_the_shipped_weights_know_is_not_learnt_again(self, store: Store) -> None:
        until = date.fromisoformat(shipped().until)
        await a_day_passes(store, until, 5)
        await learning.learn(store, until + timedelta(days=8))
        assert await learning.record(store, until + timedelta(days=9)) is None

    async def test_in_operation_later_picks_move_the_next_choice_unless_switched_off(self, tmp_path: Path) -> None:
        on, now = LISTED + timedelta(days=8), NOW + timedelta(days=8)
        today = collected(*(work(n, f"Sample Author{n - 100}") for n in range(100, 120)))
        heard = replace(today, upvotes={f"2606.{n:05}": 90 for n in (3, 4)})
        place: dict[bool, int] = {}
        for learns in (True, False):
            async with Store(f"sqlite+aiosqlite:///{tmp_path}/{learns}.db") as store:
                await a_day_passes(store, LISTED, 0)
                made = await newsroom(store, heard, house=House(KST, learns=learns)).edition(on, PROFILE, now)
                place[learns] = [item.id for item in made.index].index("2606.00103")
                assert bool(await store.learnt.days(date.min)) is learns
        assert place[True] < place[False]


@pytest.mark.parametrize(("value", "learns"), [({}, True), ({"ranking_learns": "off"}, False)])
async def test_the_setting_reaches_the_newsroom(
    store: Store, tmp_path: Path, value: dict[str, Any], learns: bool
) -> None:
    settings = Settings(aidaily_home=tmp_path, **value)
    assert build(settings, store, Web()).newsroom.house.learns is learns


async def test_what_a_channel_asks_for_is_what_its_edition_is_made_of(store: Store) -> None:
    """Topics and followed names lift, excluded words and other categories stay out; all from the stored profile."""
    day = [*papers(8), work(50, "E F"), work(51, "G H")]
    day += [replace(each, categories=("cs.RO",), primary="cs.RO") for each in (work(52, "A B"), work(53, "C D"))]
    wishes = Profile(topics=("quantization",), excluded=("Model3X",), authors=("B. Writer6",),
                     categories=("cs.LG", "cs.CL"), stories=3)  # fmt: skip
    await store.subscriptions.add(Subscription("slack", "C1", NOW, profile=wishes))
    (channel,) = await store.subscriptions.list()
    edition = await newsroom(store, collected(*day)).edition(LISTED, channel.profile, NOW)
    told = {story.item.id: story.why for story in edition.stories}
    assert len(told) == 3
    assert "따라 보는 저자·연구실: B. Writer6" in told["2602.00006"]
    assert "채널 관심 주제: quantization" in told["2602.00004"]
    assert not {"2606.00052", "2606.00053", "2602.00003"} & {*told, *edition.shortlist}


class TestTaste:
    async def channel(self, store: Store, name: str, profile: Profile = PROFILE) -> None:
        await store.subscriptions.add(Subscription("slack", name, NOW, profile=profile))

    async def vote(self, store: Store, channel: str, item: str, value: int, person: str = "U1") -> None:
        await store.feedback.vote("slack", channel, person, LISTED, "default", 1, item, value, NOW)

    async def scores(self, store: Store, day: Collected, profile: Profile = PROFILE) -> list[str]:
        edition = await newsroom(store, day).edition(LISTED + timedelta(days=1), profile, NOW + timedelta(days=1),
                                                     rebuild=True)  # fmt: skip
        return [item.id for item in edition.index]

    async def test_a_channels_votes_move_its_next_edition_and_taking_them_back_undoes_it(self, store: Store) -> None:
        day = collected(*papers(8))
        await self.channel(store, "C1")
        await store.items.save(papers(8), LISTED)
        before = await self.scores(store, day)
        last = before[-1]
        for person in ("U1", "U2", "U3"):
            await self.vote(store, "C1", last, 1, person)
        moved = await self.scores(store, day)
        assert moved.index(last) < before.index(last)
        for person in ("U1", "U2", "U3"):
            assert await store.feedback.take_back("slack", "C1", person) == last
        assert await self.scores(store, day) == before

    async def test_votes_of_channels_with_another_profile_or_none_do_not_count(self, store: Store) -> None:
        day = collected(*papers(8))
        await self.channel(store, "C1")
        await self.channel(store, "C2", Profile(topics=("RAG",)))
        await store.items.save(papers(8), LISTED)
        before = await self.scores(store, day)
        for channel in ("C2", "C3"):
            await self.vote(store, channel, before[-1], 1)
        assert await self.scores(store, day) == before
        assert (await learning.taste(store, Profile(topics=("RAG",)), LISTED)).weights

    async def test_the_reason_names_the_vote(self, store: Store) -> None:
        day = collected(*papers(5))
        await self.channel(store, "C1")
        await store.items.save(papers(5), LISTED)
        for n in range(1, 6):
            await self.vote(store, "C1", f"2602.{n:05}", 1, f"U{n}")
        edition = await newsroom(store, day).edition(LISTED, PROFILE, NOW)
        assert any(reason.startswith("이 채널의 👍") for story in edition.stories for reason in story.why)


def _shipped(name: str) -> float:
    record = shipped().record
    at = int(record.names.searchsorted(name_key(name)))
    return float(record.papers[at]) if at < len(record.names) and record.names[at] == name_key(name) else 0.0
