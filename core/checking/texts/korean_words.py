"""Quantities that Korean writes in words: 오십 퍼센트, 세 가지, 이틀."""

import re
from collections.abc import Iterator

from core.checking.texts import countables, numbers_ko, units
from core.checking.texts.numbers_en import begins
from core.checking.texts.quantity import Quantity
from core.checking.texts.units import Unit

_NATIVES = sorted((w for w in numbers_ko.NATIVE if w not in ("하나", "한")), key=len, reverse=True)
NATIVE = f"(?:{'|'.join(_NATIVES)})"
_SINO = re.compile(r"(?<![가-힣\d%])(?!천장|천편일률|천대[하를]|만장일치|십분\s|백분[율위]"
            r"|백인|천인(?!분)|백엔)"
            r"(?:(?:[일이삼사오육칠팔구]?[십백천])+[일이삼사오육칠팔구]?[만억조]?"
            r"|[이삼사오육칠팔구]?만(?=\s))"
                   r"(?=\s?(?:여\s?)?(?:개|명|건|달러|원|토큰|배|년|시간|편|종|회|번|장|대|쌍|가지|파라미터"
            r"|매개변수|단어|문장|문서|샘플|표본|가량|분(?![기야류포석할산리량자배])|점|사람|퍼센트|프로(?![그젝세토파브필])|초|밀리초|포인트"
            r"|인(?![간공용])|유로|엔(?![가-힣]{2})|위안|일(?![반부본치])))")  # fmt: skip
_COUNTER = (
    r"개|가지|종(?![합전속래])|명|번|배(?![치포열경터분제])|곳|건|편|대(?![비상화한륙])|장(?!르)|단계|쌍"
    r"|층|차례|달|살|시간|마리|권|자리|갈래|줄|군데|그루|판"
    r"|턴|사람|부류|묶음|채|척|줄기|점|째|바퀴"
)
_NATIVE = re.compile(
    rf"{begins(_NATIVES)}(?<![가-힣A-Za-z\d])(?!열대|세대)(?P<n>{NATIVE})(?:(?=\s?(?:{_COUNTER}))|(?<![열서])(?<!석)(?=\s[가-힣A-Za-z'\"‘“])"
    r"|(?<=[셋넷둘섯곱덟홉])(?=[은는이가을를의에도만과와로씩]|[,.·)]|$|\s))"
)
_DAYS = {"이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10, "보름": 15}
_DAYS_KO = re.compile("|".join(rf"(?<![가-힣]){word}(?!째)" for word in _DAYS))


def korean_words(text: str) -> Iterator[Quantity]:
    for m in _SINO.finditer(text):
        if value := numbers_ko.parse(m[0]):
            unit, end = units.read(text, m.end())
            yield Quantity(
                text[m.start() : end],
                m.start(),
                end,
                (value,),
                unit,
                value,
                word=True,
                noun=countables.beside(text, m.start(), end),
            )
    for m in _DAYS_KO.finditer(text) if any(word in text for word in _DAYS) else ():
        yield Quantity(m[0], m.start(), m.end(), (float(_DAYS[m[0]]),), Unit("time", 86400.0), word=True)
    for m in _NATIVE.finditer(text):
        unit, end = units.read(text, m.end("n"))
        if unit.dimension == "time" and m["n"] in ("둘", "셋", "넷"):
            continue  # `켜 둘 일`: no two days, which are 이틀
        unit = Unit("count") if unit.dimension in ("decibel", "temp", "usd") else unit
        value, step = float(numbers_ko.NATIVE[m["n"]]), 1.0 if unit.dimension == "x" else 0.0  # 두 배 넘게: 2.31x
        yield Quantity(text[m.start() : end].strip(), m.start(), end, (value,), unit, step, word=True)
