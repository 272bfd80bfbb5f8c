"""Message: what is said, free of any platform. Adapters translate it; they never look inside an edition.

Text in a Span is literal: markup in it is what a reader sees, never what a platform does, so an adapter
escapes or uses a literal element. Buttons carry ids only: a press must mean the same after a restart. A block's
`kind` tells it from the others where a message is kept as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from core.render.phrases import CODE

Kind = Literal["root", "story", "closing", "answer"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of literal text; `url` (http or https) makes it a link. `earlier`: the story it names, as
    `2026-01-26/2`; a channel that was posted that story links its own message."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None
    earlier: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 names the message, level 2 a section in it."""

    spans: Spans
    level: Literal[1, 2] = 1
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Text:
    spans: Spans
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `ordered` counts from `start` (a list that was split goes on counting)."""

    items: tuple[Spans, ...]
    ordered: bool = False
    start: int = 1
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    spans: Spans
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Small:
    """Small print."""

    spans: Spans
    kind: Literal["small"] = "small"


@dataclass(frozen=True, slots=True)
class Divider:
    kind: Literal["divider"] = "divider"


Block = Heading | Text | Bullets | Quote | Small | Divider


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is what to do, `value` the id to do it with; `url` opens a page instead. `accessibility` is read
    aloud and at most 75 characters."""

    action: str
    label: str
    value: str = ""
    url: str | None = None
    accessibility: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """PNG or JPEG, at most 8 MB (what Discord takes everywhere, with room). `alt` says in Korean what it shows, at
    most 1,000 characters: it is read aloud, and stands for the picture where there can be none. `name` is a file
    name in ASCII with its ending."""

    data: bytes
    alt: str
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `summary` is its plain text for notifications and is never empty; `part` of `parts` counts
    the pieces where a platform's limits made several of it. `picture` is shown below the blocks."""

    kind: Kind
    blocks: tuple[Block, ...]
    summary: str
    buttons: tuple[Button, ...] = ()
    part: int = 1
    parts: int = 1
    picture: Picture | None = None


def without_picture(message: Message) -> Message:
    """The message with words in its picture's place."""
    if message.picture is None:
        return message
    return replace(message, blocks=(*message.blocks, instead_of(message.picture)), picture=None)


def instead_of(picture: Picture) -> Small:
    return Small((Span(f"그림: {picture.alt}"),))


def relinked(message: Message, links: Mapping[str, str]) -> Message:
    """The message with the spans that name an earlier story linked to where `links` says it is."""

    def linked(spans: Spans) -> Spans:
        return tuple(replace(each, url=links.get(each.earlier, each.url)) for each in spans)

    def block(each: Block) -> Block:
        if isinstance(each, Divider):
            return each
        if isinstance(each, Bullets):
            return replace(each, items=tuple(map(linked, each.items)))
        return replace(each, spans=linked(each.spans))

    return replace(message, blocks=tuple(map(block, message.blocks)))


def spans(block: Block) -> Spans:
    """Every span of a block in reading order."""
    if isinstance(block, Divider):
        return ()
    if isinstance(block, Bullets):
        return tuple(span for item in block.items for span in item)
    return block.spans


def inline(text: str) -> Spans:
    """Written text; what stands between single backticks is a code span."""
    pieces = CODE.split(text)
    return tuple(Span(piece, code=bool(i % 2)) for i, piece in enumerate(pieces) if piece)
