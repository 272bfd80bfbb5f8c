"""The tables, in the words of CONTRACT: edition, build, item, subscription, delivery, step.

Changed only together with a migration (a test compares the two on both databases). An edition's raw index lies
apart from it, because a look-up of one story should not read a megabyte. A subscription is unique per channel,
not per workspace: ids are unique on both platforms, and a channel named in SLACK_CHANNELS is known before its
workspace is. A delivery is unique per (date, subscription): whatever becomes of its profile, a channel never gets
two editions of one day.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Named,
    SmallInteger,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    text,
)

from core.model import Edition, Item, Profile
from core.store.columns import AsJson, Moment, Packed, StoredItem
from core.week import Week

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class EditionColumns(TypedColumns):
    date: Named[date] = Column(Date, primary_key=True)
    profile: Named[str] = Column(Text, primary_key=True)
    status: Named[str] = Column(Text)
    built_at: Named[datetime] = Column(Moment, nullable=False)
    data: Named[Edition] = Column(AsJson(Edition), nullable=False)  # with an empty index
    revision: Named[int]  # how often it was corrected since it was posted
    raw_index: Named[tuple[Item, ...]] = Column(Packed(tuple[StoredItem, ...]), nullable=False)


class WeekColumns(TypedColumns):
    date: Named[date] = Column(Date, primary_key=True)
    profile: Named[str] = Column(Text, primary_key=True)
    data: Named[Week] = Column(AsJson(Week), nullable=False)


class BuildStepColumns(TypedColumns):
    """`build` begins with the edition's date, so old ones can be pruned without a clock."""

    build: Named[str] = Column(Text, primary_key=True)
    name: Named[str] = Column(Text, primary_key=True)
    output: Named[str] = Column(Text)
    calls: Named[int]
    tokens_in: Named[int]
    tokens_out: Named[int]
    usd: Named[float | None] = Column(Float)


class UsageColumns(TypedColumns):
    """`unpriced` counts the calls whose price is not known; `usd` is the sum of the others."""

    day: Named[date] = Column(Date, primary_key=True)
    calls: Named[int]
    tokens_in: Named[int]
    tokens_out: Named[int]
    usd: Named[float] = Column(Float)
    unpriced: Named[int]


class ItemColumns(TypedColumns):
    id: Named[str] = Column(Text, primary_key=True)
    first_seen: Named[date] = Column(Date)
    last_seen: Named[date] = Column(Date, index=True)
    data: Named[Item] = Column(AsJson(StoredItem), nullable=False)


class LearntColumns(TypedColumns):
    """A day's papers: the keys of their authors' names, and their upvotes or none."""

    day: Named[date] = Column(Date, primary_key=True)
    papers: Named[tuple[tuple[tuple[int, ...], int | None], ...]] = Column(
        Packed(tuple[tuple[tuple[int, ...], int | None], ...]), nullable=False
    )


class SearchColumns(TypedColumns):
    """What can be found; its words lie in `search_words`, which is a table of another kind on each database (see
    v0001 and core/store/entries.py)."""

    id: Named[int] = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    ref: Named[str] = Column(Text, unique=True)
    kind: Named[str] = Column(Text)
    item: Named[str] = Column(Text)
    profile: Named[str] = Column(Text)
    n: Named[int]
    title: Named[str] = Column(Text)
    url: Named[str] = Column(Text)
    source: Named[str] = Column(Text)
    kept: Named[bool]
    digest: Named[str] = Column(Text)


class SubscriptionColumns(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True)
    platform: Named[str] = Column(Text)
    workspace: Named[str] = Column(Text)
    channel: Named[str] = Column(Text)
    post_at: Named[str] = Column(Text)
    tz: Named[str] = Column(Text)
    weekdays: Named[str] = Column(Text)  # digits, 0 = Monday
    profile: Named[Profile] = Column(AsJson(Profile), nullable=False)
    settings: Named[dict[str, Any]] = Column(AsJson(dict[str, Any]), nullable=False)
    active: Named[bool]
    removed: Named[bool]
    paused_reason: Named[str] = Column(Text)
    created_at: Named[datetime] = Column(Moment, nullable=False)


class EventColumns(TypedColumns):
    """`platform` and `workspace` say whose it was, so that it goes when they go."""

    id: Named[str] = Column(Text, primary_key=True)
    platform: Named[str] = Column(Text)
    workspace: Named[str] = Column(Text)
    at: Named[datetime] = Column(Moment, nullable=False, index=True)


class LockColumns(TypedColumns):
    name: Named[str] = Column(Text, primary_key=True)
    owner: Named[str] = Column(Text)
    until: Named[datetime] = Column(Moment, nullable=False)


class NoticeColumns(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)
    at: Named[datetime] = Column(Moment, nullable=False)


class VoteColumns(TypedColumns):
    """One row per person and story; `value` is 1 or −1."""

    platform: Named[str] = Column(Text, primary_key=True)
    channel: Named[str] = Column(Text, primary_key=True)
    person: Named[str] = Column(Text, primary_key=True)
    date: Named[date] = Column(Date, primary_key=True)
    profile: Named[str] = Column(Text, primary_key=True)
    n: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    workspace: Named[str] = Column(Text)
    item: Named[str] = Column(Text)
    value: Named[int] = Column(SmallInteger)
    at: Named[datetime] = Column(Moment, nullable=False)


class ReportColumns(TypedColumns):
    """What readers said is wrong with a story."""

    id: Named[int] = Column(Integer, primary_key=True)
    platform: Named[str] = Column(Text)
    channel: Named[str] = Column(Text)
    person: Named[str] = Column(Text)
    workspace: Named[str] = Column(Text)
    date: Named[date] = Column(Date)
    profile: Named[str] = Column(Text)
    n: Named[int]
    words: Named[str] = Column(Text)
    at: Named[datetime] = Column(Moment, nullable=False)


class TurnColumns(TypedColumns):
    """A question about a paper and its answer, so that a follow-up knows them."""

    id: Named[int] = Column(Integer, primary_key=True)
    platform: Named[str] = Column(Text)
    workspace: Named[str] = Column(Text)
    thread: Named[str] = Column(Text, index=True)
    asked: Named[str] = Column(Text, index=True)
    paper: Named[str] = Column(Text)
    question: Named[str] = Column(Text)
    answer: Named[str] = Column(Text)
    at: Named[datetime] = Column(Moment, nullable=False, index=True)


class AnswerColumns(TypedColumns):
    """A private answer, as its asker saw it, by the event that asked."""

    id: Named[str] = Column(Text, primary_key=True)
    platform: Named[str] = Column(Text)
    workspace: Named[str] = Column(Text)
    data: Named[str] = Column(Packed(str), nullable=False)
    at: Named[datetime] = Column(Moment, nullable=False, index=True)


class WorkColumns(TypedColumns):
    """What every row of work has. `attempts` counts the claims, so (owner, attempts) names one lease for ever."""

    id: Named[int] = Column(Integer, primary_key=True)
    state: Named[str] = Column(Text)  # pending, done, failed, skipped
    due_at: Named[datetime] = Column(Moment, nullable=False)
    lease_owner: Named[str | None] = Column(Text)
    lease_until: Named[datetime | None] = Column(Moment)
    look: Named[bool]  # something may have happened that was not written down
    attempts: Named[int]
    last_error: Named[str] = Column(Text)


class BuildColumns(WorkColumns):
    date: Named[date] = Column(Date)
    profile: Named[str] = Column(Text)


class DeliveryColumns(WorkColumns):
    date: Named[date] = Column(Date)
    profile: Named[str] = Column(Text)
    subscription: Named[int] = Column(
        Integer, ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False, index=True
    )
    stage: Named[int] = Column(SmallInteger)  # 0: the root is not out, 1: the rest
    next_seq: Named[int]
    revision: Named[int]  # of the edition, as its finished steps show it


class StepColumns(TypedColumns):
    delivery: Named[int] = Column(Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True)
    seq: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    key: Named[str] = Column(Text)
    ref: Named[str] = Column(Text, index=True)
    at: Named[datetime] = Column(Moment, nullable=False)


_PENDING = text("state = 'pending'")

editions = Table("editions", metadata, EditionColumns)
weeks = Table("weeks", metadata, WeekColumns)
build_steps = Table("build_steps", metadata, BuildStepColumns)
usage = Table("usage", metadata, UsageColumns)
items = Table("items", metadata, ItemColumns)
learnt = Table("learnt", metadata, LearntColumns)
search = Table("search", metadata, SearchColumns)
subscriptions = Table("subscriptions", metadata, SubscriptionColumns, UniqueConstraint("platform", "channel"))
events = Table("events", metadata, EventColumns)
locks = Table("locks", metadata, LockColumns)
notices = Table("notices", metadata, NoticeColumns)
votes = Table("votes", metadata, VoteColumns)
reports = Table("reports", metadata, ReportColumns)
turns = Table("turns", metadata, TurnColumns)
answers = Table("answers", metadata, AnswerColumns)
builds = Table(
    "builds",
    metadata,
    BuildColumns,
    UniqueConstraint("date", "profile"),
    Index("ix_builds_due", "due_at", postgresql_where=_PENDING, sqlite_where=_PENDING),
)
deliveries = Table(
    "deliveries",
    metadata,
    DeliveryColumns,
    UniqueConstraint("date", "subscription"),
    Index("ix_deliveries_due", "stage", "due_at", postgresql_where=_PENDING, sqlite_where=_PENDING),
)
steps = Table("steps", metadata, StepColumns)
