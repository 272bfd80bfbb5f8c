"""Which figure goes with which thing: `정밀도 72%, 재현율 97%` against `97% precision, 72% recall`.

Around each figure of the quote and of the sentence stand words; the lexicon and the names tell what they share. Two
figures whose words fit crosswise, and not straight, have changed places. English puts the thing before its figure
or after it; punctuation decides which.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from core.checking import lexicon, plain
from core.checking.quantity import Match, Quantity, agree
from core.checking.scan import scan
from core.checking.source import Case
from core.checking.units import COUNTABLE
from core.model import Finding

_STOP = re.compile(r"[;()]|,(?!\d)|\band\b|\bwhile\b|\bversus\b|\bbut\b")


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    a, b = case.place
    source = case.source.text[a:b]
    if "respectively" in source:
        yield from _respectively(case, source)
        return
    if "각각" in case.text:
        return
    given = [q for q in scan(source) if not q.weak and not q.word]
    said = [q for q in case.quantities if not q.weak and not q.word]
    if len(given) < 2 or len(said) < 2:
        return
    partners = []
    for q in said:
        fits = [g for g in given if agree(q, g) is Match.YES]
        if len(fits) == 1:
            partners.append((q, _korean(case.text, q, said), fits[0], _english(source, fits[0], given)))
    for (q1, k1, g1, e1), (q2, k2, g2, e2) in combinations(partners, 2):
        if _together(source, g1, g2) or _together(case.text, q1, q2) or g1.unit.dimension != g2.unit.dimension:
            continue
        e1, e2 = e1 - e2, e2 - e1
        k1, k2 = k1 - k2, k2 - k1
        n1, n2 = ({word for word in k if not word.startswith("#")} for k in (k1, k2))
        named = bool(n1 & e2 and n2 & e1) and not (n1 & e1 or n2 & e2)
        if named or (not (k1 & e1 or k2 & e2) and k1 & e2 and k2 & e1):
            yield Finding("misattributed", f"{q1.text}, {q2.text}", "인용문과 짝이 바뀌었습니다")
            return


def _together(text: str, one: Quantity, two: Quantity) -> bool:
    """A range or a score out of something: two figures of one thing."""
    first, second = sorted((one, two), key=lambda q: q.start)
    return not re.search(
        "[A-Za-z가-힣]{2}",
        re.sub(
            r"\b(?:to|vs|and|or|from)\b|에서|부터|대신|만점에|중|가운데|대|과|와", "", text[first.end : second.start]
        ),
    )


def _respectively(case: Case, source: str) -> Iterator[Finding]:
    """Things in the same order, their figures in the reverse: `A and B by 6.4% and 4.0%, respectively`."""
    given = [q for q in scan(source[: source.index("respectively")]) if not q.weak and not q.word][-2:]
    said = [q for q in case.quantities if not q.weak and not q.word]
    if len(given) < 2 or given[0].faces == given[1].faces:
        return
    places = [[q.start for q in said if agree(q, g) is Match.YES] for g in given]
    if not all(len(place) == 1 for place in places) or places[0][0] < places[1][0]:
        return
    english = _order(source[: given[0].start], english=True)
    korean = _order(case.text[: places[1][0]], english=False)
    shared = [key for key in english if key in korean]
    ranks = sorted(shared, key=lambda key: english[key]), sorted(shared, key=lambda key: korean[key])
    if len(shared) >= 2 and ranks[0][-2:] == ranks[1][-2:]:
        yield Finding("misattributed", f"{given[0].text}, {given[1].text}", "인용문과 차례가 바뀌었습니다")


def _order(text: str, *, english: bool) -> dict[str, int]:
    """Where each concept and name of a text stands last."""
    places: dict[str, int] = {}
    for m in re.finditer(r"[A-Za-z][A-Za-z-]+" if english else r"[가-힣]+|[A-Za-z][A-Za-z0-9.-]+", text):
        keys = lexicon.given(m[0].lower()) if english else lexicon.said(m[0])
        places |= {f"#{key}": m.start() for key in keys}
        places |= {word: m.start() for word in _words(m[0])}
    return places


def _korean(text: str, q: Quantity, row: list[Quantity]) -> set[str]:
    """What stands before a figure, back to the figure before it; of a count also what is counted."""
    start = max((r.end for r in row if r.end <= q.start), default=0)
    end = min((r.start for r in row if r.start >= q.end), default=len(text))
    before = text[start : q.start]
    if q.unit.dimension in COUNTABLE and (counted := re.match(r"[^,.·]{1,10}", text[q.end : end])):
        before = before.rpartition(",")[2] + " " + counted[0]
    piece = before
    return {f"#{key}" for key in lexicon.said(piece)} | _words(piece)


def _english(text: str, q: Quantity, row: list[Quantity]) -> set[str]:
    """The clause of the quote around a figure, between its neighbours."""
    start = max((r.end for r in row if r.end <= q.start), default=0)
    end = min((r.start for r in row if r.start >= q.end), default=len(text))
    before = _STOP.split(text[start : q.start])[-1]
    after = _STOP.split(text[q.end : end])[0]
    piece = f"{before} {after}"
    return {f"#{key}" for key in lexicon.given(piece.lower())} | _words(piece)


def _words(piece: str) -> set[str]:
    return {word for word in plain.tokens(" ".join(re.findall(r"[A-Za-z][\w.-]+", piece))) if re.search("[a-z]", word)}
