"""Which figure goes with which thing: `정밀도 72%, 재현율 97%` against `97% precision, 72% recall`.

Around each figure of the quote and of the sentence stand words; the lexicon and the names tell what they share. Two
figures whose words fit crosswise, and not straight, have changed places. English puts the thing before its figure
or after it; punctuation decides which.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import combinations

from core.checking.checks.beside import english, is_score, keys, korean, words
from core.checking.texts import lexicon
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.checking.texts.source import Case
from core.model import Finding

_THRESHOLD = re.compile(r"[A-Z]{2,}\s?[<>≤≥]=?\s?$")  # `FFR <= 0.80`
_BEATEN_WITH = re.compile(  # `outperforming B with an F1 of 83 compared to 76`: the other figure is B's
    r"\b(?:outperform|surpass|exceed|beat)\w*\s[^.;]*\bwith\b[^;]{0,60}\bcompared (?:to|with)\s[\d.]"
)
_CHANGE = re.compile(r"\(\s?[+-]\s?[\d.]+\s?%?\s?\)")  # `82.9% (+1.2%) IoU`


def check(case: Case) -> Iterator[Finding]:
    case = case if case.sentence.section in ("idea", "action") else case.anchored
    if case.place is None or case.opinion:
        return
    said = [q for q in case.quantities if not q.weak and not q.word and not _named(case.text, q)]
    if not said:
        return
    a, b = case.place
    source = _CHANGE.sub(lambda m: " " * len(m[0]), case.source.text[a:b])
    if "respectively" in source or "각각" in case.text or _BEATEN_WITH.search(source):
        return  # respectively.py knows what goes with what there
    given = [
        q
        for q in scan(source)
        if not (q.weak or q.word or _named(source, q) or _THRESHOLD.search(source[max(0, q.start - 16) : q.start]))
    ]
    if len(given) < 2:
        return
    if found := _another(case.text, source, given, said):
        yield found
        return
    if len(said) < 2:
        return
    partners = []
    for q in said:
        fits = [g for g in given if agree(q, g) is Match.YES]
        if len(fits) == 1:
            partners.append((q, fits[0]))
    for (q1, g1), (q2, g2) in combinations(partners, 2):
        ours = korean(case.text, q1, said), korean(case.text, q2, said)
        labels = _labels(source, g1, g2)
        if (not labels and _together(source, g1, g2)) or _together(case.text, q1, q2):
            continue
        theirs = labels or (english(source, g1, given), english(source, g2, given))
        alike = g1.unit.dimension == g2.unit.dimension and q1.unit.dimension == q2.unit.dimension
        only = is_score(g1) and is_score(g2) and sum(q.unit.dimension == q1.unit.dimension for q in said) == 2
        if alike and _crossed(case.text, (q1, q2), ours, theirs, only=only):
            yield Finding("misattributed", f"{q1.text}, {q2.text}", "인용문과 짝이 바뀌었습니다")
            return


def _crossed(
    text: str,
    said: tuple[Quantity, Quantity],
    ours: tuple[Set[str], Set[str]],
    theirs: tuple[Set[str], Set[str]],
    *,
    only: bool,
) -> bool:
    """Whether the words around two told figures fit the quote's the other way round; `only`: two scores, and no third,
    so that one word which only the other figure has will do (`낯선 마을`), if nothing fits."""
    e1, e2 = theirs[0] - theirs[1], theirs[1] - theirs[0]
    shared = _topic(text, max(q.start for q in said)) | _measures(text, said)
    k1, k2 = ours[0] - ours[1] - shared, ours[1] - ours[0] - shared
    n1, n2 = ({word for word in k if len(word) > 1 and not word.startswith("#")} for k in (k1, k2))
    if n1 & e2 and n2 & e1 and len(n1 & e1) + len(n2 & e2) <= len(n1 & e2) + len(n2 & e1):
        return True
    crossed, straight = len(k1 & e2) + len(k2 & e1), len(k1 & e1) + len(k2 & e2)
    if k1 & e2 and k2 & e1 and (not straight or crossed >= straight + 2):
        return True
    direct = _direct(text, said[0]) & e2 or _direct(text, said[1]) & e1
    return bool(only and crossed and not straight) or bool(direct and crossed > straight)


_BOTH = re.compile(r",?\s(?:and|or)\s[+$~]?")
_WORD = r"[A-Za-z][\w.@-]*(?:\s(?!and\b)[A-Za-z][\w.@-]*)?"
_ROW = re.compile(
    r"\s(?:(?:(?!and\b)[a-z-]+\s){0,3}?(?:in|on|for|of|over|at|with)\s(?:the\s)?|(?:lower|higher|better|less|more|fewer|faster)\s)"
    rf"(?P<one>{_WORD}),?\sand\s(?:the\s)?(?P<two>{_WORD})"
)
_LABEL = re.compile(r"\s?\((?:on |for |in )?(?P<one>[A-Za-z][A-Za-z\s-]{1,28})\)")


def _labels(source: str, one: Quantity, two: Quantity) -> tuple[Set[str], Set[str]] | None:
    """What two figures of the quote are of, where a row says so (`4x and 3x lower inference and training latency`) or
    brackets behind each (`9.5% (helpfulness) and 27.9% (harmlessness)`)."""
    behind = _LABEL.match(source, one.end), _LABEL.match(source, two.end)
    if behind[0] and behind[1]:
        return keys(behind[0]["one"]), keys(behind[1]["one"])
    if _BOTH.fullmatch(source[one.end : two.start]) and (row := _ROW.match(source, two.end)):
        return keys(row["one"]), keys(row["two"])
    return None


def _another(text: str, source: str, given: list[Quantity], said: list[Quantity]) -> Finding | None:
    """A figure whose words stand about another figure of the quote and none about its own."""
    book = lexicon.lexicon().concepts
    for q in said:
        fits = [g for g in given if agree(q, g) is Match.YES]
        rivals = [g for g in given if g not in fits and g.unit.dimension == fits[0].unit.dimension] if fits else []
        if (
            len(fits) != 1
            or not rivals
            or not is_score(q)
            or any(agree(s, r) is Match.YES for s in said for r in rivals)
        ):
            continue
        ours = {k for k in korean(text, q, said) if not (k[1:].isdigit() and book[int(k[1:])].mark == "-")}
        own = english(source, fits[0], given)
        ours -= _measures(text, said)
        for rival in rivals:
            theirs = english(source, rival, given)
            across = sum(1 if re.match(r"#\d", k) else 2 for k in ours & (theirs - own) if len(k) > 1)
            if across >= 2 and not ours & (own - theirs) and not _together(source, fits[0], rival):
                return Finding("misattributed", q.text, f"인용문에서 그 값은 {rival.text}입니다")
    return None


_METRIC = re.compile(
    r"(?<![A-Za-z])(?:n?DCG|MRR|ROUGE|METEOR|Dice|ECE|Precision|RMSE|MAE|MSE|F1|AUC|AUROC|FID|BLEU|WER|CER|IoU|mIoU|mAP|PSNR|SSIM|Recall"
    r"|Acc)(?![A-Za-z])"
)


def _measures(text: str, said: Sequence[Quantity]) -> set[str]:
    """A metric named once, before all the figures, goes with all of them."""
    found = [*_METRIC.finditer(text, 0, max(q.start for q in said))]
    return {found[0][0].lower()} if len(found) == 1 and found[0].end() <= min(q.start for q in said) else set()


_TOPIC = re.compile(r"[가-힣A-Za-z0-9)](?:은|(?<![보하되있없쓰드오가지나치이리키르])는)\s")


_LEADING = re.compile(r"^[^,]*?[을를]\s(?:썼을|쓸|쓰면|쓴|사용[가-힣]+|적용[가-힣]+)\s?(?:때)?[는,]?\s")


def _topic(text: str, end: int) -> set[str]:
    """The words of the only topic before two figures (`오차는 A에서 3%, B에서 5%`): it goes with both."""
    found = [*_LEADING.finditer(text[:end])] or [*_TOPIC.finditer(text[:end])]
    piece = text[: found[0].end()] if len(found) == 1 else ""
    return (
        {f"#{key}" for key in lexicon.said(piece)} | words(piece)
        if piece and not re.search(r"(?<![A-Za-z.-])\d", piece)
        else set()
    )


_RIGHT_BEFORE = re.compile(r"([A-Za-z][\w.-]+)[가-힣]{0,3}\s?(?:약\s|최대\s)?$")


def _direct(text: str, q: Quantity) -> set[str]:
    """The name that stands right before a figure (`DTW는 0.0132`, `F1 0.86`)."""
    found = _RIGHT_BEFORE.search(text[max(0, q.start - 40) : q.start])
    return {word for word in words(found[1]) if len(word) > 1} if found else set()


_SURE = re.compile(r"\bCIs?\b|[Cc]onfiden|[Bb]ound|[Ii]nterval|신뢰|상한|하한|구간")
_SIZE = re.compile(r"\d+(?:\.\d+)?[BM]")
_RELEASED = re.compile(r"(?:[Vv]ersion|[Ss]tage|[Pp]hase|[A-Z][a-z][\w-]*)\s$")


def _named(text: str, q: Quantity) -> bool:
    """A figure that belongs to a name: top-5, the size of a model (`Llama3.1 70B`)."""
    front = text[max(0, q.start - 24) : q.start]
    if front[-4:].lower() == "top-":
        return True
    size = q.text[-1:] in "BM" and _SIZE.fullmatch(q.text) and re.search(r"[A-Za-z][\w.-]*[\s-]$", front)
    if q.unit.dimension == "%" and q.faces[0] in (90, 95, 99) and _SURE.search(text[max(0, q.start - 12) : q.end + 16]):
        return True  # a confidence level
    before = _RELEASED.search(front) if re.fullmatch(r"\d(?:\.\d)?", q.text) else None
    level = "IoU" in front and re.search(r"IoU\s?[=@≥]?\s?$", front) and re.match(r"\)|\s?기준", text[q.end :])
    release = before and not _METRIC.search(before[0])  # Moirai 2.0, Version 1, 1판
    edition = not q.unit.dimension and re.match(r"\s?(?:판|호|차(?!원|례))(?![가-힣]{2})", text[q.end :])
    return bool(size or release or edition or level)


def _together(text: str, one: Quantity, two: Quantity) -> bool:
    """A range or a score out of something: two figures of one thing."""
    first, second = sorted((one, two), key=lambda q: q.start)
    return not re.search(
        "[A-Za-z][A-Za-z0-9]|[가-힣]{2}|[A-Z]\\s?=",
        re.sub(
            r"\b(?:to|vs|and|or|from)\b|에서|부터|대신|만점에|중|가운데|대|과|와", "", text[first.end : second.start]
        ),
    )
