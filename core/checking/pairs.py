"""Which figure goes with which thing: `정밀도 72%, 재현율 97%` against `97% precision, 72% recall`.

Around each figure of the quote and of the sentence stand words; the lexicon and the names tell what they share. Two
figures whose words fit crosswise, and not straight, have changed places. English puts the thing before its figure
or after it; punctuation decides which.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from core.checking import lexicon, plain
from core.checking.quantity import Match, Quantity, agree
from core.checking.scan import scan
from core.checking.source import Case
from core.checking.units import BARE, COUNTABLE
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
    yield from _conditions(case, source)
    given = [q for q in scan(source) if not q.weak and not q.word and not _rank(source, q)]
    said = [q for q in case.quantities if not q.weak and not q.word and not _rank(case.text, q)]
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
        n1, n2 = ({word for word in k if len(word) > 1 and not word.startswith("#")} for k in (k1, k2))
        named = bool(n1 & e2 and n2 & e1) and len(n1 & e1) + len(n2 & e2) <= len(n1 & e2) + len(n2 & e1)
        crossed, straight = len(k1 & e2) + len(k2 & e1), len(k1 & e1) + len(k2 & e2)
        both = bool(k1 & e2 and k2 & e1) and (not straight or crossed >= straight + 2)
        direct = _direct(case.text, q1) & e2 or _direct(case.text, q2) & e1
        if named or both or (direct and crossed > straight):
            yield Finding("misattributed", f"{q1.text}, {q2.text}", "인용문과 짝이 바뀌었습니다")
            return


_RIGHT_BEFORE = re.compile(r"([A-Za-z][\w.-]+)[가-힣]{0,3}\s?(?:약\s|최대\s)?$")


def _direct(text: str, q: Quantity) -> set[str]:
    """The name that stands right before a figure (`DTW는 0.0132`, `F1 0.86`)."""
    found = _RIGHT_BEFORE.search(text[max(0, q.start - 40) : q.start])
    return {word for word in _words(found[1]) if len(word) > 1} if found else set()


_ON = re.compile(
    r"\s(?:[a-z-]+\s){0,3}(?:at|on|with|for|in|under|using|over|given)\s(?:an?\s|the\s|only\s|[A-Za-z]\s?=\s?)?"
)
_HELD = re.compile(r"\s?\(")  # `44.3% (2-turn)`
_LIST = re.compile(r"\s?(?:/|,|and)\s?")
_WHEN = re.compile(
    r"[가-힣\s]{0,12}?(?:에서|으로|로|일\s?때|에|이면|면)(?:는|도|만)?\s(?:약\s|최대\s)?|에서[^,.;\d]{0,30}"
    r"|(?:은|는|이|가)?\s"
)


def _conditions(case: Case, source: str) -> Iterator[Finding]:
    """A figure under another figure's condition: `2x at 32K and 4x at 128K` told as `32K에서 4배`."""
    under = _under(source)
    if len(under) < 2:
        return
    row = [q for q in case.quantities if not q.weak]
    for first, told in pairwise(row):
        when = replace(first, unit=BARE) if first.loose else first  # `16K에서 5배` is no range
        if when.start == told.start or not _WHEN.fullmatch(case.text[when.end : told.start]):
            continue
        theirs = [c for value, c in under if agree(told, value) is Match.YES]
        here = [value for value, c in under if agree(when, c) is Match.YES and _alike(value, told)]
        if len(theirs) != 1 or not here or agree(when, theirs[0]) is Match.YES or not _alike(theirs[0], when):
            continue
        if not any(agree(told, value) is Match.YES for value in here):
            yield Finding("misattributed", told.text, f"인용문에서 {when.text}의 수치는 {here[0].text}입니다")
            return


def _under(source: str) -> list[tuple[Quantity, Quantity]]:
    """(figure, the figure that is its condition), a list of figures sharing the condition at its end."""
    row = [q for q in scan(source) if not q.weak and not q.word]
    under: list[tuple[Quantity, Quantity]] = []
    for one, two in reversed(list(pairwise(row))):
        gap = source[one.end : two.start]
        if _ON.fullmatch(gap) or (_HELD.fullmatch(gap) and re.match(r"[\w-]{0,8}\)", source[two.end :])):
            under.append((one, two))
        elif _LIST.fullmatch(gap) and (shared := next((c for value, c in under if value is two), None)):
            under.append((one, shared))
    return under


def _alike(one: Quantity, two: Quantity) -> bool:
    kinds = {one.unit.dimension, two.unit.dimension}
    return len(kinds) == 1 or kinds <= COUNTABLE or kinds <= {"", "point", "pp"}


def _rank(text: str, q: Quantity) -> bool:
    return text[max(0, q.start - 4) : q.start].lower() == "top-"


def _together(text: str, one: Quantity, two: Quantity) -> bool:
    """A range or a score out of something: two figures of one thing."""
    first, second = sorted((one, two), key=lambda q: q.start)
    return not re.search(
        "[A-Za-z][A-Za-z0-9]|[가-힣]{2}",
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


_PREDICATE = re.compile(r"^\s?[가-힣]{1,8}(?:[고며]|지만|는데),?\s")  # what ends the clause of the figure before


def _korean(text: str, q: Quantity, row: list[Quantity]) -> set[str]:
    """What stands before a figure, back to the figure before it; of a count also what is counted."""
    start = max((r.end for r in row if r.end <= q.start), default=0)
    end = min((r.start for r in row if r.start >= q.end), default=len(text))
    before = text[start : q.start]
    if start:
        before = _PREDICATE.sub("", before)
    if q.unit.dimension in COUNTABLE and (counted := re.match(r"[^,.·]{1,10}", text[q.end : end])):
        before = before.rpartition(",")[2] + " " + counted[0]
    piece = re.sub(r"최대|최소|적어도|무려|각각", " ", before)
    return {f"#{key}" for key in lexicon.said(piece)} | _words(piece)


def _english(text: str, q: Quantity, row: list[Quantity]) -> set[str]:
    """The clause of the quote around a figure, between its neighbours."""
    start = max((r.end for r in row if r.end <= q.start), default=0)
    end = min((r.start for r in row if r.start >= q.end), default=len(text))
    piece = text[start : q.start]
    if m := re.search(r"\(([^()]{0,24})$", piece) if text[q.end : q.end + 1] == ")" else None:
        piece = f"{_STOP.split(piece[: m.start()])[-1]} {m[1]}"  # `Reframing (24.2%)`
    before = _STOP.split(piece)[-1]
    after = _STOP.split(text[q.end : end])[0]
    piece = f"{before} {after}"
    return {f"#{key}" for key in lexicon.given(piece.lower())} | _words(piece) | _initials(piece)


def _initials(piece: str) -> set[str]:
    """The acronyms a piece could be told by: dynamic time warping → dtw."""
    words = [w for w in re.findall("[a-z]+", piece.lower()) if len(w) > 2]
    return {"".join(w[0] for w in words[i : i + n]) for n in (3, 4) for i in range(len(words) - n + 1)}


def _words(piece: str) -> set[str]:
    written = re.findall(r"[A-Za-z][\w.-]+", piece)
    glued = {w.replace("-", "").lower() for w in written if "-" in w and re.search(r"\d", w)}  # Top-6
    return glued | {word for word in plain.tokens(" ".join(written)) if re.search("[a-z]", word)}
