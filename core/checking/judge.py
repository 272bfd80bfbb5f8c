"""The judge: a second model pass over what will be posted, one call per story, each answer proved by a quote.

It sees what no lexical check does: dropped conditions, a condition exchanged, a plausible addition, evidence that
speaks of something else. The model's word alone counts for nothing: a verdict against a sentence needs a reason,
`supported` needs a quote that stands in the source, and evidence is unfit only where it names better; what it cannot
prove leaves the sentence as it was. Its failure (LlmError) is the caller's to catch.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from core.checking.texts.source import Case, Index, index
from core.llm import Ask, Llm, Turn
from core.model import Finding, Reading, Sentence
from core.text import clean, shorten

log = logging.getLogger(__name__)
_SOURCE_LIMIT = 24_000  # characters: about 7k tokens


class Judged(BaseModel):
    """Models write null as readily as an empty value, and `NO` as readily as `no`."""

    model_config = ConfigDict(extra="ignore")
    index: int
    verdict: Annotated[Literal["supported", "partly", "no"], BeforeValidator(lambda said: str(said).strip().lower())]
    quote: str | None = None
    fits: bool | None = True  # the evidence given with the sentence
    why: str | None = ""


def _readable(rows: object) -> object:
    """One verdict that cannot be read costs the others nothing: it is asked for again (see `_complaint`)."""
    return [row for row in rows if _is_judged(row)] if isinstance(rows, list) else rows


def _is_judged(row: object) -> bool:
    try:
        Judged.model_validate(row)
    except ValidationError:
        return False
    return True


class Judgement(BaseModel):
    model_config = ConfigDict(extra="ignore")
    verdicts: Annotated[list[Judged], Field(max_length=60), BeforeValidator(_readable)]


async def judge(llm: Llm, reading: Reading, sentences: Sequence[Sentence]) -> tuple[tuple[Finding, ...], ...]:
    """For each sentence the findings of the judge, in order (kinds `unsupported` and `quote_unrelated`; empty =
    supported or not judged).

    One call at temperature 0; links and empty sentences are not asked about, nothing to ask means no call. Verdicts
    with unknown or repeated indices are left out. Raises LlmError."""
    asked = {n: s for n, s in enumerate(sentences, 1) if s.section not in ("link", "keyword") and s.text.strip()}
    if not asked:
        return tuple(() for _ in sentences)
    reply = await llm.ask(judge_ask(reading, asked))
    found: dict[int, tuple[Finding, ...]] = {}
    for verdict in reply.verdicts:
        if verdict.index not in asked or verdict.index in found:
            log.info("judge_index_rejected", extra={"item": reading.item.id, "index": verdict.index})
            continue
        found[verdict.index] = _findings(index(reading), asked[verdict.index], verdict)
    return tuple(found.get(n, ()) for n in range(1, len(sentences) + 1))


def judge_ask(reading: Reading, asked: dict[int, Sentence]) -> Ask[Judgement]:
    """The question for one story: the instructions, the fenced source, the numbered sentences."""
    fenced = _fence(f"{reading.item.title}\n\n{_relevant(reading, asked)}\n\n{reading.comment}".strip())
    rows = "\n".join(f"{n}. [{s.section}] {_row(s)}" for n, s in asked.items())
    turns = (Turn("system", prompt()), Turn("user", f"<source>\n{fenced}\n</source>\n\n{rows}\n답:"))

    def accept(reply: Judgement) -> str | None:
        return _complaint(index(reading), asked, reply)

    name, most = f"judge:{reading.item.id}", 200 + 130 * len(asked)
    return Ask(name, turns, Judgement, max_tokens=most, temperature=0.0, accept=accept)


def _complaint(source: Index, asked: dict[int, Sentence], reply: Judgement) -> str | None:
    """Sentences left out, and `supported` without a quote where the sentence tells something of the source."""
    said = {verdict.index: verdict for verdict in reply.verdicts}
    missing = [str(n) for n in asked if n not in said]
    bare = [
        str(n) for n, sentence in asked.items()
        if n in said and said[n].verdict == "supported" and not (said[n].quote or "").strip()
        and sentence.section in ("headline", "summary") and not Case(source, sentence).absence
    ]  # fmt: skip
    parts = [f"판정이 빠졌거나 읽을 수 없는 번호: {', '.join(missing)}"] if missing else []
    parts += [f"supported인데 quote가 빈 번호: {', '.join(bare)}"] if bare else []
    return "\n".join(parts) or None


@lru_cache(maxsize=1)
def prompt() -> str:
    return (Path(__file__).parent / "prompts" / "judge.txt").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def judge_version() -> str:
    """Eight hex digits that change when the judge's prompt changes."""
    return hashlib.blake2b(prompt().encode(), digest_size=4).hexdigest()


def _row(sentence: Sentence) -> str:
    """The sentence, and on a line of its own the evidence it was given."""
    text, quote = (" ".join(clean(each or "").split()) for each in (sentence.text, sentence.quote))
    return f'{text}\n   근거: "{quote}"' if quote else text


def _fence(text: str) -> str:
    """The source cannot close its own fence."""
    return clean(text).replace("</source", "< /source").replace("<source", "< source")


def _relevant(reading: Reading, asked: dict[int, Sentence]) -> str:
    """The whole text where it is short; of a full paper its beginning and the surroundings of every quote."""
    if len(reading.text) <= _SOURCE_LIMIT:
        return reading.text
    source = index(reading)
    parts = [reading.text[: _SOURCE_LIMIT // 2]]
    room = _SOURCE_LIMIT // 2
    for sentence in asked.values():
        place = source.find(sentence.quote) if sentence.quote else None
        around = " ".join(source.text[a:b] for a, b in source.around(place, 2)) if place else ""
        if around and len(around) <= room and around not in parts:
            parts.append(around)
            room -= len(around)
    return "\n[…]\n".join(parts)


def _findings(source: Index, sentence: Sentence, verdict: Judged) -> tuple[Finding, ...]:
    quote = (verdict.quote or "").strip()
    proved = bool(quote) and source.find(quote) is not None
    span = shorten(sentence.text, 80)
    if verdict.verdict == "supported":
        if quote and not proved:
            return (Finding("unsupported", span, "두 번째 확인이 든 근거가 원문에 없습니다"),)
        if verdict.fits is False and proved and sentence.quote and not _overlap(source, quote, sentence.quote):
            return (Finding("quote_unrelated", shorten(sentence.quote, 80), f"더 가까운 문장: {shorten(quote, 80)}"),)
        return ()
    if verdict.verdict == "no" or proved:
        return (
            Finding(
                "unsupported",
                span,
                "두 번째 확인: " + shorten((verdict.why or "").strip() or "원문이 뒷받침하지 않습니다", 120),
            ),
        )
    return ()


def _overlap(source: Index, one: str, other: str) -> bool:
    a, b = source.find(one), source.find(other)
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]
