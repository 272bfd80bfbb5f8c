"""Status: the last edition, where it went, what failed and why, what it cost, and when the next one comes.

Read from the database alone, so any process can tell it, also while none is running.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App
from bot.planning import Rules, next_post
from bot.posting import NO_TOKEN
from bot.reported import open_reports
from bot.resting import paused_until
from bot.terminal import NAME as TERMINAL
from core.llm import Spent
from core.model import Edition, Funnel, SourceReport
from core.render import colophon
from core.store import DeliveryState, Queue, Subscription

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Fault:
    """What did not go well, where, and the reason in Korean."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Status:
    """`edition` is the latest that the house's or any active channel's profile has, of one day the house's.
    `deliveries` counts that date's by state, `reports` what readers reported and nobody has put right."""

    now: datetime
    zone: ZoneInfo
    edition: Edition | None
    deliveries: dict[str, int]
    faults: tuple[Fault, ...]
    paused: tuple[Fault, ...]
    resting: tuple[Fault, ...]
    channels: int
    next_at: datetime | None
    queue: Queue
    spent: Spent
    reports: int

    @property
    def funnel(self) -> Funnel | None:
        return self.edition.funnel if self.edition else None

    @property
    def sources(self) -> tuple[SourceReport, ...]:
        return self.edition.sources if self.edition else ()


async def status(app: App, rules: Rules, now: datetime) -> Status:
    """How things stand at `now`. Raises StoreError."""
    store, zone = app.store, rules.house.zone
    today = now.astimezone(zone).date()
    known = await store.subscriptions.list(active=False)
    active = [rules.resolved(one) for one in known if one.active]
    edition = await _latest(app, active)
    day = edition.date if edition else today
    deliveries = await store.deliveries.of(day)
    silent = tuple(_without_token(app, active, deliveries)) if edition and edition.status == "final" else ()
    return Status(
        now, zone, edition,
        dict(Counter([*(row.state for row in deliveries), *("failed" for _ in silent)])),
        (*await _builds(app, {day, today}), *_undelivered(deliveries), *silent,
         *_late(app, await store.deliveries.waiting(), day, now)),
        tuple(Fault(one.name, one.paused_reason) for one in known if not one.active), tuple(_resting(active, now)),
        len(active), _next(active, now), await store.deliveries.queue(now), await store.usage.spent(today),
        len(await open_reports(store, today)),
    )  # fmt: skip


async def _latest(app: App, active: list[Subscription]) -> Edition | None:
    editions, keys = app.store.editions, dict.fromkeys((app.profile.key, *(one.profile.key for one in active)))
    last = {key: dates[0] for key in keys if (dates := await editions.dates(key))}
    key = max(last, key=last.__getitem__, default=None)  # the first of several, and that is the house's
    return await editions.get(last[key], key) if key else None


async def _builds(app: App, days: set[date]) -> list[Fault]:
    builds = [build for day in sorted(days) for build in await app.store.builds.of(day)]
    return [Fault(f"{build.date} 만들기", build.reason) for build in builds if build.state != "done" and build.reason]


def _undelivered(deliveries: tuple[DeliveryState, ...]) -> Iterator[Fault]:
    for row in deliveries:
        if row.state != "done" and row.reason:
            yield Fault(f"{row.platform}:{row.channel}", row.reason)


def _late(app: App, waiting: tuple[DeliveryState, ...], day: date, now: datetime) -> Iterator[Fault]:
    """What of other days than `day` has been tried or is due, and is not out. The terminal's as below."""
    for row in waiting:
        wished = row.platform in app.platforms or row.platform != TERMINAL
        if wished and row.date != day and (row.reason or row.due_at <= now):
            yield Fault(f"{row.platform}:{row.channel} ({row.date})", row.reason or "아직 게시하지 못했습니다.")


def _without_token(app: App, active: list[Subscription], deliveries: tuple[DeliveryState, ...]) -> Iterator[Fault]:
    """Those to which nobody can write that edition. The terminal's is nobody's wish where there are tokens."""
    begun = {f"{row.platform}:{row.channel}" for row in deliveries}
    for one in active:
        if one.platform not in {*app.platforms, TERMINAL} and one.name not in begun:
            yield Fault(one.name, NO_TOKEN.format(one.platform))


def _resting(active: list[Subscription], now: datetime) -> Iterator[Fault]:
    """Those whose people want a pause; it ends by itself."""
    for one in active:
        until = paused_until(one)
        if until and until >= now.astimezone(ZoneInfo(one.tz)).date():
            yield Fault(one.name, f"{until}까지 쉽니다.")


def _next(active: list[Subscription], now: datetime) -> datetime | None:
    return min((next_post(one, now).at for one in active if one.weekdays), default=None)


def as_json(status: Status) -> dict[str, Any]:
    """For scripts; the names are those of `today --json`."""
    edition, spent = status.edition, status.spent
    return {
        "now": status.now.isoformat(),
        "last": edition
        and {
            "date": edition.date.isoformat(),
            "status": edition.status,
            "built_at": edition.built_at.isoformat(),
            "funnel": asdict(edition.funnel),
            "sources": [asdict(report) for report in edition.sources],
            "cost_usd": edition.cost.usd,
            "model": edition.cost.model or None,
            "calls": edition.cost.calls,
            "notes": edition.notes,
        },
        "deliveries": status.deliveries,
        "faults": [asdict(fault) for fault in status.faults],
        "paused": [asdict(fault) for fault in status.paused],
        "resting": [asdict(fault) for fault in status.resting],
        "channels": status.channels,
        "queue": {"due": status.queue.due, "roots": status.queue.roots},
        "next_at": status.next_at.isoformat() if status.next_at else None,
        "today": asdict(spent),
        "reports": status.reports,
    }


def as_text(status: Status) -> str:
    """For people, in lines."""
    return "\n".join(_lines(status))


def _lines(status: Status) -> Iterator[str]:
    if edition := status.edition:
        built = edition.built_at.astimezone(status.zone)
        draft = " (초안)" if edition.status == "draft" else ""
        yield f"마지막 다이제스트: {edition.date}{draft}, {built:%m-%d %H:%M} 작성"
        yield f"  {colophon.funnel(edition.funnel)}"
        for report in edition.sources:
            detail = f" ({report.detail})" if report.detail else ""
            yield f"  {'정상' if report.ok else '실패'} {report.name}: {report.count:,}건{detail}"
        yield f"  {_money(edition.cost.usd)}, 모델 호출 {edition.cost.calls:,}번 ({edition.cost.model or '발췌'})"
        yield from (f"  {note}" for note in edition.notes)
    else:
        yield "아직 만든 다이제스트가 없습니다."
    words = {"done": "완료", "pending": "대기", "failed": "실패", "skipped": "건너뜀"}
    counts = [f"{words[state]} {count}" for state, count in sorted(status.deliveries.items())]
    yield f"게시: {', '.join(counts) or '없음'}"
    for name, faults in (("문제", status.faults), ("멈춘 구독", status.paused), ("쉬는 채널", status.resting)):
        for fault in faults[:_SHOWN]:
            yield f"{name}: {fault.what}: {fault.reason}"
        if len(faults) > _SHOWN:
            yield f"{name}: 이 밖에 {len(faults) - _SHOWN}건"
    if status.reports:
        yield f"틀렸어요 신고: 고치지 않은 것 {status.reports}건 (python -m bot reports)"
    yield f"오늘: {_spent(status.spent)}, 모델 호출 {status.spent.calls:,}번"
    if status.next_at:
        yield f"다음 게시: {status.next_at.astimezone(status.zone):%Y-%m-%d %H:%M}, 구독 채널 {status.channels}곳"
    else:
        yield "다음 게시: 구독 중인 채널이 없습니다."


def _spent(spent: Spent) -> str:
    if not spent.unpriced:
        return _money(spent.usd)
    return f"비용 적어도 ${spent.usd:.3f} ({spent.unpriced:,}번은 알 수 없음)" if spent.usd else _money(None)


def _money(usd: float | None) -> str:
    return "비용 알 수 없음" if usd is None else f"비용 ${usd:.3f}"
