"""Any provider through litellm, with our own small loop around it.

litellm takes seconds and 160 MiB to import, so it is imported in a thread when first needed. Its retries,
fallbacks, router and cache stay off: retries here are counted (3) and end at a deadline, Retry-After is
honoured, and the next model is tried by a plain loop. Not every server knows `response_format`: what one
refuses is remembered and the next rung is used (json_schema → json_object → plain prompt).
"""

import asyncio
import gc
import importlib
import json
import logging
import os
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from core.errors import LlmError, LlmMisset, LlmRefused, LlmUnavailable
from core.llm import Completion, Request, Usage

log = logging.getLogger(__name__)
_ATTEMPTS = 3
_RUNGS = ("json_schema", "json_object", "plain")
_UNKNOWN_MODEL = ("provider not provided", "does not exist", "model_not_found", "unknown model", "model not found")
_CHARACTERS = 2  # to a token where a server does not count: dearer than most, so that the budget still holds
_LONGEST = 200_000  # characters of a reply that are kept: some servers know no max_tokens
_LONE = re.compile("[\ud800-\udfff]")  # half a character, which no database stores
_QUOTA = ("quota", "billing", "insufficient", "credit", "payment")


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """`models`: the first is used, the others are fallbacks. Prices in USD per million tokens; None = litellm's
    table. `timeout_s` bounds one attempt; all attempts at one model end within twice that."""

    models: tuple[str, ...]
    api_base: str | None = None
    api_key: str | None = None
    price_in: float | None = None
    price_out: float | None = None
    timeout_s: float = 120.0


@dataclass(slots=True)
class LiteLlm:
    """A `Completer` over litellm."""

    settings: ProviderSettings
    _rung: dict[str, int] = field(default_factory=dict)

    @property
    def model(self) -> str:
        return self.settings.models[0]

    async def load(self) -> Any:
        """The litellm module, imported in a thread so that the loop goes on."""
        os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # no price map over the network at import
        os.environ.setdefault("LITELLM_MODE", "PRODUCTION")  # no .env from the working directory
        litellm: Any = await asyncio.to_thread(_imported)
        litellm.suppress_debug_info = True  # it prints to stdout otherwise, where our JSON goes
        litellm.telemetry = False
        return litellm

    async def complete(self, request: Request) -> Completion:
        litellm = await self.load()
        failures: list[LlmError] = []
        for model in self.settings.models:
            try:
                return await self._with_retries(litellm, model, request)
            except LlmError as error:
                log.warning("llm.failed model=%s name=%s reason=%s", model, request.name, error)
                failures.append(error)
        raise failures[0]

    async def _with_retries(self, litellm: Any, model: str, request: Request) -> Completion:
        deadline = time.monotonic() + 2 * self.settings.timeout_s
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._down_the_ladder(litellm, model, request)
            except (litellm.exceptions.openai.OpenAIError, TimeoutError) as error:  # the root of litellm's errors
                known = _translate(litellm, model, error)
                pause = _retry_after(error) or 0.25 * 2**attempt
                if not isinstance(known, LlmUnavailable) or attempt == _ATTEMPTS:
                    raise known from error
                if time.monotonic() + pause > deadline:
                    raise known from error
                await asyncio.sleep(pause)
        raise AssertionError("unreachable")

    async def _down_the_ladder(self, litellm: Any, model: str, request: Request) -> Completion:
        while True:
            rung = self._rung.get(model, 0)
            try:
                return await self._call(litellm, model, request, _RUNGS[rung])
            except litellm.exceptions.BadRequestError as error:
                if rung + 1 == len(_RUNGS) or not _about_format(litellm, error):
                    raise
                # Concurrent calls may have stepped down already: never skip a rung for one refusal.
                self._rung[model] = max(self._rung.get(model, 0), rung + 1)
                log.info("llm.ladder model=%s rung=%s", model, _RUNGS[rung + 1])

    async def _call(self, litellm: Any, model: str, request: Request, rung: str) -> Completion:
        settings = self.settings
        arguments: dict[str, Any] = {
            "model": model,
            "messages": [{"role": t.role, "content": t.content} for t in request.turns],
            "max_tokens": request.max_tokens,
            "timeout": settings.timeout_s,
            "max_retries": 0,
            "num_retries": 0,
            "drop_params": True,  # e.g. models that take no temperature
        }
        if request.temperature is not None:
            arguments["temperature"] = request.temperature
        if settings.api_base:
            arguments["api_base"] = settings.api_base
            arguments["api_key"] = settings.api_key or "no-key"  # local servers want some value
        elif settings.api_key:
            arguments["api_key"] = settings.api_key
        if rung == "json_schema":
            form = {"name": request.name.split(":")[0].replace("/", "_"), "schema": request.schema}
            arguments["response_format"] = {"type": "json_schema", "json_schema": form}
        elif rung == "json_object":
            arguments["response_format"] = {"type": "json_object"}
        if rung != "json_schema":
            shape = json.dumps(request.schema, ensure_ascii=False)
            arguments["messages"][-1]["content"] += f"\n\n다음 JSON Schema에 맞는 JSON 하나로만 답하세요.\n{shape}"
        async with asyncio.timeout(settings.timeout_s + 5):
            response = await litellm.acompletion(**arguments)
        return self._completion(litellm, model, request, response)

    def _completion(self, litellm: Any, model: str, request: Request, response: Any) -> Completion:
        choice = response.choices[0] if response.choices else None
        text = (choice.message.content or "") if choice else ""
        used = response.usage
        tokens_in = used.prompt_tokens or sum(len(turn.content) for turn in request.turns) // _CHARACTERS
        tokens_out = used.completion_tokens or len(text) // _CHARACTERS
        usage = Usage(1, tokens_in, tokens_out, self._price(litellm, model, tokens_in, tokens_out))
        cut = len(text) > _LONGEST or bool(choice and choice.finish_reason == "length")
        return Completion(_LONE.sub("", text[:_LONGEST]), model, usage, cut=cut)

    def _price(self, litellm: Any, model: str, tokens_in: int, tokens_out: int) -> float | None:
        price_in, price_out = self.settings.price_in, self.settings.price_out
        if price_in is not None and price_out is not None:
            return (tokens_in * price_in + tokens_out * price_out) / 1_000_000
        if self.settings.api_base and not self.settings.api_base.startswith("https://"):
            return None  # a local server under a known model's name does not cost that model's price
        try:
            cost_in, cost_out = litellm.cost_per_token(
                model=model, prompt_tokens=tokens_in, completion_tokens=tokens_out
            )
        except Exception:  # litellm raises a bare Exception for a model without a price
            return None
        return float(cost_in + cost_out)


def _imported() -> Any:
    """litellm leaves a million objects behind, and each look of the garbage collector through all of them stops every
    thread, up to a second: none while it is imported, and afterwards they are not looked through again."""
    if "litellm" in sys.modules:
        return importlib.import_module("litellm")  # waits where another thread has begun
    gc.disable()
    try:
        return importlib.import_module("litellm")
    finally:
        gc.freeze()
        gc.enable()


def _about_format(litellm: Any, error: Exception) -> bool:
    """Whether a 400 may mean "I do not know this response_format" rather than a bad model or content."""
    e = litellm.exceptions
    if isinstance(error, e.ContextWindowExceededError | e.ContentPolicyViolationError | e.PaymentRequiredError):
        return False
    return not any(words in str(error).lower() for words in (*_UNKNOWN_MODEL, "content_filter"))


def _translate(litellm: Any, model: str, error: Exception) -> LlmError:
    """The house's error for a litellm one (docs.litellm.ai, "Exception Mapping")."""
    e = litellm.exceptions
    text = str(error).lower()
    match error:
        case e.AuthenticationError():
            return LlmMisset("LLM_API_KEY", f"{model} 제공자가 키를 거절했습니다. 키를 확인하세요.")
        case e.NotFoundError():
            return LlmMisset("LLM_MODEL", f"제공자가 '{model}' 모델을 모릅니다. 이름을 확인하세요.")
        case e.BadRequestError() if any(words in text for words in _UNKNOWN_MODEL):
            return LlmMisset(
                "LLM_MODEL", f"'{model}' 모델을 알 수 없습니다. '제공자/모델' 형태로 쓰세요 (예: openai/gpt-5-mini)."
            )
        case e.RateLimitError() if any(word in text for word in _QUOTA):
            return LlmRefused(f"{model}: 제공자 쪽 한도나 결제 문제로 거절되었습니다.")
        case e.ContextWindowExceededError():
            return LlmRefused(f"{model}: 입력이 모델의 문맥 길이를 넘습니다.")
        case e.ContentPolicyViolationError():
            return LlmRefused(f"{model}: 제공자의 콘텐츠 정책으로 거절되었습니다.")
        case e.PermissionDeniedError():
            return LlmRefused(f"{model}: 접근 권한이 없습니다(403).")
        case e.RateLimitError():
            return LlmUnavailable(f"{model}: 요청이 너무 많다는 답이 이어졌습니다(429).")
        case e.Timeout() | TimeoutError():
            return LlmUnavailable(f"{model}: 제한 시간 안에 답이 없습니다.")
        case e.APIConnectionError() | e.ServiceUnavailableError() | e.InternalServerError() | e.BadGatewayError():
            return LlmUnavailable(f"{model}: 모델 서버에 연결할 수 없거나 오류를 냈습니다.")
    if getattr(error, "status_code", 0) == 403:  # a 403 arrives as a generic APIError
        return LlmRefused(f"{model}: 접근 권한이 없습니다(403).")
    if getattr(error, "status_code", 0) == 400:
        return LlmRefused(f"{model}: 모델 서버가 요청을 거절했습니다(400).")
    return LlmUnavailable(f"{model}: 모델 서버가 알 수 없는 오류를 냈습니다.")


def _retry_after(error: Exception) -> float | None:
    """Seconds from Retry-After, at most a minute."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = headers.get("retry-after") if hasattr(headers, "get") else None
    return min(float(value), 60.0) if value and value.replace(".", "", 1).isdigit() else None
