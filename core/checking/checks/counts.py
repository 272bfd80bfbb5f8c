"""Small counts: what a text lists without counting it (`A, B, and C` as 세 가지)."""

import re
from collections import Counter

from core.checking.texts.quantity import Quantity
from core.checking.texts.source import Case
from core.checking.texts.units import PHYSICAL

_SIZED = re.compile(r"[A-Z][\w.-]*\d[BM](?:-[\w-]+)?\b")
_LAST = re.compile(r",\s(?:and|or)\s")
_SHORT = 4  # words of a term in a row
MOST = 12  # that a writer counts in words


# `이 서베이의 세 축`, `논문이 나눈 네 단계`: parts of what the source has, no plan of the writer's.
_DEFINITE = re.compile(
    r"(?:(?<![가-힣])이|(?<![가-힣])그|같은|논문의|서베이의|(?:논문|저자들?)이\s[가-힣]+|제시한|제안한|나눈)\s(?:[가-힣A-Za-z]+\s){0,2}$"
)
PARTS = re.compile(
    r"축|차원|측면|관점|요소|역량|능력|부분|단계|영역|분야|부류|유형|범주|종류|수준|방면|기둥|국면|주기|계열|갈래|방식"
)


def definite(case: Case, said: Quantity) -> bool:
    """A count of parts that the sentence points to as known."""
    parts = PARTS.search(said.text) or PARTS.match(case.text[said.end :].lstrip())
    return bool(parts) and _DEFINITE.search(case.text[: said.start]) is not None


def small(said: Quantity) -> bool:
    return (said.word and max(said.faces) <= MOST and said.unit.dimension not in ("x", "part", "%")) or said.faces == (
        0.0,
    )


def listed(case: Case, said: Quantity) -> bool:
    """A small count in words of things that the source lists without counting them."""
    if not small(said) or said.unit.dimension in PHYSICAL:
        return False
    wanted = int(max(said.faces))
    back = re.match(r"(?:All|Each|Both|Any|Most|Some)?\s?(?:of )?(?:[Tt]hese|[Tt]hose|They|them)\b", case.quote)
    more = 0 if case.sentence.section == "summary" and not back else 1  # a risk is quoted for one of many
    where = case.source.around(case.place, more) if case.place else case.source.sentences
    texts = [case.source.text[a:b] for a, b in where] + [case.text]
    if re.match(r"\s?(?:모델\s)?(?:가운데|중)[\s,]", case.text[said.end :]):  # `세 모델 가운데`: listed anywhere
        texts = [case.source.text, *texts]
    if any(wanted in _runs(text) for text in texts) or _figures(case, said) == wanted:
        return True
    if wanted > 2 and case.place and _counted_by_word(case, (case.place,)):
        return False
    if wanted == 2:
        explicit = _counted_by_word(case, tuple(where))
        return not case.place or not explicit or any(" and " in t or "·" in t for t in texts[:-1])
    return any(wanted in _items(text) for text in texts) or (
        wanted <= 4 and not case.place and case.opinion and not definite(case, said)
    )


def _figures(case: Case, said: Quantity) -> int:
    """`네 수치 모두`, `세 모델 모두`: how many figures of a kind, or models with their sizes, the quote has."""
    if case.place and (said.text.endswith("모델") or re.match(r"\s?모델", case.text[said.end :])):
        text = " ".join(case.source.text[a:b] for a, b in case.source.around(case.place))
        return len(set(_SIZED.findall(text)))
    if not case.place or not re.match(r"\s?(?:수치|값|점수|숫자)", case.text[said.end :]):
        return 0
    kinds = Counter(q.unit.dimension for q in case.source.within((case.place,)) if not (q.weak or q.word))
    return max(kinds.values(), default=0)


def _runs(text: str) -> set[int]:
    """The lengths of rows of single words: `150M, 400M, and 1B`, `쉬움·보통·어려움`, of levels (L0-L9) and of names
    with their short forms (`A (a), B (b)`)."""
    dotted = {run.count("·") + 1 for run in re.findall(r"[^\s·,]+(?:·[^\s·,]+)+", text)}
    dotted |= {run.count("/") + 1 for run in re.findall(r"\([^\s/()]+(?:/[^\s/()]+)+\)", text)}
    levels = {int(b) - int(a) + 1 for a, b in re.findall(r"\b[A-Z](\d)\s?[-–~]\s?[A-Z]?(\d)\b", text)}
    short = len(re.findall(r"\([A-Z][A-Za-z]{1,9}\)[,;]?\s", f"{text} "))
    plain = {run.count(",") + 2 for run in re.findall(r"(?:[\w-]+, )+[\w-]+ (?=(?:and|or) [\w-]+)", text)}
    values = {run.count(",") + 1 for run in re.findall(r"(?<![\d,])\d{1,2}(?:,\s?\d{1,2}){2,}(?![\d,])", text)}
    rows = plain | values | {run.count(",") + 1 for run in re.findall(r"(?:[\w-]+, )+(?=(?:and|or) [\w-]+)", text)}
    return dotted | levels | rows | {short} | {_row(text[: m.end()]) for m in _LAST.finditer(text)}


def _row(text: str) -> int:
    """The length of a row of short terms that ends a clause: `across data foundation, review, and`."""
    parts = re.split(r"[.;:()]", text)[-1].split(", ")[:-1]
    short = next((i for i, part in enumerate(reversed(parts)) if len(part.split()) > _SHORT), len(parts))
    return short + (2 if short < len(parts) else 1)


def _counted_by_word(case: Case, where: tuple[tuple[int, int], ...]) -> bool:
    """The source counts something itself there: `three datasets`."""
    given = case.source.within(where)
    return any(q.word and q.tail and 2 <= max(q.faces) <= 10 and q.unit.dimension in ("count", "") for q in given)


_TRAILING = re.compile(r",\s(?:each|which|where|while|with|all of which|thus|thereby)\b.*")
# A clause that only looks like one more item: `…, and C, enabling D and E`.
_CLAUSE = re.compile(
    r",\s(?=(?:thereby |thus )?(?:provid|enabl|mak|show|demonstrat|yield|achiev|reduc|improv|allow|lead|result|suggest"
    r"|highlight|indicat|ensur|offer|requir|leav|establish|underscor|reveal|outperform|confirm|support|bridg|leverag"
    r"|us|span|cover|surpass|exceed|increas|deliver|attain|reach|produc|giv|set|mark|tak|address|facilitat|preserv"
    r"|maintain|driv|rang|deriv|limit|forc|turn|exhibit)(?:ing|ting)\b)"
)


def _items(text: str) -> set[int]:
    """The lengths of the enumerations of a text: `A, B, and C`, `(i) … (ii) …`, `1) … 2) …`, `가, 나, 다`."""
    lengths = {len(re.findall(r"\((?:[ivx]+|\d|[a-e])\)|(?<![\w.])\d\)", text))}
    text = _CLAUSE.sub(";", re.sub(r",? respectively", "", text))
    text += ";" + re.sub(r"\s?\([^()]*\)", "", text)  # `A (a) for x, B (b) for y, and C`
    for part in re.findall(r"(?:[^.;:()]|\.(?=\d))+", text):
        commas = len(re.findall(r",(?!\d)", part))
        joined = bool(re.search(r"(?<!,) (?:and|or|및|와|과) ", part))
        lengths |= {commas + 1, commas + 2} if joined or re.search(r"[와과]\s", part) else {commas + 1}
        lengths |= {
            n
            for n in (commas,)
            if re.match(r"\s?(?:[A-Z][a-z]+\s\w+,|(?:In|On|For|With|Across|By|Through|Using) )", part)
        }
        whole = _TRAILING.sub("", part)
        lengths |= {len(re.findall(r",(?!\d)", whole)) + 1} if whole != part else set()
        lengths.add(part.count("·") + 1)
        lengths |= {commas} if re.search(r",\s이\s", part) else set()  # `가, 나, 다, 이 세 가지`
    return lengths
