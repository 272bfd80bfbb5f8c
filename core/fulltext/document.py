"""A paper as read: sections of blocks, each block with the place a reader would look it up at.

A block is one paragraph, table, caption, listing or footnote; `place` is what a citation prints (`초록`, `§4.2`,
`표 2`, `p. 7`). References are not part of a document: nothing true about this paper stands only there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

PaperBasis = Literal["html", "pdf", "abstract"]
BlockKind = Literal["text", "table", "figure", "listing", "note"]
BASIS_NAMES: dict[str, str] = {"html": "본문 HTML", "pdf": "본문 PDF", "abstract": "초록", "article": "기사"}


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is one line for prose, one line per row for tables and listings. `urls` are the web links in it."""

    text: str
    place: str
    kind: BlockKind = "text"
    page: int | None = None
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`number` is `4.2`, `A.1` or empty; `level` 1 is a top section, 4 a run-in heading under its parent's number."""

    number: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """`note` is a Korean sentence about what could not be read, empty when all was. `licence` is its short name
    (`CC BY 4.0`) or empty when unknown. `figure` is the address of the first figure's image, `caption` what stands
    under that one, both empty when unknown. `complete` is False where the text stops before its references."""

    id: str
    version: int
    basis: PaperBasis
    title: str
    sections: tuple[Section, ...]
    licence: str = ""
    pages: int = 0
    note: str = ""
    figure: str = ""
    complete: bool = True
    caption: str = ""

    @property
    def blocks(self) -> Iterator[Block]:
        return (block for section in self.sections for block in section.blocks)

    @property
    def tables(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "table")

    @property
    def figures(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "figure")

    @property
    def text(self) -> str:
        """Headings and blocks in order, a blank line between them."""
        parts: list[str] = []
        for section in self.sections:
            parts.append(f"{section.number} {section.title}".strip())
            parts.extend(block.text for block in section.blocks)
        return "\n\n".join(parts)

    @property
    def length(self) -> int:
        """Characters of running text, headings left out: what two readings of one paper are compared by."""
        return sum(len(block.text) for block in self.blocks)

    @property
    def basis_name(self) -> str:
        """What an answer prints: `본문 HTML, v2`."""
        return f"{BASIS_NAMES[self.basis]}, v{self.version}"


def place_of(quote: str, document: Document) -> str | None:
    """Where `quote` stands in the document (`§4.2`, `표 2`, `p. 7`, `초록`), or None when it does not stand there.
    White space, letter case and typographic quotes are not compared; words and numbers are."""
    wanted = _comparable(quote)
    if not wanted:
        return None
    for section in document.sections:
        for block in section.blocks:
            if wanted in _comparable(block.text):
                return block.place
        if wanted in _comparable(" ".join(block.text for block in section.blocks)):
            return section.blocks[0].place
    return None


def _comparable(text: str) -> str:
    text = text.translate(_ALIKE).casefold()
    return re.sub(r"\s+", "", text)


_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "..."})
