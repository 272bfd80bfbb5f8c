"""Direction: up told as down, better as worse, faster as slower, "does not degrade" as "degrades".

Words of direction have an axis (amount, quality, speed, rank) and a sign; English and Korean are compared clause by
clause around a shared figure, or over the whole quote where it knows only one direction. Improving a latency may
be told as 줄였다, so amount and quality only contradict within what usage allows (`_AGAINST`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from core.checking.texts import plain
from core.checking.texts.direction_words import ANY_ENGLISH, ENGLISH, KOREAN
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.checking.texts.source import Case
from core.model import Finding

# What a Korean direction is contradicted by, and what lets it stand.
_AGAINST = {
    "a+": {"a-"}, "a-": {"a+"}, "q+": {"q-"}, "q-": {"q+", "r+", "g+"}, "s+": {"s-"}, "s-": {"s+"},
    "r+": {"r-"}, "r-": {"r+", "c+"}, "e+": {"e-"}, "e-": {"e+"}, "f+": {"f-"}, "f-": {"f+"},
    "p+": {"p-"}, "p-": {"p+"}, "z+": {"z-"}, "z-": {"z+"}, "t+": {"t-"}, "t-": {"t+"}, "k+": {"q-"}, "k-": set(),
}  # fmt: skip
_WITH = {
    "a+": {"a+", "q+", "r+", "g+"}, "a-": {"a-", "q-", "s+", "r-", "g-"}, "q+": {"q+", "a+", "r+", "s+", "a-", "g+"},
    "q-": {"q-", "a-", "r-", "s-", "a+", "g-"}, "s+": {"s+", "a+", "r+", "a-"}, "s-": {"s-", "a-", "a+", "q-"},
    "r+": {"r+", "a+", "q+", "s+", "g+"},
    "r-": {"r-", "a-", "q-", "s-"}, "e+": {"e+"}, "e-": {"e-"}, "f+": {"f+"}, "f-": {"f-"},
    "p+": {"p+"}, "p-": {"p-"}, "z+": {"z+"}, "z-": {"z-"}, "t+": {"t+"}, "t-": {"t-"},
    "k+": {"k+", "q+", "r+", "s+", "g+", "a-", "a+"}, "k-": set(),
}  # fmt: skip
_NOT_EN = re.compile(
    (
        r"(?:\bnot?\b(?!\sonly)|\bnever\b|n't\b|\bwithout\b|\bno (?:meaning\w*|significant|noticeable|measurable"
        r"|substantial)\b|\bneither\b|\bnor\b"
        r"|\b(?:rather than|instead of)\b(?!.*\sand\s(?:about\s)?[\d$])|\b(?:avoid|circumvent)\w*"
        r"|\bprevent(?:s|ed|ing)?\b"
        r"|\bfail\w* to\b)(?:(?!\sbut\s)[^,;.()]){0,48}$|(?<!non-)\b(?:negligible|minimal)\s(?:[a-z-]+\s){0,2}$"
    ),
    re.IGNORECASE,
)
_NOT_KO = re.compile(
    r"^[가-힣]{0,6}\s?(?:지|진|질|지는|지도|지를|게 하지|시키지|이|가|은|는|도)?\s?(?:않|못|없(?![애앤앨앴])|안 )"
    r"|^(?:을|를|도|은|이|가)?\s(?:주|보이|내|얻|거두|가져오|이루|끌어내)지(?:는|도)?\s?(?:않|못)"
    r"|^(?:이|가|은|는|도)?\s(?:확인|관찰|발견|보고|입증)되지\s않"
    r"|^(?!지만|고\s|고,|며|면서|[져해돼]서?\s)[가-힣\s]{0,8}(?:막(?![히힌혀힘힐])"
    r"|피하|(?<=[을를]\s)피[한할했]|방지|거의 없|억제|우려|(?<!문제)없이)"
    r"|^[가-힣]{1,3}\s(?:방법|모델|경우|것|곳|사례|기법|쪽|설정)(?:이|은|는|도)?\s(?:하나도|한\s[가-힣]+도|전혀|거의|아무도)?\s?없"
    r"|^[은는이가도]?\s(?:무시할|미미|극히)|^[가-힣]{0,2}\s(?:데|일)(?:는|에|에는)?\s(?:소홀|인색|서[툴투]|게을)"
    r"|^[은는]\s[가-힣]{2,6}[은는이가도]?\s(?:전혀\s)?필요[가는도]?\s?(?:없|않)"
    r"|^거나\s[^,.]{0,20}(?:것|필요|일)[이은도]?\s없|^거나\s[^,.]{0,40}지\s않고서는"
    r"|^적인\s[가-힣\s]{1,16}\s없이"
)
# `나아진 결과가 아니라`, `늘리거나 줄이면서`: neither that nor its opposite
_NO_SUCH = re.compile(
    r"거나\s(?:줄|늘|높|낮|키|올|내)|[가-힣\s]{0,10}다는\s(?:뜻|의미|말|보장)[은이]?\s(?:아니|아닌|없)|[가-힣]{1,3}\s(?:결과|것|덕분|때문|탓|셈)(?:이|가|은|는)?\s아니"
)
# `늘어난 조건에서는`, `하락 곡선`: a case or a thing, no claim
_CASE_OF = re.compile(r"이든\s|[난든진]\s(?:조건|경우|상황|환경|구간|설정|데이터|영역|팀|쪽)|\s(?:곡선|추이|여부)")
# `어디서 밀리는지 볼 것`: asked, not told
_ASKED = re.compile(
    r"[가-힣]{0,3}(?:는지|은지|인지|을지|할지|[가-힣]지)(?:는|도|를|가|부터)?(?=[\s,.]|$)(?!\s?(?:않|못))"
)
_MAYBE = re.compile(
    r"(?:아|어|을|ㄹ)?[가-힣]{0,2}\s(?:수도?\s있|여지|가능성)"
    r"|[가-힣]{0,2}\s[가-힣]{1,4}(?:이|가|도|은|는)?\s[있없](?:을\s?것|을지|는지|을\s수|겠)"
)  # `평소 이득은 더 작을 수 있다`, `밀리는 경우도 있을 것`: supposed
# … 막지 못했다
_CAN = re.compile(r"\b(?:can|could|may|might)\b")
_NOT_NOT_KO = re.compile(r"^[가-힣]{0,3}\s?(?:멈추|멎|막|피하|방지하|억제하|늦추)[가-힣]{0,3}\s?(?:못|않)")
_STOPPED = re.compile(r"\b(?:halt|stop|prevent|avoid|eliminate|curb|mitigate)\w*\s(?:the\s|this\s)?$", re.IGNORECASE)
_QUALITY_EN = re.compile(
    r"(?:quality|performance|accurac\w+|precision|recall|capabilit\w+|stability|fidelity|coherence|robustness)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"(?:성능|정확도|품질|정밀도|재현율|점수|충실도|일관성|안정성|신뢰성|정확성|강건성|견고성|이해력|추론력|F1|AUC)(?:을|를|이|가|은|는|도)?\s(?:[^,.]{0,24}(?:보다"
    r"|대비|에서|에서는)\s)?"
    r"(?:(?:오히려|도리어|되레|더|다소|소폭|약간|조금|살짝|대폭|크게|뚜렷하게|모두|최대|약|평균|[+-]?[\d.,~–-]+\s?(?:%p?|포인트|점|배)?(?:나|이나|까지|가량|정도|쯤)?)\s)*$"
)
_OF_QUALITY = re.compile(r"(?<=[은던])\s(?:성능|정확도|품질|정밀도|재현율|점수|충실도|일관성|안정성)")
_SPEED = re.compile(r"속도(?:가|는|를|도)?\s(?:[\d.]+배(?:로|나|까지)?\s|더\s|약\s|크게\s)*$")
_LOSS = (
    r"뒤처|뒤졌|뒤지|뒤떨|밀렸|밀린|못\s?미|밑돌|밑돈|열세|(?:보다|기준선에\s?비해)\s(?:더\s)?(?:떨어[졌지]|나빴|나쁘)"
)
_SET_OFF_EN = re.compile(
    r"\b(?:but|however|although|though|while(?! \w+ing\b)"
    r"|whereas|despite|except|yet|only|not|at the (?:cost|expense)|albeit|slower"
    r"|lower|less|fewer|slight\w*|limit\w*)\b",
    re.IGNORECASE,
)
_NEAR = 12  # characters: `not very `
_CLAUSE_EN = re.compile(r",|;| while | and | but | whereas | though | although ")
_CLAUSE_KO = re.compile(
    r"(?<=지만)\s|(?<=으나)\s|(?<=이나)\s|(?<=[었았했됐]고),?\s|(?<=[으]며),?\s|(?<=면서)\s|(?<=고도)\s|,\s|;|(?<=은데)\s"
    r"|(?<=인데)\s|(?<=반면)\s"
)


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section == "link" or (case.place and case.sentence.section == "headline"):
        return
    if case.place is None:  # a figure that the whole reading has once stands for a quote
        yield from _turned(_anchored(case.text, case.source.text))
        return
    a, b = case.place
    source = case.source.text[a:b]
    yield from _order(case, source)
    beside = _anchored(case.text, source)
    yield from _turned(beside) if beside else _whole(case, source)
    yield from _losing(case, source)


def _turned(beside: list[tuple[tuple[str, str], str]]) -> Iterator[Finding]:
    """The first direction that the clause around the same figure contradicts."""
    for told, here in beside:
        if contradiction(told, english(here)):
            yield Finding("direction", told[1], f"원문은 반대 방향입니다: {here.strip()[:80]}")
            return


def _anchored(text: str, source: str) -> list[tuple[tuple[str, str], str]]:
    """The directions told of figures that both sides have, each with the source's clause around the figure."""
    beside = []
    for clause in (c for c in _CLAUSE_KO.split(text) if c):
        for quantity in scan(clause):
            if quantity.word or quantity.weak:
                continue
            told = after(clause, quantity)
            if not told or re.match(r"\s?\)\s?보다", clause[quantity.end :]):
                continue  # `좋아진 폭(2.8%p)보다 나빠진 폭이 크다`
            here = _around(source, quantity)
            if here and english(here):
                beside.append((told, here))
    return beside


def _whole(case: Case, source: str) -> Iterator[Finding]:
    """No figure to hold on to: only where both sides know a single direction on the axes compared."""
    given = english(source)
    # A summary tells its source: `못 미칠 수 있다` of `can outperform` is no guess of the writer's.
    told = korean(case.text, guesses=case.sentence.section == "summary" and bool(_CAN.search(source)))
    for axis, word in told:
        alone = len({each for each, _ in told if each[0] == axis[0]}) == 1
        if axis[0] in "zefpt" and alone and (found := contradiction((axis, word), given)):
            yield Finding("direction", word, f"원문은 반대 방향입니다: {found}")
            return
    if (
        len({axis[1] for axis, _ in told}) != 1
        or not given
        or (re.search(r"보다|대비|비해", case.text) and len({word for _, word in told}) > 1)
    ):
        return
    if _OF_FIGURE.search(case.text) or _supposed(case.text, told[-1][0]):
        return  # `0.013 높았다`: what a figure does is told of it alone
    for axis, word in told[-1:]:
        if found := contradiction((axis, word), given):
            yield Finding("direction", word, f"원문은 반대 방향입니다: {found}")


def _supposed(text: str, told: str) -> bool:
    """The sentence also supposes the opposite of what it tells (`늘려 줄일 수 있다`)."""
    return any(axis == _turn(told) for axis, _ in korean(text, guesses=True))


_OF_FIGURE = re.compile(r"\d\s?(?:%p?|점|배|포인트)?\s(?:더\s)?(?:높|낮|올|늘|줄|빠|느|길|짧|크|작|많|적)")


def _losing(case: Case, source: str) -> Iterator[Finding]:
    """A clause set off (`…앞섰지만, 속도는 뒤처졌다`) that tells a loss where the quote knows of winning alone."""
    told = re.search(_LOSS, case.text) if re.search(r"지만|으나|반면|대신|대가로", case.text) else None
    if told is None or _NOT_KO.match(case.text[told.end() :]) or _SET_OFF_EN.search(source):
        return
    axes = {axis for axis, _ in english(source) if axis[0] in "rqc"}
    if axes & {"r+", "q+"} and not axes & {"r-", "q-"}:
        yield Finding("direction", told[0], "인용한 문장은 나은 점만 말합니다")


def contradiction(told: tuple[str, str], given: Sequence[tuple[str, str]]) -> str | None:
    axes = {axis for axis, _ in given}
    if axes & _WITH[told[0]] or not axes & _AGAINST[told[0]]:
        return None
    return next(word for axis, word in given if axis in _AGAINST[told[0]])


@lru_cache(maxsize=512)
def english(text: str) -> tuple[tuple[str, str], ...]:
    """Directions of an English text; negated ones turned."""
    low = plain.lower(text)
    if not ANY_ENGLISH.search(low):
        return ()
    found: list[tuple[str, str]] = []
    for axis, pattern in ENGLISH:
        for m in pattern.finditer(low):
            word = text[m.start() : m.end()]
            turned = _NOT_EN.search(text[: m.start()])
            turned = None if turned and "not" in turned[0] and _STOPPED.search(text[: m.start()]) else turned
            if turned and axis[0] == "f" and turned.end() - turned.start() > _NEAR:
                turned = None  # `do not perform well on common tasks`
            if axis[0] == "a" and _QUALITY_EN.search(_beside(text, m.start(), m.end())):
                axis = "q" + axis[1]
            if turned and word.lower() in ("additional", "extra"):
                continue  # `without additional training`: nothing is less
            if turned and re.match("negligible|minimal", turned[0], re.IGNORECASE):
                found.append((axis, word))  # a minimal increase is one, and is none
            found.append((_turn(axis) if turned else axis, word))
    return tuple(found)


def _beside(text: str, start: int, end: int) -> str:
    """The words around a word of direction, within its commas."""
    before = re.split(r"[,;()]", text[max(0, start - 28) : start])[-1]
    return before + text[start:end] + re.split(r"[,;()]", text[end : end + 28])[0]


def korean(text: str, *, guesses: bool = False) -> list[tuple[str, str]]:
    return [(axis, word) for _, axis, word in _placed(text, guesses=guesses)]


@lru_cache(maxsize=256)
def _placed(text: str, *, guesses: bool = False) -> tuple[tuple[int, str, str], ...]:
    """The directions of a Korean text in order, each with where it stands; those of guesses only if asked for."""
    found = []
    for axis, pattern in KOREAN:
        for m in pattern.finditer(text):
            if axis[0] == "a" and _QUALITY.search(text[max(0, m.start() - 48) : m.start()]):
                axis = "q" + axis[1]
            if axis[0] == "a" and _OF_QUALITY.match(text, m.end()):
                axis = "q" + axis[1]  # `높은 성능`
            if axis == "a+" and _SPEED.search(text[max(0, m.start() - 24) : m.start()]):
                axis = "s+"
            if (
                _NO_SUCH.match(text[m.end() :])
                or _CASE_OF.match(text[m.end() :])
                or _ASKED.match(text[m.end() :])
                or (not guesses and _MAYBE.match(text[m.end() :]))
            ):
                continue
            turned = _NOT_KO.match(text[m.end() :]) and not _NOT_NOT_KO.match(text[m.end() :])
            found.append((m.start(), _turn(axis) if turned else axis, m[0]))
    return tuple(sorted(found))


def _turn(axis: str) -> str:
    return axis[0] + ("-" if axis[1] == "+" else "+")


def _around(source: str, quantity: Quantity) -> str | None:
    """The clause of the quote in which the same figure stands, if it stands once."""
    spots = [g for g in scan(source) if agree(quantity, g) is Match.YES]
    if len(spots) != 1:
        return None
    cuts = [
        0,
        *(
            m.end()
            for m in _CLAUSE_EN.finditer(source)
            if source[m.start() : m.end()].strip() != "and" or not re.match(r"\s?[\d$]", source[m.end() :])
        ),
        len(source),
    ]
    at = spots[0].start
    start = max(c for c in cuts if c <= at)
    end = min((c for c in cuts if c > at), default=len(source))
    return source[start:end]


def after(clause: str, quantity: Quantity) -> tuple[str, str] | None:
    """The direction word that follows a figure in a Korean clause, with nothing between but the end of its change."""
    row = [q for q in scan(clause) if not (q.word or q.weak)]
    at, axis, word = next((found for found in _placed(clause) if found[0] >= quantity.end), (0, "", ""))
    between = sum(quantity.end <= q.start < at for q in row)
    change = between == 1 and re.match(r"\s?(?:에서|부터|→|~|-)", clause[quantity.end :])
    return (axis, word) if word and (change or not between) else None


def _order(case: Case, source: str) -> Iterator[Finding]:
    """`from 10 to 3` told as 3에서 10으로."""
    pairs = [
        (x, y)
        for x, y in _pairs(
            source, r"\s?(?:[a-z%]+\s)?to\s(?:only\s|just\s|about\s)?\$?", r"(?:from|\()\s?(?:about\s)?\$?$"
        )
    ]
    for x, y in _pairs(case.text, r"(?:에서|에\s있던\s것이)\s(?:약\s|무려\s)?", None):
        for p, q in pairs:
            if agree(x, q) is Match.YES and agree(y, p) is Match.YES and agree(x, p) is not Match.YES:
                yield Finding("direction", f"{x.text}→{y.text}", f"원문은 {p.text}에서 {q.text}입니다")
                return


def _pairs(text: str, joint: str, before: str | None) -> Iterator[tuple[Quantity, Quantity]]:
    row = [q for q in scan(text) if not q.weak]
    for one, two in pairwise(row):
        if re.fullmatch(joint, text[one.end : two.start]) and (before is None or re.search(before, text[: one.start])):
            yield one, two
