"""What follows from one or two figures by arithmetic: rests, shares, multiples, differences, sums.

Which figures may be taken as operands is derived.py's business. What needs a word to be meant (나머지, 합쳐) needs that
word in the text of the sentence.
"""

import re

from core.checking.texts.quantity import Quantity
from core.checking.texts.units import COUNTABLE, NOUNS

_REST = re.compile(
    r"나머지|남[은는긴기]|놓[친치쳤]|못|않|안\s|아니|아닌|뿐|실패|잃|빗나|어긋|틀[린려리렸]|오답|사라|걸러|제외|빠[진지졌]|빼"
    r"|바꿔\s말|거꾸로|반대로|뒤집"
)
MORE = re.compile(
    r"차이|격차|간격|(?<!에)폭|더\s|덜\s|뺀|빼|줄|늘|낮|높|올[랐라려린]|오[른르]|떨|나머지|남[은는짓]|뒤[졌지처]|빠[지진졌]|앞[섰서선]|벌[어린려리]"
)
_GREW = re.compile(r"\s?(?:가량|쯤|정도|남짓)?\s?(?:더\s)?(?:올|늘|높|커|줄|낮|떨)")
_MOVED = re.compile(
    r"(?:나|이나|가량|정도|쯤|까지)?\s(?:더\s|껑충\s|넘게\s)?(?:올랐|올라|오른|올린|올렸|뛰|높아|상승|향상|개선|떨어|낮아|하락|줄었|줄어|감소)(?![가-힣]{0,2}는지)"
)
_LESS = re.compile(r"\s?(?:남짓|가량|쯤|정도|이상)?\s?(?:줄[어었이인여였]|단축|절감|감소)")
_DOWN_TO = re.compile(
    r"\s?(?:수준|아래|이하|밑|남짓|가까이|정도|쯤|안팎|가량)?(?:(?:으?로|까지)[\s,]|에\s(?:그[쳤치친]|불과|머[무문물]))"
)  # cut by 75 %: 4분의 1로
BEFORE = re.compile(
    r"셈|[뺀뺐]|빼면|꼴|바탕|기준|원래|기존|이전|보다|대비|앞[서선섰질지]|넘어|넘[은는었]|제치|제쳤|꺾|머[문물무]"
)
SUM = re.compile(
    r"(?<![집통결조복융종혼연])합(?:쳐|치|하면|해|친|계|산|이\s)|(?<![가-힣])(?:총|모두|전체)|더하|더해|통틀"
)
_PART_OF = re.compile(r"중|가운데|비율|비중|몫|의\s|꼴|셈|\(|\)|안\s되|뿐")
OF = re.compile(r"가운데|중에?서?\s")
RELATIVE = re.compile(r"상대")
FAR = 40  # operands looked at; a text with more figures than this gives pairs by chance
NO_OPERAND = frozenset({"ordinal", "calendar"})


def from_one(text: str, said: Quantity, a: Quantity, *, stated: bool) -> bool:
    """The rest to a hundred, a share told in halves and thirds, a rise of 451 % told as more than five times."""
    kind, value = said.unit.dimension, percent(a)
    if a.about and not (said.about or said.word):
        return False  # `넷 중 하나꼴` makes no 72 % true
    if value is None:
        return kind in ("%", "part") and _left_of(text, said, a)
    moved = _MOVED.match(text, said.end) and not _REST.search(text)  # `70%로 30% 뛰었다` tells no rest
    if kind == "%" and (stated or _REST.search(text)) and value < 100 and not moved:
        return fits(said, 100 - value)
    if kind == "part":
        left = _REST.search(text, said.end if _LESS.match(text, said.end) else 0) or _DOWN_TO.match(text, said.end)
        shares = (value / 100, 1 - value / 100) if left else (value / 100,)
        return fits(said, *shares, part=True)
    return kind == "x" and value >= 100 and (fits(said, value / 100) or fits(said, value / 100 + 1))


def _left_of(text: str, said: Quantity, a: Quantity) -> bool:
    """`메모리가 약 30%로 준다` of a 3.32x reduction, `6분의 1 아래` of 6.4x; `3분의 1 남짓 줄어` of 1.57x."""
    gone = _LESS.match(text, said.end)
    if a.unit.dimension != "x" or a.faces[0] <= 1 or not (gone or _DOWN_TO.match(text, said.end)):
        return False
    part = said.unit.dimension == "part"
    left = 1 - 1 / a.faces[0] if gone else 1 / a.faces[0]
    return fits(said, left if part else 100 * left, part=part)


def from_two(text: str, said: Quantity, a: Quantity, b: Quantity) -> bool:
    kind = said.unit.dimension
    if said.loose or {a.unit.dimension, b.unit.dimension} & NO_OPERAND:
        return False
    if kind in COUNTABLE and portion(said, a, b):
        return True
    points = kind == "%" and {a.unit.dimension, b.unit.dimension} in ({"%", "pp"}, {"%", "point"})
    if a.unit.dimension != b.unit.dimension and not points and not {a.unit.dimension, b.unit.dimension} <= COUNTABLE:
        return False
    x, y = a.values[0], b.values[0]
    if kind in ("pp", "point"):
        both = kind == "pp" and max(x, y) < 1  # 0.990 over 0.90: 9%p
        return a.unit.dimension in ("%", "pp", "point", "") and fits(said, abs(x - y) * (100 if both else 1))
    if kind in ("x", "part"):
        more = kind == "part" and _GREW.match(text, said.end)  # 4.4 to 5.9: 3분의 1가량 올랐다
        if min(x, y) <= 0 or x == y:
            return False
        changes = (abs(x - y) / x, abs(x - y) / y) if more else ()
        shares = quotients(kind, x, y) if 1 not in (x, y) else ()
        return fits(said, *changes, *shares, part=kind == "part")
    if points:
        return bool(BEFORE.search(text)) and fits(said, abs(x - y), x + y)
    if kind == "%":
        return min(x, y) > 0 and _percent_of(text, said, a, x, y)
    kinds = {kind, a.unit.dimension, b.unit.dimension}
    same = kind == a.unit.dimension or (kinds <= COUNTABLE and len(kinds & NOUNS) < 2)  # persons make no epochs
    rest = bool((OF.search(text) or "셈" in text) and _REST.search(text))
    beside = text[max(0, said.start - 16) : said.end + 14]
    summed = SUM.search(beside)
    ways = ([abs(x - y)] if rest or MORE.search(beside) else []) + ([x + y] if summed else [])
    ways += [x * y] if (summed and a.word and b.word) or "곱하" in text else []  # 크기 셋에 변형 셋, 모두 아홉
    return same and any(fits(said, way / said.unit.factor) for way in ways)


def quotients(kind: str, x: float, y: float) -> tuple[float, ...]:
    high, low = max(x, y), min(x, y)
    return (high / low,) if kind == "x" else (low / high,)


def _percent_of(text: str, said: Quantity, a: Quantity, x: float, y: float) -> bool:
    """39 of 49 as 80 %; 59 s to 31 s as 47 % less. Of percentages only where the text says 상대."""
    if a.unit.dimension in ("%", "pp", "x") and not RELATIVE.search(text):
        return False
    changes = (100 * abs(x - y) / x, 100 * abs(x - y) / y)
    beside = text[max(0, said.start - 24) : said.end + 10]
    share = (100 * min(x, y) / max(x, y),) if {a.unit.dimension} <= COUNTABLE and _PART_OF.search(beside) else ()
    return fits(said, *changes, *share)


def portion(said: Quantity, a: Quantity, b: Quantity) -> bool:
    """48.39 % of 124 bugs as 60: to the nearest whole one."""
    for share, whole in ((a, b), (b, a)):
        part = percent(share)
        if part is None or whole.unit.dimension not in COUNTABLE or whole.values[0] < 10 or said.step < 1:
            continue
        value = whole.values[0] * part / 100
        if said.faces[0] == part:
            continue  # 31.7 % of 100 told as 31.7 times: the share's own digits
        known = min(0.005 * value, whole.values[0] * share.step / 200)  # as the share is rounded
        if abs(value - said.faces[0]) <= 0.6 + known or (said.about and fits(said, value)):
            return True
    return False


def percent(q: Quantity) -> float | None:
    """The share a figure states, in percent."""
    face = q.faces[0]
    if q.unit.dimension == "%":
        return face
    if (q.unit.dimension in ("", "point") and 0 < face < 1) or q.unit.dimension == "part":
        return 100 * face
    return None


def fits(said: Quantity, *values: float, part: bool = False) -> bool:
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
