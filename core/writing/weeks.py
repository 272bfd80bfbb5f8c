"""bind(): the model groups a week's mentions into strands and says what developed; ids in, ids out.

Every sentence names one mention and quotes its source; whether that is so is for the checker to say, it comes in as
`complaint`. No URL in any field.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

from core.llm import Ask, Llm
from core.model import Profile
from core.text import one_line
from core.week import Line
from core.writing.prompts import fenced, system

_MANY, _LEAST = 10, 3  # of so many mentions so many strands are asked for


class WrittenLine(BaseModel):
    text: str = Field(min_length=1, max_length=400)
    id: str
    quote: str = Field(default="", max_length=2_000)


class WrittenStrand(BaseModel):
    headline: str = Field(min_length=1, max_length=120)
    ids: list[str] = Field(min_length=1, max_length=12)
    lines: list[WrittenLine] = Field(min_length=1, max_length=5)


class WrittenWeek(BaseModel):
    strands: list[WrittenStrand] = Field(min_length=1, max_length=7)
    outlook: WrittenLine | None = None


@dataclass(frozen=True, slots=True)
class BoundStrand:
    headline: str
    items: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """What the model made of a week, unchecked."""

    strands: tuple[BoundStrand, ...]
    outlook: Line | None


async def bind(
    llm: Llm,
    entries: Sequence[tuple[str, str]],
    n: int,
    profile: Profile,
    *,
    glossary: tuple[str, ...],
    complaint: Callable[[Bound], str | None],
) -> Bound:
    """`entries`: (id, what is known of it); `n`: the most strands. What names an unknown id is left out; no mention is
    in two strands, and no strand has one mention only. Raises LlmError."""
    known = {id for id, _ in entries}

    def accept(written: WrittenWeek) -> str | None:
        named = [id for strand in written.strands for id in (*strand.ids, *(line.id for line in strand.lines))]
        if unknown := [id for id in named if id not in known]:
            return f"목록에 없는 id입니다: {', '.join(id[:40] for id in unknown[:5])}"
        bound = _bound(written, known, n)
        if len(entries) >= _MANY and len(bound.strands) < _LEAST:
            return f"이슈 둘 이상으로 된 흐름이 {len(bound.strands)}개뿐입니다. {_LEAST}–{n}개로 묶습니다."
        return complaint(bound)

    text = "\n\n".join(f"[{id}] {what}" for id, what in entries)
    turns = (system("week", profile, n=n, glossary=glossary), fenced("한 주의 이슈", text))
    written = await llm.ask(Ask("week", turns, WrittenWeek, max_tokens=3_000, accept=accept))
    return _bound(written, known, n)


def _bound(written: WrittenWeek, known: set[str], n: int) -> Bound:
    taken: set[str] = set()
    strands = []
    for strand in written.strands[:n]:
        mine = [id for id in dict.fromkeys(strand.ids) if id in known and id not in taken]
        taken.update(mine)
        lines = tuple(_line(each) for each in strand.lines if each.id in mine)
        if len(mine) > 1:  # one story is no development
            strands.append(BoundStrand(one_line(strand.headline).rstrip("."), tuple(mine), lines[:3]))
    outlook = written.outlook if written.outlook and written.outlook.id in known else None
    return Bound(tuple(strands), _line(outlook) if outlook else None)


def _line(written: WrittenLine) -> Line:
    return Line(one_line(written.text), written.quote.strip(), written.id)
