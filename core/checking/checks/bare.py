"""A bare value that was given a unit it has not: FID 12.1 told as 12.1 %, an F1 of 0.85 as 0.85배.

What is said to be a multiple must stand beside a word of comparison, what is said in percent must not be the value
of a metric that has no percents.
"""

import re
from collections.abc import Iterator

from core.checking.texts import nouns
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.reported import is_cited
from core.checking.texts.source import Case
from core.checking.texts.units import NOUNS
from core.model import Finding

_COMPARED = re.compile(
    r"speed-?\s?up|factor|ratio|times|fold|accelerat|compress|reduc|multipl|doubl|tripl|gain|amplif|scal|relative"
    r"|normali[sz]|overhead|odds|hazard|versus|\b(?:vs|or|hr|x|more|less)\b|improv|increas|sampl|magnif|guidance|[:×]"
    r"|(?:fast|slow|larg|small|cheap|few|high|low|long|short|great|strong|weak|big|near|far|wid|deep|better|worse)(?:er)?\b"
)
_NO_PERCENTS = (
    r"\b(?:FID|FVD|KID|perplexity|PPL|PSNR|Elo|BLEU|chrF|CIDEr|N?(?:MAE|R?MSE)|MOS|LPIPS|SSIM|NLL|loss|entropy|rho|kappa"
    r"|(?:absolute|squared) error|correlation|Spearman|Pearson|Kendall|temperature|learning rate|batch size)\b"
)
_METRIC = re.compile(
    rf"{_NO_PERCENTS}(?:\s(?:of|around|about|is|was|=))?\s(?:[\d.]+\s?(?:to|-|and)\s?)?$", re.IGNORECASE
)
_BEFORE = re.compile(rf"{_NO_PERCENTS}[^.,;\d]{{0,24}}$|\btop[- ]$", re.IGNORECASE)
_AFTER = re.compile(
    rf"\s{_NO_PERCENTS}|\sspeed-?\s?ups?\b|\s(?:on an? [^.,;]{{1,14}}scale|out of (?:\d|five|ten))", re.IGNORECASE
)
_SIZES = re.compile(
    r"\b(?:model|parameter)\s(?:sizes?|scales?|counts?)\s[^.,;\d]{0,24}(?:[\d.]+[MB]\s?(?:to|-|and)\s?)?$"
)
# `700억 토큰 이하의 경량 모델`: a model has parameters.
_SIZE_OF = re.compile(
    r"(?:\s?(?:규모|급|크기|이하|미만|이상|안팎)(?:의|인)?)?\s(?:(?:대형|소형|경량|공개|상용|오픈소스|언어|추론|단일|작은|큰|[A-Za-z-]+)\s){0,3}"
    r"(?:모델|LLM|VLM|신경망|네트워크)"
)
_RATING = re.compile(r"\s(?:Elo|BLEU)\b")  # whose points are no percents
_OF_TEXT = re.compile(r"token|corp|data|text(?!-to)|word|context|length|window|sequence|train|\bTPS\b", re.IGNORECASE)
# What is seldom counted without its own word nearby: a bare figure with none was given to another thing.
_PROVEN = frozenset({"page", "pixel", "epoch", "frame", "step", "image", "문항", "편", "턴", "쌍", "장"})
_NEAR = 120  # characters


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section == "link":
        return
    own = case.sentence.section in ("idea", "action")
    near = case.source.within(case.source.around(case.place)) if case.place else case.source.quantities
    for said in case.quantities:
        if said.weak or said.word or said.loose:
            continue
        if said.unit.dimension not in {"x", "%", "pp", *NOUNS} and said.noun != "token" and _kind(said) not in _PROVEN:
            continue
        if own and not is_cited(case.text, said.start):
            continue
        given = [g for g in near if agree(said, g) is Match.YES]
        if given and all(_bare(case, said, g) for g in given):
            yield Finding("unit", said.text, f"원문에는 {given[0].text}(단위 없음)")
            return


def _kind(said: Quantity) -> str:
    return nouns.counter(said.text, said.unit.dimension)


def _bare(case: Case, said: Quantity, given: Quantity) -> bool:
    """Whether the source's value has no unit, and no words that would make it what is said."""
    if given.unit.dimension or given.loose:
        return False
    text, kind = case.source.text, said.unit.dimension
    if kind == "pp":
        return said.faces[0] == given.faces[0] and _RATING.match(text, given.end) is not None
    if kind == "x":
        near = text[max(0, given.start - 80) : given.end + 60].lower()
        return text[given.start - 1 : given.start] == "+" or not _COMPARED.search(near)
    around = case.source.low[max(0, given.start - _NEAR) : given.end + _NEAR]
    if (counted := _kind(said)) in _PROVEN and not nouns.names(counted, around):
        return True
    tokens = "token" in (kind, said.noun)
    if kind in NOUNS or tokens:  # `stable at FID 23 to 24` told as 23–24에폭, `model sizes from 4B` as 40억 토큰
        before = text[max(0, given.start - 40) : given.start]
        sized = (kind != "param" and _SIZES.search(before)) or (tokens and _size(case, said, given))
        return bool(_METRIC.search(before) or sized)
    before = text[max(0, given.start - 60) : given.start]
    return said.faces[0] == given.faces[0] and bool(_BEFORE.search(before) or _AFTER.match(text, given.end))


def _size(case: Case, said: Quantity, given: Quantity) -> bool:
    """Whether what is told in tokens is rather the size of a model."""
    text, letter = case.source.text, given.text[-1:]
    in_name = text[given.start - 1 : given.start] == "-" and letter in "MB"  # Tern-7B
    of_text = _OF_TEXT.search(text[max(0, given.start - 80) : given.end + 80])
    return in_name or not of_text or (letter in "BT" and _SIZE_OF.match(case.text, said.end) is not None)
