"""What comes again, planted: from what was told on a day, what later days bring and what should become of it.

Every told paper and news piece comes back once, in turn in each of the ways it does in life; a few of them with
something new. The news of the days is made up here, because listings have none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from core.model import Edition, Item, News, Paper, Signals, Story, news_id
from core.sources.calendar import KST

_NEWS = 3  # a day
Fate = Literal["repeat", "follow-up", "other"]
_MAKERS = ("Lathe AI", "Nacre Labs", "Quoin", "Pyxis Systems", "Tarnway", "Ombra", "Mistle AI")
_PRODUCTS = ("Koru", "Rill", "Sable", "Vireo", "Halyard", "Cinder", "Juniper", "Fathom", "Larch", "Merle", "Osprey")
_FOR = (("coding agents", "코딩 에이전트"), ("document search", "문서 검색"), ("speech agents", "음성 에이전트"),
        ("on-device models", "온디바이스 모델"), ("data teams", "데이터 팀"))  # fmt: skip
_DAYBOOK = "AI Daybook"
_RELEASE = re.compile(r"(.+) releases (\w+) (\d+)\.(\d+) for (.+)")
_PLAIN = re.compile(r"[\d\s,.;+]*(?:pages?|figures?|tables?|[\d\s,.;+]|and|including|main|appendix)*", re.I)


@dataclass(frozen=True, slots=True)
class Plant:
    """`way`: how it comes again; `of`: the id of what was told; `fate`: what should become of it."""

    due: date
    way: str
    item: Item
    of: str
    fate: Fate


def plants(edition: Edition) -> Iterator[Plant]:
    """What comes of an edition's stories that are not follow-ups themselves."""
    for story in edition.stories:
        turn = edition.date.toordinal() + story.n
        if isinstance(story.item, Paper) and story.follow_up is None:
            yield _paper(story.item, story, edition.date, turn)
        elif isinstance(story.item, News) and (parts := _RELEASE.fullmatch(story.item.title)):
            yield _news(story.item, parts, edition.date, turn)


def _paper(paper: Paper, story: Story, on: date, turn: int) -> Plant:
    name = " ".join(paper.title.split()[:3]).strip(":,")
    about = f"They compared it with what they run today. The paper is https://arxiv.org/abs/{paper.id}."
    address = f"https://daybook.example/{paper.id}"
    report = _piece(f"Engineers put {name} to work in coding agents", address, about, _DAYBOOK, on, 2)
    revised = replace(paper, version=2, abstract=paper.abstract + " This version corrects typos.")
    undecided = not paper.comment or bool(_PLAIN.fullmatch(paper.comment))
    ways: list[tuple[str, int, Item, Fate]] = [
        ("v2", 2, replace(revised, comment="v2: typos corrected"), "repeat"),
        ("cross-list", 1, replace(paper, announced="cross"), "repeat"),
        ("v2, submitted somewhere", 4, replace(revised, comment="Submitted to ICML 2026"), "repeat"),
        ("first news about it", 2, report, "follow-up"),
    ]
    if dict(story.facts).get("코드") != "공개":
        code = f"Code is available at https://github.com/example/{paper.id}"
        ways.append(("v2 with code", 3, replace(revised, comment=code), "follow-up"))
    if undecided:
        ways.append(("accepted", 5, replace(paper, comment="Accepted at ICML 2026"), "follow-up"))
    way, after, item, fate = ways[turn % len(ways)]
    return Plant(on + timedelta(days=after), way, item, paper.id, fate)


def _news(told: News, parts: re.Match[str], on: date, turn: int) -> Plant:
    maker, product, major, minor, whom = parts.groups()
    version, later, korean = f"{major}.{minor}", f"{major}.{int(minor) + 1}", dict(_FOR)[whom]
    ways: tuple[tuple[str, int, str, Fate], ...] = (
        ("another address", 1, told.title, "repeat"),
        ("another feed", 2, f"{maker} launches {product} {version} model for {whom} - {_DAYBOOK}", "repeat"),
        ("in Korean", 1, f"{maker}, {korean}용 {product} {version} 출시", "repeat"),
        ("next version", 3, f"{maker} releases {product} {later} for {whom}", "other"),
        ("cheaper", 4, f"{maker} cuts price of {product} {version} for {whom}", "other"),
    )
    way, after, title, fate = ways[turn % len(ways)]
    again = f"Reported again: {told.summary}"
    item = _piece(title, f"https://daybook.example/{told.id[5:]}", again, _DAYBOOK, on, after)
    return Plant(on + timedelta(days=after), way, item, told.id, fate)


def days_news(on: date) -> Iterator[News]:
    """The day's made-up news, products and versions all different."""
    for n in range(_NEWS):
        k = on.toordinal() * _NEWS + n
        maker, product = _MAKERS[k % len(_MAKERS)], _PRODUCTS[k % len(_PRODUCTS)]
        (whom, _), version = _FOR[k % len(_FOR)], f"{2 + k % 7}.{k % 9}"
        summary = f"The company says that its language model {product} {version} is out. It is meant for {whom}."
        title = f"{maker} releases {product} {version} for {whom}"
        yield _piece(title, f"https://{product.lower()}.example/{on}/{n}", summary, maker, on, 0)


def _piece(title: str, url: str, summary: str, source: str, on: date, after: int) -> News:
    published = datetime.combine(on + timedelta(days=after), time(11), KST)
    return News(news_id(url), url, title, summary, source, published=published, signals=Signals(hn_points=300))
