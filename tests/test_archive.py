"""The archive: a small site that follows the store, works from a disk and over HTTP, and shows nothing else."""

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4
from xml.etree import ElementTree

import feedparser
import pytest
from aiohttp import web
from selectolax.lexbor import LexborHTMLParser

from bot.archive import STATE, Archive
from bot.health import archive_routes
from core.correcting import put_right
from core.model import Correction, Edition, Profile
from core.render.archive import Shelved, feed, index_page, month_page, search_page, shelved
from core.render.shell import policy
from core.store import Store
from core.store.tokens import PARTICLES, asked, tokens
from tests.editions import BUILT, CODEOCR, DAY, HOSTILE, full, hostile, nothing
from tests.fakes import seoul

TODAY = DAY + timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
OTHER = Profile(tone="음슴").key


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/archive.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "editions"


def on(day: date, edition: Edition | None = None) -> Edition:
    return replace(edition or full(), date=day, built_at=BUILT + (day - DAY))


def touched(folder: Path, before: dict[str, int]) -> set[str]:
    return {name for name, at in stamps(folder).items() if before.get(name) != at}


def there(folder: Path, pattern: str = "*") -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


def stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


async def test_the_site_has_an_index_a_page_a_month_a_page_an_edition_a_search_and_a_feed(
    store: Store, folder: Path
) -> None:
    for day in (DAY, DAY - timedelta(days=1), DAY - timedelta(days=40)):
        await store.editions.save(on(day))
    assert await Archive(store, folder).keep(TODAY)
    assert set(there(folder)) == {
        STATE, "index.html", "search.html", "feed.xml", "2026-02.html", "2025-12.html",
        *(f"{day}.{kind}" for day in ("2026-02-03", "2026-02-02", "2025-12-25") for kind in ("html", "md")),
    }  # fmt: skip
    for page in there(folder, "*.html"):
        tree = LexborHTMLParser((folder / page).read_text(encoding="utf-8"))
        for link in tree.css("a[href]"):
            name, _, anchor = (link.attributes["href"] or "").partition("#")
            if "://" not in name and name:
                assert (folder / name).exists(), f"{page} leads to {name}"
            if anchor and name.endswith(".html"):
                assert f'id="{anchor}"' in (folder / name).read_text(encoding="utf-8")


async def test_what_has_not_changed_is_not_touched(store: Store, folder: Path) -> None:
    await store.editions.save(on(DAY - timedelta(days=40)))
    await store.editions.save(on(DAY - timedelta(days=1)))
    archive = Archive(store, folder)
    await archive.keep(TODAY)
    before = stamps(folder)
    await archive.keep(TODAY)
    await Archive(store, folder).keep(TODAY)
    assert touched(folder, before) == set()
    await store.editions.save(on(DAY))
    await archive.keep(TODAY)
    new = {"2026-02-03.html", "2026-02-03.md", "2026-02.html"}
    assert touched(folder, before) == new | {"index.html", "search.html", "feed.xml", STATE}


async def test_a_correction_reaches_page_month_index_search_and_feed(store: Store, folder: Path) -> None:
    await store.editions.save(full())
    archive = Archive(store, folder)
    await archive.keep(TODAY)
    at = seoul("2026-02-04 11:30")
    edition = put_right(full(), CODEOCR.id, Correction(at, "원저자가 거두었습니다"))
    assert await store.corrections.revise(edition, 0)
    await archive.keep(TODAY)
    for name in ("2026-02-03.html", "2026-02-03.md", "2026-02.html", "index.html", "feed.xml"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "거둔 이슈" in text and "코드를 이미지로" not in text, name
    assert "CodeOCR" not in (folder / "search.html").read_text(encoding="utf-8")
    [entry] = feedparser.parse((folder / "feed.xml").read_bytes()).entries
    assert entry.updated == at.isoformat() and entry.published == BUILT.isoformat()


async def test_killed_before_its_state_is_written_it_is_made_again(store: Store, folder: Path) -> None:
    await store.editions.save(full())
    await Archive(store, folder).keep(TODAY)
    whole = (folder / "index.html").read_bytes()
    (folder / STATE).unlink()
    (folder / "index.html").write_text("half", encoding="utf-8")
    await Archive(store, folder).keep(TODAY)
    assert (folder / "index.html").read_bytes() == whole


async def test_hundreds_of_editions_are_shelved_in_small_goes(store: Store, folder: Path) -> None:
    for n in range(45):
        await store.editions.save(on(DAY - timedelta(days=n), nothing()))
    archive = Archive(store, folder)
    assert [await archive.keep(TODAY), await archive.keep(TODAY)] == [False, True]
    assert len(there(folder, "????-??-??.html")) == 45


async def test_a_day_is_the_houses_edition_or_where_there_is_none_the_others(store: Store, folder: Path) -> None:
    await store.editions.save(full())
    await store.editions.save(replace(full(), profile=OTHER))
    await store.editions.save(replace(on(DAY - timedelta(days=1)), profile=OTHER))
    await store.editions.save(replace(on(DAY + timedelta(days=1)), status="draft"))
    await Archive(store, folder).keep(TODAY)
    assert there(folder, "????-??-??*.html") == [
        f"2026-02-02-{OTHER}.html", "2026-02-03.html",
    ]  # fmt: skip


async def test_the_houses_edition_takes_the_place_of_the_others_when_it_comes(store: Store, folder: Path) -> None:
    await store.editions.save(replace(full(), profile=OTHER))
    archive = Archive(store, folder)
    await archive.keep(TODAY)
    assert f"{DAY}-{OTHER}.html" in (folder / "2026-02.html").read_text(encoding="utf-8")
    await store.editions.save(full())
    await archive.keep(TODAY)
    month = (folder / "2026-02.html").read_text(encoding="utf-8")
    assert f"{DAY}.html" in month and OTHER not in month


async def test_only_retention_deletes_pages(store: Store, folder: Path, tmp_path: Path) -> None:
    for days in (0, 50):
        await store.editions.save(on(DAY - timedelta(days=days)))
    await Archive(store, folder).keep(TODAY)
    (folder / f"2025-12-15-{OTHER}.html").write_text("of another profile", encoding="utf-8")
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/lost.db") as lost:
        await Archive(lost, folder).keep(TODAY)
        assert (folder / "2025-12-15.html").exists() and "12월" in (folder / "index.html").read_text(encoding="utf-8")
        await Archive(lost, folder, retention_days=30).keep(TODAY)
    assert there(folder, "????-??*.html") == ["2026-02-03.html", "2026-02.html"]
    assert "12월" not in (folder / "index.html").read_text(encoding="utf-8")


# ── what is in the pages


def shelf(*editions: Edition) -> tuple[Shelved, ...]:
    return tuple(shelved(each, each.date.isoformat(), 0) for each in editions)


def pages(one: Sequence[Shelved]) -> dict[str, str]:
    return {"index": index_page(one), "month": month_page("2026-02", one), "search": search_page(one, PARTICLES)}


@pytest.mark.parametrize("text", [*HOSTILE, "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_no_text_becomes_markup_or_script(text: str) -> None:
    for name, page in pages(shelf(hostile(text))).items():
        tree = LexborHTMLParser(page)
        scripts = [each for each in tree.css("script") if "type" not in each.attributes]
        assert len(scripts) == (1 if name == "search" else 0)
        assert not tree.css("img, iframe, object, embed, form, base, svg")
        assert not [each for each in tree.css("*") if any(a.startswith("on") for a in each.attributes)]


def test_the_policy_allows_our_own_style_and_script_by_their_hashes_and_nothing_else() -> None:
    for name, page in pages(shelf(full())).items():
        tree = LexborHTMLParser(page)
        meta = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
        assert meta is not None
        rules = dict(rule.split(" ", 1) for rule in (meta.attributes["content"] or "").split("; "))
        style = page[page.index("<style>") + 7 : page.index("</style>")]
        script = f"'{policy(page[page.rindex('<script>') + 8 : page.rindex('</script>')])}'" if name == "search" else ""
        assert rules == {
            "default-src": "'none'", "style-src": f"'{policy(style)}'", "script-src": script or "'none'",
            "base-uri": "'none'", "form-action": "'none'",
        }  # fmt: skip
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page), "nothing from elsewhere"


@pytest.mark.parametrize("text", ["보통 글", *HOSTILE])
def test_the_feed_keeps_rfc_4287(text: str) -> None:
    """What the RFC says MUST be there (sections 4.1.1, 4.1.2, 4.2.6, 4.2.7), and that a reader takes it."""
    id = uuid4()
    made = feed(shelf(hostile(text), on(DAY - timedelta(days=1)), on(DAY - timedelta(days=2), nothing())), id)
    tree = ElementTree.fromstring(made)
    assert tree.tag == f"{ATOM}feed"
    assert tree.findtext(f"{ATOM}author/{ATOM}name") and tree.findtext(f"{ATOM}title")
    entries = tree.findall(f"{ATOM}entry")
    for each in (tree, *entries):
        assert all(len(each.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
        assert UUID((each.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))
        assert re.fullmatch(r"[\d-]{10}T[\d:]{8}(\.\d+)?(Z|[+-]\d\d:\d\d)", each.findtext(f"{ATOM}updated") or "")
    assert len({each.findtext(f"{ATOM}id") for each in (tree, *entries)}) == 4
    assert [link.attrib["rel"] for link in tree.findall(f"{ATOM}link")] == ["self", "alternate"]
    assert all(each.find(f"{ATOM}link[@rel='alternate']") is not None for each in entries)
    read = feedparser.parse(made.encode())
    assert not read.bozo and [entry.title for entry in read.entries][1] == "[AI Daily] 2026-02-02 기술 동향"
    assert "고를 만한 이슈가 없습니다" in read.entries[2].content[0].value


def test_the_same_edition_has_the_same_id_in_the_feed_whenever_it_is_made() -> None:
    id = uuid4()
    first, later = feed(shelf(full()), id), feed(shelf(on(DAY + timedelta(days=1)), full()), id)
    assert feedparser.parse(first).entries[0].id == feedparser.parse(later).entries[1].id


HEADLINES = (
    "에이전트가 스스로 도구를 고르는 방법", "언어모델 서빙 비용을 절반으로", "언어 모델의 평가", "GPT-5.2와 RAG 비교",
    "Retrieval agents for code", "정확도를 높인 재순위", "강화학습으로 배운 계획", "Café du modèle", "논문을 읽는 봇",
)  # fmt: skip
QUERIES = (
    "에이전트를",
    "언어모델",
    "언어 모델은",
    "agent",
    "gpt 5",
    "정확도",
    "강화 학습",
    "cafe",
    "논",
    "없는 말",
    "의",
)


def test_the_browser_finds_what_the_bot_finds(tmp_path: Path) -> None:
    """The page's script against the bot's own tokens, in a real browser, from a file."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium here")
    story = full().stories[2]
    told = tuple(replace(story, n=n, headline=head, keywords=()) for n, head in enumerate(HEADLINES, 1))
    one = shelf(replace(full(), stories=told))
    (tmp_path / "search.html").write_text(search_page(one, PARTICLES), encoding="utf-8")
    for query in QUERIES:
        url = f"file://{tmp_path}/search.html?q={quote(query)}"
        command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        found = {link.text() for link in LexborHTMLParser(done.stdout).css("#found a")}
        assert found == {t.headline for t in one[0].told if _meets(f"{t.headline}\n\n{t.title}", query)}, query


def _meets(text: str, query: str) -> bool:
    have, words = tokens(text), asked(query)

    def stands(phrase: tuple[str, ...]) -> bool:
        if len(phrase) == 1 and re.fullmatch("[가-힣]", phrase[0]):
            return any(token.startswith(phrase[0]) for token in have)
        return any(tuple(have[at : at + len(phrase)]) == phrase for at in range(len(have)))

    return bool(words) and all(any(map(stands, word)) for word in words)


# ── over HTTP


@pytest.fixture
async def port(store: Store, folder: Path, tmp_path: Path) -> AsyncIterator[int]:
    await store.editions.save(full())
    await Archive(store, folder).keep(TODAY)
    (folder / "notes.html").write_text("SECRET", encoding="utf-8")
    (tmp_path / "SECRET.html").write_text("SECRET", encoding="utf-8")
    (folder / "2026-02-01.html").symlink_to(tmp_path / "SECRET.html")
    app = web.Application()
    app.add_routes(archive_routes(folder))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert runner.addresses
    yield runner.addresses[0][1]
    await runner.cleanup()


async def get(port: int, path: str) -> tuple[int, str, str]:
    """(status, head, body) of a request whose path goes out as it is written."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = (await reader.read()).decode(errors="replace")
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return int(head.split()[1]), head, body


async def test_the_archive_is_served(port: int) -> None:
    for path, kind in (("/archive/", "text/html"), ("/archive/2026-02-03.html", "text/html"),
                       ("/archive/2026-02-03.md", "text/markdown"), ("/archive/feed.xml", "application/atom+xml"),
                       ("/archive/search.html", "text/html"), ("/archive/2026-02.html", "text/html")):  # fmt: skip
        status, head, body = await get(port, path)
        assert (status, f"Content-Type: {kind}; charset=utf-8" in head) == (200, True), path
        assert "X-Content-Type-Options: nosniff" in head and "AI Daily" in body
    assert (await get(port, "/archive"))[0] == 302


@pytest.mark.parametrize(
    "path",
    [
        "/archive/../archive.db", "/archive/..%2farchive.db", "/archive/%2e%2e/archive.db", "/archive/..%5carchive.db",
        "/archive//etc/passwd", "/archive/%2fetc%2fpasswd", f"/archive/{STATE}", "/archive/.", "/archive/..",
        "/archive/notes.html", "/archive/2026-02-01.html", "/archive/../SECRET.html", "/archive/%2e%2e%2fSECRET.html",
        "/archive/2026-02-03.html%00.md", "/archive/editions/index.html", "/archive/index.html/", "/SECRET.html",
        "/archive/....//archive.db", "/archive/%252e%252e%252farchive.db", "/archive/INDEX.HTML",
    ],
)  # fmt: skip
async def test_nothing_else_of_the_home_is(port: int, path: str) -> None:
    status, _, body = await get(port, path)
    assert status in (400, 403, 404), (status, body[:200])
    assert "SECRET" not in body and "SQLite" not in body and "root:" not in body


async def test_where_there_is_no_archive_yet_there_is_nothing(tmp_path: Path) -> None:
    app = web.Application()
    app.add_routes(archive_routes(tmp_path / "none"))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert runner.addresses
    assert (await get(runner.addresses[0][1], "/archive/"))[0] == 404
    await runner.cleanup()


def test_the_search_pages_data_is_small(tmp_path: Path) -> None:
    """Two years of five stories a day: what a browser loads to search them."""
    two_years = shelf(*(on(DAY - timedelta(days=n)) for n in range(730)))
    page = search_page(two_years, PARTICLES)
    assert len(page.encode()) < 1_500_000
    data = json.loads(page[page.index('id="index">') + 11 : page.index("</script>")])
    assert len(data["stories"]) == 730 * len(full().stories)
