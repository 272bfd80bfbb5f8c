"""A LaTeXML table as readable lines: one per row, cells split by ` | `, spanning cells laid out on the grid."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from core.fulltext.nodes import classes, text_of

_NUMBER = re.compile(r"[-+±≈<>]?\d[\d.,]*\s*\S{0,4}")


def rows(table: LexborNode) -> str:
    """The rows with columns aligned. What spans rows is repeated in each, so that a row can be read alone; what spans
    columns is repeated only above the first values, so that no value is doubled."""
    carried: dict[int, tuple[str, int]] = {}  # column → what hangs down into it, and for how many rows more
    lines: list[str] = []
    values_began = False
    for row in _own_rows(table):
        cells: list[str] = []
        for cell in (c for c in row.iter() if c.tag in {"td", "th"} or "ltx_td" in classes(c)):
            _carry(carried, cells)
            text = _text_of_cell(cell)
            for n in range(_span(cell, "colspan")):
                shown = text if n == 0 or not (values_began or _NUMBER.search(text)) else ""
                if (down := _span(cell, "rowspan")) > 1:
                    carried[len(cells)] = (shown, down - 1)
                cells.append(shown)
        _carry(carried, cells)
        values_began = values_began or any(_NUMBER.fullmatch(cell) for cell in cells)
        if any(cells):
            lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines)


def _text_of_cell(cell: LexborNode) -> str:
    """A cell's words; a table within it (a heading set on several lines) reads on as one."""
    table = cell.css_first(".ltx_tabular")
    inner = [text_of(cell)] if table is None else [text_of(node) for node in table.css(".ltx_td")]
    return " ".join(filter(None, inner)).replace(" | ", " / ")


def _carry(carried: dict[int, tuple[str, int]], cells: list[str]) -> None:
    """Put what hangs down from earlier rows into the next columns."""
    while len(cells) in carried:
        text, left = carried.pop(len(cells))
        if left > 1:
            carried[len(cells)] = (text, left - 1)
        cells.append(text)


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr" or "ltx_tr" in classes(child):
            yield child
        elif child.tag in {"thead", "tbody", "tfoot", "span", "div"}:
            yield from _own_rows(child)


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return min(int(value), 60) if value.isdecimal() and value != "0" else 1
