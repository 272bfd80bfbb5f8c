"""`run` as a process lives: on time, one beat after another, healthy or not, and gone within seconds when told."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest

from bot.app import App
from bot.bench.postgres import Server, execute
from bot.chat import Done, Place, Reply, Request, Say, Step
from bot.clock import SystemClock
from bot.health import Pulse, health_server
from bot.holding import while_held
from bot.running import run
from core.errors import AiDailyError, PlatformAway, PlatformLost, SettingsError, StoreError
from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.fakes import SEOUL, FakeClock, FakePlatform, FakeSources, made_app, until

SECOND = timedelta(seconds=1)


class Now(FakeClock, SystemClock):
    """The machine's clock, where a FakeClock is asked for."""

    def __init__(self) -> None: ...

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, at: datetime) -> None:
        await SystemClock.sleep_until(self, at)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/running.db") as opened:
        yield opened


@pytest.fixture
def slack() -> FakePlatform:
    return FakePlatform(Now())


@asynccontextmanager
async def running(app: App, answer: Any = None) -> AsyncIterator[asyncio.Task[None]]:
    """`run` beside the test; told to stop at the end, as a supervisor does it."""
    task = asyncio.create_task(run(app, Now(), answer))
    beat = app.settings.aidaily_home / "heartbeat.json"
    await until(lambda: beat.exists() or task.done())
    yield task
    if not task.done():
        os.kill(os.getpid(), signal.SIGTERM)
    await task


async def due(store: Store, at: datetime, *channels: str) -> None:
    await store.editions.save(full())
    await store.subscriptions.seed(Subscription("slack", name, at - 60 * SECOND, post_at="00:00") for name in channels)
    await store.deliveries.plan(Due(DAY, "default", one.id, at) for one in await store.subscriptions.list())


def app(store: Store, home: Path, slack: FakePlatform, **settings: Any) -> App:
    home.mkdir(exist_ok=True)
    return made_app(store, Now(), home, slack, sources=FakeSources(Now()), **settings)


async def test_the_roots_are_out_within_the_second_and_not_before(
    store: Store, tmp_path: Path, slack: FakePlatform
) -> None:
    at = datetime.now(UTC) + 2 * SECOND
    await due(store, at, *(f"C{n}" for n in range(30)))
    async with running(app(store, tmp_path / "home", slack)):
        await until(lambda: len(slack.times(7)) == 30)
    roots = [when for _, when in slack.times(0)]
    assert timedelta(0) <= min(roots) - at < SECOND / 2 and max(roots) - at < SECOND


async def test_told_to_stop_it_finishes_the_part_in_flight_and_leaves_the_rest(
    store: Store, tmp_path: Path, slack: FakePlatform
) -> None:
    slack.delay_s = 0.5
    await due(store, datetime.now(UTC), "C1")
    began = time.monotonic()
    async with running(app(store, tmp_path / "home", slack)):
        await until(lambda: slack.tries)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    assert slack.seqs("C1") == [0]
    [row] = await store.deliveries.of(DAY)
    assert (row.state, row.parts) == ("pending", 1)
    [again] = await store.deliveries.claim(datetime.now(UTC), "next", SECOND, 1, platforms=["slack"])
    assert not again.look  # nothing is in doubt: the next process goes on at once


async def test_a_write_that_never_ends_does_not_keep_it_for_ever(
    store: Store, tmp_path: Path, slack: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.running._GRACE_S", 0.3)

    class Stuck(FakePlatform):
        async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Done:
            self.tries.append((place.channel, step.seq))
            await asyncio.sleep(60)
            return Done("never")

    stuck = Stuck(Now())
    await due(store, datetime.now(UTC), "C1")
    began = time.monotonic()
    async with running(app(store, tmp_path / "home", stuck)):
        await until(lambda: stuck.tries)
        began = time.monotonic()
    assert time.monotonic() - began < 3


async def test_a_build_under_way_is_let_go_and_another_process_takes_it_at_once(
    store: Store, tmp_path: Path, slack: FakePlatform
) -> None:
    class Endless(FakeSources):
        async def collect(self, day: Any) -> Any:
            self.asked.append((day.date, day.now))
            await asyncio.sleep(60)

    sources = Endless(Now())
    now = datetime.now(UTC)
    await store.subscriptions.add(
        Subscription("slack", "C1", now - timedelta(days=2), post_at=f"{now:%H:%M}", tz="UTC")
    )
    async with running(made_app(store, Now(), tmp_path, slack, sources=sources)):
        await until(lambda: sources.asked)
    [build] = await store.builds.claim(datetime.now(UTC), "next", SECOND)
    assert build.attempts == 2


async def test_health_says_the_ticks_age_and_the_queue_and_metrics_count_the_writes(
    store: Store, tmp_path: Path, slack: FakePlatform
) -> None:
    port = free_port()
    await due(store, datetime.now(UTC), "C1")
    await due(store, datetime.now(UTC) + timedelta(hours=1), "C1", "C2")
    async with running(app(store, tmp_path / "home", slack, health_port=port)), aiohttp.ClientSession() as web:
        await until(lambda: len(slack.out) == 8)
        await asyncio.sleep(0.2)
        async with web.get(f"http://127.0.0.1:{port}/") as reply:
            health = await reply.json()
        async with web.get(f"http://127.0.0.1:{port}/metrics") as reply:
            metrics = await reply.text()
            assert reply.headers["Content-Type"].startswith("text/plain")
    assert health["ok"] and health["tick_age_s"] < 10
    assert (health["queue"], health["roots"]) == (0, 0) and health["next_due"] is not None
    assert 'aidaily_writes_total{platform="slack",outcome="Done"} 8' in metrics.splitlines()
    assert "aidaily_up 1" in metrics.splitlines() and "aidaily_queue_deliveries 0" in metrics.splitlines()
    beat = json.loads((tmp_path / "home" / "heartbeat.json").read_text())
    assert beat["pid"] == os.getpid()


async def test_a_port_that_is_taken_is_said_in_one_sentence(store: Store, tmp_path: Path, slack: FakePlatform) -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="HEALTH_PORT") as caught:
            await run(app(store, tmp_path / "home", slack, health_port=port), Now())
    assert str(caught.value) == f"HEALTH_PORT: {port}번 포트를 열 수 없습니다: 다른 프로그램이 쓰고 있습니다."


async def test_a_fault_while_the_port_is_open_is_not_blamed_on_it(store: Store) -> None:
    pulse = Pulse(store, Now(), Path("heartbeat.json"), {})
    with pytest.raises(OSError, match="no space"):
        async with health_server(pulse, free_port()):
            raise OSError("no space")


async def test_the_environment_names_channels_that_were_never_known(
    store: Store, tmp_path: Path, slack: FakePlatform
) -> None:
    await store.subscriptions.seed([Subscription("slack", "COLD", datetime.now(UTC))])
    await store.subscriptions.remove("slack", "COLD")
    named = {"slack_channels": ("COLD", "CNEW"), "discord_channels": ("123",), "post_at": "09:10"}
    async with running(app(store, tmp_path / "home", slack, **named)):
        pass
    known = {one.name: one for one in await store.subscriptions.list()}
    assert set(known) == {"slack:CNEW", "discord:123"} and known["slack:CNEW"].post_at == "09:10"


async def test_people_are_listened_to_and_a_listener_that_dies_begins_again(
    store: Store, tmp_path: Path, slack: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.running._LISTEN_AGAIN_S", (0.0, 0.0))
    seen: list[str] = []

    async def answer(request: Request, say: Say) -> Reply | None:
        seen.append(request.id)
        if request.id == "breaks":
            raise RuntimeError("the socket has died")
        return Reply()

    async with running(app(store, tmp_path / "home", slack), answer):
        slack.ask("first")
        slack.ask("breaks")
        slack.ask("second")
        await until(lambda: "second" in seen)
    assert seen == ["first", "breaks", "second"]


@pytest.mark.parametrize("error", [PlatformLost("Slack을 들을 수 없습니다."), SettingsError("SLACK_APP_TOKEN", "거절")])
async def test_what_only_a_person_or_a_new_process_can_mend_ends_it_after_what_is_being_sent(
    store: Store, tmp_path: Path, slack: FakePlatform, error: AiDailyError
) -> None:
    class Lost(FakePlatform):
        async def listen(self, answer: Any) -> None:
            await until(lambda: self.tries)
            raise error

    lost, codes = Lost(Now()), list[int]()
    lost.delay_s = 0.3
    await due(store, datetime.now(UTC), "C1")
    with pytest.raises(type(error)) as ended:
        async with asyncio.timeout(5):
            await run(app(store, tmp_path / "home", lost), Now(), silent, stopping=codes.append)
    assert ended.value is error and codes == [1]
    assert lost.seqs("C1") == [0]


async def test_a_platform_that_is_away_is_listened_to_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.running._LISTEN_AGAIN_S", (0.0, 0.0))

    class Away(FakePlatform):
        begun = 0

        async def listen(self, answer: Any) -> None:
            self.begun += 1
            raise PlatformAway("Slack에 연결할 수 없습니다.")

    away = Away(Now())
    async with running(app(store, tmp_path / "home", away), silent) as task:
        await until(lambda: away.begun > 3)
        assert not task.done()


async def test_what_failed_when_its_process_died_is_told_to_the_operator_by_the_next(
    store: Store, tmp_path: Path, slack: FakePlatform
) -> None:
    await store.subscriptions.seed([Subscription("slack", "C1", datetime.now(UTC) - 60 * SECOND, post_at="00:00")])
    [one], today = await store.subscriptions.list(), datetime.now(SEOUL).date()
    await store.editions.save(replace(full(), date=today))
    await store.deliveries.plan([Due(today, "default", one.id, datetime.now(UTC))])
    [held] = await store.deliveries.claim(datetime.now(UTC), "dead", SECOND, 1, platforms=["slack"])
    await store.deliveries.fail(held, "too_long")
    async with running(app(store, tmp_path / "home", slack, admin_channel="slack:COPS")):
        await until(lambda: slack.told)
    assert slack.told == [("COPS", "slack:C1에 게시하지 못했습니다: too_long")]


async def silent(request: Request, say: Say) -> Reply | None:
    return None


async def test_a_database_that_refuses_it_while_it_runs_is_waited_for(
    postgres: Server, tmp_path: Path, slack: FakePlatform, caplog: pytest.LogCaptureFixture
) -> None:
    with postgres.database() as url:
        async with Store(url) as store, running(app(store, tmp_path / "home", slack)) as task:
            away = f"{name_of(url)}_away"
            await renamed(postgres.url, name_of(url), away)
            await until(lambda: caplog.text.count("createdb") > 1 or task.done())
            assert not task.done()
            await renamed(postgres.url, away, name_of(url))
            await due(store, datetime.now(UTC), "C1")
            await until(lambda: slack.seqs("C1") == list(range(8)))


async def test_told_to_stop_while_the_database_is_away_it_stops_at_once_and_well(
    postgres: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Alone(FakePlatform):
        listens_alone = True

    caplog.set_level("INFO")
    with postgres.database() as url:
        async with Store(url) as store:
            async with running(app(store, tmp_path / "home", Alone(Now())), silent):
                await until(lambda: "gateway.held" in caplog.text)
                await renamed(postgres.url, name_of(url), f"{name_of(url)}_away")
                began = time.monotonic()
            assert time.monotonic() - began < 4
        await renamed(postgres.url, f"{name_of(url)}_away", name_of(url))


async def renamed(server: str, name: str, to: str) -> None:
    """The database, whoever is connected to it."""
    for _ in range(100):
        execute(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            return execute(server, f"ALTER DATABASE {name} RENAME TO {to}")
        await asyncio.sleep(0.05)
    raise AssertionError("always in use")


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


async def test_work_under_a_lease_ends_when_the_lease_is_lost() -> None:
    renewals = iter([True, True, False])

    async def renew() -> bool:
        return next(renewals)

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        await while_held(asyncio.sleep(60), renew, 0.3)
    assert 0.25 < time.monotonic() - began < 1


async def test_a_lease_that_cannot_be_renewed_for_its_whole_length_is_lost_too() -> None:
    async def renew() -> bool:
        raise StoreError("데이터베이스가 없습니다.")

    with pytest.raises(TimeoutError):
        await while_held(asyncio.sleep(60), renew, 0.2)


async def test_work_that_ends_in_time_gives_its_result() -> None:
    async def renew() -> bool:
        return True

    async def work() -> date:
        await asyncio.sleep(0.3)
        return DAY

    assert await while_held(work(), renew, 0.2) == DAY


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(("switch", "status"), [("on", 200), ("off", 404)])
async def test_the_archive_is_on_the_health_port_only_where_it_is_wanted(
    store: Store, slack: FakePlatform, tmp_path: Path, switch: str, status: int
) -> None:
    await store.editions.save(full())
    port, home = free_port(), tmp_path / "home"
    made = app(store, home, slack, health_port=port, serve_archive=switch)
    async with running(made), aiohttp.ClientSession() as web:
        await until((home / "editions" / "index.html").exists)
        await until((home / "editions" / ".archive.json").exists)
        async with web.get(f"http://127.0.0.1:{port}/archive/") as page:
            assert page.status == status
        async with web.get(f"http://127.0.0.1:{port}/archive/..%2frunning.db") as page:
            assert page.status == 404
