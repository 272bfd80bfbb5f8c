"""The printed lines of a page, cleaned and in reading order: no running heads, no stamps, no figures' innards.

Lines keep the PDF's own order, which is the reading order for everything TeX makes; only pages whose order jumps
between the columns again and again are sorted by column.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

HYPHEN = "\x02"  # where pdfium joined a word that was broken at a line's end
_STAMP = re.compile(r"arXiv:\S+v\d+\s+\[")
_NUMBER = re.compile(r"[-+±−(]?\$?\d[\d.,]*(?:[%×xKMB)]|±[\d.]+)*|[-–—✓✗]")


class Line(NamedTuple):
    """One printed line; points from the page's top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    text: str

    def numeric(self, share: float) -> bool:
        """Whether this looks like a row of a table: at least two numbers, and that share of all words."""
        words = self.text.split()
        numbers = sum(1 for word in words if _NUMBER.fullmatch(word) and not word.endswith(","))
        return numbers >= 2 and (numbers >= share * len(words) or numbers >= 6)


@dataclass(frozen=True, slots=True)
class Sheet:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def in_order(sheets: Sequence[Sheet]) -> tuple[list[list[Line]], float]:
    """Each page's lines as they are read, and the size of running text."""
    furniture = _furniture(sheets)
    sheets = [
        replace(s, lines=tuple(line for line in s.lines if not _is_furniture(line, s, furniture))) for s in sheets
    ]
    body = _body_size(sheets)
    return [_ordered(_joined([line for line in s.lines if line.size > 0.5 * body]), s) for s in sheets], body


def _furniture(sheets: Sequence[Sheet]) -> set[str]:
    """Running heads and feet: what stands in the margins of three pages or more, numbers aside."""
    seen = Counter(_bare(line) for s in sheets for line in s.lines if not 0.09 * s.height < line.top < 0.91 * s.height)
    return {text for text, count in seen.items() if count >= 3 and text}


def _bare(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.strip())


def _is_furniture(line: Line, sheet: Sheet, furniture: set[str]) -> bool:
    in_margin = not 0.09 * sheet.height < line.top < 0.91 * sheet.height
    if in_margin and (_bare(line) in furniture or re.fullmatch(r"[-–\s]*\d{1,4}[-–\s]*", line.text)):
        return True
    return bool(_STAMP.match(line.text)) or line.right < 0.07 * sheet.width


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line, parted at a raised or lowered character, put together again."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        beside = (
            last is not None
            and abs(line.bottom - last.bottom) < 0.45 * max(last.bottom - last.top, 8)
            and -2 < line.left - last.right < 12
        )
        if last is not None and beside and HYPHEN not in line.text[:1]:
            glue = "" if line.text[:1] in ",.;:)]" else " "
            wide = line if len(line.text) > len(last.text) else last
            joined[-1] = last._replace(
                right=line.right, text=last.text + glue + line.text, size=wide.size, bold=wide.bold
            )
        else:
            joined.append(line)
    return joined


def _ordered(lines: list[Line], sheet: Sheet) -> list[Line]:
    """The lines in reading order: as they came, unless they jump between two columns again and again."""
    middle = sheet.width / 2
    sides = ["L" if line.right < middle + 8 else "R" if line.left > middle - 8 else "W" for line in lines]
    narrow = [side for side in sides if side != "W"]
    jumps = sum(1 for a, b in pairwise(narrow) if a != b)
    if min(narrow.count("L"), narrow.count("R")) < 6 or jumps < max(6, len(narrow) // 4):
        return lines
    ordered: list[Line] = []
    band: list[tuple[str, Line]] = []
    for line, side in sorted(zip(lines, sides, strict=True), key=lambda pair: (pair[0].top, pair[0].left)):
        if side == "W":
            ordered += [held for want in "LR" for s, held in band if s == want] + [line]
            band = []
        else:
            band.append((side, line))
    return ordered + [held for want in "LR" for s, held in band if s == want]


def _body_size(sheets: Sequence[Sheet]) -> float:
    """The size most characters are set in. What is less than half of it (figures' innards, hidden small print) is not
    read."""
    sizes: Counter[float] = Counter()
    for line in (line for sheet in sheets for line in sheet.lines):
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
