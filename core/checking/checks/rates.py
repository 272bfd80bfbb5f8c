"""Per what: `2 minutes per dataset` is not 장면당 2분.

The Korean noun before 당 or 마다 must be among the English words of the quoted sentences (of the whole reading where
there is no quote), unless those name no base at all.
"""

import re
from collections.abc import Iterator

from core.checking.texts.source import Case
from core.model import Finding


def _table(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(korean), re.compile(english, re.IGNORECASE)) for korean, english in rows)


_BASES: tuple[tuple[str, str], ...] = (
    ("장면", r"scenes?|scenarios?|environments?"),
    ("데이터셋", r"data ?sets?|benchmarks?|corpora|corpus"),
    ("이미지|사진|영상", r"images?|photos?|pictures?|frames?|videos?|clips?|scans?|slices?|samples?"),
    ("프레임", r"frames?|images?|fps"),
    ("토큰", r"tokens?"),
    ("문장", r"sentences?|utterances?|prompts?|texts?"),
    ("문서", r"documents?|pages?|files?|articles?|papers?|records?"),
    ("페이지|쪽", r"pages?"),
    (
        "질문|질의|쿼리|문제|문항",
        r"questions?|quer(?:y|ies)|problems?|prompts?|items?|tasks?|samples?|instances?|examples?|requests?",
    ),
    ("과제|작업|태스크", r"tasks?|problems?|jobs?|instances?|episodes?|benchmarks?|questions?"),
    ("요청", r"requests?|quer(?:y|ies)|calls?|prompts?"),
    ("사용자", r"users?|participants?|subjects?|persons?|customers?|people|clients?"),
    ("환자", r"patients?|subjects?|cases?|participants?|persons?"),
    ("에피소드", r"episodes?|trials?|rollouts?|runs?"),
    ("에폭", r"epochs?|pass(?:es)?"),
    ("라운드|회", r"rounds?|turns?|times?|iterations?|runs?|trials?|calls?"),
    ("레이어|층", r"layers?|blocks?|levels?"),
    ("모델", r"models?|llms?|agents?|networks?|systems?"),
    ("클래스|범주", r"class(?:es)?|categor(?:y|ies)"),
    ("초", r"seconds?|secs?|s|fps|hz"),
    ("분", r"minutes?|mins?"),
    ("시간", r"hours?|hrs?|h"),
    ("하루|일", r"days?|daily"),
    ("주", r"weeks?|weekly"),
    ("달|월", r"months?|monthly"),
    ("년|해", r"years?|yearly|annual"),
)
_TABLE = _table(*((korean, rf"\b(?:{english})\b") for korean, english in _BASES))
_PER_KO = re.compile(
    r"(?<![가-힣])(?:한\s)?([가-힣]{1,5})(?:당|마다)(?=\s[^.]{0,12}?\d)|(?<![\d.,])(?:1|한)\s?(초|분|시간|일|주|달|년)당"
)
_PER_EN = re.compile(r"\b(?:per|each|every|a single|one)[\s-](?:\w+[\s-]){0,2}?(\w+)|\w/(\w+)", re.IGNORECASE)
# 시속 60km, 하루 12분, 나노초 단위: per what, or on what scale, in words of their own
_OWN = _table(
    (r"펨토초\s?(?:단위|규모|급|수준)", r"femtosec|\bfs\b"),
    (r"피코초\s?(?:단위|규모|급|수준)", r"picosec|\bps\b"),
    (r"나노초\s?(?:단위|규모|급|수준)", r"nanosec|\bns\b"),
    (r"마이크로초\s?(?:단위|규모|급|수준)", r"microsec|[µμ]s\b"),
    (r"밀리초\s?(?:단위|규모|급|수준)", r"millisec|\bms\b"),
    (r"(?<![가-힣\d])초\s?단위(?:의|로)?\s(?:길이|영상|동영상|비디오|음성|녹음|생성)", r"\bsec(?:ond)?s?\b"),
    (r"(?<![가-힣\d])분\s?단위(?:의|로)?\s(?:길이|영상|동영상|비디오|음성|녹음|생성)", r"\bmin(?:ute)?s?\b"),
    (r"(?<![가-힣\d])시간\s?단위(?:의|로)?\s(?:길이|영상|동영상|비디오|음성|녹음|생성)", r"\bhours?\b"),
    (r"시속\s", r"km/?h|kph|mph|per hour|/\s?h(?:our|r)?\b"),
    (r"초속\s", r"m/s|per second|/\s?s(?:ec(?:ond)?)?\b"),
    (r"(?<![가-힣])(?:하루|매일)(?:에|마다)?\s(?=[약\s]*\d)", r"\b(?:a|per|each|every) day|daily|/\s?day"),
    (
        r"(?<![가-힣])(?:한\s주|매주|일주일)(?:에|마다)?\s(?=[약\s]*\d)",
        r"\b(?:a|per|each|every) week|weekly|/\s?week",
    ),
    (
        r"(?<![가-힣])(?:한\s달|매달|매월)(?:에|마다)?\s(?=[약\s]*\d)",
        r"\b(?:a|per|each|every) month|monthly|/\s?month",
    ),
    (
        r"(?<![가-힣])(?:한\s해|매년|해마다)(?:에)?\s(?=[약\s]*\d)",
        r"\b(?:a|per|each|every) year|yearly|annual|/\s?year",
    ),
)
# 매달, 분기마다: how often, without a figure
_OFTEN = _table(
    (r"매시간|시간마다", r"\bhourly|(?:every|each|per) hour|/\s?h"),
    (r"매일(?!\s?경제|\s?유업)|날마다|하루마다|일간\s", r"\bdaily|(?:every|each|per|a) day|nightly"),
    (r"매주|주마다|주간\s", r"\bweekly|(?:every|each|per|a) week"),
    (r"매달(?!리|렸|려|린|릴|림)|매월|달마다|월간\s", r"\bmonthly|(?:every|each|per|a) month"),
    (r"분기마다|매\s?분기|분기별", r"\bquarterly|(?:every|each|per) quarter"),
    (r"매년|해마다|연간\s", r"\b(?:yearly|annual)|(?:every|each|per|a) year"),
)
_TOLD_OFTEN = re.compile("(?<![가-힣])(?:" + "|".join(korean.pattern for korean, _ in _OFTEN) + ")")
_ANY_OFTEN = re.compile(r"\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)\b", re.IGNORECASE)
_ANY_OWN = re.compile("|".join(english.pattern for _, english in _OWN), re.IGNORECASE)
_TOLD = re.compile("|".join(korean.pattern for korean, _ in _OWN) + f"|{_PER_KO.pattern}")
_PER_SECOND = re.compile(r"(?<![A-Za-z])(?:[TQRFS]PS|IOPS|fps)\b")


def check(case: Case) -> Iterator[Finding]:
    if found := _often(case):
        yield found
        return
    if not _TOLD.search(case.text):
        return
    case = case.anchored
    if case.sentence.section in ("idea", "action", "link"):
        return
    spans = case.source.around(case.place) if case.place else case.source.sentences
    words = " ".join(case.source.text[a:b] for a, b in spans)
    words += " per second" if _PER_SECOND.search(words) else ""
    bases = (m[1] or m[2] for m in _PER_EN.finditer(words))
    base = next((each for each in bases if any(english.fullmatch(each) for _, english in _TABLE)), None)
    if found := _period(case.text, words, base) or _each(case.text, words, base):
        yield found


def _often(case: Case) -> Finding | None:
    """`quarterly` told as 매달: the quoted sentences (or the reading) know another rhythm, and not this one."""
    told = _TOLD_OFTEN.search(case.text)
    if not told or case.sentence.section in ("idea", "action", "link"):
        return None
    spans = case.source.around(case.place) if case.place else case.source.sentences
    words = " ".join(case.source.text[a:b] for a, b in spans)
    own = next(english for korean, english in _OFTEN if korean.match(told[0]))
    other = None if own.search(words) else _ANY_OFTEN.search(words)
    return Finding("unit", told[0].strip(), f"원문은 {other[0]}입니다") if other else None


def _each(text: str, words: str, base: str | None) -> Finding | None:
    for said in _PER_KO.finditer(text):
        wanted = next((english for korean, english in _TABLE if korean.fullmatch(said[1] or said[2])), None)
        if wanted and base and not wanted.search(words):
            return Finding("unit", said[0], f"원문은 {base}마다의 값입니다")
    return None


def _period(text: str, words: str, base: str | None) -> Finding | None:
    for korean, english in _OWN:
        told = korean.search(text)
        if told and not english.search(words):
            if other := _ANY_OWN.search(words):
                return Finding("unit", told[0].strip(), f"원문은 {other[0]}의 값입니다")
            if base:
                return Finding("unit", told[0].strip(), f"원문은 {base}마다의 값입니다")
    return None
