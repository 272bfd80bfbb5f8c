"""The collecting itself: all sources at once, each to a deadline, the results merged into one day."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from core.errors import NoEdition, SourceBroken, SourceError, SourceUnreachable
from core.model import Batch, Collected, Item, News, Signals, SourceReport
from core.sources.calendar import Day
from core.text import shorten

DEADLINE_S = 90.0
_TITLE, _TEXT = 500, 8_000  # characters
_NAMED = 3  # ways of failing, of a day without any source
_NETWORK = "네트워크와 프록시(HTTPS_PROXY) 설정을 확인하세요."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a source gave. `detail` is said beside its count; `faults` are parts of it that failed and were replaced;
    `signals` are by item id (see `news_id`); `count` where it is not the number of items; `asked` False where no item
    could have come: a source of signals only, arXiv on a weekend."""

    items: tuple[Item, ...] = ()
    detail: str = ""
    faults: tuple[SourceReport, ...] = ()
    signals: Mapping[str, Signals] = field(default_factory=dict)
    batch: Batch | None = None
    count: int | None = None
    waited_s: float = 0.0
    asked: bool = True


class Source(Protocol):
    """`name` is printed in the digest. `collect` gives everything the source has for that day, seen from `day.now`,
    or raises a SourceError; an empty result means that there is really nothing new."""

    @property
    def name(self) -> str: ...

    async def collect(self, day: Day) -> Found: ...


async def collect(sources: Sequence[Source], day: Day, deadline_s: float = DEADLINE_S) -> Collected:
    """Ask all sources at once. A source that fails, or is not done after `deadline_s`, becomes a report that is not
    ok; NoEdition only when all that were asked for items failed. Reports keep the order of `sources`."""
    results = await asyncio.gather(*(_ask(source, day, deadline_s) for source in sources))
    found = [result for result in results if isinstance(result, Found)]
    reports = tuple(report for source, result in zip(sources, results, strict=True) for report in _told(source, result))
    if len(found) < len(sources) and not any(result.asked for result in found):
        raise NoEdition(f"모든 소스가 실패해 다이제스트를 만들 수 없습니다({_blamed(reports)}). {_NETWORK}")
    batch = next((result.batch for result in found if result.batch), None)
    signals = _signals(found)
    merged = merge(bounded(item) for result in found for item in result.items)
    items = tuple(_with_signals(item, signals) for item in merged)
    ids = {item.id for item in items}
    upvotes = {i: each.hf_upvotes for i, each in signals.items() if each.hf_upvotes is not None and i not in ids}
    return Collected(items, batch, reports, max((result.waited_s for result in found), default=0.0), upvotes)


async def _ask(source: Source, day: Day, deadline_s: float) -> Found | SourceError:
    try:
        async with asyncio.timeout(deadline_s):
            return await source.collect(day)
    except TimeoutError as error:
        failure: SourceError = SourceUnreachable(f"{deadline_s:.0f}초 안에 끝나지 않음")
        failure.__cause__ = error
    except SourceError as error:
        failure = error
    except Exception as error:  # a source that trips over what it read must not take the day with it
        _log.exception("source.crashed name=%s", source.name)
        failure = SourceBroken("읽다가 예상하지 못한 오류")
        failure.__cause__ = error
    _log.warning("source.failed name=%s reason=%s", source.name, failure)
    return failure


def _told(source: Source, result: Found | SourceError) -> tuple[SourceReport, ...]:
    if isinstance(result, SourceError):
        return (SourceReport(source.name, ok=False, detail=str(result)),)
    count = len(result.items) if result.count is None else result.count
    return (SourceReport(source.name, ok=True, count=count, detail=result.detail), *result.faults)


def _blamed(reports: Iterable[SourceReport]) -> str:
    """The commonest ways in which sources failed, each with who did."""
    ways: dict[str, list[str]] = {}
    for report in reports:
        if not report.ok:
            ways.setdefault(report.detail, []).append(report.name)
    common = sorted(ways, key=lambda way: -len(ways[way]))
    told = [f"{_first(ways[way])}: {way}" for way in common[:_NAMED]]
    more = sum(len(ways[way]) for way in common[_NAMED:])
    return "; ".join([*told, *([f"그 밖에 {more}곳"] if more else [])])


def _first(names: Sequence[str]) -> str:
    return names[0] + (f" 외 {len(names) - 1}곳" if len(names) > 1 else "")


def bounded(item: Item) -> Item:
    """What no reader would read and no model should be sent is cut; arXiv allows abstracts of 1,920 characters."""
    title = shorten(item.title, _TITLE)
    if isinstance(item, News):
        return replace(item, title=title, summary=shorten(item.summary, _TEXT))
    comment = item.comment and shorten(item.comment, _TITLE)
    return replace(item, title=title, abstract=shorten(item.abstract, _TEXT), comment=comment)


def merge(items: Iterable[Item]) -> tuple[Item, ...]:
    """One item per id, in the order of first sight; of two the one with more text stays."""
    kept: dict[str, Item] = {}
    for item in items:
        if item.id not in kept or len(item.text) > len(kept[item.id].text):
            kept[item.id] = item
    return tuple(kept.values())


def _signals(found: Sequence[Found]) -> dict[str, Signals]:
    known: dict[str, Signals] = {}
    for result in found:
        for id_, signals in result.signals.items():
            known[id_] = _joined(known.get(id_, Signals()), signals)
    return known


def _with_signals(item: Item, signals: Mapping[str, Signals]) -> Item:
    return replace(item, signals=_joined(item.signals, signals[item.id])) if item.id in signals else item


def _joined(a: Signals, b: Signals) -> Signals:
    return Signals(
        hf_upvotes=_larger(a.hf_upvotes, b.hf_upvotes),
        hn_points=_larger(a.hn_points, b.hn_points),
        hn_url=a.hn_url or b.hn_url,
    )


def _larger(a: int | None, b: int | None) -> int | None:
    return max((number for number in (a, b) if number is not None), default=None)
