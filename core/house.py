"""The rules of an installation that its editions depend on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class House:
    """`due` is `post_at` of the edition's date in `zone`, less the lead."""

    zone: ZoneInfo
    post_at: time = time(16, 40)
    lead: timedelta = timedelta(minutes=20)
    budget_usd: float = 1.0
    budget_tokens: int = 2_000_000
    categories: tuple[str, ...] = ("cs.AI", "cs.LG", "cs.CL", "cs.CV")
    judged: bool = True
    sample: bool = False
    learns: bool = True  # the authors' record, from Hugging Face's later picks

    def posts_at(self, on: date) -> datetime:
        return datetime.combine(on, self.post_at, self.zone).astimezone(UTC)

    def due(self, on: date) -> datetime:
        return self.posts_at(on) - self.lead

    def ends(self, on: date) -> datetime:
        """The last moment of that date: a late build still tells that day."""
        return datetime.combine(on, time(23, 59, 59), self.zone).astimezone(UTC)
