"""Figures that need a whole: rests, shares of all, totals, rates per thing, one of so many, sizes of models.

Each needs its word in the sentence (나머지, 전체, 모두, 당, 열 개 중) or what it is of.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from core.checking.checks.arithmetic import FAR, OF, SUM, fits, percent, portion, quotients
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE

_SIZED = re.compile(r"파라미터|크[기다고]|큰|커|작[은다고아]|대형|소형|활성")
_RATE = re.compile(r"당\s|당$|꼴|마다|평균|셈")
_TEN = r"(?:하나|둘|셋|넷|[한두세네]|다섯|여섯|일곱|여덟|아홉)"
_HUNDRED = re.compile(
    r"(?:10|100|1,?000|열|백|[세네]|다섯|[345])\s?(?:[개명건번쌍회편장]|[가-힣]{2})(?:에|당|\s?중에?|\s?가운데)\s(?:[가-힣]{1,4}\s){0,2}"
    rf"(?:\d+|{_TEN})\s?(?:[개명건번쌍회편장]|[가-힣]{{2}})"
)
_ONE = re.compile(r"(?:한|1)\s?(?:문제|문항|건|개|과제|표본|샘플|명)")
_TENS = (10, 100, 1000)
_FEW = 12  # smaller totals come about by chance


def of_a_whole(case: Case, said: Quantity, told: list[Quantity], near: Sequence[Quantity]) -> bool:
    """`told`: the other figures of the sentence that the source has; `near`: those of the quote."""
    return (
        _remaining(case, said)
        or _total(case, said)
        or _of_the_whole(case, said, told)
        or _rate(case, said)
        or _each(said, told, case.text)
        or _sizes(case, said)
        or in_a_hundred(case, said, near)
    )


def _total(case: Case, said: Quantity) -> bool:
    """`모두 2,040건`, `17개 가운데`: counts of one sentence of the reading together, or one times the other (ten times
    one only where the ten is told: else it is the count with a zero too many)."""
    value = said.values[0]
    meant = SUM.search(case.text) or OF.match(case.text[said.end :].lstrip())
    if said.word or value < _FEW or not meant or said.unit.dimension not in COUNTABLE | {"time"}:
        return False
    told = [q.values[0] for q in case.quantities]
    for span in case.source.sentences:
        row = [
            q.values[0] for q in case.source.within((span,)) if not q.weak and q.unit.dimension in COUNTABLE | {"time"}
        ]
        sums = (sum(row[i : i + n]) for n in (2, 3, 4) for i in range(len(row) - n + 1))
        pairs = combinations(row[:FAR], 2)
        if value in sums or any(a * b == value and (min(a, b) not in _TENS or min(a, b) in told) for a, b in pairs):
            return True
    return False


def _remaining(case: Case, said: Quantity) -> bool:
    """`열두 개 가운데 두 개뿐이라 나머지 열 개`: the first is the source's, the rest arithmetic (`한 … 나머지 셋`)."""
    before = [q for q in case.quantities if q.end <= said.start and q.unit.dimension in COUNTABLE]
    if not re.search(r"나머지\s(?:[가-힣]{1,6}\s)?$", case.text[: said.start]):
        return False
    if len(before) < 2:
        one = re.search(r"(?<![가-힣])(?:한\s|하나)", case.text[: said.start])
        return bool(one) and any(
            g.values[0] == said.values[0] + 1 for g in case.source.quantities if g.unit.dimension in COUNTABLE
        )
    whole, part = before[-2:]
    return grounded(case, whole, said.unit.dimension) and said.values[0] == whole.values[0] - part.values[0]


def _of_the_whole(case: Case, said: Quantity, told: list[Quantity]) -> bool:
    """`83.3%(약 363건)`: a told share of a total that the source gives elsewhere."""
    if said.unit.dimension == "%":
        return _share_of_all(case, said)
    if said.unit.dimension not in COUNTABLE or said.faces[0] < 20:
        return False
    # `10만 개의 1%인 1천 개`, `10분의 1, 약 1만 개`
    own = [q for q in case.quantities if case.opinion and q.unit.dimension in ("%", "part")]
    wholes = [q for q in case.source.quantities if q.unit.dimension in COUNTABLE and not q.weak][:FAR]
    return any(portion(said, share, whole) for share in (*told, *own) if percent(share) for whole in wholes)


def _share_of_all(case: Case, said: Quantity) -> bool:
    """`전체의 40%만 평가에 썼다`: a quoted count over a total of the source."""
    if not re.search(r"전체(?:의|\s가운데|\s중)?\s$", case.text[: said.start]) or not case.place:
        return False
    parts = [q for q in case.source.within((case.place,)) if q.unit.dimension in COUNTABLE and not q.weak]
    totals = [q for q in case.source.quantities if q.unit.dimension in COUNTABLE and not q.weak and q.faces[0] > 1]
    return any(fits(said, 100 * a.faces[0] / b.faces[0]) for a in parts for b in totals if a.faces[0] < b.faces[0])


def _rate(case: Case, said: Quantity) -> bool:
    """`세션당 3.6건`: one figure of the source over another, where the sentence says per what."""
    if not _RATE.search(case.text[max(0, said.start - 16) : said.end + 12]):
        return False
    given = [q for q in case.source.quantities if not q.weak and q.values[0] > 0][:FAR]
    kind = said.unit.dimension
    alike = [q for q in given if q.unit.dimension == kind or {kind, q.unit.dimension} <= COUNTABLE]
    return any(
        top.values[0] > low.values[0] and fits(said, top.values[0] / low.values[0] / said.unit.factor)
        for top in alike
        if not top.word or top.values[0] > _FEW
        for low in given
        if low.values[0] > 1 and low.unit.dimension in COUNTABLE
    )


def _each(said: Quantity, told: list[Quantity], text: str) -> bool:
    """`과제가 42개뿐이라 한 문제가 약 2.4%p`: one of so many."""
    if said.unit.dimension not in ("%", "pp") or not _ONE.search(text):
        return False
    return any(q.unit.dimension in COUNTABLE and q.faces[0] > 1 and fits(said, 100 / q.faces[0]) for q in told)


def in_a_hundred(case: Case, said: Quantity, near: Sequence[Quantity]) -> bool:
    """`영상 100개에 3개를 틀린다` of an accuracy of 97 %: a share told in ten, a hundred, a thousand."""
    for m in _HUNDRED.finditer(case.text):
        here = [q for q in case.quantities if m.start() <= q.start < m.end()]
        if said.start not in [q.start for q in here] or len(here) != 2 or here[0].faces[0] == 0:
            continue
        share = 100 * here[1].faces[0] / here[0].faces[0]
        given = [p for q in near if (p := percent(q)) is not None]
        near_by = min(6, 50 / here[0].faces[0])
        return any(min(abs(share - p), abs(100 - share - p)) <= near_by for p in given)
    return False


def _sizes(case: Case, said: Quantity) -> bool:
    """`30배 넘게 큰 모델`: two model sizes of the source (7B, 235B), also those inside a name."""
    if said.unit.dimension not in ("x", "part") or not _SIZED.search(case.text):
        return False
    sizes = sorted({q.faces[0] for q in case.source.quantities if q.faces[0] > 0 and re.search(r"\d[BM]\b", q.text)})
    return any(
        fits(said, *quotients(said.unit.dimension, x, y), part=said.unit.dimension == "part")
        for x, y in combinations(sizes, 2)
    )


def grounded(case: Case, q: Quantity, kind: str) -> bool:
    """The source gives the figure, or (for a ratio of error rates) its rest to a hundred."""
    if q.weak:
        return False
    rest = q.unit.dimension == "%" and kind in ("x", "part")
    return any(
        agree(q, g) is Match.YES or (rest and (p := percent(g)) is not None and fits(q, 100 - p))
        for g in case.source.quantities
    )
