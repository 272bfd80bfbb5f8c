"""A multiple beside what it starts from: `from 0.11 to 0.33` told as `0.11에서 두 배`.

Elsewhere a multiple in words may follow from any two figures; beside one figure it is the other's.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from core.checking.checks.arithmetic import fits
from core.checking.checks.derived import changes
from core.checking.texts.quantity import Match, agree
from core.checking.texts.source import Case
from core.model import Finding

_FROM = re.compile(r"[점%]?에서\s?(?:약|무려|거의|최대)?\s?")


def check(case: Case) -> Iterator[Finding]:
    for start, said in pairwise(case.quantities):
        if said.unit.dimension != "x" or not _FROM.fullmatch(case.text[start.end : said.start]):
            continue
        row = changes(case.source.text, case.source.quantities)
        grown = [b.faces[0] / a.faces[0] for a, b in row if a.faces[0] == start.faces[0] > 0]
        told = any(agree(said, given) is Match.YES for given in case.source.quantities)
        if grown and not told and not any(fits(said, rate, 1 / rate) for rate in grown if rate):
            yield Finding("number", said.text, f"원문의 두 값은 {max(grown[0], 1 / grown[0]):.2g}배 차이입니다")
            return
