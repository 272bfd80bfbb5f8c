"""Rows told apart by `respectively`: each figure of the sentence must stand with the thing that has its place.

Two looks: two figures in the reverse order with their things in the same; and things named behind the row of figures,
one of which fits the words beside a figure that is another's.
"""

import re
from collections.abc import Iterator

from core.checking.checks.beside import keys, korean, words
from core.checking.texts import lexicon
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.checking.texts.source import Case
from core.model import Finding

_JOINT = re.compile(r"[%a-z\s]{0,6}(?:,|,?\sand)\s?[+$~]?")
_THINGS = re.compile(
    r"[%]?(?:\s[\w-]+){0,4}?\s(?:for|in|on|of|over|across|with|at|to)\s(?:the\s)?(?P<things>[^.;:]+?),?\s?$"
)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    source = case.source.text[slice(*case.place)]
    if "respectively" not in source:
        return
    said = [q for q in case.quantities if not q.weak and not q.word]
    head = source[: source.index("respectively")]
    given = [q for q in scan(head) if not q.weak and not q.word]
    found = _turned(case.text, said, head, given[-2:]) or _of_another(case.text, said, head, given)
    if found:
        yield found


def _of_another(text: str, said: list[Quantity], head: str, given: list[Quantity]) -> Finding | None:
    """`0.8, 0.5 and 0.6 for A, B and C, respectively`, and 0.5 beside a word of C's."""
    row = given[-1:]
    for q in reversed(given[:-1]):
        if not _JOINT.fullmatch(head[q.end : row[0].start]):
            break
        row.insert(0, q)
    named = _THINGS.match(head, row[-1].end) if len(row) > 1 else None
    things = re.split(r",\s(?:and\s)?|\sand\s", named["things"]) if named else []
    if not named or len(things) != len(row):
        return None
    long = max(len(thing.split()) for thing in things[:-1])
    things[-1] = " ".join(things[-1].split()[:long])  # `in A and B recall`: the rest is of all
    known = [keys(thing) for thing in things]
    known = [key - frozenset.intersection(*known) for key in known]  # `closed-set setting and UniDA setting`
    sizes = [scan(thing) for thing in things]
    for before, q in zip([None, *said], said, strict=False):
        fits = [i for i, g in enumerate(row) if agree(q, g) is Match.YES]
        if len(fits) != 1:
            continue
        sized = [i for i, size in enumerate(sizes) if before and any(agree(before, s) is Match.YES for s in size)]
        if sized and fits[0] not in sized:  # `4.9% and 5.5% on 5B and 14B models`
            return Finding("misattributed", q.text, f"인용문에서 그 값은 {things[fits[0]].strip()}의 것입니다")
        ours = korean(text, q, said)
        own = ours & known[fits[0]]
        if any((ours & other) - known[fits[0]] for i, other in enumerate(known) if i != fits[0]) and not own:
            return Finding("misattributed", q.text, f"인용문에서 그 값은 {things[fits[0]].strip()}의 것입니다")
    return None


def _turned(text: str, said: list[Quantity], head: str, given: list[Quantity]) -> Finding | None:
    """Things in the same order, their figures in the reverse: `A and B by 6.4% and 4.0%, respectively`."""
    if len(given) < 2 or given[0].faces == given[1].faces:
        return None
    places = [[q.start for q in said if agree(q, g) is Match.YES] for g in given]
    if not all(len(place) == 1 for place in places) or places[0][0] < places[1][0]:
        return None
    english = _order(head[: given[0].start], english=True)
    korean = _order(text[: places[0][0]], english=False)
    shared = [key for key in english if key in korean]
    ranks = sorted(shared, key=lambda key: english[key]), sorted(shared, key=lambda key: korean[key])
    between = shared and korean[ranks[1][-1]] > places[1][0]  # each with its own, or both things and then the figures
    first = len(shared) > 1 and korean[ranks[1][-2]] < places[1][0]
    if first and (between or korean[ranks[1][-1]] < places[1][0]) and ranks[0][-2:] == ranks[1][-2:]:
        return Finding("misattributed", f"{given[0].text}, {given[1].text}", "인용문과 차례가 바뀌었습니다")
    return None


def _order(text: str, *, english: bool) -> dict[str, int]:
    """Where each concept and name of a text stands last."""
    places: dict[str, int] = {}
    for m in re.finditer(r"[A-Za-z][A-Za-z-]+" if english else r"[가-힣]+|[A-Za-z][A-Za-z0-9.-]+", text):
        keys = lexicon.given(m[0].lower()) if english else lexicon.said(m[0])
        places |= {f"#{key}": m.start() for key in keys}
        places |= {word: m.start() for word in words(m[0])}
    return places
