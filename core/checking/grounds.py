"""What a sentence stands on: the source's own words and where they stand, for 근거 and where only passages are cited.

A sentence with a verified quote stands on it. One without (an opinion, an idea, a supposed risk) is given the source
sentence that shares most with it, figures before names before terms of the field, and is marked as chosen by code;
where nothing shares enough it has no ground, and readers are told so. A planted instruction is nobody's ground.
"""

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from core.checking.texts import lexicon, plain
from core.checking.texts.naming import is_general, names
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case, Span, index
from core.model import Basis, Ground, Reading, Sentence
from core.text import shorten

_ENOUGH = 3.5  # a figure and a term, or a name and two: fewer are shared by chance
_FIGURE, _NAME = 2.5, 1.5
_SHOWN = 700
_WHOLE: dict[Basis, str] = {"html": "본문", "pdf": "본문", "abstract": "초록", "article": "기사"}


def ground(reading: Reading, sentence: Sentence) -> Ground | None:
    """The source's words behind `sentence`, at most 700 characters of them; None where nothing comes near."""
    case = Case(index(reading), sentence)
    if case.place is not None:
        quote = sentence.quote or ""
        return Ground(sentence.text, quote, place(reading, quote))
    found = _nearest(case)
    if found is None:
        return None
    quote = shorten(case.source.text[slice(*found)], _SHOWN)
    return Ground(sentence.text, quote, place(reading, quote), nearest=True)


def anchored(reading: Reading, sentence: Sentence) -> Sentence:
    """The sentence with the quote it must stand on: the only sentence of the source that has all its figures. As it
    was where it has no figures, or where several or none have them all."""
    case = Case(index(reading), sentence)
    source, figures = case.source, [q for q in case.quantities if not q.weak and not q.word]
    holding = [
        span
        for span in (source.sentences if figures else ())
        if span[0] > len(source.title) and span not in source.planted and _has(source.within((span,)), figures)
    ]
    return replace(sentence, quote=source.text[slice(*holding[0])]) if len(holding) == 1 else sentence


def _has(given: Sequence[Quantity], figures: Sequence[Quantity]) -> bool:
    return all(any(agree(figure, other) is Match.YES for other in given) for figure in figures)


def place(reading: Reading, quote: str) -> str:
    """Where a verbatim quote stands (`§4.2`, `표 2`, `p. 7`, `초록`, `기사`); one that runs on over several places, at
    its beginning."""
    names, begins, squashed = _places(reading)
    at = squashed.find(_squashed(re.split(r"\.\.\.|…", quote)[0]))
    return names[bisect.bisect_right(begins, at) - 1] if at >= 0 else _WHOLE[reading.basis]


@lru_cache(maxsize=8)
def _places(reading: Reading) -> tuple[list[str], list[int], str]:
    """The places in reading order, the record's own parts last; where each begins in the squashed text; that text."""
    cuts = reading.places or ((0, _WHOLE[reading.basis]),)
    parts = [(name, reading.text[a:b]) for (a, name), (b, _) in pairwise((*cuts, (len(reading.text), "")))]
    parts += [("제목", reading.item.title), ("저자 주석", reading.comment)]
    begins, squashed = [], ""
    for _, text in parts:
        begins.append(len(squashed))
        squashed += _squashed(text)
    return [name for name, _ in parts], begins, squashed


def _squashed(text: str) -> str:
    return plain.squash(plain.flat(text))


def _nearest(case: Case) -> Span | None:
    """The sentence of the source that shares most with this one, if that is enough."""
    concepts = lexicon.lexicon().concepts
    weights = {key: concepts[key].weight for key in lexicon.said(case.text)}
    said = {plain.key(name.text) for name in names(case.text) if not is_general(name.text)}
    figures = [q for q in case.quantities if not q.weak and not q.word]
    best, where = 0.0, None
    source = case.source
    for span, have, words in zip(source.sentences, source.sentence_concepts, source.sentence_words, strict=True):
        if span in source.planted or span[0] <= len(source.title):  # a title states nothing
            continue
        near = source.within((span,))
        score = sum(weight for key, weight in weights.items() if key in have)
        score += _NAME * sum(f" {name} " in words for name in said)
        score += _FIGURE * sum(_has(near, [figure]) for figure in figures)
        if score > best:
            best, where = score, span
    return where if best >= _ENOUGH else None
