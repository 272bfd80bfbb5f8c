"""A figure given to what is only compared with: `A improves by 9.2%, comparable to B` told as `B는 9.2% 올랐다`.

The quote has the name behind a word of comparison alone, and the figure before that word and bound to no name of it.
"""

import re
from collections.abc import Iterator

from core.checking.checks.bindings import LENT, bound_english, same_name, spots_of
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.model import Finding

_AGAINST = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|comparable (?:to|with)|compared (?:to|with)|superior to"
    r"|better than|match\w*|rival\w*|approach\w*)\s[^,;]{0,48}$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:의|은|는|이|가|에서|에서는)\s(?![^,.]{0,40}(?:보다|대비|제치|꺾|앞[서선섰질]))")
_FAR = 32  # characters between a name and its figure


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.sentence.section in ("idea", "action", "link"):
        return
    quote = case.source.text[slice(*case.place)]
    spots = spots_of(quote)
    bound = bound_english(quote)
    for start, end, key in spots_of(case.text):
        there = [s for s, _, k in spots if same_name(key, k)]
        behind = [_AGAINST.search(quote[:s]) for s in there]
        if not there or not all(behind):
            continue
        first = min(m.start() for m in behind if m)
        for said in case.quantities:
            if said.word or said.weak or not _told_of(case.text, start, end, said):
                continue
            near = case.source.within((case.place,))
            given = [g for g in near if agree(said, g) is Match.YES]
            if "compared" in quote and any(quote[: g.start - case.place[0]].endswith("from ") for g in given):
                continue  # `from 14 to 21 % compared to B`: where B stands
            own = [g for g in given if any(same_name(key, k) for k in bound.get(g.start - case.place[0], ()))]
            if given and not own and all(g.end - case.place[0] <= first for g in given):
                yield Finding(
                    "misattributed", said.text, f"인용문에서 견준 대상의 수치가 아닙니다: {case.text[start:end]}"
                )
                return


def _told_of(text: str, start: int, end: int, said: Quantity) -> bool:
    """`B의 정확도는 50.9%`, `64.9%에 그친 B`."""
    between = text[end : said.start]
    if end <= said.start <= end + _FAR and _OWNED.match(text, end):
        return not re.search(r"[,;]|지만|으나|\d|보다|대비", between)
    lent = LENT.match(text, said.end)
    return lent is not None and lent.end() == start
