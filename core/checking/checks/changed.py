"""A figure's own verb: `improves accuracy by 7.5%` told as 정확도는 7.5% 낮아졌다.

What stands as `verb … by` right before a figure is all that is told of it, whatever else its clause has.
"""

import re
from collections.abc import Iterator

from core.checking.checks.direction import after
from core.checking.texts.quantity import Match, agree
from core.checking.texts.source import Case
from core.model import Finding

_BY = re.compile(
    r"\b(?:(?P<up>increas|rais|lift|boost|improv|enhanc|grow|grew)|(?P<down>reduc|decreas|lower|cut|shrink|drop|degrad|hurt))"
    r"(?:e|es|ed|s|ing|ting|ped|ping)?\s(?P<what>(?:[\w@/-]+\s){1,6}?)by\s(?:an?\s)?"
    r"(?:(?:additional|average|of|about|approximately|around|nearly|roughly|over|up|to|as|much|more|than|only|~)\s?)*\+?$",
    re.IGNORECASE,
)
# What is better when there is less of it.
_BAD = re.compile(
    r"error|latenc|loss|cost|time|memory|perplex|\bfid\b|\bwer\b|fail|hallucin|toxic|bias|overhead|distance|rmse|\bmae\b"
    r"|delay|consum|power|energy|token|flop|param|miss|drift|regret|risk|attack|variance|gap|rate",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section in ("idea", "action", "link"):
        return
    spans = case.source.around(case.place) if case.place else case.source.sentences
    near = case.source.within(spans)
    for said in case.quantities:
        given = [g for g in near if not (g.word or g.weak) and agree(said, g) is Match.YES]
        if said.word or said.weak or len(given) != 1:
            continue
        verb = _BY.search(case.source.text[max(0, given[0].start - 96) : given[0].start])
        told = after(case.text, said) if verb else None
        if verb and told and _against(verb, told[0]):
            yield Finding("direction", told[1], f"원문은 반대 방향입니다: {verb[0].strip()} {given[0].text}")
            return


def _against(verb: re.Match[str], axis: str) -> bool:
    if axis[0] not in "aq":
        return False
    bad = bool(_BAD.search(verb["what"]))
    if verb["up"]:
        plain = verb["up"].lower() in ("increas", "rais", "lift", "grow", "grew")
        return axis[1] == "-" and not (bad and (axis == "q-" or not plain))
    return axis == "a+" or (axis == "q+" and not bad)
