"""A paper's own figures and tables: `35 pages, 22 figures` told as 표 22개. The comment counts them, not the quote."""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding

_TOLD = re.compile(
    r"(?<![가-힣])(?P<what>표|그림)(?:이|가|은|는|만)?\s(?:모두\s|총\s|무려\s)?(?P<n>\d{1,3})\s?(?:개|장|점)"
)
_GIVEN = re.compile(r"\b(?P<n>\d{1,3})\s(?P<what>figure|table|page)s?\b", re.IGNORECASE)
_NAMES = {"표": "table", "그림": "figure"}


def check(case: Case) -> Iterator[Finding]:
    told = _TOLD.search(case.text)
    given = {(m["what"].lower(), m["n"]) for m in _GIVEN.finditer(case.source.text)} if told else set()
    if told and given and (_NAMES[told["what"]], told["n"]) not in given:
        counted = ", ".join(f"{n} {what}s" for what, n in sorted(given))
        yield Finding("unit", told[0], f"원문에는 {counted}")
