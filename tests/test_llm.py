"""Language models: any kind of server gives a validated answer or a typed error, in a bounded number of calls."""

import asyncio
import json
import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import BaseModel

from bot.bench.model_server import Behaviour, ModelServer, completion, model_server
from core.checking import judge
from core.errors import BudgetReached, LlmBadReply, LlmRefused, LlmUnavailable, SettingsError
from core.llm import Ask, Completion, Request, Spent, Turn, Usage
from core.llm.checkpoint import Checkpointed
from core.llm.provider import LiteLlm, ProviderSettings
from core.llm.recorded import Recorded
from core.llm.structured import StructuredLlm
from core.model import Reading, Sentence
from tests.days import paper

# litellm's own imports warn on every start; they are not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


class Greeting(BaseModel):
    hello: str


ASK = Ask("greet", (Turn("user", "hello"),), Greeting)
GOOD = {"hello": "안녕하세요"}


def provider(server: ModelServer, *more: str, **changes: Any) -> LiteLlm:
    settings = ProviderSettings(("openai/local", *more), server.url, timeout_s=5, price_in=1.0, price_out=2.0)
    return LiteLlm(ProviderSettings(**({f: getattr(settings, f) for f in settings.__slots__} | changes)))


async def greet(behaviour: Behaviour, **changes: Any) -> tuple[Greeting, ModelServer]:
    behaviour.replies.setdefault("hello", GOOD)
    async with model_server(behaviour) as server:
        return await StructuredLlm(provider(server, **changes)).ask(ASK), server


@pytest.mark.parametrize(
    ("behaviour", "calls"),
    [
        pytest.param(Behaviour(), 1, id="knows json_schema"),
        pytest.param(Behaviour(refuses=frozenset({"json_schema"})), 1, id="knows json_object only"),
        pytest.param(Behaviour(refuses=frozenset({"json_schema", "json_object"})), 1, id="knows neither"),
        pytest.param(Behaviour(wrap="```json\n{}\n```"), 1, id="fences its JSON"),
        pytest.param(Behaviour(wrap="<think>{bad}</think>물론입니다! {} 도움이 되었길."), 1, id="talks around it"),
        pytest.param(Behaviour(first=[(200, completion("m", "싫습니다", {"messages": []}))]), 1, id="prose first"),
        pytest.param(Behaviour(first=[(200, completion("m", None, {"messages": []}))]), 1, id="null content first"),
        pytest.param(
            Behaviour(first=[(200, completion("m", '{"hello": "잘', {"messages": []}, "length"))]), 1, id="cut first"
        ),
        pytest.param(Behaviour(first=[(200, completion("m", '{"bye": 1}', {"messages": []}))]), 1, id="wrong shape"),
        pytest.param(Behaviour(first=[(429, "slow down")]), 1, id="429 once"),
        pytest.param(Behaviour(first=[(503, "overloaded"), (500, "oops")]), 1, id="503, then 500"),
    ],
)
async def test_every_solvable_kind_of_server_gives_the_answer(behaviour: Behaviour, calls: int) -> None:
    greeting, server = await greet(behaviour)
    assert greeting.hello == "안녕하세요"
    assert len(server.calls) == calls


async def test_what_a_server_cannot_do_is_remembered() -> None:
    behaviour = Behaviour(refuses=frozenset({"json_schema"}), replies={"hello": GOOD})
    async with model_server(behaviour) as server:
        llm = StructuredLlm(provider(server))
        await llm.ask(ASK)
        await llm.ask(ASK)
    assert [call["response_format"]["type"] for call in server.calls] == ["json_object", "json_object"]


async def test_two_bad_replies_are_a_bad_reply_and_no_third_call() -> None:
    bad = (200, completion("m", "싫습니다", {"messages": []}))
    async with model_server(Behaviour(first=[bad, bad], replies={"hello": GOOD})) as server:
        with pytest.raises(LlmBadReply):
            await StructuredLlm(provider(server)).ask(ASK)
    assert server.calls == []


async def test_readers_are_told_in_korean_and_the_model_gets_a_bounded_complaint() -> None:
    long = json.dumps({"bye": "가" * 90_000}, ensure_ascii=False)
    bad = (200, completion("m", long, {"messages": []}))
    behaviour = Behaviour(first=[bad], replies={"hello": {"hello": ["x" * 90_000]}})
    async with model_server(behaviour) as server:
        with pytest.raises(LlmBadReply) as caught:
            await StructuredLlm(provider(server)).ask(ASK)
    assert str(caught.value) == "모델이 정해진 형식으로 답하지 못했습니다."
    assert sum(len(message["content"]) for message in server.calls[0]["messages"]) < 25_000


async def test_a_complaint_of_any_length_is_cut() -> None:
    ask = Ask("greet", ASK.turns, Greeting, accept=lambda greeting: "지적 " * 90_000)
    async with model_server(Behaviour(replies={"hello": GOOD})) as server:
        await StructuredLlm(provider(server)).ask(ask)
    assert len(server.calls[1]["messages"][-1]["content"]) < 5_000


@pytest.mark.parametrize("text", ["[" * 100_000, "\x00\x01"])
async def test_a_reply_that_breaks_readers_of_json_is_a_bad_reply(text: str) -> None:
    bad = (200, completion("m", text, {"messages": []}))
    async with model_server(Behaviour(first=[bad, bad])) as server:
        with pytest.raises(LlmBadReply):
            await StructuredLlm(provider(server)).ask(ASK)


async def test_half_characters_in_a_reply_are_left_out() -> None:
    reply = (200, completion("m", r'{"hello": "\ud800안\udc00녕 \ud83d\ude00"}', {"messages": []}))
    async with model_server(Behaviour(first=[reply])) as server:
        assert (await StructuredLlm(provider(server)).ask(ASK)).hello == "안녕 😀"


async def test_while_one_reply_is_looked_at_others_are_kept() -> None:
    looking, looked = threading.Event(), threading.Event()

    def accept(greeting: Greeting) -> None:
        looking.set()
        looked.wait(5)

    memory, model = Memory(), Counting()
    llm = StructuredLlm(Checkpointed(model, memory, budget_usd=9, budget_tokens=10_000))
    first = asyncio.create_task(llm.ask(Ask("slow", ASK.turns, Greeting, accept=accept)))
    await asyncio.to_thread(looking.wait, 5)
    await llm.ask(ASK)
    assert not looked.is_set() and set(memory.kept) == {"slow", "greet"}
    looked.set()
    await first


async def test_a_complaint_is_put_to_the_model_once_and_the_better_reply_returned() -> None:
    seen: list[str] = []

    def accept(greeting: Greeting) -> str:
        seen.append(greeting.hello)
        return "더 공손하게"

    ask = Ask("greet", ASK.turns, Greeting, accept=accept)
    async with model_server(Behaviour(replies={"hello": GOOD})) as server:
        greeting = await StructuredLlm(provider(server)).ask(ask)
    assert greeting.hello == "안녕하세요"
    assert len(seen) == len(server.calls) == 2
    assert "더 공손하게" in server.calls[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("status", "message", "error"),
    [
        (401, "Incorrect API key", SettingsError),
        (404, "The model `local` does not exist", SettingsError),
        (403, "forbidden", LlmRefused),
        (429, "You exceeded your current quota, check your billing", LlmRefused),
    ],
)
async def test_a_refusal_is_not_retried(status: int, message: str, error: type[Exception]) -> None:
    behaviour = Behaviour(first=[(status, message)], replies={"hello": GOOD})
    async with model_server(behaviour) as server:
        with pytest.raises(error):
            await StructuredLlm(provider(server)).ask(ASK)
    assert server.calls == []


async def test_a_server_that_stays_down_is_asked_three_times() -> None:
    behaviour = Behaviour(first=[(503, "down")] * 9)
    async with model_server(behaviour) as server:
        with pytest.raises(LlmUnavailable):
            await StructuredLlm(provider(server)).ask(ASK)
    assert len(behaviour.first) == 6


async def test_a_slow_server_ends_at_the_timeout() -> None:
    async with model_server(Behaviour(delay_s=3, replies={"hello": GOOD})) as server:
        with pytest.raises(LlmUnavailable):
            async with asyncio.timeout(10):
                await StructuredLlm(provider(server, timeout_s=0.2)).ask(ASK)


async def test_nobody_listening_is_unavailable_and_a_nonsense_model_a_setting() -> None:
    nobody = ProviderSettings(("openai/local",), "http://127.0.0.1:9/v1", timeout_s=1)
    with pytest.raises(LlmUnavailable):
        await StructuredLlm(LiteLlm(nobody)).ask(ASK)
    with pytest.raises(SettingsError) as caught:
        await StructuredLlm(LiteLlm(ProviderSettings(("nonsense",)))).ask(ASK)
    assert caught.value.name == "LLM_MODEL"


async def test_the_next_model_answers_when_the_first_cannot() -> None:
    async with model_server(Behaviour(model="second", replies={"hello": GOOD})) as server:
        greeting = await StructuredLlm(provider(server, "openai/second")).ask(ASK)
    assert greeting.hello == "안녕하세요"


async def test_usage_is_the_servers_and_the_price_comes_from_the_settings() -> None:
    async with model_server(Behaviour(replies={"hello": GOOD})) as server:
        reply = await provider(server).complete(Request("greet", ASK.turns, Greeting.model_json_schema(), 100))
        unknown = provider(server, price_in=None, price_out=None)
        unpriced = await unknown.complete(Request("greet", ASK.turns, Greeting.model_json_schema(), 100))
    assert reply.usage.calls == 1
    assert reply.usage.usd == pytest.approx((reply.usage.tokens_in + 2 * reply.usage.tokens_out) / 1e6)
    assert unpriced.usage.usd is None


@dataclass
class Memory:
    """Steps in a dictionary, with a day's spending."""

    kept: dict[str, str] = field(default_factory=dict)
    usage: Usage = field(default=Usage())
    unpriced: int = 0

    async def get(self, name: str) -> str | None:
        return self.kept.get(name)

    async def put(self, name: str, output: str, usage: Usage) -> None:
        self.kept[name] = output
        self.usage += usage

    async def spent(self) -> Spent:
        used = self.usage
        return Spent(used.calls, used.tokens_in, used.tokens_out, used.usd or 0.0, self.unpriced)


@dataclass
class Counting:
    """Answers anything with a good greeting, and counts."""

    calls: int = 0
    model: str = "counting"
    answer: str = json.dumps(GOOD)

    async def complete(self, request: Request) -> Completion:
        self.calls += 1
        return Completion(self.answer, "counting", Usage(1, 100, 10, 0.5))


@pytest.mark.parametrize("usage", [None, {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}])
async def test_a_server_that_counts_no_tokens_still_uses_up_the_budget(usage: Any) -> None:
    uncounted = completion("m", json.dumps(GOOD), {"messages": []}) | {"usage": usage}
    if usage is None:
        del uncounted["usage"]
    async with model_server(Behaviour(first=[(200, uncounted)])) as server:
        reply = await provider(server).complete(Request("greet", (Turn("user", "가" * 1_000),), {}, 100))
    assert (reply.usage.tokens_in, reply.usage.tokens_out) == (500, len(json.dumps(GOOD)) // 2)
    assert reply.usage.usd


async def test_a_reply_without_end_is_kept_to_a_bound_and_without_half_characters() -> None:
    endless = completion("m", "\ud800끝없이 " * 100_000, {"messages": []})
    async with model_server(Behaviour(first=[(200, endless)])) as server:
        reply = await provider(server).complete(Request("greet", ASK.turns, {}, 100))
    assert reply.cut and len(reply.text) <= 200_000
    reply.text.encode()


async def test_a_completed_call_is_never_made_again_and_its_cost_still_counted() -> None:
    memory, model = Memory(), Counting()
    first = Checkpointed(model, memory, budget_usd=9, budget_tokens=10_000)
    await StructuredLlm(first).ask(ASK)
    again = Checkpointed(model, memory, budget_usd=9, budget_tokens=10_000)
    assert (await StructuredLlm(again).ask(ASK)).hello == "안녕하세요"
    assert model.calls == 1
    assert again.used == first.used == Usage(1, 100, 10, 0.5)


@pytest.mark.parametrize("unpriced", [0, 1])
@pytest.mark.parametrize(("usd", "tokens"), [(0.5, 10_000), (9.0, 110), (0.0, 10_000)])
async def test_a_day_over_its_budget_asks_nothing(usd: float, tokens: int, unpriced: int) -> None:
    memory, model = Memory(usage=Usage(1 + unpriced, 100, 10, 0.5), unpriced=unpriced), Counting()
    with pytest.raises(BudgetReached):
        await StructuredLlm(Checkpointed(model, memory, budget_usd=usd, budget_tokens=tokens)).ask(ASK)
    assert model.calls == 0


async def test_a_usable_reply_stands_where_the_budget_has_no_second_turn_left() -> None:
    ask = Ask("greet", ASK.turns, Greeting, accept=lambda greeting: "더 공손하게")
    model = Counting()
    limited = Checkpointed(model, Memory(), budget_usd=9, budget_tokens=1)
    assert (await StructuredLlm(limited).ask(ask)).hello == "안녕하세요"
    assert model.calls == 1


async def test_an_unusable_reply_without_a_second_turn_is_the_budgets_failure() -> None:
    model = Counting(answer='{"bye": 1}')
    limited = Checkpointed(model, Memory(), budget_usd=9, budget_tokens=1)
    with pytest.raises(BudgetReached):
        await StructuredLlm(limited).ask(ASK)
    assert model.calls == 1


async def test_recorded_replies_answer_by_name() -> None:
    llm = StructuredLlm(Recorded({"greet": GOOD}))
    assert (await llm.ask(ASK)).hello == "안녕하세요"
    with pytest.raises(LlmUnavailable):
        await llm.ask(Ask("other", ASK.turns, Greeting))


async def test_the_benchs_judge_answers_in_one_call() -> None:
    reading = Reading(paper(1), paper(1).abstract, "abstract", ())
    async with model_server(Behaviour()) as server:
        found = await judge(StructuredLlm(provider(server)), reading, [Sentence("summary", "결과를 보고합니다.")])
    assert found == ((),) and len(server.calls) == 1
