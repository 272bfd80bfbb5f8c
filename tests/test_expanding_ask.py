"""Questions about one paper: cited answers, "본문에 없습니다", follow-ups, and passages without a model."""

from dataclasses import replace
from typing import Any

import pytest

from core.errors import BudgetReached, LlmUnavailable
from core.expanding import ask, shape, with_one_liner
from core.expanding.excerpts import keywords_of
from core.fulltext import Block, Document, Section
from core.llm import Turn
from core.model import Paper
from tests.editions import CODEOCR, full
from tests.test_expanding import PAPER, Says, cite, said
from tests.test_fulltext_html import needs_pages, own, real


def answering(*claims: dict[str, Any], found: bool = True) -> dict[str, Any]:
    return {"found": found, "claims": list(claims)}


async def test_an_answer_cites_where_it_stands() -> None:
    model = Says([answering(said("H100 GPU 8장으로 3.5일 학습했습니다.", "8 NVIDIA H100"))])
    answer = await ask(own(), PAPER, "학습에 무엇을 썼나요?", model)
    assert (answer.found, answer.text) == (True, "H100 GPU 8장으로 3.5일 학습했습니다.")
    assert [claim.cites for claim in answer.claims] == [("§2",)]
    assert answer.basis_line == "근거: 본문 HTML v2 · AI가 작성, 틀릴 수 있습니다"


@pytest.mark.parametrize(
    "reply", [answering(found=False), answering(said("라우팅은 비용이 큽니다.", "Routing is costly"), found=False)]
)
async def test_what_is_not_there_is_said_not_to_be_there(reply: dict[str, Any]) -> None:
    answer = await ask(own(), PAPER, "한국어로도 시험했나요?", Says([reply]))
    assert (answer.found, answer.claims, answer.text) == (False, (), "본문에 없습니다.")


async def test_from_an_abstract_nothing_is_said_about_the_body() -> None:
    document = Document(
        "2602.09001", 2, "abstract", "t", (Section("", "Abstract", (Block("We route tokens.", "초록"),)),)
    )
    answer = await ask(document, PAPER, "한계는?", Says([answering(found=False)]))
    assert answer.text == "초록에 없습니다. 본문은 읽지 못했습니다."


async def test_an_unsupported_answer_is_put_back_once_and_then_removed() -> None:
    model = Says([answering(said("A100 GPU 16장으로 학습했습니다.", "8 NVIDIA H100"))])
    answer = await ask(own(), PAPER, "학습에 무엇을 썼나요?", model)
    assert len(model.asked) == 2 and "A100" in model.asked[1].turns[-1].content
    assert (answer.found, answer.text) == (False, "답을 본문에서 확인하지 못했습니다.")
    assert answer.dropped


async def test_the_supported_part_of_an_answer_stays() -> None:
    claims = (said("H100 GPU 8장을 썼습니다.", "8 NVIDIA H100"), said("비용은 5천 달러입니다.", "8 NVIDIA H100"))
    answer = await ask(own(), PAPER, "장비와 비용은?", Says([answering(*claims)]))
    assert [claim.text for claim in answer.claims] == ["H100 GPU 8장을 썼습니다."]
    assert [drop.text for drop in answer.dropped] == ["비용은 5천 달러입니다."]


async def test_a_short_paper_goes_whole_and_a_long_one_by_english_keywords() -> None:
    reply = answering(said("H100 GPU 8장을 썼습니다.", "8 NVIDIA H100"))
    whole = Says([reply])
    await ask(own(), PAPER, "장비는?", whole)
    assert [a.name.split(":")[0] for a in whole.asked] == ["ask"]
    parts = Says([{"keywords": ["H100", "GPUs", "trained"]}, reply])
    answer = await ask(own(), PAPER, "장비는?", parts, whole=100)
    assert [a.name.split(":")[0] for a in parts.asked] == ["keywords", "ask"]
    given = parts.asked[1].turns[1].content
    assert "8 NVIDIA H100" in given and "The prompt is empty" not in given and "We route tokens" in given
    assert answer.found


async def test_passages_that_were_not_given_cannot_be_cited() -> None:
    outside = {"text": "프롬프트는 비어 있습니다.", "cites": [cite("The prompt is empty")]}
    answer = await ask(own(), PAPER, "점심은?", Says([{"keywords": ["H100"]}, answering(outside)]), whole=100)
    assert not answer.found and answer.dropped[0].findings[0].kind == "citation"


async def test_a_follow_up_knows_the_last_turns_as_data() -> None:
    model = Says([answering(said("영어 텍스트만 시험했습니다.", "only tested English"))])
    turns = [
        Turn("user", f"질문 {n}") if n % 2 else Turn("assistant", f"답 {n} " + "길다 " * 400) for n in range(1, 12)
    ]
    await ask(own(), PAPER, "그것의 한계는?", model, turns)
    last = model.asked[0].turns[-1]
    assert last.role == "user" and last.content.endswith("질문: 그것의 한계는?")
    assert "질문 11" in last.content and "질문 5" not in last.content and len(last.content) < 5_000
    assert [turn.role for turn in model.asked[0].turns] == ["system", "user", "user"]


async def test_other_questions_and_other_threads_have_other_names() -> None:
    async def name(question: str, *turns: Turn) -> str:
        model = Says([answering(found=False)])
        await ask(own(), PAPER, question, model, turns)
        return model.asked[0].name

    names = {await name("한계는?"), await name("장비는?"), await name("한계는?", Turn("user", "장비는?"))}
    assert len(names) == 3
    assert await name("한계는?") in names


async def test_without_a_model_the_best_passages_are_quoted() -> None:
    answer = await ask(own(), PAPER, "한계는 무엇인가요?", None)
    assert answer.found and answer.extracted
    assert answer.claims[0].cites == ("§4",) and answer.claims[0].text in own().text
    assert answer.basis_line.endswith("원문 발췌")
    nothing = await ask(own(), PAPER, "점심은 무엇인가요?", None)
    assert (nothing.found, nothing.text) == (False, "본문에 없습니다.")


@needs_pages
async def test_a_korean_question_reaches_a_real_paper_without_a_model() -> None:
    answer = await ask(real("1706.03762v7"), PAPER, "학습에 GPU를 몇 장 썼나요?", None)
    told = [(claim.text, claim.cites) for claim in answer.claims]
    assert ("We trained our models on one machine with 8 NVIDIA P100 GPUs.", ("§5.2",)) in told


async def test_a_model_that_does_not_answer_gives_passages_and_says_so() -> None:
    answer = await ask(own(), PAPER, "한계는?", Says([LlmUnavailable("모델이 응답하지 않습니다.")]))
    assert answer.extracted and answer.found and "응답하지 않습니다" in answer.note
    with pytest.raises(BudgetReached):
        await ask(own(), PAPER, "한계는?", Says([BudgetReached("오늘 예산을 다 썼습니다.")]))


def abstract_of(paper: Paper, text: str) -> Document:
    return Document(paper.id, 1, "abstract", paper.title, (Section("", "Abstract", (Block(text, "초록"),)),))


CODE = replace(
    PAPER, abstract="We write code with models.", comment="Code and data are available at https://github.com/a/b"
)


@pytest.mark.parametrize(
    "question", ["코드 공개됐어?", "이거 코드 있어?", "깃허브 링크 줘", "오픈소스야?", "Is the code available?"]
)
@pytest.mark.parametrize("model", [None, Says([])], ids=["without a model", "with one"])
async def test_a_question_for_the_code_is_answered_from_the_record_with_its_link(
    question: str, model: Says | None
) -> None:
    answer = await ask(abstract_of(CODE, CODE.abstract), CODE, question, model)
    assert [(claim.text, claim.cites) for claim in answer.claims] == [
        ("저자가 코드를 공개한다고 적었습니다.", ("저자 주석",)),
        ("코드: https://github.com/a/b", ("저자 주석",)),
    ]
    assert answer.found and not answer.extracted and answer.basis_line == "근거: 초록 v1 · 프로그램이 찾아 적음"


async def test_what_of_it_the_paper_does_not_name_is_said_not_to_be_there() -> None:
    paper = replace(CODE, comment="Weights will be released under the Apache 2.0 license upon acceptance.")
    answer = await ask(abstract_of(paper, paper.abstract), paper, "코드랑 가중치, 라이선스는?", None)
    assert [claim.text for claim in answer.claims] == [
        "코드는 초록에 없습니다. 본문은 읽지 못했습니다.",
        "저자가 가중치를 공개할 예정이라고 적었습니다.",
        "저자가 적은 라이선스: Apache-2.0",
    ]
    nothing = await ask(abstract_of(PAPER, PAPER.abstract), PAPER, "가중치는 어디서 받아?", None)
    assert (nothing.found, nothing.claims, nothing.text) == (False, (), "초록에 없습니다. 본문은 읽지 못했습니다.")


@pytest.mark.parametrize("question", ["코드 생성 성능은?", "코드는 어떤 언어로 썼어?", "라이선스 때문에 뺀 자료는?"])
async def test_a_question_that_only_speaks_of_code_is_the_papers_to_answer(question: str) -> None:
    model = Says([answering({"text": "저자가 코드와 데이터를 공개했습니다.", "cites": ["c2"]})])
    answer = await ask(abstract_of(CODE, CODE.abstract), CODE, question, model)
    given = model.asked[0].turns[1].content
    assert "(저자 주석)\nCode and data are available" in given and "(논문 정보)\n코드: 공개" in given
    assert [claim.cites for claim in answer.claims] == [("저자 주석",)]


async def test_a_summary_without_a_model_says_so_and_shows_what_comes_nearest() -> None:
    told = ("We propose a small router for large mixtures.", "It is 11.5% better than the Linear router at 3x speed.")
    text = f"Routing is costly. {told[0]} {told[1]}"
    for question in ("한 줄로 요약해줘", "이 논문 요약해줘"):
        answer = await ask(abstract_of(PAPER, text), PAPER, question, None)
        assert [claim.text for claim in answer.claims] == list(told)
        assert "언어 모델(LLM_MODEL)이 있어야" in answer.note
    assert (await ask(abstract_of(PAPER, text), PAPER, "한계를 요약해 줘", None)).note == ""


async def test_a_summary_without_a_model_begins_with_the_digests_line() -> None:
    paper = CODEOCR
    answer = await ask(abstract_of(paper, "We propose to read source code as an image."), paper, "요약해 줘", None)
    told = with_one_liner(answer, full())
    assert told.claims[0].text == full().stories[0].one_liner and told.claims[1:] == answer.claims
    assert told.claims[0].cites == ("2026-02-03 1번 한 줄 평",)
    other = await ask(abstract_of(PAPER, PAPER.abstract), PAPER, "요약해 줘", None)
    assert with_one_liner(other, full()) == other


def test_keywords_of_a_question_are_its_names_numbers_and_known_terms() -> None:
    assert keywords_of("DualPipe의 한계는?") == ("DualPipe", "limitation limitations future work")
    assert keywords_of("91.3%는 어느 벤치마크인가요?") == ("91.3%", "benchmark benchmarks")
    assert keywords_of("점심은?") == ()


async def test_the_json_is_the_contracts() -> None:
    claim = said("영어 텍스트만 시험했습니다.", "only tested English")
    found = shape(await ask(own(), PAPER, "한계는?", Says([answering(claim)])))
    assert list(found) == ["ref", "basis", "sections", "dropped", "figure"]
    claims = [{"text": "영어 텍스트만 시험했습니다.", "cites": ["§4"]}]
    assert found["sections"] == [{"title": "한계는?", "claims": claims}] and found["figure"] is None
    nothing = shape(await ask(own(), PAPER, "점심은?", Says([answering(found=False)])))
    assert nothing["sections"] == [{"title": "점심은?", "claims": []}]
