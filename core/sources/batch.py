"""Today's arXiv batch: asks the witnesses in turn and within one budget of time; witnesses.py decides.

Good day: a listing page per category, the API's submission window, then by id what the window lacks (papers that
moderation held): six requests for four categories. RSS is asked only when the API gave nothing: to fill missing
listings, and to see whether the listing is today's. For a past date the listing already shows another day; then the
window alone has to do, and the digest says so.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from core.errors import SourceBroken, SourceError, SourceRefused, SourceUnreachable
from core.model import Paper
from core.sources.arxiv import GROUP, Api
from core.sources.calendar import Announcement, Day
from core.sources.collecting import Found
from core.sources.listing import Listing, ListingPages
from core.sources.rss import Rss
from core.sources.witnesses import Seen, compare, found, told_by_id, told_by_rss

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
            return Found(detail="주말: 공지 없음", asked=False)
        waited = self.api.web.waited_s(GROUP)
        result = found(day, day.expected, await self._see(day, day.expected))
        return replace(result, waited_s=self.api.web.waited_s(GROUP) - waited)

    async def _see(self, day: Day, expected: Announcement) -> Seen:
        clock = asyncio.get_running_loop().time
        ends = clock() + self.budget_s
        listed = await self._listings(day, expected, clock() + self.budget_s * _LISTING_SHARE)
        window = await _twice(
            lambda within: self.api.window(day.categories, expected.opens, expected.closes, within),
            (ends - clock()) * _API_SHARE,
        )
        seen = compare(expected, day.categories, listed, window)
        if seen.none or seen.past:
            return seen
        try:
            if seen.api_ok:
                return told_by_id(seen, await self.api.by_id(seen.held, ends - clock()) if seen.held else ())
            return told_by_rss(seen, await self.rss.get(day.categories, expected.date, ends - clock()))
        except SourceError as error:
            if seen.api_ok:
                return seen.blame("arXiv API", f"보류 논문 {len(seen.held):,}편은 목록의 정보로 대신함: {error}")
            return seen.blame("arXiv RSS", str(error))

    async def _listings(self, day: Day, expected: Announcement, ends: float) -> dict[str, Listing | SourceError]:
        """One page per category, in turn; none after one that shows a later day (the day asked for is past), or
        after a refusal: asking on would be rude and would use up the time."""
        got: dict[str, Listing | SourceError] = {}
        refusal: SourceError | None = None
        for category in day.categories:
            left = ends - asyncio.get_running_loop().time()
            try:
                if refusal or left <= 0:
                    raise refusal or SourceUnreachable("응답 시간 초과")
                got[category] = listing = await self.pages.get(category, left)
                if listing.date > expected.date:
                    break
            except SourceError as error:
                got[category] = error
                refusal = error if isinstance(error, SourceRefused) else None
        return got


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
