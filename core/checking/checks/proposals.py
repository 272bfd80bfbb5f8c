"""Figures that an idea brings along: how many samples to take, which share, twice or half of something to try.

They are proposals, not claims, as long as the clause around them does not tell a finding (reported.py) and the
figure is no slip of the source's own.
"""

import re

from core.checking.checks.counts import definite
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.reported import is_cited
from core.checking.texts.source import Case, Index
from core.checking.texts.units import NOUNS

_OWN_COUNTERS = re.compile(
    r"[개건명회번주일년]|시간|스텝|토큰|에폭|이미지|단어|문항|문서|샘플|표본|가지|쌍|분|달|장|편"
    r"|배치|차례|곳|단계|달러|줄|팀|종|쪽|페이지|행"
)
PICKED = re.compile(
    r"(?:쯤|정도|씩|만|를|을)?\s?(?:새로\s|직접\s|골고루\s)?(?:만들|골라|고르|모아|모으|뽑|라벨|돌려|추려)"
)
_OURS = re.compile(r"사내|우리|자사|자체|직접|회사")
_PORTIONS = re.compile(r"씩|\s?(?:단위|간격|미만|이하|이상|이내|정도)")
# `절반으로 줄인 모델`, `두 배 빨라진`, `10배 싸다`: what follows states a result.
_RESULT = re.compile(
    r"(?:으?로|나|이나|가량|정도|쯤|까지|만큼|만)?\s?(?:더\s)?(?:[가-힣]{1,6}(?:[을를이가]|으로)\s)?"
    r"(?:줄인|낮춘|높인|올린|늘린|아낀|줄였|낮췄|높였|올렸|늘렸|줄었|늘었|올랐|빨랐|빠른\s|빠르다|빠르니|빨라[졌진]"
    r"|싼\s|싸다|좋아[졌진]|나은|나았|앞선|앞섰|작은|가벼운|적은|많은|높은|낮은|큰\s|된다|됐|됩니다)"
)
# `50건을 뽑아 비교한다`: something to do, with figures of the writer's own.
_TRIED = re.compile(
    r"(?:본다|보자|보기|볼\s것|볼\s만|잰다|재기|견준다|견주|비교|측정|확인|시험|평가|분류|점검|나눠|나누|돌려|돌린다|뽑아|골라|모아|만들|넣|붙|채점|적용)"
)
# `300만 건에 이르니`, `15분 분량의 데이터셋`: what there is.
_STATED = re.compile(
    r"(?:에\s(?:이르|이른|달[하한해])|\s?(?:규모|분량)의\s(?!사내|우리|자체|작은|표본|시험)|(?:으로|로)\s(?:이뤄|이루어|구성)|[을를이가]\s(?:담[은긴]|공개))"
)
_MANY = 100  # in words: a figure of the source's own
_SMALL = 10  # what anybody counts
_FEW = 3  # what anybody counts among things found
_ROUND = frozenset(
    {12, 15, 16, 20, 24, 25, 30, 32, 40, 50, 60, 64, 70, 80, 90, 100, 128, 200, 256, 300, 500, 512, 1000}
)
_ROUND_FACTOR = frozenset({1.5, 2, 3, 4, 5, 8, 10, 16, 20, 50, 100, 1000})

# `15%를 넘으면 되돌린다`, `지연이 100ms쯤이라면`: a criterion or a case of one's own.
_CRITERION = re.compile(
    r"[을를이가]?\s?(?:넘(?:으면|는다면|게\s나)|밑돌면|미만이면|이하(?:이?면|인\s)|이상(?:이면|\s벌어)|아래(?:인|이?면)|이내(?:로|면|인지)|안쪽(?:인지|이면|으로)|(?:이하|미만|이상)인지"
    r"|\s?안(?:에\s(?:드|들|끝)|까지\s|으로\s))|[^,.]{0,14}(?:이?라면|[는한된]다면)|[이가]\s되면|\s?근처(?:로|에)\s[^,.]{0,8}면"
)
# `8, 16, 64로 바꿔 가며`: values to try.
_JOINED = re.compile(r"\s?(?:,|·|/|와|과|에서|부터)\s?")
_VARIED = re.compile(
    r"(?:\s?사이(?:에서|로)?|으?로|씩|까지|을|를)\s[^,.]{0,16}(?:훑|바꿔|바꾸|나눠|나누|늘려|늘린|줄여|줄인|올려|낮춰|높여|돌려|두고|뽑|비교|재\s|그려|시험)"
)
_SET_TO = re.compile(r"(?:로|까지)\s(?:올려|높여|낮춰|바꿔|줄여|늘려|키워)\s")  # 비율을 30%로 올려
_CHOSEN = re.compile(r"(?:상위|하위|무작위로?|임의로?|일부|앞쪽|뒤쪽|표본으로?)\s?(?:의\s)?$")
_CONVERTED = re.compile(r"환산(?:하면|해\s?보면)\s(?:약\s)?$")  # `100점으로 환산하면 86점`


def planned(case: Case, said: Quantity) -> bool:
    """A figure of an idea's own: how many samples, which share, a round number that is no slip of the source's."""
    if _of_another(case, said) or _misread(case, said):
        return False
    if is_cited(case.text, said.start) and not said.word and _alike(said, case.source, small=True):
        return False
    if said.word and max(said.faces) <= 10 and said.unit.dimension not in ("x", "part"):
        return not definite(case, said)
    if (
        _CONVERTED.search(case.text[: said.start])
        or re.match(r"으?로\s환산", case.text[said.end :])
        or _stepped(case, said)
        or _tried(case, said)
    ):
        return True
    if said.unit.dimension == "%" and said.faces[0] % 5 == 0 and _PORTIONS.match(case.text[said.end :]):
        return True
    counted = said.unit.dimension in ("", "count") or said.loose or _OWN_COUNTERS.search(said.text)
    if said.unit.dimension not in NOUNS | {"count", "times", "time", ""} or not counted:
        return False
    if any(f != int(f) for f in said.faces):
        return False
    if _round(said) and PICKED.match(case.text[said.end :]):
        return True
    ours = bool(_OURS.search(case.text)) and len(digits(max(said.faces))) == 1
    if any(g.faces == said.faces and g.unit != said.unit for g in case.source.quantities if g.unit.dimension == "time"):
        return said.unit.dimension != "time"  # 20분 of 20 hours
    stated = (
        _STATED.match(case.text, said.end)
        or _owned(case, said)
        or is_cited(case.text, said.start)
        or not _TRIED.search(case.text)
    )
    slip = bool(stated) and _alike(said, case.source)
    return (_round(said) or ours) and not slip


def _of_another(case: Case, said: Quantity) -> bool:
    """The source has this very figure, and of another thing alone: a slip in an idea that tells what there is
    (`A의 1,000시간`) or what was found, and always where nobody would choose it (`17개 언어`)."""
    named = _owned(case, said)
    found = is_cited(case.text, said.start)
    told = named or _STATED.match(case.text, said.end) or not _round(said) or found
    if said.word or max(said.faces) <= (_FEW if found else _SMALL) or not told:
        return False
    met = [agree(said, g) for g in case.source.quantities if not (g.weak or g.word) and g.faces[0] in said.faces]
    return bool(met) and all(each is Match.UNIT for each in met)


def _owned(case: Case, said: Quantity) -> bool:
    """`Diffusion Policy의 추론 1,000단계`: what a named thing has."""
    before = case.text[: said.start]
    return re.search(r"(?:[A-Za-z0-9)]의|공개된|공개한|제공된)\s(?:[가-힣]{1,6}\s){0,2}(?:약\s)?$", before) is not None


_SIZE_TOLD = re.compile(r"(?<![A-Za-z\d.])(\d+(?:\.\d+)?)([MB])(?![A-Za-z])")


def _misread(case: Case, said: Quantity) -> bool:
    """A size that a name in the sentence has by another scale: `파라미터가 8억 개인 Qwen3-8B`."""
    beside = case.text[max(0, said.start - 10) : said.end + 8]
    if "파라미터" not in beside and "매개변수" not in beside:
        return False
    sizes = [float(n) * {"M": 1e6, "B": 1e9}[letter] for n, letter in _SIZE_TOLD.findall(case.text)]
    return any(
        said.faces[0] != size and digits(said.faces[0]).rstrip("0") == digits(size).rstrip("0") for size in sizes
    )


def _tried(case: Case, said: Quantity) -> bool:
    """A criterion of one's own, or one of a row of values to try (of two, neither may be the source's)."""
    if is_cited(case.text, said.start) or _alike(said, case.source):
        return False
    if _CRITERION.match(case.text, said.end):
        return True
    row = [said]
    for q in case.quantities:
        if q.start > row[-1].start and _JOINED.fullmatch(case.text[row[-1].end : q.start]):
            row.append(q)
    for q in reversed(case.quantities):
        if q.start < row[0].start and _JOINED.fullmatch(case.text[q.end : row[0].start]):
            row.insert(0, q)
    own = len(row) > 2 or not any(agree(q, g) is Match.YES for q in row for g in case.source.quantities)
    return len(row) > 1 and own and bool(_VARIED.match(case.text, row[-1].end))


def _stepped(case: Case, said: Quantity) -> bool:
    """A plain multiple, half or share to try (`절반, 4분의 1로 줄여 가며`, `열 배씩`, `상위 10%`)."""
    kind, face = said.unit.dimension, said.faces[0]
    after = case.text[said.end :]
    result = _RESULT.match(after)
    tried = (
        re.match(r"[가-힣]{0,3}\s?(?:때|뒤|후|경우|채|다음|판|값|해[에를]|쪽)|면|다면|는지", after[result.end() :])
        if result
        else None
    )
    if is_cited(case.text, said.start) or (result and not tried and not _OURS.search(case.text[: said.start])):
        return False
    if kind == "part":
        return said.word or (face > 0 and (round(1 / face, 6) in (2, 3, 4, 5, 8, 10) or face in (0.75, 2 / 3)))
    if kind == "x":
        return face in _ROUND_FACTOR
    if kind == "%" and face % 5 == 0 and _SET_TO.match(after):
        return True
    return kind == "%" and face % 5 == 0 and bool(_CHOSEN.search(case.text[: said.start]))


def _round(said: Quantity) -> bool:
    face = int(max(said.faces))
    return face <= 10 or face in _ROUND or (face > 1000 and len(digits(face)) == 1)


def _alike(said: Quantity, source: Index, *, small: bool = False) -> bool:
    """The source has the same digits at another scale: more likely a slip than a plan of the writer's own."""
    face = max(said.faces)
    written = digits(face)
    given = [
        f
        for q in source.quantities
        if not (q.word and q.faces[0] < _MANY)
        and not (q.weak and q.text[-1:] not in "KMB")
        and (len(written) > 2 or q.unit.dimension not in ("%", "pp", "x"))
        for f in q.faces
    ]
    if len(written) == 1:
        return face > 10 and any(f in (face * 10, face / 10) and (f >= 10 or small) for f in given)
    return any(digits(f) == written for f in given)


def digits(face: float) -> str:
    return f"{face:.6e}".split("e")[0].rstrip("0").rstrip(".")
