"""English numerals in words: `twenty-five`, `one hundred and five`, `two-fold`, `tripling`, `an order of magnitude`.

Words that are a multiple in themselves (double, half) stand in `MULTIPLES`.
"""

import re
from collections.abc import Iterable

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: i for i, word in enumerate(_ONES)} | {word: 10 * i for i, word in enumerate(_TENS, 2)}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_MOST = 10**18
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
# What a word says as a multiple of what was before.
MULTIPLES = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twofold": 2, "thrice": 3, "triple": 3,
    "triples": 3, "tripled": 3, "tripling": 3, "threefold": 3, "quadruple": 4, "quadruples": 4, "quadrupled": 4,
    "quadrupling": 4, "fourfold": 4, "quintuple": 5, "fivefold": 5, "tenfold": 10, "hundredfold": 100, "half": 0.5,
    "halve": 0.5, "halves": 0.5, "halved": 0.5, "halving": 0.5, "thousandfold": 1000, "sixfold": 6, "eightfold": 8,
}  # fmt: skip
PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
         "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
         "tenth": 10, "tenths": 10}  # fmt: skip
# Words that say a small number without being a numeral.
COUNTS = {"both": 2, "dual": 2, "pair": 2, "twin": 2, "binary": 2, "bidirectional": 2, "dozen": 12, "trio": 3,
          "neither": 2, "either": 2, "couple": 2, "two-way": 2, "triplet": 3, "triplets": 3, "pairs": 2,
          "quartet": 4, "bilingual": 2, "trilingual": 3, "dyadic": 2, "pairwise": 2, "ternary": 3,
          "quadruplet": 4, "quadruplets": 4}  # fmt: skip
WORD = "|".join(sorted([*_SMALL, *SCALES], key=len, reverse=True))
_ROW = rf"(?:{WORD})(?:[\s-](?:{WORD}))*"
_AFTER_SCALE = "|".join(rf"(?<={scale})" for scale in SCALES)  # `one- and two-dimensional` are two numbers


def begins(words: Iterable[str]) -> str:
    """A look at the first letter, in front of a pattern of words: a quick no for most places of a text."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


NUMERAL = re.compile(
    rf"{begins((*_SMALL, *SCALES))}(?<![\w.]){_ROW}(?:(?:{_AFTER_SCALE})\sand\s{_ROW})*(?![a-z])"
)  # in lower case


def parse(text: str) -> float | None:
    """The value of a whole English numeral, None if it is none (`and` may stand inside)."""
    words = [w for w in re.split(r"[\s-]+", text.lower().strip()) if w and w != "and"]
    if not words:
        return None
    total = current = 0
    for word in words:
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        else:
            return None
        if total + current > _MOST:
            return None  # hundred hundred hundred …
    return float(total + current)


_NO_FIGURE = re.compile(r"[^\d.]")


def figure(text: str) -> float:
    """The number that a run of digits, commas and points writes; 0 for none."""
    return float(_NO_FIGURE.sub("", text)[:40] or 0)
