"""The HTML page: complete, self-contained, and text stays text whatever it contains."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model import Link
from core.render import phrases
from core.render.page import html
from tests.editions import EDITIONS, HOSTILE, full, hostile

TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "dl", "div", "dt", "dd", "main", "nav",
    "h2", "ol", "ul", "li", "span", "article", "h3", "details", "summary", "blockquote", "section", "strong", "code",
    "table", "tr", "th", "td", "footer",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "rel", "aria-labelledby", "scope",
}  # fmt: skip
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other work may slow the machine
VOID = {"meta"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: "list[Element | str]" = field(default_factory=list)

    def all(self, tag: str, css: str | None = None) -> "list[Element]":
        found = [self] if self.tag == tag and (css is None or css in self.attributes.get("class", "").split()) else []
        return found + [each for child in self.children if isinstance(child, Element) for each in child.all(tag, css)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Tree(HTMLParser):
    """A strict tree: every element must be closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("no comments in the page")


def tree(text: str) -> Element:
    parser = Tree()
    parser.feed(text)
    parser.close()
    assert parser.open == [parser.root], "something stays open"
    return parser.root


def elements(root: Element) -> list[Element]:
    return [root] + [e for child in root.children if isinstance(child, Element) for e in elements(child)]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_page_is_one_file_that_asks_nobody_for_anything(name: str) -> None:
    text = html(EDITIONS[name]())
    root = tree(text)
    assert {each.tag for each in elements(root)} - {""} <= TAGS
    assert {name for each in elements(root) for name in each.attributes} <= ATTRIBUTES
    assert not re.search(r"url\(|@import|src=", text)
    policy = next(m.attributes["content"] for m in root.all("meta") if "http-equiv" in m.attributes)
    style = base64.b64encode(hashlib.sha256(root.all("style")[0].text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


def test_the_head_tells_what_the_page_is() -> None:
    root = tree(html(full()))
    assert root.all("html")[0].attributes["lang"] == "ko"
    assert root.all("title")[0].text == "[AI Daily] 2026-02-03 기술 동향"
    meta = {
        m.attributes.get("name", ""): m.attributes["content"] for m in root.all("meta") if "content" in m.attributes
    }
    assert meta["viewport"] == "width=device-width, initial-scale=1"
    assert meta["color-scheme"] == "light dark"
    assert full().stories[0].headline in meta["description"] and len(meta["description"]) <= 200


def test_looks_for_night_paper_and_korean_are_there() -> None:
    style = tree(html(full())).all("style")[0].text
    for rule in ("prefers-color-scheme: dark", "@media print", "word-break: keep-all", "Apple SD Gothic Neo"):
        assert rule in style


@pytest.mark.parametrize("name", EDITIONS)
def test_every_id_is_unique_and_every_reference_arrives(name: str) -> None:
    every = elements(tree(html(EDITIONS[name]())))
    ids = Counter(each.attributes["id"] for each in every if "id" in each.attributes)
    assert set(ids.values()) == {1}
    inner = [e.attributes["href"][1:] for e in every if e.attributes.get("href", "").startswith("#")]
    labels = [e.attributes["aria-labelledby"] for e in every if "aria-labelledby" in e.attributes]
    assert {*inner, *labels} <= set(ids)


def test_links_out_are_to_the_web_and_tell_nobody_where_from() -> None:
    for link in tree(html(full())).all("a"):
        if not link.attributes["href"].startswith("#"):
            assert link.attributes["href"].startswith("https://")
            assert link.attributes["rel"] == "noopener noreferrer"


def test_each_story_is_there_with_its_sections_and_proofs() -> None:
    edition = full()
    articles = tree(html(edition)).all("article")
    assert len(articles) == len(edition.stories)
    for article, story in zip(articles, edition.stories, strict=True):
        assert article.all("h2")[0].text == f"{story.n}. {story.headline}"
        assert [h3.text for h3 in article.all("h3")] == list(phrases.SECTIONS)
        assert article.all("p", "original")[0].text == story.item.title
        assert [li.text for li in article.all("ul", "facts")[0].all("li")] == list(phrases.facts(story))
        quotes = [claim.quote for claim in (*story.summary, *story.risks) if claim.quote]
        assert all(d.text.startswith("근거: ") for d in article.all("details", "proof"))
        assert [q.text for d in article.all("details", "proof") for q in d.all("blockquote")] == quotes
        assert article.all("ul", "links")[0].all("a")[0].attributes["href"] == story.item.url


def test_a_sentence_that_is_its_own_source_needs_no_proof() -> None:
    assert not tree(html(EDITIONS["extracted"]())).all("details", "proof")


def test_the_raw_index_is_whole() -> None:
    edition = full()
    raw = tree(html(edition)).all("section", "raw")[0]
    assert [summary.text for summary in raw.all("summary")] == ["뉴스 4건", "논문 245편"]
    listed = Counter(link.attributes["href"] for link in raw.all("a"))
    assert listed == Counter(item.url for item in edition.index)


def test_a_thousand_papers_make_a_page_that_still_loads_at_once() -> None:
    assert len(html(full(1_300)).encode()) < 500_000


def test_sources_tell_failure_from_silence() -> None:
    rows = tree(html(full())).all("section", "sources")[0].all("tr")
    outcome = {row.all("th")[0].text: (row.all("td")[0].text, row.attributes["class"]) for row in rows}
    assert outcome["피드: AI타임스"] == ("수집 실패: 응답 없음(시간 초과 20초)", "failed")
    assert outcome["피드: OpenAI"] == ("새 소식 없음", "fine")
    assert outcome["Hacker News"] == ("1건 (화제 글 212건 중 AI)", "fine")


@pytest.mark.parametrize(
    ("name", "badge"), [("sample", "표본"), ("draft", "초안"), ("extracted", "발췌"), ("full", "")]
)
def test_what_an_edition_is_not_stands_at_the_top(name: str, badge: str) -> None:
    root = tree(html(EDITIONS[name]()))
    assert "".join(each.text for each in root.all("span", "badge")) == badge
    assert [n.text.split(":")[0] for n in root.all("header")[0].all("p", "notice")] == ([badge] if badge else [])


def test_a_day_without_stories_says_why() -> None:
    assert "새 소식 없음" in tree(html(EDITIONS["nothing"]())).all("nav")[0].text
    assert not tree(html(EDITIONS["nothing"]())).all("article")


def shape(root: Element) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Tags and attributes in order; code, ranges, `lang` and the description follow the text and are left out."""
    return [
        (e.tag, tuple((name, value) for name, value in e.attributes.items() if name not in ("lang", "content")))
        for e in elements(root)
        if e.tag != "code" and e.attributes.get("class") != "range"
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_the_shape_of_the_page(text: str) -> None:
    root = tree(html(hostile(text)))
    assert shape(root) == shape(tree(html(hostile("무해"))))
    assert phrases.shown(text) in root.all("h2")[1].text


@given(st.text(min_size=1))
@settings(CALM, max_examples=60)
def test_any_text_stays_text(text: str) -> None:
    assert shape(tree(html(hostile("가" + text)))) == shape(tree(html(hostile("무해"))))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/" onclick="x', "https://a@b/"]
)
def test_no_address_becomes_code(url: str) -> None:
    root = tree(html(hostile("무해", url)))
    for link in root.all("a"):
        assert set(link.attributes) <= {"href", "rel", "class"}
        assert re.match(r"#|https?://[\w.]+/", link.attributes["href"])


def test_a_link_without_an_address_is_named_all_the_same() -> None:
    story = replace(full().stories[0], links=(Link("자료", "ftp://a.example"),))
    assert tree(html(replace(full(0), stories=(story,)))).all("ul", "links")[0].text.strip() == "자료"


def test_code_spans_are_code() -> None:
    assert [code.text for code in tree(html(full())).all("article")[0].all("code")] == ["--render png"]


def test_a_line_never_breaks_inside_a_range() -> None:
    story = replace(
        full().stories[0], headline="ReAct를 15–20% 앞선 방법", one_liner="3–5개와 1,000–2,000개를 견줍니다."
    )
    page = html(replace(full(), stories=(story,)))
    assert page.count('ReAct를 <span class="range">15–20%</span> 앞선 방법') == 2  # the list, the story
    assert '<span class="range">3–5</span>개와 <span class="range">1,000–2,000</span>개를' in page
    assert ".range { white-space: nowrap; }" in page


def test_english_is_announced_as_english() -> None:
    article = tree(html(full())).all("article")[0]
    assert article.all("p", "original")[0].attributes["lang"] == "en"
    assert all(quote.attributes["lang"] == "en" for quote in article.all("blockquote"))
    assert "lang" not in article.all("h2")[0].attributes
