"""What a chat platform is to us: an edition goes out as numbered steps, a person's Request comes in, a Reply goes
back.

An adapter acknowledges at once, translates the event to `Request`, awaits the `Answer` function it was given and
translates the messages back; every decision is in commands/ and delivery.py. A step that may have been sent is
never sent again unseen: `find` looks for its key on the platform first.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from core.model import Edition
from core.render.message import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A channel. `settings` are the channel's own (e.g. root only)."""

    platform: str
    channel: str
    workspace: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.platform}:{self.channel}"


@dataclass(frozen=True, slots=True)
class Step:
    """One write: the root, opening a thread, upgrading the root, a part in the thread. `key` (24 hex digits) is
    the same at every try and different for any other step of any channel; the platform can find the write by it.
    delivery.py fills it in, because it is the channel's and the rest is not."""

    seq: int
    kind: Literal["root", "thread", "upgrade", "part"]
    message: Message | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """It is out; `ref` is what the platform calls it (a ts, a message id)."""

    ref: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not out (429, connection refused). `retry_after_s` is the platform's own word, None leaves it to us;
    `everywhere`: it speaks of the whole platform, not of this channel."""

    reason: str
    retry_after_s: float | None = None
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """May be out (time-out, dropped connection, 5xx): look before the next try."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The channel is gone or forbids it: the subscription is paused with this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform will never take this step as it is (400): the delivery fails, a person is told."""

    reason: str


Outcome = Done | NotSent | Unsure | Closed | Rejected


@dataclass(frozen=True, slots=True)
class Absent:
    """Looked, and it is not there."""


@dataclass(frozen=True, slots=True)
class CouldNotLook:
    reason: str
    retry_after_s: float | None = None


Looked = Done | Absent | CouldNotLook | Closed


@dataclass(frozen=True, slots=True)
class Pace:
    """The platform's own limits: seconds between two writes in one channel, and writes per second over all
    (`math.inf` = none)."""

    per_channel_s: float
    per_second: float


class Platform(Protocol):
    """Slack, Discord, the terminal. No method raises for what the platform does: it sorts it into an outcome."""

    @property
    def name(self) -> str: ...

    @property
    def pace(self) -> Pace: ...

    @property
    def listens_alone(self) -> bool:
        """Whether only one process at a time may `listen` (Discord's gateway)."""
        ...

    async def open(self) -> None:
        """Ready to write. Raises SettingsError for a refused token."""
        ...

    async def warm(self) -> None:
        """Called seconds before the roots go out: connections that have gone to sleep are made again."""
        ...

    async def listen(self, answer: "Answer") -> None:
        """Gives what people do to `answer`, until cancelled; then what is being answered is finished first. Raises
        SettingsError for a refused token, PlatformAway to be called again later, PlatformLost when only a new
        process may hear the platform again."""
        ...

    async def close(self) -> None: ...

    def steps(self, edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
        """All steps of the edition in a channel with these settings, numbered from 0 (the root), keys empty.
        Pure: the same at every try, and shared by all such channels."""
        ...

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        """Writes it, once: no retry inside after a doubt. Cancelled after 7.5 s, which counts as a doubt; its
        sockets are deadline.py's, which send nothing after that. `refs` are the references of the steps before it."""
        ...

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        """Whether it is out already."""
        ...

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None = None) -> str | None:
        """Where a person finds a step that is done, or the root; `refs` are the references up to its own or beyond.
        None where that is not known, or messages have no address."""
        ...

    async def edit(self, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        """Writes a step that is done anew, where it is: a correction. `was` is how it was before, `refs` are those
        of all steps done. Safe to repeat; Done also where somebody has deleted it."""
        ...

    async def welcome(self, place: Place) -> str | None:
        """Whether the channel can be posted to, tried for real: None, or one Korean sentence that names what is
        missing. Asked before a channel is subscribed."""
        ...

    async def tell(self, place: Place, message: Message) -> Outcome:
        """One message outside any edition (ADMIN_CHANNEL)."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """`may_manage`: whether the platform says that this person manages the channel; None where it draws no such line
    between members. `id` "" = nobody asks: the platform itself reports that something happened to the channel."""

    id: str
    name: str = ""
    may_manage: bool | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked. `id` is the event's own: answered once however often it is delivered. `verb` is a
    command's or a button's name, `words` the rest. `thread` is the reference of the message it was asked under,
    `replies_to` of the one it replies to there; for an answer of ours, of what that answers."""

    id: str
    place: Place
    person: Person
    verb: str
    words: str = ""
    thread: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)  # a modal's values
    replies_to: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form; `lines` takes several lines, `choice` one of `options` (value, label)."""

    name: str
    label: str
    value: str = ""
    kind: Literal["line", "lines", "choice"] = "line"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A modal. Submitting it is a Request with `verb` and the values in `fields`; `words` come back as they are.
    At most five fields, so that every platform can show it."""

    verb: str
    title: str
    fields: tuple[Field, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """`private`: shown to the asker alone, with the offer to share. `form`: a modal to fill in instead. `share`: the
    words with which the verb `share` gives the same answer for all, "" where there is nothing to share."""

    messages: tuple[Message, ...] = ()
    private: bool = True
    form: Form | None = None
    share: str = ""


FORMS = frozenset({"settings", "설정", "report"})
"""Verbs that are usually answered with a form: where one must be opened within seconds, an empty one may be first."""

Say = Callable[[str], Awaitable[None]]  # a sign of progress, in words
Answer = Callable[[Request, Say], Awaitable[Reply | None]]
"""None: another process is answering this very request; say nothing."""
