"""Whether a verbatim quote is about what the sentence says: by the concepts, names and numbers they share.

A quote that shares next to nothing with the sentence while another sentence of the source shares much was picked at
random. The lexicon is rough, so the difference must be large; sentences with few known terms are let pass.
"""

import re
from collections.abc import Iterator

from core.checking.texts import lexicon, loanwords, plain
from core.checking.texts.naming import is_general, names
from core.checking.texts.quantity import Match, agree
from core.checking.texts.source import Case
from core.model import Finding


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    near = case.source.within((case.place,))
    if any(agree(q, g) is Match.YES for q in case.quantities if not q.word for g in near):
        return
    own, best, whole, where = compare(case)
    supposed = case.sentence.section == "risk" and supposes(case.text)  # further from its quote
    if (
        not where
        or (supposed and own >= _LITTLE)
        or _leans(case, where)
        or _only_here(case, where) > (1 if best - own >= 3.5 and own <= 0.5 * best else 0)
    ):
        return
    summary = case.sentence.section == "summary" and own <= 0.65 * best and best - own >= 2.5
    if summary or (own <= 0.34 * best and best - own >= 2.5 and own < 0.34 * whole):
        yield Finding("quote_unrelated", case.quote[:80], f"인용문이 다른 내용입니다. 더 가까운 문장: {where[:80]}")


def _leans(case: Case, nearer: str) -> bool:
    """The quote takes up the sentence before it (`The first challenge …`), which is the nearer one."""
    spans = case.source.around(case.place, 1) if case.place else ()
    before = case.source.text[slice(*spans[0])] if spans else ""
    return before == nearer and bool(_TAKEN_UP.match(case.quote))


def _only_here(case: Case, other: str) -> int:
    """How many terms the sentence has of its quote that the nearer sentence has not: one that tells both has some."""
    concepts = lexicon.lexicon().concepts
    said: set[int | str] = {k for k in lexicon.said(case.text) if concepts[k].mark != "-"}
    said |= loanwords.told(case.text)
    spans = case.source.around(case.place) if case.place else ()
    here = [case.source.low[a:b] for a, b in spans]
    own = frozenset().union(*(lexicon.given(text) for text in here), *(loanwords.given(text) for text in here))
    low = other.lower()
    return len(said & own - lexicon.given(low) - loanwords.given(low))


def shares(case: Case) -> bool:
    """Whether the sentence has anything at all in common with its source: a term, a figure or a name. What shares
    nothing was not taken from there."""
    concepts = lexicon.lexicon().concepts
    if any(concepts[key].mark != "-" and key in case.source.concepts for key in lexicon.said(case.text)):
        return True
    if any(agree(q, g) is Match.YES for q in case.quantities if not q.word for g in case.source.quantities):
        return True
    return any(case.source.has(name.text) for name in names(case.text) if not is_general(name.text))


_LITTLE = 1.0  # what a risk of the writer's own must have in common with its quote
_TAKEN_UP = re.compile(
    r"(?:The (?:first|second|third|former|latter|other)|This|These|It|They|Such|One|Another"
    r"|(?:this|these|it|they|such)(?=\s)|Our (?:approach|method|model|results|experiments))\b"
)
_SUPPOSED = re.compile(
    r"필요|수\s?(?:도|가|는)?\s?[있없]"
    r"|확인해야|어렵|어려|알 수 없|조심|모른|모릅|일지|여지|바뀔|달라질|달라지|가능성|미지수|따로|별도"
    r"|다시|아직|뜻|셈"
)


def supposes(text: str) -> bool:
    """A sentence that draws a conclusion of its own (필요, 수 있다 …) rather than telling the source."""
    return bool(_SUPPOSED.search(text))


def touches(case: Case) -> bool:
    """Whether the sentence shares a name or two terms with its quote."""
    if case.place is None:
        return False
    quote = case.source.text[slice(*case.place)]
    words = plain.row(quote)
    marks = lexicon.lexicon().concepts
    given = lexicon.given(quote.lower())
    terms = sum(key in given and marks[key].mark != "-" for key in lexicon.said(case.text))
    named = (plain.row(name.text) for name in names(case.text) if not is_general(name.text))
    return terms > 1 or any(name in words for name in named)


def fits(case: Case, *, far: bool = False) -> bool:
    """The quote says most of what the best other sentence says of this; `far`, all of it and more."""
    own, best, _, _ = compare(case)
    return own >= 3 and own >= (1.0 if far else 0.6) * best


def compare(case: Case) -> tuple[float, float, float, str]:
    """What the sentence shares with its quote, with the best other sentence, what it has at most, and that sentence;
    nothing for sentences with fewer than three known terms."""
    wanted = lexicon.said(case.text)
    concepts = lexicon.lexicon().concepts
    weights = {key: concepts[key].weight for key in wanted if concepts[key].mark != "-"}
    if len(weights) < 3 or case.place is None:
        return 0.0, 0.0, 0.0, ""
    said_names = {plain.key(n.text) for n in names(case.text) if not is_general(n.text)}
    a, b = case.place
    borrowed = loanwords.told(case.text)
    whole = [case.source.spelled(*span) for span in case.source.around(case.place)]
    own = max(_scored(weights, said_names, borrowed, text) for text in (*whole, case.source.spelled(a, b)))
    best, where = 0.0, ""
    rows = zip(case.source.sentences, case.source.sentence_concepts, case.source.sentence_words, strict=True)
    for (x, y), have, words in rows:
        if (x < b and a < y) or (x, y) in case.source.planted:
            continue
        score = _shared(weights, said_names, have, words)
        score += len(borrowed & loanwords.given(case.source.low[x:y])) if borrowed else 0
        if score > best:
            best, where = score, case.source.text[x:y]
    return own, best, sum(weights.values()) + len(borrowed), where


def _scored(weights: dict[int, float], said_names: set[str], borrowed: frozenset[str], text: str) -> float:
    words = plain.row(text)
    lent = len(borrowed & loanwords.given(text)) if borrowed else 0
    return _shared(weights, said_names, lexicon.given(text), words) + lent


def _shared(weights: dict[int, float], said_names: set[str], have: frozenset[int], words: str) -> float:
    by_name = sum(1.5 for name in said_names if f" {name} " in words)
    return sum(weight for key, weight in weights.items() if key in have) + by_name
