"""Which name a figure belongs to by grammar, in an English quote and in a Korean sentence.

`1.3x over A`, `A (69.0 to 79.2)`, `A and B achieve 62.4% and 66.0%`; `A는 16.2점`, `B 대비 2.7배`. Only bindings that
the grammar makes plain are given: a figure without one belongs to nobody, and nothing follows from that.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from core.checking.checks.proper import kind, proper
from core.checking.texts import plain
from core.checking.texts.quantity import Quantity
from core.checking.texts.scan import scan

Spots = tuple[tuple[int, int, str], ...]


def same_name(one: str, two: str) -> bool:
    return f" {one} " in f" {two} " or f" {two} " in f" {one} "


def bound_english(text: str) -> dict[int, set[str]]:
    """Start of a figure → names that grammar gives it to: `1.3x over A`, `A (69.0 to 79.2)`, `A: 75.2`, `A's $12`,
    `A reaches 41%`, `16.2 and 25.0 … respectively`."""
    spots = spots_of(text)
    bound: dict[int, set[str]] = {}
    if not spots:
        return bound
    figures = [q for q in scan(text) if not q.weak and not q.word and not any(s <= q.start < e for s, e, _ in spots)]
    for q in figures:
        bound[q.start] = {*_behind(text, q, spots), *_ahead(text, q, spots)}
    _respectively(text, figures, spots, bound)
    _listed(text, figures, spots, bound)
    _by(text, figures, spots, bound)
    _rows(text, figures, spots, bound)
    return {start: keys for start, keys in bound.items() if keys}


_OVER = re.compile(
    r"\s?(?:(?!and\s)[a-z-]+\s){0,4}(?:over|than|against|versus|vs\.?|compared (?:to|with)|relative to|on|for|with"
    r"|using)\s(?:the\s)?"
)
_HAS = re.compile(
    r"(?:,\s(?:we|it|this)\s(?:obtain|reach|get|achieve|report|attain|observe)(?:e?s)?\s|\s?\((?:[^()]*?[,;]\s)?|:\s?|'s\s|\s(?:achieves?|reache[sd]|scores?|attains?|gets?|obtains?|hits?|exhibits?|shows?"
    r"|has|records?|yields?|delivers?|posts?|is|at|with|[a-z]{3,}(?:[^s\W]s|ed))\s"
    r"(?:only\s|about\s|around\s|nearly\s|over\s)?"
    r"|\s(?:(?!and\b)[a-z]+\s){0,2}from\s)(?:[\w.%-]+\sto\s)?\+?[$~≥]?$"
)


_NAMES = re.compile(r"(?:[\w.-]+,\s)+(?:and\s)?[\w.-]+(?:,?\sand\s[\w.-]+)?")  # over A, B and C
_VERSUS = re.compile(r"%?\s(?:vs|versus)\b")  # `over B (90.2 vs. 84.0)`: the first is none of B's
_BEATEN = re.compile(r"\b(?:over|than|against)\s(?:the\s)?\S+\s\([~$]?$")


def _behind(text: str, q: Quantity, spots: Spots) -> set[str]:
    """`1.3x over A`."""
    m = _OVER.match(text[q.end : q.end + 48])
    first = _chain(text, spots, q.end + m.end()) if m else set()
    row = _NAMES.match(text, q.end + m.end()) if m and first else None
    bracketed = {key for s, e, key in spots if text[q.end : s] == " (" and text[e : e + 1] == ")"}  # `41.2% (A)`
    return {*first, *bracketed, *(key for s, _, key in spots if row and row.start() <= s < row.end())}


def _ahead(text: str, q: Quantity, spots: Spots) -> Iterator[str]:
    """`A reaches 41%`, `A (69.0 to 79.2)`, `and on A 59.8`, `A achieves the best score (0.57)`, `(A, 41%)`."""
    before = text[: q.start]
    m = _HAS.search(before)
    if m and not (_VERSUS.match(text, q.end) and _BEATEN.search(before)):
        place = m.start() + len(m[0]) - len(m[0].lstrip())
        yield from (key for s, e, key in spots if _reaches(text[e:place], e, place))
    yield from (key for s, e, key in spots if e + 1 == q.start and re.search(r"\b(?:on|for)\s$", text[:s]))
    yield from (key for s, e, key in spots if _WITH.search(text[:s]) and _IT_IS.fullmatch(text[e : q.start]))
    if m := _SCORED.search(before):
        yield from (key for _, e, key in spots if e == m.start())
    if text[q.end : q.end + 1] == ")" and (m := re.search(r",\s$", before)):
        yield from (key for _, e, key in spots if e == m.start())


# `with A, accuracy is 41.2%`
_WITH, _IT_IS = re.compile(r"\b[Ww]ith\s$"), re.compile(r",?\s(?:[a-z]+\s){1,3}(?:is|was|reaches|reached)\s(?:only\s)?")
# `A achieves the best overall score (0.57)`
_SCORED = re.compile(
    r"\s(?:achiev|attain|reach|obtain|record|get|yield|deliver|set)\w*\s(?:(?!and\b|while\b)[\w-]+\s){1,7}\(\s?$"
)


def _reaches(between: str, end: int, place: int) -> bool:
    """Nothing, or only a remark in brackets (Gemma 3 (12B) exhibits …), stands between name and verb."""
    return end <= place and (not between.strip() or bool(re.fullmatch(r"\s?\([^()]{1,12}\)\s?", between)))


def _chain(text: str, spots: Spots, at: int) -> set[str]:
    """The names that begin at a place, one after the other without a word between (R50->R34 Feature-KD)."""
    keys: set[str] = set()
    for start, end, key in sorted(spots):
        if start == at or (keys and at < start and re.fullmatch(r"\W{1,4}", text[at:start])):
            keys.add(key)
            at = end
    return keys


_NUMBERED = re.compile(r"(?:top|level|stage|phase|tier|task|step|round|layer) \d+")
_JOINED_BEFORE, _JOINED_BEHIND = re.compile(r"[\w-]"), re.compile("[A-Za-z0-9]")


@lru_cache(maxsize=512)
def spots_of(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where each proper name stands: start, end and its tokens."""
    spots: list[tuple[int, int, str]] = []
    for key, word in proper(text).items():
        if _NUMBERED.fullmatch(key):
            continue
        for at, end in plain.places(text, word):
            if not _JOINED_BEFORE.match(text[at - 1 : at]) and not _JOINED_BEHIND.match(text[end : end + 1]):
                spots.append((at, end, key))
    return tuple(spots)


def _respectively(text: str, figures: list[Quantity], spots: Spots, bound: dict[int, set[str]]) -> None:
    for m in re.finditer(r"respectively", text):
        row = [q for q in figures if q.start < m.start()]
        last: list[Quantity] = []
        for q in reversed(row):
            if last and not re.fullmatch(
                r"[%a-z\s]{0,10}(?:,|and|,\sand)\s?[$+]?\s", text[q.end : last[0].start].strip() + " "
            ):
                break
            last.insert(0, q)
        named = [s for s in sorted(spots) if last and s[1] < last[0].start]
        listed = [(s, e) for s, e, _ in named[-len(last) :]]
        if len(last) >= 2 and len({k for _, _, k in named}) >= len(last) and _row(listed, text) == len(last):
            keys = list(dict.fromkeys(k for _, _, k in named))[-len(last) :]
            for q, key in zip(last, keys, strict=True):
                bound.setdefault(q.start, set()).add(key)


_JOINT = re.compile(r"\s?(?:,|,?\sand|,?\sor|/)\s?(?:[$+~≥]\s?)?(?:the\s)?")
_VERB = re.compile(r"\s(?:[a-z]+\s){0,2}"
                   r"(?:achiev|reach|scor|attain|obtain|record|yield|get|show|deliver|hit|use|have|had)\w*"
                   r"\s(?:only\s|about\s|up to\s|accuracies of\s|scores of\s)?[$+~≥]?")  # fmt: skip


def _listed(text: str, figures: list[Quantity], spots: Spots, bound: dict[int, set[str]]) -> None:
    """`A and B achieve 62.4% and 66.0%`: a row of names, a verb, a row of as many figures."""
    for m in _VERB.finditer(text):
        first = next((i for i, q in enumerate(figures) if m.start() < q.start <= m.end() + 1), None)
        row = _row([(q.start, q.end) for q in figures[first:]], text) if first is not None else 0
        before = [spot for spot in sorted(spots, reverse=True) if spot[1] <= m.start() + 1]
        named: list[str] = []
        at = m.start()
        for start, end, key in before:
            gap = text[end:at]
            if (named and not _JOINT.fullmatch(gap)) or (not named and gap.strip()):
                break
            named.insert(0, key)
            at = start
        if first is not None and row >= 2 and len(named) == row:
            for q, key in zip(figures[first:], named, strict=False):
                bound[q.start] = {key}


_ON_ROW = re.compile(
    r"\s(?:[a-z]+\s){0,4}(?:on|for|in|with|over|using|across|than|against|versus|compared to)\s(?:the\s)?"
)


def _rows(text: str, figures: list[Quantity], spots: Spots, bound: dict[int, set[str]]) -> None:
    """`by 33.5% and 16.4% on A and B`: a row of figures, then a row of as many names."""
    for i in range(len(figures)):
        row = _row([(f.start, f.end) for f in figures[i:]], text)
        if i and _JOINT.fullmatch(text[figures[i - 1].end : figures[i].start]):
            continue  # the rest of a longer row
        joint = _ON_ROW.match(text, figures[i + row - 1].end)
        if row < 2 or not joint:
            continue
        things = _things(text, joint.end())
        figured = any(joint.end() <= f.start < things[-1][1] for f in figures)
        if len(things) == row and not figured and any(s == joint.end() for s, _, _ in spots):
            for f, (a, b) in zip(figures[i : i + row], things, strict=True):
                bound[f.start] = {key for s, _, key in spots if a <= s < b}
            continue
        known = [spot for spot in sorted(spots) if spot[0] >= joint.end()]
        if known and known[0][0] == joint.end() and _row([(s, e) for s, e, _ in known], text) == row:
            for f, (_, _, key) in zip(figures[i : i + row], known, strict=False):
                bound[f.start] = {key}


def _things(text: str, at: int) -> list[tuple[int, int]]:
    """Where each item of a list stands, named or not, up to the end of its clause: `A, B, and ours, respectively`."""
    end = re.compile(r",?\srespectively|[;()]|\.(?!\d)|$").search(text, at)
    stop = end.start() if end else len(text)
    cuts = [m.span() for m in re.compile(r",\s(?:and\s)?|\sand\s").finditer(text, at, stop)]
    starts = [at, *(b for _, b in cuts)]
    return list(zip(starts, [*(a for a, _ in cuts), stop], strict=True))


_OVER_BY = re.compile(
    r"(?:over|than|against|compared to|versus|(?:surpass|outperform|exceed|beat)\w*)\s"
    r"(?:the\s)?(\S+)(?:\s\([^()]*\))?\sby\s[+~$]?$"
    r"|\band\s(\S+)\s(?:\([^()]*\)\s)?by\s[+~$]?$"
)


def _by(text: str, figures: list[Quantity], spots: Spots, bound: dict[int, set[str]]) -> None:
    """`over A by 7.4%, 5.5%, and 7.8%`: a row of figures under one name."""
    for i, q in enumerate(figures):
        m = _OVER_BY.search(text[: q.start])
        if not m:
            continue
        keys = {key for start, end, key in spots if (start, end) in (m.span(1), m.span(2))}
        row = _row([(f.start, f.end) for f in figures[i:]], text)
        for f in figures[i : i + row] if keys else ():
            bound[f.start] = set(keys)


def _row(spans: list[tuple[int, int]], text: str) -> int:
    """How many of the spans stand in one row, from the first."""
    for n, ((_, end), (start, _)) in enumerate(pairwise(spans), 1):
        if not _JOINT.fullmatch(text[end:start]):
            return n
    return len(spans)


LENT = re.compile(
    r"(?:[·,–-]\s?[\d.]+[만억조]?)?\s?(?:파라미터\s?)?(?:짜리|급|에\s(?:그친|머문)|[을를]\s(?:기록한|낸|얻은|보인|받은|달성한|올린|찍은|거둔|자랑하는|넘긴))\s"
)


def bound_korean(text: str, said: Mapping[str, str]) -> Iterator[tuple[Quantity, str]]:
    """Figures of the sentence with the name directly before them: `A는 16.2점`, `B 대비 2.7배`, `A(36.0%)`."""
    spots = spots_of(text)
    for q in scan(text):
        if q.weak or q.word:
            continue
        if lent := LENT.match(text, q.end):  # 20억·130억짜리 WAN 2.1
            yield from ((q, key) for s, _, key in spots if s == lent.end())
        before = [s for s in spots if s[1] <= q.start]
        if not before or any(s <= q.start < e for s, e, _ in spots):
            continue
        topics = [
            s
            for s in before
            if re.match(r"(?:은|는|에서는|에선|의\s경우|에서)[\s,]", text[s[1] :]) and kind(s[2]) == "model"
        ]
        if len({s[2] for s in spots}) == 1 and topics:
            yield q, topics[0][2]
            continue
        _, end, key = max(before)
        between = text[end : q.start]
        if (
            len(between) <= 28
            and not re.search(r"[,.;](?!\d)|\d.*[이지]며|지만|고\s|반면", between.removeprefix(","))
            and key in said
        ):
            yield q, key
