"""Opposites exchanged: success told as failure, input as output, and two subjects that change their predicates.

Two looks. A pair of opposite words where the quote has the one beside a figure and the sentence the other. And two
clauses on each side (`A holds while B breaks`): subjects that fit straight and predicates that fit crosswise. Both
by words that the lexicon or the table below knows; what is not known is let pass.
"""

import re
from collections.abc import Iterator

from core.checking import lexicon
from core.checking.quantity import Match, Quantity, agree
from core.checking.scan import scan
from core.checking.source import Case
from core.model import Finding

_OPPOSITES: tuple[tuple[str, str, str, str], ...] = (
    # Korean, its English; the opposite in Korean, its English
    ("성공", r"success|solv|succeed", "실패", r"fail"),
    ("정답", r"correct|right answer|accura", "오답", r"wrong|incorrect|error"),
    ("정확도", r"accura|correct", "오류율|오답률|에러율", r"error|wrong"),
    ("거짓\\s?양성|위양성|오탐", r"false[- ]positive|fpr", "거짓\\s?음성|위음성|미탐", r"false[- ]negative|fnr"),
    ("입력", r"input|prompt", "출력", r"output|generat"),
    ("인코더|부호기", r"encod", "디코더|복호기", r"decod"),
    ("(?:학습|훈련)\\s?(?:비용|시간)", r"training (?:cost|time)", "추론\\s?(?:비용|시간)", r"inference (?:cost|time)"),
    ("오픈\\s?소스|공개형|오픈\\s?모델", r"open", "폐쇄형|비공개형|독점", r"closed|propriet|commerc"),
    ("교사", r"teacher", "학생", r"student"),
    ("큰 모델|대형 모델", r"large|big", "작은 모델|소형 모델", r"small|tiny|lightweight"),
    ("정밀도", r"precision", "재현율", r"recall|sensitiv"),
    ("상한|최댓값", r"upper|max|highest", "하한|최솟값", r"lower bound|min|lowest"),
    ("수락|채택|승인", r"accept|approv", "거절|거부|기각", r"reject|refus|declin"),
)
_TABLE = tuple(
    (re.compile(a), re.compile(rf"\b(?:{x})", re.IGNORECASE), re.compile(b), re.compile(rf"\b(?:{y})", re.IGNORECASE))
    for a, x, b, y in _OPPOSITES
)
_NEGATED = re.compile(r"않|못|없|아니|아닌|안\s")
_CLAUSE_KO = re.compile(
    r"(?<=지만)\s|(?<=[었았했됐졌]고),?\s|(?<=[으리르오지이하]며),?\s|(?<=는데)\s|(?<=인데)\s|(?<=반면),?\s"
)
_CLAUSE_EN = re.compile(r",?\s(?:while|whereas|but|although|though|yet)\s|;\s|,\s(?:and\s)?")


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.sentence.section in ("link", "headline"):
        return
    a, b = case.place
    source = case.source.text[a:b]
    yield from _opposite(case, source)
    yield from _exchanged(case, source)


def _opposite(case: Case, source: str) -> Iterator[Finding]:
    given = [g for g in scan(source) if not g.weak and not g.word]
    for said in case.quantities:
        fits = [g for g in given if agree(said, g) is Match.YES]
        if said.weak or said.word or len(fits) != 1:
            continue
        told = _clause(case.text, said)
        around = source[max(0, fits[0].start - 48) : fits[0].end + 32]
        for korean, english, other, opposite in _TABLE:
            for ours, mine, theirs in ((korean, english, opposite), (other, opposite, english)):
                rest = other if ours is korean else korean
                if not ours.search(told) or rest.search(told) or _NEGATED.search(told):
                    continue
                if theirs.search(around) and not mine.search(source):
                    yield Finding("direction", said.text, f"원문에서는 반대쪽 값입니다: {around.strip()[:60]}")
                    return


def _clause(text: str, said: Quantity) -> str:
    """What stands before a figure, back to the last figure or comma."""
    return re.split(r"[,;]|\d", text[: said.start])[-1]


def _exchanged(case: Case, source: str) -> Iterator[Finding]:
    told = [c for c in _CLAUSE_KO.split(case.text) if c.strip()]
    given = [c for c in _CLAUSE_EN.split(source) if len(c.split()) > 2]
    if len(told) != 2 or len(given) < 2 or re.search(r"\d", case.text + source):
        return
    subjects, predicates = zip(*map(_halves, told), strict=True)
    for i, one in enumerate(given):
        for two in given[i + 1 :]:
            e1, e2 = lexicon.given(one.lower()), lexicon.given(two.lower())
            if _crossed(subjects, predicates, e1 - e2, e2 - e1):
                yield Finding("direction", case.text[:60], "원문과 주어가 서로 바뀌었습니다")
                return


def _halves(clause: str) -> tuple[frozenset[int], frozenset[int]]:
    """The concepts of a clause's subject and of its predicate, `-` words left out."""
    words = clause.rstrip(" .,").split()
    cut = len(words) - 1
    book = lexicon.lexicon().concepts
    left, right = (
        frozenset(k for k in lexicon.said(" ".join(part)) if book[k].mark != "-") for part in (words[:cut], words[cut:])
    )
    return left, right


def _crossed(
    subjects: tuple[frozenset[int], ...], predicates: tuple[frozenset[int], ...], e1: frozenset[int], e2: frozenset[int]
) -> bool:
    """Subjects fit one way, predicates the other, and neither fits both ways."""
    s1, s2 = subjects[0] - subjects[1], subjects[1] - subjects[0]
    p1, p2 = predicates[0] - predicates[1], predicates[1] - predicates[0]
    straight = _fits(s1, s2, e1, e2), _fits(p1, p2, e1, e2)
    across = _fits(s1, s2, e2, e1), _fits(p1, p2, e2, e1)
    return (straight[0] and across[1] and not straight[1]) or (across[0] and straight[1] and not straight[0])


def _fits(one: frozenset[int], two: frozenset[int], e1: frozenset[int], e2: frozenset[int]) -> bool:
    return bool(one & e1 and two & e2) and not (one & e2 or two & e1)
