"""Correcting: what was told of an item on a day is put right wherever it stands, in the store, the files and every
channel that has it.

The store first, then the channels one message after the other; each is written down when all its messages show the
correction. So it may be killed and repeated, and run beside a running bot: nothing is said twice, because a message is
written anew where it is.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.app import App
from bot.archive import Archive
from bot.chat import Closed, Done, NotSent, Outcome, Place, Platform, Rejected, Step, Unsure
from bot.files import write_files
from bot.linking import linked
from bot.office import opened_platforms
from core.correcting import put_right, shows
from core.errors import SettingsError
from core.model import Correction, Edition, Story
from core.store import Behind, Store

log = logging.getLogger(__name__)
_TRIES = 6
_PAUSE_S = 2.0
_LONGEST_S = 600.0
_WITHIN_S = 15.0
_AT_ONCE = 8
_LOOKS, _LOOK_S = 40, 1.0  # longer than any lease


@dataclass(slots=True)
class Quiet:
    """When a platform may be written to again (monotonic seconds)."""

    until: float = 0.0

    def keep(self, seconds: float) -> None:
        self.until = max(self.until, time.monotonic() + seconds)

    async def over(self) -> None:
        while (left := self.until - time.monotonic()) > 0:  # noqa: ASYNC110  (it may be put off meanwhile)
            await asyncio.sleep(left)


@dataclass(frozen=True, slots=True)
class Corrected:
    """How it ended in one channel. `state`: done, failed (repeat it), or pending (the delivery is not over)."""

    channel: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """`profiles`: whose editions changed by this call; `channels`: those that showed something else before it."""

    story: Story
    profiles: tuple[str, ...]
    channels: tuple[Corrected, ...]


async def correct(app: App, on: date, n: int, wanted: Correction, profile: str = "default") -> Result:
    """Puts right story `n` of that profile's edition, and what the other profiles' editions of the date say about the
    same item. Raises SettingsError when there is no such story, or nothing in it to change."""
    story = await _story(app, on, n, profile)
    revisions = await app.store.corrections.revisions(on)
    changed = [each for each in revisions if await _revised(app, on, each, story.item.id, wanted)]
    told = await _story(app, on, n, profile)
    if not shows(told, wanted):
        raise SettingsError("말", f"{on} 호의 {n}번 이슈에 그 말이 없습니다. 글에 보이는 그대로 적어 주세요.")
    folder = app.settings.aidaily_home / "editions"
    for each in revisions:
        edition = await app.store.editions.get(on, each)
        if edition and edition.posted:
            await asyncio.to_thread(write_files, edition, folder, archived=True)
    await Archive(app.store, folder).keep(on)
    return Result(told, tuple(changed), await _everywhere(app, on))


async def _story(app: App, on: date, n: int, profile: str) -> Story:
    edition = await app.store.editions.get(on, profile)
    story = next((each for each in edition.stories if each.n == n), None) if edition else None
    if edition is None or story is None:
        raise SettingsError("번호", f"{on} 호에 {n}번 이슈가 없습니다.")
    if edition.status != "final":
        raise SettingsError("날짜", f"{on} 호는 아직 초안입니다. 게시 때 다시 만들어집니다.")
    return story


async def _revised(app: App, on: date, profile: str, item: str, wanted: Correction) -> bool:
    """Whether the edition is another now."""
    while True:
        revision = (await app.store.corrections.revisions(on))[profile]
        edition = await app.store.editions.get(on, profile)
        assert edition is not None, "a final edition does not go away"
        changed = put_right(edition, item, wanted)
        if changed == edition:
            return False
        if await app.store.corrections.revise(changed, revision):
            log.info("correct.revised date=%s profile=%s item=%s revision=%d", on, profile, item, revision + 1)
            return True


async def _everywhere(app: App, on: date) -> tuple[Corrected, ...]:
    """Brings the channels up to date; those that are have nothing to say here."""
    slots = asyncio.Semaphore(_AT_ONCE)
    profiles = [each for each, revision in (await app.store.corrections.revisions(on)).items() if revision]
    waiting = [(each, row) for each in profiles for row in await app.store.corrections.behind(on, each)]
    if not waiting:
        return ()

    quiet: defaultdict[str, Quiet] = defaultdict(Quiet)

    async def one(profile: str, behind: Behind) -> Corrected:
        async with slots:
            return await _channel(app, on, profile, behind, quiet[behind.platform])

    async with opened_platforms(app):
        return tuple(await asyncio.gather(*(one(*each) for each in waiting)))


async def _channel(app: App, on: date, profile: str, behind: Behind, quiet: Quiet) -> Corrected:
    """One channel; what its delivery writes meanwhile too."""
    platform = app.platforms.get(behind.platform)
    if platform is None:
        return Corrected(behind.name, "failed", f"{behind.platform}에 연결할 토큰이 설정되어 있지 않습니다.")
    shown: set[int] = set()
    for _ in range(_LOOKS):
        edition = await app.store.editions.get(on, profile)
        assert edition is not None
        if reason := await _edited(app.store, platform, edition, behind, shown, quiet):
            log.warning("correct.failed channel=%s reason=%s", behind.name, reason)
            return Corrected(behind.name, "failed", reason)
        if await app.store.corrections.caught_up(behind):
            return Corrected(behind.name, "done")
        await asyncio.sleep(_LOOK_S)
        again = await app.store.corrections.behind(on, profile)
        now = next((each for each in again if each.id == behind.id), None)
        if now is None:  # somebody else has done it
            return Corrected(behind.name, "done")
        behind = now
    return Corrected(behind.name, "pending", "게시가 아직 끝나지 않았습니다. 끝난 뒤 다시 해 주세요.")


async def _edited(
    store: Store, platform: Platform, edition: Edition, behind: Behind, shown: set[int], quiet: Quiet
) -> str:
    """Why not; "" when every message that differs was written anew. `shown`: those that were already."""
    place = Place(behind.platform, behind.channel, behind.workspace, behind.settings)
    refs = tuple(step.ref for step in behind.steps)
    for step, was in _differing(platform, edition, behind):
        if step.seq not in shown:
            if step.message:  # as it was sent: linked to this channel's own messages
                message = await linked(step.message, store, platform, place, behind.subscription)
                step = replace(step, message=message)
            outcome = await _written(partial(platform.edit, step, was, place, refs), quiet)
            if not isinstance(outcome, Done):
                return outcome.reason
            shown.add(step.seq)
    return ""


def _differing(platform: Platform, edition: Edition, behind: Behind) -> Sequence[tuple[Step, Step]]:
    """The steps that are out and say something else by now, each with how it was. When an edition was corrected
    before, what a channel shows is not known, so all are taken that may have changed since."""
    done = {step.seq: step.key for step in behind.steps}
    now = _steps(platform, edition, behind)
    was = list(_steps(platform, edition.posted or edition, behind))
    if behind.revision > 1:
        was = [old if _heavy(old) else replace(old, message=None) for old in was]
    changed = [(new, old) for new, old in zip(now, was, strict=True) if new != old]
    return [(replace(new, key=done[new.seq]), old) for new, old in changed if new.seq in done]


def _steps(platform: Platform, edition: Edition, behind: Behind) -> Sequence[Step]:
    """As they were when they went out: the channel may have turned to or from root-only since."""
    made: Sequence[Step] = platform.steps(edition, behind.settings)
    other: Mapping[str, object] = {**behind.settings, "root_only": not behind.settings.get("root_only", False)}
    if behind.over and len(made) != len(behind.steps):
        turned = platform.steps(edition, other)
        return turned if len(turned) == len(behind.steps) else made
    return made


def _heavy(step: Step) -> bool:
    """A picture is not sent again without need."""
    return step.message is not None and step.message.picture is not None


async def _written(edit: Callable[[], Awaitable[Outcome]], quiet: Quiet) -> Outcome:
    """The step edited, tried again while that may help. A platform that asks to be left alone is, by all."""
    outcome: Outcome = NotSent("보내지 못했습니다.")
    tries, deadline = 0, time.monotonic() + _LONGEST_S
    while tries < _TRIES and time.monotonic() < deadline:
        await quiet.over()
        try:
            async with asyncio.timeout(_WITHIN_S):
                outcome = await edit()
        except TimeoutError:
            outcome = Unsure("제때 응답이 없었습니다.")
        match outcome:
            case Done() | Closed() | Rejected():
                return outcome
            case NotSent(_, wait_s) if wait_s is not None:
                quiet.keep(wait_s)
            case _:
                tries += 1
                await asyncio.sleep(_PAUSE_S)
    return outcome
