"""Editions, the ledger, build steps, usage and items: what must be remembered, on both databases."""

from asyncio import gather
from dataclasses import replace
from datetime import timedelta

import pytest

from core.llm import Spent, Usage
from core.model import Profile
from core.store import Due, Store, Subscription
from tests.editions import BUILT, CODEOCR, DAY, EDITIONS, KIMI, RACO, RELEASE, draft, full, papers

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("name", EDITIONS)
async def test_an_edition_comes_back_as_it_was_saved(store: Store, name: str) -> None:
    edition = EDITIONS[name]()
    assert await store.editions.save(edition)
    assert await store.editions.get(edition.date, edition.profile) == edition


async def test_there_is_no_edition_before_one_is_saved(store: Store) -> None:
    assert await store.editions.get(DAY) is None
    assert await store.editions.latest(DAY) is None
    assert await store.editions.dates() == ()


async def test_a_draft_is_replaced_by_a_draft_and_by_a_final_edition(store: Store) -> None:
    first, second = draft(), replace(draft(), built_at=BUILT + HOUR)
    final = replace(full(), built_at=BUILT + 2 * HOUR)
    for edition in (first, second, final):
        assert await store.editions.save(edition)
        assert await store.editions.get(DAY) == edition


async def test_a_final_edition_is_not_replaced_by_a_draft(store: Store) -> None:
    await store.editions.save(full())
    assert not await store.editions.save(draft())
    assert await store.editions.get(DAY) == full()


async def test_a_final_edition_that_nobody_has_seen_may_be_built_anew(store: Store) -> None:
    await store.editions.save(full())
    anew = replace(full(), built_at=BUILT + HOUR)
    assert await store.editions.save(anew)
    assert await store.editions.get(DAY) == anew


async def test_an_edition_is_not_replaced_once_a_part_may_be_out(store: Store) -> None:
    await store.editions.save(full())
    channel = await store.subscriptions.add(Subscription("slack", "C1", BUILT))
    await store.deliveries.plan([Due(DAY, "default", channel.id, BUILT)])
    assert not await store.editions.posted(DAY)
    await store.deliveries.claim(BUILT, "a", HOUR, 1, platforms=["slack"])
    assert await store.editions.posted(DAY)  # the root may be on its way
    assert not await store.editions.save(replace(full(), built_at=BUILT + HOUR))
    assert await store.editions.get(DAY) == full()
    assert not await store.editions.posted(DAY, "another")


async def test_profiles_have_editions_of_their_own(store: Store) -> None:
    other = replace(full(), profile="abc", stories=full().stories[:1])
    await store.editions.save(full())
    await store.editions.save(other)
    assert await store.editions.get(DAY) == full()
    assert await store.editions.get(DAY, "abc") == other


async def test_the_latest_edition_before_a_date_is_a_final_one(store: Store) -> None:
    for days, edition in ((3, full()), (2, full()), (1, draft())):
        await store.editions.save(replace(edition, date=DAY - timedelta(days=days)))
    latest = await store.editions.latest(DAY)
    assert latest is not None and latest.date == DAY - timedelta(days=2)
    assert latest.index == full().index
    assert await store.editions.dates() == tuple(DAY - timedelta(days=days) for days in (1, 2, 3))


async def test_the_ledger_is_what_final_editions_told(store: Store) -> None:
    before, profile, week = DAY - timedelta(days=1), Profile(), DAY - timedelta(days=7)
    await store.editions.save(replace(draft(), date=before))
    assert await store.editions.told(profile, week, DAY) == ()
    for on in (DAY, before):
        await store.editions.save(replace(full(), date=on, stories=full().stories[:2]))
    told = await store.editions.told(profile, week, DAY + timedelta(days=1))
    assert told == tuple((on, story) for on in (before, DAY) for story in full().stories[:2])
    assert [on for on, _ in await store.editions.told(profile, week, DAY)] == [before, before]
    assert [on for on, _ in await store.editions.told(profile, DAY, DAY + timedelta(days=1))] == [DAY, DAY]
    assert await store.editions.told(Profile(stories=3), week, DAY) == ()


async def test_papers_that_were_told_are_known_as_they_were_told_last(store: Store) -> None:
    before = DAY - timedelta(days=1)
    again = replace(full().stories[0], item=replace(CODEOCR, version=2))
    await store.editions.save(replace(full(), date=before))
    await store.editions.save(replace(full(), profile="abc", stories=(again,)))
    await store.editions.save(replace(draft(), date=before - timedelta(days=1)))
    papers = await store.editions.papers(before - timedelta(days=1), DAY + timedelta(days=1))
    assert papers[CODEOCR.id].version == 2
    assert set(papers) == {story.item.id for story in full().stories} - {RELEASE.id}
    assert (await store.editions.papers(before, DAY))[CODEOCR.id] == CODEOCR


async def test_new_settings_do_not_forget_what_the_channel_was_posted(store: Store) -> None:
    new, on = Profile(stories=3), DAY - timedelta(days=2)
    subscribed = await store.subscriptions.add(Subscription("slack", "C1", BUILT))
    for at in (on, on + timedelta(days=1)):
        await store.editions.save(replace(full(), date=at))
    await store.deliveries.plan([Due(on, "default", subscribed.id, BUILT)])
    (claimed,) = await store.deliveries.claim(BUILT + HOUR, "me", HOUR, 1, platforms=["slack"])
    await store.subscriptions.add(replace(subscribed, profile=new))
    assert await store.editions.told(new, on, DAY) == ()  # nothing is out yet
    await store.deliveries.advance(claimed, "k", "1.0", BUILT + HOUR, None, last=True, due_at=None)
    assert [at for at, _ in await store.editions.told(new, on, DAY)] == [on] * len(full().stories)
    await store.editions.save(replace(full(), date=on, profile=new.key, stories=full().stories[:1]))
    assert len(await store.editions.told(new, on, DAY)) == 1  # its own day counts alone


async def test_a_finished_step_is_found_again_with_its_usage(store: Store) -> None:
    build = "2026-02-03/default/final"
    assert await store.steps.get(build, "choose") is None
    await store.steps.put(build, "choose", '{"ids": ["가"]}', Usage(1, 900, 40, 0.25), DAY)
    done = await store.steps.get(build, "choose")
    assert done is not None and (done.output, done.usage) == ('{"ids": ["가"]}', Usage(1, 900, 40, 0.25))
    assert await store.steps.get("2026-02-03/default/draft", "choose") is None
    assert await store.usage.spent(DAY) == Spent(1, 900, 40, 0.25)


async def test_forgetting_a_build_keeps_what_it_cost(store: Store) -> None:
    for name in ("choose", "write:1"):
        await store.steps.put("a", name, "{}", Usage(1, 10, 5, 0.5), DAY)
    await store.steps.put("b", "choose", "{}", Usage(), DAY)
    assert await store.steps.forget("a") == 2
    assert await store.steps.get("a", "choose") is None
    assert await store.steps.get("b", "choose") is not None
    assert await store.usage.spent(DAY) == Spent(2, 20, 10, 1.0)


async def test_steps_of_old_builds_are_pruned(store: Store) -> None:
    for day in (2, 3):
        await store.steps.put(f"2026-02-0{day}/default/final", "choose", "{}", Usage(), DAY)
    assert await store.steps.prune(DAY) == 1
    assert await store.steps.get("2026-02-03/default/final", "choose") is not None


async def test_one_builds_steps_serve_the_models_checkpoint(store: Store) -> None:
    steps = store.steps.of("2026-02-03/default/final", DAY)
    assert await steps.get("choose") is None
    await steps.put("choose", "{}", Usage(1, 2, 3, 0.5))
    assert await steps.get("choose") == "{}"
    assert await steps.spent() == Spent(1, 2, 3, 0.5)


async def test_additions_made_at_once_are_all_counted(store: Store) -> None:
    await gather(*(store.usage.add(DAY, Usage(1, 100, 10, 0.125)) for _ in range(16)))
    assert await store.usage.spent(DAY) == Spent(16, 1600, 160, 2.0)
    assert await store.usage.spent(DAY + timedelta(days=1)) == Spent()


async def test_an_unknown_price_hides_nothing_of_what_is_known(store: Store) -> None:
    await store.usage.add(DAY, Usage(1, 10, 1, None))
    await store.usage.add(DAY, Usage(1, 10, 1, 0.5))
    assert await store.usage.spent(DAY) == Spent(2, 20, 2, 0.5, unpriced=1)


async def test_items_keep_the_first_day_and_the_newest_data(store: Store) -> None:
    newer = replace(CODEOCR, version=2)
    await store.items.save([CODEOCR, RELEASE], DAY)
    await store.items.save([newer, KIMI], DAY + timedelta(days=1))
    await store.items.save([CODEOCR], DAY)  # an old day built again does not undo the newer
    assert await store.items.get(CODEOCR.id) == newer
    assert await store.items.of(DAY) == (RELEASE,)
    assert set(await store.items.of(DAY + timedelta(days=1))) == {newer, KIMI}
    asked = [CODEOCR.id, RELEASE.id, KIMI.id, RACO.id]
    assert await store.items.seen_before(asked, DAY + timedelta(days=1)) == {CODEOCR.id: DAY, RELEASE.id: DAY}
    assert await store.items.get("2601.00001") is None


async def test_a_whole_day_of_items_is_saved_and_asked_for_at_once(store: Store) -> None:
    many = papers(2_500)
    await store.items.save([], DAY)
    await store.items.save(many, DAY)
    seen = await store.items.seen_before((item.id for item in many), DAY + timedelta(days=1))
    assert set(seen) == {item.id for item in many}
