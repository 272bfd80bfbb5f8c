"""News and signals: feeds as publishers write them, Hacker News, Hugging Face, a news search that may lie."""

import asyncio
import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web as server
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SourceBroken, SourceError, SourceRefused, SourceStale, SourceUnreachable
from core.model import News, Signals, SourceReport, news_id
from core.sources import Found, hf, hn
from core.sources.calendar import day_at
from core.sources.ddgs import Ddgs
from core.sources.feeds import FEEDS, Feed, FeedAt, feeds_at, plain, read
from core.sources.topic import about_ai
from core.web import Page, Web
from tests.test_web import serving

DATA = Path(__file__).parent / "data" / "sources"
NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)
DAY = day_at(NOW, ("cs.AI",))
LAB = FeedAt("A Lab", "https://lab.example/feed.xml")


def feed(body: bytes | str, at: FeedAt = LAB, content_type: str = "application/xml") -> Found:
    return read(Page(at.url, 200, content_type, body.encode() if isinstance(body, str) else body), at, NOW)


def rss(*items: str, declared: str = "UTF-8", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="{declared}"?>{before}<rss version="2.0"><channel><title>A Lab</title>'
        f"{''.join(items)}</channel></rss>"
    )


def item(title: str, when: datetime | None = NOW, link: str = "https://lab.example/a", summary: str = "") -> str:
    dated = f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if when else ""
    return f"<item><title>{title}</title><link>{link}</link><description>{summary}</description>{dated}</item>"


# ------------------------------------------------------------------------------------------ feeds
@pytest.mark.parametrize(("name", "only_ai"), [("rss", True), ("atom", False)])
def test_a_feed_reads_as_its_golden_pieces(name: str, only_ai: bool) -> None:
    found = feed((DATA / f"{name}.xml").read_bytes(), FeedAt("A Lab", "https://lab.example/feed.xml", only_ai))
    shown = {"detail": found.detail, "items": [asdict(piece) for piece in found.items]}
    golden = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(shown, default=datetime.isoformat)) == golden


def test_an_undated_piece_is_kept_as_undated_and_counted() -> None:
    found = feed(rss(item("AI", when=None)))
    assert [piece.published for piece in found.items] == [None]
    assert found.detail == "날짜 없음 1"


@pytest.mark.parametrize(
    ("age", "kept", "detail"),
    [
        (timedelta(hours=1), 1, ""),
        (timedelta(days=2, hours=23), 1, ""),
        (timedelta(days=3, hours=1), 0, "지난 글 1"),
        (timedelta(minutes=-30), 1, ""),
        (timedelta(hours=-9), 0, "미래 날짜 1"),
    ],
)
def test_only_the_last_three_days_are_news(age: timedelta, kept: int, detail: str) -> None:
    found = feed(rss(item("AI", NOW - age), item("AI today", NOW, "https://lab.example/b")))
    assert (len(found.items) - 1, found.detail) == (kept, detail)


def test_addresses_and_counts_are_no_text() -> None:
    tally = "<p>Article URL: https://a.example/x</p><p>Points: 6</p><p># Comments: 1</p> submitted by /u/someone [link]"
    (piece,) = feed(rss(item("An AI tool", summary=tally.replace("<", "&lt;")))).items
    assert piece.summary == ""


@pytest.mark.parametrize(("markup", "summary"), [
    ("<ul>\n<li>구독 <b>제공</b></li>\n<li>\n<b>공개</b> 저장소의\n팀원</li></ul>", "구독 제공\n\n공개 저장소의 팀원"),
    ("<p>One. Two<br>goes on.</p><h3>Head</h3><p>Three.</p>", "One. Two goes on.\n\nHead\n\nThree."),
    ("<li>원칙에 동의</l...</p>", "원칙에 동의"),
    ("<li>음성을 <b>녹음</b> 후 <stro...</p>", "음성을 녹음 후 …"),
])  # fmt: skip
def test_list_items_and_paragraphs_stay_apart_and_a_cut_inside_markup_is_seen(markup: str, summary: str) -> None:
    (piece,) = feed(rss(item("An AI tool", summary=escape(markup)))).items
    assert piece.summary == summary


@pytest.mark.parametrize("title", ["A Lab", "A Lab - 개발 뉴스 서비스", "A Lab: Newest", "A Lab | AI"])
def test_a_feed_that_is_not_known_goes_by_its_own_name_without_the_tagline(title: str) -> None:
    body = rss(item("AI")).replace("<title>A Lab</title>", f"<title>{title}</title>", 1)
    assert feed(body, FeedAt("", "https://lab.example/feed.xml")).items[0].source == "A Lab"  # type: ignore[union-attr]


def test_a_feed_that_ended_long_ago_says_so() -> None:
    with pytest.raises(SourceStale, match="400일 전"):
        feed(rss(item("AI", NOW - timedelta(days=400))))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "   \n",
        "Rate exceeded.",
        "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>Later.</p></body></html>",
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
        rss(),
        rss(item("AI"))[:-30],
        "\x00\x01\x02",
    ],
)
def test_what_is_no_whole_feed_is_an_error_and_never_no_news(body: str) -> None:
    with pytest.raises(SourceBroken):
        feed(body)


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr", "utf-16"])
def test_the_documents_own_encoding_counts(encoding: str) -> None:
    body = rss(item("인공지능 소식"), declared=encoding).encode(encoding)
    (piece,) = feed(body, content_type="text/xml; charset=iso-8859-1").items
    assert piece.title == "인공지능 소식"


def test_an_undeclared_encoding_is_guessed_and_that_is_said() -> None:
    found = feed(rss(item("인공지능 소식")).encode("cp949"))
    assert found.items[0].title == "인공지능 소식" and "추정" in found.detail


def test_bytes_of_no_encoding_are_bounded_and_harmless() -> None:
    found = feed(rss(item("AI \udcff\udcfe\udc80")).encode("utf-8", "surrogateescape"))
    assert found.items[0].title.startswith("AI") and "추정" in found.detail


BOMB = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 50}'>" for before, name in zip("abcdefg", "bcdefgh", strict=True)
) + "]>"  # fmt: skip


def test_an_entity_bomb_does_not_go_off() -> None:
    started = time.monotonic()
    try:
        found = feed(rss(item("AI &h;", summary="&h;"), before=BOMB))
    except SourceBroken:
        found = Found()
    assert time.monotonic() - started < 2
    assert sum(len(piece.title) + len(piece.text) for piece in found.items) < 3_000


def test_references_to_no_character_are_left_out() -> None:
    odd = "<item><title>LLM &#xD800;&#55357;&#0;&#x7FFFFFFF; &#65; agent</title><link>https://a.example/1</link></item>"
    assert [piece.title for piece in feed(rss(odd)).items] == ["LLM A agent"]


def test_a_file_of_this_machine_cannot_be_read_through_an_entity() -> None:
    outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    name = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "localhost"
    try:
        found = feed(rss(item("AI &x;"), before=outside))
    except SourceBroken:
        found = Found()
    assert not any(name in piece.title for piece in found.items)


async def test_a_feed_of_ten_megabytes_is_not_read() -> None:
    async def huge(_: server.Request) -> server.StreamResponse:
        return server.Response(body=rss(item("AI", summary="x" * 10_000_000)).encode())

    async with serving(huge) as url, Web() as web:
        with pytest.raises(SourceBroken, match="너무 큼"):
            await Feed(web, FeedAt("A Lab", url)).collect(DAY)


def test_a_feed_of_very_many_or_very_long_pieces_is_bounded() -> None:
    many = rss(*(item(f"AI {n}", link=f"https://lab.example/{n}") for n in range(400)))
    long = rss(item("AI " * 1_000, summary="word " * 10_000))
    assert len(feed(many).items) <= 150
    (piece,) = feed(long).items
    assert len(piece.title) <= 300 and len(piece.text) <= 2_000


def test_general_feeds_are_filtered_and_feeds_of_the_field_are_not() -> None:
    body = rss(item("Rust 1.90"), item("A new LLM", link="https://lab.example/b"))
    assert [piece.title for piece in feed(body, FeedAt("", LAB.url, only_ai=False)).items] == ["A new LLM"]
    assert len(feed(body).items) == 2


@pytest.mark.parametrize(("others", "kept"), [(1, 5), (4, 4)])
def test_an_unknown_feed_is_filtered_unless_it_is_mostly_of_the_field(others: int, kept: int) -> None:
    topical = [item(f"LLM {n}", link=f"https://lab.example/{n}") for n in range(4)]
    rest = [item(f"Bread {n}", link=f"https://lab.example/bread/{n}") for n in range(others)]
    assert len(feed(rss(*topical, *rest), FeedAt("", LAB.url, only_ai=None)).items) == kept


def test_a_feed_without_a_given_name_is_called_by_its_own() -> None:
    (piece,) = feed(rss(item("AI")), FeedAt("", LAB.url)).items
    assert isinstance(piece, News) and piece.source == "A Lab"


def test_the_shipped_feeds_have_names_and_each_is_there_once() -> None:
    assert len({at.url for at in FEEDS}) == len({at.publisher for at in FEEDS}) == len(FEEDS)
    assert all(at.url.startswith("https://") and at.publisher for at in FEEDS)


def test_known_feeds_in_a_setting_keep_their_names() -> None:
    known, other = feeds_at([FEEDS[0].url, " https://x.example/feed.xml ", ""])
    assert known == FEEDS[0]
    assert (other.url, other.only_ai) == ("https://x.example/feed.xml", None)


def test_reports_name_a_feed_by_publisher_or_address() -> None:
    web = Web()
    assert Feed(web, LAB).name == "피드: A Lab"
    assert Feed(web, FeedAt("", "https://www.x.example/ai/feed.xml")).name == "피드: x.example/ai/feed.xml"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("a &hellip; b&nbsp;c", "a … b c"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<b>모델</b>을 <em>공개</em>, one<br>two", "모델을 공개, one two"),
        ("<style>p{}</style><script>x()</script>Text", "Text"),
        ("$\\alpha$ and \\textbf{LLM} stay", "$\\alpha$ and \\textbf{LLM} stay"),
        ("zero\u200bwidth \u202ertl", "zerowidth rtl"),
        ("3 < 4 models", "3 < 4 models"),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert plain(markup) == text


@given(st.text(max_size=200))
def test_any_markup_becomes_one_line(markup: str) -> None:
    assert "\n" not in plain(markup)


@given(st.binary(max_size=400))
def test_any_bytes_end_as_pieces_or_as_a_stated_failure(body: bytes) -> None:
    try:
        feed(body)
    except SourceError as error:
        assert str(error)


# ------------------------------------------------------------------------------------------ Hacker News
def hits(*rows: Mapping[str, object]) -> bytes:
    base = {"objectID": "1", "points": 50, "created_at_i": int(NOW.timestamp()) - 3_600}
    return json.dumps({"hits": [{**base, **row} for row in rows], "nbHits": len(rows)}).encode()


def test_stories_about_ai_are_news_and_all_stories_are_signals() -> None:
    found = hn.read(
        hits(
            {"objectID": "7", "title": "A new LLM", "url": "https://a.org/llm?utm_source=hn"},
            {"objectID": "8", "title": "Bread", "url": "https://a.org/bread"},
        )
    )
    discussed = Signals(hn_points=50, hn_url="https://news.ycombinator.com/item?id=7")
    assert found.items == (
        News(
            news_id("https://a.org/llm"),
            "https://a.org/llm",
            "A new LLM",
            "",
            "Hacker News",
            "hn",
            NOW - timedelta(hours=1),
            discussed,
        ),
    )
    assert set(found.signals) == {news_id("https://a.org/llm"), news_id("https://a.org/bread")}


def test_a_story_on_a_paper_is_a_signal_for_the_paper() -> None:
    found = hn.read(hits({"title": "LLMs [pdf]", "url": "https://arxiv.org/pdf/2602.01785v1"}))
    assert found.items == () and list(found.signals) == ["2602.01785"]


def test_a_story_without_a_link_is_its_discussion() -> None:
    (story,) = hn.read(hits({"objectID": "9", "title": "Ask HN: which LLM?", "url": None})).items
    assert isinstance(story, News) and story.url == "https://news.ycombinator.com/item?id=9"


@pytest.mark.parametrize(
    "body", [b"", b"Rate exceeded.", b"<html></html>", b"[]", b'{"hits": [{"a": 1}]}', hits()[:20]]
)
def test_what_is_no_answer_of_hacker_news_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceBroken):
        hn.read(body)


def test_two_days_without_a_story_are_an_error() -> None:
    with pytest.raises(SourceBroken, match="0건"):
        hn.read(hits())


# ------------------------------------------------------------------------------------------ Hugging Face
def answer(*picks: tuple[str, int, str]) -> bytes:
    papers = [{"id": id_, "upvotes": votes, "submittedOnDailyAt": f"{on}T03:00:00.000Z"} for id_, votes, on in picks]
    return json.dumps([{"paper": paper, "title": "x"} for paper in papers]).encode()


async def picked(**by_date: bytes | int) -> Found:
    """What is found when the dates (d0203 = February 3rd) answer so; a number is a status, other dates have none."""

    async def handler(request: server.Request) -> server.StreamResponse:
        given = by_date.get("d" + request.query["date"][5:].replace("-", ""), b"[]")
        return server.Response(status=given) if isinstance(given, int) else server.Response(body=given)

    async with serving(handler) as url, Web(again_s=0.01) as web:
        return await hf.HuggingFace(web, url).collect(DAY)


async def test_picks_of_two_days_are_upvotes_by_paper() -> None:
    found = await picked(
        d0202=answer(("2602.01785", 3, "2026-02-02"), ("2602.00001", 5, "2026-02-02")),
        d0203=answer(("2602.01785", 12, "2026-02-03")),
    )
    assert found.signals == {"2602.01785": Signals(hf_upvotes=12), "2602.00001": Signals(hf_upvotes=5)}
    assert (found.count, found.faults) == (2, ())


async def test_signals_do_not_wait_behind_slow_feeds_of_the_same_host() -> None:
    """A mirror may serve all from one host, and four at once is what a host gets."""
    released = asyncio.Event()

    async def handler(request: server.Request) -> server.StreamResponse:
        if request.path.startswith("/feeds"):
            await released.wait()
            return server.Response(text=rss(item("A new model")), content_type="application/xml")
        body = b"[]" if "daily" in request.path else hits({"objectID": "1", "title": "AI", "points": 9})
        return server.Response(body=body)

    async with serving(handler) as url, Web() as web:
        feeds = [asyncio.create_task(Feed(web, FeedAt("F", f"{url}/feeds/{n}")).collect(DAY)) for n in range(8)]
        await asyncio.sleep(0.05)
        async with asyncio.timeout(5):
            await hf.HuggingFace(web, url).collect(DAY)
            await hn.HackerNews(web, url).collect(DAY)
        released.set()
        await asyncio.gather(*feeds)


async def test_days_without_picks_are_an_answer() -> None:
    assert (await picked()).count == 0


async def test_upvotes_shown_under_the_wrong_day_count_and_the_wrong_day_is_told() -> None:
    found = await picked(d0203=answer(("2602.01785", 12, "2026-02-02")))
    assert found.signals == {"2602.01785": Signals(hf_upvotes=12)}
    assert found.faults == (SourceReport("Hugging Face(02-03)", ok=False, detail="02-02 자료를 보여 줌"),)


async def test_one_day_of_two_is_better_than_none() -> None:
    found = await picked(d0202=answer(("2602.01785", 3, "2026-02-02")), d0203=404)
    assert found.count == 1 and [fault.name for fault in found.faults] == ["Hugging Face(02-03)"]
    with pytest.raises(SourceBroken):
        await picked(d0202=404, d0203=404)


@pytest.mark.parametrize("body", [b"", b"Rate exceeded.", b"{}", b'[{"paper": {}}]', b"<html>"])
def test_what_is_no_answer_of_hugging_face_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceBroken):
        hf.picks(body)


# ------------------------------------------------------------------------------------------ news search
@dataclass(frozen=True, slots=True)
class Engine:
    """Stands in for `ddgs.DDGS`: answers each query with the next of `ends`, the last for ever."""

    ends: Sequence[list[dict[str, Any]] | Exception]
    asked: list[str]

    def news(self, query: str, *, region: str, timelimit: str, max_results: int) -> list[dict[str, Any]]:
        self.asked.append(query)
        end = self.ends[min(len(self.asked), len(self.ends)) - 1]
        if isinstance(end, Exception):
            raise end
        return end[:max_results]


def hit(
    title: str = "A new LLM", url: str = "https://a.org/llm", date: str | None = "2026-02-03T05:00:00+00:00"
) -> dict[str, Any]:
    return {"date": date, "title": title, "body": "It is <b>open</b>.", "url": url, "image": "", "source": "A Paper"}


async def searched(*ends: list[dict[str, Any]] | Exception, within_s: float = 5) -> Found:
    engine = Engine(ends, [])
    return await Ddgs(lambda: engine, within_s=within_s, pause_s=0).collect(DAY)


async def test_what_several_queries_find_is_one_list() -> None:
    found = await searched([hit(), hit(url="https://a.org/llm?utm_source=x")], [hit(url="https://a.org/other")])
    assert [piece.url for piece in found.items if isinstance(piece, News)] == [
        "https://a.org/llm",
        "https://a.org/other",
    ]
    assert found.items[0].text == "It is open." and found.detail == ""


async def test_dates_that_cannot_be_trusted_are_told() -> None:
    old, undated = hit(url="https://a.org/1", date="2026-01-29T05:00:00+00:00"), hit(url="https://a.org/2", date=None)
    found = await searched([old, undated, hit(date="soon", url="https://a.org/3")])
    assert [piece.published for piece in found.items] == [None, None]
    assert found.detail == "지난 글 1, 날짜 없음 2"


async def test_nothing_found_is_nothing_and_every_exception_is_a_failure() -> None:
    assert (await searched([])).items == ()
    for error in (RuntimeError("No results found."), ValueError("x"), KeyError("date"), OSError("reset")):
        with pytest.raises(SourceUnreachable):
            await searched(error)
    with pytest.raises(SourceRefused):
        await searched(RuntimeError("https://duckduckgo.com/news.js 202 Ratelimit"))


async def test_one_failed_query_of_several_is_told_beside_the_count() -> None:
    found = await searched(RuntimeError("blocked"), [hit()])
    assert len(found.items) == 1 and "3번 중 1번 실패" in found.detail


async def test_results_of_another_shape_are_an_error() -> None:
    assert len((await searched([{"headline": "x"}, hit()])).items) == 1
    with pytest.raises(SourceBroken):
        await searched([{"headline": "x"}])


async def test_a_search_that_never_returns_is_left_behind() -> None:
    released = threading.Event()

    class Hung:
        def news(self, query: str, *, region: str, timelimit: str, max_results: int) -> list[dict[str, Any]]:
            released.wait(30)
            return []

    started = time.monotonic()
    with pytest.raises(SourceUnreachable):
        await Ddgs(Hung, within_s=0.1, pause_s=0).collect(DAY)
    released.set()
    await asyncio.sleep(0.05)
    assert time.monotonic() - started < 3


@given(st.text(max_size=60))
def test_the_gate_never_raises(title: str) -> None:
    assert about_ai(title) in (True, False)
