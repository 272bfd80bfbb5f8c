"""Evaluations and findings that nobody made: a field test, a listening test, agreement between raters, saturation.

Each row is a kind of evidence with the words the source must have for it, wide on purpose. A summary is looked at
whole, of a supposed risk the clauses that state something, of an opinion or idea those that cite (`…다고 하니`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from core.checking.texts.reported import cited, clauses
from core.checking.texts.source import Case
from core.checking.texts.tables import rows
from core.model import Finding


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """The rows of evaluations.tsv."""
    table = rows(Path(__file__).with_suffix(".tsv"))
    return tuple((re.compile(said), re.compile(given, re.I), what) for said, given, what in table)


_ASKS = re.compile(
    r"필요|해야|확인|수\s?(?:도\s?)?있|없|않|못|모르|모른|어렵|알\s?수|일지|는지|따로|별도|따져|살펴|점검|조심|주의|우려|염려"
    r"|이르다|부담|고려|감안|면\s|려면\s|해\s?보|해\s?볼|재\s?보|만하|만함|만합|까닭|자$|자\."
)
_STATES = re.compile(
    r"[았었였했됐졌렸켰혔]|므로|이라서|라서|어서|아서|해서|져서?\s|커\s|커서|하는데|는데|지만|[여려]\s|해\s|아\s"
)


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section in ("link", "keyword") or case.absence:
        return
    for clause in _stated(case):
        for said, given, what in _table():
            if (m := said.search(clause)) and not given.search(case.source.evidence):
                yield Finding("unsupported", m[0], f"원문에 '{what}'의 근거가 없습니다")
                return


def _stated(case: Case) -> tuple[str, ...]:
    """The clauses that tell something as found."""
    section = case.sentence.section
    if section in ("idea", "action"):
        return cited(case.text)
    parts = clauses(case.text)
    if section == "risk":
        return tuple(part for part in parts if not _ASKS.search(part) and (_STATES.search(part) or part is parts[-1]))
    if section == "one_liner":
        return tuple(part for part in parts if not _ASKS.search(part))
    return parts
