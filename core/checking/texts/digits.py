"""Quantities written in figures: 8.3ms, 19만 1천 개, $0.04, 3/8, 1e-4.

A figure inside a name (GPT-5.4, 3D, 2차) is given as weak: it may support a bare number, never demand support. Digits
that are no number at all (4.2.1, the marks of an enumeration) are not given.
"""

import re
from collections.abc import Iterator

from core.checking.texts import countables, nouns, numbers_en, numbers_ko, units
from core.checking.texts.quantity import Quantity
from core.checking.texts.units import Unit

NUMERAL = r"(?:(?<!\d)(?:\d{1,3}(?:,\d{3}){1,8}(?!\d)|\d{1,24})(?:\.\d{1,24})?|(?<![\w.])\.\d{1,24})"
_KO_SCALE = r"(?:[천백십](?![장체연업본엔서분]))?(?:만(?![큼족들약])|억(?![제지])|조(?![각건합직사치정명율립차]))"
_KO_SMALL = r"[천백](?![장체연업본엔서분])"
_FIGURE = re.compile(
    r"(?=[\d.])(?:"  # a quick no for all other signs: a tenth of the time
    rf"(?P<sci>{NUMERAL}(?:e[-+]?\d+(?![A-Za-z\d])|\s?(?:[×x*]\s?10\^?|·\s?10\^)[-+]?\d+(?!\.))|(?<!\d)\d{{1,24}}\^[-+]?\d+)"
    rf"|(?P<ko>{NUMERAL}\s?(?:{_KO_SCALE}|{_KO_SMALL})(?:\s?{NUMERAL}\s?(?:{_KO_SCALE}|{_KO_SMALL})"
    rf"|\s?{NUMERAL}(?![\d.,]*\s?(?:[kKMBT]|분의))){{0,4}})"
    rf"|(?P<frac>(?<![\d/.'])\d{{1,3}}/\d{{1,3}}(?:th\b|(?![\d/.%A-Za-z])))"
    rf"|(?P<num>{NUMERAL})(?:(?P<letter>\s?[kKMBT](?:(?![A-Za-z0-9&])|(?=tok|param))|[mb](?=\s?param)|[bn](?![A-Za-z0-9])"
    rf"|\s?bn(?![a-z])|[\s-]?(?i:hundred|thousand|million|billion|trillion)s?(?![a-z])))?)"
)  # fmt: skip
_ALL = 100
LETTER = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "n": 1e9}
_MACHINES = re.compile(r"\s?(?:NVIDIA\s|AMD\s)?(?:RTX|GTX|GPUs?|TPUs?|[AHBLV]\d{2,3}s?\b|MI\d|Tesla|Jetson)")
_ABSOLUTE = re.compile(  # `9% to 15% absolute`
    r"(?:(?:\s?(?:to|and|-)\s?\+?[\d.]+\s?%)?\s?\(?(?:in )?|[^.;()]{0,64}\()absolute\b", re.IGNORECASE
)
_ABSOLUTELY = re.compile(
    r"\babsolute(?:ly)?\s(?:[a-z-]+\s){0,4}?(?:of|by)\s(?:up to\s|about\s)?\+?"
    r"(?:[\d.]+\s?%?\s?(?:to|-)\s|[\d.]+\s?%[^.;()]{0,40}?\sand\s)?$",
    re.IGNORECASE,
)
_ONLY = re.compile(r"만\s(?!개|명|건|장|편|시간|달러|원|토큰|파라미터|쪽|대|회|번|종|년|배|쌍|여|자|단어)")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_ARTICLE = re.compile(r"제(?:\s?\d+\s?[-~–·,])*\s?$")
_SPAN = re.compile(r"\s?(?:동안|만에|내내|걸|간(?![격단접]))")
_PREFIX = re.compile(r"(?:(?<![A-Za-z])US\$|[$€₩¥£])$")
_GLUED = re.compile(r"(?<![Tt]op)(?<=[A-Za-z])\d[\d.,]*.?$|\d[A-WYZa-wyz]$")
_THOUSANDS = re.compile(r"(?: \d{3})+(?![\d.,]|\s?\d)")
_TENTHS = re.compile(r"\s?할(?=[이가을를은는의에도만\s,.]|정도|가량|쯤)")
_IN_A_NAME = re.compile(r"[A-Za-z_@#²]$|[A-Za-z][-_.]$|[A-Za-z]\d*[-/.]$")
_MORE_POINTS = re.compile(r"\.\d|\.?\d*\.\d+\.\d")
_LETTERED = re.compile(r"(?!tok|param)[A-Za-z](?!월)")
_RESOLUTION = re.compile(
    r"(?<=[248]K)(?<!\d[248]K)\s?(?:급\s)?(?:이미지|영상|동영상|비디오|해상도|화질|사진|image|video|resolution|text-to)"
)
_POSITION = re.compile(r"종\s오류|차(?!원|례)|세대|인칭|족(?![가-힣]{2})")
_NUMBERED = re.compile(r"\b(?:stage|phase|step|level|table|figure|section|version|tier|track|part)\s$", re.IGNORECASE)
_MONTH_OF_A_YEAR = re.compile(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")


def figures(text: str) -> Iterator[Quantity]:
    """All figures of a `flat` text in order."""
    for m in _FIGURE.finditer(text):
        if m["frac"]:
            a, b = (float(x) for x in m["frac"].removesuffix("th").split("/"))
            if a <= b > 0:
                yield Quantity(m[0], m.start(), m.end(), (a / b, a, b), Unit("part"))
            elif a + b == _ALL:  # an 80/20 split
                yield Quantity(m[0], m.start(), m.end(), (a, b), Unit("%"))
        elif not _no_number(text, m):
            yield _figure(text, m)


def _no_number(text: str, m: re.Match[str]) -> bool:
    before = text[max(0, m.start() - 2) : m.start()]
    if before.endswith("(") and text[m.end() : m.end() + 1] == ")" and m.end() - m.start() == 1:
        return True  # (1) … (2): an enumeration
    return (before.endswith(".") and before != "..") or bool(_MORE_POINTS.match(text, m.end(), m.end() + 8))  # 4.2.1


def _figure(text: str, m: re.Match[str]) -> Quantity:
    faces, step, end = _value(m)
    if _ONLY.match(text, end - 1) and (m[0].startswith("0.") or re.search(r"[A-Za-z]\s$", text[: m.start()])):
        end -= 1  # `Sonnet 4.5만`: 만 is no myriad there
        faces = (numbers_en.figure(m[0].rstrip("만")),)
    elif text[end - 1] == "조" and _ARTICLE.search(text[: m.start()]):  # 제14~17조: no 10^12
        end -= 1
        faces = (numbers_en.figure(m[0].rstrip("조")),)
    weak = _in_a_name(text, m.start())
    faces = _readings(text, m, end, faces, weak=weak)
    if tenths := _TENTHS.match(text, end):  # 2할: 20 %
        return Quantity(text[m.start() : tenths.end()], m.start(), tenths.end(), (10 * faces[0],), Unit("%"), 10.0)
    unit, unit_end = _unit(text, m, end, weak=weak)
    start, prefix = m.start(), _PREFIX.search(text[max(0, m.start() - 4) : m.start()])
    if prefix and text[:start].endswith("~$"):
        unit = Unit("")  # `~$80K`: a stray math sign as often as money
    elif prefix and unit.dimension in ("", "usd"):
        unit, faces, start = units.PREFIXES[prefix[0]], faces[:1], start - len(prefix[0])
    if _RESOLUTION.match(text, end):
        unit, unit_end, weak = Unit(""), end, True  # 4K 영상
    elif not unit.dimension and _LETTERED.match(text, end):
        weak = True  # 3D, 4o, 8x7B
    elif (not unit.dimension and _POSITION.match(text, end)) or text[start - 1 : start] in (
        "제",
        "第",
    ):
        weak = True  # 2차, 제3자: an ordinal position, no figure of the source
    noun, tail = _counted(text, m, unit, start, (end, unit_end))
    if weak and _GLUED.search(text[max(0, start - 4) : end + 1]) and not YEAR.fullmatch(m[0]):
        noun = "name"  # the 204 of Ads204, the 2 of T2V count nothing
    return Quantity(text[start:unit_end].strip(), start, unit_end, faces, unit, step, weak=weak, noun=noun, tail=tail)


def _in_a_name(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start]
    if before.lower().endswith(("top-", "rank-")) or before[-4:].lower() == "sub-":  # top-5, sub-150 ms
        return False
    return bool(_IN_A_NAME.search(before))


def _readings(text: str, m: re.Match[str], end: int, faces: tuple[float, ...], *, weak: bool) -> tuple[float, ...]:
    """What else the same digits may say."""
    if _MONTH_OF_A_YEAR.fullmatch(m[0]):
        return tuple(float(part) for part in m[0].split("."))  # 2024.08
    if not weak and len(m[0]) < 4 and m[0].isdigit() and (spaced := _THOUSANDS.match(text, end)):
        faces = (*faces, numbers_en.figure(m[0] + spaced[0].replace(" ", "")))  # 1 130 = 1,130
    if text.endswith("'", 0, m.start()) and len(m[0]) == 2 and m[0].isdigit():
        faces = (*faces, 2000 + faces[0])  # AIME'25
    return faces


def _unit(text: str, m: re.Match[str], end: int, *, weak: bool) -> tuple[Unit, int]:
    """The unit behind a figure and where it ends."""
    unit, unit_end = units.read(text, end)
    if unit.dimension == "person" and m["letter"]:
        return Unit(""), end  # a 2B student is a model
    if unit.dimension == "paper" and YEAR.fullmatch(m[0]) and re.search(r"[A-Za-z]\s$", text[: m.start()]):
        return Unit(""), end  # a CVPR 2026 paper
    if unit.dimension in ("temp", "") and text[: m.start()].endswith("화씨 "):
        return Unit("fahrenheit"), unit_end
    if unit.dimension == "x" and _MACHINES.match(text, unit_end):
        unit = Unit("")  # 8× RTX 4090
    if weak and unit.dimension not in ("x", "%", "pp"):
        return Unit(""), end
    return unit, unit_end


def _counted(text: str, m: re.Match[str], unit: Unit, start: int, ends: tuple[int, int]) -> tuple[str, str]:
    """The countable noun beside a figure, and the English phrase behind it."""
    end, unit_end = ends
    if unit.dimension == "time" and not YEAR.fullmatch(m[0]) and _SPAN.match(text, unit_end):
        return "span", ""  # 19일 동안 is no date
    if unit.dimension == "%":
        points = _ABSOLUTE.match(text, unit_end) or _ABSOLUTELY.search(text[max(0, start - 96) : start])
        return ("absolute" if points else ""), ""  # 2.38 % absolute are points
    if unit.dimension not in ("", "count"):
        return "", ""
    venue = YEAR.fullmatch(m[0]) and re.match(r"\s?(?:논문|papers?)", text[end:])
    if _NUMBERED.search(text[max(0, start - 12) : start]):
        return "", ""  # stage 2 introduces …
    behind = nouns.tail(text, unit_end) or nouns.front(text, start, unit_end)
    return ("" if venue else countables.beside(text, start, unit_end)), behind


def _value(m: re.Match[str]) -> tuple[tuple[float, ...], float, int]:
    """The readings of a figure, the step of its last digit, and where it ends."""
    if m["sci"]:
        base, _, power = re.sub(r"\s?[×x·*]\s?10\^?|e", "|", m["sci"]).partition("|")
        if power:
            return (numbers_en.figure(base) * 10.0 ** _clamp(power),), 0.0, m.end()
        root, power = m["sci"].split("^")
        return (float(root) ** _clamp(power) if 0 < float(root) < 1e6 else 0.0,), 0.0, m.end()
    if m["ko"]:
        piece = m["ko"]
        while piece and (value := numbers_ko.parse(piece)) is None:
            piece = piece[:-1].rstrip()
        if piece:
            last = re.search(r"[\d.,]+\s?([천백십]?)([만억조]?)$", piece)
            scale = (
                {"천": 1e3, "백": 1e2, "십": 10.0, "": 1.0}[last[1]] * numbers_ko.BIG.get(last[2], 1) if last else 1.0
            )
            assert value is not None
            return (value,), _step(re.sub(r"[^\d.]", "", last[0]) if last else "", scale), m.start() + len(piece)
        return (numbers_en.figure(m["ko"]),), 0.0, m.end()
    face = numbers_en.figure(m["num"])
    letter = (m["letter"] or "").strip(" -").rstrip("s").lower()
    scale = LETTER.get(letter) or float(numbers_en.SCALES.get(letter, 1))
    binary = {"k": 1024.0, "m": 1024.0**2}.get(letter) if face in _POWERS else None  # 32k, no 97K
    faces = (face * scale,) if binary is None else (face * scale, face * binary)
    return faces, _step(m["num"].replace(",", ""), scale), m.end()


_POWERS = frozenset(2.0**i for i in range(11))


def _clamp(power: str) -> int:
    return max(-60, min(60, int(power)))


def _step(digits: str, scale: float) -> float:
    if "." in digits:
        return scale * 10.0 ** -len(digits.split(".")[1])
    zeros = len(digits) - len(digits.rstrip("0"))
    return scale * 10.0 ** min(zeros, max(0, len(digits) - 1))
