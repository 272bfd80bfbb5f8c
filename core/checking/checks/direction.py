"""Direction: up told as down, better as worse, faster as slower, "does not degrade" as "degrades".

Words of direction have an axis (amount, quality, speed, rank) and a sign; English and Korean are compared clause by
clause around a shared figure, or over the whole quote where it knows only one direction. Improving a latency may
be told as 줄였다, so amount and quality only contradict within what usage allows (`_AGAINST`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.checking.texts.directions import denied, english, korean, placed, turn
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
_CAN = re.compile(r"\b(?:can|could|may|might)\b")
_LOSS = (
    r"뒤처|뒤졌|뒤지|뒤떨|밀렸|밀린|못\s?미|밑돌|밑돈|열세|(?:보다|기준선에\s?비해)\s(?:더\s)?(?:떨어[졌지]|나빴|나쁘)"
)
_SET_OFF_EN = re.compile(
    r"\b(?:but|however|although|though|while(?! \w+ing\b)"
    r"|whereas|despite|except|yet|only|not|at the (?:cost|expense)|albeit|slower"
    r"|lower|less|fewer|slight\w*|limit\w*)\b",
    re.IGNORECASE,
)
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
    """No figure to hold on to: only where both sides know a single direction on the axes compared (of two that go
    together, `grows as the loss decreases`, the first)."""
    given = english(source.split(" as ")[0] if "수록" in case.text else source)
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
    return any(axis == turn(told) for axis, _ in korean(text, guesses=True))


_OF_FIGURE = re.compile(r"\d\s?(?:%p?|점|배|포인트)?\s(?:더\s)?(?:높|낮|올|늘|줄|빠|느|길|짧|크|작|많|적)")


def _losing(case: Case, source: str) -> Iterator[Finding]:
    """A clause set off (`…앞섰지만, 속도는 뒤처졌다`) that tells a loss where the quote knows of winning alone."""
    told = re.search(_LOSS, case.text) if re.search(r"지만|으나|반면|대신|대가로", case.text) else None
    if told is None or denied(case.text[told.end() :]) or _SET_OFF_EN.search(source):
        return
    axes = {axis for axis, _ in english(source) if axis[0] in "rqc"}
    if axes & {"r+", "q+"} and not axes & {"r-", "q-"}:
        yield Finding("direction", told[0], "인용한 문장은 나은 점만 말합니다")


def contradiction(told: tuple[str, str], given: Sequence[tuple[str, str]]) -> str | None:
    axes = {axis for axis, _ in given}
    if axes & _WITH[told[0]] or not axes & _AGAINST[told[0]]:
        return None
    return next(word for axis, word in given if axis in _AGAINST[told[0]])


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
    at, axis, word = next((found for found in placed(clause) if found[0] >= quantity.end), (0, "", ""))
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
