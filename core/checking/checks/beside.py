"""The words around a figure, of the quote and of the sentence: concepts (`#12`), loanwords, names, to be compared."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from core.checking.texts import lexicon, loanwords, plain
from core.checking.texts.quantity import Quantity
from core.checking.texts.units import COUNTABLE

_STOP = re.compile(r"[;()]|\.\s(?=[A-Z])|,(?!\d)|\band\b|\bwhile\b|\bversus\b|\bbut\b|\bto what\b")


def is_score(q: Quantity) -> bool:
    return q.unit.dimension in ("%", "pp", "x", "point") or "." in q.text


# `61.9%는 자동으로 해결했고, …`: what follows a figure's own particle is told of that figure.
_TOLD_OF = re.compile(r"^[은는이가을를]\s[^,.]{1,40}(?:[고며]|지만|는데),?\s")
_PREDICATE = re.compile(
    r"^\s?(?:(?:이내|이하|미만|이상|안팎)[가-힣]{0,2}\s)?[가-힣]{1,8}(?:[고며]|고도|지만|는데|면서),?\s"
)  # what ends the clause of the figure before


# `10미터인 위성 영상`, `100.8%(high)`, `16.9 mIoU`: what a figure is of, right behind it.
_ATTRIBUTE = re.compile(r"(?:인|급|짜리|급의)\s([^,.]{2,14})")
_BRACKETED = re.compile(r"^\s?\(([^()\d]{1,24})\)")
_METRIC_BEHIND = re.compile(r"(\s[A-Za-z]*[A-Z][A-Za-z]*)(?=[,를을로과와\s]|$)(?!\s[\d가-힣]*\d)")


def _label(text: str, q: Quantity, end: int) -> str:
    after = text[q.end : end]
    found = _ATTRIBUTE.match(after) or _BRACKETED.match(after) or (is_score(q) and _METRIC_BEHIND.match(after))
    return found[1] if found else ""


# `기준선과 비교하면 데이터는 16분의 1`: what it is set against is no part of it.
_AGAINST = re.compile(r"^[^,.]*(?:비교하면|비교해|견주면|견줘|대비)\s(?=[가-힣A-Za-z])")
_BOUNDS = re.compile(r"최대|최소|적어도|무려|각각")


def korean(text: str, q: Quantity, row: list[Quantity]) -> frozenset[str]:
    """What stands before a figure, back to the figure before it; of a count also what is counted."""
    start = max((r.end for r in row if r.end <= q.start), default=0)
    end = min((r.start for r in row if r.start >= q.end), default=len(text))
    before = text[start : q.start]
    if start:
        before = _PREDICATE.sub("", _TOLD_OF.sub("", before))
    before = _label(text, q, end) or _AGAINST.sub("", _BRACKETED.sub("", before))
    if (
        q.unit.dimension in COUNTABLE
        and not is_score(q)
        and (counted := re.match(r"(?![을를이가은는와과도만로의]\s)[^,.·]{1,10}", text[q.end : end]))
    ):
        own = bool(re.match(r"\s?[가-힣]{2}", counted[0])) and bool(lexicon.said(counted[0]))
        before = counted[0] if own else before.rpartition(",")[2] + " " + counted[0]
    piece = _BOUNDS.sub(" ", before)
    return words(piece).union(_marked(lexicon.said(piece)), _marked(loanwords.told(piece)))


_RANGE = re.compile(r"\s?[-–~]{1,2}\s?")
_COMPARES = re.compile(
    r"\s?(?:lower|higher|fewer|less|more|faster|slower|better|greater|larger|smaller|shorter|longer)\s[A-Za-z]"
)
_CLOSED = re.compile(r"(?:\s[A-Za-z][\w@-]{0,9})?\)")  # `multilingual (17.7% PFER)`
_SHORT = re.compile(r"\b([PR])(?=\s?=)")  # `P = 0.81`


def english(text: str, q: Quantity, row: list[Quantity]) -> frozenset[str]:
    """The clause of the quote around a figure, between its neighbours."""
    start = max((r.end for r in row if r.end <= q.start), default=0)
    end = min((r.start for r in row if r.start >= q.end), default=len(text))
    if _RANGE.fullmatch(text[q.end : end]) and (last := next((r for r in row if r.start == end), None)):
        return english(text, last, [r for r in row if r is not q])  # a range is one figure
    if _COMPARES.match(text, q.end):
        return keys(_STOP.split(text[q.end : end])[0])  # `28% lower TDP`
    piece = text[start : q.start]
    if m := re.search(r"\(([^()]{0,24})$", piece) if _CLOSED.match(text, q.end) else None:
        piece = f"{_STOP.split(piece[: m.start()])[-1]} {m[1]}"  # `Reframing (24.2%)`
    before = _STOP.split(piece)[-1]
    after = _STOP.split(text[q.end : end])[0]
    piece = q.tail if q.tail and q.unit.dimension in COUNTABLE and not is_score(q) else f"{before} {after}"
    piece = _SHORT.sub(lambda m: {"P": "precision", "R": "recall"}[m[1]], piece)
    return keys(piece)


@lru_cache(maxsize=512)
def keys(piece: str) -> frozenset[str]:
    low = piece.lower()
    return words(piece).union(_marked(lexicon.given(low)), _initials(low), _marked(loanwords.given(piece)))


def _marked(found: Iterable[object]) -> Iterator[str]:
    return (f"#{one}" for one in found)


_LATIN = re.compile("[a-z]+")


def _initials(low: str) -> set[str]:
    """The acronyms a piece could be told by: dynamic time warping → dtw."""
    initials = "".join(w[0] for w in _LATIN.findall(low) if len(w) > 2)
    return {initials[i : i + n] for n in (3, 4) for i in range(len(initials) - n + 1)}


_WRITTEN = re.compile(r"[A-Za-z][\w.@-]+|\d+(?:\.\d+)?[BM](?![A-Za-z])")
_FIGURED = re.compile(r"(?=.*[-@]).*\d")


@lru_cache(maxsize=512)
def words(piece: str) -> frozenset[str]:
    written = _WRITTEN.findall(piece)
    # `Top-6`, `Pass@5`: the figure is part of the name.
    glued = [w.replace("-", "").lower() for w in written if _FIGURED.match(w)]
    return frozenset((*glued, *(word for word in plain.tokens(" ".join(written)) if _LATIN.search(word))))
