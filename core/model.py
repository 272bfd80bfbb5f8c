"""The nouns: what the stages hand to each other. Values only, no behaviour beyond derived names.

Words are those of the code, the SQL and the docs alike: item, batch, edition, story, profile.
Everything is frozen; datetimes are aware and UTC; lists are tuples. `pydantic.TypeAdapter` reads and
writes these as JSON (see core/store), so a field's type is also its stored shape.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Literal

from core.items import Item, News, Paper, Signals, news_id
from core.week import Week

__all__ = [
    "Action", "Basis", "Batch", "Claim", "Collected", "Correction", "Cost", "Draft", "Drop", "Edition", "Finding",
    "FollowUp", "Funnel", "Ground", "Item", "Link", "News", "Paper", "Pick", "Profile", "Reading", "Section",
    "Sentence", "Signals", "SourceReport", "Story", "news_id",
]  # fmt: skip

Basis = Literal["html", "pdf", "abstract", "article"]
Section = Literal["headline", "keyword", "summary", "one_liner", "idea", "risk", "link", "action"]


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What arXiv announced at one time. `date` is the day it became public in Korea."""

    date: date
    announced_at: datetime
    new: int


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How one source ended today: `ok` with a count (0 = really nothing new), or a reason in Korean."""

    name: str
    ok: bool
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """The day's items from all sources; `batch` None on days without an announcement. `upvotes`: by id, what Hugging
    Face's readers gave to papers that are not the day's."""

    items: tuple[Item, ...]
    batch: Batch | None
    reports: tuple[SourceReport, ...]
    waited_s: float = 0.0  # politeness pauses, seconds
    upvotes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """What changes what is chosen or written. Channels with equal profiles share an edition. `categories` () = the
    installation's (ARXIV_CATEGORIES)."""

    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # followed authors and labs
    stories: int = 5
    tone: Literal["합니다", "음슴", "한다"] = "합니다"
    glossary: tuple[tuple[str, str], ...] = ()  # (English, Korean or "" = keep English)
    team: str = ""  # five lines on stack, GPU, constraints

    @property
    def key(self) -> str:
        """`default`, or 12 hex digits of what differs."""
        if self == Profile():
            return "default"
        packed = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(packed.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Pick:
    """A ranked event: its leading item, what was merged into it, and the reasons in Korean (≤ 3)."""

    item: Item
    score: float
    why: tuple[str, ...] = ()
    merged: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Exactly the text that the writer is given and the checker checks against."""

    item: Item
    text: str
    basis: Basis
    links: tuple[Link, ...]  # the only links that may be printed
    version: int = 1
    places: tuple[tuple[int, str], ...] = ()  # where in `text` each place begins, e.g. (0, "초록"), (900, "§4.2")
    unread: bool = False  # its full text was wanted and could not be had

    @property
    def comment(self) -> str:
        return (self.item.comment or "") if isinstance(self.item, Paper) else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A Korean sentence and the verbatim source sentence it stands on (None for a stated absence)."""

    text: str
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the checker sees it."""

    section: Section
    text: str
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a sentence: kind (data/grounding's names), the words, the reason in Korean."""

    kind: str
    span: str
    detail: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Something that was written and not printed."""

    section: Section
    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a printed sentence stands on: the source's words and their place (`§4.2`, `표 2`, `p. 7`, `초록`).
    `nearest`: the writer named no quote; code chose what comes closest."""

    text: str
    quote: str
    place: str
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer gives back for one item, before checking. No URLs."""

    headline: str
    keywords: tuple[str, ...]
    summary: tuple[Claim, ...]
    one_liner: str
    ideas: tuple[str, ...]
    risks: tuple[Claim, ...]
    extracted: bool = False  # made without a model: sentences are the source's own


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a story goes on from: story `n` of the edition of `date`, about the item at `url`. `what` is new since, in
    Korean, e.g. 코드 공개."""

    date: date
    n: int
    headline: str
    url: str
    what: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What the operator put right in a story that was told: `after` for `before`; both empty = it is withdrawn."""

    at: datetime
    reason: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One of the 3–5. `note` is said to readers when the story is less than it should be."""

    n: int
    item: Item
    headline: str
    keywords: tuple[str, ...]
    summary: tuple[Claim, ...]
    one_liner: str
    ideas: tuple[str, ...]
    risks: tuple[Claim, ...]
    links: tuple[Link, ...]
    basis: Basis
    facts: tuple[tuple[str, str], ...]  # (label, what was found), e.g. ("코드", "공개")
    why: tuple[str, ...] = ()
    merged: tuple[Item, ...] = ()
    dropped: tuple[Drop, ...] = ()
    extracted: bool = False
    note: str = ""
    grounds: tuple[Ground, ...] = ()  # of the sentences that have one, in the order they are printed
    follow_up: FollowUp | None = None
    corrections: tuple[Correction, ...] = ()  # in the order they were made

    @property
    def withdrawn(self) -> bool:
        return any(not each.before for each in self.corrections)


@dataclass(frozen=True, slots=True)
class Action:
    lead: str
    text: str
    story: int = 0  # the number of the story that it comes from


@dataclass(frozen=True, slots=True)
class Funnel:
    collected: int
    new: int
    candidates: int
    chosen: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What the model cost. `usd` None = the price is not known (printed 비용 알 수 없음)."""

    model: str = ""
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Edition:
    """One day's digest for one profile, with all it was made from."""

    date: date
    profile: str
    status: Literal["draft", "final"]
    built_at: datetime
    batch: Batch | None
    funnel: Funnel
    sources: tuple[SourceReport, ...]
    stories: tuple[Story, ...]
    actions: tuple[Action, ...]
    index: tuple[Item, ...]  # everything collected: the chosen first, then as ranked
    shortlist: tuple[str, ...]  # ids in the same order, about 20, papers and news where there are both
    ranking_choice: tuple[str, ...]  # ids the ranking alone would have chosen
    cost: Cost = Cost()
    prompts: str = ""  # version of the prompts
    checked: int = 0  # sentences checked
    removed: int = 0  # sentences removed
    notes: tuple[str, ...] = ()  # said at the top: what its model failed to give, what the checks held back
    waited_s: float = 0.0
    built_s: float = 0.0
    sample: bool = False
    week: Week | None = None  # Saturday's review
    categories: tuple[str, ...] = field(default=("cs.AI", "cs.LG", "cs.CL", "cs.CV"))
    posted: "Edition | None" = None  # as it was before the first correction
