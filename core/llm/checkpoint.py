"""A completed call is never made again, and a day's budget is kept.

Sits between the structured answers and the provider, so a repair turn is checkpointed as well. A call is first
looked up among the build's steps; a new one is asked for only while the budget holds; its reply is durable
before anyone uses it. Calls in flight when the process dies may be made again (at most five).
"""

import asyncio
import json
from dataclasses import asdict
from typing import Protocol

from core.errors import BudgetReached
from core.llm import Completer, Completion, Request, Spent, Usage


class Steps(Protocol):
    """Where a build's finished calls are kept (core/store, or memory in the demonstration)."""

    async def get(self, name: str) -> str | None: ...

    async def put(self, name: str, output: str, usage: Usage) -> None:
        """Durable when it returns; adds `usage` to the day's in the same commit."""
        ...

    async def spent(self) -> Spent:
        """Of the day, over all builds and commands."""
        ...


class Checkpointed:
    """A `Completer` that remembers. `budget_usd` and `budget_tokens` are per day; `used` is this build's usage,
    earlier tries included."""

    def __init__(self, completer: Completer, steps: Steps, *, budget_usd: float, budget_tokens: int) -> None:
        self._completer = completer
        self._steps = steps
        self._budget_usd = budget_usd
        self._budget_tokens = budget_tokens
        self.used = Usage()

    @property
    def model(self) -> str:
        return self._completer.model

    async def complete(self, request: Request) -> Completion:
        if stored := await self._steps.get(request.name):
            completion = _loads(stored)
        else:
            await self._check_budget()
            completion = await self._completer.complete(request)
            await self._keep(request.name, completion)
        self.used += completion.usage
        return completion

    async def _keep(self, name: str, completion: Completion) -> None:
        """Finishes also when this task is cancelled meanwhile: the call was paid for."""
        output = json.dumps(asdict(completion), ensure_ascii=False)
        keeping = asyncio.ensure_future(self._steps.put(name, output, completion.usage))
        try:
            await asyncio.shield(keeping)
        except asyncio.CancelledError:
            await keeping
            raise

    async def _check_budget(self) -> None:
        if reached := (await self._steps.spent()).reached(self._budget_usd, self._budget_tokens):
            raise BudgetReached(reached)


def _loads(stored: str) -> Completion:
    values = json.loads(stored)
    return Completion(values["text"], values["model"], Usage(**values["usage"]), values["cut"])
