"""A number as a sentence states it, and when two statements are the same quantity.

`faces` are the readings of the figures alone (2.5 of 2.5분; 32k may be 32,000 or 32,768), `unit` says what they
count. Two quantities agree if a reading of one equals a reading of the other after conversion (2.5분 = 150초,
1/3 = 세 배 줄어, 0.5 = 50 %); percent and percentage points never agree: that is the mistake looked for.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from core.checking.texts import nouns
from core.checking.texts.heads import head
from core.checking.texts.units import BARE, COUNTABLE, NOUNS, PHYSICAL, Unit

_CONVERTED = frozenset({"%", "pp", "part", ""})  # one of them where other figures may say the same
_MONTH = 31  # days
_COUNTED = COUNTABLE - {"", "param", "layer"}  # ResNet50 has 50 layers
_DATED = re.compile(r"(?:[년일]|(?<!개)월)\s?$")
_MODELS = re.compile(
    r"(?:\w*lms|models|networks|transformers|backbones|agents|policies|architectures|teachers|students)"
)
_FEW = 12.0  # 24/25 may be told of 24 of 25; 2/3 is a share


class Match(Enum):
    NO = 0
    UNIT = 1  # the same figures with another unit
    POINT = 2  # the same figures, % against %p
    YES = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    text: str
    start: int
    end: int
    faces: tuple[float, ...]
    unit: Unit = BARE
    step: float = 0.0  # one unit of the last significant digit, for rounding
    about: str = ""  # a rounded figure is right: "round" (약, 가량), "floor" (여, -대, 넘는), "ceil" (미만, 못 미치는)
    bound: str = ""  # "max" (최대, up to, 미만) or "min" (최소, at least, 이상) where it is said
    loose: bool = False  # the unit is taken over from the end of a range
    word: bool = False  # written in words (세, three)
    weak: bool = False  # figures inside a name (GPT-4) or an enumeration
    noun: str = ""  # the countable noun it belongs to; "name" of digits that end one
    tail: str = ""  # the English noun phrase behind it

    def __hash__(self) -> int:  # of all fields it takes longer than what it saves
        return hash((self.start, self.text))

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(face * self.unit.factor for face in self.faces)


@lru_cache(maxsize=4096)
def agree(said: Quantity, given: Quantity) -> Match:
    """Whether the source's `given` supports the `said` quantity."""
    found = _agree(said, given)
    return Match.UNIT if found is Match.YES and of_another(said, given) else found


def of_another(said: Quantity, given: Quantity) -> bool:
    """Whether the Korean counter takes none of what the source counts, as far as that is known."""
    if _year(said) or (said.unit.dimension == "param" and _size(given)):
        return False
    kind = nouns.counter(said.text, said.unit.dimension) or ("" if said.text.endswith("차원") else said.noun)
    if given.unit.dimension in ("", "count") and given.tail:
        return nouns.clash(kind, given.tail)
    counted = nouns.ENGLISH.get(given.unit.dimension, given.unit.dimension)
    own = said.unit.dimension in ("count", "times") and given.unit.dimension in NOUNS and not given.loose
    return own and nouns.clash(kind, counted)


_HELD = re.compile(
    r"\b(?:examples|samples|instances|pairs|images|frames|rows|records|trajectories|documents|questions|dataset|corpus)\b"
)


def _size(given: Quantity) -> bool:
    """A bare 7B is a model's size, unless it counts something else (`1.1B pretraining settings`)."""
    counted = head(given.tail)
    if _HELD.search(given.tail):
        return False
    return given.text[-1:] in "BM" and (not counted.sure or _MODELS.fullmatch(counted.words[0]) is not None)


def _year(said: Quantity) -> bool:
    return (said.text.endswith("년") or (said.loose and said.unit.dimension == "time")) and all(
        1900 <= face <= 2100 for face in said.faces
    )


def _agree(said: Quantity, given: Quantity) -> Match:
    a, b = said.unit.dimension, given.unit.dimension
    same_face = _near(said, said.faces, given.faces)
    if (a, b) == ("person", "times"):
        return Match.UNIT if same_face else Match.NO
    if given.noun == "name" and a in _COUNTED and not said.text.endswith("차원"):
        return Match.NO
    if given.weak and said.word and a in ("count", "person", "times"):
        return Match.NO  # the 8 of Falcon-H8 counts nothing
    if (a, b) == ("times", "x") and said.faces[0] != int(said.faces[0]):
        return Match.UNIT if same_face else Match.NO  # nothing is done 1.5 times
    if a == b == "part":  # by the share alone: 2/3 is no 1/2 for their common 2
        return Match.YES if abs(said.faces[0] - given.faces[0]) <= 0.01 * given.faces[0] else Match.NO
    if a == b:
        if _near(said, said.values, given.values, said.unit.factor):
            return Match.YES if not (said.noun and given.noun and said.noun != given.noun) else Match.UNIT
        return Match.UNIT if same_face else Match.NO
    if a == "time" and b in NOUNS and same_face and _calendar(given) and said.text.endswith("년"):
        return Match.YES if not given.text.endswith("s") else Match.UNIT  # the 1994 paper: a year, not a count
    if a == "bit" and given.weak and same_face:
        return Match.YES  # W4A4KV4
    if a == "time" and b == "ordinal" and said.text.endswith("일") and same_face and said.faces[0] <= 31:
        return Match.YES  # the 8th of April
    if a == "time" and b == "ordinal" and said.text.endswith("세기") and same_face:
        return Match.YES  # the 19th century
    if a == "count" and b == "frame" and same_face and said.text.endswith(("장", "개")) and given.text.endswith("s"):
        return Match.YES  # 41K frames: 4만 1천 장
    if a == "count" and b == "point" and same_face and said.faces[0] == int(said.faces[0]):
        return Match.YES  # a 1024-point cloud
    if not same_face and not _CONVERTED & {a, b}:
        return Match.NO
    if {a, b} == {"%", "pp"}:
        return Match.NO if not same_face else Match.YES if given.noun == "absolute" else Match.POINT
    if _convertible(said, given, a, b, same_face):
        return Match.YES
    return Match.UNIT if same_face else Match.NO


def _convertible(said: Quantity, given: Quantity, a: str, b: str, same_face: bool) -> bool:
    if a == "person" and b == "char" and given.text.endswith("characters"):
        return same_face  # of a story
    if a in COUNTABLE and b in COUNTABLE:
        if a == "ordinal" and (given.weak or (given.word and b != "ordinal")):
            return False
        nouns = {a if a in NOUNS else said.noun, b if b in NOUNS else given.noun} - {"", "time"}
        nouns -= {"name"} if re.fullmatch(r"[1-4]차원", said.text) else set()  # 3D image tensors
        return same_face and len(nouns) < 2
    if a == "part" or b == "part":
        return _part(said, given, a, b)
    if b == "":
        fraction = a == "%" and _near(said, said.faces, tuple(100 * f for f in given.faces if f <= 1))
        if a in PHYSICAL and not (a == "time" and said.noun != "span" and (given.noun == "time" or _date(said, given))):
            return same_face and given.loose
        if a in ("%", "pp") and not (given.loose or fraction) and all(0 < f < 1 for f in given.faces):
            return False  # 0.001 told as 0.001 %
        if a == "frame" and 0 < said.step < 1 and not given.loose and "frame" not in given.tail:
            return False  # 31.4 of something else, of which frames are seldom told
        if given.weak and a in ("x", "%", "pp", "part"):
            return fraction  # the 2 of T2V is no `두 배`
        if a in ("%", "pp") and said.about in ("floor", "ceil") and not given.loose:
            return fraction or said.faces[0] == given.faces[0]  # `5%에 못 미쳤다` of a version 4.6
        return fraction or (same_face and (given.loose or not given.word))
    if a == "" and b == "%" and _near(said, tuple(100 * face for face in said.faces if face < 1), given.faces):
        return True  # 0.83 of 83 %
    if a == "" and (b in PHYSICAL or b in ("%", "pp", "x")) and said.noun in NOUNS:
        return False
    if a == "" and not said.word:
        whole = all(face == int(face) for face in said.faces)
        return same_face and (b != "x" or not said.noun) and not (b == "%" and whole and not said.loose)
    if given.loose and given.weak is False and b != "%" and same_face:
        return not (a in ("%", "pp", "x") and b in PHYSICAL)  # of 16.1/8.7 mmHg
    if {a, b} <= {"point", "pp"} or (a, b) in {("times", "x"), ("x", "times"), ("x", "count"), ("point", "count")}:
        return same_face
    if a == "point" and b == "%":
        return same_face and said.text.rstrip().endswith("점")
    if (a, b) in {("time", "calendar"), ("calendar", "time")}:
        return same_face
    if {a, b} == {"%", "x"}:
        return _percent_of_multiple(said, given, a)
    return False


def _date(said: Quantity, given: Quantity) -> bool:
    """2026년 of a bare 2026; 2천 시간 of 2,000 is none."""
    year = said.loose and all(1900 <= face <= 2100 for face in said.faces)
    day = said.loose and said.unit.factor == 86400  # June 25-28
    return _calendar(given) and (year or day or bool(_DATED.search(said.text)))


def _calendar(given: Quantity) -> bool:
    """A bare year (2026) or day of a month, which counts nothing (28 elements)."""
    if given.tail and max(given.faces) <= _MONTH and head(given.tail).sure:
        return False
    first = 1500 if given.text.isdigit() and not given.tail else 1900
    return all(face == int(face) and (1 <= face <= _MONTH or first <= face <= 2100) for face in given.faces)


def _part(said: Quantity, given: Quantity, a: str, b: str) -> bool:
    """1/n against 1/n, n times, 100/n %, or the fraction itself."""
    part, other = (said, given) if a == "part" else (given, said)
    kind = b if a == "part" else a
    wanted = {"part": (1.0,), "x": (1.0,), "times": (1.0,), "%": (100.0,), "": (1.0,)}.get(kind)
    if wanted is None:
        counts = COUNTABLE - {"ordinal", "calendar"} | {"point"}
        return kind in counts and any(abs(f - g) < 1e-6 for f in part.faces[1:] for g in other.faces)
    if (part.faces[0] > 1 and kind != "part") or (kind == "" and other.weak):
        return False
    ways = [
        part.faces[0] * wanted[0],
        *(part.faces[1:] if kind == "" and (part is given or max(part.faces) > _FEW) else ()),
    ]
    two = kind == "" and other.word  # of two things: no half
    ways += [1 / part.faces[0]] if kind in ("x", "times", "") and part.faces[0] and not two else []
    return any(
        abs(w - g) <= (min(0.7, 0.2 * abs(g)) if kind == "%" else 0.01 * max(1e-9, abs(g)))
        for w in ways
        for g in other.faces
    )


def _percent_of_multiple(said: Quantity, given: Quantity, a: str) -> bool:
    percents, multiples = (said.faces, given.faces) if a == "%" else (given.faces, said.faces)
    ways = ((p, w) for m in multiples if m > 0 for p in percents for w in (m, m - 1, 1 - 1 / m))
    near = 0.5 if a != "%" or said.step >= 1 else 0.51 * said.step  # 1.2x makes 16.7 % less, and no 16.2
    return any(p >= 10 and abs(p - 100 * w) < near and not (p == 100 and w < 1) for p, w in ways)


def _near(said: Quantity, a: tuple[float, ...], b: tuple[float, ...], factor: float = 1.0) -> bool:
    """Equal, or equal after the rounding that `said` admits to: to half a step of its last digit, or cut off."""
    step = said.step * factor
    for x in a:
        for y in b:
            if abs(x - y) <= 1e-6 * max(abs(x), abs(y), 1e-12):
                return True
            if said.about and abs(x - y) <= 0.1 * abs(y) and abs(x - y) <= step / 2:
                return True
            if (said.about == "floor" and 0 < y - x < step) or (said.about == "ceil" and 0 < x - y < min(step, x / 2)):
                return True
    return False
