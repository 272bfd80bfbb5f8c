"""Every quantity in a text, Korean or English, figures or words: what is a number here, and what does it count?

One scanner for both languages, because a Korean sentence says `8.3ms` and a Korean news source `19만 1천 개`. Digits
inside names (GPT-5.4, H200) are given too, marked weak: they may support a bare number, never demand support.
`한`/`하나` (one) is no quantity: it is an article in disguise.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from core.checking.texts import numbers_ko
from core.checking.texts.digits import LETTER, YEAR, figures
from core.checking.texts.english_words import english_words
from core.checking.texts.korean_words import korean_words
from core.checking.texts.qualifiers import qualified
from core.checking.texts.quantity import Quantity
from core.checking.texts.shares import shares

_GAP = re.compile(
    r"\s?(?:-|~|to|,?\s?and|,?\s?or|·|,|/|&|에서|부터|과|와|및|또는|혹은|vs\.?|versus"
    r"|compared (?:to|with)|→|±|:|in |대)"
    r"\s?[+]?(?:\$|≥|≤)?\s?(?:약\s)?"
)
_LEVEL = re.compile(r"\s?(?:[가-힣A-Za-z]+\s)?(?:신뢰\s?(?:구간|수준)|C\.?I\b|confidence|credible)", re.IGNORECASE)
_HANGUL, _LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]{3}")
_STRONG_GAP = re.compile(r"\s?(?:-|~|to|에서)\s?\$?")


@lru_cache(maxsize=512)
def scan(text: str) -> tuple[Quantity, ...]:
    """All quantities of a `flat` text in order; never raises."""
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for quantity in (*shares(text), *figures(text), *_words(text)):
        if not any(a < quantity.end and quantity.start < b for a, b in taken[-400:]):
            taken.append((quantity.start, quantity.end))
            found.append(quantity)
    found.sort(key=lambda q: q.start)
    return tuple(qualified(text, q) for q in _inherit(text, found))


def _words(text: str) -> Iterator[Quantity]:
    if not text.isascii() and _HANGUL.search(text):
        yield from korean_words(text)
    if _LATIN.search(text):
        yield from english_words(text)


def _inherit(text: str, found: list[Quantity]) -> list[Quantity]:
    """The first figures of a range or list take over the unit (and scale) that stands at its end: 5–300배, 6–8B."""
    for i in range(len(found) - 2, -1, -1):
        one, two = found[i], found[i + 1]
        gap = text[one.end : two.start]
        if (
            one.unit.dimension
            and not two.unit.dimension
            and not two.word
            and re.fullmatch(r"\s?\((?:[a-zA-Z]+\s?[:=]?\s?)?", gap)
        ):
            found[i + 1] = replace(two, loose=True)  # 6.7 to 70.8 minutes (mean: 27.5)
        if one.text[:1] in "$€₩¥£" and not two.unit.dimension and _STRONG_GAP.fullmatch(gap):
            found[i + 1] = replace(two, unit=one.unit, loose=True)  # $0.001-0.04
        if len(gap) > 15 or one.unit.dimension or one.weak or two.weak or not _GAP.fullmatch(gap):
            continue
        if "," in gap and "." in one.text and "." not in two.text:  # `64비트로 0.711, 128비트로 0.724`
            continue
        if two.unit.dimension == "x" and "에서" in gap and ("." in one.text or one.text[-1] in "KMB"):
            continue  # `4K에서 64배인 256K까지`, `0.11에서 세 배`
        if _LEVEL.match(text, two.end):  # `+0.05, 95% CI`: the level is the interval's own
            continue
        if re.search(r"\d[KMB]$", one.text) and two.unit.dimension == "%":
            continue  # `Scout 17B, 57.3%`
        if YEAR.fullmatch(one.text) and not YEAR.match(two.text):  # `ICML 2026, 12 pages`, `2025에서 96%`
            continue
        faces = one.faces
        scale = re.search(r"\d\s?([kKMBT])(?![A-Za-z])|\d\s?(만|억|조|천)", two.text)
        if scale and _STRONG_GAP.fullmatch(gap):
            factor = LETTER[scale[1].lower()] if scale[1] else float((numbers_ko.BIG | {"천": 1000})[scale[2]])
            faces = (*faces, *(face * factor for face in faces if face < 10_000))
        if two.tail and not one.tail and _STRONG_GAP.fullmatch(gap):
            one = found[i] = replace(one, tail=two.tail)
        if two.unit.dimension not in ("part", "ordinal", "calendar", ""):
            found[i] = replace(one, faces=faces, unit=two.unit, loose="±" not in gap, noun=one.noun or two.noun)
        elif faces != one.faces:
            found[i] = replace(one, faces=faces, loose=True, noun=one.noun or two.noun)
    return found
