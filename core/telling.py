"""tell(): one chosen item becomes one story: read, write, check, drop what fails. advise(): the day's actions.

The policy is here: findings → one rewrite with the findings listed → what is still wrong is dropped → fewer
than two summary sentences left, or no headline: headline and link alone, and the story says why. A model that
gives nothing usable → the 발췌 writer, and the story says so. Nothing is lost, nothing is invented.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.checking import (
    Verdict,
    check,
    check_draft,
    glossary_lines,
    ground,
    judge,
    manners,
    polish,
    printable,
    prune,
    put_terms,
    repeats,
    sentences_of,
)
from core.errors import BudgetReached, LlmError
from core.fulltext import facts
from core.llm import Llm
from core.model import Action, Draft, Drop, Finding, Ground, Item, Pick, Profile, Reading, Sentence, Story
from core.shortfall import Shortfall
from core.text import readable
from core.writing import act, extract, write

log = logging.getLogger(__name__)
_UNVERIFIED = "자동 검증을 통과하지 못해 요약을 싣지 않습니다."
_EXTRACTED = "모델의 답을 쓸 수 없어 원문 발췌로 싣습니다"
_UNJUDGED = "모델의 두 번째 확인은 하지 못했습니다."
_LENT = "기본 프로필의 글을 빌려 실었습니다."
_ACTIONS = "실무 액션"
_TITLE_ONLY = "출처가 제목만 주어 옮길 문장이 없습니다. 내용은 링크에서 볼 수 있습니다."
_CUT_TEXT = "출처가 글을 잘라 주어 옮길 문장이 없습니다. 내용은 링크에서 볼 수 있습니다."
_FEWEST_SENTENCES = 2
_Text = TypeVar("_Text", Draft, Story)


@dataclass(frozen=True, slots=True)
class Told:
    """A story, how many of its sentences were checked, and what it does without."""

    story: Story
    reading: Reading
    checked: int
    shortfall: Shortfall | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """The day's actions, how many sentences were checked and removed for them, and why there are none."""

    kept: tuple[Action, ...] = ()
    checked: int = 0
    removed: int = 0
    shortfall: Shortfall | None = None


@dataclass(frozen=True, slots=True)
class Teller:
    """What stories are told with. `llm` None: in the sources' own words. `lent`: by item, the default profile's
    stories of the day, for when the budget does not reach for this profile's own."""

    profile: Profile
    read: Callable[[Item], Awaitable[Reading]]
    llm: Llm | None
    judged: bool
    lent: Mapping[str, Story]


async def tell_all(picks: Sequence[Pick], teller: Teller) -> tuple[Told, ...]:
    """All stories at once, in the order of the picks. What ends one (a store that is away) ends all."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(tell(n, pick, teller)) for n, pick in enumerate(picks, 1)]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    told = [task.result() for task in tasks]
    heads = repeats(Sentence("headline", each.story.headline) for each in told)
    return tuple(_untitled(each, found) if found else each for each, found in zip(told, heads, strict=True))


def _untitled(told: Told, found: tuple[Finding, ...]) -> Told:
    """Under its item's own title, where an earlier story has the headline."""
    story, title = told.story, readable(told.story.item.title)
    if story.headline == title:
        return told
    dropped = (*story.dropped, Drop("headline", story.headline, found))
    return replace(told, story=replace(story, headline=title, dropped=dropped))


async def tell(n: int, pick: Pick, teller: Teller) -> Told:
    """The n-th story. Never fails for its item's or the model's sake."""
    reading = await teller.read(pick.item)
    reading = replace(reading, links=(await asyncio.to_thread(printable, reading)).links)
    if teller.llm is None:
        return await _extracted(n, pick, reading)
    try:
        draft = await _write(teller.llm, reading, teller.profile)
    except LlmError as error:
        lent = teller.lent.get(pick.item.id) if isinstance(error, BudgetReached) else None
        if lent:
            story = replace(lent, n=n, why=pick.why, note=f"{error} {_LENT}")
            return Told(story, reading, 0, Shortfall("기본 프로필 글로 대체", str(error), n))
        log.warning("tell.extracted item=%s reason=%s", pick.item.id, error)
        return await _extracted(n, pick, reading, error)
    verdict = await asyncio.to_thread(check_draft, reading, draft)
    kept, dropped = prune(draft, verdict)
    unjudged = ""
    if teller.judged:
        kept, more, unjudged = await _judge(teller.llm, reading, kept)
        dropped += more
    checked = len(verdict.sentences)
    if not kept.headline or len(kept.summary) < _FEWEST_SENTENCES:
        bare = await asyncio.to_thread(_bare, reading, kept.headline)
        story = await _story(n, pick, reading, bare, dropped, _UNVERIFIED)
        return Told(story, reading, checked, Shortfall("요약", story=n))
    story = await _story(n, pick, reading, kept, dropped, _UNJUDGED if unjudged else "")
    return Told(story, reading, checked, Shortfall("두 번째 확인 생략", unjudged, n) if unjudged else None)


async def advise(told: Sequence[Told], profile: Profile, *, llm: Llm | None) -> Advice:
    """Up to three actions, each checked against the story it stands on and unlike those before it; none without a
    model or written stories."""
    written = {t.story.n: t for t in told if not t.story.extracted and t.story.summary}
    if llm is None or not written:
        return Advice(shortfall=None if all(t.story.extracted for t in told) else Shortfall(_ACTIONS))

    def findings(actions: Sequence[tuple[int, Action]]) -> list[tuple[Finding, ...]]:
        again = repeats(Sentence("action", a.text) for _, a in actions)
        told = [check(written[n].reading, [Sentence("action", f"{a.lead}: {a.text}")])[0] for n, a in actions]
        return [wrong + twice for wrong, twice in zip(told, again, strict=True)]

    def complaint(actions: Sequence[tuple[int, Action]]) -> str | None:
        return _complaint([f for found in findings(actions) for f in found])

    try:
        actions = await act(llm, [t.story for t in written.values()], profile, complaint=complaint)
    except LlmError as error:
        log.warning("actions.skipped reason=%s", error)
        return Advice(shortfall=Shortfall(f"{_ACTIONS} 없음", str(error)))
    actions = tuple((n, Action(polish(a.lead), polish(a.text), n)) for n, a in actions)
    verdicts = findings(actions)
    for (n, _), found in zip(actions, verdicts, strict=True):
        if found:
            log.warning("actions.dropped item=%s kinds=%s", written[n].story.item.id, _kinds(found))
    kept = tuple(a for (_, a), found in zip(actions, verdicts, strict=True) if not found)
    return Advice(kept, len(actions), len(actions) - len(kept), None if kept else Shortfall(_ACTIONS))


async def _write(llm: Llm, reading: Reading, profile: Profile) -> Draft:
    source = f"{reading.item.title}\n{reading.text}"

    def complaint(draft: Draft) -> str | None:
        draft = _polished(draft, source, profile)
        wrong = [f for drop in check_draft(reading, draft).wrong for f in drop.findings]
        return _complaint(wrong, manners(draft, profile, source))

    lines = glossary_lines(source, profile.glossary)
    return _polished(await write(llm, reading, profile, glossary=lines, complaint=complaint), source, profile)


def _complaint(wrong: Sequence[Finding], style: Sequence[Finding] = ()) -> str | None:
    """What the one rewrite is told: what is not true first, how it is said after it."""
    parts = [
        f"{head}\n" + "\n".join(f"- '{f.span}': {f.detail}" for f in findings[:12])
        for head, findings in (("원문과 맞지 않는 곳이 있습니다.", wrong), ("말투를 고칩니다.", style))
        if findings
    ]
    return "\n".join(parts) or None


def _polished(draft: Draft, source: str, profile: Profile) -> Draft:
    """What code puts right without asking: ranges, particles, invisible characters, the channel's own words; quotes
    stay as they are."""

    def put(text: str) -> str:
        return put_terms(polish(text), source, profile.glossary)

    return reworded(draft, put)


def reworded(told: _Text, put: Callable[[str], str]) -> _Text:
    """With all that is written in it put through `put`; quotes are the source's and stay."""
    return replace(
        told,
        headline=put(told.headline),
        keywords=tuple(map(put, told.keywords)),
        summary=tuple(replace(claim, text=put(claim.text)) for claim in told.summary),
        one_liner=put(told.one_liner),
        ideas=tuple(map(put, told.ideas)),
        risks=tuple(replace(claim, text=put(claim.text)) for claim in told.risks),
    )


async def _judge(llm: Llm, reading: Reading, draft: Draft) -> tuple[Draft, tuple[Drop, ...], str]:
    """A second pass by the model over what would be posted; its failure never blocks the day: it comes in words."""
    sentences = (await asyncio.to_thread(check_draft, reading, draft)).sentences
    try:
        findings = await judge(llm, reading, sentences)
    except LlmError as error:
        log.warning("judge.skipped item=%s reason=%s", reading.item.id, error)
        return draft, (), str(error)
    return (*prune(draft, Verdict(sentences, findings)), "")


async def _extracted(n: int, pick: Pick, reading: Reading, failure: LlmError | None = None) -> Told:
    draft = extract(await asyncio.to_thread(printable, reading))
    kept, dropped = prune(draft, await asyncio.to_thread(check_draft, reading, draft))
    checked, draft = len(draft.summary), replace(draft, summary=kept.summary)
    why = f"{_EXTRACTED}: {failure}" if failure else ""
    nothing = _CUT_TEXT if pick.item.text else _TITLE_ONLY
    note = " ".join(filter(None, (why, "" if draft.summary else nothing)))
    dropped = tuple(drop for drop in dropped if drop.section == "summary")  # a title is the source's own
    shortfall = Shortfall("원문 발췌", str(failure), n) if failure else None
    return Told(await _story(n, pick, reading, draft, dropped, note), reading, checked, shortfall)


def _bare(reading: Reading, headline: str) -> Draft:
    """A headline without a text: the keywords are the source's own, for of the writer's none has a text any more."""
    own = extract(reading)
    keywords = (w for w in own.keywords if not check(reading, [Sentence("keyword", w)])[0])
    return replace(own, headline=headline or own.headline, keywords=tuple(keywords), summary=(), extracted=False)


async def _story(n: int, pick: Pick, reading: Reading, draft: Draft, dropped: tuple[Drop, ...], note: str) -> Story:
    for drop in dropped:
        log.warning("tell.dropped item=%s section=%s kinds=%s", pick.item.id, drop.section, _kinds(drop.findings))
    return Story(
        n=n, item=pick.item, headline=draft.headline, keywords=draft.keywords, summary=draft.summary,
        one_liner=draft.one_liner, ideas=draft.ideas, risks=draft.risks, links=reading.links, basis=reading.basis,
        facts=facts(printable(reading)), why=pick.why, merged=pick.merged, dropped=dropped, extracted=draft.extracted,
        note=note, grounds=await asyncio.to_thread(_grounds, reading, draft),
    )  # fmt: skip


def _kinds(findings: Sequence[Finding]) -> str:
    return ",".join(dict.fromkeys(found.kind for found in findings))


def _grounds(reading: Reading, draft: Draft) -> tuple[Ground, ...]:
    told = (sentence for sentence in sentences_of(draft) if sentence.section != "keyword")
    return tuple(found for sentence in told if (found := ground(reading, sentence)))
