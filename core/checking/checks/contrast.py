"""Opposites exchanged: success told as failure, input as output, and two subjects that change their predicates.

Two looks. A pair of opposite words where the quote has the one beside a figure and the sentence the other. And two
clauses on each side (`A holds while B breaks`): subjects that fit straight and predicates that fit crosswise. Both
by words that the lexicon or the table below knows; what is not known is let pass.
"""

import re
from collections.abc import Iterator

from core.checking.checks import opposites
from core.checking.texts import lexicon, loanwords
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.checking.texts.source import Case
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
    r"(?<=지만),?\s|(?<=[었았했됐졌]고),?\s|(?<=[으리르오지이하]며),?\s|(?<=는데)\s|(?<=인데)\s|(?<=반면),?\s"
)
_CLAUSE_EN = re.compile(
    r",?\s(?:while|whereas|but|although|though|yet)\s|;\s|,\s(?!including|such as|which"
    r"|e\.g)(?:and\s)?"
)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.sentence.section in ("link", "headline"):
        return
    a, b = case.place
    source = case.source.text[a:b]
    yield from _opposite(case, source)
    yield from _exchanged(case, source)
    yield from _good_and_bad(case, source)


def _opposite(case: Case, source: str) -> Iterator[Finding]:
    given = [g for g in scan(source) if not g.weak and not g.word]
    for said in case.quantities:
        fits = [g for g in given if agree(said, g) is Match.YES]
        if said.weak or said.word or len(fits) != 1:
            continue
        told = _clause(case.text, said)
        around = source[max(0, fits[0].start - 48) : fits[0].end + 32]
        own = (row for row in _TABLE if row[0].search(told) or row[2].search(told))
        for one, two in (*map(_sides, own), *opposites.rows(case.text)):
            for ours, other in ((one, two), (two, one)):
                if not ours.korean.search(told) or other.korean.search(told) or _NEGATED.search(told):
                    continue
                if other.accuses.search(around) and not ours.excuses.search(source):
                    yield Finding("direction", said.text, f"원문에서는 반대쪽 값입니다: {around.strip()[:60]}")
                    return


def _sides(row: tuple[re.Pattern[str], ...]) -> tuple[opposites.Side, opposites.Side]:
    return opposites.Side(row[0], row[1], row[1]), opposites.Side(row[2], row[3], row[3])


def _clause(text: str, said: Quantity) -> str:
    """What stands before a figure, back to the last figure or comma."""
    return re.split(r"[,;]|\d", text[: said.start])[-1]


def _exchanged(case: Case, source: str) -> Iterator[Finding]:
    told = [c for c in _CLAUSE_KO.split(case.text) if c.strip()]
    if len(told) != 2:
        told = [c for c in _LISTED_KO.split(case.text) if _OWN_SUBJECT.search(c)]
    given = [c for c in _CLAUSE_EN.split(source) if len(c.split()) > 2]
    if len(given) < 2:
        given = [c for c in re.split(r"\sand\s", source) if len(c.split()) > 2]
    if len(told) != 2 or len(given) < 2 or re.search(r"(?<![A-Za-z-])\d", case.text):
        return
    subjects, predicates = zip(*map(_halves, told), strict=True)
    for i, one in enumerate(given):
        for two in given[i + 1 :]:
            e1, e2 = _given(one), _given(two)
            if _crossed(subjects, predicates, e1 - e2, e2 - e1):
                yield Finding("direction", case.text[:60], "원문과 주어가 서로 바뀌었습니다")
                return


def _given(clause: str) -> frozenset[int | str]:
    return frozenset(lexicon.given(clause.lower())) | loanwords.given(clause)


def _halves(clause: str) -> tuple[frozenset[int | str], frozenset[int | str]]:
    """The concepts of a clause's subject and of its predicate, `-` words left out."""
    words = clause.rstrip(" .,").split()
    cut = next(
        (i for i, word in enumerate(words[:3], 1) if _SUBJECT_KO.search(word) and i < len(words)), len(words) - 1
    )
    book = lexicon.lexicon().concepts
    left, right = (
        frozenset(k for k in lexicon.said(part) if book[k].mark != "-") | loanwords.told(part)
        for part in (" ".join(words[:cut]), " ".join(words[cut:]))
    )
    return left, right


_SUBJECT_KO = re.compile(r"[가-힣A-Za-z)](?:은|는|이|가|에서는|에선)$")
_OWN_SUBJECT = re.compile(r"^\S+(?:\s\S+){0,2}?(?:은|는|이|가|에서는|에선)\s")
_LISTED_KO = re.compile(r"(?<=[을를고며히로에게]),\s")


def _crossed(
    subjects: tuple[frozenset[int | str], ...],
    predicates: tuple[frozenset[int | str], ...],
    e1: frozenset[int | str],
    e2: frozenset[int | str],
) -> bool:
    """Subjects fit one way, predicates the other, and neither fits both ways."""
    s1, s2 = subjects[0] - subjects[1], subjects[1] - subjects[0]
    p1, p2 = predicates[0] - predicates[1], predicates[1] - predicates[0]
    straight = _fits(s1, s2, e1, e2), _fits(p1, p2, e1, e2)
    across = _fits(s1, s2, e2, e1), _fits(p1, p2, e2, e1)
    return (straight[0] and across[1] and not straight[1]) or (across[0] and straight[1] and not straight[0])


def _fits(
    one: frozenset[int | str], two: frozenset[int | str], e1: frozenset[int | str], e2: frozenset[int | str]
) -> bool:
    return bool(one & e1 and two & e2) and not (one & e2 or two & e1)


_GOOD_KO = re.compile(
    r"잘\s?(?:했|하|풀|해)|제대로\s(?:하|했|해)|강(?:했|하다|하지만|점)|뛰어났|뛰어나|좋았|좋지만|능숙|우수|앞섰|앞서|개선|나아졌|높였"
)
_BAD_KO = re.compile(
    r"고전|무너|막[혔히]|약(?:했|하다|하지만|점)|못\s?(?:했|하|풀)|떨어|뒤처|나빴|어려워|헤맸|헤매|미흡|부진|그대로|머물|못했|실패"
)
_GOOD_EN = re.compile(
    r"\b(?:well|correct\w*|accurate\w*|strong\w*|excel\w*|good|best|effective\w*|improv\w+|succeed\w*|outperform\w*"
    r"|better)\b",
    re.IGNORECASE,
)
_BAD_EN = re.compile(
    r"\b(?:struggl\w*|poor\w*|weak\w*|fail\w*|difficult\w*|challeng\w*|worse|degrad\w*|limited|lag\w*"
    r"|recover\w* the existing)\b",
    re.IGNORECASE,
)
_TURN_EN = re.compile(
    r",?\s(?:while|whereas|but|although|though|yet)\s|;\s|\sand\s(?=(?:improv|struggl|fail"
    r"|degrad)\w*\s)"
)


def _good_and_bad(case: Case, source: str) -> Iterator[Finding]:
    """`does well on A but struggles with B` told as B is done well and A not."""
    told, given = _CLAUSE_KO.split(case.text), _TURN_EN.split(source)
    if len(told) != 2 or len(given) != 2:
        return
    ours = [(bool(_GOOD_KO.search(c)), bool(_BAD_KO.search(c))) for c in told]
    theirs = [(bool(_GOOD_EN.search(c)), bool(_BAD_EN.search(c))) for c in given]
    if {(True, False), (False, True)} != set(ours) or set(theirs) != set(ours):
        return
    straight = ours == theirs
    book = lexicon.lexicon().concepts
    k1, k2 = ({k for k in lexicon.said(c) if book[k].mark != "-"} | loanwords.told(c) for c in told)
    e1, e2 = (set(_given(c)) for c in given)
    k1, k2, e1, e2 = k1 - k2, k2 - k1, e1 - e2, e2 - e1
    if not straight:
        e1, e2 = e2, e1
    if k1 & e2 and k2 & e1 and len(k1 & e1) + len(k2 & e2) < len(k1 & e2) + len(k2 & e1) - 1:
        yield Finding("direction", case.text[:60], "원문과 잘하는 것과 못하는 것이 반대입니다")
