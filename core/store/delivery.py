"""The nouns of delivering: what is planned, claimed, finished, and what status and commands ask about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.store.leases import Work


@dataclass(frozen=True, slots=True)
class Due:
    """What `plan` is given: this edition to that subscription at that time."""

    date: date
    profile: str
    subscription: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A finished step: its number from 0 (the root), its key, and what the platform calls it."""

    seq: int
    key: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Work):
    """A claimed delivery; `steps` are the finished ones in order, so the next is number `len(steps)`. `settings`
    are the channel's, `built_at` and `revision` are the edition's; not `active`: the channel wants no more."""

    date: date
    profile: str
    built_at: datetime
    revision: int
    subscription: int
    platform: str
    workspace: str
    channel: str
    settings: Mapping[str, Any]
    active: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """For `post` and status. `state`: pending, done, failed or skipped."""

    date: date
    profile: str
    platform: str
    channel: str
    state: str
    parts: int  # steps done
    due_at: datetime
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """Which step of which edition a message is."""

    date: date
    profile: str
    subscription: int
    seq: int
    key: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: all that is due now, the roots among it, and when the next falls due."""

    due: int
    roots: int
    next_due: datetime | None
