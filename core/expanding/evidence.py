"""The text a sentence is checked against: a passage as it stands, a table with its units beside its values.

A table names a unit once, in a column's head (`Time (secs)`, `Accuracy (%)`) or a row's (`in USD`); a sentence names it
with the value. So for checking, and only for that, each value is followed by its unit.
"""

import re
from collections.abc import Sequence

from core.fulltext import Chunk

_VALUE = re.compile(r"[-+±≈<>$]?\d[\d.,]*(?:[×·]10[⁰-⁹⁺⁻¹²³]+)?[KMB]?")
_UNIT = re.compile(r"\((%|[A-Za-z/]{1,12})\)\s*$")
_ROW_UNIT = re.compile(r"in (?:[\w-]+ )*?(\w+)$", re.IGNORECASE)


def evidence(chunks: Sequence[Chunk]) -> str:
    return "\n\n".join(_with_units(chunk.text) if " | " in chunk.text else chunk.text for chunk in chunks)


def _with_units(table: str) -> str:
    units: dict[int, str] = {}
    lines: list[str] = []
    for line in table.split("\n"):
        cells = line.split(" | ")
        if not any(map(_VALUE.fullmatch, cells)):
            units |= {n: match[1] for n, cell in enumerate(cells) if (match := _UNIT.search(cell))}
            lines.append(line)
            continue
        row = _ROW_UNIT.fullmatch(cells[0])
        own = row[1] if row else ""
        shown = [
            f"{c} {unit}" if _VALUE.fullmatch(c) and (unit := own or units.get(n, "")) else c
            for n, c in enumerate(cells)
        ]
        lines.append(" | ".join(shown))
    return "\n".join(lines)
