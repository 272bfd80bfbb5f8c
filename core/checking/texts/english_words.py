"""Quantities that English writes in words: twice, two-fold, hundreds of, third, in March, five benchmarks.

The words are looked for in lower case, which takes half the time of patterns that ignore case.
"""

import re
from collections.abc import Iterator

from core.checking.texts import countables, nouns, numbers_en, plain, units
from core.checking.texts.quantity import Quantity
from core.checking.texts.units import Unit

_MULTIPLE_EN = re.compile(
    rf"{numbers_en.begins(numbers_en.MULTIPLES)}(?<![a-z])"
    rf"(?:{'|'.join(sorted(numbers_en.MULTIPLES, key=len, reverse=True))})(?![a-z])"
)
_MAGNITUDE = re.compile(
    r"(?:(?P<n>one|two|three|four|five|six|an?|\d+(?:\.\d+)?"
    r"|several)(?:\s?[-–]\s?\d+)?(?P<to>\s(?:to|or)\s(?:two|three|four))?\s)?orders?[\s-]of[\s-]magnitude"
)
_SCALE_ALONE = re.compile(
    r"(?<![\w.,-])(?<!\d\s)(?:per|every|a|one|each|the)\s(hundred|thousand|million|billion|trillion)(?![a-z])"
)
_FACTOR = re.compile(r"\bfactors? of (?:about |around |nearly |over |up to |at least )?$")
_BELOW_ONE = re.compile(
    r"(?<![a-z-])sub-?(?=millimet|centimet|met(?:er|re)|second|millisecond|percent|micro"
    r"|minute|hour)"
)
_TILE = re.compile(r"\b(dec|quart|quint|terc)iles?\b")
_LASTING = ("decade", "century", "year", "month", "week", "day", "hour", "minute")
_SPAN = re.compile(
    rf"(?<![a-z-])(?:(?:an?|the|past|last|over|nearly|full)\s(?=(?:{'|'.join(_LASTING)})(?![a-z]))"
    r"|single\s(?=(?:bit|byte)(?![a-z])))"
)
_LONG = re.compile(r"(?<![\w-])(?:second|minute|hour|day|week|month|year|decade)(?=-(?:long|scale)\b)")
_HALF = re.compile(r"\bhalf (?:an?|of an?)\s(?=(?:second|minute|hour|day|week|month|year|decade|century)\b)")
_MONTHS = {m: i for i, m in enumerate(["january", "february", "march", "april", "may", "june", "july", "august",
                                       "september",
                                       "october", "november", "december"], 1)}  # fmt: skip
_NUMBER_WORDS = {
    word: (float(value), dimension)
    for table, dimension in ((numbers_en.ORDINALS, "ordinal"), (_MONTHS, "calendar"), (numbers_en.COUNTS, ""))
    for word, value in table.items()
}
_NUMBER_WORD = re.compile(rf"{numbers_en.begins(_NUMBER_WORDS)}(?<![a-z])({'|'.join(_NUMBER_WORDS)})(?![a-z])")
_BRACKET = re.compile(r"\s?\(")


def english_words(text: str) -> Iterator[Quantity]:
    low = plain.lower(text)
    for m in _HALF.finditer(low) if "half" in low else ():
        unit, end = units.read(text, m.end())
        yield Quantity(text[m.start() : end], m.start(), end, (0.5,), unit, word=True)
    yield from _magnitudes(low)
    yield from _numerals(text, low)
    yield from _fixed(low)
    for m in _BELOW_ONE.finditer(low) if "sub" in low else ():
        unit, end = units.read(text, m.end())
        if unit.dimension:
            yield Quantity(text[m.start() : end], m.start(), end, (1.0,), unit, bound="max", word=True)
    for m in _SPAN.finditer(low) if any(word in low for word in (*_LASTING, "single")) else ():
        unit, end = units.read(text, m.end())
        yield Quantity(text[m.end() : end], m.end(), end, (1.0,), unit, word=True)
    for m in _LONG.finditer(low) if "-long" in low or "-scale" in low else ():  # minute-long
        yield Quantity(m[0], m.start(), m.end(), (1.0,), units.read(text, m.start())[0], word=True)
    for m in _SCALE_ALONE.finditer(low) if any(scale in low for scale in numbers_en.SCALES) else ():
        value, noun = float(numbers_en.SCALES[m[1]]), countables.beside(text, m.start(), m.end())
        yield Quantity(m[1], m.start(1), m.end(1), (value,), word=False, noun=noun)


def _magnitudes(text: str) -> Iterator[Quantity]:
    """Three orders of magnitude: a factor of 1,000; several may be a hundred or a thousand."""
    for m in _MAGNITUDE.finditer(text) if "magnitude" in text else ():
        known = {None: 1.0, "a": 1.0, "an": 1.0, "several": 2.0}.get(m["n"])
        n = known or numbers_en.parse(m["n"]) or numbers_en.figure(m["n"])
        powers: tuple[float, ...] = (10.0**n, 100.0, 1000.0) if m[0].startswith("orders") else (10.0 ** min(n, 30),)
        powers += (10.0 ** (numbers_en.parse(m["to"].split()[-1]) or 1),) if m["to"] else ()
        yield Quantity(m[0], m.start(), m.end(), powers, Unit("x"), word=True)


def _numerals(text: str, low: str) -> Iterator[Quantity]:
    """Twelve thousand, five benchmarks, a factor of nine."""
    for m in numbers_en.NUMERAL.finditer(low):
        value = numbers_en.parse(m[0])
        if value is None or re.match(r"[\s-](?:hundred|thousand|million)s", text[m.end() :]):
            continue
        unit, end = units.read(text, m.end())
        if unit == units.BARE and _FACTOR.search(text[: m.start()]):
            unit = Unit("x")
        if unit == units.BARE and low.endswith("top ", 0, m.start()):
            unit = Unit("ordinal")  # among the top three: 3위 안
        said, noun = text[m.start() : end], countables.beside(text, m.start(), end)
        tail = nouns.tail(text, end) if not unit.dimension else ""
        yield Quantity(said, m.start(), end, (value,), unit, word=True, noun=noun, tail=tail)


def _fixed(text: str) -> Iterator[Quantity]:
    """Words that are a number by themselves: twice, deciles, third, March, dozen."""
    for m in _MULTIPLE_EN.finditer(text):
        value = float(numbers_en.MULTIPLES[m[0]])
        yield Quantity(m[0], m.start(), m.end(), (value,), Unit("part" if value < 1 else "x"), word=True)
    for m in _TILE.finditer(text) if "ile" in text else ():
        share = {"dec": 10.0, "quart": 25.0, "quint": 20.0, "terc": 100 / 3}[m[1]]
        yield Quantity(m[0], m.start(), m.end(), (share,), Unit("%"), word=True)
    for m in _NUMBER_WORD.finditer(text):
        value, dimension = _NUMBER_WORDS[m[1]]
        if dimension == "ordinal" and (text[m.start() - 1 : m.start()] == "-" or _BRACKET.match(text, m.end())):
            continue  # sub-second; `per second (…)`
        yield Quantity(m[1], m.start(), m.end(), (value,), Unit(dimension), word=True)
