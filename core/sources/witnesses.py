"""What arXiv's listing, API and RSS say together about today's batch: decisions only, no I/O.

The listing is believed about which papers, the API about what they are. A category's listing is not believed when it
failed, shows another date, or lacks more than 5 % of what was submitted in the batch's window (pages have shown the
batch before under today's date): then the window stands in for it. Each disbelief is a report that is not ok.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.errors import SourceBroken, SourceError, SourceStale, SourceUnreachable
from core.model import Batch, Paper, SourceReport
from core.sources.calendar import Announcement, Day
from core.sources.collecting import Found
from core.sources.listing import Listing

_TOLERANCE = 0.05
_LONGEST_PAUSE = timedelta(days=7)  # Christmas to the new year
_ENOUGH = 20  # new papers, of which some are from the batch's last day


@dataclass(frozen=True, slots=True)
class Seen:
    """`batch`: the papers as announced, by id; `metadata`: the API's own record of papers; `unlisted`: categories
    without a listing to believe; `none`: why there is no batch, where there is really none; `past`: the listing is
    already about a later day; `heard`: a witness answered, whatever it said."""

    batch: Mapping[str, Paper]
    metadata: Mapping[str, Paper]
    api_ok: bool
    unlisted: frozenset[str] = frozenset()
    faults: tuple[SourceReport, ...] = ()
    none: str = ""
    past: bool = False
    by_rss: int = 0
    heard: bool = True

    @property
    def held(self) -> tuple[str, ...]:
        """Ids of the batch that the window lacks."""
        return tuple(id_ for id_ in self.batch if id_ not in self.metadata)

    def blame(self, name: str, reason: str) -> "Seen":
        return replace(self, faults=(*self.faults, SourceReport(name, ok=False, detail=reason)))


def compare(
    expected: Announcement,
    categories: Sequence[str],
    listed: Mapping[str, Listing | SourceError],
    window: tuple[Paper, ...] | SourceError,
) -> Seen:
    """Listing pages by category (all of them, unless one shows a later day) and the API's window. Raises SourceStale
    where both have stood still for longer than any pause of arXiv's."""
    api_ok = not isinstance(window, SourceError)
    api = () if isinstance(window, SourceError) else tuple(_announced(paper, categories) for paper in window)
    seen = Seen({}, {paper.id: paper for paper in api}, api_ok)
    if isinstance(window, SourceError):
        seen = seen.blame("arXiv API", str(window))
    dates = [page.date for page in listed.values() if isinstance(page, Listing)]
    seen = replace(seen, heard=api_ok or bool(dates))
    if dates and max(dates) > expected.date:
        return replace(seen, batch=seen.metadata, unlisted=frozenset(categories), past=True)
    if dates and max(dates) < expected.date and api_ok and not api:
        if expected.date - max(dates) > _LONGEST_PAUSE:
            raise SourceStale(f"{max(dates)} 뒤로 새 목록이 없음({(expected.date - max(dates)).days}일째)")
        return replace(seen, none=f"오늘 공지된 배치 없음(목록은 {max(dates):%m-%d} 것: 휴일이거나 늦어짐)")
    seen = _believe(seen, expected, categories, listed, api)
    if seen.api_ok and not api:
        seen = replace(seen.blame("arXiv API", "오늘 배치를 아직 모름"), api_ok=False)
    return seen


def _believe(
    seen: Seen,
    expected: Announcement,
    categories: Sequence[str],
    listed: Mapping[str, Listing | SourceError],
    api: Sequence[Paper],
) -> Seen:
    batch: dict[str, Paper] = {}
    reasons: dict[str, list[str]] = {}
    unlisted: set[str] = set()
    for category in categories:
        windowed = {paper.id: paper for paper in api if category in paper.categories}
        papers, reason = _judge(listed[category], windowed, expected)
        if reason:
            reasons.setdefault(reason, []).append(category)
            batch = united(batch, windowed)
        if reason and not papers:
            unlisted.add(category)
        batch = united(batch, papers)
    seen = replace(seen, batch=batch, unlisted=frozenset(unlisted))
    for reason, blamed in reasons.items():
        seen = seen.blame(f"arXiv 목록({'/'.join(blamed)})", reason)
    return seen


def _judge(
    page: Listing | SourceError, windowed: Mapping[str, Paper], expected: Announcement
) -> tuple[dict[str, Paper], str]:
    """The papers of one category's listing that can be believed, and what is wrong with it."""
    if isinstance(page, SourceError):
        return {}, str(page)
    if page.date != expected.date:
        return {}, f"{page.date:%m-%d} 목록을 보여 줌"
    papers = {paper.id: paper for paper in page.papers}
    lacking = len(windowed.keys() - papers.keys())
    if lacking <= max(1, _TOLERANCE * len(windowed)):
        return papers, ""
    if lacking > len(windowed) / 2:
        return {}, "지난 배치를 반복" if papers else "빈 목록"
    return papers, f"API와 {lacking:,}편 다름"


def told_by_id(seen: Seen, papers: Iterable[Paper]) -> Seen:
    """With what the API knew about the held papers; those that it does not know keep the listing's record."""
    seen = replace(seen, metadata={**seen.metadata, **{paper.id: paper for paper in papers}})
    unknown = len(seen.held)
    if unknown > max(1, _TOLERANCE * len(seen.batch)):
        return seen.blame("arXiv API", f"목록의 {unknown:,}편을 모름: 목록의 정보로 대신함")
    return seen


def told_by_rss(seen: Seen, papers: Sequence[Paper]) -> Seen:
    """Without the API, listing and RSS have to agree; where they are about different batches, the newer ids win."""
    rss = {paper.id: paper for paper in papers}
    if not rss or not seen.batch:
        return replace(seen, batch=rss or seen.batch, by_rss=len(rss), heard=True)
    if len(rss.keys() & seen.batch.keys()) >= min(len(rss), len(seen.batch)) / 2:
        return replace(seen, batch=united(seen.batch, rss), by_rss=len(rss.keys() - seen.batch.keys()))
    if max(rss) > max(seen.batch):
        return replace(seen.blame("arXiv 목록", "지난 배치를 반복"), batch=rss, by_rss=len(rss))
    return seen.blame("arXiv RSS", "지난 배치를 반복")


def united(a: Mapping[str, Paper], b: Mapping[str, Paper]) -> dict[str, Paper]:
    """Both; a paper that is New in one category and cross-listed in another is new."""
    both = dict(a)
    for id_, paper in b.items():
        if id_ not in both or (paper.announced == "new" and both[id_].announced != "new"):
            both[id_] = paper
    return both


def found(day: Day, expected: Announcement, seen: Seen) -> Found:
    """The papers with the best metadata there is, and what to say about them.
    Raises SourceError where nothing can be believed: an announcement day without papers is an alarm, never quiet."""
    if seen.none:
        return Found(detail=seen.none, faults=seen.faults)
    if not seen.heard:
        raise SourceUnreachable(_unheard(seen.faults))
    if not seen.batch:
        reasons = ", ".join(f"{fault.name.removeprefix('arXiv ')}: {fault.detail}" for fault in seen.faults)
        raise SourceBroken(f"공지일인데 신규 0편({reasons or '목록과 API가 모두 비어 있음'})")
    repeated = len(seen.batch.keys() & day.known)
    if repeated > len(seen.batch) / 2 and expected.date == day.date:
        raise SourceStale(f"지난 배치를 반복({repeated:,}편)")
    papers = tuple(
        replace(seen.metadata.get(id_, paper), announced=paper.announced) for id_, paper in seen.batch.items()
    )
    if newest := _from_before(papers, expected):
        raise SourceStale(f"지난 배치를 오늘 것으로 보여 줌(가장 새 논문이 {newest}의 것)")
    batch = Batch(expected.date, expected.at, len(papers))
    return Found(papers, "; ".join(_notes(day, expected, seen, papers)), seen.faults, batch=batch)


def _from_before(papers: Iterable[Paper], expected: Announcement) -> str:
    """Since when the newest is, where the papers called new tell by themselves that they are of an earlier batch: by
    when they were submitted or, where that is not known, by the months in their ids. Held papers are always fewer."""
    new = [paper for paper in papers if paper.announced == "new"]
    dates = [paper.published for paper in new if paper.published]
    if dates:
        return f"{max(dates):%Y-%m-%d}" if sum(at < expected.opens for at in dates) > len(dates) / 2 else ""
    month = max((paper.id[:4] for paper in new), default="")
    early = len(new) >= _ENOUGH and month < f"{expected.closes - timedelta(days=1):%y%m}"
    return f"20{month[:2]}-{month[2:]}" if early else ""


def _unheard(faults: Sequence[SourceReport]) -> str:
    """How all witnesses failed; in one word where it was the same way."""
    witnesses = [(fault.name.removeprefix("arXiv ").partition("(")[0], fault.detail) for fault in faults]
    names, reasons = (tuple(dict.fromkeys(each)) for each in zip(*witnesses, strict=True))
    if len(reasons) == 1:
        return f"{'·'.join(names)} 모두 {reasons[0]}"
    return ", ".join(f"{name}: {reason}" for name, reason in dict.fromkeys(witnesses))


def _notes(day: Day, expected: Announcement, seen: Seen, papers: Sequence[Paper]) -> Iterable[str]:
    new = sum(paper.announced == "new" for paper in papers)
    yield f"새 제출 {new:,} · 교차 등록 {len(papers) - new:,}"
    if expected.date != day.date:
        yield f"오늘 공지 전이라 {expected.date:%m-%d} 배치"
    if seen.past:
        yield "지난 날짜라 제출 시각으로 고름(심사가 늦어진 몇 편은 다를 수 있음)"
    elif seen.by_rss:
        yield f"RSS에서 {seen.by_rss:,}편"
    elif seen.unlisted:
        yield "목록 대신 제출 시각으로 고름"
    elif not seen.api_ok:
        yield "목록의 정보만으로 채움"


def _announced(paper: Paper, categories: Sequence[str]) -> Paper:
    """What the listing of these categories would call a paper that only the API has shown."""
    own = any(paper.primary == category or paper.primary.startswith(category + ".") for category in categories)
    return replace(paper, announced="new" if own else "cross")
