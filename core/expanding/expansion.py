"""expand(): one paper explained from its full text, every sentence with the place it stands on.

The whole paper goes to the model when it fits, otherwise the passages each section needs. What the checker cannot find
in the cited passages is rewritten once when much was wrong, then removed. Limits the authors state and limits a reader
sees are two sections, and code moves a sentence that cites no stated limit from the first to the second.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, Field

from core.errors import BudgetReached, LlmError
from core.expanding.answers import CitedClaim, Expansion, ExpSection
from core.expanding.citing import Citer, SaidClaim, complaints
from core.expanding.excerpts import excerpt
from core.expanding.offered import TRY_IT, with_links
from core.expanding.prompting import passages, rewrite, system
from core.fulltext import Chunk, Document, Search, about_limits, chunks, states_limit
from core.llm import Ask, Llm
from core.model import Drop, Item, Section

log = logging.getLogger(__name__)
_UNVERIFIED = "자동 검증을 통과한 문장이 없어 원문 발췌로 보입니다."
WHOLE = 60_000  # characters that go to the model as they are: about 15k tokens
STATED, SEEN = "한계 (저자가 밝힌 것)", "한계 (읽은 이의 것)"
_TOPICS: tuple[tuple[str, ...], ...] = (
    ("problem", "challenge", "motivation", "existing approaches fail", "we propose", "contributions"),
    ("method", "architecture", "algorithm", "framework", "objective", "training procedure", "implementation details"),
    ("results", "outperforms", "improvement", "accuracy", "compared to baselines", "ablation", "state of the art"),
    ("limitation", "future work", "failure cases", "does not", "restricted", "cost", "however"),
    ("code available", "github", "dataset released", "GPU", "hyperparameters", "hours", "license"),
)


class ExpandReply(BaseModel):
    """What the model fills in; prompts/expand.txt says how."""

    problem: list[SaidClaim] = Field(default_factory=list)
    method: list[SaidClaim] = Field(default_factory=list)
    results: list[SaidClaim] = Field(default_factory=list)
    limits_stated: list[SaidClaim] = Field(default_factory=list)
    limits_seen: list[SaidClaim] = Field(default_factory=list)
    try_it: list[SaidClaim] = Field(default_factory=list)


async def expand(document: Document, item: Item, llm: Llm | None, *, glossary: Sequence[str] = ()) -> Expansion:
    """The sections 문제, 방법, 결과, 한계 (two), 바로 해 보기, those without a sentence left out. Without a model,
    and when the model gives nothing usable, the paper's own sentences (`extracted`), and `note` says why. Raises
    BudgetReached."""
    said = await _said(document, item, llm, glossary) if llm is not None else excerpt(document, item)
    return replace(said, sections=await asyncio.to_thread(with_links, said.sections, document, item))


async def _said(document: Document, item: Item, llm: Llm, glossary: Sequence[str]) -> Expansion:
    given = select(chunks(document))
    citer = Citer(item, document, given)

    def complaint(reply: ExpandReply) -> str | None:
        kept, dropped = _judged(citer, reply)
        return rewrite(complaints(dropped)) if _much(kept, dropped) else None

    turns = (system("expand", glossary), passages(item.title, given))
    name = f"expand:{item.id}v{document.version}"
    try:
        reply = await llm.ask(Ask(name, turns, ExpandReply, max_tokens=3_500, accept=complaint))
    except BudgetReached:
        raise
    except LlmError as error:
        log.warning("expand.extracted item=%s reason=%s", item.id, error)
        return excerpt(document, item, f"모델의 답을 쓸 수 없어 원문 발췌로 보입니다: {error}")
    kept, dropped = await asyncio.to_thread(_judged, citer, reply)
    if not kept:
        return replace(excerpt(document, item, _UNVERIFIED), dropped=dropped, model=llm.model)
    return Expansion(
        item.id, item.title, document.basis, document.version, kept, dropped, note=document.note, model=llm.model
    )


def select(every: Sequence[Chunk], whole: int = WHOLE) -> tuple[Chunk, ...]:
    """All chunks when they fit, otherwise the best of each topic by turns, in reading order, the abstract always."""
    if sum(len(chunk.text) for chunk in every) <= whole:
        return tuple(every)
    index = Search(every)
    ranked = [index.best(topic, len(every)) for topic in _TOPICS]
    chosen = {chunk.id: chunk for chunk in every if chunk.place == "초록" or chunk.heading.lower() == "abstract"}
    left = whole - sum(len(chunk.text) for chunk in chosen.values())
    for rank in range(max(map(len, ranked), default=0)):
        for chunk in (topic[rank] for topic in ranked if rank < len(topic)):
            if chunk.id not in chosen and len(chunk.text) <= left:
                chosen[chunk.id] = chunk
                left -= len(chunk.text)
    return tuple(chunk for chunk in every if chunk.id in chosen)


def _judged(citer: Citer, reply: ExpandReply) -> tuple[tuple[ExpSection, ...], tuple[Drop, ...]]:
    stated = [claim for claim in reply.limits_stated if _cites_a_limit(citer, claim)]
    moved = [claim for claim in reply.limits_stated if claim not in stated]
    plan: tuple[tuple[str, Section, list[SaidClaim]], ...] = (
        ("문제", "summary", reply.problem),
        ("방법", "summary", reply.method),
        ("결과", "summary", reply.results),
        (STATED, "risk", stated),
        (SEEN, "risk", [*moved, *reply.limits_seen]),
        (TRY_IT, "summary", reply.try_it),
    )
    sections: list[ExpSection] = []
    dropped: list[Drop] = []
    for title, section, said in plan:
        kept, wrong = citer.judge(said, section)
        dropped += wrong
        if kept:
            sections.append(ExpSection(title, tuple(_once(kept))))
    return tuple(sections), tuple(dropped)


def _cites_a_limit(citer: Citer, claim: SaidClaim) -> bool:
    cited = citer.chunks_of(claim.cites)
    return any(about_limits(chunk.heading) or states_limit(chunk.text) for chunk in cited)


def _once(claims: Sequence[CitedClaim]) -> list[CitedClaim]:
    return list({claim.text: claim for claim in claims}.values())


def _much(kept: Sequence[ExpSection], dropped: Sequence[Drop]) -> bool:
    """Whether so much was wrong that one rewrite is worth its cost."""
    return len(dropped) > 0.25 * (len(dropped) + sum(len(section.claims) for section in kept))
