"""A validated value out of a model's text: fences stripped, pydantic at the door, one repair turn.

No error is raised by providers for prose instead of JSON, an empty or a cut reply, or another shape; each is
treated alike: the complaint goes back to the model once. Two turns and never more, so that a day's calls are
bounded; a usable first reply stands where there is no second. A reply is looked at in a thread: checking takes a
while, and meanwhile other replies are to be kept and people answered.
"""

import asyncio
import json
import logging
import re
from dataclasses import replace

from pydantic import ValidationError

from core.errors import LlmBadReply, LlmError
from core.llm import Ask, Completer, Completion, Request, Shape, Turn
from core.text import shorten

log = logging.getLogger(__name__)
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_COMPLAINT, _REPLY = 4_000, 20_000  # characters that go back to the model: what it wrote may be in both
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)
_LONE = re.compile(r"\\ud[89ab]\w\w(?!\\ud[c-f])|(?<!\\ud[89ab]\w\w)\\ud[c-f]\w\w", re.I)  # half a character
_REPAIR = """방금 답은 쓸 수 없습니다.
{complaint}
위의 지적을 모두 고쳐 같은 JSON 형식으로 처음부터 다시 답하세요. JSON 말고는 아무것도 쓰지 마세요."""


class StructuredLlm:
    """An `Llm` over any `Completer`."""

    def __init__(self, completer: Completer) -> None:
        self._completer = completer

    @property
    def model(self) -> str:
        return self._completer.model

    async def ask(self, ask: Ask[Shape]) -> Shape:
        request = Request(ask.name, ask.turns, ask.shape.model_json_schema(), ask.max_tokens, ask.temperature)
        reply = await self._completer.complete(request)
        first, complaint = await asyncio.to_thread(_judge, ask, reply)
        if complaint is None and first is not None:
            return first
        log.info("llm.repair name=%s complaint=%.500r", ask.name, complaint)
        turns = (*ask.turns, Turn("assistant", reply.text[:_REPLY] or "(빈 답)"),
                 Turn("user", _REPAIR.format(complaint=shorten(complaint or "", _COMPLAINT))))  # fmt: skip
        more = ask.max_tokens * 2 if reply.cut else ask.max_tokens
        again = replace(request, name=f"{ask.name}/repair", turns=turns, max_tokens=more)
        try:
            reply = await self._completer.complete(again)
        except LlmError as error:  # the budget is used up, or the model gone: what is usable is used
            if first is None:
                raise
            log.warning("llm.unrepaired name=%s reason=%s", ask.name, error)
            return first
        second, complaint = await asyncio.to_thread(_judge, ask, reply)
        best = second if second is not None else first
        if best is None:
            log.warning("llm.bad_reply name=%s complaint=%.500r", ask.name, complaint)
            raise LlmBadReply("모델이 정해진 형식으로 답하지 못했습니다.")
        return best


def _judge(ask: Ask[Shape], reply: Completion) -> tuple[Shape | None, str | None]:
    """The value if there is one, and what is wrong if anything is."""
    if not reply.text.strip():
        return None, "답이 비어 있습니다."
    try:
        value = ask.shape.model_validate(_json(reply.text))
    except ValidationError as error:
        return None, "형식이 맞지 않습니다: " + "; ".join(
            f"{'.'.join(map(str, e['loc'])) or '전체'}: {e['msg']}" for e in error.errors()[:8]
        )
    except ValueError:
        return None, "답이 길이 제한에서 잘렸습니다." if reply.cut else "JSON으로 읽을 수 없습니다."
    return value, ask.accept(value) if ask.accept else None


def _json(text: str) -> object:
    """The JSON value in a reply that may wrap it in fences, thoughts or a sentence. Raises ValueError."""
    text = _LONE.sub("", _THINKING.sub("", text))
    candidates = [text.strip(), *(m.strip() for m in _FENCE.findall(text))]
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        candidates.append(text[start : end + 1])
    for candidate in candidates:
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):  # brackets in brackets, thousands deep
            continue
    raise ValueError("no JSON")
