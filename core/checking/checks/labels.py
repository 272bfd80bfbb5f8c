"""What a figure is marked with: a setting (rank 32), a statistic (on average), a glossed term, a subject of its own.

Four looks at one question: does the sentence give a true figure to another mark than the source does? Each speaks
only where the source's mark is plain: the figure stands in one source sentence, and another mark stands there.
"""

import re
from collections.abc import Iterator

from core.checking.checks.proper import proper
from core.checking.texts import plain
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.source import Case
from core.model import Finding

# Settings with a number: the word in Korean, the word in English.
_SETTINGS: tuple[tuple[str, str], ...] = (
    (r"랭크|rank", r"rank"),
    (r"레벨|수준\s?|level", r"level"),
    (r"(?<![가-힣])단계|stage", r"stage|phase"),
    (r"상위|톱|[Tt]op[- ]?", r"top"),
    (r"과제|[Tt]ask|태스크", r"task"),
    (r"트랙|[Tt]rack", r"track"),
    (r"라운드|round", r"round"),
    (r"계층|층|레이어|layer", r"layer|rank|level"),
    (r"버전|판|[Vv]ersion", r"version"),
    (r"그룹|집단|group", r"group"),
    (r"실험|experiment", r"experiment|study"),
)
_STATISTICS: tuple[tuple[str, str], ...] = (
    (r"평균(?!값\s?차|\s?대비|보다)", r"average|mean\b|averaged|macro"),
    (r"중앙값|중위", r"median|p50"),
    (r"(?<![가-힣])최대(?!\s?(?:절반|의|화|우도))|많게는", r"up to|max|at most|as (?:much|many|high) as|peak|best"),
    (r"최소|적게는|적어도", r"at least|min|lowest|no less"),
    (r"최악|가장\s?나쁜", r"worst|lowest"),
    (r"(?<![가-힣])(?:합쳐|합계|모두\s합|통틀어)", r"total|overall|combined|sum|aggregat|all\b|together"),
    (r"(?:기준선|베이스라인)(?:의|은|이)\s", r"baseline|compared (?:with|to)|versus|vs\b|against|than\b"),
    (r"P99|99번째\s?백분위", r"p99|99th|tail"),
)
_NO_COUNT = r"(?![\d.,%]|\s?(?:개|명|건|배|만|천|억))"
_SET = tuple(
    (
        re.compile(rf"(?:{ko})\s?(?P<n>\d+){_NO_COUNT}"),
        re.compile(rf"\b(?:{en})s?[\s=-]{{0,2}}(?P<n>\d+)\b", re.IGNORECASE),
    )
    for ko, en in _SETTINGS
)
_STAT = tuple((re.compile(ko), re.compile(rf"\b(?:{en})", re.IGNORECASE)) for ko, en in _STATISTICS)
_GLOSS = re.compile(
    r"\((?P<term>[a-z][a-z-]+(?:\s[a-z-]+){0,3})\)(?:을|를|은|는|이|가|에서는?|로|으로)\s(?P<rest>[^,.]*(?:[.,]\d[^,.]*)*)"
)
_SUBJECT = re.compile(
    r"^(?P<subject>[^,;:]{3,80}?)\s(?:\w+ly\s|also\s|still\s|further\s)?(?:outperform|achiev|reach|attain|improv"
    r"|reduc|cut|score"
    r"|obtain|yield|deliver|surpass|exceed|increas|rais|lower|gain|beat)\w*\s"
)
_GENERIC = re.compile(
    r"^(?:we|our|it|its|this|these|they|the\b|experiment|result|evaluation|analys|test|on|in|with|using|for|across|when"
    r"|while|under|by|at|extensive|compar|to|as|both|such|here|moreover|further|finally|specific|notabl|show|find)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?:[가-힣\s]{0,12})(?P<name>[A-Za-z][\w.+-]*(?:\s[A-Z\d][\w.+-]*)*)(?:\s?[가-힣]{0,6}\s?[가-힣]{0,6})?(?:은|는|이|가)\s"
)


def check(case: Case) -> Iterator[Finding]:
    if case.sentence.section == "link" or case.absence:
        return
    yield from _setting(case)
    if case.place is not None and not case.opinion:
        yield from _statistic(case)
        yield from _glossed(case)
        yield from _subject(case)


def _telling(q: Quantity) -> bool:
    """A figure that does not stand in a text by chance."""
    return not (q.weak or q.word) and (q.faces[0] != int(q.faces[0]) or q.faces[0] >= 100)


def _setting(case: Case) -> Iterator[Finding]:
    """`9.4배 … 랭크 16` where the sentence of 9.4x speaks of rank 64 alone."""
    for korean, english in _SET:
        told = {m["n"]: m[0] for m in korean.finditer(case.text)}
        if len(told) != 1:
            continue
        ((number, words),) = told.items()
        for said in filter(_telling, case.quantities):
            where = [
                s for s in case.source.sentences if any(agree(said, g) is Match.YES for g in case.source.within((s,)))
            ]
            if len(where) != 1:
                continue
            given = [m["n"] for m in english.finditer(case.source.text[slice(*where[0])])]
            if given and number not in given and not re.search(rf"\b{number}\b", case.source.text[slice(*where[0])]):
                yield Finding("misattributed", words, f"원문에서 {said.text}의 조건은 {given[0]}입니다")
                return


def _statistic(case: Case) -> Iterator[Finding]:
    """`평균 41%` where the quote has 41% of one thing and 30% on average."""
    assert case.place is not None
    quote = case.source.text[slice(*case.place)]
    given = [g for g in case.source.within((case.place,)) if not (g.weak or g.word)]
    for korean, english in _STAT:
        if not korean.search(case.text):
            continue
        marked = [g for g in given if english.search(_segment(quote, g, case.place[0], given))]
        if not marked or len(given) < 2:
            continue
        alike = [q for q in case.quantities if _telling(q) and q.unit.dimension == marked[0].unit.dimension]
        if len(alike) != 1 or any(agree(alike[0], g) is Match.YES for g in marked):
            continue
        told = korean.search(re.split(r"[,.]\s", case.text[: alike[0].start])[-1])
        others = [g for g in given if g not in marked and agree(alike[0], g) is Match.YES]
        if told and others and marked[0].unit.dimension == others[0].unit.dimension:
            yield Finding("misattributed", alike[0].text, f"원문에서 그 값은 {marked[0].text}입니다")
            return


def _segment(quote: str, g: Quantity, offset: int, row: list[Quantity]) -> str:
    """The words about one figure: back to the last comma or figure, on to the next."""
    start, end = g.start - offset, g.end - offset
    floor = max((r.end - offset for r in row if r.end <= g.start), default=0)
    roof = min((r.start - offset for r in row if r.start >= g.end), default=len(quote))
    before = re.split(r"[,;(]|\sand\s|\swhile\s|\sbut\s", quote[floor:start])[-1]
    after = re.split(r"[,;)]|\sand\s|\swhile\s|\sbut\s|\scompared\s|\sthan\s", quote[end:roof])[0]
    return f"{before} {after}"


def _glossed(case: Case) -> Iterator[Finding]:
    """`안개(fog)를 뿌리면 3.2배`: the term is the source's, but the sentence of the figure has another."""
    assert case.place is not None
    near = case.source.within(case.source.around(case.place))
    here = (
        " " + " ".join(plain.tokens(" ".join(case.source.text[a:b] for a, b in case.source.around(case.place)))) + " "
    )
    for m in _GLOSS.finditer(case.text):
        term = " ".join(plain.tokens(m["term"]))
        figures = [q for q in case.quantities if m.start("rest") <= q.start < m.end() and _telling(q)]
        if (
            f" {term} " not in here
            and f" {term} " in case.source.words
            and any(agree(q, g) is Match.YES for q in figures for g in near)
        ):
            yield Finding("misattributed", m["term"], f"인용한 문장에는 {m['term']}이 나오지 않습니다")
            return


def _subject(case: Case) -> Iterator[Finding]:
    """A figure whose quote has a named subject, told of another name of the source."""
    assert case.place is not None
    quote = case.source.text[slice(*case.place)]
    named, subject = _NAMED.match(case.text), _SUBJECT.match(quote)
    if not named or not subject or _GENERIC.match(subject["subject"]) or not proper(subject["subject"]):
        return
    name = " ".join(plain.tokens(named["name"]))
    whole = (
        " " + " ".join(plain.tokens(" ".join(case.source.text[a:b] for a, b in case.source.around(case.place)))) + " "
    )
    inside = any(part in whole for part in (f" {p} " for p in name.split()) if len(part) > 4)
    given = case.source.within((case.place,))
    if f" {name} " in whole or inside or not case.source.has(name):
        return
    if any(agree(q, g) is Match.YES for q in filter(_telling, case.quantities) for g in given):
        yield Finding("misattributed", named["name"], f"인용한 문장의 주어는 {subject['subject'].strip()}입니다")
