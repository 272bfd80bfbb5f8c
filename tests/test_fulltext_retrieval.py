"""Finding the passage that answers a question: 30 Korean and 30 English questions on six recorded papers.

tests/data/fulltext/questions.jsonl holds each question, the places that answer it, and English keywords as a model
writes them for it. A hit: one of the five best passages stands at one of the places.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.expanding.excerpts import keywords_of
from core.fulltext import Chunk, Document, Search, chunks, search
from core.fulltext.passages import terms
from tests.test_fulltext_html import REAL, needs_pages, own
from tests.test_fulltext_html import real as real_page
from tests.test_fulltext_pdf import needs_pdf
from tests.test_fulltext_pdf import real as real_pdf

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "fulltext" / "questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@cache
def index(paper: str) -> Search:
    name = next((path.name for path in REAL.iterdir() if path.name.startswith(paper)), None)
    return Search(chunks(real_page(name) if name else real_pdf()))


def hits(language: str, keywords: str) -> float:
    def hit(question: dict[str, Any]) -> bool:
        words = question["keywords"] if keywords == "recorded" else keywords_of(question["question"])
        return any(chunk.place in question["places"] for chunk in index(question["paper"]).best(words, 5))

    asked = [question for question in QUESTIONS if question["lang"] == language]
    return sum(map(hit, asked)) / len(asked)


@needs_pages
@needs_pdf
@pytest.mark.parametrize(
    ("language", "keywords", "least"),
    [("ko", "recorded", 0.9), ("en", "recorded", 0.9), ("ko", "own", 0.8), ("en", "own", 0.9)],
)
def test_the_answering_passage_is_among_the_best_five(language: str, keywords: str, least: float) -> None:
    assert hits(language, keywords) >= least


@needs_pages
@needs_pdf
def test_every_place_named_by_the_questions_exists() -> None:
    for question in QUESTIONS:
        places = {chunk.place for chunk in index(question["paper"]).passages}
        assert places & set(question["places"]), question["question"]


def every(document: Document) -> tuple[Chunk, ...]:
    return chunks(document)


def test_every_sentence_is_in_exactly_one_chunk() -> None:
    held = " ".join(chunk.text for chunk in every(own()))
    for block in own().blocks:
        if block.kind == "text":
            assert held.count(block.text) == 1
    assert [chunk.id for chunk in every(own())] == [f"c{n}" for n in range(1, len(every(own())) + 1)]


@needs_pages
def test_chunks_are_about_180_words_and_keep_to_one_place() -> None:
    found = every(real_page("2412.19437v2"))
    prose = [len(chunk.text.split()) for chunk in found if "\n" not in chunk.text]
    assert max(prose) <= 400  # one sentence may be longer; a chunk never ends inside one
    assert 60 < sum(prose) / len(prose) <= 180
    assert all(chunk.place.startswith(("§", "표", "그림", "초록", "알고리즘", "본문")) for chunk in found)


@needs_pages
def test_a_long_table_is_cut_by_rows_under_its_caption() -> None:
    [caption] = {c.text.split("\n")[0] for c in every(real_page("2412.19437v2")) if c.place == "표 6"}
    assert caption.startswith("Table 6:")


def test_a_search_without_a_shared_word_finds_nothing() -> None:
    assert search(every(own()), ["zebra", "한계"]) == ()
    assert search((), ["router"]) == ()
    assert search(every(own()), []) == ()


def test_plurals_endings_and_compounds_meet() -> None:
    assert terms("Evaluations of pre-training GPUs") == terms("evaluation of pre-training GPU")
    assert set(terms("training")) <= set(terms("pre-training"))
    assert terms("routing") == terms("routed")


def test_the_heading_counts_but_is_no_part_of_the_text() -> None:
    [best, *_] = search(every(own()), ["limitations"])
    assert (best.place, "imitation" in best.text) == ("§4", False)
