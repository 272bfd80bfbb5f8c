"""What readers reported with 틀렸어요 and nobody has put right: counted in status, listed by `reports`."""

from datetime import UTC, date, datetime, timedelta

from core.store import Report, Store

DAYS = 14
_NEVER = datetime.min.replace(tzinfo=UTC)


async def open_reports(store: Store, today: date) -> tuple[Report, ...]:
    """Of the last two weeks' editions, oldest first; a correction of the story since then settles a report. Raises
    StoreError."""
    reports = await store.feedback.reports(today - timedelta(days=DAYS))
    righted: dict[tuple[date, str, int], datetime] = {}
    for on, profile in {(one.date, one.profile) for one in reports}:
        edition = await store.editions.get(on, profile)
        for story in edition.stories if edition else ():
            if story.corrections:
                righted[on, profile, story.n] = story.corrections[-1].at
    return tuple(one for one in reports if one.at > righted.get((one.date, one.profile, one.n), _NEVER))


def remedy(on: date, n: int, profile: str) -> str:
    of = "" if profile == "default" else f" --profile {profile}"
    return f'고치기: python -m bot correct {on} {n} "틀린 말" "맞는 말"{of} · 거두기: withdraw'
