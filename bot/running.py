"""`run`: one process that plans, builds, delivers and listens until it is told to stop.

Any number of them may run on one PostgreSQL (two on one SQLite file): what they do is claimed in the database. On
SIGTERM nothing more is claimed, what is being sent is finished, and the exit code is 0 within ten seconds; a build
is let go and taken up again from its finished steps.
"""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.archive import EVERY_S as ARCHIVE_S
from bot.chat import Answer, Platform
from bot.clock import Clock
from bot.delivery import DEFAULT, Timing
from bot.health import Pulse, health_server
from bot.holding import while_held
from bot.office import Office, office, opened_platforms, seed
from bot.tidying import EVERY_S, tidy
from core.errors import AiDailyError, PlatformLost, SettingsError, StoreError

log = logging.getLogger(__name__)
TICK_S = 5.0
_REMIND_S = 300.0
_GRACE_S = 8.5
_AT_THE_LATEST_S = 9.5
_LISTEN_AGAIN_S = (1, 5, 15, 60)
_LONG = timedelta(minutes=10)


async def run(
    app: App,
    clock: Clock,
    answer: Answer | None = None,
    *,
    timing: Timing = DEFAULT,
    stopping: Callable[[int], None] = lambda code: None,
    stop: asyncio.Event | None = None,
) -> None:
    """Until `stop`, or SIGTERM or SIGINT where that is None; `stopping` is called with the exit code to be as soon as
    that is known. `answer` None: nobody is listened to. Raises SettingsError for a refused token or a port that is
    taken, StoreError when the database cannot be used at the start, PlatformLost when only a new process may hear a
    platform again."""
    await seed(app, clock.now())
    desk = office(app, clock, timing=timing)
    counts = {name: courier.counts for name, courier in zip(app.platforms, desk.couriers, strict=True)}
    pulse = Pulse(app.store, clock, app.settings.aidaily_home / "heartbeat.json", counts)
    async with (
        contextlib.nullcontext(stop) if stop else told_to_stop(stopping) as stopped,
        opened_platforms(app),
        health_server(pulse, app.settings.health_port, _shown(app)),
    ):
        await _tick(desk, pulse)
        log.info("run.ready owner=%s platforms=%s", desk.owner, ",".join(app.platforms))
        ended = await _work(app, desk, pulse, answer, stopped, stopping, timing)
        await desk.leave()
        if ended:
            raise ended


async def _work(
    app: App, desk: Office, pulse: Pulse, answer: Answer | None, stop: asyncio.Event,
    stopping: Callable[[int], None], timing: Timing,
) -> AiDailyError | None:  # fmt: skip
    """Everything at once, until it is to stop; the error to end with, if that is why."""
    async with asyncio.TaskGroup() as tasks:
        going = [tasks.create_task(_every(lambda: _tick(desk, pulse)))]
        going.append(tasks.create_task(_every(desk.build)))
        going.append(tasks.create_task(_every(desk.shelve, ARCHIVE_S)))
        going.append(tasks.create_task(_every(desk.remind, _REMIND_S)))
        going.append(tasks.create_task(_every(lambda: tidy(desk, app.settings.retention_days), EVERY_S)))
        if app.model:  # the library takes seconds; nobody's first question is to wait for it
            going.append(tasks.create_task(app.model.load()))
        hearing: list[asyncio.Task[AiDailyError]] = []
        if answer:
            listeners = (_listen(desk, each, answer, timing.gateway_s) for each in app.platforms.values())
            hearing += map(tasks.create_task, listeners)
        carrying = [tasks.create_task(courier.run()) for courier in desk.couriers]
        ended = await _told(stop, hearing)
        log.info("run.stopping reason=%s", ended or "told to")
        if ended:
            stopping(1)
        desk.stop()
        for task in (*going, *hearing):
            task.cancel()
        _, late = await asyncio.wait([*going, *hearing, *carrying], timeout=_GRACE_S)
        for task in late:  # its lease runs out, and whoever comes next looks
            task.cancel()
    return ended


def _shown(app: App) -> Path | None:
    """The folder of the archive, where it is to be served."""
    return app.settings.aidaily_home / "editions" if app.settings.serve_archive == "on" else None


async def _told(stop: asyncio.Event, hearing: Sequence[asyncio.Task[AiDailyError]]) -> AiDailyError | None:
    """Waits until the process is told to stop, or a listener says why it should."""
    told = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({told, *hearing}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    return next((task.result() for task in hearing if task in done), None)


def end_in_time(code: int) -> None:
    """Ends the process with `code` in ten seconds, also when a thread (a search, a page being read) will not end. All
    that matters is in the database by then."""
    timer = threading.Timer(_AT_THE_LATEST_S, os._exit, (code,))
    timer.daemon = True
    timer.start()


async def _tick(desk: Office, pulse: Pulse) -> None:
    await desk.arrive()
    if await desk.planner.plan():
        desk.wake()
    await pulse.tick()


async def _every(work: Callable[[], Awaitable[None]], seconds: float = TICK_S) -> None:
    """Does it again and again; a database that is away for a while stops nothing."""
    while True:
        try:
            await work()
        except StoreError as error:
            log.warning("run.no_store reason=%s", error)
        await asyncio.sleep(seconds)


async def _listen(desk: Office, platform: Platform, answer: Answer, lease_s: float) -> AiDailyError:
    """Gives people's requests to `answer`, which claims each by its id; begins again when a connection dies. What it
    returns ends the process: a person must change a setting, or the supervisor start a new one."""
    failures = 0
    while True:
        begun = desk.clock.now()
        try:
            if platform.listens_alone:
                await _listen_alone(desk, platform, answer, lease_s)
            else:
                await platform.listen(answer)
        except (SettingsError, PlatformLost) as error:
            return error
        except AiDailyError as error:
            log.warning("listen.failed platform=%s reason=%s", platform.name, error)
        except Exception:
            log.exception("listen.died platform=%s", platform.name)
        failures = failures + 1 if desk.clock.now() - begun < _LONG else 0
        await asyncio.sleep(_LISTEN_AGAIN_S[min(failures, len(_LISTEN_AGAIN_S) - 1)])


async def _listen_alone(desk: Office, platform: Platform, answer: Answer, lease_s: float) -> None:
    """Listens while this process holds the platform's gateway; when its holder is gone, another takes over."""
    locks, name, owner = desk.store.locks, f"gateway/{platform.name}", desk.owner
    while not await locks.acquire(name, owner, lease_s, desk.clock.now()):  # noqa: ASYNC110  (it is a row)
        await asyncio.sleep(lease_s / 5)
    log.info("gateway.held platform=%s", platform.name)
    try:
        await while_held(platform.listen(answer), lambda: locks.renew(name, owner, lease_s, desk.clock.now()), lease_s)
    finally:
        with contextlib.suppress(StoreError):  # it runs out by itself, and we may be on our way out
            await locks.release(name, owner)


@contextlib.asynccontextmanager
async def told_to_stop(stopping: Callable[[int], None]) -> AsyncIterator[asyncio.Event]:
    """Set at SIGTERM or SIGINT while the block runs; `stopping` is called with 0 then, also while a platform that does
    not answer is still being opened."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told() -> None:
        stop.set()
        stopping(0)

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, told)
    try:
        yield stop
    finally:
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(each)
