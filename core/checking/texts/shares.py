"""Shares in words: 3분의 1, 절반, 셋 중 하나, one-sixth, one in three."""

import re
from collections.abc import Iterator

from core.checking.texts import numbers_en, numbers_ko
from core.checking.texts.digits import NUMERAL
from core.checking.texts.korean_words import NATIVE
from core.checking.texts.quantity import Quantity
from core.checking.texts.units import Unit

_PART_KO = re.compile(
    rf"({NUMERAL}[백천]?[만억]?(?:\s?{NUMERAL})?|[일이삼사오육칠팔구십백천만억]+|{NATIVE})\s?분의\s?({NUMERAL}|[일이삼사오육칠팔구])"
    rf"|(절반|반토막|반 토막|반값|반감"
    rf"|(?<![가-힣])반으로|(?<![가-힣])반(?=만|\s?이하|\s?수준|까지))"
)
_ONE_OF_KO = re.compile(
    rf"((?<![가-힣]){NATIVE}|{NUMERAL}|(?<![가-힣])[이삼사오육칠팔구]?[십백천만])\s?(?:개|명|건|번|곳|문제|문항|과제|사례)?(?:\s?(?:중|가운데)에?서?|에)\s?(?:하나|한\s?(?:개|명"
    rf"|건|번|곳)|1(?:개|명|건|번))"
)
_ONE_HINT = re.compile(r"(?:중|가운데|에서?)\s?(?:하나|한\s?|1)")
_POWER_KO = re.compile(r"(?<![\d.])(\d{1,3})의\s?(\d{1,4})제곱")
_COUNT = rf"(?:{NATIVE}|{NUMERAL}(?:\s?[천백]?만)?|[백천만])"
_OUT_OF_KO = re.compile(  # 다섯 중 넷꼴, 열 문제 중 여섯 문제꼴
    rf"(?<![가-힣])({_COUNT})(?:\s?[가-힣]{{1,2}}?)?\s?(?:중|가운데|에|를|을)\s({_COUNT}|하나|한)(?:\s?[가-힣]{{1,2}}?)?꼴"
)
_IN_TEN_KO = re.compile(r"(?<![가-힣])열에\s?(하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)")  # 열에 일곱
_PART_EN = re.compile(
    rf"(?<![\w.])(?:(?P<a>an?|one|two|three|four|five"
    rf"|{NUMERAL})[\s-](?P<p>{'|'.join(sorted(numbers_en.PARTS, key=len, reverse=True))})"
    r"s?(?![a-z]|-(?:grade|year))"
    rf"|(?P<n>one|two|three|four|five|six|seven|eight|nine|{NUMERAL})(?:[\s-](?P<out>out of|in"
    rf"|of every)[\s-])(?:every\s)?(?P<m>two|three|four|five|six|seven|eight|nine|ten|{NUMERAL})(?![\w.%-]))",
    re.IGNORECASE,
)
_PART_HINTS = (*numbers_en.PARTS, " in ", " of ", "-in-")


def shares(text: str) -> Iterator[Quantity]:
    if "분의" in text or "반" in text:
        for m in _PART_KO.finditer(text):
            below = 2.0 if m[3] else numbers_ko.parse(m[1])
            above = 1.0 if m[3] else numbers_ko.parse(m[2])
            if below and above is not None:
                yield Quantity(m[0], m.start(), m.end(), (above / below,), Unit("part"), word=bool(m[3]))
    for m in _POWER_KO.finditer(text) if "제곱" in text else ():
        value = float(m[1]) ** min(60, int(m[2]))  # as high as digits.py reads 2^256
        yield Quantity(m[0], m.start(), m.end(), (value,))
    for m in _IN_TEN_KO.finditer(text) if "열에" in text else ():
        share = 10.0 * numbers_ko.NATIVE[m[1]]
        yield Quantity(m[0], m.start(), m.end(), (share,), Unit("%"), 10.0, about="round", word=True)
    for m in _ONE_OF_KO.finditer(text) if _ONE_HINT.search(text) else ():
        if (n := numbers_ko.parse(m[1])) and n > 1:
            if text.startswith("꼴", m.end()):  # a rate, roughly, which a count of n does not support
                share, step = 100 / n, 20 / n
                yield Quantity(m[0], m.start(), m.end(), (share,), Unit("%"), step, about="round", word=True)
            else:
                yield Quantity(m[0], m.start(), m.end(), (1 / n, n), Unit("part"), word=True)
    for m in _OUT_OF_KO.finditer(text) if "꼴" in text else ():
        whole, part = numbers_ko.parse(m[1]) or 0.0, numbers_ko.parse(m[2]) or 0.0
        if 0 < part < whole:
            share, step = 100 * part / whole, 50 / whole
            yield Quantity(m[0], m.start(), m.end(), (share,), Unit("%"), step, about="round", word=True)
    low = text.lower()
    for m in _PART_EN.finditer(text) if any(hint in low for hint in _PART_HINTS) else ():
        if m["p"]:
            above = {"a": 1.0, "an": 1.0}.get(m["a"].lower()) or numbers_en.parse(m["a"]) or numbers_en.figure(m["a"])
            yield Quantity(
                m[0], m.start(), m.end(), (above / numbers_en.PARTS[m["p"].lower()],), Unit("part"), word=True
            )
        elif m["out"].lower() != "in" or not m["m"][0].isdigit() or "-" in m[0]:
            n, d = (numbers_en.parse(m[k]) or numbers_en.figure(m[k]) for k in ("n", "m"))
            if d and n < d and (not m["n"][0].isdigit() or "-" in m[0]):
                yield Quantity(m[0], m.start(), m.end(), (n / d, n, d), Unit("part"), word=True)
