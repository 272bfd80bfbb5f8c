"""Whole numbers in the words of both languages, for the parsers of core/checking to read back."""

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))
_BIG = ((10**16, "경"), (10**12, "조"), (10**8, "억"), (10**4, "만"), (1, ""))
_NATIVE_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


def english(value: int) -> str:
    """Below 10^15: 105 → `one hundred and five`."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        ten, one = divmod(value, 10)
        return _TENS[ten - 2] + (f"-{_ONES[one]}" if one else "")
    scale, word = next(row for row in _SCALES if value >= row[0])
    head, tail = divmod(value, scale)
    joint = " and " if 0 < tail < 100 else " "
    return f"{english(head)} {word}" + (joint + english(tail) if tail else "")


def newspaper(value: int, *, spaced: bool = True) -> str:
    """The way Korean newspapers write it: 191000 → `19만 1000`, 350000000 → `3억 5000만`."""
    parts: list[str] = []
    for scale, sign in _BIG:
        figure, value = divmod(value, scale)
        if figure:
            parts.append(f"{figure}{sign}")
    return (" " if spaced else "").join(parts) or "0"


def native(value: int) -> str:
    """1–99 in native words before a counter: 2 → 두, 12 → 열두, 20 → 스무."""
    ten, one = divmod(value, 10)
    return "스무" if value == 20 else _NATIVE_TENS[ten] + _NATIVE_ONES[one]


def sino(value: int) -> str:
    """1–9999 in Sino-Korean words: 230 → 이백삼십."""
    out = ""
    for scale, sign in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        figure, value = divmod(value, scale)
        if figure:
            out += ("" if figure == 1 and sign else " 일이삼사오육칠팔구"[figure]) + sign
    return out
