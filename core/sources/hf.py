"""Hugging Face Daily Papers: which of the papers people there picked, and their upvotes. Signals only.

Asked for today and the day before (in UTC, as the service counts): the picks of a batch arrive over two days.
"""

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from pydantic import BaseModel, TypeAdapter, ValidationError

from core.errors import SourceBroken, SourceStale
from core.model import Signals
from core.sources.calendar import Day
from core.sources.collecting import Found
from core.sources.urls import arxiv_id
from core.web import Web


class _Paper(BaseModel):
    id: str
    upvotes: int = 0
    submittedOnDailyAt: str = ""  # noqa: N815 — the service's own name


class _Pick(BaseModel):
    paper: _Paper


_PICKS = TypeAdapter(list[_Pick])


@dataclass(frozen=True, slots=True)
class HuggingFace:
    """`host` is HF_API_URL."""

    web: Web
    host: str
    timeout_s: float = 15.0
    within_s: float = 40.0
    name: str = "Hugging Face"

    async def collect(self, day: Day) -> Found:
        today = day.now.astimezone(UTC).date()
        signals: dict[str, Signals] = {}
        for on in (today - timedelta(days=1), today):
            for pick in await self._picks(on):
                paper = arxiv_id(pick.paper.id)
                if paper:
                    signals[paper[0]] = Signals(hf_upvotes=pick.paper.upvotes)
        return Found(signals=signals, count=len(signals), detail="추천 신호", asked=False)

    async def _picks(self, on: date) -> list[_Pick]:
        url = f"{self.host.rstrip('/')}/api/daily_papers?date={on:%Y-%m-%d}&limit=100"
        page = await self.web.get(
            url, accept="application/json", timeout_s=self.timeout_s, within_s=self.within_s / 2, limit_bytes=5_000_000
        )
        return picks(page.body, on)


def picks(body: bytes, on: date) -> list[_Pick]:
    """The picks of that date. An empty list is an answer (weekends have none); another day's list is not."""
    try:
        found = _PICKS.validate_json(body)
    except ValidationError as error:
        raise SourceBroken("형식이 다른 응답") from error
    days = [pick.paper.submittedOnDailyAt[:10] for pick in found if pick.paper.submittedOnDailyAt]
    if days and max(days) < f"{on:%Y-%m-%d}":
        raise SourceStale(f"{on:%m-%d} 대신 {max(days)[5:]} 자료를 보여 줌")
    return found
