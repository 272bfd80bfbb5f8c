"""Korean numerals: native words (열두, 스물다섯), Sino-Korean words (삼백이십) and figures with 만·억·조 (19만 1천).

Which word in a sentence is a numeral at all (열 of 배열 is none) is decided in scan.py, by what stands around it.
"""

import re

_ONES = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SMALL = {"십": 10, "백": 100, "천": 1_000}
BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}

# Before a counter the first four shorten: 한 개, 두 개, 세 가지, 네 명 (and the old 석 장, 넉 달, 서 말).
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80,
                "아흔": 90}  # fmt: skip
NATIVE = _NATIVE_ONES | _NATIVE_TENS | {a + b: x + y for a, x in _NATIVE_TENS.items() if a != "스무"
                                        for b, y in _NATIVE_ONES.items()}  # fmt: skip
_CHUNK = re.compile(r"(?:(\d[\d,]*(?:\.\d+)?)|([일이삼사오육칠팔구]))?\s?([천백십])?")


def parse(text: str) -> float | None:
    """The value of a whole Korean numeral (`19만 1천`, `3억5천만`, `이백삼십`, `열두`, `1,234`), None if it is none."""
    text = text.strip()
    if text in NATIVE:
        return float(NATIVE[text])
    if not re.fullmatch(r"[\d,.일이삼사오육칠팔구십백천만억조경\s]+", text):
        return None
    total, rest = 0.0, text
    last = float("inf")
    while rest.strip():
        found = re.match(r"\s*([^만억조경]*)([만억조경])?", rest)
        assert found
        scale = BIG.get(found[2] or "", 1)
        below = _below_ten_thousand(found[1], bare=bool(found[2]))
        if below is None or scale >= last:
            return None
        total, last, rest = total + below * scale, scale, rest[found.end() :]
    return total if last < float("inf") else None


def _below_ten_thousand(text: str, *, bare: bool) -> float | None:
    """`1천 2백`, `천이백`, `8,862`, `2.5`; an empty text is 1 where a scale follows (만 건 = 1만 건)."""
    text = text.strip()
    if not text:
        return 1.0 if bare else None
    total, at, last = 0.0, 0, float("inf")
    while at < len(text):
        found = _CHUNK.match(text, at)
        if not found or found.end() == at:
            return None
        figure = float(found[1].replace(",", "")) if found[1] else float(_ONES[found[2]]) if found[2] else 1.0
        scale = _SMALL.get(found[3] or "", 1)
        if scale >= last:
            return None
        total, last = total + figure * scale, scale
        at = found.end() + (text[found.end() : found.end() + 1] == " ")
    return total
