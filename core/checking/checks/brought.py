"""Terms brought in from elsewhere: what the whole source never touches.

The lexicon marks two kinds. Concrete things (로봇, 환자, 규제): one that the reading has no word for was brought in,
unless the sentence plainly tells its quote, where it is more likely another word for the source's. And terms of one
meaning (토큰, 캐시, 지연) that headlines and summaries have from their source and nowhere else.
"""

import re
from collections.abc import Iterator

from core.checking.checks.claims import states
from core.checking.texts import lexicon, plain
from core.checking.texts.naming import is_general, names
from core.checking.texts.quantity import Match, agree
from core.checking.texts.source import Case
from core.model import Finding

# `기후가 다른 곳에서 통할지는 열린 문제다`: what the source is silent about
_LEFT_OPEN = re.compile(r"[가-힣]지(?:는|도|가)\s|열린\s문제|머문다|머무|걸린다")


def check(case: Case) -> Iterator[Finding]:
    if states(case) and (stem := _term(case)):
        yield Finding("unsupported", stem, f"원문은 '{stem}'에 대해 말하지 않습니다")


def _term(case: Case) -> str:
    concepts = lexicon.lexicon().concepts
    said = lexicon.said(case.text, strict=True)
    strange = [(concepts[key], stem) for key, stem in said.items() if key not in case.source.concepts]
    section = case.sentence.section
    for concept, stem in strange if section in ("headline", "summary") else ():
        if concept.told:
            return stem
    concrete = next((stem for concept, stem in strange if concept.mark == "!"), "")
    free = section == "headline" or not concrete or _LEFT_OPEN.search(case.text) or _told(case)
    return "" if free else concrete


def _told(case: Case) -> bool:
    """The sentence tells its quote, by a figure, a name or most of its terms: a term that the lexicon does not find
    there is more likely another word for the source's than something brought in."""
    if case.place is None:
        figures = [q for q in case.quantities if not (q.word or q.weak)]
        return any(agree(q, g) is Match.YES for q in figures for g in case.source.quantities)
    near = case.source.within((case.place,))
    if any(agree(q, g) is Match.YES for q in case.quantities if not (q.word or q.weak) for g in near):
        return True
    quote = case.source.text[slice(*case.place)]
    row = plain.row(quote)
    if any(plain.row(n.text) in row for n in names(case.text) if not is_general(n.text)):
        return case.sentence.section != "risk"
    concepts = lexicon.lexicon().concepts
    said = [key for key in lexicon.said(case.text, strict=True) if concepts[key].mark != "-"]
    given = lexicon.given(quote.lower())
    return len(said) >= 3 and sum(key in given for key in said) >= 0.6 * len(said)
