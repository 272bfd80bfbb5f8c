"""Whole days against the recorded world: what a collected day holds, and how each failure of a source ends."""

import asyncio
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from core.errors import NoEdition
from core.model import Collected, News, Paper, SourceReport
from core.sources import Day, Source, collect
from core.sources.arxiv import Api
from core.sources.batch import Arxiv
from core.sources.calendar import day_at
from core.sources.feeds import Feed, feeds_at
from core.sources.hf import HuggingFace
from core.sources.hn import HackerNews
from core.sources.listing import ListingPages
from core.sources.rss import Rss
from core.web import USER_AGENT, Web
from tests.world import World, announced, at, needs_world, world

pytestmark = needs_world
CATEGORIES = ("cs.AI", "cs.LG", "cs.CL", "cs.CV")
FEW = ("cs.IR", "cs.SE")
TUESDAY, MONDAY = "2026-02-03", "2026-02-02"
# JSON in pure ASCII survives any encoding; a day without picks is an answer
HARMLESS = {("bad_bytes", "Hugging Face"), ("bad_bytes", "Hacker News"), ("empty", "Hugging Face")}
BROKEN_ANYWHERE = ["500", "reset", "short_body", "empty_body", "rate_text", "maintenance", "truncated"]


@pytest.fixture(scope="module")
def tuesday() -> Iterator[World]:
    for library in ("arxiv", "feedparser"):  # loaded now, not inside a test's time limit
        importlib.import_module(library)
    with world(TUESDAY) as running:
        yield running


@pytest.fixture
def w(tuesday: World) -> World:
    tuesday.faults()
    tuesday.clock("16:40")
    tuesday.forget()
    return tuesday


def arxiv_of(web: Web, url: str, timeout_s: float = 10.0, budget_s: float = 60.0) -> Arxiv:
    return Arxiv(Api(web, url, timeout_s), ListingPages(web, url, timeout_s), Rss(web, url, timeout_s), budget_s)


def day(on: str = TUESDAY, clock: str = "16:40") -> Day:
    return day_at(at(on, clock), CATEGORIES)


def few() -> Day:
    """A smaller Tuesday, for the many ways to fail."""
    return day_at(at(TUESDAY), FEW)


async def collected(w: World, day: Day, **limits: float) -> Collected:
    """arXiv alone, as fast as the world answers."""
    async with Web(pace={"arxiv": 0.0}, retries=1, again_s=0.05) as web:
        return await collect([arxiv_of(web, w.url, **limits)], day)


async def whole(w: World, day: Day, timeout_s: float = 10.0) -> Collected:
    """Every source that the world plays."""
    async with Web(pace={"arxiv": 0.0}, retries=1, again_s=0.05) as web:
        feeds = [Feed(web, feed, timeout_s=timeout_s) for feed in feeds_at(w.feeds("openai", "geeknews"))]
        hf, hn = HuggingFace(web, w.url, timeout_s), HackerNews(web, w.url, timeout_s)
        sources: list[Source] = [arxiv_of(web, w.url), *feeds, hf, hn]
        return await collect(sources, day)


def truth(categories: tuple[str, ...] = CATEGORIES, on: str = TUESDAY) -> set[str]:
    return {paper["id"] for paper in announced(on, categories)}


def ids(day: Collected) -> set[str]:
    return {item.id for item in day.items if isinstance(item, Paper)}


def failed(day: Collected) -> dict[str, str]:
    return {report.name: report.detail for report in day.reports if not report.ok}


# ------------------------------------------------------------------------------------------ good days
@dataclass(frozen=True, slots=True)
class Played:
    """A whole good Tuesday, and what arXiv saw of it."""

    day: Collected
    arxiv: dict[str, Any]


@pytest.fixture(scope="module")
def good(tuesday: World) -> Played:
    tuesday.faults()
    tuesday.clock("16:40")
    tuesday.forget()
    return Played(asyncio.run(whole(tuesday, day())), tuesday.log()["arxiv"])


def test_a_day_is_exactly_new_and_cross_lists_of_its_listing(good: Played) -> None:
    assert ids(good.day) == truth()
    assert good.day.batch and (good.day.batch.date, good.day.batch.new) == (day().date, len(truth()))
    assert good.day.batch.announced_at == at(TUESDAY, "10:00")
    assert failed(good.day) == {}


def test_papers_carry_the_metadata_of_the_record(good: Played) -> None:
    recorded = {paper["id"]: paper for paper in announced(TUESDAY, CATEGORIES)}
    for paper in (item for item in good.day.items if isinstance(item, Paper)):
        record = recorded[paper.id]
        assert paper.title == " ".join(record["title"].split())
        assert paper.abstract == " ".join(record["abstract"].split())
        assert (list(paper.authors), list(paper.categories)) == (record["authors"], record["categories"])
        assert paper.published and paper.published.isoformat()[:16] == record["published"][:16]
        assert paper.announced == ("new" if record["primary"] in CATEGORIES else "cross")


def test_a_day_takes_few_requests_one_at_a_time_under_our_own_name(good: Played) -> None:
    assert good.arxiv["count"] <= 8
    assert good.arxiv["max_concurrent"] == 1
    assert good.arxiv["user_agents"] == [USER_AGENT]


def test_signals_come_to_the_papers_and_news_they_are_about(good: Played) -> None:
    papers = [item for item in good.day.items if isinstance(item, Paper) and item.signals.hf_upvotes is not None]
    news = [item for item in good.day.items if isinstance(item, News) and item.signals.hn_points is not None]
    assert len(papers) > 10
    assert news and all(item.signals.hn_url for item in news)


def test_no_item_is_from_the_future_or_twice(good: Played) -> None:
    assert all(item.published is None or item.published <= day().now for item in good.day.items)
    assert len({item.id for item in good.day.items}) == len(good.day.items)


@pytest.mark.slow
async def test_arxiv_is_asked_once_in_three_seconds(w: World) -> None:
    async with Web(pace={"arxiv": 3.0}) as web:
        result = await collect([arxiv_of(web, w.url)], day_at(at(TUESDAY), ("cs.CL",)))
    log = w.log()["arxiv"]
    assert log["min_gap_s"] >= 3
    assert log["max_concurrent"] == 1
    assert 5 < result.waited_s < 3 * log["count"]


# ------------------------------------------------------------------------------------------ the calendar
@pytest.mark.parametrize("on", ["2026-01-31", "2026-02-01"])
async def test_a_weekend_asks_arxiv_nothing_and_says_so(w: World, on: str) -> None:
    w.clock(f"{on}T16:40:00+09:00")
    result = await whole(w, day(on))
    assert ids(result) == set() and result.batch is None
    assert result.reports[0] == SourceReport("arXiv", ok=True, detail="주말: 공지 없음")
    assert w.log()["arxiv"]["count"] == 0
    assert any(isinstance(item, News) for item in result.items)


async def test_before_the_announcement_the_batch_is_the_one_before_and_says_so(w: World) -> None:
    w.clock("09:30")
    result = await collected(w, day(clock="09:30"))
    assert ids(result) == truth(on=MONDAY)
    assert result.batch and str(result.batch.date) == MONDAY
    assert "오늘 공지 전" in result.reports[0].detail


async def test_for_a_past_date_the_window_stands_in_for_the_listing(w: World) -> None:
    result = await collected(w, day(MONDAY))
    assert len(truth(on=MONDAY) ^ ids(result)) <= 0.05 * len(truth(on=MONDAY))  # papers that moderation held
    assert "지난 날짜" in result.reports[0].detail
    assert w.log()["arxiv"]["count"] == 2


async def test_a_day_on_which_arxiv_announced_nothing_is_told_as_such(w: World) -> None:
    w.clock("2026-02-06T16:40:00+09:00")
    monday = day_at(at("2026-02-09"), CATEGORIES)  # the world knows no listing for it
    w.clock("2026-02-09T16:40:00+09:00")
    result = await collected(w, monday)
    assert result.items == () and result.batch is None
    assert result.reports == (SourceReport("arXiv", True, 0, result.reports[0].detail),)
    assert "공지된 배치 없음" in result.reports[0].detail and "02-06" in result.reports[0].detail


# ------------------------------------------------------------------------------------------ the API fails
@pytest.mark.parametrize("mode", ["429", "503", "empty", "stale", "bad_bytes", *BROKEN_ANYWHERE])
async def test_without_the_api_the_listing_gives_the_whole_day(w: World, mode: str) -> None:
    w.faults({"route": "arxiv_api", "mode": mode, "retry_after": 0})
    result = await collected(w, few())
    assert ids(result) == truth(FEW)
    assert set(failed(result)) == {"arXiv API"}
    assert all(item.title and item.text for item in result.items)


async def test_an_api_that_hangs_ends_within_the_budget(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "hang"})
    result = await collected(w, few(), budget_s=3)
    assert ids(result) == truth(FEW)
    assert failed(result) == {"arXiv API": "응답 시간 초과"}


async def test_an_api_that_claims_an_empty_window_is_an_alarm(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "empty", "total": 0})
    result = await collected(w, few())
    assert ids(result) == truth(FEW)
    assert failed(result) == {"arXiv API": "오늘 배치를 아직 모름"}


async def test_a_limit_that_passes_is_waited_for(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "429", "times": 1, "retry_after": 1})
    result = await collected(w, few())
    assert ids(result) == truth(FEW) and failed(result) == {}
    assert result.waited_s >= 1


async def test_one_broken_answer_is_asked_for_again(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "empty", "times": 1})
    result = await collected(w, few())
    assert ids(result) == truth(FEW) and failed(result) == {}


async def test_only_the_held_papers_are_from_the_listing_when_the_second_question_fails(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "500", "match": "id_list=2602"})
    result = await collected(w, few())
    assert ids(result) == truth(FEW)
    assert "보류 논문" in failed(result)["arXiv API"]


# ------------------------------------------------------------------------------------------ the listing fails
@pytest.mark.parametrize("mode", ["429", "503", "empty", "stale", "bad_bytes", *BROKEN_ANYWHERE])
async def test_without_the_listing_the_window_gives_the_day(w: World, mode: str) -> None:
    w.faults({"route": "list", "mode": mode, "retry_after": 0})
    result = await collected(w, few())
    assert ids(result) <= truth(FEW) and len(ids(result)) > 0.95 * len(truth(FEW))
    assert failed(result) and all(name.startswith("arXiv 목록(") for name in failed(result))
    assert "제출 시각" in result.reports[0].detail


async def test_one_category_that_repeats_the_batch_before_is_replaced_alone(w: World) -> None:
    w.faults({"route": "list", "mode": "stale", "match": "cs.IR"})
    result = await collected(w, few())
    assert failed(result) == {"arXiv 목록(cs.IR)": "지난 배치를 반복"}
    assert ids(result) <= truth(FEW) and len(ids(result)) > 0.95 * len(truth(FEW))


async def test_listing_pages_that_hang_leave_time_for_the_rest(w: World) -> None:
    w.faults({"route": "list", "mode": "hang"})
    result = await collected(w, few(), budget_s=3)
    assert len(ids(result)) > 0.95 * len(truth(FEW))
    assert set(failed(result).values()) == {"응답 시간 초과"}


# ------------------------------------------------------------------------------------------ both fail
async def test_rss_gives_the_day_when_listing_and_api_are_down(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "500"}, {"route": "list", "mode": "maintenance"})
    result = await collected(w, few())
    assert ids(result) == truth(FEW)
    assert set(failed(result)) == {"arXiv API", "arXiv 목록(cs.IR/cs.SE)"}
    assert f"RSS에서 {len(truth(FEW))}편" in result.reports[0].detail


async def test_rss_shows_that_the_listing_is_not_todays(w: World) -> None:
    w.faults({"route": "arxiv_api", "mode": "500"}, {"route": "list", "mode": "stale"})
    result = await collected(w, few())
    assert ids(result) == truth(FEW)
    assert failed(result)["arXiv 목록"] == "지난 배치를 반복"


@pytest.mark.parametrize("mode", ["429", "stale", "empty", "bad_bytes", "maintenance", "truncated"])
async def test_a_listing_alone_is_enough(w: World, mode: str) -> None:
    w.faults({"route": "arxiv_api", "mode": "maintenance"}, {"route": "rss", "mode": mode, "retry_after": 0})
    result = await collected(w, few())
    assert ids(result) == truth(FEW)
    assert "arXiv API" in failed(result)


@pytest.mark.parametrize("mode", ["500", "maintenance", "empty_body", "rate_text", "hang", "stale"])
async def test_when_all_of_arxiv_fails_it_is_a_failure_and_never_no_papers(w: World, mode: str) -> None:
    w.faults(*({"route": route, "mode": mode} for route in ("arxiv_api", "list", "rss")))
    known = frozenset(paper["id"] for paper in announced(MONDAY, FEW))
    with pytest.raises(NoEdition, match="arXiv"):
        await collected(w, replace(few(), known=known), budget_s=2, timeout_s=2)


# ------------------------------------------------------------------------------------------ the others fail
PATIENT_S = 15.0


@pytest.mark.parametrize("mode", ["429", "503", "hang", "empty", "stale", "bad_bytes", *BROKEN_ANYWHERE])
@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ({"route": "hf"}, "Hugging Face"),
        ({"route": "hn"}, "Hacker News"),
        ({"route": "feeds", "match": "openai"}, "openai"),
    ],
)
async def test_any_other_source_fails_by_itself(w: World, mode: str, rule: dict[str, Any], name: str) -> None:
    def wait(source: str) -> float:
        """Short for the one that hangs alone: the others must not be blamed for a busy machine."""
        return 1.0 if (source, mode) == (name, "hang") else PATIENT_S

    w.faults({**rule, "mode": mode, "retry_after": 0, "seconds": 60})
    async with Web(pace={"arxiv": 0.0}, retries=1, again_s=0.05) as web:
        good, bad = feeds_at(w.feeds("geeknews", "openai"))
        hub, hacker = HuggingFace(web, w.url, wait("Hugging Face")), HackerNews(web, w.url, wait("Hacker News"))
        both = Feed(web, good, timeout_s=PATIENT_S), Feed(web, bad, timeout_s=wait("openai"))
        result = await collect([*both, hub, hacker], few())
    blamed = failed(result)
    if mode == "bad_bytes" and name == "openai":
        assert "추정" in result.reports[1].detail
    elif (mode, name) in HARMLESS:
        assert not blamed
    else:
        assert blamed and all(name in source for source in blamed)
    assert any(isinstance(item, News) and item.source.startswith("GeekNews") for item in result.items)


async def test_a_wrong_charset_in_the_header_changes_nothing(w: World) -> None:
    well = await whole(w, few())
    w.faults({"route": "*", "mode": "bad_charset"})
    assert await whole(w, few()) == replace(well, reports=well.reports)


async def test_slow_sources_are_waited_for(w: World) -> None:
    w.faults({"route": "feeds", "mode": "slow", "seconds": 1}, {"route": "hf", "mode": "slow", "seconds": 1})
    assert failed(await whole(w, few())) == {}


async def test_korean_feeds_in_any_encoding_are_the_same_news(w: World) -> None:
    async with Web() as web:
        result = await collect([Feed(web, feed) for feed in feeds_at(w.feeds("geeknews", "geeknews-euckr"))], few())
    utf8, euckr = result.reports
    assert utf8.count == euckr.count == len(result.items) > 0


async def test_every_feed_of_the_world_reads(w: World) -> None:
    names = ("openai", "aws-ml", "microsoft-research", "mit-technology-review", "techcrunch", "google-developers")
    async with Web() as web:
        feeds = feeds_at(w.feeds(*names, "anthropic", "geeknews", "hackernews"))
        result = await collect([Feed(web, feed) for feed in feeds], few())
    assert failed(result) == {}
    assert not any("<" in item.text or "&#" in item.text or "utm_" in item.url for item in result.items)


@pytest.mark.parametrize(
    "name", ["encoding_ISO-8859-1", "encoding_WINDOWS-1251", "no_encoding_ISO-8859-1", "large_atom"]
)
async def test_odd_feeds_are_read_as_what_they_are(w: World, name: str) -> None:
    async with Web() as web:
        with pytest.raises(NoEdition, match="일 전 것"):  # read well enough to see that they are old
            await collect([Feed(web, feed) for feed in feeds_at([f"{w.url}/feeds/robust/{name}.xml"])], few())
