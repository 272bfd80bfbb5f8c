"""Fetching a paper: which text is read when, what is said when none can be, and what is kept on disk."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiohttp import web as server

from core.errors import PaperUnreadable, SourceError
from core.fulltext import Document, Figure, Library, figure_of
from core.fulltext.cache import Cache
from core.model import Paper
from core.web import Web
from tests.test_fulltext_html import PAGE, own
from tests.test_fulltext_pdf import LEFT, RIGHT, make_pdf, prose, two_columns
from tests.world import needs_world, world

PAPER = Paper(
    "2602.09001", "Small Routers", "We route tokens.", ("A. Author", "B. Author"), ("cs.LG",), "cs.LG", version=2
)
STUB = '<article class="ltx_document"><p class="ltx_p">See pages 1-last of main.pdf</p></article>'
LONG = PAGE.read_text(encoding="utf-8").replace("The prompt is empty.", "The prompt is long. " * 400)
LOCK = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -44 >> /ID [<00> <00>]".format("ab" * 32)
LOCKED = make_pdf([prose(72, 72, *LEFT)], trailer=LOCK)
LONG_PDF = make_pdf([[*prose(72, 72, *(LEFT * 16)), *prose(320, 72, *(RIGHT * 16))]] * 20)


BY = "http://creativecommons.org/licenses/by/4.0/"
HISTORY = '<strong><a href="/abs/2602.09001v1">[v1]</a></strong> Mon<br/><strong>[v2]</strong> Tue'


def abstract_page(*, title: str = "Small Routers", comment: str = "", history: str = HISTORY, licence: str = "") -> str:
    return f"""<html><head><meta name="citation_title" content="{title}"/>
    <meta name="citation_author" content="Author, A. B."/><meta name="citation_abstract" content="We route tokens."/>
    </head><body><table><tr><td class="tablecell comments mathjax">{comment}</td></tr>
    <tr><td class="tablecell subjects">Machine Learning (cs.LG); Artificial Intelligence (cs.AI)</td></tr></table>
    <div class="abs-license"><a href="{licence}" title="Rights to this article" class="has_license">license</a></div>
    <div class="submission-history">{history}</div></body></html>"""


@dataclass
class Arxiv:
    """A local arXiv of one paper: what each path answers, and what was asked for."""

    pages: dict[str, str | bytes | int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: server.Request) -> server.Response:
        self.asked.append(request.path)
        found = self.pages.get(request.path, 404)
        if isinstance(found, int):
            return server.Response(status=found, text="no")
        kind = "text/html" if isinstance(found, str) else "application/pdf"
        return server.Response(body=found.encode() if isinstance(found, str) else found, content_type=kind)


@asynccontextmanager
async def library(arxiv: Arxiv, folder: Path | None = None, limit_bytes: int = 10_000_000) -> AsyncIterator[Library]:
    app = server.Application()
    app.router.add_get("/{path:.*}", arxiv.answer)
    runner = server.AppRunner(app)
    await runner.setup()
    await server.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with Web(pace={"arxiv": 0.0}, retries=0) as web:
            yield Library(web, f"http://127.0.0.1:{runner.addresses[0][1]}/", folder, limit_bytes=limit_bytes)
    finally:
        await runner.cleanup()


async def opened(**pages: str | bytes | int) -> tuple[Document, list[str]]:
    arxiv = Arxiv({f"/{name}/2602.09001v2": page for name, page in pages.items()})
    async with library(arxiv) as shelf:
        return await shelf.open(PAPER), arxiv.asked


async def test_a_whole_html_page_is_read_without_asking_for_the_pdf() -> None:
    document, asked = await opened(html=LONG, pdf=two_columns())
    assert (document.basis, document.version, document.note) == ("html", 2, "")
    assert asked == ["/html/2602.09001v2"]


async def test_a_stub_or_a_missing_page_sends_to_the_pdf() -> None:
    for html in (STUB, 404, "", 500):
        document, asked = await opened(html=html, pdf=two_columns())
        assert (document.basis, document.title) == ("pdf", "Small Routers")
        assert asked == ["/html/2602.09001v2", "/pdf/2602.09001v2"]


async def test_a_page_that_stops_early_is_held_against_the_pdf() -> None:
    stopped = LONG[: LONG.index('<section id="bib"')]  # four sections, no references, half of what the PDF has
    assert (await opened(html=stopped, pdf=LONG_PDF))[0].basis == "pdf"
    short = PAGE.read_text(encoding="utf-8")
    assert (await opened(html=short, pdf=make_pdf([prose(72, 200, *(LEFT * 4))])))[0].basis == "html"


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (404, "PDF가 없습니다"), (LOCKED, "암호"), (b"%PDF-1.4 junk", "깨져"), (make_pdf([[], []]), "스캔"),
        (429, "받아 주지 않아"), (500, "서버 오류"),
    ],
)  # fmt: skip
async def test_without_a_readable_text_the_abstract_is_read_and_says_why(pdf: bytes | int, reason: str) -> None:
    document, _ = await opened(pdf=pdf)
    assert (document.basis, document.text) == ("abstract", "Abstract\n\nWe route tokens.")
    assert reason in document.note and "초록만 읽었습니다" in document.note


async def test_a_refusal_is_not_answered_with_more_requests() -> None:
    document, asked = await opened(html=429, pdf=two_columns())
    assert document.basis == "abstract" and asked == ["/html/2602.09001v2"]


async def test_a_reference_becomes_a_record_with_the_version_that_stands() -> None:
    arxiv = Arxiv({"/abs/2602.09001": abstract_page(comment="9 pages", licence=BY)})
    async with library(arxiv) as shelf:
        paper = await shelf.find("https://arxiv.org/abs/2602.09001")
    assert (paper.id, paper.version, paper.title, paper.abstract) == (
        "2602.09001",
        2,
        "Small Routers",
        "We route tokens.",
    )
    assert (paper.authors, paper.categories, paper.comment) == (("A. B. Author",), ("cs.LG", "cs.AI"), "9 pages")
    assert paper.licence == "CC BY 4.0"


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (404, "arXiv에 번호가 2602.09001인 논문이 없습니다. 번호를 확인해 주세요."),
        (
            abstract_page(comment="This paper has been withdrawn by the authors due to an error"),
            "저자가 철회한 논문입니다",
        ),
        (abstract_page(history="<strong>[v3]</strong> Tue (withdrawn)"), "저자가 철회한 논문입니다"),
        ("<html><body>Down for maintenance</body></html>", "초록 페이지를 읽을 수 없습니다"),
    ],
)
async def test_missing_withdrawn_and_broken_records_say_so(page: str | int, sentence: str) -> None:
    async with library(Arxiv({"/abs/2602.09001": page})) as shelf:
        with pytest.raises(PaperUnreadable, match=sentence):
            await shelf.find("2602.09001")


async def test_a_version_before_a_withdrawal_can_be_read() -> None:
    page = abstract_page(history='<strong>[v1]</strong> Mon<br/><strong><a href="x">[v2]</a></strong> Tue (withdrawn)')
    async with library(Arxiv({"/abs/2602.09001v1": page})) as shelf:
        assert (await shelf.find("2602.09001v1")).version == 1


async def test_a_paper_that_studies_withdrawal_is_not_withdrawn() -> None:
    page = abstract_page(title="Withdrawn: how models leave markets", comment="Accepted at a workshop")
    async with library(Arxiv({"/abs/2602.09001": page})) as shelf:
        assert (await shelf.find("2602.09001")).title == "Withdrawn: how models leave markets"


async def test_an_arxiv_that_is_down_is_told_apart_from_a_missing_paper() -> None:
    async with library(Arxiv({"/abs/2602.09001": 503})) as shelf:
        with pytest.raises(SourceError, match="서버 오류"):
            await shelf.find("2602.09001")


async def test_a_text_is_fetched_once_also_when_two_ask_at_a_time(tmp_path: Path) -> None:
    arxiv = Arxiv({"/html/2602.09001v2": LONG})
    async with library(arxiv, tmp_path) as shelf:
        first, second = await asyncio.gather(shelf.open(PAPER), shelf.open(PAPER))
        third = await shelf.open(PAPER)
    assert first == second == third
    assert arxiv.asked == ["/html/2602.09001v2"]


async def test_another_version_is_another_text(tmp_path: Path) -> None:
    first = LONG.replace("2602.09001v2", "2602.09001v1")
    arxiv = Arxiv({"/html/2602.09001v2": LONG, "/html/2602.09001v1": first})
    async with library(arxiv, tmp_path) as shelf:
        assert [(await shelf.open(replace(PAPER, version=n))).version for n in (2, 1, 2)] == [2, 1, 2]
    assert len(arxiv.asked) == 2


async def test_an_abstract_is_not_kept(tmp_path: Path) -> None:
    arxiv = Arxiv()
    async with library(arxiv, tmp_path) as shelf:
        await shelf.open(PAPER)
        arxiv.pages["/html/2602.09001v2"] = LONG
        assert (await shelf.open(PAPER)).basis == "html"


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        '{"shape": 1}',
        '{"shape": 0, "document": {}}',
        "\x00\xff",
        '{"shape": 1, "document": {"id": "x"}}',
    ],
)
def test_a_damaged_entry_is_dropped_and_counts_as_absent(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    cache.put(own())
    [name] = kept(tmp_path)
    (tmp_path / name).write_text(damage, encoding="latin-1")
    assert cache.get("2602.09001", 2) is None
    assert kept(tmp_path) == []
    cache.put(own())
    assert cache.get("2602.09001", 2) == own()


def test_an_entry_under_another_papers_name_is_not_believed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(own())
    (tmp_path / "2602.09001v2.json").rename(tmp_path / "2602.09009v1.json")
    assert cache.get("2602.09009", 1) is None


def test_the_longest_unread_goes_first_and_the_bound_holds(tmp_path: Path) -> None:
    one = len(json.dumps({"shape": 1, "document": own().text})) * 3
    cache = Cache(tmp_path, limit_bytes=4 * one)
    for n in range(1, 5):
        cache.put(replace(own(), version=n))
        os.utime(tmp_path / f"2602.09001v{n}.json", (n, n))
    assert cache.get("2602.09001", 1) is not None  # read again: no longer the oldest
    for n in range(5, 9):
        cache.put(replace(own(), version=n))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 4 * one
    assert cache.get("2602.09001", 8) is not None and cache.get("2602.09001", 2) is None


def test_old_style_ids_stay_inside_the_folder(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "papers")
    cache.put(replace(own(), id="hep-th/9901001"))
    assert kept(tmp_path / "papers") == ["hep-th_9901001v2.json"]
    assert kept(tmp_path) == ["papers"]


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
CC = "http://creativecommons.org/licenses"
OURS = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"
UNMARKED = LONG.replace("CC BY 4.0", "")  # the HTML page says nothing about its licence
SHARED = {f"{CC}/by/4.0/": "CC BY 4.0", f"{CC}/by-sa/4.0/": "CC BY-SA 4.0", ZERO: "CC0 1.0"}
KEPT = (f"{CC}/by-nc/4.0/", f"{CC}/by-nd/4.0/", f"{CC}/by-nc-sa/4.0/", f"{CC}/by-nc-nd/4.0/", OURS, "")


async def pictured(
    licence: str, pages: dict[str, str | bytes | int], folder: Path | None = None
) -> tuple[Figure | None, Arxiv]:
    """The picture of a paper whose abstract page links to this licence, as a person asks for it, and what was asked."""
    arxiv = Arxiv({"/abs/2602.09001": abstract_page(licence=licence), **pages})
    async with library(arxiv, folder) as shelf:
        paper = await shelf.find("2602.09001")
        figure = await figure_of(await shelf.open(paper), paper, shelf)
    return figure, arxiv


@pytest.mark.parametrize("licence", SHARED)
async def test_the_first_figure_is_shown_where_the_abstract_page_links_to_a_free_licence(licence: str) -> None:
    figure, arxiv = await pictured(licence, {"/html/2602.09001v2": UNMARKED, "/html/2602.09001v2/x1.png": PNG})
    assert (figure.image, figure.url) == (PNG, "https://arxiv.org/html/2602.09001v2/x1.png")
    assert figure.caption == "Figure 1: Speed by batch size."
    assert figure.credit == f"A. B. Author, arXiv:2602.09001, {SHARED[licence]}"
    assert arxiv.asked == ["/abs/2602.09001", "/html/2602.09001v2", "/html/2602.09001v2/x1.png"]


@pytest.mark.parametrize("licence", KEPT)
async def test_under_any_other_licence_there_is_a_link_and_the_image_is_not_even_fetched(licence: str) -> None:
    for html in (UNMARKED, LONG) if licence else (UNMARKED,):  # the link on the abstract page counts before all else
        figure, arxiv = await pictured(licence, {"/html/2602.09001v2": html, "/html/2602.09001v2/x1.png": PNG})
        assert figure == Figure("https://arxiv.org/html/2602.09001v2")
        assert "/html/2602.09001v2/x1.png" not in arxiv.asked


@pytest.mark.parametrize("image", [404, 500, b"<svg/>", b"GIF89a"])
async def test_an_image_that_cannot_be_shown_is_a_link(image: bytes | int) -> None:
    figure, _ = await pictured(f"{CC}/by/4.0/", {"/html/2602.09001v2": LONG, "/html/2602.09001v2/x1.png": image})
    assert figure == Figure("https://arxiv.org/html/2602.09001v2")


@pytest.mark.parametrize("foreign", ["https://evil.example/x.png", "//evil.example/x.png", "data:image/png;base64,AA"])
async def test_an_image_of_another_site_is_neither_fetched_nor_named(foreign: str) -> None:
    html = LONG.replace('src="x1.png"', f'src="{foreign}"')
    figure, arxiv = await pictured(f"{CC}/by/4.0/", {"/html/2602.09001v2": html})
    assert figure == Figure("https://arxiv.org/html/2602.09001v2") and len(arxiv.asked) == 2


async def test_a_paper_without_any_known_figure_promises_none() -> None:
    figureless = re.sub("<figure.*?</figure>", "", LONG, flags=re.DOTALL)
    for pages in ({"/html/2602.09001v2": figureless}, {}):
        assert (await pictured(f"{CC}/by/4.0/", pages))[0] is None


@pytest.mark.parametrize("licence", SHARED)
async def test_a_free_paper_read_as_pdf_shows_its_first_page_and_is_fetched_once(licence: str, tmp_path: Path) -> None:
    figure, arxiv = await pictured(licence, {"/pdf/2602.09001v2": two_columns()}, tmp_path)
    assert figure.image is not None and figure.image.startswith(b"\x89PNG") and figure.what == "page"
    assert figure.credit.endswith(SHARED[licence])
    assert arxiv.asked.count("/pdf/2602.09001v2") == 1


async def test_a_picture_is_kept_and_counts_for_the_bound(tmp_path: Path) -> None:
    pages: dict[str, str | bytes | int] = {"/html/2602.09001v2": LONG, "/html/2602.09001v2/x1.png": PNG}
    await pictured(f"{CC}/by/4.0/", pages, tmp_path)
    again, arxiv = await pictured(f"{CC}/by/4.0/", pages, tmp_path)
    assert again.image == PNG and arxiv.asked == ["/abs/2602.09001"]
    Cache(tmp_path, limit_bytes=100).put(replace(own(), version=9))
    assert kept(tmp_path) == []


@pytest.mark.parametrize("kind", ["html", "pdf"])
@pytest.mark.parametrize(("licence", "shown"), [(ZERO, True), (OURS, False)])
async def test_the_licence_of_a_paper_known_from_the_listing_is_looked_up_once(
    kind: str, licence: str, shown: bool
) -> None:
    """A digest's papers come without one. A PDF does not name it, and the words on an HTML page do not suffice."""
    texts = {"html": LONG, "pdf": two_columns()}
    pages: dict[str, str | bytes | int] = {f"/{kind}/2602.09001v2": texts[kind], "/html/2602.09001v2/x1.png": PNG}
    arxiv = Arxiv(pages | {"/abs/2602.09001v2": abstract_page(licence=licence)})
    async with library(arxiv) as shelf:
        document = await shelf.open(PAPER)
        figures = [await figure_of(document, PAPER, shelf) for _ in range(2)]
    assert [figure and (figure.image is not None, figure.credit[-7:]) for figure in figures] == 2 * [
        (True, "CC0 1.0") if shown else (False, "") if kind == "html" else None
    ]
    assert arxiv.asked.count("/abs/2602.09001v2") == 1


@needs_world
async def test_the_world_is_read_politely_html_first() -> None:
    with world("2026-02-03") as outside:
        async with Web(pace={"arxiv": 0.2}) as web:
            shelf = Library(web, outside.url)
            read = [await shelf.open(await shelf.find(ref)) for ref in ("1706.03762", "2501.10120v1")]
            outside.faults({"route": "html", "mode": "stub"})
            stub = await shelf.open(await shelf.find("2310.06825"))
        log = outside.log()["arxiv"]
    assert [(d.basis, d.version) for d in read] == [("html", 7), ("pdf", 1)]
    assert stub.basis == "abstract" and "초록만" in stub.note  # the world has no PDF of it
    assert log["max_concurrent"] == 1 and log["min_gap_s"] >= 0.19
