"""Every quantity in a text, Korean or English, figures or words: what is a number here, and what does it count?

One scanner for both languages, because a Korean sentence says `8.3ms` and a Korean news source `19만 1천 개`. Digits
inside names (GPT-5.4, H200) are given too, marked weak: they may support a bare number, never demand support.
`한`/`하나` (one) is no quantity: it is an article in disguise.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from core.checking.texts import nouns, numbers_en, numbers_ko, units
from core.checking.texts.english_words import english_words
from core.checking.texts.korean_words import NATIVE, korean_words
from core.checking.texts.qualifiers import qualified
from core.checking.texts.quantity import Quantity
from core.checking.texts.units import Unit

_A = r"(?:(?<!\d)(?:\d{1,3}(?:,\d{3}){1,8}|\d{1,24})(?:\.\d{1,24})?|(?<![\w.])\.\d{1,24})"
_KO_SCALE = r"(?:[천백십](?![장체연업본엔서분]))?(?:만(?![큼족들약])|억(?![제지])|조(?![각건합직사치정명율립]))"
_KO_SMALL = r"[천백](?![장체연업본엔서분])"
_FIGURE = re.compile(
    rf"(?P<sci>{_A}(?:e[-+]?\d+(?![A-Za-z\d])|\s?(?:[×x*]\s?10\^?|·\s?10\^)[-+]?\d+(?!\.))|(?<!\d)\d{{1,24}}\^[-+]?\d+)"
    rf"|(?P<ko>{_A}\s?(?:{_KO_SCALE}|{_KO_SMALL})(?:\s?{_A}\s?(?:{_KO_SCALE}|{_KO_SMALL})"
    rf"|\s?{_A}(?![\d.,]*\s?(?:[kKMBT]|분의))){{0,4}})"
    rf"|(?P<frac>(?<![\d/.'])\d{{1,3}}/\d{{1,3}}(?![\d/.%A-Za-z]))"
    rf"|(?P<num>{_A})(?:(?P<letter>\s?[kKMBT](?:(?![A-Za-z0-9])|(?=tok|param))|[bn](?![A-Za-z0-9])"
    rf"|\s?bn(?![a-z])|[\s-]?(?i:hundred|thousand|million|billion|trillion)s?(?![a-z])))?"
)  # fmt: skip
_LETTER = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "n": 1e9}
_PART_KO = re.compile(
    rf"({_A}[백천]?[만억]?|[일이삼사오육칠팔구십백천만억]+|{NATIVE})\s?분의\s?({_A}|[일이삼사오육칠팔구])"
    rf"|(절반|반토막|반 토막|반값|반감"
    rf"|(?<![가-힣])반으로|(?<![가-힣])반(?=만|\s?이하|\s?수준|까지))"
)
_ONE_OF_KO = re.compile(
    rf"({NATIVE}|{_A}|(?<![가-힣])[이삼사오육칠팔구]?[십백천만])\s?(?:개|명|건|번|곳)?(?:\s?(?:중|가운데)에?서?|에)\s?(?:하나|한\s?(?:개|명"
    rf"|건|번|곳)|1(?:개|명|건|번))"
)
_IN_TEN_KO = re.compile(r"(?<![가-힣])열에\s?(하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)")  # 열에 일곱
_PART_EN = re.compile(
    rf"(?<![\w.])(?:(?P<a>an?|one|two|three|four|five"
    rf"|{_A})[\s-](?P<p>{'|'.join(sorted(numbers_en.PARTS, key=len, reverse=True))})(?:s)?(?![a-z])"
    rf"|(?P<n>one|two|three|four|five|six|seven|eight|nine|{_A})(?:\s(?P<out>out of|in"
    rf"|of every)\s)(?:every\s)?(?P<m>two|three|four|five|six|seven|eight|nine|ten|{_A})(?![\w.%-]))",
    re.IGNORECASE,
)
_PART_HINT = re.compile(r"half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|fourth| in | of ", re.IGNORECASE)
_MACHINES = re.compile(r"\s?(?:NVIDIA\s|AMD\s)?(?:RTX|GTX|GPUs?|TPUs?|[AHBLV]\d{2,3}s?\b|MI\d|Tesla|Jetson)")
_ABSOLUTE = re.compile(r"\s?\(?(?:in )?absolute\b", re.IGNORECASE)
_ABSOLUTELY = re.compile(r"\babsolute(?:ly)?\s(?:[a-z-]+\s){0,4}?(?:of|by)\s(?:up to\s|about\s)?$", re.IGNORECASE)
_GAP = re.compile(
    r"\s?(?:-|~|to|and|or|·|,|/|&|에서|부터|과|와|및|또는|혹은|vs\.?|versus|→|±|:|in |대)\s?[+]?(?:\$|≥|≤)?\s?(?:약\s)?"
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_SPAN = re.compile(r"\s?(?:동안|만에|내내|걸|간(?![격단접]))")
_LEVEL = re.compile(r"\s?(?:신뢰\s?(?:구간|수준)|C\.?I\b|confidence|credible)", re.IGNORECASE)
_STRONG_GAP = re.compile(r"\s?(?:-|~|to|에서)\s?\$?")


@lru_cache(maxsize=512)
def scan(text: str) -> tuple[Quantity, ...]:
    """All quantities of a `flat` text in order; never raises."""
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for quantity in (*_parts(text), *_figures(text), *_words(text)):
        if not any(a < quantity.end and quantity.start < b for a, b in taken[-400:]):
            taken.append((quantity.start, quantity.end))
            found.append(quantity)
    found.sort(key=lambda q: q.start)
    return tuple(qualified(text, q) for q in _inherit(text, found))


def _parts(text: str) -> Iterator[Quantity]:
    """Fractions in words: 3분의 1, 절반, 셋 중 하나, one-sixth, one in three."""
    if "분의" in text or "반" in text:
        for m in _PART_KO.finditer(text):
            below = 2.0 if m[3] else numbers_ko.parse(m[1])
            above = 1.0 if m[3] else numbers_ko.parse(m[2])
            if below and above is not None:
                yield Quantity(m[0], m.start(), m.end(), (above / below,), Unit("part"), word=bool(m[3]))
    for m in _ONE_OF_KO.finditer(text):
        if (n := numbers_ko.parse(m[1])) and n > 1:
            if text.startswith("꼴", m.end()):  # a rate, roughly, which a count of n does not support
                share, step = 100 / n, 20 / n
                yield Quantity(m[0], m.start(), m.end(), (share,), Unit("%"), step, about="round", word=True)
            else:
                yield Quantity(m[0], m.start(), m.end(), (1 / n, n), Unit("part"), word=True)
    for m in _IN_TEN_KO.finditer(text):
        share = 10.0 * numbers_ko.NATIVE[m[1]]
        yield Quantity(m[0], m.start(), m.end(), (share,), Unit("%"), 10.0, about="round", word=True)
    for m in _PART_EN.finditer(text) if _PART_HINT.search(text) else ():
        if m["p"]:
            above = {"a": 1.0, "an": 1.0}.get(m["a"].lower()) or numbers_en.parse(m["a"]) or numbers_en.figure(m["a"])
            yield Quantity(
                m[0], m.start(), m.end(), (above / numbers_en.PARTS[m["p"].lower()],), Unit("part"), word=True
            )
        elif m["out"].lower() != "in" or not m["m"][0].isdigit():
            n, d = (numbers_en.parse(m[k]) or numbers_en.figure(m[k]) for k in ("n", "m"))
            if d and n < d and not m["n"][0].isdigit():
                yield Quantity(m[0], m.start(), m.end(), (n / d, n, d), Unit("part"), word=True)


def _figures(text: str) -> Iterator[Quantity]:
    for m in _FIGURE.finditer(text):
        start, end = m.start(), m.end()
        before = text[max(0, start - 2) : start]
        if m["frac"]:
            a, b = (float(x) for x in m["frac"].split("/"))
            if 0 < a <= b:
                yield Quantity(m[0], start, end, (a / b, a, b), Unit("part"))
            continue
        if before.endswith("(") and text[end : end + 1] == ")" and end - start == 1:
            continue  # (1) … (2): an enumeration
        if re.match(r"(?:\.\d|\.?\d*\.\d+\.\d)", text[end : end + 8]) or before.endswith("."):
            continue  # 4.2.1: a version, not a number
        ranked = text[max(0, start - 5) : start].lower().endswith(("top-", "rank-"))
        below = text[max(0, start - 4) : start].lower() == "sub-"  # sub-150 ms
        weak = not (ranked or below) and bool(
            re.search(r"[A-Za-z_@#²]$|[A-Za-z][-_.]$|[A-Za-z]\d*[-/.]$", text[max(0, start - 6) : start])
        )
        faces, step, end = _value(m)
        if re.fullmatch(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])", m[0]):
            faces = tuple(float(part) for part in m[0].split("."))  # 2024.08: a month of a year
        if (
            re.fullmatch(r"\d{1,3}", m[0])
            and (spaced := re.match(r"(?: \d{3})+(?![\d.,]|\s?\d)", text[end:]))
            and not weak
        ):
            faces = (*faces, numbers_en.figure(m[0] + spaced[0].replace(" ", "")))  # 1 130 = 1,130
        if before.endswith("'") and re.fullmatch(r"\d\d", m[0]):
            faces = (*faces, 2000 + faces[0])  # AIME'25
        prefix = next((p for p in ("US$", "$", "€", "₩", "¥", "£") if text[:start].endswith(p)), None)
        unit, unit_end = units.read(text, end)
        if unit.dimension == "person" and m["letter"]:
            unit, unit_end = Unit(""), end  # a 2B student is a model
        if unit.dimension == "x" and _MACHINES.match(text, unit_end):
            unit = Unit("")  # 8× RTX 4090
        if weak and unit.dimension not in ("x", "%", "pp"):
            unit, unit_end = Unit(""), end
        if prefix and text[:start].endswith("~$"):
            unit = Unit("")  # `~$80K`: a stray math sign as often as money
        elif prefix and unit.dimension in ("", "usd"):
            unit, faces = units.PREFIXES[prefix], faces[:1]
            start -= len(prefix)
        if (
            not unit.dimension
            and re.match(r"[A-Za-z](?!월)", text[end : end + 1])
            and not re.match(r"tok|param", text[end:])
        ):
            weak = True  # 3D, 4o, 8x7B
        elif (unit.dimension == "" and re.match(r"차(?!원|례)|세대|인칭", text[end:])) or text[
            max(0, start - 1) : start
        ] in ("제", "第"):
            weak = True  # 2차, 제3자: an ordinal position, no figure of the source
        noun = (
            units.beside(text, start, end if unit.dimension in units.NOUNS else unit_end)
            if unit.dimension in ("", "count")
            else ""
        )
        dated = _YEAR.fullmatch(m[0])
        if unit.dimension == "time" and not dated and _SPAN.match(text, unit_end):
            noun = "span"  # 19일 동안 is no date
        if unit.dimension == "paper" and dated and re.search(r"[A-Za-z]\s$", text[:start]):
            unit, unit_end, noun = Unit(""), end, ""  # a CVPR 2026 paper
        if unit.dimension == "%" and (
            _ABSOLUTE.match(text, unit_end) or _ABSOLUTELY.search(text[max(0, start - 48) : start])
        ):
            noun = "absolute"  # 2.38 % absolute are points
        tail = nouns.tail(text, unit_end) if unit.dimension in ("", "count") else ""
        yield Quantity(
            text[start:unit_end].strip(), start, unit_end, faces, unit, step, weak=weak, noun=noun, tail=tail
        )


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
    scale = _LETTER.get(letter) or float(numbers_en.SCALES.get(letter, 1))
    binary = {"k": 1024.0, "m": 1024.0**2}.get(letter)
    faces = (face * scale,) if binary is None else (face * scale, face * binary)
    return faces, _step(m["num"].replace(",", ""), scale), m.end()


def _clamp(power: str) -> int:
    return max(-60, min(60, int(power)))


def _step(digits: str, scale: float) -> float:
    if "." in digits:
        return scale * 10.0 ** -len(digits.split(".")[1])
    zeros = len(digits) - len(digits.rstrip("0"))
    return scale * 10.0 ** min(zeros, max(0, len(digits) - 1))


def _words(text: str) -> Iterator[Quantity]:
    if re.search("[가-힣]", text):
        yield from korean_words(text)
    if re.search("[A-Za-z]{3}", text):
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
        if len(gap) > 8 or one.unit.dimension or one.weak or two.weak or not _GAP.fullmatch(gap):
            continue
        if _LEVEL.match(text, two.end):  # `+0.05, 95% CI`: the level is the interval's own
            continue
        if "," in gap and _YEAR.fullmatch(one.text) and not _YEAR.match(two.text):  # `ICML 2026, 12 pages`
            continue
        faces = one.faces
        scale = re.search(r"\d\s?([kKMBT])(?![A-Za-z])|\d\s?(만|억|조|천)", two.text)
        if scale and _STRONG_GAP.fullmatch(gap):
            factor = _LETTER[scale[1].lower()] if scale[1] else float((numbers_ko.BIG | {"천": 1000})[scale[2]])
            faces = (*faces, *(face * factor for face in faces if face < 10_000))
        if two.tail and not one.tail and _STRONG_GAP.fullmatch(gap):
            one = found[i] = replace(one, tail=two.tail)
        if two.unit.dimension not in ("part", "ordinal", "calendar", ""):
            found[i] = replace(one, faces=faces, unit=two.unit, loose=True, noun=one.noun or two.noun)
        elif faces != one.faces:
            found[i] = replace(one, faces=faces, loose=True, noun=one.noun or two.noun)
    return found
