"""Today's arXiv batch from up to three witnesses: the listing says which papers, the API what they are.

Listing pages (one per category) name the batch; the API gives the metadata, by submission window and then by id for
what the window lacks (papers that moderation held). Where they disagree, or one of them failed, the day is made of the
rest and the failure is a report of its own. RSS is asked only for what neither could give.
For a past date the listing already shows another day: then the window alone has to do, and that is said.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import SourceBroken, SourceError, SourceStale, SourceUnreachable
from core.model import Batch, Paper, SourceReport
from core.sources.arxiv import GROUP, Api
from core.sources.calendar import Announcement, Day
from core.sources.collecting import Found
from core.sources.listing import Listing, ListingPages
from core.sources.rss import Rss

_TOLERANCE = 0.05  # API and listing may differ by so much of a batch
_LISTING_SHARE, _API_SHARE = 0.45, 0.7  # of the budget; of what is left then


@dataclass(frozen=True, slots=True)
class Arxiv:
    """The source. `budget_s` bounds all of its requests together, politeness included."""

    api: Api
    pages: ListingPages
    rss: Rss
    budget_s: float = 80.0
    name: str = "arXiv"

    async def collect(self, day: Day) -> Found:
        if day.expected is None:
            return Found(detail="주말: 공지 없음")
        waited = self.api.web.waited_s(GROUP)
        seen = await self._see(day, day.expected)
        result = Found(detail=seen.none, faults=seen.faults) if seen.none else found(day, day.expected, seen)
        return replace(result, waited_s=self.api.web.waited_s(GROUP) - waited)

    async def _see(self, day: Day, expected: Announcement) -> "Seen":
        clock = asyncio.get_running_loop().time
        ends = clock() + self.budget_s
        listed = await self._listings(day, expected, clock() + self.budget_s * _LISTING_SHARE)
        window = await _twice(
            lambda within: self.api.window(day.categories, expected.opens, expected.closes, within),
            (ends - clock()) * _API_SHARE,
        )
        seen = compare(expected, day.categories, listed, window)
        return seen if seen.none or seen.past else await self._complete(day, expected, seen, ends)

    async def _listings(self, day: Day, expected: Announcement, ends: float) -> dict[str, Listing | SourceError]:
        """One page per category, in turn; no more pages once one shows a later day (the day asked for is past)."""
        got: dict[str, Listing | SourceError] = {}
        for category in day.categories:
            left = ends - asyncio.get_running_loop().time()
            try:
                if left <= 0:
                    raise SourceUnreachable("응답 시간 초과")
                listing = await self.pages.get(category, left)
            except SourceError as error:
                got[category] = error
                continue
            got[category] = listing
            if listing.date > expected.date:
                break
        return got

    async def _complete(self, day: Day, expected: Announcement, seen: "Seen", ends: float) -> "Seen":
        """The papers that the window lacks by id, or, where there is no API, the missing categories by RSS."""
        left = ends - asyncio.get_running_loop().time()
        if seen.api_ok:
            held = [id_ for id_ in seen.batch if id_ not in seen.metadata]
            try:
                more = await self.api.by_id(held, left) if held else ()
            except SourceError as error:
                return seen.blame("arXiv API", f"보류 논문 {len(held)}편은 목록의 정보로 대신함: {error}")
            return seen.add(more)
        missing = [category for category in day.categories if category in seen.unlisted]
        if not missing:
            return seen
        try:
            papers = await self.rss.get(missing, expected.date, left)
        except SourceError as error:
            return seen.blame("arXiv RSS", str(error))
        return replace(seen, batch=_united(seen.batch, {paper.id: paper for paper in papers}), by_rss=len(papers))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the witnesses said. `batch`: the papers as announced, by id; `metadata`: the API's record of papers;
    `unlisted`: categories without a trustworthy listing; `none`: why there is no batch, if there is none."""

    batch: Mapping[str, Paper]
    metadata: Mapping[str, Paper]
    unlisted: frozenset[str]
    api_ok: bool
    faults: tuple[SourceReport, ...] = ()
    none: str = ""
    past: bool = False
    by_rss: int = 0

    def blame(self, name: str, reason: str) -> "Seen":
        return replace(self, faults=(*self.faults, SourceReport(name, ok=False, detail=reason)))

    def add(self, papers: Iterable[Paper]) -> "Seen":
        metadata = {**self.metadata, **{paper.id: paper for paper in papers}}
        unknown = len(self.batch.keys() - metadata.keys())
        told = replace(self, metadata=metadata)
        if unknown > max(1, _TOLERANCE * len(self.batch)):
            return told.blame("arXiv API", f"목록의 {unknown}편을 모름: 목록의 정보로 대신함")
        return told


def compare(
    expected: Announcement,
    categories: Sequence[str],
    listed: Mapping[str, Listing | SourceError],
    window: tuple[Paper, ...] | SourceError,
) -> Seen:
    """What listing pages and the API's window say together; pure."""
    api = () if isinstance(window, SourceError) else tuple(_announced(paper, categories) for paper in window)
    good = {category: page for category, page in listed.items() if isinstance(page, Listing)}
    seen = Seen({}, {paper.id: paper for paper in api}, frozenset(), api_ok=not isinstance(window, SourceError))
    if isinstance(window, SourceError):
        seen = seen.blame("arXiv API", str(window))
    if any(page.date > expected.date for page in good.values()):
        return replace(seen, batch=seen.metadata, unlisted=frozenset(categories), past=True)
    if good and not api and all(page.date < expected.date for page in good.values()):
        shown = max(page.date for page in good.values())
        return replace(seen, none=f"오늘 공지된 배치 없음(목록은 {shown:%m-%d} 것: 휴일이거나 늦어짐)")
    for category in categories:
        seen = _judge(seen, category, listed[category], api, expected)
    if seen.api_ok and not api and seen.batch:
        seen = replace(seen.blame("arXiv API", "오늘 배치를 아직 모름: 목록의 정보로 대신함"), api_ok=False)
    return seen


def _judge(
    seen: Seen, category: str, page: Listing | SourceError, api: Sequence[Paper], expected: Announcement
) -> Seen:
    """Take one category's listing into the batch, or say what is wrong with it and take the window instead."""
    windowed = {paper.id: paper for paper in api if category in paper.categories}
    reason, papers = "", {}
    if isinstance(page, SourceError):
        reason = str(page)
    elif page.date != expected.date:
        reason = f"{page.date:%m-%d} 목록을 보여 줌"
    else:
        papers = {paper.id: paper for paper in page.papers}
        lacking = len(windowed.keys() - papers.keys())
        if lacking > max(1, _TOLERANCE * len(windowed)):
            reason = f"API와 {lacking}편 다름"
            if lacking > len(windowed) / 2:
                reason = "지난 배치를 반복" if papers else "빈 목록"
                papers = {}
    batch = _united(seen.batch, papers)
    if not reason:
        return replace(seen, batch=batch)
    untold = seen.unlisted | {category} if not papers else seen.unlisted
    seen = replace(seen, batch=_united(batch, windowed), unlisted=untold)
    return seen.blame(f"arXiv 목록({category})", reason)


def _united(a: Mapping[str, Paper], b: Mapping[str, Paper]) -> dict[str, Paper]:
    """Both; a paper that is New in one category and cross-listed in another is new."""
    united = dict(a)
    for id_, paper in b.items():
        if id_ not in united or paper.announced == "new":
            united[id_] = paper
    return united


def found(day: Day, expected: Announcement, seen: Seen) -> Found:
    """The papers with the best metadata there is, and what to say about them; pure.
    Raises SourceError where nothing can be trusted: an announcement day without papers is never quiet."""
    reasons = ", ".join(f"{fault.name.removeprefix('arXiv ')}: {fault.detail}" for fault in seen.faults)
    if not seen.batch:
        raise SourceBroken(f"공지일인데 신규 0편({reasons or '목록과 API가 모두 비어 있음'})")
    repeated = len(seen.batch.keys() & day.known)
    if repeated > len(seen.batch) / 2 and expected.date == day.date:
        raise SourceStale(f"지난 배치를 반복({repeated}편)")
    papers = tuple(
        replace(seen.metadata.get(id_, paper), announced=paper.announced) for id_, paper in seen.batch.items()
    )
    new = sum(paper.announced == "new" for paper in papers)
    notes = [f"신규 {new} · 교차 등록 {len(papers) - new}"]
    if expected.date != day.date:
        notes.append(f"오늘 공지 전이라 {expected.date:%m-%d} 배치")
    if seen.past:
        notes.append("지난 날짜라 제출 시각으로 고름(보류되었던 논문은 빠짐)")
    if seen.by_rss:
        notes.append(f"RSS에서 {seen.by_rss}편")
    elif seen.unlisted and not seen.past:
        notes.append("목록 대신 제출 시각으로 고름")
    batch = Batch(expected.date, expected.at, len(papers))
    return Found(papers, "; ".join(notes), seen.faults, batch=batch)


def _announced(paper: Paper, categories: Sequence[str]) -> Paper:
    """What the listing of these categories would call a paper that only the API has shown."""
    own = any(paper.primary == category or paper.primary.startswith(category + ".") for category in categories)
    return replace(paper, announced="new" if own else "cross")


async def _twice(
    ask: Callable[[float], Awaitable[tuple[Paper, ...]]], within_s: float
) -> tuple[Paper, ...] | SourceError:
    """The answer, asked once more after one of the wrong shape (arXiv's empty pages usually pass); else the error."""
    ends = asyncio.get_running_loop().time() + within_s
    try:
        try:
            return await ask(within_s)
        except SourceBroken:
            return await ask(ends - asyncio.get_running_loop().time())
    except SourceError as error:
        return error
