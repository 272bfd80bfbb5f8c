"""What the day is made of: the job, and the desk with everything that making it needs from outside.

daily.py works with these alone, so that it can be read and tried without a store, a web or a clock; furnishing.py
furnishes the real desk.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.checking import judge_version
from core.llm import Llm, Usage
from core.model import Collected, Cost, Edition, Item, Profile, Reading, Story
from core.ranking import Record, Taste
from core.week import Week
from core.writing import version


@dataclass(frozen=True, slots=True)
class Job:
    """What to build: the edition of `day` for `profile`, as it is at `now` (UTC)."""

    day: date
    profile: Profile
    now: datetime
    status: Literal["draft", "final"]
    categories: tuple[str, ...]  # the profile's, or the installation's
    judged: bool = True
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What a build works with. `llm` None = 발췌 mode; `used` is the build's model usage so far."""

    collect: Callable[[], Awaitable[Collected]]
    seen: Callable[[Sequence[Item]], Awaitable[frozenset[str]]]  # ids that were collected on an earlier day
    told: Sequence[tuple[date, Story]]  # stories of this profile in the last 14 days, oldest first
    taste: Taste  # of the channels with this profile
    record: Callable[[], Awaitable[Record | None]]  # the authors' record where it has learnt on; None = as shipped
    lent: Mapping[str, Story]  # the default profile's stories of the day, by item
    read: Callable[[Item], Awaitable[Reading]]
    save: Callable[[Edition], Awaitable[Edition]]  # gives the one that stands then
    llm: Llm | None
    used: Callable[[], Usage]
    waited: Callable[[], float]  # seconds of politeness so far (arXiv's pace), reported apart
    review: Callable[[], Awaitable[Week | None]]  # of the seven days before; asked for on Saturdays
    progress: Callable[[str], None]

    def cost(self) -> Cost:
        """Of the model so far; nothing without one."""
        if self.llm is None:
            return Cost()
        used = self.used()
        return Cost(self.llm.model, used.calls, used.tokens_in, used.tokens_out, used.usd)

    def prompts(self, judged: bool) -> str:
        """The versions of what the model is told; none without one."""
        return "" if self.llm is None else f"{version()}+{judge_version()}" if judged else version()
