"""What is old goes, in time travel: collected items after 90 days, editions only where RETENTION_DAYS says so."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.office import office
from bot.tidying import tidy
from core.store import Store
from tests.editions import DAY, full
from tests.fakes import FakeClock, made_app, seoul


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/tidying.db") as opened:
        yield opened


async def test_what_is_older_than_retention_goes_and_without_retention_nothing_told_does(
    store: Store, tmp_path: Path
) -> None:
    clock = FakeClock(seoul("2026-03-10 12:00"))
    app = made_app(store, clock, tmp_path)
    await store.editions.save(full())
    old = replace(full().stories[0].item, id="2511.00001")
    await store.items.save([old], date(2025, 11, 1))
    await tidy(office(app, clock), None)
    assert await store.editions.get(DAY) is not None
    assert await store.items.get(old.id) is None, "what was only collected is kept for 90 days"
    await tidy(office(app, clock), 30)
    assert await store.editions.get(DAY) is not None, "another process has just been at it"
    clock.at += timedelta(hours=6)
    await tidy(office(app, clock), 30)
    assert await store.editions.get(DAY) is None


async def test_what_people_said_to_the_bot_is_forgotten_after_two_weeks(store: Store, tmp_path: Path) -> None:
    clock = FakeClock(seoul("2026-03-10 12:00"))
    app = made_app(store, clock, tmp_path)
    for days in (13, 15):
        then = clock.now() - timedelta(days=days)
        await store.talk.add("slack:C1/1", f"e{days}", "2602.1", f"{days}일 전", "답", then)
        await store.events.claim(f"said/{days}", then)
    await tidy(office(app, clock), None)
    assert [each.question for each in await store.talk.last("slack:C1/1", 9)] == ["13일 전"]
    assert not await store.events.claim("said/13", clock.now())
    assert await store.events.claim("said/15", clock.now())
