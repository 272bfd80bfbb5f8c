"""The Markdown page is a contract: other programs read it, and so does the reader in this file.

What is written must be read back exactly; whatever a title contains, a CommonMark parser finds our headings,
our links and nothing else.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.model import Claim, Cost, Edition, Link, News, SourceReport
from core.render import colophon, phrases
from core.render.markdown import escape, markdown, written
from tests.editions import EDITIONS, HOSTILE, RELEASE, full, hostile

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other work may slow the machine
FIVE = ("요약", "개발자 관점 한 줄 평", "지금 바로 적용 아이디어", "리스크/주의", "참고 링크")


@dataclass
class Told:
    n: int
    headline: str
    original: str = ""
    strip: str = ""
    note: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Page:
    """What the grammar carries."""

    day: date
    quoted: list[str]
    top: list[tuple[int, str, str]] = field(default_factory=list)
    stories: list[Told] = field(default_factory=list)
    actions: list[tuple[str, str]] = field(default_factory=list)
    news: list[tuple[str, str]] = field(default_factory=list)
    papers: list[tuple[str, str]] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Escaped Markdown back to the text it shows."""
    pieces = re.split(r"(?<!\\)`([^`\n]+)`", text)
    unescaped = (unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", piece)) for piece in pieces[::2])
    return "".join(text for pair in zip(unescaped, [*pieces[1::2], ""], strict=True) for text in pair)


def read(text: str) -> Page:
    """The page by its grammar, line by line; anything unexpected is an error."""
    lines = iter(text.splitlines())
    day = re.fullmatch(r"# \[AI Daily\] (\d{4}-\d\d-\d\d) 기술 동향", next(lines))
    assert day and next(lines) == ""
    page = Page(date.fromisoformat(day[1]), [line.removeprefix("> ") for line in _until(lines, "")])
    assert next(lines) == "## 오늘의 Top 이슈 (3~5)"
    for line in _until(lines, ""):
        if found := re.fullmatch(r"- (\d)\) (.+?)(?: — (.+))?", line):
            page.top.append((int(found[1]), plain(found[2]), plain(found[3] or "")))
        else:
            assert re.fullmatch(r"- \(.+\)", line)
    assert next(lines) == "---" and next(lines) == ""
    for line in lines:
        if found := re.fullmatch(r"## (\d)\. (.+)", line):
            page.stories.append(_read_story(Told(int(found[1]), plain(found[2])), lines))
        elif line == "## 오늘의 실무 액션 3가지":
            for n, action in enumerate(_until(lines, ""), 1):
                found = re.fullmatch(rf"{n}\) (.+?): (.+)", action)
                assert found
                page.actions.append((plain(found[1]), plain(found[2])))
        else:
            assert line == "## 원문 목록 (Raw Index)"
            assert next(lines) == "### 뉴스"
            page.news = _read_items(lines)
            assert next(lines) == "### 논문"
            page.papers = _read_items(lines)
            assert next(lines) == "---" and next(lines) == ""
            page.footer = [plain(line.removeprefix("- ")) for line in lines]
    return page


def _read_story(story: Told, lines: Iterator[str]) -> Told:
    found = re.fullmatch(r"\*(.+)\* · (.+)", next(lines))
    assert found
    story.original, story.strip = plain(found[1]), plain(found[2])
    section: list[str] = []
    for line in _until(lines, "---"):
        if line.startswith("> "):
            story.note = plain(line.removeprefix("> "))
        elif line.startswith("### "):
            section = story.sections[line.removeprefix("### ")] = []
        elif line:
            section.append(line)
    assert next(lines) == ""
    return story


def _read_items(lines: Iterator[str]) -> list[tuple[str, str]]:
    items = [line.removeprefix("- ") for line in _until(lines, "")]
    if len(items) == 1 and items[0].startswith("(수집된"):
        return []
    return [(plain(title), url) for title, url in (item.rsplit(" — ", 1) for item in items)]


def _until(lines: Iterator[str], end: str) -> Iterator[str]:
    for line in lines:
        if line == end:
            return
        yield line
    raise AssertionError(f"no {end!r}")


def bullets(lines: list[str]) -> list[str]:
    assert all(line.startswith("- ") for line in lines)
    return [plain(line.removeprefix("- ")) for line in lines]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_grammar_reads_back_what_was_written(name: str) -> None:
    edition = EDITIONS[name]()
    page = read(markdown(edition))
    assert page.day == edition.date
    assert page.top == [(s.n, s.headline, ", ".join(s.keywords)) for s in edition.stories]
    assert [(s.n, s.headline, s.original) for s in page.stories] == [
        (s.n, s.headline, s.item.title) for s in edition.stories
    ]
    for told, story in zip(page.stories, edition.stories, strict=True):
        assert tuple(told.sections) == tuple(section for section in FIVE if section in told.sections), "their order"
        assert bullets(told.sections.get("요약", [])) == [claim.text for claim in story.summary]
        assert [plain(line) for line in told.sections.get(FIVE[1], [])] == [
            t for t in [story.one_liner.replace("`", "")] if t
        ]
        assert bullets(told.sections.get(FIVE[2], [])) == [idea.replace("`", "") for idea in story.ideas]
        assert bullets(told.sections.get(FIVE[3], [])) == [risk.text for risk in story.risks]
        assert told.sections[FIVE[4]] == [f"- [{link.title}]({link.url})" for link in story.links]
    assert page.actions == [(a.lead, a.text.replace("`", "")) for a in edition.actions]
    assert page.news + page.papers == [
        (item.title, item.url) for kind in ("news", "paper") for item in edition.index if item.kind == kind
    ]


def test_the_quoted_lines_are_those_of_the_contract() -> None:
    assert read(markdown(full())).quoted[:3] == [
        "생성 시간(KST): 16:20",
        "데이터 소스: DuckDuckGo(뉴스 0, 꺼짐), 피드(뉴스 3, 4곳 중 1곳 실패), Hacker News(뉴스 1), "
        "arXiv(cs.AI/cs.LG/cs.CL/cs.CV, 논문 245)",
        "arXiv 배치: 2026-02-03 10:00 KST 공지, 신규 1287편",
    ]


def test_a_failed_source_is_not_a_source_with_nothing_new() -> None:
    edition = replace(full(0), index=(), sources=())

    def line(*reports: SourceReport) -> str:
        return read(markdown(replace(edition, sources=reports))).quoted[1]

    assert "DuckDuckGo(뉴스 0)" in line(SourceReport("DuckDuckGo", True, 0))
    assert "DuckDuckGo(뉴스 0, 수집 실패: 403)" in line(SourceReport("DuckDuckGo", False, 0, "403"))
    assert "DuckDuckGo(뉴스 0, 꺼짐)" in line(SourceReport("DuckDuckGo", False, 0, "꺼짐"))
    assert "피드(뉴스 0)" in line(SourceReport("피드: OpenAI", True, 0), SourceReport("피드: AI타임스", True, 0))
    assert "피드(뉴스 0, 2곳 중 1곳 실패)" in line(
        SourceReport("피드: A", True), SourceReport("피드: B", False, 0, "500")
    )
    assert "피드(뉴스 0, 수집 실패: 500 외 1건)" in line(
        SourceReport("피드: A", False, 0, "500"), SourceReport("피드: B", False, 0, "403")
    )
    assert "논문 0)" in line(SourceReport("arXiv", True, 0))
    assert "논문 0, 일부 실패)" in line(SourceReport("arXiv", True, 0), SourceReport("arXiv RSS", False, 0, "500"))
    assert "cs.CV, 논문 0, 수집 실패: 429)" in line(SourceReport("arXiv", False, 0, "429"))


def test_an_empty_index_says_why() -> None:
    quiet = markdown(EDITIONS["nothing"]())
    assert "- (수집된 뉴스 링크 없음: 새 소식 없음)" in quiet
    assert "- (수집된 논문 링크 없음: arXiv, arXiv 목록 수집 실패)" in markdown(EDITIONS["failing"]())


def test_the_footer_says_how_the_edition_came_about() -> None:
    footer = read(markdown(full())).footer
    assert footer[0] == "수집 1,304 → 신규 1,291 → 후보 60 → 선정 5"
    assert "기준: 1번 본문 HTML, 2번 기사, 3번 초록, 4번 본문 PDF, 5번 초록" in footer
    assert "모델: openai/gpt-5-mini · 호출 7회 · 토큰 입력 41,250 / 출력 9,120 · 비용 $0.0286" in footer
    assert "검증: 문장 64개 확인, 1개 제외" in footer
    assert "프롬프트: 2026-11" in footer
    assert [line for line in footer if line.startswith("출처 ")] == [
        f"출처 {report.name} — {colophon.outcome(report)}" for report in full().sources
    ]


def test_an_unknown_price_is_not_zero() -> None:
    edition = replace(full(), cost=replace(full().cost, usd=None))
    assert any(line.endswith("비용 알 수 없음") for line in read(markdown(edition)).footer)


def test_a_model_that_never_answered_is_named() -> None:
    edition = replace(full(), cost=Cost("openai/local"))
    assert "모델: openai/local · 받은 답 없음" in read(markdown(edition)).footer


def test_a_page_without_a_model_leaves_out_what_needs_a_writer_and_says_so_once() -> None:
    text = markdown(EDITIONS["extracted"]())
    assert text.count("발췌") == 1 and "> 발췌: 언어 모델 없이" in text
    assert "### 개발자 관점 한 줄 평" not in text and "## 오늘의 실무 액션" not in text
    assert "모델: 쓰지 않음" in text


@pytest.mark.parametrize("name", EDITIONS)
def test_no_tilde_stands_between_numbers_but_in_the_fixed_heading(name: str) -> None:
    text = markdown(EDITIONS[name]()).replace("## 오늘의 Top 이슈 (3~5)", "")
    assert not re.search(r"\d\s*~\s*\d", text)


def test_ranges_are_written_with_a_dash() -> None:
    assert [phrases.shown(t) for t in ("5~10년", "3 ~ 4배", "20%~30%", "$5~$10", "~7", "a~b")] == [
        "5–10년", "3–4배", "20%–30%", "$5–$10", "~7", "a~b",
    ]  # fmt: skip


def test_a_link_is_printed_only_if_it_leads_to_the_web() -> None:
    story = replace(
        full().stories[0], links=(Link("나쁜 링크", "javascript:alert(1)"), Link("", "https://a.example/x_(y)"))
    )
    text = markdown(replace(full(0), stories=(story,)))
    assert "- 나쁜 링크\n" in text
    assert "(https://a.example/x_%28y%29)" in text
    assert "javascript" not in text


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://arxiv.org/abs/2602.01785", "https://arxiv.org/abs/2602.01785"),
        ("http://127.0.0.1:8900/a?b=c&d=e#f", "http://127.0.0.1:8900/a?b=c&d=e#f"),
        ("https://example.com/a b>(c)[d]`*", "https://example.com/a%20b%3E%28c%29%5Bd%5D%60%2A"),
        ("https://arxiv.org@evil.example/", None),
        ("https://arxiv.org\\@evil.example/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.com", None),
        ("https://", None),
        ("", None),
    ],
)
def test_addresses(url: str, printed: str | None) -> None:
    assert phrases.web(url) == printed


def tokens(text: str) -> list[Token]:
    flat: list[Token] = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        flat += [token, *(token.children or [])]
    return flat


def structure(edition: Edition) -> tuple[list[str], set[str], list[str]]:
    """(headings that are ours by form, link targets, kinds of token) as a real parser sees the page."""
    found = tokens(markdown(edition))
    headings = [f"{a.tag} {b.content}" for a, b in pairwise(found) if a.type == "heading_open"]
    targets = {str(token.attrs["href"]) for token in found if token.type == "link_open"}
    return headings, targets, [token.type for token in found]


ALLOWED = {
    "heading_open", "heading_close", "inline", "text", "blockquote_open", "blockquote_close", "paragraph_open",
    "paragraph_close", "softbreak", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    "ordered_list_open", "ordered_list_close", "hr", "em_open", "em_close", "link_open", "link_close", "code_inline",
}  # fmt: skip


def shows_only_what_it_should(text: str) -> None:
    harmless, wild = structure(hostile("무해")), structure(hostile(text))
    assert [heading.split()[0] for heading in wild[0]] == [heading.split()[0] for heading in harmless[0]]
    assert wild[1] == harmless[1]
    assert set(wild[2]) <= ALLOWED
    for kind in ("em_open", "link_open", "hr", "bullet_list_open", "list_item_open", "blockquote_open"):
        assert wild[2].count(kind) == harmless[2].count(kind), kind


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_page(text: str) -> None:
    shows_only_what_it_should(text)
    read(markdown(hostile(text)))


def visible(line: str) -> str:
    return "".join(token.content for token in tokens(line) if token.type in ("text", "code_inline"))


@given(st.text(st.sampled_from("`*_~[]()<>!#&;|\\:/.-+=1 가a\"'$w")) | st.text())
@settings(CALM, max_examples=400)
def test_a_parser_shows_exactly_the_text_that_was_escaped(text: str) -> None:
    text = phrases.shown(text)
    assert visible(escape(text)) == text
    assert visible(f"## {escape(text)}") == text
    assert visible(f"- {escape(text)}") == text
    assert visible(f"[{escape(text)}](https://example.com)") == text
    assert plain(escape(text)) == text


@given(st.text(st.sampled_from("`*_~[]()<>!#&|\\- 가a")))
@CALM
def test_written_text_keeps_its_code_spans_and_nothing_else(text: str) -> None:
    text = phrases.shown(text)
    found = {token.type for token in tokens(f"- {written(text)}")} - {"bullet_list_open", "bullet_list_close"}
    assert found <= {
        "list_item_open",
        "list_item_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "code_inline",
    }


def test_latex_is_shown_as_what_it_stands_for() -> None:
    item = replace(full().stories[0].item, title=r"$\mathcal{O}(n^2)$ \emph{Attention}")
    story = replace(full().stories[0], item=item)
    assert read(markdown(replace(full(0), stories=(story,)))).stories[0].original == "O(n²) Attention"


def test_empty_fields_leave_no_empty_line_or_heading() -> None:
    bare = replace(
        full().stories[0], headline="", keywords=("", " "), summary=(Claim(""),), one_liner=" ", ideas=("",), risks=(),
        links=(), facts=(), why=(),
    )  # fmt: skip
    page = read(markdown(replace(full(0), stories=(bare,), actions=())))
    assert page.top == [(1, bare.item.title, "")]
    assert page.stories[0].sections == {}


def test_news_through_search_is_counted_as_such() -> None:
    found: News = replace(RELEASE, via="ddgs")
    edition = replace(full(0), index=(found,), sources=(SourceReport("DuckDuckGo", True, 1),))
    assert "DuckDuckGo(뉴스 1)" in markdown(edition)


@pytest.mark.parametrize("name", ["full", "extracted", "failing", "weekend", "followed"])
def test_golden(name: str, golden: Callable[[str, str], None]) -> None:
    edition = EDITIONS[name]()
    golden(f"render/{name}.md", markdown(replace(edition, index=edition.index[:16])))
