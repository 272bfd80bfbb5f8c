"""The judge: a second pass by a model over only what would be posted.

It sees what no rule can: a dropped qualifier, another model's figure, a claim that the text never makes. Its word
counts only as far as code can follow it: an unknown number is ignored, and "supported" with a quote that is not in
the text is not believed. Its failure is the caller's to catch; it never blocks a day.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, Field

from core.checking.source import index
from core.llm import Ask, Llm, Turn
from core.model import Finding, Reading, Sentence

log = logging.getLogger(__name__)
_FACTUAL = ("summary", "risk")
_KINDS = {"partly": "원문보다 더 말하거나 조건이 빠졌습니다", "no": "원문이 뒷받침하지 않습니다"}


class Judged(BaseModel):
    index: int
    verdict: Literal["supported", "partly", "no"]
    quote: str | None = None
    why: str = ""


class Verdicts(BaseModel):
    verdicts: list[Judged] = Field(max_length=60)


@cache
def _prompt() -> str:
    return resources.files(__package__).joinpath("prompts", "judge.txt").read_text(encoding="utf-8")


async def judge(llm: Llm, reading: Reading, sentences: Sequence[Sentence]) -> tuple[tuple[Finding, ...], ...]:
    """For each sentence what the judge holds against it, in order. One call. Raises LlmError."""
    if not sentences:
        return ()
    text = f"제목: {reading.item.title}\n\n{reading.text}\n\n{reading.comment}".strip()
    mark = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    numbered = "\n".join(f"{n}. {sentence.text}" for n, sentence in enumerate(sentences, 1))
    turns = (
        Turn("system", _prompt()),
        Turn("user", f"<<<자료 {mark}\n{text}\n자료 {mark}>>>\n\n문장\n{numbered}"),
    )
    ask = Ask(f"judge:{reading.item.id}", turns, Verdicts, max_tokens=3_000, temperature=0)
    reply = await llm.ask(ask)
    found: dict[int, Finding] = {}
    for judged in reply.verdicts:
        if not 1 <= judged.index <= len(sentences):
            log.warning("judge.unknown_index item=%s index=%s", reading.item.id, judged.index)
        elif finding := _finding(judged, reading, sentences[judged.index - 1]):
            found[judged.index] = finding
    return tuple((found[n],) if n in found else () for n in range(1, len(sentences) + 1))


def _finding(judged: Judged, reading: Reading, sentence: Sentence) -> Finding | None:
    if judged.verdict != "supported":
        why = f": {judged.why[:120]}" if judged.why else ""
        return Finding("unsupported", sentence.text[:80], f"두 번째 확인에서 {_KINDS[judged.verdict]}{why}")
    if sentence.section in _FACTUAL and judged.quote and index(reading).find(judged.quote) is None:
        return Finding("unsupported", sentence.text[:80], "두 번째 확인이 든 근거가 원문에 없습니다")
    return None
