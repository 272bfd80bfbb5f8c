"""arXiv's HTML (LaTeXML) read into a Document: sections, paragraphs, tables as rows, captions, footnotes.

What is decided here: every formula becomes its cleaned `alttext` (dropping formulas loses every result, plain text
doubles them); bracketed citation marks go, textual ones stay; text painted white outside tables is not read, because
it is written for machines and not for readers. Whether a page is whole enough to use is the library's decision.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.fulltext.document import Block, BlockKind, Document, Section
from core.fulltext.formula import formula
from core.fulltext.licence import licence_name
from core.text import one_line

_CITE = re.compile("\ue000([^\ue001]*)\ue001")
_CITE_AS_WORD = re.compile(
    r"(?:\b(?:in|of|by|from|to|with|and|see|following|follows?|per|than|as|on|e\.g\.,?)|[(,;])\s*$", re.IGNORECASE
)
_LABELS = {"table": "표", "figure": "그림", "algorithm": "알고리즘", "listing": "코드", "fig": "그림"}
_LEVELS = {
    "ltx_part": 0, "ltx_chapter": 1, "ltx_section": 1, "ltx_appendix": 1, "ltx_subsection": 2, "ltx_subsubsection": 3,
    "ltx_paragraph": 4, "ltx_subparagraph": 4,
}  # fmt: skip
_SKIPPED = {
    "ltx_bibliography", "ltx_authors", "ltx_TOC", "ltx_page_logo", "ltx_page_footer", "ltx_dates", "ltx_pagination",
    "ltx_index", "ltx_glossary", "ltx_title", "ltx_caption", "ltx_keywords", "ltx_classification", "ltx_role_thanks",
}  # fmt: skip
_NUMBER = re.compile(r"[-+±≈<>]?\d[\d.,]*\s*\S{0,4}")
_WHITE = re.compile(r"(?:^|[;\s])(?:--ltx-fg-color|color)\s*:\s*(?:#fff(?:fff)?\b|white\b)", re.IGNORECASE)


def parse_html(page: str, paper_id: str, version: int) -> Document:
    """The document on a LaTeXML page; a stub or foreign page gives one with few or no sections. Never raises.
    The page's own watermark corrects `version`."""
    tree = LexborHTMLParser(page)
    licence = licence_name(_text(tree.css_first("#license-tr")))
    version = _watermark_version(tree, paper_id) or version
    article = tree.css_first("article.ltx_document") or tree.css_first(".ltx_page_content") or tree.body
    if article is None:
        return Document(paper_id, version, "html", "", (), complete=False)
    _flatten(tree)
    title = _text(article.css_first("h1.ltx_title_document"))
    sections = [section for section in _sections(article, "", 0) if section.blocks or section.title]
    return Document(
        paper_id, version, "html", title, tuple(sections), licence,
        figure=_first_figure(tree, article), complete=article.css_first(".ltx_bibitem") is not None,
    )  # fmt: skip


def _watermark_version(tree: LexborHTMLParser, paper_id: str) -> int | None:
    match = re.search(rf"arXiv:{re.escape(paper_id)}v(\d+)", _text(tree.css_first("#watermark-tr")))
    return int(match[1]) if match else None


def _first_figure(tree: LexborHTMLParser, article: LexborNode) -> str:
    base = tree.css_first("base")
    image = article.css_first("figure.ltx_figure img.ltx_graphics")
    source = image.attributes.get("src") if image is not None else None
    if not source or source.startswith("data:"):
        return ""
    folder = (base.attributes.get("href") if base is not None else None) or ""
    return source if "://" in source or source.startswith("/") else folder + source


def _flatten(tree: LexborHTMLParser) -> None:
    """What text extraction cannot know, written into the tree as text: formulas, citations, breaks, hidden text."""
    for math in tree.css("math"):
        math.replace_with(_formula_of(math))
    for node in tree.css("br"):
        node.replace_with(" ")
    for node in tree.css(
        ".ltx_ERROR, .ltx_rule, script, style, .ltx_note_mark, .ltx_note_type, .ltx_role_footnotemark"
    ):
        node.decompose()
    for cite in tree.css("cite"):
        words = " ".join(cite.text().split())
        keeps = re.search(r"et al|^[^\W\d_][^\[(]+ [\[(]", words) and not re.match(r"[\[(]", words)
        cite.replace_with(words if keeps else f"\ue000{words}\ue001")
    for node in tree.css('[style*="color"]'):
        style = node.attributes.get("style") or ""
        if _WHITE.search(style) and "background" not in style and not _inside(node, {"td", "th"}):
            node.decompose()


def _formula_of(math: LexborNode) -> str:
    tex = math.attributes.get("alttext")
    if tex is None:
        source = math.css_first('annotation[encoding="application/x-tex"]')
        if source is None:
            return math.text()
        tex = source.text()
    return formula(tex)


def _inside(node: LexborNode, tags: set[str]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def _sections(node: LexborNode, number: str, level: int) -> Iterator[Section]:
    """The node's own blocks as one section, then its subsections, in reading order."""
    own, title = _heading(node)
    number = own or (number if level >= 4 else "")
    place = f"§{number}" if number else ("초록" if title == "Abstract" else f"§{title[:40]}" if title else "본문")
    blocks: list[Block] = []
    inner: list[LexborNode] = []
    _collect(node, place, blocks, inner)
    if level or blocks or not inner:
        yield Section(number, title, tuple(blocks), max(level, 1))
    for child in inner:
        yield from _sections(child, number, next((_LEVELS[name] for name in _classes(child) if name in _LEVELS), 1))


def _heading(node: LexborNode) -> tuple[str, str]:
    for child in node.iter():
        if child.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} and "ltx_title_document" not in _classes(child):
            tag = child.css_first(".ltx_tag")
            number = re.sub(r"^(?:Appendix|Section|Chapter|§)\s*", "", _text(tag)).strip(" .")
            if tag is not None:
                tag.decompose()
            return number, _text(child).strip(" .:")
    return "", ""


def _collect(node: LexborNode, place: str, blocks: list[Block], inner: list[LexborNode]) -> None:
    """Blocks below `node` in order; subsections are put aside in `inner`."""
    for child in node.iter():
        classes = _classes(child)
        if classes & _SKIPPED or child.tag in {"nav", "header", "footer", "dialog", "button"}:
            continue
        if child.tag == "section" or "ltx_abstract" in classes:
            inner.append(child)
        elif child.tag == "figure" or classes & {"ltx_table", "ltx_figure", "ltx_float"}:
            blocks.extend(_figure(child, place))
        elif "ltx_listing" in classes:
            blocks.extend(_listing(child, place))
        elif "ltx_tabular" in classes:
            blocks.append(Block(_rows(child), place, "table"))
        elif "ltx_para" in classes or child.tag == "p":
            _paragraph(child, place, blocks, inner)
        elif child.tag in {"ul", "ol", "dl"}:
            for item in child.iter():
                _paragraph(item, place, blocks, inner)
        else:
            _collect(child, place, blocks, inner)


def _paragraph(para: LexborNode, place: str, blocks: list[Block], inner: list[LexborNode]) -> None:
    """Prose with its displayed formulas as one block; lists, tables and figures inside it, and footnotes, as their own."""
    notes = _footnotes(para, place)
    pieces: list[str] = []
    urls: list[str] = []

    def flush() -> None:
        text = _tidy("".join(pieces))
        if text:
            blocks.append(Block(text, place, urls=tuple(dict.fromkeys(urls))))
        pieces.clear()
        urls.clear()

    def walk(node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            classes = _classes(child)
            if child.tag in {"ul", "ol", "dl", "figure", "section"} or classes & {
                "ltx_listing",
                "ltx_tabular",
                "ltx_theorem",
            }:
                flush()
                holder = [child] if child.tag == "section" else []
                inner.extend(holder)
                if not holder:
                    _collect_one(child, place, blocks, inner)
            elif child.tag == "-text":
                pieces.append(child.text())
            elif "ltx_tag_item" in classes:
                mark = _text(child)
                pieces.append("" if mark in {"•", "–", "-", "∙", "*"} else f"{mark} ")
            elif child.tag in {"div", "p", "td", "tr", "tbody", "table", "dd", "dt", "span"} and _has_block(child):
                walk(child)
                pieces.append(" ")
            else:
                pieces.append(child.text())
                urls.extend(_urls(child))

    walk(para)
    flush()
    blocks.extend(notes)


def _collect_one(node: LexborNode, place: str, blocks: list[Block], inner: list[LexborNode]) -> None:
    if node.tag == "figure":
        blocks.extend(_figure(node, place))
    elif "ltx_listing" in _classes(node):
        blocks.extend(_listing(node, place))
    elif "ltx_tabular" in _classes(node):
        blocks.append(Block(_rows(node), place, "table"))
    else:
        for item in node.iter():
            _paragraph(item, place, blocks, inner)


def _has_block(node: LexborNode) -> bool:
    return node.tag != "span" or node.css_first("p, ul, ol, table, figure, div") is not None


def _footnotes(para: LexborNode, place: str) -> list[Block]:
    notes: list[Block] = []
    for note in para.css(".ltx_note"):
        content = note.css_first(".ltx_note_content")
        if content is not None:
            for tag in content.css(".ltx_tag_note"):
                tag.decompose()
            text = _text(content)
            if text:
                notes.append(Block(text, place, "note", urls=_urls(content)))
        note.replace_with("")
    return notes


def _figure(figure: LexborNode, place: str) -> list[Block]:
    """Captioned tables, figures and algorithms; side by side ones are told apart when each has its own body."""
    notes = _footnotes(figure, place)
    captions = figure.css(".ltx_caption")
    tagged = [(_label(caption), _text(caption)) for caption in captions]
    tables = [t for t in figure.css(".ltx_tabular") if not _within_tabular(t)]
    bodies = [_rows(table) for table in tables] or [_lines(listing) for listing in figure.css(".ltx_listing")]
    named = [(label, text) for label, text in tagged if label]
    if not named:
        kind: BlockKind = "table" if tables else "figure"
        text = "\n".join([*(text for _, text in tagged), *bodies]).strip()
        return [*([Block(text, place, kind)] if text else []), *notes]
    if len(named) == 1:
        label, _ = named[0]
        text = "\n".join([*(text for _, text in sorted(tagged, key=lambda pair: not pair[0])), *bodies])
        return [Block(text, label, _kind(label)), *notes]
    paired = bodies if len(bodies) == len(named) else ["\n".join(bodies), *[""] * len(named)]
    found = [
        Block("\n".join(filter(None, (text, body))), label, _kind(label))
        for (label, text), body in zip(named, paired, strict=False)
    ]
    return [*found, *notes]


def _label(caption: LexborNode) -> str:
    """`표 2` for a caption tagged "Table 2:"; empty for subcaptions and untagged ones."""
    tag = caption.css_first(".ltx_tag")
    match = re.match(r"([A-Za-z]+)\.?\s*([A-Z]?\.?[\dIVX]+(?:[.-]\d+)*)", _text(tag)) if tag is not None else None
    name = _LABELS.get(match[1].lower()) if match else None
    return f"{name} {match[2]}" if match and name else ""


def _kind(label: str) -> BlockKind:
    return {"표": "table", "그림": "figure"}.get(label.split()[0], "listing")  # type: ignore[return-value]


def _within_tabular(table: LexborNode) -> bool:
    return _inside(table, {"td", "th"})


def _rows(table: LexborNode) -> str:
    """One line per row, cells split by ` | `, columns aligned. What spans rows is repeated in each, so that a row can be
    read alone; what spans columns is repeated only above the first values, so that no value is doubled."""
    carried: dict[int, tuple[str, int]] = {}
    lines: list[str] = []
    values_began = False
    for row in _own_rows(table):
        cells: list[str] = []

        def carry() -> None:
            while len(cells) in carried:
                text, left = carried.pop(len(cells))
                if left > 1:
                    carried[len(cells)] = (text, left - 1)
                cells.append(text)

        for cell in (c for c in row.iter() if c.tag in {"td", "th"} or "ltx_td" in _classes(c)):
            carry()
            text = _text(cell).replace(" | ", " / ")
            for n in range(_span(cell, "colspan")):
                shown = text if n == 0 or not values_began and not _NUMBER.search(text) else ""
                if (down := _span(cell, "rowspan")) > 1:
                    carried[len(cells)] = (shown, down - 1)
                cells.append(shown)
        carry()
        values_began = values_began or any(_NUMBER.fullmatch(cell) for cell in cells)
        if any(cells):
            lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines)


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr" or "ltx_tr" in _classes(child):
            yield child
        elif child.tag in {"thead", "tbody", "tfoot", "span", "div"}:
            yield from _own_rows(child)


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return min(int(value), 60) if value.isdecimal() and value != "0" else 1


def _listing(node: LexborNode, place: str) -> list[Block]:
    text = _lines(node)
    return [Block(text, place, "listing")] if text else []


def _lines(listing: LexborNode) -> str:
    rows = listing.css(".ltx_listingline") or [listing]
    return "\n".join(filter(None, (_text(row) for row in rows)))


def _urls(node: LexborNode) -> tuple[str, ...]:
    links = [node, *node.css("a")] if node.tag == "a" else node.css("a")
    found = (link.attributes.get("href") or "" for link in links)
    return tuple(dict.fromkeys(url for url in found if re.match(r"https?://(?!arxiv\.org/(?:html|static))", url)))


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split()) if node.tag != "-text" else set()


def _text(node: LexborNode | None) -> str:
    return "" if node is None else _tidy(node.text())


def _tidy(text: str) -> str:
    """One clean line; citation marks go unless a sentence needs them as a word; no blank before punctuation."""

    def mark(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip()
        if re.match(r"[a-z]+:?\d{4}\w*\b", match[1]):  # a BibTeX key: the converter had no bibliography style
            return ""
        return match[1] if _CITE_AS_WORD.search(before + " ") and before[-1:] not in "(,;" else ""

    text = one_line(_CITE.sub(mark, text))
    text = re.sub(r"\(\s*(?:[,;]\s*)*\)|\[\s*\]", "", re.sub(r"[,;]\s*\)", ")", text))
    return " ".join(re.sub(r"\s+([,.;:)\]])", r"\1", text).split())
