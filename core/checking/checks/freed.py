"""Which figures of a sentence need no figure of the source: versions of names, and what is the writer's own."""

import re

from core.checking.checks.proposals import PICKED, planned
from core.checking.checks.slips import slipped
from core.checking.texts.naming import versioned
from core.checking.texts.quantity import Quantity
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE, PHYSICAL

_TOLD = ("headline", "summary")
_SCANT = re.compile(
    r"\s?(?:만(?:으로|을|\s)|뿐|에도|도\s(?:못|안|채)|미만|이하|에\s불과|밖에|남짓|에\s그)"
)  # a claim, not a measure
_BEST = re.compile(
    r"\b(?:best|highest|first place|ranks? first|leading|leads|winn|top\b|strongest|most|dominan\w+"
    r"|superior|out-?perform\w*|state[- ]of[- ]the[- ]art|sota)"
)
# `44.3%p 올랐다는 뜻으로 읽으면 안 된다`
_DENIED = re.compile(
    r"[^,.]{0,16}(?:는|란|이라는)\s(?:뜻|의미|말)(?:으로|은|이|로)?\s[^.]{0,20}(?:안\s?[되됩된됨]|아니|않|말아야|오해)"
)
_LEVELS, _LEVELS_PERCENT = (0.1, 0.05, 0.01, 0.001), (10, 5, 1)
_PER = re.compile(r"(?:\bper|\ba|\beach|/)\s?(?:second|minute|hour|day|met(?:er|re)|kilomet|km|gram|kg|lit)")
_TRIED = re.compile(r"@(\d{1,2})\b")


def free(case: Case, said: Quantity) -> bool:
    """Whether the figure demands no support."""
    return _own(case, said) or _version(case, said)


def _version(case: Case, said: Quantity) -> bool:
    latin = re.search(r"[A-Z][\w.]*(?:\s[A-Z][\w.]*)*\s$", case.text[: said.start])
    named = latin and not said.unit.dimension and case.source.has(latin[0] + said.text)  # Claude Opus 4.5
    return bool(named) or (not said.unit.dimension and versioned(case.source, case.text, said.start, said.text))


def _own(case: Case, said: Quantity) -> bool:
    """One, ordinals in words, usual levels, the small or round counts of an idea."""
    if said.unit.dimension == "ordinal" and (said.word or (said.faces == (1.0,) and _BEST.search(_here(case, 1)))):
        return True
    if said.faces == (1.0,) and said.unit.dimension in ("count", "", "times", "person", "page", "image"):
        return not slipped(case, said)
    if said.unit.dimension not in COUNTABLE and _DENIED.match(case.text, said.end):
        return True
    if re.fullmatch(r"\d+/\d+", said.text) and re.search(rf"(?<!\d){said.text}(?!\d)", case.source.text):
        return True  # of a formula: T^(3/4)
    nth = re.fullmatch(r"(\d+)분의 1", said.text)
    if nth and re.search(rf"(?<![\w/])[a-z]/{nth[1]}(?!\w)", _here(case)):
        return True  # of a letter's: D/4
    if case.absence and re.match(r"\s?(?:급|짜리)?\s?(?:처럼|같은|(?:이상|이하)(?:에서|의|\s))", case.text[said.end :]):
        return True  # `4비트처럼 더 낮은 폭에서는 알 수 없다`
    if said.faces[0] in (_LEVELS if not said.unit.dimension else _LEVELS_PERCENT) and re.search(
        r"유의|[pP]\s?[-값<=]", case.text
    ):
        return True  # the usual levels of significance
    beside = re.match("당|마다", case.text[said.end :]) or any(q is not said and not q.weak for q in case.quantities)
    if said.faces == (1.0,) and said.unit.dimension in PHYSICAL and beside and _PER.search(_here(case)):
        return True  # 1m에 87초: 87 seconds per meter
    if case.absence and said.text.endswith("차원"):
        return True  # `3차원에서도 통할지는 알 수 없다`
    if said.word and re.match(r"\s?(?:시도|뽑|표집|풀)", case.text[said.end :]) and _TRIED.search(case.source.text):
        return said.faces[0] in {float(n) for n in _TRIED.findall(case.source.text)}  # pass@5: 다섯 번 시도
    if said.unit.dimension == "part" and case.opinion and said.text.startswith("둘 중"):
        return True  # one or the other
    if said.faces == (360.0,) and said.unit.dimension == "temp" and case.opinion:
        return True  # all around
    if said.faces == (1.0,) and said.unit.dimension in ("pp", "%") and case.sentence.section not in _TOLD:
        return not _SCANT.match(case.text[said.end :])  # `1%p는 문제 한두 개`: a measure
    own = not case.attributed or PICKED.match(case.text, said.end)
    return case.sentence.section in ("idea", "action") and bool(own) and planned(case, said)


def _here(case: Case, beside: int = 0) -> str:
    """The quoted sentences and so many beside them, or all where there is no quote, in lower case."""
    spans = case.source.around(case.place, beside) if case.place else case.source.sentences
    return " ".join(case.source.low[a:b] for a, b in spans)
