"""arXiv's page `/list/CAT/new`: the authority on what was announced, and complete metadata but for the dates.

Its sections New and Cross-lists are today's batch for a category; Replacements are not news. The page is HTML for
people, so its own statements (the date, "showing X of Y") are held against what was read: a page that does not say them
is broken, and a page that says 20 and shows 12 is cut.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.errors import SourceBroken, SourceRefused
from core.model import Paper
from core.sources.arxiv import GROUP
from core.sources.urls import arxiv_id
from core.text import one_line
from core.web import Web, decode

_LIMIT_BYTES = 16_000_000
_DATE = re.compile(r"Showing new listings for \w+, (\d{1,2} \w+ \d{4})")
_SECTION = re.compile(r"(New|Cross|Replacement) submissions \(showing (?:first )?(\d+) of (\d+) entries\)")
_KIND: dict[str, Literal["new", "cross"]] = {"New": "new", "Cross": "cross"}


@dataclass(frozen=True, slots=True)
class Listing:
    """One category's announcement. `papers`: New, then Cross-lists, in the page's order, without `published`."""

    date: date
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class ListingPages:
    """`host` is ARXIV_SITE_URL."""

    web: Web
    host: str
    timeout_s: float = 20.0

    async def get(self, category: str, within_s: float) -> Listing:
        """Raises SourceError; an empty `papers` only where the page says so itself."""
        page = await self.web.get(
            f"{self.host.rstrip('/')}/list/{category}/new?skip=0&show=2000",
            accept="text/html",
            group=GROUP,
            timeout_s=self.timeout_s,
            within_s=within_s,
            limit_bytes=_LIMIT_BYTES,
        )
        return parse(page.body)


def parse(body: bytes) -> Listing:
    text, sure = decode(body)
    if text.strip() == "Rate exceeded.":
        raise SourceRefused("요청 제한(Rate exceeded)")
    if not text.strip():
        raise SourceBroken("빈 응답")
    if not sure:
        raise SourceBroken("글자가 깨진 응답")
    tree = LexborHTMLParser(text)
    dated = _DATE.search(tree.body.text() if tree.body else "")
    if not dated or not text.rstrip().lower().endswith("</html>"):
        raise SourceBroken("잘린 응답" if dated else "형식이 다른 응답")
    papers: list[Paper] = []
    for section in tree.css("dl"):
        papers += _section(section)
    if not papers and "No updates today" not in text and not _SECTION.search(tree.body.text() if tree.body else ""):
        raise SourceBroken("형식이 다른 응답")
    return Listing(datetime.strptime(dated[1] + " +0000", "%d %B %Y %z").date(), tuple(papers))


def _section(section: LexborNode) -> list[Paper]:
    heading = section.css_first("h3")
    said = _SECTION.search(one_line(heading.text())) if heading else None
    if said is None:
        raise SourceBroken("형식이 다른 응답")
    if said[1] not in _KIND:
        return []
    terms, descriptions = section.css("dt"), section.css("dd")
    papers = [_paper(term, about, _KIND[said[1]]) for term, about in zip(terms, descriptions, strict=False)]
    if len(papers) < int(said[3]):
        raise SourceBroken(f"잘린 목록({int(said[3]):,}편 중 {len(papers):,}편)")
    return papers


def _paper(term: LexborNode, about: LexborNode, announced: Literal["new", "cross"]) -> Paper:
    link = term.css_first("a[title=Abstract]")
    found = arxiv_id("https://arxiv.org" + (link.attributes.get("href") or "")) if link else None
    subjects = about.css_first(".list-subjects")
    categories = tuple(re.findall(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)", subjects.text() if subjects else ""))
    if found is None or not categories:
        raise SourceBroken("형식이 다른 응답")
    comment = _field(about, ".list-comments")
    return Paper(
        id=found[0],
        title=one_line(_field(about, ".list-title")),
        abstract=one_line(_field(about, "p.mathjax")),
        authors=tuple(one_line(author.text()) for author in about.css(".list-authors a")),
        categories=categories,
        primary=categories[0],
        comment=one_line(comment) or None,
        announced=announced,
    )


def _field(about: LexborNode, selector: str) -> str:
    """The text of a field without its label ("Title:")."""
    node = about.css_first(selector)
    if node is None:
        return ""
    label = node.css_first(".descriptor")
    return node.text().replace(label.text() if label else "", "", 1).strip()
