"""New versions of papers that were told lately: a listing's Replacements are not news, but code that came out is.

arXiv is asked once a day for the told papers by their numbers, and only those are given that have another version or
another comment than what was told. Whether that is worth a word is decided later, where the past is known.
"""

from dataclasses import dataclass, replace

from core.model import Paper
from core.sources.arxiv import GROUP, Api
from core.sources.calendar import Day
from core.sources.collecting import Found


@dataclass(frozen=True, slots=True)
class Revisions:
    """The source. It never stands for the day's papers: its failure is no failure of arXiv's batch."""

    api: Api
    within_s: float = 45.0
    name: str = "전한 논문의 새 판"

    async def collect(self, day: Day) -> Found:
        if not day.told or day.expected is None:
            return Found(detail="물어볼 논문 없음" if day.expected else "주말: 공지 없음", asked=False)
        waited = self.api.web.waited_s(GROUP)
        now = await self.api.by_id(sorted(day.told), self.within_s)
        changed = tuple(
            replace(paper, announced="cross")
            for paper in now
            if paper.id in day.told and _changed(paper, day.told[paper.id])
        )
        return Found(changed, waited_s=self.api.web.waited_s(GROUP) - waited, asked=False)


def _changed(now: Paper, told: Paper) -> bool:
    return now.version > told.version or (now.comment or "") not in ("", told.comment)
