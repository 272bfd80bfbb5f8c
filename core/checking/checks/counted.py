"""What is counted: 5,000 sentences told as 단어 5,000개, 12 domains and 5 languages the other way round.

counted.tsv gives for a Korean noun the English ones it may stand for, widely; a figure whose English noun is known
and none of those was given to another thing. What counters alone (장, 명, 대) tell is nouns.py's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.checking.checks.proposals import planned
from core.checking.texts import nouns
from core.checking.texts.digits import YEAR
from core.checking.texts.heads import Head, head
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.reported import PAST
from core.checking.texts.source import Case
from core.checking.texts.tables import TEXTS, rows
from core.checking.texts.units import NOUNS
from core.model import Finding

_HOLDS = "데이터셋|말뭉치|코퍼스|데이터베이스|DB|벤치마크"  # of how many, not how many of them
_FEW = 3  # in words: a writer counts two of many things himself
_MANY = 100
_VAGUE = re.compile("갈래|단계|방식|방법|기법|유형|부류|범주|과제|작업|태스크|분야|영역|문제|사례|데이터|예시")
_PIECES = "개|건|종|가지|편|여"  # counters that fit anything
_PIECE = re.compile(f"(?:{_PIECES})$")
_COUNTER = re.compile(f"(?:{_PIECES}|곳|대|장|명|인|벌|기|권|마리|쌍|점|줄|행|회|번|차례|세트|팀|채|그루|척)$")
_PREDICATE = re.compile(  # `층이 100개도 되지 않는다`: the subject is counted
    r"(?:도|가|에)?\s?(?:다(?![가-힣])|(?:채\s)?되지|안\s?[되돼]|넘|불과|남짓|미만|이상|이하|뿐|있|이다|입니다|이고|이며|이라|였|밖에|그치|그친|이르|이른|달[하한했]|육박)"
)
_ANOTHER = re.compile(r"\s(?!기준|규모|이상(?!의)|이하|미만|가운데|정도|가량)[가-힣]{2}")  # `8개 범주 94개 모듈`
_GATHERED = re.compile(  # `파일을 5,000개 모았다`
    rf"(?:나|이나|까지|로|가량|정도)?\s(?:더\s|새로\s)?[가-힣]{{0,4}}(?:{PAST}[다고]|[는한된]다|며|해|아|어|여)(?=[\s.,]|$)"
)
_NUMBER_OF = re.compile(r"(?:수|개수|숫자|수량)[은는이가]\s[가-힣\s]{0,4}$")  # 파일의 수가 5,000에
_OWN_COUNT = re.compile(r"\d\s?(?:여\s)?(?:개|명|곳|종|대|건|편)\s$")  # `29개 팀 80명`
# `실패 세 건의 기록`: what is counted stands before
_THING = re.compile(r"(?:^|[\s,])[가-힣]*[가-힣](?<![은는이가을를에의로와과도만서약총두대려각여])\s$")
_LISTED = re.compile(r"·$|[,·]\s?[가-힣]+,\s$")  # `항목·집합·표 네 가지`: all of them are counted
_FURTHER = re.compile(r"[\d.;:]")


@lru_cache(maxsize=1)
def _takes() -> dict[str, re.Pattern[str]]:
    table = rows(TEXTS / "counted.tsv")
    return {noun: re.compile(rf"(?:sub-?)?(?:{english})s?") for korean, english in table for noun in korean.split("|")}


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a noun may stand beside its figure."""

    inside: re.Pattern[str]  # 100 문항
    behind: re.Pattern[str]
    before: re.Pattern[str]
    shared: re.Pattern[str]  # 질의의 39%


@lru_cache(maxsize=1)
def _places() -> _Places:
    any_noun = "|".join(sorted(map(re.escape, _takes()), key=len, reverse=True))
    about = r"(?:나|이나|\s?(?:이상|이하|미만|안팎|내외|가량|정도|남짓|규모|분량))?"
    such = (
        r"의|한|짜리|[이가을를]\s(?:넘는|되는|가까운|남짓한|웃도는|넘긴)|\s되는|에\s(?:이르는|달하는|육박하는|가까운)"
    )
    more = rf"{about}(?:{such})\s(?:새\s|서로\s다른\s|실제\s|고유한?\s)?(?!{_HOLDS})|여?\s새\s|여\s"
    ends = (
        r"[은는이가을를에으로과와도만다의라인,.·)]|$|\s(?![가-힣])"
        r"|\s(?:분량|규모|가운데|중|전부|모두|전체|정도|가량|각각)(?![가-힣]{2})"
    )
    words = "약|총|모두|최대|무려|단|각각|합쳐|통틀어|전부|대략|거의|자그마치|고작|겨우"
    before = rf"(?:의?\s?(?:수|개수|숫자|수량))?[은는이가만을를]?(?:\s|\()(?:(?:{words})\s?){{0,2}}$"
    return _Places(
        re.compile(rf"({any_noun})$"),
        re.compile(rf"(?:{more}|\s?)({any_noun})(?={ends})"),
        re.compile(rf"(?<![가-힣])(?!(?:{_HOLDS})[은는])({any_noun}){before}"),
        re.compile(rf"(?<![가-힣])({any_noun})의\s(?:약\s)?$"),
    )


def check(case: Case) -> Iterator[Finding]:
    if case.absence and case.place is None:
        return
    idea = case.sentence.section in ("idea", "action")
    near = case.source.within(case.source.around(case.place)) if case.place else case.source.quantities
    for said in case.quantities:
        if said.unit.dimension == "%" and (found := _share(case, said, near)):
            yield found
            return
        if not _counts(said) or _edition(case, said) or (idea and planned(case, said)):
            continue
        if (noun := noun_of(case.text, said)) and (other := _other(case, noun, said, near)):
            yield Finding("unit", f"{said.text.removesuffix(noun).strip()} {noun}", f"원문에는 {other}")
            return


def _counts(said: Quantity) -> bool:
    """Whether a figure may count things at all."""
    if said.weak or (said.word and said.faces[0] < _FEW) or said.noun == "param" or said.text.endswith("쌍"):
        return False
    return said.unit.dimension in ("", "count", "person") and not (
        re.search("[KMBT]", said.text) or YEAR.fullmatch(said.text)
    )


def _edition(case: Case, said: Quantity) -> bool:
    """`Argoverse 2 실험`: the figure ends a name."""
    name = re.search(r"[A-Z][\w-]*\s$", case.text[: said.start])
    return bool(name and not said.unit.dimension and case.source.has(name[0] + said.text))


_SHARE_OF = re.compile(r"\s(?:of|in)\s(?:the\s|all\s|its\s|our\s)?((?:[a-z-]+\s){0,2}?[a-z-]+)")


def _share(case: Case, said: Quantity, near: tuple[Quantity, ...]) -> Finding | None:
    """`39% of queries` told as 문서의 39%."""
    noun = _places().shared.search(case.text[max(0, said.start - 16) : said.start])
    if not noun:
        return None
    for given in near:
        of = _SHARE_OF.match(case.source.low, given.end) if agree(said, given) is Match.YES else None
        if of is None:
            continue
        words = [part for word in of[1].split() for part in (word, *word.split("-"))]
        if any(map(nouns.known().fullmatch, words)) and not _takes_any(case, noun[1], given, Head(tuple(words), False)):
            return Finding("unit", f"{noun[1]}의 {said.text}", f"원문에는 {given.text} of {of[1]}")
    return None


def noun_of(text: str, said: Quantity) -> str:
    """The noun that a figure of the sentence counts, as far as counted.tsv has it."""
    places = _places()
    if found := places.inside.search(said.text):
        return found[1]
    piece = said.text.endswith(("개", "건", "가지")) or not said.unit.dimension
    of_others = text.startswith("의 ", said.end) and _THING.search(text[max(0, said.start - 16) : said.start])
    if piece and not of_others and (found := places.behind.match(text, said.end)):
        return found[1]
    return _before(text, said)


def _before(text: str, said: Quantity) -> str:
    """The noun in front of a figure, where grammar lets the figure count it."""
    front = text[max(0, said.start - 24) : said.start]
    number = not said.unit.dimension and _NUMBER_OF.search(front)
    counter = number or _COUNTER.search(said.text) or (said.word and re.match("[은는이가을를에만도]", text[said.end :]))
    found = _places().before.search(front) if counter else None
    gathered = _GATHERED.match(text, said.end)
    if (
        not found
        or _LISTED.search(front[: found.start()])
        or _OWN_COUNT.search(front[: found.start()])
        or (_ANOTHER.match(text, said.end) and not gathered)
    ):
        return ""
    topic = not _PIECE.search(said.text) and re.search(r"[은는]\s", found[0])
    subject = re.search(r"[이가]\s", found[0]) and (said.word or not _PREDICATE.match(text, said.end))
    thing = re.search(r"[을를]\s", found[0]) and not gathered
    return "" if topic or subject or thing else found[1]


def vague(text: str, start: int, end: int) -> str:
    """The noun that a count without a figure (수억 개) counts, as far as counted.tsv has it."""
    counter = re.match(rf"\s?(?:여\s)?(?:{_PIECES})", text[end:])
    places = _places()
    found = counter and places.behind.match(text, end + counter.end())
    before = places.before.search(text[max(0, start - 24) : start])
    found = found or (before if before and not re.search(r"[은는]\s", before[0]) else None)
    return found[1] if found else ""


def told_of(noun: str, counted: Head) -> bool:
    """Whether the noun may stand for what is counted, or what is counted is not known."""
    return not counted.sure or stands_for(noun, counted)


def stands_for(noun: str, counted: Head) -> bool:
    """Whether the noun may stand for a word of what is counted."""
    return any(map(_takes()[noun].fullmatch, counted.words))


def _other(case: Case, noun: str, said: Quantity, near: tuple[Quantity, ...]) -> str:
    """What the source counts with this figure, where that is known and never what the noun may stand for."""
    told = ""
    for given in near:
        if given.weak or given.faces[0] != said.faces[0] or agree(said, given) is Match.NO:
            continue
        counted = head_of(given)
        if _takes_any(case, noun, given, counted) or not _known(case, noun, counted, said):
            return ""
        told = told or f"{given.text} {given.tail.strip(' -')}".strip()
    return told


def _known(case: Case, noun: str, counted: Head, said: Quantity) -> bool:
    """Whether it is known what is counted: one noun, or, of what many things may be called, a noun of known kind."""
    if counted.sure and not _VAGUE.fullmatch(noun):
        return True
    alone = said.faces[0] >= _MANY  # a figure that stands but once
    return not said.word and (bool(case.place) or alone) and any(map(nouns.known().fullmatch, counted.words))


def _takes_any(case: Case, noun: str, given: Quantity, counted: Head) -> bool:
    """Whether the noun may stand for the head, or, where that is unknown, for a word behind the figure."""
    behind = "" if counted.sure else _FURTHER.split(case.source.low[given.end : given.end + 60])[0]
    return any(map(_takes()[noun].fullmatch, (*counted.words, *re.findall("[a-z]+", behind))))


def head_of(given: Quantity) -> Head:
    """What an English figure counts."""
    if given.unit.dimension in NOUNS:
        return Head((nouns.ENGLISH.get(given.unit.dimension, given.unit.dimension),), given.text.endswith("s"))
    return head(given.tail)
