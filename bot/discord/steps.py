"""An edition as Discord's steps: root, upgrade, thread, then one message per story and the closing.

Pure, and the same for every channel with the same settings: what a channel lacks is seen when the step is done, so
each part also knows what stands in for it where no thread can be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.chat import Step
from bot.discord import components
from bot.discord.markup import utf16
from core.model import Edition
from core.render.message import Divider, Heading, Message, Small, Span, without_picture
from core.render.messages import messages
from core.render.parts import fitted, parts
from core.text import shorten

_THREAD_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Planned(Step):
    """`thread`: the number of the step that opens the thread which this one goes into. `instead`: what is written
    where there is no thread, None = nothing."""

    thread: int | None = None
    instead: Message | None = None


def steps(edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
    """root, upgrade, thread, parts; with `root_only` no thread."""
    threaded = not settings.get("root_only", False)
    (head, *more), *told = parts(edition, _cut, thread=threaded)
    rest = [*more, *(piece for pieces in told for piece in pieces)]
    together = _together(edition, more, threaded=threaded)
    count = 1 + len(rest)
    head, *rest = (_marked(part, f"{edition.date} · {n}/{count}") for n, part in enumerate([head, *rest], 1))
    together = [_marked(part, f"{edition.date} · {n}/{1 + len(together)}") for n, part in enumerate(together, 2)]
    if len(together) > len(rest):
        together = rest
    made = [Planned(0, "root", head), Planned(1, "upgrade", head)]
    if not threaded:
        return (*made, *(Planned(seq, "part", part) for seq, part in enumerate(rest, 2)))
    made.append(Planned(2, "thread", head))
    for seq, part in enumerate(rest, 3):
        instead = together[seq - 3] if seq - 3 < len(together) else None
        made.append(Planned(seq, "part", part, thread=2, instead=instead))
    return tuple(made)


def _cut(message: Message) -> tuple[Message, ...]:
    """The root as plain content, without a picture: it is to be complete for those who have previews off."""
    return components.plain_pieces(without_picture(message)) if message.kind == "root" else components.pieces(message)


def _together(edition: Edition, more: Sequence[Message], *, threaded: bool) -> list[Message]:
    """All that would be in the thread as one message, or as few as it fits into; as many as were posted."""
    pieces = _joined(more, messages(edition, thread=threaded)[1:])
    if edition.posted is None:
        return pieces
    before = parts(edition.posted, _cut, thread=threaded)[0][1:]
    return list(fitted(pieces, len(_joined(before, messages(edition.posted, thread=threaded)[1:])))) if pieces else []


def _joined(more: Sequence[Message], told: Sequence[Message]) -> list[Message]:
    """Whole stories together, as many as fit into one message; of each one's buttons the first."""
    if not told:
        return list(more)
    packed: list[Message] = []
    buttons = 0
    for message in (*more, *told):
        buttons += bool(message.buttons)
        first = tuple(replace(button, label=f"{buttons}. {button.label}") for button in message.buttons[:1])
        alone = replace(message, kind="closing", buttons=first)
        if packed and (both := _both(packed[-1], alone)):
            packed[-1] = both
        else:
            packed.append(alone)
    return [piece for message in packed for piece in components.pieces(message)]


def _both(one: Message, other: Message) -> Message | None:
    """The two as one message, None where they do not fit."""
    if one.picture and other.picture:
        return None
    blocks = (*one.blocks, Divider(), *other.blocks)
    both = replace(one, blocks=blocks, buttons=one.buttons + other.buttons, picture=one.picture or other.picture)
    return both if len(components.pieces(both)) == 1 else None


def _marked(message: Message, mark: str) -> Message:
    if not components.needs_mark(message):
        return message
    return replace(message, blocks=(*message.blocks, Small((Span(mark),))))


def thread_name(message: Message) -> str:
    heading = next((block for block in message.blocks if isinstance(block, Heading)), None)
    name = shorten(" ".join("".join(span.text for span in heading.spans).split()), _THREAD_NAME) if heading else ""
    while utf16(name) > _THREAD_NAME:
        name = name[:-1]
    return name or "AI Daily"
