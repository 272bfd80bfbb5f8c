"""Who is said to be first: `DPO consistently yields the strongest gains` told as `GRPO가 가장 큰 향상을 냈다`.

Only where the source gives a superlative to other names and this one stands in none of those clauses.
"""

import re
from collections.abc import Iterator

from core.checking.checks.bindings import same_name, spots_of
from core.checking.checks.proper import proper
from core.checking.texts.source import Case
from core.model import Finding

_FIRST = re.compile(r"[이가은는]\s(?:[가-힣]+\s){0,3}?(?:가장|제일|최고|1위|선두)")
_MOST = re.compile(
    r"\b(?:best|strongest|highest|largest|greatest|biggest|lowest|fastest|smallest|fewest|weakest|worst|most|top"
    r"|first place)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.]\s|\s(?:while|whereas|but|although)\s")


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section in ("idea", "action", "link"):
        return
    told = [(key, word) for key, word in proper(case.text).items() if _FIRST.match(case.text.partition(word)[2])]
    if not told:
        return
    first = list(_first(case))
    for key, word in told:
        if first and case.source.has(word) and not any(same_name(key, k) for keys in first for k in keys):
            yield Finding("misattributed", word, f"원문에서 으뜸은 {sorted(first[0])[0]}입니다")
            return


def _first(case: Case) -> Iterator[set[str]]:
    """The names in each clause of the source that has a superlative behind one of them."""
    spans = case.source.around(case.place) if case.place else case.source.sentences
    for a, b in spans:
        for clause in _CLAUSE.split(case.source.text[a:b]) if (a, b) not in case.source.planted else ():
            most = _MOST.search(clause)
            named = {key for start, _, key in spots_of(clause) if most and start < most.start()}
            if named:
                yield named
