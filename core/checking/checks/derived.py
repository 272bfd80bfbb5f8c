"""Figures a writer worked out rightly from the source's own: differences, shares, multiples, rests, rates.

`54.93%, 사람보다 32.64%p 낮다` states a difference that the source never writes. A figure is taken for worked out
from figures that the sentence itself tells or its quote gives, of one kind, to the precision it is written in; from
others of the reading only where chance would seldom agree (a multiple within one sentence, two decimals, model sizes).
What needs a word to be meant (나머지, 합쳐, 세션당) needs that word. Everything else stays a figure without a source.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE

_SIZED = re.compile(r"크[기다고]|큰|커|작[은다고아]|대형|소형|활성")
_REST = re.compile(
    r"나머지|남[은는긴기]|놓[친치쳤]|못|않|안\s|아니|아닌|뿐|실패|잃|빗나|어긋|틀[린려리]|오답|제외|빠[진지졌]|빼"
    r"|바꿔\s말|거꾸로|반대로|뒤집"
)
_MORE = re.compile(
    r"차이|격차|간격|폭|더\s|덜\s|뺀|빼|줄|늘|낮|높|올[랐라려린]|오[른르]|떨|나머지|남[은는짓]|뒤[졌지처]|앞[섰서선]"
)
_DOWN_TO = re.compile(r"\s?(?:수준)?(?:으?로|까지)[\s,]")  # cut by 75 %: 4분의 1로
_GAP = re.compile(r"(?:차이|격차|간격)(?:는|가|은)?\s(?:약\s)?$")
_BEFORE = re.compile(r"셈|꼴|바탕|기준|원래|기존|이전")
_SUM = re.compile(r"합|총|모두|전체|더하|더해|통틀")
_OF = re.compile(r"가운데|중에?서?\s")
_RATE = re.compile(r"당\s|당$|꼴|마다|평균|셈")
_TEN = r"(?:하나|둘|셋|넷|[한두세네]|다섯|여섯|일곱|여덟|아홉)"
_HUNDRED = re.compile(
    r"(?:10|100|1,?000|열|백)\s?[개명건번쌍회편장](?:에|당|\s?중에?|\s?가운데)\s(?:[가-힣]{1,4}\s){0,2}"
    rf"(?:\d+|{_TEN})\s?[개명건번쌍회편장]"
)
_ONE = re.compile(r"(?:한|1)\s?(?:문제|문항|건|개|과제|표본|샘플|명)")
_SHARE = re.compile(r"상대")
_NO_OPERAND = frozenset({"ordinal", "calendar"})
_FAR = 40  # operands looked at; a text with more figures than this gives pairs by chance


def derived(case: Case, said: Quantity) -> bool:
    """Whether `said` follows by arithmetic from figures told beside it and figures of its quote."""
    kind, text = said.unit.dimension, case.text
    if kind in _NO_OPERAND:
        return False
    told = [q for q in case.quantities if q.start != said.start and _grounded(case, q, kind)][:_FAR]
    near = [q for q in _near(case, kind) if not q.weak and q.unit.dimension not in _NO_OPERAND][:_FAR]
    if any(_from_one(text, said, a, stated=a in told) for a in (*told, *near)):
        return True
    if any(_from_two(text, said, a, b) for a, b in _pairs(told, near)):
        return True
    before = kind == "%" and bool(_BEFORE.search(text))
    gap = kind in COUNTABLE | {"point"} and bool(_GAP.search(text[: said.start]))
    fine = kind in ("", "pp", "point") and 0 < said.step <= 0.01
    if fine and (_MORE.search(text) or _GAP.search(text[: said.start])) and _apart(case, said, [*told, *near]):
        return True
    relative = kind == "%" and bool(_SHARE.search(text) or said.about)
    alike = {kind, ""} if kind == "part" else None
    stated = any(
        q.unit.dimension == kind or (q.faces[0] == said.faces[0] and (alike is None or q.unit.dimension in alike))
        for q in near
    )
    own = before or gap or ((relative or kind in ("pp", "x", "part")) and not stated)
    if own and any(
        _from_two(text, said, a, b) for group in _together(case, kind, near) for a, b in combinations(group, 2)
    ):
        return True
    rest = (_of_the_whole(case, said, told), _rate(case, said), _each(said, told, text), _sizes(case, said))
    return any(rest) or _in_a_hundred(case, said, near) or _of_the_reading(case, said)


def _of_the_reading(case: Case, said: Quantity) -> bool:
    """A multiple, a share or points between two figures of one sentence of the reading; of any two (of the first
    sixteen) where it is told in words or about, which says little."""
    if said.unit.dimension not in ("x", "part", "pp"):
        return False
    given = [q for q in case.source.quantities if not (q.weak or q.word) and q.values[0] > 0]
    coarse = said.word or (said.about and said.unit.dimension == "part")
    rows = [given] if coarse else [[q for q in given if a <= q.start < b] for a, b in case.source.sentences]
    return any(_from_two(case.text, said, a, b) for row in rows for a, b in combinations(row[:16], 2))


def _near(case: Case, kind: str) -> tuple[Quantity, ...]:
    """The figures of the quoted sentences; of a sentence without a quote all, for shares told in halves."""
    source = case.source
    if case.place:
        return source.within(source.around(case.place))
    return source.quantities if kind == "part" else ()


def _together(case: Case, kind: str, near: list[Quantity]) -> Iterator[list[Quantity]]:
    """Figures that may be set against each other though the sentence tells neither: those of one source sentence,
    for points all percentages."""
    if case.place and (kind != "pp" or any(q.unit.dimension in ("%", "pp") for q in near)):
        yield near
        return
    alike = ("point",) if kind == "x" else ("%", "pp")
    if kind == "pp":
        yield [q for q in case.source.quantities if not q.weak and q.unit.dimension == "%"][:8]
    for span in case.source.sentences:
        yield [
            q
            for q in case.source.within((span,))
            if not q.weak and (q.unit.dimension in (*alike, "%") or 0 < q.faces[0] < 1)
        ][:8]


def _apart(case: Case, said: Quantity, known: list[Quantity]) -> bool:
    """`AUC는 0.004 올랐다`: a figure told or quoted, or a score below one, and another of the source.
    Two decimals seldom agree by chance."""
    given = [q for q in case.source.quantities if not q.weak and q.step < 1][: 2 * _FAR]
    one = [q for q in (*known, *(q for q in given if q.faces[0] < 1)) if q.step < 1][:_FAR]
    return any(
        a.unit.dimension == b.unit.dimension and _fits(said, abs(a.faces[0] - b.faces[0])) for a in one for b in given
    )


def _of_the_whole(case: Case, said: Quantity, told: list[Quantity]) -> bool:
    """`83.3%(약 363건)`: a told share of a total that the source gives elsewhere."""
    if said.unit.dimension == "%":
        return _share_of_all(case, said)
    if said.unit.dimension not in COUNTABLE or said.faces[0] < 20:
        return False
    own = [q for q in case.quantities if case.opinion and q.unit.dimension == "%"]  # `10만 개의 1%인 1천 개`
    wholes = [q for q in case.source.quantities if q.unit.dimension in COUNTABLE and not q.weak][:_FAR]
    return any(_portion(said, share, whole) for share in (*told, *own) if _percent(share) for whole in wholes)


def _share_of_all(case: Case, said: Quantity) -> bool:
    """`전체의 40%만 평가에 썼다`: a quoted count over a total of the source."""
    if not re.search(r"전체(?:의|\s가운데|\s중)?\s$", case.text[: said.start]) or not case.place:
        return False
    parts = [q for q in case.source.within((case.place,)) if q.unit.dimension in COUNTABLE and not q.weak]
    totals = [q for q in case.source.quantities if q.unit.dimension in COUNTABLE and not q.weak and q.faces[0] > 1]
    return any(_fits(said, 100 * a.faces[0] / b.faces[0]) for a in parts for b in totals if a.faces[0] < b.faces[0])


def _grounded(case: Case, q: Quantity, kind: str) -> bool:
    """The source gives the figure, or (for a ratio of error rates) its rest to a hundred."""
    if q.weak:
        return False
    rest = q.unit.dimension == "%" and kind in ("x", "part")
    return any(
        agree(q, g) is Match.YES or (rest and (p := _percent(g)) is not None and _fits(q, 100 - p))
        for g in case.source.quantities
    )


def _pairs(told: list[Quantity], near: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    for i, a in enumerate(told):
        for b in (*told[i + 1 :], *near):
            yield a, b


def _from_one(text: str, said: Quantity, a: Quantity, *, stated: bool) -> bool:
    """The rest to a hundred, a share told in halves and thirds, a rise of 451 % told as more than five times."""
    kind, value = said.unit.dimension, _percent(a)
    if value is None:
        return False
    if kind == "%" and (stated or _REST.search(text)) and value < 100:
        return _fits(said, 100 - value)
    if kind == "part":
        left = _REST.search(text) or _DOWN_TO.match(text, said.end)
        shares = (value / 100, 1 - value / 100) if left else (value / 100,)
        return _fits(said, *shares, part=True)
    return kind == "x" and value >= 100 and (_fits(said, value / 100) or _fits(said, value / 100 + 1))


def _from_two(text: str, said: Quantity, a: Quantity, b: Quantity) -> bool:
    kind = said.unit.dimension
    if said.loose or {a.unit.dimension, b.unit.dimension} & _NO_OPERAND:
        return False
    if kind in COUNTABLE and _portion(said, a, b):
        return True
    points = {a.unit.dimension, b.unit.dimension} == {"%", "pp"} and kind == "%"
    if a.unit.dimension != b.unit.dimension and not points and not {a.unit.dimension, b.unit.dimension} <= COUNTABLE:
        return False
    x, y = a.values[0], b.values[0]
    if kind in ("pp", "point"):
        both = kind == "pp" and max(x, y) < 1  # 0.990 over 0.90: 9%p
        return a.unit.dimension in ("%", "pp", "point", "") and _fits(said, abs(x - y) * (100 if both else 1))
    if kind in ("x", "part"):
        return min(x, y) > 0 and x != y and _fits(said, *_quotients(kind, x, y), part=kind == "part")
    if kind == "%" and {a.unit.dimension, b.unit.dimension} == {"%", "pp"}:
        return bool(_BEFORE.search(text)) and _fits(said, abs(x - y), x + y)
    if kind == "%":
        return min(x, y) > 0 and _percent_of(text, said, a, x, y)
    same = kind == a.unit.dimension or {kind, a.unit.dimension, b.unit.dimension} <= COUNTABLE
    rest = bool(_OF.search(text) and _REST.search(text))
    ways = ([abs(x - y)] if rest or _MORE.search(text) else []) + ([x + y] if _SUM.search(text) else [])
    ways += [x * y] if _SUM.search(text) and a.word and b.word else []  # 크기 셋에 변형 셋, 모두 아홉
    return same and any(_fits(said, way / said.unit.factor) for way in ways)


def _quotients(kind: str, x: float, y: float) -> tuple[float, ...]:
    high, low = max(x, y), min(x, y)
    return (high / low,) if kind == "x" else (low / high,)


def _percent_of(text: str, said: Quantity, a: Quantity, x: float, y: float) -> bool:
    """39 of 49 as 80 %; 59 s to 31 s as 47 % less. Of percentages only where the text says 상대."""
    if a.unit.dimension in ("%", "pp", "x") and not _SHARE.search(text):
        return False
    changes = (100 * abs(x - y) / x, 100 * abs(x - y) / y)
    share = (100 * min(x, y) / max(x, y),) if {a.unit.dimension} <= COUNTABLE else ()
    return _fits(said, *changes, *share)


def _portion(said: Quantity, a: Quantity, b: Quantity) -> bool:
    """48.39 % of 124 bugs as 60: to the nearest whole one."""
    for share, whole in ((a, b), (b, a)):
        percent = _percent(share)
        if percent is None or whole.unit.dimension not in COUNTABLE or whole.values[0] < 10:
            continue
        value = whole.values[0] * percent / 100
        if said.faces[0] == percent:
            continue  # 31.7 % of 100 told as 31.7 times: the share's own digits
        if abs(value - said.faces[0]) <= max(0.6, 0.005 * value) or (said.about and _fits(said, value)):
            return True
    return False


def _rate(case: Case, said: Quantity) -> bool:
    """`세션당 3.6건`: one figure of the source over another, where the sentence says per what."""
    if not _RATE.search(case.text[max(0, said.start - 16) : said.end + 12]):
        return False
    given = [q for q in case.source.quantities if not q.weak and not q.word and q.values[0] > 0][:_FAR]
    kind = said.unit.dimension
    tops = [q for q in given if q.unit.dimension == kind or {kind, q.unit.dimension} <= COUNTABLE]
    return any(
        top.values[0] > low.values[0] and _fits(said, top.values[0] / low.values[0] / said.unit.factor)
        for top in tops
        for low in given
        if low.unit.dimension in COUNTABLE
    )


def _each(said: Quantity, told: list[Quantity], text: str) -> bool:
    """`과제가 42개뿐이라 한 문제가 약 2.4%p`: one of so many."""
    if said.unit.dimension not in ("%", "pp") or not _ONE.search(text):
        return False
    return any(q.unit.dimension in COUNTABLE and q.faces[0] > 1 and _fits(said, 100 / q.faces[0]) for q in told)


def _in_a_hundred(case: Case, said: Quantity, near: list[Quantity]) -> bool:
    """`영상 100개에 3개를 틀린다` of an accuracy of 97 %: a share told in ten, a hundred, a thousand."""
    for m in _HUNDRED.finditer(case.text):
        here = [q for q in case.quantities if m.start() <= q.start < m.end()]
        if said.start not in [q.start for q in here] or len(here) != 2 or here[0].faces[0] == 0:
            continue
        share = 100 * here[1].faces[0] / here[0].faces[0]
        given = [p for q in near if (p := _percent(q)) is not None]
        return any(min(abs(share - p), abs(100 - share - p)) <= 50 / here[0].faces[0] for p in given)
    return False


def _sizes(case: Case, said: Quantity) -> bool:
    """`30배 넘게 큰 모델`: two model sizes of the source (7B, 235B), also those inside a name."""
    if said.unit.dimension not in ("x", "part") or not _SIZED.search(case.text):
        return False
    sizes = sorted({q.faces[0] for q in case.source.quantities if q.faces[0] > 0 and re.search(r"\d[BM]\b", q.text)})
    return any(
        _fits(said, *_quotients(said.unit.dimension, x, y), part=said.unit.dimension == "part")
        for x, y in combinations(sizes, 2)
    )


def _percent(q: Quantity) -> float | None:
    """The share a figure states, in percent."""
    face = q.faces[0]
    if q.unit.dimension == "%":
        return face
    if (q.unit.dimension in ("", "point") and 0 < face < 1) or q.unit.dimension == "part":
        return 100 * face
    return None


def _fits(said: Quantity, *values: float, part: bool = False) -> bool:
    """One of the values, written in as many digits as `said` has, or on the side that `said` admits to."""
    face = said.faces[0]
    step = said.step or (0.2 * face if part else 1.0)
    for value in values:
        off = value - face
        if abs(off) <= 1e-6 or (said.about == "floor" and 0 <= off < step):
            return True
        if said.about == "ceil" and 0 <= -off < step:
            return True
        if said.about == "round" and abs(off) <= 0.1 * face:
            return True
        if abs(off) <= (0.05 * face if part else min(step / 2 + 1e-9, 0.06 * face)):
            return True
    return False
