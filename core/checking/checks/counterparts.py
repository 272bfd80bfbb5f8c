"""A thing told as its counterpart: `regression datasets` as 분류 데이터셋, an upper bound as a 하한.

Only where the quoted sentence knows the counterpart alone, and the sentence names the other alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from core.checking.texts.source import Case
from core.checking.texts.tables import TEXTS, rows
from core.model import Finding

Words = re.Pattern[str]


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, Words, Words, Words, Words], ...]:
    """The rows of counterparts.tsv; its Korean begins a word."""
    return tuple(
        (kind, _korean(told), re.compile(given), _korean(other), re.compile(instead))
        for kind, told, given, other, instead in rows(TEXTS / "counterparts.tsv")
    )


@lru_cache(maxsize=1)
def _any() -> Words:
    """What any row tells: most sentences have none of it."""
    return _korean("|".join(told for _, told, *_ in rows(TEXTS / "counterparts.tsv")))


def _korean(words: str) -> Words:
    return re.compile(rf"(?<![가-힣])(?:{words})")


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section in ("idea", "action", "link") or not _any().search(case.text) or case.absence:
        return
    spans = case.source.around(case.place) if case.place else ()
    quoted = " ".join(case.source.low[a:b] for a, b in spans) or case.source.evidence
    for kind, told, given, other, instead in _rows():
        if not spans and kind != "entity":
            continue  # how something is told anywhere in the reading
        said = told.search(case.text)
        if said and not other.search(case.text) and not given.search(quoted) and (found := instead.search(quoted)):
            word = re.search(rf"[\w-]*{re.escape(found[0])}[\w-]*", quoted)
            yield Finding(kind, said[0], f"원문은 {word[0] if word else found[0]}입니다")
            return
