"""ask(): a question about one paper, answered from its text with citations, or "본문에 없습니다".

The whole paper goes along when it fits; otherwise the model first writes English keywords, because Korean words
never stand in an English paper, and the passages found by them go along. What the checker cannot find in the cited
passages is removed; an answer of which nothing remains is no answer. What the authors give (giving.py) is answered by
code wherever it is found.
"""

import asyncio
import hashlib
import logging
from collections.abc import Sequence

from pydantic import BaseModel, Field

from core.errors import BudgetReached, LlmError
from core.expanding.answers import CitedAnswer
from core.expanding.citing import Citer, SaidClaim, complaints
from core.expanding.excerpts import NOT_FOUND, keywords_of, quoted
from core.expanding.expansion import WHOLE
from core.expanding.giving import asked_for, given
from core.expanding.offered import record
from core.expanding.prompting import passages, rewrite, system
from core.expanding.prompting import question as question_turn
from core.expanding.summing import asks_for_summary, summed
from core.fulltext import Chunk, Document, Search, chunks
from core.llm import Ask, Llm, Turn
from core.model import Item, Paper

log = logging.getLogger(__name__)
_PASSAGES = 12
_UNVERIFIED = "답을 본문에서 확인하지 못했습니다."


class Keywords(BaseModel):
    keywords: list[str] = Field(min_length=1, max_length=12)


class AskReply(BaseModel):
    """What the model fills in; prompts/ask.txt says how."""

    found: bool
    claims: list[SaidClaim] = Field(default_factory=list)


async def ask(
    document: Document, item: Item, question: str, llm: Llm | None, turns: Sequence[Turn] = (), *,
    glossary: Sequence[str] = (), whole: int = WHOLE,
) -> CitedAnswer:  # fmt: skip
    """A short answer in Korean. `turns` are the thread's earlier questions and answers, oldest first. Without a
    model, and when the model gives nothing usable, the best passages as they stand (`extracted`). Raises
    BudgetReached."""
    if isinstance(item, Paper) and (labels := asked_for(question)):
        there = await asyncio.to_thread(given, document, item, question, labels)
        if there.found or llm is None:
            return there
    if llm is None:
        return _unwritten(document, item, question)
    try:
        return await _answer(document, item, question, llm, turns, glossary, whole)
    except BudgetReached:
        raise
    except LlmError as error:
        log.warning("ask.extracted item=%s reason=%s", item.id, error)
        return _unwritten(document, item, question, f"모델의 답을 쓸 수 없어 원문 발췌로 보입니다: {error}")


def _unwritten(document: Document, item: Item, question: str, note: str = "") -> CitedAnswer:
    return (summed if asks_for_summary(question) else quoted)(document, item, question, note)


async def _answer(
    document: Document, item: Item, question: str, llm: Llm, turns: Sequence[Turn], glossary: Sequence[str], whole: int
) -> CitedAnswer:
    name = _name(item, document, question, turns)
    every = chunks(document)
    known = await asyncio.to_thread(record, document, item, len(every))
    offered = (*await _chosen(every, item, question, llm, turns, name, whole), *known)
    prompt = (system("ask", glossary), passages(item.title, offered), question_turn(question, turns))
    citer = Citer(item, document, offered)

    def complaint(reply: AskReply) -> str | None:
        _, dropped = citer.judge(reply.claims if reply.found else [], "summary")
        return rewrite(complaints(dropped)) if dropped else None

    reply = await llm.ask(Ask(f"ask:{name}", prompt, AskReply, max_tokens=1_200, accept=complaint))
    kept, dropped = await asyncio.to_thread(citer.judge, reply.claims if reply.found else [], "summary")
    missing = _UNVERIFIED if dropped else NOT_FOUND[document.basis]
    return CitedAnswer(
        item.id, document.basis, document.version, question, tuple(kept), bool(kept),
        " ".join(claim.text for claim in kept) or missing, tuple(dropped), document.note, model=llm.model,
        title=item.title,
    )  # fmt: skip


async def _chosen(
    every: Sequence[Chunk], item: Item, question: str, llm: Llm, turns: Sequence[Turn], name: str, whole: int
) -> tuple[Chunk, ...]:
    """The passages of the document that the model may cite, in reading order."""
    if sum(len(chunk.text) for chunk in every) <= whole:
        return tuple(every)
    asked = (system("keywords"), question_turn(f"{question}\n논문 제목: {item.title}", turns))
    reply = await llm.ask(Ask(f"keywords:{name}", asked, Keywords, max_tokens=200))
    best = {chunk.id for chunk in Search(every).best([*reply.keywords, *keywords_of(question)], _PASSAGES)}
    return tuple(chunk for chunk in every if chunk.id in best or chunk.place == "초록")


def _name(item: Item, document: Document, question: str, turns: Sequence[Turn]) -> str:
    said = "\0".join([question, *(turn.content for turn in turns)])
    return f"{item.id}v{document.version}:{hashlib.blake2b(said.encode(), digest_size=6).hexdigest()}"
