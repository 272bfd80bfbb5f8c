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

from core.checking import check, glossary_lines, manners, polish, put_terms
from core.errors import LlmError
from core.llm import Llm
from core.model import Claim, Draft, Finding, Profile, Reading, Sentence
from core.text import one_line, shorten
from core.week import Line, Mention, Strand, Week, days_of
from core.weekly.gathering import Material, Source, topic_names
from core.weekly.plain import MOST, by_topic, in_order
from core.writing.weeks import Bound, BoundStrand, bind

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


Given = dict[str, Source]
"""What the model was given, by item."""


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
    """The review of the week of `on`. Never fails for a model's sake."""
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
    entries = [(id, _entry(source)) for id, source in given.items()]
    lines = glossary_lines("\n".join(text for _, text in entries), profile.glossary)
    try:
        bound = await bind(
            llm, entries, MOST, profile, glossary=lines, complaint=lambda some: _complaint(given, some, profile)
        )
    except LlmError as error:
        log.warning("week.plain reason=%s", error)
        return _Made(*by_topic(sources), note=f"{_FAILED}: {error}")
    made = await asyncio.to_thread(_checked, given, _polished(given, bound, profile))
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


def _complaint(given: Given, bound: Bound, profile: Profile) -> str | None:
    """What the one rewrite is told: what is not true first, how it is said after it."""
    bound = _polished(given, bound, profile)
    wrong = [finding for _, findings in _verdicts(given, bound) for finding in findings]
    style = [finding for strand in bound.strands for finding in _style(given, strand, profile)]
    parts = [
        f"{head}\n" + "\n".join(f"- '{f.span}': {f.detail}" for f in findings[:12])
        for head, findings in (("자료와 맞지 않는 곳이 있습니다.", wrong), ("말투를 고칩니다.", style))
        if findings
    ]
    return "\n".join(parts) or None


def _style(given: Given, strand: BoundStrand, profile: Profile) -> tuple[Finding, ...]:
    draft = Draft(strand.headline, (), tuple(Claim(line.text, line.quote) for line in strand.lines), "", (), ())
    return manners(draft, profile, _reading([given[item] for item in strand.items]).text)


def _checked(given: Given, bound: Bound) -> _Made:
    verdicts = _verdicts(given, bound)
    wrong = {said for said, findings in verdicts if findings}
    strands = []
    for strand in bound.strands:
        kept = tuple(line for line in strand.lines if line not in wrong)
        name = strand.headline if strand.headline not in wrong else _named(given, strand.items)
        if kept and name:
            strands.append(Strand(name, kept, in_order([given[item].mention for item in strand.items])))
    return _Made(
        tuple(strands), (), None if bound.outlook in wrong else bound.outlook, extracted=False, checked=len(verdicts),
        removed=len(wrong),
    )  # fmt: skip


def _verdicts(given: Given, bound: Bound) -> list[tuple[str | Line, tuple[Finding, ...]]]:
    """Everything that was written, with what is wrong with it."""
    told: list[tuple[str | Line, tuple[Finding, ...]]] = []
    for strand in bound.strands:
        together = _reading([given[item] for item in strand.items])
        told.append((strand.headline, check(together, [Sentence("headline", strand.headline)])[0]))
        told += [(line, _line_findings(given, line)) for line in strand.lines]
    if line := bound.outlook:
        unsaid = Finding("claim", line.text, "근거가 앞으로의 일을 말하지 않습니다")
        told.append((line, _line_findings(given, line) if _AHEAD.search(line.quote) else (unsaid,)))
    return told


def _line_findings(given: Given, line: Line) -> tuple[Finding, ...]:
    if not line.quote:
        return (Finding("quote", line.text, "근거 문장이 없습니다"),)
    return check(_reading([given[line.item]]), [Sentence("summary", line.text, line.quote)])[0]


def _reading(sources: Sequence[Source]) -> Reading:
    """Several sources as one text, for a headline that speaks of all of them."""
    first, *rest = sources
    text = "\n".join((first.text, *(f"{source.item.title}\n{source.text}" for source in rest)))
    return Reading(first.item, text, "abstract", ())


def _polished(given: Given, bound: Bound, profile: Profile) -> Bound:
    """With what code puts right without asking: ranges, particles, the channel's own words; quotes stay."""

    def put(text: str, *items: str) -> str:
        return put_terms(polish(text), _reading([given[item] for item in items]).text, profile.glossary)

    def line(told: Line) -> Line:
        return replace(told, text=put(told.text, told.item))

    strands = tuple(
        replace(each, headline=put(each.headline, *each.items), lines=tuple(map(line, each.lines)))
        for each in bound.strands
    )
    return Bound(strands, line(bound.outlook) if bound.outlook else None)


def _named(given: Given, items: Sequence[str]) -> str:
    """The topic that most of them name; "" where none has one."""
    (strands, _) = by_topic([given[item] for item in items])
    return strands[0].headline if strands else next((n for i in items for n in topic_names(given[i].item)), "")
