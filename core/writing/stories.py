"""write(): one chosen item becomes a Draft by the model; act(): the day's three actions.

One call an item, papers and news with prompts of their own, no URL in any field. What is wrong with a draft is
for the checker to say: it comes in as `complaint`, so that a draft is repaired once with the findings listed.
"""

from collections.abc import Callable, Sequence

from pydantic import BaseModel, Field

from core.llm import Ask, Llm
from core.model import Action, Claim, Draft, News, Profile, Reading, Story
from core.text import one_line, readable
from core.writing.prompts import fenced, system


class WrittenClaim(BaseModel):
    text: str = Field(min_length=1, max_length=600)
    quote: str | None = Field(default=None, max_length=2_000)


class Written(BaseModel):
    headline: str = Field(min_length=1, max_length=120)
    keywords: list[str] = Field(min_length=1, max_length=6)
    summary: list[WrittenClaim] = Field(min_length=2, max_length=5)
    one_liner: str = Field(max_length=400)
    ideas: list[str] = Field(default_factory=list, max_length=6)
    risks: list[WrittenClaim] = Field(default_factory=list, max_length=5)

    def draft(self) -> Draft:
        return Draft(
            headline=one_line(self.headline).rstrip("."),
            keywords=tuple(one_line(k) for k in self.keywords if k.strip())[:3],
            summary=tuple(_claim(c) for c in self.summary)[:3],
            one_liner=one_line(self.one_liner),
            ideas=tuple(one_line(i) for i in self.ideas if i.strip())[:3],
            risks=tuple(_claim(c) for c in self.risks)[:2],
        )


class WrittenAction(BaseModel):
    lead: str = Field(min_length=1, max_length=80)
    text: str = Field(min_length=1, max_length=400)
    story: int


class WrittenActions(BaseModel):
    actions: list[WrittenAction] = Field(min_length=1, max_length=6)


async def write(
    llm: Llm,
    reading: Reading,
    profile: Profile,
    *,
    glossary: tuple[str, ...] = (),
    complaint: Callable[[Draft], str | None],
) -> Draft:
    """The model's draft of one item, after at most one repair. Raises LlmError."""
    item = reading.item
    kind = "news" if isinstance(item, News) else "paper"
    basis = {"abstract": "초록", "article": "기사 요약문"}.get(reading.basis, "초록과 본문 발췌")
    comment = f"\n\n저자 주석: {reading.comment}" if reading.comment else ""
    text = f"제목: {item.title}\n\n{reading.text}{comment}"
    turns = (system(kind, profile, glossary=glossary), fenced(f"자료({basis})", text))
    ask = Ask(f"write:{item.id}", turns, Written, accept=lambda written: complaint(written.draft()))
    return (await llm.ask(ask)).draft()


async def act(
    llm: Llm,
    stories: Sequence[Story],
    profile: Profile,
    *,
    complaint: Callable[[Sequence[tuple[int, Action]]], str | None],
) -> tuple[tuple[int, Action], ...]:
    """Up to three actions, each with the number of the story it stands on. Raises LlmError."""
    numbers = {story.n for story in stories}

    def accept(written: WrittenActions) -> str | None:
        unknown = [a.story for a in written.actions if a.story not in numbers]
        return f"없는 꼭지 번호입니다: {unknown}" if unknown else complaint(_actions(written, numbers))

    turns = (system("actions", profile), fenced("오늘의 꼭지", "\n\n".join(map(_brief, stories))))
    written = await llm.ask(Ask("actions", turns, WrittenActions, max_tokens=1_000, accept=accept))
    return _actions(written, numbers)


def _actions(written: WrittenActions, numbers: set[int]) -> tuple[tuple[int, Action], ...]:
    kept = (a for a in written.actions if a.story in numbers)
    return tuple((a.story, Action(one_line(a.lead).rstrip(":"), one_line(a.text))) for a in kept)[:3]


def _brief(story: Story) -> str:
    lines = [f"{story.n}. {story.headline} ({readable(story.item.title)})", *(c.text for c in story.summary)]
    return "\n".join([*lines, *(f"- {idea}" for idea in story.ideas)])


def _claim(written: WrittenClaim) -> Claim:
    quote = written.quote.strip() if written.quote else None
    return Claim(one_line(written.text), quote or None)
