"""`post`: one edition, now, to every active subscription that lacks it; then it is over.

The same rows and the same machinery as `run`, so it may be killed and repeated, and run beside a running bot: what
one of the two has in hand, the other waits for.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.app import App
from bot.clock import Clock
from bot.office import Office, office, opened_platforms, seed
from bot.resting import paused_until
from bot.terminal import NAME as TERMINAL
from core.errors import NoEdition, SettingsError, StoreError
from core.particles import particle
from core.store import DeliveryState, Due, Subscription

NO_TOKEN = "{}에 연결할 토큰이 설정되어 있지 않습니다."
_LOOK_S = 0.25
_LOOKS = 360  # without any progress: a lease, a look and a Retry-After fit into these 90 s


@dataclass(frozen=True, slots=True)
class Posted:
    """How it ended in one channel. `state`: done, pending (a running bot goes on with it), failed or skipped. `notes`:
    what its edition says at the top."""

    channel: str
    state: str
    parts: int = 0
    reason: str = ""
    notes: tuple[str, ...] = ()


async def post(app: App, clock: Clock, on: date, at: datetime, channel: str | None = None) -> tuple[Posted, ...]:
    """Delivers the edition of `on`, as it stands at `at`, to all or to one `channel` (`slack:C1`). Raises NoEdition
    when there is none for anybody, SettingsError for a day to come or a channel without a subscription."""
    if on > clock.now().astimezone(app.newsroom.house.zone).date():
        raise SettingsError("--date", f"아직 오지 않은 날입니다 ({on}).")
    await seed(app, clock.now())
    desk = office(app, clock, at=lambda _: at)
    wanted = [desk.rules.resolved(one) for one in await _wanted(app, channel)]
    resting = {one.id: reason for one in wanted if not channel and (reason := _pause(one, clock.now()))}
    here = [one for one in wanted if one.platform in app.platforms and one.id not in resting]
    missing = await _built(desk, on, {one.profile.key for one in here})
    if here and all(one.profile.key in missing for one in here):
        raise NoEdition(missing[here[0].profile.key])
    ready = [one for one in here if one.profile.key not in missing]
    async with opened_platforms(app):
        states = await _delivered(desk, on, ready)
    notes = {key: await _notes(app, on, key) for key in {one.profile.key for one in ready}}
    return tuple(
        replace(_ended(one, states, missing, resting.get(one.id, "")), notes=notes.get(one.profile.key, ()))
        for one in wanted
    )


async def _notes(app: App, on: date, profile: str) -> tuple[str, ...]:
    edition = await app.store.editions.get(on, profile)
    return edition.notes if edition else ()


async def shelved(app: App, clock: Clock) -> str:
    """The editions as files, brought up to date: "", or why they cannot be written, in one sentence."""
    try:
        await office(app, clock).shelve()
    except StoreError as error:
        return str(error)
    return ""


async def _wanted(app: App, channel: str | None) -> tuple[Subscription, ...]:
    """The subscriptions meant. One of the terminal, from a time without tokens, is nobody's wish any more."""
    active = [
        one for one in await app.store.subscriptions.list() if one.platform in app.platforms or one.platform != TERMINAL
    ]
    if channel is None:
        return tuple(active)
    named = tuple(one for one in active if one.name == channel)
    if not named:
        topic = f"{channel}{particle(channel, '은/는')}"
        raise SettingsError("--channel", f"{topic} 구독 중인 채널이 아닙니다. subscribe로 먼저 구독하세요.")
    return named


async def _built(desk: Office, on: date, profiles: Collection[str]) -> dict[str, str]:
    """Builds what is not there yet. The profiles that have no edition all the same, each with its reason."""
    builds, editions, now = desk.store.builds, desk.store.editions, desk.clock.now()
    lacking = set()
    for profile in profiles:
        edition = await editions.get(on, profile)
        if edition is None or edition.status != "final":
            lacking.add(profile)
            await builds.plan(on, profile, now)
            await builds.reopen(on, profile, now)
    for _ in range(_LOOKS if lacking else 0):
        await desk.build()
        states = [state for state in await builds.of(on) if state.profile in lacking]
        if all(state.state != "pending" or state.reason for state in states):
            return {state.profile: state.reason for state in states if state.state != "done"}
        await asyncio.sleep(_LOOK_S)  # another process is building it
    return dict.fromkeys(lacking, "다른 프로세스가 만들고 있습니다.")


async def _delivered(desk: Office, on: date, channels: Collection[Subscription]) -> dict[str, DeliveryState]:
    """Carries until nothing is pending or nothing moves any more. How each channel stands, by name."""
    now = desk.clock.now()
    ids = {one.id: one.name for one in channels}
    await desk.store.deliveries.plan(Due(on, one.profile.key, one.id, now) for one in channels)
    await desk.store.deliveries.revive(on, ids, now)
    async with asyncio.TaskGroup() as tasks:
        for courier in desk.couriers:
            tasks.create_task(courier.run())
        states = await _watched(desk, on, frozenset(ids.values()))
        desk.stop()
    await desk.leave()
    return states


async def _watched(desk: Office, on: date, names: Collection[str]) -> dict[str, DeliveryState]:
    looks, best = 0, -1
    while True:
        await desk.arrive()
        states = {f"{row.platform}:{row.channel}": row for row in await desk.store.deliveries.of(on)}
        pending = [row for name, row in states.items() if name in names and row.state == "pending"]
        done = sum(row.parts for row in states.values()) - len(pending)
        looks, best = (0, done) if done > best else (looks + 1, best)
        if not pending or looks >= _LOOKS:
            return states
        await asyncio.sleep(_LOOK_S)


def _pause(channel: Subscription, now: datetime) -> str:
    """Why a channel that was not named is left alone: its people want rest, of which a public holiday is none."""
    until = paused_until(channel)
    today = now.astimezone(ZoneInfo(channel.tz)).date()
    return f"{until}까지 쉽니다." if until and today <= until else ""


def _ended(channel: Subscription, states: dict[str, DeliveryState], missing: dict[str, str], resting: str) -> Posted:
    if reason := missing.get(channel.profile.key):
        return Posted(channel.name, "failed", 0, reason)
    if state := states.get(channel.name):
        return Posted(channel.name, state.state, state.parts, state.reason)
    if resting:
        return Posted(channel.name, "skipped", 0, resting)
    return Posted(channel.name, "failed", 0, NO_TOKEN.format(channel.platform))
