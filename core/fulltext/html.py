"""arXiv's HTML (LaTeXML) read into a Document: sections, paragraphs, tables as rows, captions, footnotes.

What is decided here: every formula becomes its cleaned `alttext` (dropping formulas loses every result, plain text
doubles them); bracketed citation marks go, textual ones stay; text that no reader can see (white outside tables,
hidden, of no size) is not read. Whether a page is whole enough to use is the library's decision.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.fulltext.document import Block, BlockKind, Document, Section
from core.fulltext.formula import formula
from core.fulltext.licence import licence_name
from core.fulltext.nodes import classes, in_cell, text_of, tidy, urls_of
from core.fulltext.tables import rows

_LABELS = {"table": "표", "figure": "그림", "algorithm": "알고리즘", "listing": "코드", "fig": "그림"}
_LEVELS = {
    "ltx_part": 0, "ltx_chapter": 1, "ltx_section": 1, "ltx_appendix": 1, "ltx_subsection": 2, "ltx_subsubsection": 3,
    "ltx_paragraph": 4, "ltx_subparagraph": 4,
}  # fmt: skip
_SKIPPED = {
    "ltx_bibliography", "ltx_authors", "ltx_TOC", "ltx_page_logo", "ltx_page_footer", "ltx_dates", "ltx_pagination",
    "ltx_index", "ltx_glossary", "ltx_title", "ltx_caption", "ltx_keywords", "ltx_classification", "ltx_role_thanks",
}  # fmt: skip
_WHITE = re.compile(r"(?:^|[;\s])(?:--ltx-fg-color|color)\s*:\s*(?:#fff(?:fff)?\b|white\b)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0\d*)?(?:;|$)"
    r"|font-size\s*:\s*(?:\d(?:\.\d+)?%|0|1px))",
    re.IGNORECASE,
)


def parse_html(page: str, paper_id: str, version: int) -> Document:
    """The document on a LaTeXML page; a stub or foreign page gives one with few or no sections. Never raises.
    The page's own watermark corrects `version`."""
    tree = LexborHTMLParser(page)
    licence = licence_name(text_of(tree.css_first("#license-tr")))
    version = _watermark_version(tree, paper_id) or version
    article = tree.css_first("article.ltx_document") or tree.css_first(".ltx_page_content") or tree.body
    if article is None:
        return Document(paper_id, version, "html", "", (), complete=False)
    _flatten(tree)
    figure, caption = _first_figure(tree, article)
    title = text_of(article.css_first("h1.ltx_title_document"))
    try:
        sections = [section for section in _sections(article, "", 0) if section.blocks or section.title]
    except RecursionError:  # nested thousands deep: no paper is
        return Document(paper_id, version, "html", title, (), licence, complete=False)
    return Document(
        paper_id, version, "html", title, tuple(sections), licence,
        figure=figure, complete=article.css_first(".ltx_bibitem") is not None, caption=caption,
    )  # fmt: skip


def _watermark_version(tree: LexborHTMLParser, paper_id: str) -> int | None:
    match = re.search(rf"arXiv:{re.escape(paper_id)}v(\d+)", text_of(tree.css_first("#watermark-tr")))
    return int(match[1]) if match else None


def _first_figure(tree: LexborHTMLParser, article: LexborNode) -> tuple[str, str]:
    """The address of the first image in a figure, and that figure's caption."""
    base = tree.css_first("base")
    for figure in article.css("figure.ltx_figure"):
        image = figure.css_first("img.ltx_graphics")
        source = image.attributes.get("src") if image is not None else None
        if source and not source.startswith("data:"):
            folder = (base.attributes.get("href") if base is not None else None) or ""
            address = source if "://" in source or source.startswith("/") else folder + source
            captions = [text_of(caption) for caption in figure.css(".ltx_caption") if _label(caption)]
            return address, captions[-1] if captions else ""
    return "", ""


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
    for node in tree.css("article [style]"):
        style = node.attributes.get("style") or ""
        white = _WHITE.search(style) and "background" not in style and not in_cell(node)
        if white or _UNSEEN.search(style):
            node.decompose()


def _formula_of(math: LexborNode) -> str:
    tex = math.attributes.get("alttext")
    if tex is None:
        source = math.css_first('annotation[encoding="application/x-tex"]')
        if source is None:
            return math.text()
        tex = source.text()
    return formula(tex)


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
        yield from _sections(child, number, next((_LEVELS[c] for c in classes(child) if c in _LEVELS), 1))


def _heading(node: LexborNode) -> tuple[str, str]:
    for child in node.iter():
        if child.tag in {"h1", "h2", "h3", "h4", "h5", "h6"} and "ltx_title_document" not in classes(child):
            tag = child.css_first(".ltx_tag")
            number = re.sub(r"^(?:Appendix|Section|Chapter|§)\s*", "", text_of(tag)).strip(" .")
            if tag is not None:
                tag.decompose()
            return number, text_of(child).strip(" .:")
    return "", ""


def _collect(node: LexborNode, place: str, blocks: list[Block], inner: list[LexborNode]) -> None:
    """Blocks below `node` in order; subsections are put aside in `inner`."""
    for child in node.iter():
        names = classes(child)
        if names & _SKIPPED or child.tag in {"nav", "header", "footer", "dialog", "button"}:
            continue
        if child.tag == "section" or "ltx_abstract" in names:
            inner.append(child)
        elif child.tag == "figure" or names & {"ltx_table", "ltx_figure", "ltx_float"}:
            blocks.extend(_figure(child, place))
        elif "ltx_listing" in names:
            blocks.extend(_listing(child, place))
        elif "ltx_tabular" in names:
            blocks.append(Block(rows(child), place, "table"))
        elif "ltx_para" in names or child.tag == "p":
            _paragraph(child, place, blocks, inner)
        elif child.tag in {"ul", "ol", "dl"}:
            for item in child.iter():
                _paragraph(item, place, blocks, inner)
        else:
            _collect(child, place, blocks, inner)


def _paragraph(para: LexborNode, place: str, blocks: list[Block], inner: list[LexborNode]) -> None:
    """Prose with its displayed formulas as one block; lists, tables, figures and footnotes inside it as their own."""
    notes = _footnotes(para, place)
    pieces: list[str] = []
    urls: list[str] = []

    def flush() -> None:
        text = tidy("".join(pieces))
        if text:
            blocks.append(Block(text, place, urls=tuple(dict.fromkeys(urls))))
        pieces.clear()
        urls.clear()

    def walk(node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            names = classes(child)
            if child.tag in {"ul", "ol", "dl", "figure", "section"} or names & {
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
            elif "ltx_tag_item" in names:
                mark = text_of(child)
                pieces.append("" if mark in {"•", "–", "-", "∙", "*"} else f"{mark} ")
            elif child.tag in {"div", "p", "td", "tr", "tbody", "table", "dd", "dt", "span"} and _has_block(child):
                walk(child)
                pieces.append(" ")
            else:
                pieces.append(child.text())
                urls.extend(urls_of(child))

    walk(para)
    flush()
    blocks.extend(notes)


def _collect_one(node: LexborNode, place: str, blocks: list[Block], inner: list[LexborNode]) -> None:
    if node.tag == "figure":
        blocks.extend(_figure(node, place))
    elif "ltx_listing" in classes(node):
        blocks.extend(_listing(node, place))
    elif "ltx_tabular" in classes(node):
        blocks.append(Block(rows(node), place, "table"))
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
            text = text_of(content)
            if text:
                notes.append(Block(text, place, "note", urls=urls_of(content)))
        note.replace_with("")
    return notes


def _figure(figure: LexborNode, place: str) -> list[Block]:
    """Captioned tables, figures and algorithms; side by side ones are told apart when each has its own body."""
    notes = _footnotes(figure, place)
    captions = figure.css(".ltx_caption")
    tagged = [(_label(caption), text_of(caption)) for caption in captions]
    tables = [t for t in figure.css(".ltx_tabular") if not in_cell(t)]
    bodies = [rows(table) for table in tables] or [_lines(listing) for listing in figure.css(".ltx_listing")]
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
    match = re.match(r"([A-Za-z]+)\.?\s*([A-Z]?\.?[\dIVX]+(?:[.-]\d+)*)", text_of(tag)) if tag is not None else None
    name = _LABELS.get(match[1].lower()) if match else None
    return f"{name} {match[2]}" if match and name else ""


def _kind(label: str) -> BlockKind:
    return {"표": "table", "그림": "figure"}.get(label.split()[0], "listing")  # type: ignore[return-value]


def _listing(node: LexborNode, place: str) -> list[Block]:
    text = _lines(node)
    return [Block(text, place, "listing")] if text else []


def _lines(listing: LexborNode) -> str:
    lines = listing.css(".ltx_listingline") or [listing]
    return "\n".join(filter(None, map(text_of, lines)))
