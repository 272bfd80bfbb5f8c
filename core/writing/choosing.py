"""choose(): one listwise choice among the ranking's best; ids in, ids out.

The model sees titles and the first part of each text, never scores, and answers with ids it was given; any
other id is a complaint, then dropped by name. Merging titles of one event across languages is left to it too,
since no lexical method can.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, Field

from core.llm import Ask, Llm
from core.model import News, Paper, Pick, Profile
from core.text import one_line, readable, shorten
from core.writing.prompts import fenced, system

log = logging.getLogger(__name__)
_TEXT_LIMIT = 420  # characters of each candidate's text: 60 candidates stay under 12k tokens


class Chosen(BaseModel):
    id: str
    reason: str = ""
    same: list[str] = Field(default_factory=list)


class Choice(BaseModel):
    picks: list[Chosen] = Field(min_length=1)


async def choose(llm: Llm, candidates: Sequence[Pick], n: int, profile: Profile) -> tuple[Pick, ...]:
    """The `n` to post (fewer where there are fewer candidates), best first, each with what the model says is the
    same event merged in. What the model leaves open is filled in the ranking's order. Raises LlmError."""
    n = min(n, len(candidates))
    known = {pick.item.id: pick for pick in candidates}

    def complaint(choice: Choice) -> str | None:
        unknown = [p.id for p in choice.picks if p.id not in known]
        if unknown:
            return f"목록에 없는 id입니다: {', '.join(shorten(i, 40) for i in unknown[:5])}"
        if len({p.id for p in choice.picks}) < n:
            return f"서로 다른 {n}개를 골라야 합니다."
        return None

    turns = (system("choose", profile, n=n), fenced("후보 목록", "\n".join(map(_line, candidates))))
    reply = await llm.ask(Ask("choose", turns, Choice, max_tokens=1_500, temperature=0, accept=complaint))
    chosen: list[Pick] = []
    taken: set[str] = set()
    for picked in reply.picks:
        if picked.id not in known:
            log.warning("choose.unknown_id id=%r", picked.id[:60])
        elif picked.id not in taken and len(chosen) < n:
            same = [i for i in dict.fromkeys(picked.same) if i in known and i != picked.id and i not in taken]
            taken.update([picked.id, *same])
            merged = tuple(item for i in same for item in (known[i].item, *known[i].merged))
            chosen.append(replace(known[picked.id], merged=known[picked.id].merged + merged))
    rest = (pick for pick in candidates if pick.item.id not in taken)
    return (*chosen, *(pick for pick, _ in zip(rest, range(n - len(chosen)), strict=False)))


def _line(pick: Pick) -> str:
    item = pick.item
    match item:
        case Paper():
            kind = f"논문 {item.primary}"
        case News():
            kind = f"뉴스 {item.source}"
    marks = [f"추천 {item.signals.hf_upvotes}"] if item.signals.hf_upvotes else []
    marks += [f"HN {item.signals.hn_points}점"] if item.signals.hn_points else []
    text = shorten(readable(one_line(item.text)), _TEXT_LIMIT)
    return f"[{item.id}] ({', '.join([kind, *marks])}) {shorten(readable(item.title), 160)} — {text}"
