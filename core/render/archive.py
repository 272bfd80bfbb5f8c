"""The archive: editions as a small static site. An index by month, a page for each month, a search page, a feed.

Everything is in the files themselves: the search page carries its index, and the one script of the site, which it
allows by its hash, reads nothing else. So the folder works from a disk as it does from a server, and asks nobody for
anything. A shelf's entries come newest first.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from itertools import groupby
from string import Template
from typing import Final
from uuid import UUID, uuid5

from core.model import Edition, Story
from core.render import colophon, phrases
from core.render.shell import file, lang, policy, unbroken

FED: Final = 30  # editions in the feed
_TITLE: Final = "AI Daily 지난 호"
_HINT: Final = "제목, 키워드, 원제에서 찾습니다. 예: 에이전트 평가"


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a line of the archive."""

    n: int
    headline: str
    keywords: str
    title: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Shelved:
    """An edition in the archive: `page` is the name of its files without the ending, `revision` how often it was
    corrected, `changed_at` when it was last. `notes`: what is said first on that day."""

    page: str
    date: date
    built_at: datetime
    changed_at: datetime
    revision: int
    told: tuple[Told, ...]
    notes: tuple[str, ...] = ()


def shelved(edition: Edition, page: str, revision: int) -> Shelved:
    corrected = [each.at for story in edition.stories for each in story.corrections]
    notes = () if edition.stories else (colophon.no_stories(edition),)
    return Shelved(
        page, edition.date, edition.built_at, max([edition.built_at, *corrected]), revision,
        tuple(map(_told, edition.stories)), notes,
    )  # fmt: skip


def _told(story: Story) -> Told:
    head, title = phrases.headline(story), phrases.title(story.item)
    shown = head + phrases.corrected(story)
    return Told(story.n, shown, phrases.keywords(story), "" if title == head else title, story.withdrawn)


def month_of(each: Shelved) -> str:
    """`2026-02`"""
    return f"{each.date:%Y-%m}"


def index_page(shelf: Sequence[Shelved]) -> str:
    """The newest month in full, the others by their names."""
    months = [(month, list(days)) for month, days in groupby(shelf, month_of)]
    newest = _days(months[0][1]) if months else '<p class="empty">아직 나온 호가 없습니다.</p>'
    lines = [f"<h2>{_month(months[0][0])}</h2>" if months else "", newest]
    for year, group in groupby(months, lambda each: each[0][:4]):
        links = "\n".join(
            f'<li><a href="{month}.html">{int(month[5:])}월 <span class="count">{len(days)}</span></a></li>'
            for month, days in group
        )
        lines.append(f'<h2>{year}년</h2>\n<ul class="months">\n{links}\n</ul>')
    return _page(_TITLE, _TITLE, "\n".join(filter(None, lines)))


def month_page(month: str, shelf: Sequence[Shelved]) -> str:
    """That month's editions; `shelf` may hold others."""
    mine = [each for each in shelf if month_of(each) == month]
    return _page(f"AI Daily {_month(month)}", f"{_month(month)}의 호", _days(mine))


def search_page(shelf: Sequence[Shelved], particles: Sequence[str]) -> str:
    """`particles`: patterns of what sticks to the end of Korean words, as the bot's own search cuts it off."""
    stories = [
        [each.page, told.n, told.headline, told.keywords, told.title]
        for each in shelf
        for told in each.told
        if not told.withdrawn
    ]
    packed = json.dumps({"particles": list(particles), "hint": _HINT, "stories": stories}, ensure_ascii=False)
    data = packed.replace("<", "\\u003c")  # nothing in it can end the element it stands in
    script = file("search.js")
    main = (
        '<label class="seek"><span>찾을 말</span>\n<input id="query" type="search" autocomplete="off" '
        'maxlength="100" autofocus></label>\n<p id="said" role="status"></p>\n<ol id="found"></ol>\n'
        "<noscript>찾기에는 이 페이지의 스크립트가 필요합니다.</noscript>\n"
        f'<script type="application/json" id="index">{data}</script>\n<script>{script}</script>'
    )
    return _page("AI Daily 찾기", "지난 이슈 찾기", main, script=f"'{policy(script)}'")


def feed(shelf: Sequence[Shelved], id: UUID) -> str:
    """Atom (RFC 4287) of the newest editions. Its addresses are relative to its own."""
    newest = shelf[:FED]
    updated = max((each.changed_at for each in newest), default=datetime(1970, 1, 1, tzinfo=UTC))
    entries = "".join(_entry(each, id) for each in newest)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko">\n'
        "<title>AI Daily</title>\n<subtitle>개발자에게 중요한 AI 논문과 뉴스</subtitle>\n"
        f"<id>{id.urn}</id>\n<updated>{updated.isoformat()}</updated>\n<author><name>AI Daily</name></author>\n"
        '<link rel="self" type="application/atom+xml" href="feed.xml"/>\n'
        f'<link rel="alternate" type="text/html" href="index.html"/>\n{entries}</feed>\n'
    )


def _entry(each: Shelved, id: UUID) -> str:
    lines = (
        f'<li><a href="{each.page}.html#i{told.n}">{escape(told.headline)}</a>{_keywords(told)}</li>'
        for told in each.told
    )
    content = f"<ol>{''.join(lines)}</ol>" if each.told else f"<p>{escape(' '.join(each.notes))}</p>"
    return (
        f"<entry>\n<title>[AI Daily] {each.date} 기술 동향</title>\n<id>{uuid5(id, each.page).urn}</id>\n"
        f"<published>{each.built_at.isoformat()}</published>\n<updated>{each.changed_at.isoformat()}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{each.page}.html"/>\n'
        f'<content type="html">{escape(content)}</content>\n</entry>\n'
    )


def _keywords(told: Told) -> str:
    return f" — {escape(told.keywords)}" if told.keywords else ""


def _page(title: str, heading: str, main: str, script: str = "'none'") -> str:
    style = file("page.css") + file("archive.css")
    ways: Mapping[str, str] = {"index.html": "모든 달", "search.html": "찾기", "feed.xml": "피드(Atom)"}
    return Template(file("archive.html")).substitute(
        title=escape(title), heading=escape(heading), main=main, style=style, style_hash=policy(style),
        script_hash=script, ways="".join(f'<a href="{name}">{label}</a>' for name, label in ways.items()),
    )  # fmt: skip


def _month(month: str) -> str:
    return f"{month[:4]}년 {int(month[5:])}월"


def _days(shelf: Sequence[Shelved]) -> str:
    return "\n".join(
        f'<section class="day">\n<h3><a href="{each.page}.html">{phrases.day(each.date)}</a></h3>\n'
        f"{_stories(each) or ''.join(f'<p>{escape(note)}</p>' for note in each.notes)}\n</section>"
        for each in shelf
    )


def _stories(each: Shelved) -> str:
    lines = "\n".join(
        f'<li{" class=gone" if told.withdrawn else ""}><span class="n">{told.n}</span>'
        f'<a href="{each.page}.html#i{told.n}"{lang(told.headline)}>{unbroken(told.headline)}</a></li>'
        for told in each.told
    )
    return f"<ol>\n{lines}\n</ol>" if lines else ""
