"""The nouns of a week: what the review of seven days says, each thing with what it came from.

A mention is by item, and carries the link that code took from the item's own record. Values only, as in model.py,
which stands above this file because an edition may carry a week.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A story of the week, or an item that many noticed and no edition told (`n` 0). `text` is a sentence of its own
    edition, or of its source."""

    date: date
    n: int
    item: str
    headline: str
    url: str
    origin: str  # arXiv, or the publisher
    text: str = ""
    noticed: str = ""  # by whom, in Korean: HF 추천 120


@dataclass(frozen=True, slots=True)
class Line:
    """A written sentence, the source's words it stands on, and whose they are."""

    text: str
    quote: str
    item: str


@dataclass(frozen=True, slots=True)
class Strand:
    """One development over the week (흐름). `lines` () = only the list of what belongs to it."""

    headline: str
    lines: tuple[Line, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Favourite:
    """A story and its readers' votes, over all channels that got it."""

    mention: Mention
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many papers and news of the week named a topic in their titles; `before`: of the seven days before, None =
    too little is kept of them."""

    name: str
    count: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The review of the days from `first` to `last` for one profile. `made_of` names the editions it was made from;
    `extracted`: without a model. `notes` are said to readers."""

    first: date
    last: date
    profile: str
    built_at: datetime
    made_of: tuple[str, ...]
    stories: int
    papers: int  # collected, each once
    news: int
    strands: tuple[Strand, ...]
    others: tuple[Mention, ...]
    favourites: tuple[Favourite, ...]
    topics: tuple[TopicCount, ...]
    outlook: Line | None = None
    extracted: bool = False
    notes: tuple[str, ...] = ()
    model: str = ""
    calls: int = 0
    tokens: int = 0
    checked: int = 0
    removed: int = 0
    sample: bool = False

    @property
    def mentions(self) -> dict[str, Mention]:
        """By item."""
        return {each.item: each for group in (self.others, *(s.mentions for s in self.strands)) for each in group}


def days_of(on: date) -> tuple[date, date]:
    """The first and last day of the review of `on`: seven days that end with it; those of a Saturday, whose own edition
    carries the review, end the day before. So every day is in one Saturday's review."""
    last = on - timedelta(days=1) if on.weekday() == SATURDAY else on
    return last - timedelta(days=6), last
