"""The prompts as a model gets them: each example is what its shape takes and the checks let pass, and each prompt is
rendered for a real item of the sample day with its source in a turn of its own."""

import contextlib
import json
import re
from collections.abc import Callable, Coroutine
from importlib.resources import files
from typing import Any

import pytest
from pydantic import BaseModel

from core.checking import check, check_draft, judge
from core.checking.judge import Judgement
from core.errors import LlmBadReply, LlmError
from core.expanding import ask, expand
from core.expanding.expansion import ExpandReply
from core.expanding.question import AskReply
from core.fulltext import Block, Document, Section
from core.llm import Ask
from core.model import News, Paper, Pick, Profile, Reading, Sentence, Story
from core.sample import sample_day
from core.writing import act, choose, write
from core.writing.choosing import Choice
from core.writing.stories import Written, WrittenActions
from core.writing.weeks import WrittenWeek, bind

SHAPES: dict[str, type[BaseModel]] = {
    "core.writing/paper": Written, "core.writing/news": Written, "core.writing/choose": Choice,
    "core.writing/actions": WrittenActions, "core.writing/week": WrittenWeek, "core.expanding/expand": ExpandReply,
    "core.expanding/ask": AskReply, "core.checking/judge": Judgement,
}  # fmt: skip
DAY = sample_day()
PAPER = next(item for item in DAY.items if isinstance(item, Paper))
NEWS = next(item for item in DAY.items if isinstance(item, News))


def text_of(prompt: str) -> str:
    package, _, name = prompt.partition("/")
    return (files(package) / "prompts" / f"{name}.txt").read_text(encoding="utf-8")


def examples(prompt: str) -> list[Any]:
    """The JSON values that stand in a prompt after its 보기 or 예."""
    given = re.split(r"보기 \(지어낸|## 예|JSON 하나로만|## 답하는", text_of(prompt))[1]
    decoder, at, found = json.JSONDecoder(), 0, []
    while (start := given.find("\n{", at)) >= 0:
        try:
            value, at = decoder.raw_decode(given, start + 1)
            found.append(value)
        except ValueError:
            at = start + 1
    return found


@pytest.mark.parametrize("prompt", SHAPES)
def test_an_example_is_what_the_shape_takes(prompt: str) -> None:
    assert examples(prompt)
    for example in examples(prompt):
        assert SHAPES[prompt].model_validate(example).model_dump(exclude_unset=True) == example


@pytest.mark.parametrize("prompt", ["core.writing/paper", "core.writing/news"])
def test_an_example_of_a_story_passes_every_check(prompt: str) -> None:
    [source] = re.findall(r'^자료: "(.+)"$', text_of(prompt), re.MULTILINE)
    reading = Reading(Paper("x", "", source, (), (), ""), source, "abstract", ())
    (example,) = examples(prompt)
    assert check_draft(reading, Written.model_validate(example).draft()).wrong == ()


@pytest.mark.parametrize("prompt", ["core.writing/week", "core.expanding/expand", "core.expanding/ask"])
def test_an_example_with_evidence_passes_every_check(prompt: str) -> None:
    given = dict(re.findall(r"\[(\w+)\] ([^\"]+)\"", text_of(prompt)))
    for example in examples(prompt):
        lines = [line for part in example.values() if isinstance(part, list) for each in part
                 for line in each.get("lines", [each])]  # fmt: skip
        assert lines or example.get("found") is False
        for line in lines:
            source = " ".join(given[key] for key in line.get("cites", [line.get("id")]))
            reading = Reading(Paper("x", "", source, (), (), ""), source, "abstract", ())
            assert check(reading, [Sentence("summary", line["text"], line.get("quote"))]) == ((),)


class Asked:
    """A model that keeps what it was asked and gives nothing."""

    model = "asked"

    def __init__(self) -> None:
        self.asks: list[Ask[Any]] = []

    async def ask(self, ask: Ask[Any]) -> Any:
        self.asks.append(ask)
        raise LlmBadReply("여기까지")


BODY = Document(
    PAPER.id, 1, "abstract", PAPER.title, (Section("", "Abstract", (Block(PAPER.abstract, "초록"),)),)
)  # fmt: skip
STORY = Story(1, PAPER, PAPER.title, ("에이전트",), (), "한 줄 평입니다.", (), (), (), "abstract", ())
TEAM = Profile(team="검색 서비스를 만드는 팀")
GIVEN = Reading(PAPER, PAPER.abstract, "abstract", ())
NEWS_GIVEN = Reading(NEWS, NEWS.summary, "article", ())
CALLS: dict[str, Callable[[Asked], Coroutine[Any, Any, Any]]] = {
    "choose": lambda llm: choose(llm, [Pick(PAPER, 1.0), Pick(NEWS, 0.5)], 1, TEAM),
    "paper": lambda llm: write(llm, GIVEN, TEAM, complaint=lambda draft: None),
    "news": lambda llm: write(llm, NEWS_GIVEN, TEAM, complaint=lambda draft: None),
    "actions": lambda llm: act(llm, [STORY], TEAM, complaint=lambda actions: None),
    "week": lambda llm: bind(
        llm, [("a1", f"{PAPER.title}. {PAPER.abstract}")], 3, TEAM, glossary=(), complaint=lambda bound: None
    ),
    "judge": lambda llm: judge(llm, GIVEN, [Sentence("summary", "결과를 보고합니다.")]),
    "expand": lambda llm: expand(BODY, PAPER, llm),
    "ask": lambda llm: ask(BODY, PAPER, "무엇을 했어?", llm),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
async def test_a_prompt_is_rendered_for_a_real_item(name: str) -> None:
    """Nothing is left to fill in, the instructions stay short, and the source stands in a turn of its own."""
    llm = Asked()
    with contextlib.suppress(LlmError):
        await CALLS[name](llm)
    instructions, *rest = llm.asks[-1].turns
    assert instructions.role == "system" and len(instructions.content) < 6_000
    assert not re.search(r"\$[a-z]+|\{[a-z_]+\}", instructions.content)
    words = (NEWS.title if name == "news" else PAPER.title).split()
    assert any(words[0] in turn.content for turn in rest) and words[0] not in instructions.content
