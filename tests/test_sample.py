"""The demonstration day: whole, true to its own texts, in the registers readers get, and nobody's copied words."""

import gzip
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from core.checking import check, check_draft, gate, polish
from core.llm.recorded import Recorded
from core.llm.structured import StructuredLlm
from core.model import Basis, Claim, Draft, Item, Link, News, Paper, Pick, Profile, Reading, Sentence, news_id
from core.sample import SAMPLE_NOW, sample_day, sample_replies
from core.sources.urls import canonical
from core.writing import choose, write

SHARED = Path(__file__).parents[2] / "shared"
DAY = sample_day()
ITEMS: dict[str, Item] = {item.id: item for item in DAY.items}
REPLIES: dict[str, Any] = sample_replies()
WRITTEN = {name.removeprefix("write:"): reply for name, reply in REPLIES.items() if name.startswith("write:")}
PICKS = REPLIES["choose"]["picks"]
POLITE = re.compile(r"니다\.$")
LIST_ENDING = re.compile(r"(?<![다요])$")  # 명사형: neither a sentence's ending nor its full stop
RUN = 8  # consecutive words that would be somebody else's sentence

written = pytest.mark.parametrize("item_id", WRITTEN)


def reading_of(item_id: str) -> Reading:
    item = ITEMS[item_id]
    basis: Basis = "abstract" if isinstance(item, Paper) else "article"
    return Reading(item, item.text, basis, (Link(item.title, item.url),))


def draft_of(reply: dict[str, Any]) -> Draft:
    return Draft(
        headline=reply["headline"],
        keywords=tuple(reply["keywords"]),
        summary=tuple(Claim(**claim) for claim in reply["summary"]),
        one_liner=reply["one_liner"],
        ideas=tuple(reply["ideas"]),
        risks=tuple(Claim(**claim) for claim in reply["risks"]),
    )


def claims(reply: dict[str, Any]) -> tuple[Claim, ...]:
    draft = draft_of(reply)
    return (*draft.summary, *draft.risks)


def korean(reply: dict[str, Any]) -> tuple[str, ...]:
    """Everything of a reply that readers see."""
    draft = draft_of(reply)
    return (draft.headline, *draft.keywords, *(c.text for c in claims(reply)), draft.one_liner, *draft.ideas)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*", text.lower())


def copied(text: str, original: str) -> set[str]:
    """The runs of RUN words that both texts have."""
    ours, theirs = words(text), words(original)
    runs = [{" ".join(w[i : i + RUN]) for i in range(len(w) - RUN + 1)} for w in (ours, theirs)]
    return runs[0] & runs[1]


# The day


def test_it_is_thirty_papers_and_ten_news_of_one_batch_with_ids_of_their_own() -> None:
    kinds = [item.kind for item in DAY.items]
    assert (kinds.count("paper"), kinds.count("news"), len(ITEMS)) == (30, 10, 40)
    assert DAY.batch is not None
    assert DAY.batch.new == 30
    assert DAY.batch.announced_at < SAMPLE_NOW


def test_every_source_report_says_that_it_is_a_sample() -> None:
    assert [(report.ok, report.count) for report in DAY.reports] == [(True, 30), (True, 10)]
    assert all("표본" in report.name for report in DAY.reports)


@pytest.mark.parametrize("item", DAY.items, ids=lambda item: item.id)
def test_no_item_is_from_the_future_and_each_has_a_text_to_write_from(item: Item) -> None:
    if item.published is not None:
        assert item.published.utcoffset() is not None
        assert item.published <= SAMPLE_NOW
    assert len(words(item.text)) >= 15
    assert "~" not in item.text


@pytest.mark.parametrize("paper", [i for i in DAY.items if isinstance(i, Paper)], ids=lambda paper: paper.id)
def test_a_paper_has_what_arxiv_knows_of_it(paper: Paper) -> None:
    assert re.fullmatch(r"2602\.\d{5}", paper.id)
    assert paper.primary in paper.categories
    assert 1 <= len(paper.authors) <= 12


@pytest.mark.parametrize("news", [i for i in DAY.items if isinstance(i, News)], ids=lambda news: news.id)
def test_a_news_id_is_that_of_its_canonical_url(news: News) -> None:
    assert canonical(news.url) == news.url
    assert news.id == news_id(news.url)


def test_the_files_are_small_enough_to_ship() -> None:
    assert (
        sum(len(path.read_bytes()) for path in files("core.sample").iterdir() if path.name.endswith(".json")) < 200_000
    )


# What was recorded


def test_five_different_items_are_chosen_papers_and_news_each_with_a_reason() -> None:
    ids = [pick["id"] for pick in PICKS]
    assert len(set(ids)) == 5
    assert {ITEMS[i].kind for i in ids} == {"paper", "news"}
    assert all(pick["reason"] for pick in PICKS)


def test_everything_that_can_be_chosen_is_written_and_exists() -> None:
    assert {pick["id"] for pick in PICKS} <= set(WRITTEN) <= set(ITEMS)
    assert len(WRITTEN) >= 12


@written
def test_a_quote_is_verbatim_in_the_text_that_the_writer_was_given(item_id: str) -> None:
    quotes = [claim.quote for claim in claims(WRITTEN[item_id]) if claim.quote is not None]
    assert all(quote in ITEMS[item_id].text for quote in quotes)
    assert all(claim["quote"] for claim in WRITTEN[item_id]["summary"])


@written
def test_every_figure_stands_in_the_source(item_id: str) -> None:
    source = re.findall(r"\d+(?:[.,]\d+)*", f"{ITEMS[item_id].title} {ITEMS[item_id].text}")
    told = " ".join(korean(WRITTEN[item_id]))
    told = re.sub(r"\b(\d+)월", lambda m: "" if re.search("January|February", ITEMS[item_id].text) else m[0], told)
    assert set(re.findall(r"\d+(?:[.,]\d+)*", told)) <= set(source)


@written
def test_lengths_are_those_that_the_prompts_ask_for(item_id: str) -> None:
    draft = draft_of(WRITTEN[item_id])
    assert len(draft.headline) <= 40
    assert 2 <= len(draft.keywords) <= 3
    assert len(draft.summary) == 3
    assert 1 <= len(draft.ideas) <= 3
    assert 1 <= len(draft.risks) <= 2


@written
def test_summary_risks_and_one_liner_are_polite_sentences_and_ideas_are_not_sentences(item_id: str) -> None:
    draft = draft_of(WRITTEN[item_id])
    for sentence in (*(claim.text for claim in claims(WRITTEN[item_id])), draft.one_liner):
        assert POLITE.search(sentence), sentence
    assert draft.one_liner.count("니다") == 1
    for phrase in (draft.headline, *draft.ideas):
        assert LIST_ENDING.search(phrase), phrase
        assert phrase[-1] not in ".!?"


def test_the_three_actions_stand_on_three_of_the_chosen_stories() -> None:
    actions = REPLIES["actions"]["actions"]
    assert len(actions) == 3
    assert len({action["story"] for action in actions} & set(range(1, len(PICKS) + 1))) == 3
    for action in actions:
        assert len(action["lead"]) <= 20
        assert LIST_ENDING.search(action["text"]), action["text"]
        assert action["text"][-1] != "."


def test_no_reply_has_an_address_a_mention_a_tilde_or_a_foreign_script() -> None:
    told = json.dumps({k: v for k, v in REPLIES.items() if k != "choose"}, ensure_ascii=False)
    assert not re.search(r"https?:|www\.|(?<!\w)@\w|~|[\u3040-\u30ff\u4e00-\u9fff]", told)


@pytest.mark.parametrize(
    "phrase", ["시사점", "혁신적", "획기적", "본 논문", "통해", "효율성", "되어지", "수 있습니다. "]
)
def test_the_phrases_that_readers_are_tired_of_do_not_occur(phrase: str) -> None:
    assert [text for reply in WRITTEN.values() for text in korean(reply) if phrase in text] == []


# With the stages it was recorded for


@written
async def test_the_writer_accepts_the_reply_at_the_first_turn(item_id: str) -> None:
    turns: list[Draft] = []
    llm = StructuredLlm(Recorded(REPLIES))
    draft = await write(llm, reading_of(item_id), Profile(), complaint=lambda draft: turns.append(draft))
    assert turns == [draft]
    assert draft == draft_of(WRITTEN[item_id])


async def test_the_choice_is_taken_as_recorded_among_all_candidates() -> None:
    candidates = [Pick(item, score=0.0) for item in DAY.items]
    chosen = await choose(StructuredLlm(Recorded(REPLIES)), candidates, 5, Profile())
    assert [pick.item.id for pick in chosen] == [pick["id"] for pick in PICKS]


@written
def test_checking_finds_nothing_in_a_recorded_draft(item_id: str) -> None:
    assert check_draft(reading_of(item_id), draft_of(WRITTEN[item_id])).wrong == ()


@written
def test_nothing_of_a_recorded_draft_needs_polish_or_is_stopped_at_the_gate(item_id: str) -> None:
    told = korean(WRITTEN[item_id])
    assert tuple(polish(text) for text in told) == told
    assert [found for text in told for found in gate(text)] == []


@pytest.mark.parametrize("action", REPLIES["actions"]["actions"], ids=lambda action: action["lead"])
def test_checking_finds_nothing_in_an_action_of_its_story(action: dict[str, Any]) -> None:
    story = reading_of(PICKS[action["story"] - 1]["id"])
    assert check(story, [Sentence("action", f"{action['lead']}: {action['text']}")]) == ((),)


# Nobody's words but ours


def test_a_run_of_eight_words_counts_as_copied_and_seven_do_not() -> None:
    original = "one two three four five six seven eight nine"
    assert copied("So: One, two three four five six seven eight.", original) == {
        "one two three four five six seven eight"
    }
    assert copied("one two three four five six seven and eight nine", original) == set()


def test_no_description_repeats_its_abstract() -> None:
    day = SHARED / "data/selection/days/2026-02-03.jsonl.gz"
    if not day.exists():
        pytest.skip("needs ../shared/data/selection")
    with gzip.open(day, "rt", encoding="utf-8") as lines:
        real = {row["id"]: row for row in map(json.loads, lines)}
    papers = [item for item in DAY.items if isinstance(item, Paper)]
    assert {p.id: runs for p in papers if (runs := copied(p.abstract, real[p.id]["abstract"]))} == {}
    assert {p.id: p.title for p in papers} == {p.id: real[p.id]["title"] for p in papers}
    assert {p.id: p.signals.hf_upvotes for p in papers} == {p.id: real[p.id]["hf_upvotes"] for p in papers}


def test_no_summary_repeats_its_article() -> None:
    recorded = SHARED / "world/data/news/items.jsonl.gz"
    if not recorded.exists():
        pytest.skip("needs ../shared/world")
    with gzip.open(recorded, "rt", encoding="utf-8") as lines:
        real = {canonical(row["url"]): row for row in map(json.loads, lines)}
    known = [item for item in DAY.items if isinstance(item, News) and item.url in real]
    assert len(known) >= 9
    for news in known:
        row = real[news.url]
        assert copied(news.summary, f"{row['summary']} {re.sub('<[^>]+>', ' ', row['content'])}") == set()
        assert news.title == row["title"]
