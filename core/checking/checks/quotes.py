"""The quote under a sentence: it must stand in the source, word for word, and not be a planted instruction.

Whether it supports the sentence is asked elsewhere: by numbers (figures.py), by names (owners.py) and by the
terms the two languages share (relevance.py).
"""

from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding
from core.text import shorten


def check(case: Case) -> Iterator[Finding]:
    if not case.has_quote:
        return
    if case.place is None:
        yield Finding("quote_fabricated", shorten(case.quote, 80), "원문에 이 문장이 없습니다")
        return
    a, b = case.place
    if any(x < b and a < y for x, y in case.source.planted):  # a part of a sentence orders no more than the whole
        yield Finding("injection", shorten(case.quote, 80), "독자에게 지시하려고 심어 둔 문장을 근거로 들었습니다")
