"""Replies from a table instead of a provider: the demonstration's model, and the tests'."""

import json
from collections.abc import Mapping

from core.errors import LlmUnavailable
from core.llm import Completion, Request, Usage


class Recorded:
    """Answers a request by its name; a repair turn gets the same reply. Costs nothing."""

    def __init__(self, replies: Mapping[str, object], model: str = "recorded") -> None:
        self._replies = replies
        self._model = model

    @property
    def model(self) -> str:
        return self._model

    async def complete(self, request: Request) -> Completion:
        name = request.name.removesuffix("/repair")
        if name not in self._replies:
            raise LlmUnavailable(f"기록된 답이 없습니다: {name}")
        return Completion(json.dumps(self._replies[name], ensure_ascii=False), self._model, Usage(calls=1))
