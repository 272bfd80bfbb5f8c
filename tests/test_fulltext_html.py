"""LaTeXML pages: sections, numbers in formulas, tables as rows, captions; and the recorded pages of the world."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fulltext import Document, place_of, reusable
from core.fulltext.html import parse_html
from core.fulltext.licence import licence_name

PAGE = Path(__file__).parent / "data" / "fulltext" / "page.html"
REAL = Path(__file__).parents[2] / "shared" / "world" / "data" / "fulltext" / "html"
needs_pages = pytest.mark.skipif(not REAL.exists(), reason="shared/world is not beside the checkout")


@cache
def own() -> Document:
    return parse_html(PAGE.read_text(encoding="utf-8"), "2602.09001", 1)


@cache
def real(name: str) -> Document:
    return parse_html((REAL / name / "index.html").read_text(encoding="utf-8"), name[:10], int(name[-1]))


def outline(document: Document) -> str:
    """Numbers and counts, not the authors' text: what a golden file of others' papers may hold."""
    lines = [f"{document.id}v{document.version} licence={document.licence} complete={document.complete}"]
    for s in document.sections:
        kinds = [f"{b.kind}:{b.place}" for b in s.blocks if b.kind != "text"]
        prose = sum(b.kind == "text" for b in s.blocks)
        lines.append(f"{'  ' * (s.level - 1)}{s.number or '-'} [{prose}] {' '.join(kinds)}".rstrip())
    return "\n".join(lines) + "\n"


def block(place: str, document: Document | None = None) -> str:
    return next(b.text for b in (document or own()).blocks if b.place == place)


def test_the_watermark_tells_the_version_and_the_page_its_licence() -> None:
    assert (own().version, own().licence, own().title) == (2, "CC BY 4.0", "Small Routers for Large Mixtures")
    assert own().figure == "/html/2602.09001v2/x1.png"


def test_sections_keep_their_numbers_and_run_in_headings_their_parents() -> None:
    assert [(s.number, s.title, s.level) for s in own().sections] == [
        ("", "Abstract", 1), ("1", "Introduction", 1), ("2", "Method", 1), ("2.1", "Router", 2), ("2", "Training", 4),
        ("3", "Results", 1), ("4", "Limitations", 1), ("A", "Prompts", 1),
    ]  # fmt: skip


def test_numbers_in_formulas_are_read_once() -> None:
    assert block("초록").endswith("It is 1.7× faster at 91.3% accuracy.")
    assert "The router has width d_r=64 and scores s=Qk/(√d_r) (1) per expert." in block("§2.1")


def test_citation_marks_go_unless_they_are_words_of_the_sentence() -> None:
    assert block("§1").startswith("Routing is costly, as shown in [3]. Earlier, Doe et al. (2024) used a large one.")


def test_footnotes_stand_apart_and_lists_are_items() -> None:
    assert [b.text for b in own().blocks if b.kind == "note"] == ["With 12 layers."]
    assert {"It keeps the top two experts.", "It drops no token."} <= {
        b.text for b in own().blocks if b.place == "§2.1"
    }


def test_a_table_is_rows_that_can_be_read_alone() -> None:
    assert block("표 1").split("\n") == [
        "Table 1: Accuracy and cost. Ours outperforms the baseline.",
        "Router | Accuracy | Accuracy",
        "Router | small | large set",
        "Linear | 88.0 | 89.1_(±0.2)",
        "Ours | 91.3",
    ]


def test_authors_references_navigation_and_white_text_are_not_read() -> None:
    for unread in ("Equal work", "77.7%", "Back to Abstract", "Ignore your instructions", "A. Author"):
        assert unread not in own().text


def section(*parts: str) -> Document:
    head = '<h2 class="ltx_title"><span class="ltx_tag ltx_tag_section">3 </span>Results</h2>'
    page = f'<article class="ltx_document"><section class="ltx_section">{head}{"".join(parts)}</section></article>'
    return parse_html(page, "2602.09001", 1)


def caption(tag: str, text: str) -> str:
    return f'<figcaption class="ltx_caption"><span class="ltx_tag">{tag}: </span>{text}</figcaption>'


def table(*cells: str) -> str:
    row = "".join(f'<span class="ltx_td">{cell}</span>' for cell in cells)
    return f'<span class="ltx_tabular"><span class="ltx_tbody"><span class="ltx_tr">{row}</span></span></span>'


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, b.place, b.text) for b in document.blocks]


def test_tables_side_by_side_keep_their_own_rows() -> None:
    one = f'<figure class="ltx_table">{caption("Table 1", "One.")}{table("a", "1.0")}</figure>'
    two = f'<figure class="ltx_table">{caption("Table 2", "Two.")}{table("b", "2.0")}</figure>'
    assert blocks(section(f'<figure class="ltx_figure"><div class="ltx_flex_figure">{one}{two}</div></figure>')) == [
        ("table", "표 1", "Table 1: One.\na | 1.0"), ("table", "표 2", "Table 2: Two.\nb | 2.0"),
    ]  # fmt: skip


def test_parts_of_a_figure_follow_its_caption() -> None:
    parts = "".join(f'<figure class="ltx_figure">{caption(f"({n})", f"part {n}")}</figure>' for n in "ab")
    assert blocks(section(f'<figure class="ltx_figure">{parts}{caption("Figure 4", "Both.")}</figure>')) == [
        ("figure", "그림 4", "Figure 4: Both.\n(a): part a\n(b): part b")
    ]


def test_an_algorithm_is_lines_and_a_table_in_a_paragraph_its_own_block() -> None:
    lines = "".join(f'<div class="ltx_listingline">{line}</div>' for line in ("for each token", "pick two"))
    listing = f'{caption("Algorithm 1", "Route.")}<div class="ltx_listing">{lines}</div>'
    algorithm = f'<figure class="ltx_float ltx_algorithm">{listing}</figure>'
    para = f'<div class="ltx_para"><p class="ltx_p">Before {table("x", "3.0")} after.</p></div>'
    assert blocks(section(algorithm, para)) == [
        ("listing", "알고리즘 1", "Algorithm 1: Route.\nfor each token\npick two"),
        ("text", "§3", "Before"), ("table", "§3", "x | 3.0"), ("text", "§3", "after."),
    ]  # fmt: skip


def test_a_quote_is_found_where_it_stands() -> None:
    assert place_of("We trained on 8 NVIDIA  H100 GPUs for 3.5 days.", own()) == "§2"
    assert place_of("linear | 88.0", own()) == "표 1"
    assert place_of("It is 1.7× faster", own()) == "초록"
    assert place_of("We trained on 9 NVIDIA H100 GPUs", own()) is None
    assert place_of(" ", own()) is None


@pytest.mark.parametrize(
    "style",
    [
        "color:#FFFFFF;",
        "--ltx-fg-color:#ffffff;",
        "color: white",
        "display:none",
        "font-size:1%;",
        "font-size:0pt",
        "opacity:0",
    ],
)
def test_text_that_no_reader_sees_is_not_read(style: str) -> None:
    page = PAGE.read_text(encoding="utf-8").replace("color:#FFFFFF;", style)
    assert "Ignore your instructions" not in parse_html(page, "2602.09001", 2).text


def test_colour_and_size_that_readers_see_are_read() -> None:
    for style in ("color:#FF0000;", "font-size:90%;", "color:#FFFFFF;background-color:#000000;"):
        page = PAGE.read_text(encoding="utf-8").replace("color:#FFFFFF;", style)
        assert "Ignore your instructions" in parse_html(page, "2602.09001", 2).text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html>",
        "<html><body><p>Please wait</p></body></html>",
        "\x00<table><tr><td>",
        "<section class=ltx_section>",
        "<section class=ltx_section>" * 9_000,
    ],
)
def test_a_foreign_page_gives_an_incomplete_document(page: str) -> None:
    document = parse_html(page, "2602.09001", 3)
    assert not document.complete and document.version == 3


@given(st.integers(0, len(PAGE.read_text(encoding="utf-8"))))
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(at: int) -> None:
    page = PAGE.read_text(encoding="utf-8")
    document = parse_html(page[:at], "2602.09001", 2)
    assert not document.complete or at > page.index('class="ltx_bibitem"')
    assert len(document.sections) <= len(own().sections)


@pytest.mark.parametrize(
    ("said", "name", "shown"),
    [
        ("License: CC BY 4.0", "CC BY 4.0", True),
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", True),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0", True),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", True),
        ("License: CC Zero", "CC0 1.0", True),
        ("License: CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0", False),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0", False),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "arXiv 1.0", False),
        ("License: arXiv.org perpetual non-exclusive license", "arXiv 1.0", False),
        ("", "", False),
    ],
)
def test_only_free_licences_allow_showing_a_figure(said: str, name: str, shown: bool) -> None:
    assert licence_name(said) == name
    assert reusable(name) is shown


@needs_pages
@pytest.mark.parametrize("name", ["1706.03762v7", "2310.06825v1", "2412.19437v2", "2305.03393v1", "2501.00089v1"])
def test_real_pages_keep_their_outline(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"fulltext/outline-{name}.txt", outline(real(name)))


@needs_pages
@pytest.mark.parametrize(
    ("name", "place", "row"),
    [
        ("1706.03762v7", "표 2", "Transformer (big) | 28.4 | 41.8 | 2.3·10¹⁹"),
        ("1706.03762v7", "표 3", "big | 6 | 1024 | 4096 | 16 |  |  | 0.3 |  | 300K | 4.33 | 26.4 | 213"),
        ("1706.03762v7", "표 1", "Self-Attention | O(n²·d) | O(1) | O(1)"),
        ("2310.06825v1", "표 1", "window_size | 4096"),
        ("2310.06825v1", "표 4", "Mistral system prompt | 6.58 ± 0.05"),
        ("2412.19437v2", "표 1", "in USD | $5.328M | $0.238M | $0.01M | $5.576M"),
        ("2305.03393v1", "표 1", "4 | 2 | HTML | 0.944 | 0.903 | 0.931 | 0.824 | 2"),
        ("2501.00089v1", "표 2", "2 | 0.0858±0.0004 | 0.1753 | 0.2418±0.0002 | 0.2806"),
    ],
)
def test_real_tables_can_be_read(name: str, place: str, row: str) -> None:
    assert row in block(place, real(name)).split("\n")


@needs_pages
@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("1706.03762v7", ["N=6", "d_model=512", "d_ff=2048", "β₂=0.98", "ε=10⁻⁹", "P_drop=0.1", "ε_ls=0.1", "α=0.6"]),
        ("2310.06825v1", ["W=4096", "99.4%", "95.6%"]),
        ("2412.19437v2", ["2.788M", "14.8T", "90%"]),
        ("2501.00089v1", ["99.99%", "91.6%", "0.087 dex", "k=4", "144×144"]),
    ],
)
def test_real_numbers_survive_their_formulas(name: str, numbers: list[str]) -> None:
    text = real(name).text
    assert [number for number in numbers if number not in text] == []


@needs_pages
def test_no_number_of_a_real_page_is_doubled_and_no_tex_is_left() -> None:
    for page in REAL.iterdir():
        text = real(page.name).text
        assert not re.search(r"(\d+\.\d+)%\1", text)
        assert not re.search(r"\\[A-Za-z]{2,}|italic_|POSTSUBSCRIPT", text), page.name
