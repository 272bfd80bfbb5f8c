"""One Message that a platform would refuse → several that it takes. Nothing is lost, nothing is reworded.

How long a block is, is the platform's business (Discord counts the address of a link, Slack does not), so it
comes in as `size`. Cuts fall between blocks, else between list items, else after a sentence, else at a space,
and only in a word without any of these inside it, at the border of what a reader sees as one character.
Every part says which it is, because replies can arrive out of sight of each other.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.render.graphemes import is_border
from core.render.message import Block, Bullets, Divider, Heading, Message, Small, Span, Spans, Text, spans

Size = Callable[[Block], int]
_SENTENCE: Final = re.compile(r"[.!?。…][\"'”’)\]]*\s+|\n")
_SPACE: Final = re.compile(r"\s+")
_ENOUGH: Final = 0.4  # a sentence or space nearer to the start than this share of the room is not worth it


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold: `text` in all, `block` in one block, `blocks` in number. Buttons are not counted:
    an adapter takes off what its own need. Room for a part's number is reserved here."""

    text: int
    block: int
    blocks: int


def length(block: Block) -> int:
    """The characters a reader sees, and a mark for each list item."""
    marks = 4 * len(block.items) if isinstance(block, Bullets) else 0
    return sum(len(span.text) for span in spans(block)) + marks


def split(message: Message, limits: Limits, size: Size = length) -> tuple[Message, ...]:
    """The message where it fits (long blocks cut where they must be), else its parts in order, each within the
    limits and numbered at its end; the last has picture and buttons. Raises ValueError if one character does not
    fit."""
    whole = message.blocks
    if _fits(whole, limits, size) and all(size(block) <= limits.block for block in whole):
        return (message,)
    number = size(Small((Span("999/999"),)))
    room = Limits(limits.text - number, min(limits.block, limits.text - number), limits.blocks - 1)
    pieces = [piece for block in message.blocks for piece in _pieces(block, room.block, size)]
    packed = list(_pack(pieces, room, size))
    if len(packed) == 1:
        return (replace(message, blocks=packed[0]),)
    last = len(packed)
    return tuple(
        replace(
            message,
            blocks=(*blocks, Small((Span(f"{n}/{last}"),))),
            summary=f"{message.summary} ({n}/{last})",
            buttons=message.buttons if n == last else (),
            picture=message.picture if n == last else None,
            part=n,
            parts=last,
        )
        for n, blocks in enumerate(packed, 1)
    )


def _fits(blocks: Sequence[Block], limits: Limits, size: Size) -> bool:
    return len(blocks) <= limits.blocks and sum(map(size, blocks)) <= limits.text


def _pack(pieces: Sequence[Block], room: Limits, size: Size) -> Iterator[tuple[Block, ...]]:
    """Fill parts in order; a heading goes where what it heads goes, if there is room for both."""
    part: list[Block] = []
    for piece in pieces:
        if part and not _fits((*part, piece), room, size):
            headings = _headings_at_end(part)
            if not _fits((*headings, piece), room, size):
                headings = []
            yield tuple(part[: len(part) - len(headings)])
            part = headings
        part.append(piece)
    if part:
        yield tuple(part)


def _headings_at_end(part: list[Block]) -> list[Block]:
    """The headings that end a part, to be carried on; none if the part is nothing else."""
    kept = len(part)
    while kept and isinstance(part[kept - 1], Heading):
        kept -= 1
    return part[kept:] if kept else []


def _pieces(block: Block, limit: int, size: Size) -> Iterator[Block]:
    """A block as blocks of at most `limit`, in the same order and with the same text."""
    if size(block) <= limit or isinstance(block, Divider):
        yield block
    elif isinstance(block, Bullets):
        yield from _list_pieces(block, limit, size)
    else:
        rest = block.spans
        while rest:
            piece, rest = _cut(rest, lambda some: size(replace(block, spans=some)) <= limit)
            yield replace(block, spans=piece)


def _list_pieces(block: Bullets, limit: int, size: Size) -> Iterator[Block]:
    """Runs of whole items; an item too long for a block goes on as text below its beginning."""
    run: list[Spans] = []
    start = block.start
    for n, item in enumerate(block.items, block.start):
        if run and size(replace(block, items=(*run, item), start=start)) > limit:
            yield replace(block, items=tuple(run), start=start)
            run, start = [], n
        if size(replace(block, items=(item,), start=n)) <= limit:
            run.append(item)
            continue
        head, rest = _cut(item, lambda some, n=n: size(replace(block, items=(some,), start=n)) <= limit)  # type: ignore[misc]
        yield replace(block, items=(head,), start=n)
        yield from _pieces(Text(rest), limit, size)
        run, start = [], n + 1
    if run:
        yield replace(block, items=tuple(run), start=start)


def _cut(content: Spans, fits: Callable[[Spans], bool]) -> tuple[Spans, Spans]:
    """The longest beginning that fits, moved back to a good place, and the rest."""
    total = sum(len(span.text) for span in content)
    low, high = 0, total
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_divide(content, middle)[0]) else (low, middle - 1)
    text = "".join(span.text for span in content)
    at = _good_place(text, low)
    if not at:
        raise ValueError("a single character does not fit into a block")
    return _divide(content, at)


def _divide(content: Spans, at: int) -> tuple[Spans, Spans]:
    before: list[Span] = []
    after: list[Span] = []
    for span in content:
        left, right = span.text[: max(at, 0)], span.text[max(at, 0) :]
        before += [replace(span, text=left)] if left else []
        after += [replace(span, text=right)] if right else []
        at -= len(span.text)
    return tuple(before), tuple(after)


def _good_place(text: str, most: int) -> int:
    """Where to cut: at most `most`; 0 if not even one grapheme fits."""
    if most >= len(text):
        return len(text)
    for place in (_SENTENCE, _SPACE):
        ends = [found.end() for found in place.finditer(text, 0, most) if is_border(text, found.end())]
        if ends and ends[-1] >= most * _ENOUGH:
            return ends[-1]
    at = most
    while at and not is_border(text, at):
        at -= 1
    return at
