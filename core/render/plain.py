"""A Message as plain text: the terminal's journal, and what stands in for blocks where a client shows none.

Columns are counted as a terminal draws them (Hangul takes two). Long addresses are never broken; a link is
its text with the address on its own line below, so that it can be copied.
"""

from collections.abc import Iterator

from core.render.message import Block, Bullets, Divider, Heading, Message, Quote, Small, Spans, without_picture
from core.text import columns, wrap


def text(message: Message, width: int = 0) -> str:
    """The whole message, wrapped at `width` columns (0 = not at all); its buttons are left out, a picture is
    told in words."""
    pieces: list[str] = []
    for block in without_picture(message).blocks:
        lines = "\n".join(_block(block, width))
        loose = isinstance(block, Heading) or not pieces
        pieces.append(("\n" if loose and pieces else "") + lines)
    return "\n".join(pieces) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Divider():
            yield "─" * (width // 2 or 20)
        case Heading(spans, level):
            yield from _paragraph(spans, width, "■ " if level == 1 else "▸ ")
        case Bullets(items, ordered, start):
            for n, item in enumerate(items, start):
                yield from _paragraph(item, width, f"{n}. " if ordered else "- ")
        case Quote(spans):
            yield from _paragraph(spans, width, "│ ", "│ ")
        case Small(spans):
            yield from _paragraph(spans, width, "· ")
        case _:
            yield from _paragraph(block.spans, width, "")


def _paragraph(spans: Spans, width: int, first: str, later: str | None = None) -> Iterator[str]:
    indent = " " * columns(first) if later is None else later
    words = "".join(f"`{span.text}`" if span.code else span.text for span in spans)
    for n, line in enumerate(wrap(words, width - columns(first))):
        yield (indent if n else first) + line
    for span in spans:
        if span.url and span.url != span.text:
            yield indent + span.url
