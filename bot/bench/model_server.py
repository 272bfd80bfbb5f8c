"""A local OpenAI-compatible server with a plodding but honest writer behind it: for the bench and the tests.

It reads the JSON schema it is asked for, copies quotes from the fenced source and says in plain Korean what they
name. `Behaviour` makes it the kinds of server that exist: one without json_schema, one that talks around its
JSON, one that answers 429 first. It listens on 127.0.0.1 only.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.bench import model_reader
from bot.bench.model_reader import say
from core.text import sentences

_FENCE = re.compile(r"<<<자료 (\w+)\n(.*?)\n자료 \1>>>", re.DOTALL)


@dataclass(slots=True)
class Behaviour:
    """`refuses`: response_format types answered with 400. `wrap`: how the JSON is embedded, `{}` stands for it.
    `first`: (status, body) answers given before any good one, oldest first. `replies`: by the top-level key of
    the schema (`picks`, `headline`, `actions`, …), a reply object instead of the writer's own."""

    delay_s: float = 0.0
    refuses: frozenset[str] = frozenset()
    wrap: str = "{}"
    first: list[tuple[int, Any]] = field(default_factory=list)
    replies: dict[str, Any] = field(default_factory=dict)
    model: str | None = None  # the only model it knows; None = any
    stumbles: bool = False  # gets a figure wrong in every story, until it is told


@dataclass(slots=True)
class ModelServer:
    """`calls`: the requests answered 200, as they came."""

    url: str
    behaviour: Behaviour
    calls: list[dict[str, Any]] = field(default_factory=list)


@asynccontextmanager
async def model_server(behaviour: Behaviour) -> AsyncIterator[ModelServer]:
    """The server, on a port of its own, until the block ends. `url` is what LLM_API_BASE takes."""
    server = ModelServer("", behaviour)

    async def answer(request: web.Request) -> web.Response:
        return await _answer(server, await request.json())

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()


async def _answer(server: ModelServer, body: dict[str, Any]) -> web.Response:
    behaviour = server.behaviour
    if behaviour.first:
        status, given = behaviour.first.pop(0)
        if status == 200:
            return web.json_response(given)
        return web.json_response({"error": {"message": str(given), "type": "error"}}, status=status)
    if behaviour.model is not None and body["model"] != behaviour.model:
        return _error(404, f"The model `{body['model']}` does not exist")
    form = body.get("response_format", {}).get("type", "plain")
    if form in behaviour.refuses:
        return _error(400, f"response_format {form} is not supported")
    server.calls.append(body)
    await asyncio.sleep(behaviour.delay_s)
    text = behaviour.wrap.replace("{}", json.dumps(_reply(behaviour, body), ensure_ascii=False))
    return web.json_response(completion(body["model"], text, body))


def completion(model: str, text: str | None, body: dict[str, Any], finish: str = "stop") -> dict[str, Any]:
    """An OpenAI chat completion; tokens counted at three characters each, dearer than most tokenizers."""
    prompt = sum(len(str(m["content"])) for m in body["messages"]) // 3
    used = len(text or "") // 3
    return {
        "id": "chatcmpl-local", "object": "chat.completion", "created": 0, "model": model,
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": used, "total_tokens": prompt + used},
    }  # fmt: skip


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"error": {"message": message, "type": "invalid_request_error"}}, status=status)


def _reply(behaviour: Behaviour, body: dict[str, Any]) -> Any:
    given = "\n".join(str(m["content"]) for m in body["messages"])
    source = next((m[2] for m in _FENCE.finditer(given)), "")
    known = set(re.findall(r'"(\w+)"', _schema(body)))
    for key, reply in behaviour.replies.items():
        if key in known:
            return reply
    if "picks" in known:
        ids = re.findall(r"^\[([^\]]+)\]", source, re.MULTILINE)
        wanted = int((re.search(r"오늘 실을 (\d+)개", given) or ["", "5"])[1])
        return {"picks": [{"id": i, "reason": "개발자에게 쓸모", "same": []} for i in ids[:wanted]]}
    if "actions" in known:
        stories = re.findall(r"^(\d+)\. .*\((.+)\)$", source, re.MULTILINE)[:3]
        return {"actions": [{"lead": "작게 재현", "text": f"{_name(title)}의 공개된 내용에서 한 가지만 따라 해 보기",
                             "story": int(n)} for n, title in stories]}  # fmt: skip
    if "strands" in known:
        return model_reader.week(source)
    if "verdicts" in known:
        numbers = re.findall(r"^(\d+)[.)\]]", given, re.MULTILINE)
        [title] = re.findall(r"<source>\n(.+)", given)[-1:] or [""]
        return {"verdicts": [{"index": int(n), "verdict": "supported", "quote": title} for n in dict.fromkeys(numbers)]}
    question = (re.findall(r"^질문: (.*)$", given, re.MULTILINE) or [""])[-1]
    if "limits_seen" in known:
        return model_reader.expansion(source)
    if "found" in known:
        return model_reader.answer(source, question)
    if "keywords" in known and "headline" not in known:
        return model_reader.keywords(question)
    told = any("원문과 맞지 않는" in str(m["content"]) for m in body["messages"])
    return _story(source, wrong=behaviour.stumbles and not told)


def _schema(body: dict[str, Any]) -> str:
    form = body.get("response_format", {})
    return json.dumps(form["json_schema"]) if "json_schema" in form else str(body["messages"][-1]["content"])


def _story(source: str, *, wrong: bool) -> dict[str, Any]:
    title, _, text = source.removeprefix("제목: ").partition("\n\n")
    quotes = [s for s in sentences(text.partition("\n\n저자 주석: ")[0]) if len(s) < 600][:3] or [title]
    if len(quotes) == 1:  # each sentence stands on words of its own
        words = quotes[0].split(" ")
        quotes = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    return {
        "headline": f"{_name(title)}: 무엇이 달라졌나",
        "keywords": ["연구", "방법"],
        "summary": [{"text": say(quote, n), "quote": quote} for n, quote in enumerate(quotes)],
        "one_liner": "정확도가 987.6% 오른 방법입니다."
        if wrong
        else "비슷한 문제를 다루는 팀이라면 공개된 내용부터 확인할 만합니다.",
        "ideas": ["같은 조건의 작은 실험으로 차이 확인"],
        "risks": [{"text": "다른 조건에서도 같은 결과가 나오는지는 자료에 나오지 않습니다.", "quote": None}],
    }


def _name(title: str) -> str:
    found = model_reader.NAME.search(title)
    return found[0] if found else " ".join(title.replace(":", "").split()[:3])
