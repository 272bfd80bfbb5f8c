"""review(): a week's material becomes its review; the policy of what is printed.

The model groups and writes once, with one repair. Then: a sentence that its source does not hold up is dropped; a
strand whose headline does not hold is named by its topic; an outlook is kept only where the quoted words themselves
speak of what is to come. Without a model, and where it gives nothing usable: strands by topic, and the review says so.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.checking import check, polish
from core.errors import LlmError
from core.llm import Llm
from core.model import Finding, Profile, Reading, Sentence
from core.text import one_line, shorten
from core.week import Line, Mention, Strand, Week, days_of
from core.weekly.gathering import Material, Source, topic_names
from core.weekly.plain import MOST, by_topic, in_order
from core.writing.weeks import Bound, bind

log = logging.getLogger(__name__)
_FEW = 4  # mentions: fewer make no strands
_TOPICS = 6
_ENTRIES, _ENTRY = 45, 500  # what the model is given: about 15k tokens at most
_AHEAD = re.compile(
    r"\b(?:will|plans?|planned|planning|upcoming|soon|roadmap|expect(?:s|ed)?|later this|coming|next (?:week|month|"
    r"quarter|year|release|version)|future (?:work|release|version)|in the future|intend|aims? to)\b"
    r"|예정|계획|앞으로|곧 |출시할|공개할|도입할|다음 (?:주|달|분기|버전)|내년|하반기|연내|전망",
    re.IGNORECASE,
)
_QUIET = "이야기한 것이 적어 흐름으로 묶지 않았습니다."
_ONE_DAY = "이 기간에 나온 호는 하루뿐입니다."
_PLAIN = "모델 없이 주제별로 묶었습니다. 문장은 각 호와 출처에서 옮긴 원문 발췌입니다."
_FAILED = "모델의 답을 쓸 수 없어 주제별로 묶고, 문장은 각 호와 출처에서 옮겼습니다(원문 발췌)"


@dataclass(frozen=True, slots=True)
class _Made:
    strands: tuple[Strand, ...]
    others: tuple[Mention, ...]
    outlook: Line | None = None
    extracted: bool = True
    note: str = ""
    checked: int = 0
    removed: int = 0


async def review(on: date, material: Material, profile: Profile, llm: Llm | None, now: datetime) -> Week:
    """The review of the week of `on`. Never fails for a model's sake; SettingsError (a model nobody knows) passes
    through."""
    made = await _made(material, profile, llm)
    first, last = days_of(on)
    days = {name.partition("@")[0] for name in material.made_of}
    return Week(
        first, last, profile.key, now, material.made_of, material.stories, material.papers, material.news,
        made.strands, made.others, material.favourites, material.topics[:_TOPICS], made.outlook, made.extracted,
        tuple(filter(None, (_ONE_DAY if len(days) == 1 else "", made.note))),
        model=llm.model if llm and not made.extracted else "",
        checked=made.checked, removed=made.removed, sample=material.sample,
    )  # fmt: skip


async def _made(material: Material, profile: Profile, llm: Llm | None) -> _Made:
    sources = material.sources
    if len(sources) < _FEW:
        return _Made((), in_order([source.mention for source in sources]), note=_QUIET)
    if llm is None:
        return _Made(*by_topic(sources), note=_PLAIN)
    given = {source.mention.item: source for source in _given(sources)}
    try:
        bound = await bind(
            llm, [(id, _entry(source)) for id, source in given.items()], MOST, profile,
            complaint=lambda some: _complaint(given, some),
        )  # fmt: skip
    except LlmError as error:
        log.warning("week.plain reason=%s", error)
        return _Made(*by_topic(sources), note=f"{_FAILED}: {error}")
    made = await asyncio.to_thread(_checked, given, bound)
    if not made.strands:
        return _Made(*by_topic(sources), note=f"{_FAILED}.", checked=made.checked, removed=made.removed)
    used = {mention.item for strand in made.strands for mention in strand.mentions}
    return replace(made, others=in_order([s.mention for s in sources if s.mention.item not in used]))


def _given(sources: Sequence[Source]) -> list[Source]:
    """Where there are too many, each day's first ones; in the order in which they are."""
    kept = sorted(range(len(sources)), key=lambda at: (sources[at].mention.n, at))[:_ENTRIES]
    return [sources[at] for at in sorted(kept)]


def _entry(source: Source) -> str:
    mention = source.mention
    where = f"{mention.date} {mention.n}번" if mention.n else f"{mention.date} {mention.noticed}"
    told = " ".join(source.told)
    text = shorten(one_line(source.text), _ENTRY)  # as it is: it will be quoted
    return f"({where}, {mention.origin}) {mention.headline} / {one_line(source.item.title)}\n{told}\n자료: {text}"


def _complaint(given: dict[str, Source], bound: Bound) -> str | None:
    found = [finding for _, findings in _verdicts(given, bound) for finding in findings]
    if not found:
        return None
    return "자료와 맞지 않는 곳이 있습니다.\n" + "\n".join(f"- '{f.span}': {f.detail}" for f in found[:12])


def _checked(given: dict[str, Source], bound: Bound) -> _Made:
    verdicts = _verdicts(given, bound)
    wrong = {said for said, findings in verdicts if findings}
    strands = []
    for head, items, lines in bound.strands:
        kept = tuple(line for line in map(_polished, lines) if line not in wrong)
        head = polish(head)
        name = head if head not in wrong else _named(given, items)
        if kept and name:
            strands.append(Strand(name, kept, in_order([given[item].mention for item in items])))
    outlook = _polished(bound.outlook) if bound.outlook else None
    return _Made(
        tuple(strands), (), outlook if outlook and outlook not in wrong else None, extracted=False,
        checked=len(verdicts), removed=len(wrong),
    )  # fmt: skip


def _verdicts(given: dict[str, Source], bound: Bound) -> list[tuple[str | Line, tuple[Finding, ...]]]:
    """Everything that was written, with what is wrong with it."""
    told: list[tuple[str | Line, tuple[Finding, ...]]] = []
    for head, items, lines in bound.strands:
        together = _reading([given[item] for item in items])
        told.append((polish(head), check(together, [Sentence("headline", polish(head))])[0]))
        told += [(line, _line_findings(given, line)) for line in map(_polished, lines)]
    if bound.outlook:
        line = _polished(bound.outlook)
        ahead = (
            () if _AHEAD.search(line.quote) else (Finding("claim", line.text, "근거가 앞으로의 일을 말하지 않습니다"),)
        )
        told.append((line, ahead or _line_findings(given, line)))
    return told


def _line_findings(given: dict[str, Source], line: Line) -> tuple[Finding, ...]:
    if not line.quote:
        return (Finding("quote", line.text, "근거 문장이 없습니다"),)
    return check(_reading([given[line.item]]), [Sentence("summary", line.text, line.quote)])[0]


def _reading(sources: Sequence[Source]) -> Reading:
    """Several sources as one text, for a headline that speaks of all of them."""
    first, *rest = sources
    text = "\n".join((first.text, *(f"{source.item.title}\n{source.text}" for source in rest)))
    return Reading(first.item, text, "abstract", ())


def _polished(line: Line) -> Line:
    return replace(line, text=polish(line.text))


def _named(given: dict[str, Source], items: Sequence[str]) -> str:
    """The topic that most of them name; "" where none has one."""
    (strands, _) = by_topic([given[item] for item in items])
    return strands[0].headline if strands else next((n for i in items for n in topic_names(given[i].item)), "")
