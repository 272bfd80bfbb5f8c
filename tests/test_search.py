"""Search: what a Korean reader types finds what was told and collected, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.archive import fill
from bot.bench.commands import quality
from core.model import Edition, Paper, Profile
from core.searching import Searched, read_query, search
from core.store import Store
from core.store.tokens import asked, key, tokens
from tests.editions import CODEOCR, DAY, full, news, paper

PROFILE = Profile()


async def found(store: Store, typed: str, profile: Profile = PROFILE) -> list[str]:
    """Titles, in the order shown."""
    return [hit.title for hit in (await search(store, typed, profile)).hits.hits]


def edition(on: date, *headlines: str, profile: str = "default", base: str = "2603") -> Edition:
    """A day that told these, each about a paper of its own."""
    story = full().stories[0]
    papers = [paper(f"{base}.{on.day:02}{n:03}", f"Paper {n} of {on}") for n in range(1, len(headlines) + 1)]
    stories = tuple(
        replace(story, n=n, item=item, headline=head, keywords=(), summary=(), risks=(), ideas=(), one_liner="",
                merged=())
        for n, (item, head) in enumerate(zip(papers, headlines, strict=True), 1)
    )  # fmt: skip
    return replace(full(), date=on, profile=profile, stories=stories, index=(), shortlist=())


# Tokens


def test_hangul_is_indexed_in_pairs_and_other_letters_as_words() -> None:
    assert tokens("LLM이 에이전트를 씀") == ["llm", "이", "에이", "이전", "전트", "트를", "씀"]


@pytest.mark.parametrize(("a", "b"), [("GPT-5", "gpt5"), ("Ｆｉｎｅ-tuning", "fine tuning"), ("agents", "Agent"),
                                      ("언어 모델", "언어모델"), ("Café", "cafe")])  # fmt: skip
def test_spellings_of_one_term_have_one_key(a: str, b: str) -> None:
    assert key(a) == key(b)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("모델", "모델은"), ("모델을", "모델은"), ("에이전트의", "에이전트가 쓰는"), ("언어모델", "대규모 언어 모델"),
        ("언어 모델", "언어모델"), ("GPT5", "GPT-5와"), ("LLM은", "LLM을 쓴"), ("말", "말뭉치"),
        ("트랜스포머들", "트랜스포머"),
    ],
)  # fmt: skip
async def test_what_is_typed_is_found_however_it_is_inflected(typed: str, text: str, store: Store) -> None:
    await store.editions.save(edition(DAY, text, "전혀 다른 이야기"))
    assert await found(store, typed) == [text]


@pytest.mark.parametrize(("typed", "text"), [("전문가", "전문 용어"), ("정확도", "정확한 시각"), ("검색", "탐색"),
                                             ("모델", "모의 델타")])  # fmt: skip
async def test_what_only_looks_alike_is_not_found(typed: str, text: str, store: Store) -> None:
    await store.editions.save(edition(DAY, text))
    assert await found(store, typed) == []


@given(st.text(max_size=60))
def test_tokens_are_letters_and_digits_whatever_the_text(text: str) -> None:
    assert all(token.isalnum() for token in tokens(text))
    assert all(token.isalnum() for word in asked(text) for phrase in word for token in phrase)


# Finding


async def test_all_words_must_be_met_in_any_order(store: Store) -> None:
    await store.editions.save(edition(DAY, "에이전트 메모리 압축", "에이전트 평가", "메모리 반도체"))
    assert await found(store, "메모리 에이전트") == ["에이전트 메모리 압축"]


async def test_stories_come_before_items_titles_before_texts_and_the_new_before_the_old(store: Store) -> None:
    late = paper("2603.1", "Routing tokens")
    early, text = paper("2603.2", "Routing experts"), paper("2603.3", "Other", abstract="About routing.")
    await store.items.save([early, text], DAY)
    await store.items.save([late], DAY + timedelta(days=1))
    await store.editions.save(edition(DAY, "Routing을 싸게", "다른 꼭지"))
    assert await found(store, "routing") == ["Routing을 싸게", "Routing tokens", "Routing experts", "Other"]


async def test_a_story_and_its_paper_are_one_hit_that_says_where_it_was_told(store: Store) -> None:
    await store.items.save([CODEOCR], DAY)
    await store.editions.save(full())
    [hit] = (await search(store, "CodeOCR", PROFILE)).hits.hits
    assert (hit.kind, hit.item, hit.date, hit.profile) == ("story", CODEOCR.id, DAY, "default")
    assert hit.url == CODEOCR.url and hit.n == next(s.n for s in full().stories if s.item == CODEOCR)


async def test_a_korean_word_finds_the_english_title_and_the_other_way_round(store: Store) -> None:
    await store.items.save([paper("2603.1", "Quantization of Language Models")], DAY)
    await store.editions.save(edition(DAY, "강화학습으로 보상을 고치다"))
    assert await found(store, "언어모델 양자화") == ["Quantization of Language Models"]
    assert await found(store, "reinforcement learning") == ["강화학습으로 보상을 고치다"]
    assert await found(store, "강화 학습의 보상") == ["강화학습으로 보상을 고치다"]


async def test_the_channels_own_terms_count(store: Store) -> None:
    await store.items.save([paper("2603.1", "Speculative Zorping")], DAY)
    assert await found(store, "조르핑") == []
    assert await found(store, "조르핑", Profile(glossary=(("zorping", "조르핑"),))) == ["Speculative Zorping"]


async def test_conditions_narrow_by_date_source_category_and_kind(store: Store) -> None:
    old, new = paper("2603.1", "Cache one", "cs.LG"), paper("2603.2", "Cache two")
    told = news("https://openai.example/cache", "Cache three", "OpenAI Blog")
    await store.items.save([old], DAY - timedelta(days=30))
    await store.items.save([new, told], DAY)
    assert set(await found(store, f"cache 이후:{DAY}")) == {"Cache two", "Cache three"}
    assert await found(store, "cache 출처:openai") == ["Cache three"]
    assert await found(store, "cache 분야:cs.LG") == ["Cache one"]
    assert set(await found(store, "cache 분야:cs")) == {"Cache one", "Cache two"}
    assert await found(store, "cache 종류:뉴스") == ["Cache three"]


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "이후:2026-02-01", "출처:", "말 종류:책", "말 이후:어제"])
async def test_what_cannot_be_looked_for_is_said(typed: str, store: Store) -> None:
    result = await search(store, typed, PROFILE)
    assert not result.hits.hits and result.said.endswith((".", "OpenAI"))


@pytest.mark.parametrize(
    "typed", ['"', "a* OR b", "NEAR(a b)", "title:x", "' & |", ")(", "-", "가 " * 300, "\0", "{a}"]
)
async def test_no_query_is_a_program(typed: str, store: Store) -> None:
    await store.items.save([paper("2603.1", "Something else")], DAY)
    assert isinstance(await search(store, typed, PROFILE), Searched)


async def test_more_than_asked_for_is_said(store: Store) -> None:
    await store.items.save([paper(f"2603.{n}", f"Cache {n}") for n in range(12)], DAY)
    result = await search(store, "cache", PROFILE, limit=10)
    assert len(result.hits.hits) == 10 and result.hits.more


# What is indexed


async def test_a_channel_does_not_see_what_was_written_for_another_profile(store: Store) -> None:
    theirs, mine = Profile(team="우리는 은행"), Profile(team="나는 병원")
    await store.editions.save(edition(DAY, "은행을 위한 라우터", profile=theirs.key))
    await store.editions.save(edition(DAY, "모두를 위한 라우터", base="2604"))
    assert await found(store, "라우터", mine) == ["모두를 위한 라우터"]
    assert set(await found(store, "라우터", theirs)) == {"은행을 위한 라우터", "모두를 위한 라우터"}


async def test_a_draft_is_not_found_and_a_final_edition_made_anew_replaces_what_it_told(store: Store) -> None:
    await store.editions.save(replace(edition(DAY, "라우터 초안"), status="draft"))
    assert await found(store, "라우터") == []
    await store.editions.save(edition(DAY, "라우터 하나", "라우터 둘"))
    await store.editions.save(edition(DAY, "라우터 셋"))
    assert await found(store, "라우터") == ["라우터 셋"]


async def test_an_item_seen_again_is_found_by_its_new_words_on_its_first_day(store: Store) -> None:
    first = paper("2603.1", "Old name")
    await store.items.save([first], DAY)
    await store.items.save([replace(first, title="New name", version=2)], DAY + timedelta(days=3))
    assert await found(store, "old") == []
    [hit] = (await search(store, "new name", PROFILE)).hits.hits
    assert hit.date == DAY


async def test_many_write_at_once_and_all_is_found(store: Store) -> None:
    batches = [[paper(f"2603.{b}{n:02}", f"Cache {b} {n}") for n in range(20)] for b in range(4)]
    await asyncio.gather(*(store.items.save(batch, DAY) for batch in batches))
    assert len((await search(store, "cache", PROFILE, limit=100)).hits.hits) == 80


def test_a_long_query_is_cut_not_refused() -> None:
    query, problem = read_query(" ".join(f"word{n}" for n in range(100)), PROFILE)
    assert not problem and len(query.wanted.words) == 8


async def test_a_paper_is_found_by_its_author_and_its_number(store: Store) -> None:
    one = paper("2603.12345", "Something", authors=("José García",))
    await store.items.save([one], DAY)
    assert await found(store, "jose garcia") == ["Something"]
    assert await found(store, "2603.12345") == ["Something"]
    assert isinstance(await store.items.get(one.id), Paper)


async def test_labelled_korean_queries_find_what_a_reader_wants(tmp_path: Path) -> None:
    """On a small archive; `bench commands` measures the same on two years of it."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/archive.db") as store:
        await fill(store, items=600, days=30)
        found = await quality(store)
    assert found["queries"] >= 40
    assert found["f1"] >= 0.9
