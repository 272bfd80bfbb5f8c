"""What goes when a workspace uninstalls us, and what goes when it is too old; and that nothing else does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat import Person, Place, Request
from bot.commands import build_answer
from core.llm import Spent, Usage
from core.model import Profile
from core.searching import search
from core.store import Due, Store, Subscription
from tests.editions import CODEOCR, DAY, KIMI, full
from tests.fakes import FakeClock, FakePlatform, made_app

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)


async def living(store: Store, channel: str, workspace: str, *, seeded: bool = False) -> int:
    """A channel in which all has happened that can."""
    one = Subscription("slack", channel, NOW, workspace="" if seeded else workspace)
    id = (await store.subscriptions.add(one)).id
    await store.deliveries.plan([Due(DAY, "default", id, NOW)])
    [delivery] = await store.deliveries.claim(NOW, "p", timedelta(seconds=9), 1, platforms=["slack"])
    await store.deliveries.advance(delivery, "k", f"{channel}.1", NOW, None, last=True)
    for person in ("U1", "U2"):
        await store.feedback.vote("slack", channel, person, DAY, "default", 1, CODEOCR.id, 1, NOW, workspace)
    await store.feedback.report("slack", channel, "U1", DAY, "default", 1, "틀렸습니다", NOW, workspace)
    await store.talk.add(f"slack:{channel}/1", "e1", CODEOCR.id, "질문", "답", NOW, workspace)
    await store.answers.keep(f"command/{channel}", "slack", workspace, "답", NOW)
    await store.events.claim(f"click/{channel}", NOW, "slack", workspace)
    await store.notices.once(f"failed/{DAY}/slack:{channel}", NOW)
    return id


async def traces(store: Store, channel: str) -> list[object]:
    """Everything of a channel that can be found; [] = it never was."""
    found: list[object] = [one for one in await store.subscriptions.list(active=False) if one.channel == channel]
    found += [one for one in await store.deliveries.of(DAY) if one.channel == channel]
    found += [await store.deliveries.find("slack", channel, f"{channel}.1")]
    found += await store.feedback.votes("slack", channel, date.min)
    found += [one for one in await store.feedback.reports(date.min) if one.channel == channel]
    found += await store.talk.last(f"slack:{channel}/1", 9)
    found += [await store.answers.get(f"command/{channel}")]
    found += [not await store.events.claim(f"click/{channel}", NOW, "slack")]
    found += [not await store.notices.once(f"failed/{DAY}/slack:{channel}", NOW)]
    return [each for each in found if each]


async def test_of_a_workspace_that_uninstalls_nothing_is_left_and_of_others_all(store: Store) -> None:
    await store.editions.save(full())
    await living(store, "C1", "T1")
    await living(store, "C2", "T1", seeded=True)
    await living(store, "C3", "T2")
    await store.events.claim("event/uninstalled", NOW, "slack", "T1")
    before = await traces(store, "C3")
    assert await store.forgetting.workspace("slack", "T1", ["C2"], keep="event/uninstalled") == 2
    assert await traces(store, "C1") == []
    assert await traces(store, "C2") == []
    assert len(before) == 10
    assert not await store.events.claim("event/uninstalled", NOW), "told again, it is not done again"
    assert [one.channel for one in await store.subscriptions.list()] == ["C3"]
    assert [one.parts for one in await store.deliveries.of(DAY)] == [1]


async def test_a_workspace_of_the_same_name_on_another_platform_stays(store: Store) -> None:
    await store.subscriptions.add(Subscription("discord", "9", NOW, workspace="T1"))
    assert await store.forgetting.workspace("slack", "T1") == 0
    assert [one.name for one in await store.subscriptions.list()] == ["discord:9"]


async def forgotten(store: Store, before: date, items_before: date) -> int:
    """Bite by bite until nothing is left."""
    total = 0
    while bitten := await store.forgetting.older(before, items_before):
        assert bitten <= 500
        total += bitten
    return total


async def test_what_is_older_than_wanted_goes_with_all_that_hangs_on_it(store: Store) -> None:
    await store.editions.save(full())
    later = replace(full(), date=DAY + timedelta(days=40))
    await store.editions.save(later)
    await living(store, "C1", "T1")
    await store.steps.put(f"{DAY}/default/final", "choose", "{}", Usage(1, 2, 3, 0.5), DAY)
    assert await forgotten(store, date.min, date.min) == 0, "kept for ever"
    assert await forgotten(store, DAY + timedelta(days=1), date.min) > 0
    assert await store.editions.get(DAY) is None
    assert await store.deliveries.of(DAY) == ()
    assert await store.feedback.votes("slack", "C1", date.min) == ()
    assert await store.feedback.reports(date.min) == ()
    assert await store.steps.get(f"{DAY}/default/final", "choose") is None
    assert await store.usage.spent(DAY) == Spent()
    assert await store.subscriptions.get("slack", "C1") is not None, "a channel does not grow old"
    assert await store.editions.get(later.date) == later
    assert {on for on, _ in await store.editions.told(Profile(), date.min, date.max)} == {later.date}
    assert {hit.date for hit in (await search(store, "토큰", Profile())).hits.hits} == {later.date}


async def test_old_deliveries_stay_while_they_are_not_over(store: Store) -> None:
    await store.editions.save(full())
    one = await store.subscriptions.add(Subscription("slack", "C1", NOW))
    await store.deliveries.plan([Due(DAY, "default", one.id, NOW)])
    await forgotten(store, DAY + timedelta(days=1), date.min)
    assert [row.state for row in await store.deliveries.of(DAY)] == ["pending"]


async def test_items_go_when_they_are_old_and_those_an_edition_shows_can_still_be_found(store: Store) -> None:
    await store.items.save([replace(CODEOCR, id="2602.09999", title="Nobody told of this cache")], DAY)
    await store.items.save([KIMI], DAY + timedelta(days=1))
    await store.editions.save(full())
    assert await forgotten(store, date.min, DAY + timedelta(days=1)) == 2  # the item and its entry
    assert await store.items.get("2602.09999") is None
    assert await store.items.get(KIMI.id) == KIMI
    assert (await search(store, "nobody cache", Profile())).hits.hits == ()
    assert (await search(store, "CodeOCR", Profile())).hits.hits


async def test_a_great_deal_goes_in_small_bites(store: Store) -> None:
    many = [replace(CODEOCR, id=f"2602.{n:05}") for n in range(1_200)]
    await store.items.save(many, DAY)
    bites = 0
    while await store.forgetting.older(date.min, DAY + timedelta(days=1)):
        bites += 1
    assert bites == 5, "1,200 items and as many entries, 500 rows at a time"


@pytest.mark.parametrize(("platform", "verb"), [("discord", "left"), ("slack", "uninstalled")])
async def test_what_the_platform_reports_of_a_workspace_is_done_once_and_leaves_others_alone(
    store: Store, tmp_path: Path, platform: str, verb: str
) -> None:
    """A Discord server names its channels, so that those known only from DISCORD_CHANNELS go too; on Slack a token has
    one workspace, and what is known of no other is its own."""
    for channel, workspace in (("1", "W1"), ("2", ""), ("3", "W2")):
        await store.subscriptions.add(Subscription(platform, channel, NOW, workspace=workspace))
    await store.subscriptions.add(Subscription("terminal", "local", NOW))
    clock = FakeClock(NOW)
    answer = build_answer(made_app(store, clock, tmp_path, FakePlatform(clock, platform)), clock.now)

    async def silent(words: str) -> None: ...

    request = Request("e1", Place(platform, "", "W1"), Person(""), verb, "1 2" if verb == "left" else "")
    assert await answer(request, silent) is not None
    assert [one.name for one in await store.subscriptions.list(active=False)] == [f"{platform}:3", "terminal:local"]
    assert await answer(request, silent) is None, "told again by another process, it is not done again"
    assert await answer(replace(request, id="e2", person=Person("U1")), silent) is not None
    assert len(await store.subscriptions.list()) == 2, "nobody can say it"
