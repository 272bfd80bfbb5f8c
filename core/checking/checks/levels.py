"""A change told as a level and the reverse: `drops by 46 %` is no drop to 46 %, `falls to 30 %` no fall by 30 %.

Only percentages, beside a word of change on both sides; `최대 40%까지` and `up to` are the most of a change, no level.
"""

import re
from collections.abc import Iterator

from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.model import Finding

_CHANGES = (
    r"(?:줄|준(?=다|\s)|내려|내렸|내린|떨어|낮[아추췄춘췌]|감소|하락|단축|절감|깎|오르|올[라랐렸린]|높[아였인]|늘|상승|증가"
    r"|커[지졌])"
)
_TO_KO = re.compile(rf"\s?(?:수준(?:까지|으로)|선까지|까지|로|으로)(?:만|도)?\s(?:[가-힣]{{1,6}}\s)?{_CHANGES}")
_OF_BEFORE = re.compile(r"(?:원래|기존|종전|이전)의\s(?:약\s|겨우\s)?$")  # `원래의 57%만 쓴다`: a level
_GAIN = re.compile(r"\s?(?:가량|정도|더)?\s?(?:향상|개선|빨라|빠르|가속)")
_LESS = re.compile("줄|준|내려|내렸|떨어|낮|감소|단축|절감|깎")
_FIRM_KO = re.compile(r"\s?(?:수준|선까지|로\s|으로\s)")
_BY_KO = re.compile(
    rf"\s?(?:나|이나|가량|정도|쯤|만큼|씩)?\s?(?:더\s)?{_CHANGES}|\s?(?:가량|정도)?\s?(?:감소|증가|절감|단축)"
)
_MOST_KO = re.compile(r"최대\s?(?:약\s)?$|많게는\s?$|무려\s?$")
_VERB_EN = (
    r"(?:drop|reduc|cut|decreas|lower|fall|fell|declin|shr[iau]nk|sav|improv|increas|rais|ris|rose|gain|boost|grow|grew"
    r"|slash|trim)\w*"
)
_BY_EN = re.compile(
    r"\bby\s(?:an? (?:average|mean|median) of\s|around\s|about\s|approximately\s|roughly\s|nearly\s|over\s|only\s"
    r"|some\s|~\s?)?$"
    r"|\b(?:drops?|dropped|falls?|fell|declines?|declined|shrinks?|shrank)\s(?:about\s|nearly\s|roughly\s|~\s?)?$"
    r"|\b(?:reduc|decreas|lower|sav|slash|trim)(?:e|es|ed|ing)\s(?:about\s|nearly\s|~\s?)?$"
    r"|\b(?:reduction|decrease|drop|increase|improvement|gain|cut|saving)s? (?:of|by)\s(?:about\s|nearly\s|~\s?)?$",
    re.IGNORECASE,
)
_BY_AFTER_EN = re.compile(
    r"\s(?:fewer|less|lower|reduction|decrease|drop|savings?|cheaper|smaller"
    r"|shorter)\b",
    re.IGNORECASE,
)
_TO_EN = re.compile(
    rf"\b{_VERB_EN}\b[^,.;]{{0,60}}(?<!\bup)\sto\s(?:just\s|only\s|about\s|around\s|as low as\s|below\s|under\s"
    rf"|~\s?|<\s?)?$",
    re.IGNORECASE,
)
_FROM_EN = re.compile(r"\bfrom\b[^,;]{1,24}\sto\s(?:just\s|only\s)?$", re.IGNORECASE)
# `using 60% of the steps` told as 60% fewer
_SMALLER_KO = re.compile(r"\s?(?:나|이나|가량|정도)?\s?(?:더\s)?(?:작[다은아았]|적[다은게었]|짧[다은아았]|가볍|가벼)")
_USING_EN = re.compile(
    r"\b(?:is|are|was|us(?:e|es|ed|ing)|with|requir\w+|need\w*|tak(?:e|es|ing)|keep\w*|retain\w*|consum\w+|spend\w*)\s"
    r"(?:just\s|only\s|about\s|around\s|merely\s|~\s?)?$",
    re.IGNORECASE,
)
_OF_EN = re.compile(r"\s(?:that\s|the\s\w+\s)?of\s", re.IGNORECASE)
_HALF = 50  # per cent: what is left is what went
_UP_TO = re.compile(r"up to\s(?:an?\s)?$|as much as\s$", re.IGNORECASE)
_ASKED = re.compile(r"[^,.]{0,16}(?:는지|은지|ㄹ지|을지)")  # `25%까지 오르는지 재 본다`


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section == "link":
        return
    quote = case.source.text
    spans = case.source.around(case.place) if case.place else case.source.sentences
    near = [g for g in case.source.within(spans) if g.unit.dimension == "%"]
    for said in case.quantities:
        if said.unit.dimension != "%" or said.weak:
            continue
        if found := _of_a_multiple(case, said, spans):
            yield Finding("number", said.text, found)
            return
        fits = [g for g in near if agree(said, g) is Match.YES]
        asked = case.opinion and _ASKED.match(case.text, said.end)
        if len(fits) == 1 and not asked and (detail := _turned(case.text, said, quote, fits[0])):
            yield Finding("number", said.text, detail)
            return


def _of_a_multiple(case: Case, said: Quantity, spans: tuple[tuple[int, int], ...]) -> str:
    """A 3.3x reduction told as `70%로 줄었다`: that is what went, not what is left; 1.5x as `150% 향상`: that is
    what there is, not what came to it."""
    given = [g for g in case.source.within(spans) if agree(said, g) is Match.YES]
    if not given or any(g.unit.dimension != "x" or g.faces[0] <= 1 for g in given):
        return ""
    after, share = case.text[said.end : said.end + 24], said.faces[0]
    if _TO_KO.match(after) and _LESS.search(after):
        wrong = next((g for g in given if abs(share - 100 / g.faces[0]) > 0.1 * share), None)
        return f"원문은 {wrong.text}이니 {100 / wrong.faces[0]:.0f}%로 준 것입니다" if wrong else ""
    if _BY_KO.match(after) or _GAIN.match(after):
        whole = next((g for g in given if abs(share - 100 * g.faces[0]) < 0.5), None)
        return f"원문은 {whole.text}이니 {100 * (whole.faces[0] - 1):.0f}% 는 것입니다" if whole else ""
    return ""


def _turned(text: str, said: Quantity, quote: str, given: Quantity) -> str:
    after = text[said.end :]
    before = re.sub(r"(\bby\s)[\d.]+\s?%?\sto\s$", r"\1", quote[max(0, given.start - 96) : given.start])  # a range
    to = bool(_TO_EN.search(before) or _FROM_EN.search(before))
    by = bool(_BY_EN.search(before) or _BY_AFTER_EN.match(quote[given.end :])) and not to
    most = bool(_MOST_KO.search(text[: said.start]) or _UP_TO.search(before))
    if (
        by
        and _OF_BEFORE.search(text[: said.start])
        and not re.match(r"\s?(?:만큼|가량|정도)?\s?(?:줄|절감|감소)", after)
    ):
        return f"원문은 {said.text}만큼의 변화입니다"
    if by and not most and _TO_KO.match(after) and (_FIRM_KO.match(after) or not said.bound):
        return f"원문은 {said.text}만큼의 변화입니다"
    if to and not by and _BY_KO.match(after) and not re.search(r"에서\s?$|→\s?$", text[: said.start]):
        return f"원문은 {said.text}까지라는 뜻입니다"
    rest = said.faces[0] != _HALF and _USING_EN.search(before) and _OF_EN.match(quote, given.end)
    if rest and not by and (_SMALLER_KO.match(after) or (_BY_KO.match(after) and _LESS.search(after[:12]))):
        return f"원문은 {said.text}만 쓴다는 뜻입니다"
    return ""
