"""Today's batch: what counts as a good answer of arXiv's three doors, and what is made of their disagreements."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from html import escape

import pytest
from aiohttp import web as server

from core.errors import SourceBroken, SourceError, SourceRefused, SourceStale, SourceUnreachable
from core.model import Paper
from core.sources import Day, Found, listing, rss, witnesses
from core.sources.arxiv import Api, examine
from core.sources.batch import Arxiv
from core.sources.calendar import announcement, day_at
from core.sources.listing import Listing, ListingPages
from core.sources.revisions import Revisions
from core.sources.rss import Rss
from core.web import Web
from tests.test_web import serving

TUESDAY = date(2026, 2, 3)
EXPECTED = announcement(TUESDAY)
assert EXPECTED
CATEGORIES = ("cs.AI", "cs.CL")
DAY = day_at(datetime(2026, 2, 3, 7, 40, tzinfo=UTC), CATEGORIES)


def paper(number: int, *categories: str, month: str = "2602") -> Paper:
    categories = categories or ("cs.AI",)
    return Paper(
        id=f"{month}.{number:05}",
        title=f"Title {number} with $O(n^2)$ & <more>",
        abstract=f"We show {number}\\% of \\textbf{{it}}.",
        authors=("Ana Ruiz", "Bo Li"),
        categories=categories,
        primary=categories[0],
        comment="12 pages",
    )


def batch(first: int, count: int, *categories: str) -> tuple[Paper, ...]:
    return tuple(paper(number, *categories) for number in range(first, first + count))


# ------------------------------------------------------------------------------------------ the API's answers
def atom(papers: Sequence[Paper], total: int | None = None) -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{p.id}v{p.version}</id><title>{escape(p.title)}</title>"
        f"<updated>2026-02-01T10:00:00Z</updated><published>2026-02-01T10:00:00Z</published>"
        f"<summary>{escape(p.abstract)}</summary>"
        + "".join(f"<author><name>{name}</name></author>" for name in p.authors)
        + "".join(f'<category term="{category}"/>' for category in p.categories)
        + f'<arxiv:primary_category term="{p.primary}"/><arxiv:comment>{p.comment}</arxiv:comment></entry>'
        for p in papers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<opensearch:totalResults>{len(papers) if total is None else total}</opensearch:totalResults>{entries}</feed>"
    )


BOMB = '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><feed>&b;</feed>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Rate exceeded.", SourceRefused),
        ("", SourceBroken),
        ("<!DOCTYPE html><html><body>maintenance</body></html>", SourceBroken),
        ("<html><body>maintenance</body></html>", SourceBroken),
        ('{"papers": []}', SourceBroken),
        (atom([], total=7), SourceBroken),
        (atom(batch(1, 3))[:-40], SourceBroken),
        (atom(batch(1, 3)).replace("totalResults", "results"), SourceBroken),
        (BOMB, SourceBroken),
        (
            atom([paper(1)]).replace("http://arxiv.org/abs/2602.00001v1", "https://arxiv.org/api/errors#bad"),
            SourceBroken,
        ),
    ],
)
def test_each_known_way_of_not_answering_is_an_error(body: str, kind: type[SourceError]) -> None:
    with pytest.raises(kind):
        examine(body.encode())


def test_a_good_answer_promises_its_total() -> None:
    assert examine(atom(batch(1, 3)).encode()) == 3
    assert examine(atom([]).encode()) == 0


async def window(*bodies: str, page_size: int = 2_000) -> tuple[Paper, ...]:
    assert EXPECTED
    waiting = list(bodies)

    async def handler(request: server.Request) -> server.StreamResponse:
        if not waiting:
            await asyncio.sleep(30)
        return server.Response(text=waiting.pop(0), content_type="application/atom+xml")

    async with serving(handler) as url, Web(again_s=0.01) as web:
        api = Api(web, url, timeout_s=1, page_size=page_size)
        return await api.window(CATEGORIES, EXPECTED.opens, EXPECTED.closes, 5)


async def test_records_come_through_as_written() -> None:
    (found,) = await window(atom([paper(7, "cs.CL", "cs.AI")]))
    assert found == replace(paper(7, "cs.CL", "cs.AI"), published=datetime(2026, 2, 1, 10, tzinfo=UTC))


async def test_pages_are_put_together() -> None:
    first, second = batch(1, 2), batch(3, 1)
    assert len(await window(atom(first, total=3), atom(second, total=3), page_size=2)) == 3


async def test_fewer_records_than_promised_is_an_error() -> None:
    with pytest.raises(SourceBroken, match="3편 중 2편"):
        await window(atom(batch(1, 2), total=3), atom(batch(1, 1), total=3), page_size=2)


async def test_a_list_that_never_ends_is_left() -> None:
    with pytest.raises(SourceBroken):
        await window(*(atom([paper(n)], total=99) for n in range(9)), page_size=1)


async def test_a_server_that_hangs_does_not_hang_the_thread() -> None:
    with pytest.raises(SourceUnreachable):
        await window()


async def test_cancelling_ends_the_thread_and_the_request() -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(window(), 0.2)


# ------------------------------------------------------------------------------------------ the listing's page
def entry(p: Paper, note: str = "") -> str:
    subjects = "; ".join(f"Name ({category})" for category in p.categories)
    return (
        f'<dt><a name="item1">[1]</a> <a href ="/abs/{p.id}" title="Abstract" id="{p.id}">arXiv:{p.id}</a> {note}</dt>'
        "<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span>"
        f" {escape(p.title)}</div>"
        f"<div class='list-authors'>{', '.join(f'<a href=x>{name}</a>' for name in p.authors)}</div>"
        f"<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> {p.comment}</div>"
        f"<div class='list-subjects'><span class='descriptor'>Subjects:</span> {subjects}</div>"
        f"<p class='mathjax'>{escape(p.abstract)}</p></div></dd>"
    )


def page(
    new: Sequence[Paper], cross: Sequence[Paper] = (), replaced: Sequence[Paper] = (), said: int | None = None
) -> str:
    parts = [("New", new), ("Cross", cross), ("Replacement", replaced)]
    sections = "".join(
        f"<dl id='articles'><h3>{name} submissions (showing {len(papers)} of {said or len(papers)} entries)</h3>"
        f"{''.join(map(entry, papers))}</dl>"
        for name, papers in parts
        if papers
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"
        "<h3>Showing new listings for Tuesday, 3 February 2026</h3>"
        f"{sections or '<p>No updates today.</p>'}</body></html>"
    )


def test_a_listing_is_new_and_cross_lists_without_replacements() -> None:
    cross = paper(2, "cs.LG", "cs.AI")
    read = listing.parse(page([paper(1)], [cross], [paper(3)]).encode())
    assert read == Listing(TUESDAY, (paper(1), replace(cross, announced="cross")))


def test_a_listing_may_say_that_there_is_nothing() -> None:
    assert listing.parse(page([]).encode()) == Listing(TUESDAY, ())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Rate exceeded.",
        "<!DOCTYPE html><html><body><h1>Scheduled maintenance</h1></body></html>",
        page([paper(1)])[:-60],
        page([paper(1)], said=20),
        page([paper(1)]).replace("list-subjects", "other"),
        page([paper(1)]).replace("New submissions", "Neu"),
        page([paper(1)]).replace("Showing new listings", "Welcome"),
        page([]).replace("No updates today.", ""),
    ],
)
def test_a_page_that_is_no_whole_listing_is_an_error(body: str) -> None:
    with pytest.raises(SourceError):
        listing.parse(body.encode())


# ------------------------------------------------------------------------------------------ RSS
def channel(papers: Sequence[tuple[Paper, str]], day: str = "Tue, 03 Feb 2026 00:00:00 -0500") -> str:
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>https://arxiv.org/abs/{p.id}</link>"
        f"<description>arXiv:{p.id}v1 Announce Type: {kind} \nAbstract: {escape(p.abstract)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{p.id}v1</guid>'
        + "".join(f"<category>{category}</category>" for category in p.categories)
        + f"<arxiv:announce_type>{kind}</arxiv:announce_type><dc:creator>{', '.join(p.authors)}</dc:creator></item>"
        for p, kind in papers
    )
    return (
        '<?xml version="1.0"?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><pubDate>{day}</pubDate>{items}</channel></rss>'
    )


def test_rss_gives_new_and_cross_with_their_records() -> None:
    read = rss.parse(channel([(paper(1), "new"), (paper(2), "cross"), (paper(3), "replace")]).encode(), TUESDAY)
    assert read == (
        replace(paper(1), comment=None),
        replace(paper(2), comment=None, announced="cross"),
    )


def test_rss_of_another_day_is_stale() -> None:
    with pytest.raises(SourceStale):
        rss.parse(channel([(paper(1), "new")], "Mon, 02 Feb 2026 00:00:00 -0500").encode(), TUESDAY)


@pytest.mark.parametrize("body", ["", "Rate exceeded.", "<html></html>", BOMB, channel([(paper(1), "new")])[:-30]])
def test_what_is_no_rss_is_an_error(body: str) -> None:
    with pytest.raises(SourceError):
        rss.parse(body.encode(), TUESDAY)


# ------------------------------------------------------------------------------------------ who is believed
AI, CL = batch(100, 40, "cs.AI"), batch(140, 40, "cs.CL")
GOOD: dict[str, Listing | SourceError] = {"cs.AI": Listing(TUESDAY, AI), "cs.CL": Listing(TUESDAY, CL)}


def judged(listed: dict[str, Listing | SourceError], window: tuple[Paper, ...] | SourceError) -> witnesses.Seen:
    assert EXPECTED
    return witnesses.compare(EXPECTED, CATEGORIES, listed, window)


def blamed(seen: witnesses.Seen) -> dict[str, str]:
    return {fault.name: fault.detail for fault in seen.faults}


def test_agreement_has_no_faults_and_the_batch_is_the_listings() -> None:
    seen = judged(GOOD, AI + CL)
    assert set(seen.batch) == {p.id for p in AI + CL} and blamed(seen) == {} and seen.held == ()


def test_held_papers_are_asked_for_by_id() -> None:
    seen = judged(GOOD, AI[3:] + CL)
    assert seen.held == tuple(p.id for p in AI[:3])
    assert blamed(witnesses.told_by_id(seen, AI[:3])) == {}


def test_many_papers_that_the_api_does_not_know_are_a_fault_and_stay() -> None:
    seen = witnesses.told_by_id(judged(GOOD, AI[20:] + CL), ())
    assert "20편" in blamed(seen)["arXiv API"] and len(seen.batch) == 80


def test_up_to_five_percent_more_in_the_window_is_no_fault() -> None:
    assert blamed(judged(GOOD, AI + CL + batch(500, 2, "cs.AI"))) == {}


def test_more_than_that_is_a_fault_and_both_are_taken() -> None:
    seen = judged(GOOD, AI + CL + batch(500, 5, "cs.AI"))
    assert blamed(seen) == {"arXiv 목록(cs.AI)": "API와 5편 다름"}
    assert len(seen.batch) == 85


def test_a_listing_of_the_batch_before_under_todays_date_is_seen_through() -> None:
    before = tuple(paper(number, "cs.AI", month="2601") for number in range(40))
    seen = judged({**GOOD, "cs.AI": Listing(TUESDAY, before)}, AI + CL)
    assert blamed(seen) == {"arXiv 목록(cs.AI)": "지난 배치를 반복"}
    assert set(seen.batch) == {p.id for p in AI + CL}


def test_an_empty_listing_is_not_an_empty_day() -> None:
    seen = judged({category: Listing(TUESDAY, ()) for category in CATEGORIES}, AI + CL)
    assert blamed(seen) == {"arXiv 목록(cs.AI/cs.CL)": "빈 목록"} and len(seen.batch) == 80


def test_a_category_with_nothing_on_both_sides_is_really_empty() -> None:
    assert blamed(judged({**GOOD, "cs.CL": Listing(TUESDAY, ())}, AI)) == {}


def test_a_listing_that_kept_its_old_date_with_an_empty_window_is_a_day_without_announcement() -> None:
    friday = Listing(date(2026, 1, 30), AI)
    seen = judged({"cs.AI": friday, "cs.CL": friday}, ())
    assert "01-30" in seen.none and blamed(seen) == {}


def test_an_old_date_alone_proves_nothing() -> None:
    friday = Listing(date(2026, 1, 30), AI)
    assert not judged({"cs.AI": friday, "cs.CL": friday}, SourceUnreachable("끊김")).none
    seen = judged({"cs.AI": friday, "cs.CL": friday}, AI + CL)
    assert not seen.none and len(seen.batch) == 80 and "01-30" in blamed(seen)["arXiv 목록(cs.AI/cs.CL)"]


def test_a_listing_that_has_stood_still_for_longer_than_a_holiday_is_stale() -> None:
    old = Listing(date(2025, 4, 9), AI)
    with pytest.raises(SourceStale, match=r"2025-04-09 뒤로 .*300일째"):
        judged({"cs.AI": old, "cs.CL": old}, ())


def test_nothing_anywhere_on_an_announcement_day_is_an_alarm() -> None:
    assert EXPECTED
    seen = judged({category: Listing(TUESDAY, ()) for category in CATEGORIES}, ())
    with pytest.raises(SourceBroken, match="공지일인데 신규 0편"):
        witnesses.found(DAY, EXPECTED, seen)


@pytest.mark.parametrize(
    ("rss", "said"),
    [
        ("서버 오류(503)", "API·목록·RSS 모두 서버 오류(503)"),
        ("연결 실패", "API: 서버 오류(503), 목록: 서버 오류(503), RSS: 연결 실패"),
    ],
)
def test_when_nobody_answers_that_is_said_and_no_number_of_papers(rss: str, said: str) -> None:
    assert EXPECTED
    away = SourceUnreachable("서버 오류(503)")
    seen = judged(dict.fromkeys(CATEGORIES, away), away).blame("arXiv RSS", rss)
    with pytest.raises(SourceUnreachable) as caught:
        witnesses.found(DAY, EXPECTED, seen)
    assert str(caught.value) == said


def test_a_batch_that_was_told_before_is_stale() -> None:
    assert EXPECTED
    known = frozenset(p.id for p in AI + CL)
    with pytest.raises(SourceStale):
        witnesses.found(replace(DAY, known=known), EXPECTED, judged(GOOD, SourceUnreachable("끊김")))


def test_a_batch_that_all_show_as_todays_is_known_by_its_papers_own_dates() -> None:
    assert EXPECTED
    before = tuple(paper(number, "cs.AI", month="2512") for number in range(40))
    seen = judged(dict.fromkeys(CATEGORIES, Listing(TUESDAY, before)), SourceUnreachable("끊김"))
    with pytest.raises(SourceStale, match="2025-12"):
        witnesses.found(DAY, EXPECTED, witnesses.told_by_rss(seen, before))
    dated = [replace(p, published=EXPECTED.opens - timedelta(days=n)) for n, p in enumerate(AI + CL)]
    held = dict.fromkeys(CATEGORIES, Listing(TUESDAY, tuple(dated)))
    with pytest.raises(SourceStale, match="2026-01-30"):
        witnesses.found(DAY, EXPECTED, judged(held, tuple(dated)))


def test_papers_that_moderation_held_make_no_batch_old() -> None:
    assert EXPECTED
    late = [replace(p, published=EXPECTED.closes - timedelta(hours=n)) for n, p in enumerate(AI + CL)]
    held = [replace(p, published=EXPECTED.opens - timedelta(days=n)) for n, p in enumerate(batch(900, 20, "cs.AI"))]
    listed = dict.fromkeys(CATEGORIES, Listing(TUESDAY, (*late, *held)))
    assert len(witnesses.found(DAY, EXPECTED, judged(listed, (*late, *held))).items) == 100


def test_without_the_api_the_newer_of_listing_and_rss_is_believed() -> None:
    before = tuple(paper(number, "cs.AI", month="2601") for number in range(40))
    seen = judged({**GOOD, "cs.AI": Listing(TUESDAY, before), "cs.CL": Listing(TUESDAY, ())}, SourceUnreachable("끊김"))
    assert set(witnesses.told_by_rss(seen, AI + CL).batch) == {p.id for p in AI + CL}
    fresh = judged(GOOD, SourceUnreachable("끊김"))
    told = witnesses.told_by_rss(fresh, before)
    assert told.batch == fresh.batch and blamed(told)["arXiv RSS"] == "지난 배치를 반복"


def test_new_in_one_category_and_cross_listed_in_another_is_new() -> None:
    both = paper(100, "cs.AI", "cs.CL")
    listed: dict[str, Listing | SourceError] = {
        "cs.AI": Listing(TUESDAY, (both,)),
        "cs.CL": Listing(TUESDAY, (replace(both, announced="cross"),)),
    }
    for order in (listed, dict(reversed(listed.items()))):
        assert judged(order, (both,)).batch[both.id].announced == "new"


# ------------------------------------------------------------------------------------------ the whole source
@dataclass(frozen=True, slots=True)
class Doors:
    """A small arXiv: what its three doors answer. The window knows `known`; ids are known for `known` and `held`."""

    listed: Mapping[str, str]
    known: Sequence[Paper] = AI + CL
    held: Sequence[Paper] = ()
    rss: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: server.Request) -> server.StreamResponse:
        self.asked.append(request.path)
        if request.path.startswith("/list/"):
            return server.Response(text=self.listed[request.path.split("/")[2]], content_type="text/html")
        if request.path.startswith("/rss/"):
            return server.Response(text=self.rss, content_type="application/rss+xml")
        wanted = request.query["id_list"].split(",")
        papers = self.known if wanted == [""] else [p for p in self.held if p.id in wanted]
        return server.Response(text=atom(papers), content_type="application/atom+xml")

    async def collect(self, day: Day = DAY) -> Found:
        async with serving(self.answer) as url, Web(again_s=0.01) as web:
            return await Arxiv(Api(web, url), ListingPages(web, url), Rss(web, url), budget_s=10).collect(day)


LISTED = {"cs.AI": page(AI), "cs.CL": page(CL)}


async def test_a_good_day_takes_a_page_per_category_and_one_question() -> None:
    doors = Doors(LISTED)
    found = await doors.collect()
    assert {item.id for item in found.items} == {p.id for p in AI + CL}
    assert found.batch and (found.batch.date, found.batch.new) == (TUESDAY, 80)
    assert (found.detail, found.faults) == ("새 제출 80 · 교차 등록 0", ())
    assert doors.asked == ["/list/cs.AI/new", "/list/cs.CL/new", "/api/query"]


async def test_held_papers_cost_one_more_question_and_have_their_record() -> None:
    doors = Doors(LISTED, known=AI[2:] + CL, held=AI[:2])
    found = await doors.collect()
    assert len(found.items) == 80 and found.faults == ()
    assert all(isinstance(item, Paper) and item.published for item in found.items)
    assert doors.asked.count("/api/query") == 2


async def test_rss_is_asked_only_when_the_api_gave_nothing() -> None:
    doors = Doors({**LISTED, "cs.CL": "Rate exceeded."}, known=(), rss=channel([(p, "new") for p in AI + CL]))
    found = await doors.collect()
    assert len(found.items) == 80 and doors.asked[-1] == "/rss/cs.AI+cs.CL"
    assert {fault.name for fault in found.faults} == {"arXiv API", "arXiv 목록(cs.CL)"}


async def test_after_a_refusal_no_more_pages_are_asked_for() -> None:
    doors = Doors({**LISTED, "cs.AI": "Rate exceeded."})
    assert len((await doors.collect()).items) == 80
    assert "/list/cs.CL/new" not in doors.asked


async def test_a_day_without_announcement_needs_no_request() -> None:
    doors = Doors(LISTED)
    found = await doors.collect(day_at(datetime(2026, 1, 31, 7, 40, tzinfo=UTC), CATEGORIES))
    assert (found.items, found.batch, doors.asked) == ((), None, [])


async def test_for_a_past_day_one_page_is_enough_to_see_it() -> None:
    doors = Doors(LISTED)
    found = await doors.collect(day_at(datetime(2026, 1, 28, 7, 40, tzinfo=UTC), CATEGORIES))
    assert doors.asked == ["/list/cs.AI/new", "/api/query"] and "지난 날짜" in found.detail


async def test_three_closed_doors_are_one_stated_failure() -> None:
    with pytest.raises(SourceBroken, match=r"목록\(cs.AI/cs.CL\): .*API: .*RSS: "):
        await Doors(dict.fromkeys(CATEGORIES, "<html></html>"), known=(), rss="<html></html>").collect()


# ------------------------------------------------------------------------------------------ papers that were told
async def revised(doors: Doors, told: Sequence[Paper], day: Day = DAY) -> Found:
    async with serving(doors.answer) as url, Web(again_s=0.01) as web:
        return await Revisions(Api(web, url)).collect(replace(day, told={paper.id: paper for paper in told}))


async def test_of_the_told_papers_those_with_another_version_or_comment_come_again() -> None:
    told = batch(1, 4)
    same, second, accepted, silent = told
    now = (same, replace(second, version=2), replace(accepted, comment="Accepted at ACL 2026"), silent)
    doors = Doors({}, held=now)
    found = await revised(doors, told)
    assert [(paper.id, paper.version, paper.comment) for paper in found.items if isinstance(paper, Paper)] == [
        (second.id, 2, "12 pages"), (accepted.id, 1, "Accepted at ACL 2026"),
    ]  # fmt: skip
    assert doors.asked == ["/api/query"] and not found.asked


async def test_without_told_papers_or_an_announcement_arxiv_is_not_asked() -> None:
    doors = Doors({}, held=batch(1, 4))
    assert (await revised(doors, ())).items == ()
    assert (await revised(doors, batch(1, 4), replace(DAY, expected=None))).items == ()
    assert doors.asked == []
