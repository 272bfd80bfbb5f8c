"""Opposite words without a figure: majority told as 소수, a follower as 선두, upper bound as 하한.

A row has both sides in both languages, the English twice: the narrow words of the opposite accuse, any of the wide
words of the side that was told excuse. It speaks only where the sentence has one side alone. What stands before 보다
is set aside first: it names what is compared with. Clauses that set off, deny or suppose are let pass.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.checking.texts.source import Case
from core.model import Finding


@dataclass(frozen=True, slots=True)
class Side:
    korean: re.Pattern[str]
    excuses: re.Pattern[str]  # its English, wide: where this stands, the Korean word is right
    accuses: re.Pattern[str]  # its English, narrow: where this stands alone, the opposite was told wrongly


@lru_cache(maxsize=1)
def table() -> tuple[tuple[Side, Side], ...]:
    """The rows of opposites.tsv."""
    lines = (Path(__file__).parent / "opposites.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((_side(*row[:3]), _side(*row[3:])) for row in rows)


def _side(korean: str, wide: str, narrow: str) -> Side:
    return Side(re.compile(korean), re.compile(rf"\b(?:{wide})", re.I), re.compile(rf"\b(?:{narrow})", re.I))


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{side.korean.pattern})" for row in table() for side in row))


@lru_cache(maxsize=64)
def rows(text: str) -> tuple[tuple[Side, Side], ...]:
    """The rows of which a Korean text has exactly one side."""
    if not _any().search(text):
        return ()
    return tuple(row for row in table() if bool(row[0].korean.search(text)) != bool(row[1].korean.search(text)))


_COMPARED = re.compile(
    r"[가-힣A-Za-z0-9-]+(?:\s[가-힣A-Za-z0-9-]+)?(?:보다|와\s?달리|과\s?달리|대신|에\s?비해|에서\s?벗어나)\s?"
)
_SET_OFF = re.compile(
    r"않|못|없|아니|아닌|반면|달리|대신|지만|으나|수\s?도?\s?있|기\s어렵|일지|가능성|모르|모른|미지수|조심|넘어\s|줄이지|불"
)
_NOT_EN = re.compile(
    r"\b(?:not?|never|without|neither|nor|cannot|hardly|less|fail\w*|avoid\w*|prevent\w*|rather than|instead of|unlike"
    r"|beyond|despite)\b|n't\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion or case.absence or case.sentence.section in ("link", "headline"):
        return
    text = _COMPARED.sub(" ", case.text)
    quote = case.source.text[slice(*case.place)]
    around = " ".join(case.source.text[a:b] for a, b in case.source.around(case.place))
    if _NOT_EN.search(quote):
        return
    for one, two in rows(text):
        ours, other = (one, two) if one.korean.search(text) else (two, one)
        told, given = ours.korean.search(text), other.accuses.search(quote)
        if not told or not given or _SET_OFF.search(_clause(text, told)):
            continue
        if not ours.excuses.search(around.replace(given[0], " ")):
            yield Finding("direction", told[0].strip(), f"원문은 반대로 말합니다: {given[0]}")
            return


def _clause(text: str, told: re.Match[str]) -> str:
    """From the word to the end of its clause, where a denial of it would stand."""
    return (
        text[max(0, told.start() - 6) : told.start()] + re.split(r"[,;.]|(?<=고)\s|(?<=며)\s", text[told.start() :])[0]
    )
