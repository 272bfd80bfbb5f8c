"""Passages, and finding the one that answers a question: 30 Korean and 30 English ones on six recorded papers."""

import asyncio
from functools import cache

from bot.bench.retrieval import documents, hits, questions
from core.fulltext import Chunk, Document, chunks, search
from core.fulltext.passages import terms
from tests.test_fulltext_html import REAL, needs_pages, own
from tests.test_fulltext_html import real as real_page
from tests.test_fulltext_pdf import needs_pdf


@cache
def read() -> dict[str, Document]:
    return asyncio.run(documents(REAL.parent))


@needs_pages
@needs_pdf
def test_the_answering_passage_is_among_the_best_five() -> None:
    figures = hits(read())
    assert {language: figure["asked"] for language, figure in figures.items()} == {"ko": 30, "en": 30}
    for language, least in (("ko", 0.8), ("en", 0.9)):
        figure = figures[language]
        assert figure["hit5"] >= 0.9 and figure["hit5_without_model"] >= least, figure


@needs_pages
@needs_pdf
def test_every_place_named_by_the_questions_exists() -> None:
    for question in questions():
        places = {block.place for block in read()[question["paper"]].blocks}
        assert places & set(question["places"]), question["question"]


def test_without_the_papers_nothing_is_claimed() -> None:
    assert [figure["hit5"] for figure in hits({}).values()] == [None, None]


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
