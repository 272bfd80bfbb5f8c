"""The only way to a language model: what a stage asks, and what it gets.

A stage builds an `Ask` (its messages and the pydantic shape it wants back) and awaits `llm.ask`. Which
provider answers, how its JSON is coaxed out, retries, the budget and the checkpoint are behind that word:
provider.py (litellm), checkpoint.py (a completed call is never made again; what it cost), recorded.py (replies
from a file, for the demonstration). One item per ask, no tools, no history but the ask's own turns.
"""

from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Ask(Generic[Shape]):
    """`name` is unique within a build (e.g. `write:2602.01785`): the checkpoint's key and the recorded reply's.
    `shape` is what the reply must validate as; `max_tokens` bounds the reply."""

    name: str
    turns: tuple[Turn, ...]
    shape: type[Shape]
    max_tokens: int = 2_000
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What answering took: provider calls (more than 1 after a repair turn), tokens as the server counted
    them, US dollars or None where the price is unknown."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        usd = None if self.usd is None or other.usd is None else self.usd + other.usd
        return Usage(
            self.calls + other.calls, self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out, usd
        )


@dataclass(frozen=True, slots=True)
class Answer(Generic[Shape]):
    value: Shape
    model: str = ""
    usage: Usage = field(default=Usage())


class Llm(Protocol):
    """A language model. `model` is the name printed in the digest's footer."""

    @property
    def model(self) -> str: ...

    async def ask(self, ask: Ask[Shape]) -> Answer[Shape]:
        """The validated answer. Raises LlmUnavailable, LlmRefused, LlmBadReply or BudgetReached, nothing else."""
        ...
