"""Collecting: sources end as items or stated failures; ids and URLs are canonical; the gate for AI."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import NoEdition, SourceRefused, SourceUnreachable
from core.model import Batch, News, Paper, Signals, SourceReport, news_id
from core.sources import Day, Found, collect
from core.sources.calendar import day_at
from core.sources.topic import about_ai
from core.sources.urls import arxiv_id, canonical

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)
DAY = day_at(NOW, ("cs.AI",))
PAPER = Paper("2602.00001", "A paper", "It works.", ("A. Author",), ("cs.AI",), "cs.AI")


def news(url: str, title: str = "A model is out", summary: str = "", **more: object) -> News:
    piece = News(news_id(canonical(url)), canonical(url), title, summary, "Somewhere")
    return replace(piece, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Given:
    """A source that ends as told."""

    name: str
    end: Found | Exception
    after_s: float = 0.0

    async def collect(self, day: Day) -> Found:
        await asyncio.sleep(self.after_s)
        if isinstance(self.end, Exception):
            raise self.end
        return self.end


# ------------------------------------------------------------------------------------------ collect
async def test_every_source_is_reported_in_its_order_however_it_ends() -> None:
    sources = [
        Given("arXiv", Found((PAPER,), detail="신규 1"), after_s=0.05),
        Given("검색", SourceRefused("요청 제한(429)")),
        Given("피드: 조용한 곳", Found()),
    ]
    day = await collect(sources, DAY)
    assert day.items == (PAPER,)
    assert day.reports == (
        SourceReport("arXiv", True, 1, "신규 1"),
        SourceReport("검색", False, 0, "요청 제한(429)"),
        SourceReport("피드: 조용한 곳", True, 0, ""),
    )


async def test_parts_that_failed_are_reports_of_their_own() -> None:
    fault = SourceReport("arXiv 목록(cs.AI)", ok=False, detail="빈 목록")
    day = await collect([Given("arXiv", Found((PAPER,), faults=(fault,)))], DAY)
    assert day.reports == (SourceReport("arXiv", True, 1), fault)


async def test_all_failing_is_no_edition_and_names_every_reason() -> None:
    with pytest.raises(NoEdition, match=r"arXiv: 서버가 없음.*피드: 막힘"):
        await collect([Given("arXiv", SourceRefused("서버가 없음")), Given("피드", SourceRefused("막힘"))], DAY)


async def test_many_failing_alike_are_one_reason_and_what_to_look_at() -> None:
    feeds = [Given(f"피드: {n}", SourceUnreachable("연결 실패")) for n in range(12)]
    others = [Given(name, SourceRefused(f"막힘({name})")) for name in "ABCD"]
    with pytest.raises(NoEdition) as caught:
        await collect([*others, *feeds], DAY)
    reasons = "피드: 0 외 11곳: 연결 실패; A: 막힘(A); B: 막힘(B); 그 밖에 2곳"
    assert f"({reasons}). 네트워크와 프록시(HTTPS_PROXY)" in str(caught.value)


async def test_a_source_that_could_bring_nothing_does_not_make_a_day() -> None:
    weekend = Given("arXiv", Found(detail="주말: 공지 없음", asked=False))
    with pytest.raises(NoEdition, match="피드: 막힘"):
        await collect([weekend, Given("피드", SourceRefused("막힘"))], DAY)
    assert (await collect([weekend, Given("피드", Found())], DAY)).items == ()


async def test_one_that_crashes_or_hangs_does_not_stop_the_day() -> None:
    sources = [
        Given("고장", ZeroDivisionError("inside")),
        Given("느림", Found(), after_s=30),
        Given("arXiv", Found((PAPER,))),
    ]
    day = await asyncio.wait_for(collect(sources, DAY, deadline_s=0.1), 5)
    assert [report.ok for report in day.reports] == [False, False, True]
    assert "inside" not in day.reports[0].detail


async def test_sources_are_asked_at_the_same_time() -> None:
    sources = [Given(str(n), Found(), after_s=0.2) for n in range(10)]
    await asyncio.wait_for(collect(sources, DAY), 1)


async def test_a_quiet_day_is_not_a_failure() -> None:
    assert (await collect([Given("피드", Found())], DAY)).items == ()


async def test_the_same_thing_from_two_sources_is_one_item_with_the_fuller_text() -> None:
    short, full = news("https://a.org/x?utm_source=rss"), news("http://a.org/x/", summary="All of it.")
    day = await collect([Given("1", Found((short,))), Given("2", Found((full, PAPER)))], DAY)
    assert day.items == (full, PAPER)
    assert [report.count for report in day.reports] == [1, 2]


async def test_texts_of_any_length_are_cut_at_the_door() -> None:
    endless = replace(PAPER, title="A title " * 900, abstract="A sentence. " * 20_000, comment="c " * 9_000)
    piece = news("https://a.org/1", "A title " * 900, "A sentence. " * 20_000)
    day = await collect([Given("arXiv", Found((endless, piece)))], DAY)
    for item in day.items:
        assert len(item.title) <= 500 and len(item.text) <= 8_000 and item.title.endswith("…")
    assert isinstance(day.items[0], Paper) and len(day.items[0].comment or "") <= 500


async def test_signals_are_joined_on_the_item_they_are_about() -> None:
    hf = Found(signals={PAPER.id: Signals(hf_upvotes=7), "2602.99999": Signals(hf_upvotes=1)}, count=2)
    hn = Found(signals={PAPER.id: Signals(hn_points=99, hn_url="https://news.ycombinator.com/item?id=1")})
    day = await collect([Given("arXiv", Found((PAPER,))), Given("hf", hf), Given("hn", hn)], DAY)
    (paper,) = day.items
    assert paper.signals == Signals(7, 99, "https://news.ycombinator.com/item?id=1")
    assert [report.count for report in day.reports] == [1, 2, 0]


async def test_batch_and_politeness_are_handed_on() -> None:
    batch = Batch(DAY.date, NOW, 1)
    day = await collect([Given("f", Found()), Given("arXiv", Found((PAPER,), batch=batch, waited_s=6.0))], DAY)
    assert (day.batch, day.waited_s) == (batch, 6.0)


# ------------------------------------------------------------------------------------------ URLs
@pytest.mark.parametrize(
    "variant",
    [
        "https://a.org/story?id=3",
        "http://a.org/story/?id=3",
        "https://A.org:443/story?id=3#comments",
        "https://m.a.org/story?utm_source=rss&id=3&utm_medium=feed",
        " https://a.org/story?fbclid=zzz&id=3 ",
    ],
)
def test_variants_of_one_address_are_one(variant: str) -> None:
    assert canonical(variant) == "https://a.org/story?id=3"


@pytest.mark.parametrize(
    "a", ["https://a.org/story?id=3", "https://a.org/Story", "https://a.org/story/2", "https://b.org/story"]
)
@pytest.mark.parametrize("b", ["https://a.org/story", "https://a.org/story?id=4", "https://news.a.org/story?id=3"])
def test_different_pages_stay_different(a: str, b: str) -> None:
    assert canonical(a) != canonical(b)


@pytest.mark.parametrize(
    ("text", "id_", "version"),
    [
        ("2602.01785", "2602.01785", None),
        ("2602.01785v2", "2602.01785", 2),
        ("arXiv:2602.01785v1", "2602.01785", 1),
        ("http://arxiv.org/abs/2602.01785v3", "2602.01785", 3),
        ("https://arxiv.org/pdf/2602.01785v1.pdf", "2602.01785", 1),
        ("https://www.arxiv.org/pdf/2602.01785", "2602.01785", None),
        ("https://arxiv.org/html/2602.01785v1#S4.T2", "2602.01785", 1),
        ("https://export.arxiv.org/abs/2602.01785?context=cs", "2602.01785", None),
        ("https://huggingface.co/papers/2602.01785", "2602.01785", None),
        ("https://alphaxiv.org/abs/2602.01785", "2602.01785", None),
        ("https://doi.org/10.48550/arXiv.2602.01785", "2602.01785", None),
        ("hep-th/9901001v2", "hep-th/9901001", 2),
        ("https://arxiv.org/abs/math.GT/0309136", "math.GT/0309136", None),
        ("0704.0001", "0704.0001", None),
    ],
)
def test_a_paper_is_known_by_any_of_its_addresses(text: str, id_: str, version: int | None) -> None:
    assert arxiv_id(text) == (id_, version)
    if "/" in text and "http" in text:
        assert canonical(text) == f"https://arxiv.org/abs/{id_}"


@pytest.mark.parametrize(
    "text",
    ["", "hello", "https://a.org/2602.01785x", "https://arxiv.org/list/cs.AI/new", "12345.6789", "v2602.017851234"],
)
def test_what_is_no_paper_has_no_id(text: str) -> None:
    assert arxiv_id(text) is None


@example("https://a.org:99999/x")
@example("https://a.org:x/")
@example("http://[::1")
@example("http://[::1]/x")
@given(st.text(max_size=80) | st.builds("https://a.org/{}?{}#{}".format, st.text(), st.text(), st.text()))
def test_canonical_is_stable_and_never_raises(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


# ------------------------------------------------------------------------------------------ AI or not
@pytest.mark.parametrize(
    "title",
    [
        "OpenAI가 새 모델 공개",
        "Show HN: an LLM in 100 lines",
        "AI가 바꾼 개발",
        "Llama 4 weights",
        "오픈AI, 앤트로픽과 협력",
        "GPT-5.1 is out",
    ],
)
def test_titles_of_the_field_pass(title: str) -> None:
    assert about_ai(title)


@pytest.mark.parametrize(
    "title", ["He said it rained", "Rust 1.90", "메일 서버 운영기", "The airport", "Maintain your claims"]
)
def test_other_titles_do_not(title: str) -> None:
    assert not about_ai(title)
