"""Hugging Face Daily Papers: which of the papers people there picked, and their upvotes. Signals only.

Asked for today and the day before (in UTC, as the service counts): the picks of a batch arrive over two days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from pydantic import BaseModel, TypeAdapter, ValidationError

from core.errors import SourceBroken, SourceError, SourceStale
from core.model import Signals, SourceReport
from core.sources.calendar import Day
from core.sources.collecting import Found
from core.sources.urls import arxiv_id
from core.web import Web


class _Paper(BaseModel):
    id: str
    upvotes: int = 0
    submittedOnDailyAt: str | None = None  # noqa: N815 — the service's own name


class _Pick(BaseModel):
    paper: _Paper


_PICKS = TypeAdapter(list[_Pick])


@dataclass(frozen=True, slots=True)
class Pick:
    """`id` canonical; `on` the day of the pick as YYYY-MM-DD, empty where the service does not say."""

    id: str
    upvotes: int
    on: str


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
        faults: list[tuple[date, SourceError]] = []
        for on in (today - timedelta(days=1), today):
            try:
                found = await self._picks(on)
            except SourceError as error:
                faults.append((on, error))
                continue
            signals |= {pick.id: Signals(hf_upvotes=pick.upvotes) for pick in found}
            if late := shown_instead(found, on):
                faults.append((on, SourceStale(f"{late} 자료를 보여 줌")))
        if len(faults) == 2:
            raise faults[0][1]
        reports = tuple(SourceReport(f"{self.name}({on:%m-%d})", ok=False, detail=str(error)) for on, error in faults)
        return Found(signals=signals, count=len(signals), detail="추천 신호", faults=reports, asked=False)

    async def _picks(self, on: date) -> tuple[Pick, ...]:
        page = await self.web.get(
            f"{self.host.rstrip('/')}/api/daily_papers?date={on:%Y-%m-%d}&limit=100",
            accept="application/json",
            group="hugging-face",  # also where a mirror serves everything from one host
            timeout_s=self.timeout_s,
            within_s=self.within_s / 2,
        )
        return picks(page.body)


def picks(body: bytes) -> tuple[Pick, ...]:
    """The picks of an answer; none is an answer too (weekends). Raises SourceBroken."""
    try:
        found = _PICKS.validate_json(body)
    except ValidationError as error:
        raise SourceBroken("형식이 다른 응답") from error
    papers = ((arxiv_id(pick.paper.id), pick.paper) for pick in found)
    return tuple(Pick(id_[0], paper.upvotes, (paper.submittedOnDailyAt or "")[:10]) for id_, paper in papers if id_)


def shown_instead(found: Sequence[Pick], on: date) -> str:
    """The day that an answer is about, when it is about an earlier one. Its upvotes are true all the same."""
    newest = max((pick.on for pick in found if pick.on), default="")
    return newest[5:] if newest and newest < f"{on:%Y-%m-%d}" else ""
