"""What is counted: 44 countries are not 44 languages, 22 clinicians not 22 patients.

Figures with a unit of their own are units.py's business. Here the noun beside a bare count is compared: the Korean
one must be among the English nouns around that figure, or those must be of another kind than this table knows.
"""

import re
from collections.abc import Iterator

from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.checking.texts.units import COUNTABLE
from core.model import Finding

_NOUNS: tuple[tuple[str, str], ...] = (
    ("언어(?!\\s?모)", r"language|lingual|tongue"),
    ("나라|국가|개국", r"countr|nation"),
    ("도시", r"cit(?:y|ies)|urban"),
    ("병원", r"hospital|clinic|site|center"),
    ("환자", r"patient|subject|case|participant"),
    ("의사|임상의", r"clinician|physician|doctor|radiologist|expert|psychiatrist"),
    ("학생", r"student|learner|pupil"),
    ("전문가", r"expert|specialist|clinician|professional|annotator|practitioner"),
    ("개발자", r"developer|programmer|engineer|practitioner"),
    ("논문", r"paper|article|publication|manuscript|stud"),
    ("기업|회사", r"compan|firm|enterprise|organi|vendor|provider"),
    ("문장", r"sentence|utterance|text"),
    ("단어", r"word|term|token|vocab"),
    ("이미지|사진", r"image|photo|picture|figure|frame|scan|slice"),
    ("동영상|비디오", r"video|clip|film|footage"),
    ("로봇", r"robot|arm|humanoid|agents?\b"),
    ("차량|자동차", r"vehicle|car"),
    ("층|레이어", r"layer|depth|block|level|stack|stor|tier"),
    ("질병|질환", r"disease|disorder|condition|illness|patholog"),
    ("쪽|페이지", r"page"),
    ("저장소", r"repositor|repo"),
    ("프로그래밍 언어", r"language"),
    ("대학", r"universit|college|institution"),
    ("커밋", r"commit"),
    ("풀\\s?리퀘스트|PR(?![가-힣]*모델)", r"pull request|PRs?\b"),
    ("평가자|채점자|주석자", r"rater|annotator|evaluator|judge|reviewer|expert|human|people|participant|worker"),
    (
        "참가자|참여자|피험자",
        r"participant|subject|user|volunteer|student|people|player|person|individual|respondent|human|agent",
    ),
    ("사용자", r"user|participant|customer|people|person|account|individual|client|subject"),
    ("대화", r"dialog|conversation|chat|session|interaction|exchange|thread"),
    ("궤적", r"trajector|rollout|episode|demonstration|trace|path|run"),
    ("함수", r"function|method|routine"),
    ("질문|질의", r"question|quer|prompt|item|problem|task|request|instance|pair|sample|example"),
    ("데이터셋", r"data ?set|corpus|corpora|benchmark|collection|suite|domain|task"),
    ("스크립트|대본", r"script|transcript"),
)
_TABLE = tuple((re.compile(korean), re.compile(rf"\b(?:{english})", re.IGNORECASE)) for korean, english in _NOUNS)


def check(case: Case) -> Iterator[Finding]:
    if case.place is None or case.opinion:
        return
    near = case.source.within(case.source.around(case.place))
    yield from _of_another(case, near)
    for said in case.quantities:
        if said.weak or said.unit.dimension not in COUNTABLE or said.faces == (1.0,):
            continue
        fits = [g for g in near if agree(said, g) is Match.YES and not g.weak]
        if len(fits) == 1 and (noun := _noun(case.text, said)):
            korean, english = noun
            around = case.source.text[max(0, fits[0].start - 60) : fits[0].end + 60]
            if not english.search(around) and (other := _other(case.source.text[fits[0].end :])):
                yield Finding("unit", f"{said.text} {korean}", f"원문에서 센 것은 {other}입니다")
                return


def _of_another(case: Case, near: tuple[Quantity, ...]) -> Iterator[Finding]:
    """The quote counts this very thing by another figure: `50 languages, 5 model sizes` told as 5개 언어."""
    for said in case.quantities:
        if said.weak or said.word or said.faces == (1.0,) or said.unit.dimension not in COUNTABLE:
            continue
        if not (noun := _noun(case.text, said)):
            continue
        theirs = [g for g in near if not g.weak and _counts(case.source.text[g.end - len(g.text) :], noun[1])]
        others = [
            g for g in near
            if not g.weak and g not in theirs and g.faces == said.faces and not _broken_down(case.source.text, g.end)
            and not noun[1].search(re.split(r"[,.;()]|\band\b", case.source.text[g.end : g.end + 48])[0])
        ]  # fmt: skip
        if theirs and others and not any(agree(said, g) is Match.YES or g.faces == said.faces for g in theirs):
            detail = f"원문에서 {noun[0]}의 수는 {theirs[0].text}입니다"
            yield Finding("misattributed", f"{said.text} {noun[0]}", detail)
            return


def _broken_down(text: str, end: int) -> bool:
    """Inside brackets: `1,043 images (50 real, 993 synthetic)` says what the images are."""
    return bool(re.match(r"[^()]*\)", text[end : end + 80]))


def _counts(text: str, noun: re.Pattern[str]) -> bool:
    """The noun, or one word and the noun, stands right behind the figure."""
    found = re.match(r"[\d.,]+[kKMB]?[\s-](?=(?:([A-Za-z-]+\s))?)", text)
    return bool(found and (noun.match(text[found.end() :]) or noun.match(text[found.end() + len(found[1] or "") :])))


def _noun(text: str, said: Quantity) -> tuple[str, re.Pattern[str]] | None:
    """The known noun right behind a count (`5개 언어`, `22명의 환자`) or right before it (`환자 22명이`)."""
    after = re.match(r"\s?(?:의\s)?([가-힣]{2,5})(?!\s(?:총\s|약\s)?\d)", text[said.end :])  # 359명의 대화 656건
    before = re.search(r"([가-힣]{2,5})\s(?:약\s|모두\s|총\s|단\s)?$", text[: said.start])
    closed = re.match(r"(?:[은는이가을를의로에]|[,.]|$)", text[said.end :])
    own = re.search(r"\d\s?개?\s?([가-힣]{2,5})$", said.text)
    for found, ok in ((own, True), (after, True), (before, bool(closed))):
        if found and ok:
            for korean, english in _TABLE:
                if korean.match(found[1]):
                    return found[1], english
    return None


def _other(rest: str) -> str:
    """A noun of the table directly after the figure in the source; `rest` is what follows it."""
    after = re.match(r"[\s\w-]{0,40}", rest)
    for _, english in _TABLE:
        if after and (m := english.search(after[0])):
            return m[0]
    return ""
