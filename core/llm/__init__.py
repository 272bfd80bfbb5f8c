"""The only way to a language model: what a stage asks, and what it gets.

A stage builds an `Ask` (its turns and the pydantic shape it wants back) and awaits `llm.ask`. Behind that word:
structured.py makes a validated value of a reply, with one repair turn · checkpoint.py never makes a completed
call again and keeps the budget · provider.py calls any provider through litellm · recorded.py replies from a
file, for the demonstration. One item per ask, no tools, no secrets, no history but the ask's own turns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Ask(Generic[Shape]):
    """`name` is unique within a build (e.g. `write:2602.01785`): the checkpoint's key and the recorded reply's.
    `shape` is what the reply must validate as. `accept` may look at a valid value and give a complaint in words:
    it is put to the model once; what still draws a complaint is returned all the same, the caller decides."""

    name: str
    turns: tuple[Turn, ...]
    shape: type[Shape]
    max_tokens: int = 2_000
    temperature: float | None = None
    accept: Callable[[Shape], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What replies took: provider calls, tokens as the server counted them, US dollars or None where the price
    is unknown."""

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
class Spent:
    """What a day's calls took together: `usd` as far as it is known, beside `unpriced` calls whose price is not."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float = 0.0
    unpriced: int = 0

    def reached(self, budget_usd: float, budget_tokens: int) -> str:
        """The sentence for the budget that is used up, else empty. What is not known to be spent counts as nothing."""
        if self.tokens_in + self.tokens_out >= budget_tokens:
            return f"오늘의 토큰 예산({budget_tokens:,})을 다 썼습니다."
        if self.usd >= budget_usd:
            return f"오늘의 비용 예산(${budget_usd:.2f})을 다 썼습니다."
        return ""


@dataclass(frozen=True, slots=True)
class Completion:
    """One reply as it came. `cut` = it ended at the length limit."""

    text: str
    model: str = ""
    usage: Usage = Usage()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One provider call. `schema` is the JSON schema hoped for."""

    name: str
    turns: tuple[Turn, ...]
    schema: dict[str, Any]
    max_tokens: int
    temperature: float | None = None


class Completer(Protocol):
    """Something that answers one request with one text."""

    @property
    def model(self) -> str: ...

    async def complete(self, request: Request) -> Completion:
        """Raises LlmUnavailable, LlmRefused (LlmMisset for a wrong key or model name) or BudgetReached."""
        ...


class Llm(Protocol):
    """A language model. `model` is the name printed in the digest's footer."""

    @property
    def model(self) -> str: ...

    async def ask(self, ask: Ask[Shape]) -> Shape:
        """The validated answer. Raises LlmBadReply after the one repair turn, and what `complete` raises."""
        ...
