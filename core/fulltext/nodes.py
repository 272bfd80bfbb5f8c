"""What html.py and tables.py ask of a LaTeXML node: its classes, its text as one clean line, its web links.

Citation marks were put between two private characters by html.py; here they go, unless the sentence needs them as a
word ("as in [12]"). A bare BibTeX key (a converter without bibliography style) always goes.
"""

import re

from selectolax.lexbor import LexborNode

from core.text import one_line

_CITE = re.compile("\ue000([^\ue001]*)\ue001")
_CITE_AS_WORD = re.compile(
    r"(?:\b(?:in|of|by|from|to|with|and|see|following|follows?|per|than|as|on|e\.g\.,?)|[(,;])\s*$", re.IGNORECASE
)


def classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split()) if node.tag != "-text" else set()


def text_of(node: LexborNode | None) -> str:
    return "" if node is None else tidy(node.text())


def tidy(text: str) -> str:
    """One clean line; citation marks go unless a sentence needs them as a word; no blank before punctuation."""

    def mark(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip()
        if re.match(r"[a-z]+:?\d{4}\w*\b", match[1]):  # a BibTeX key: the converter had no bibliography style
            return ""
        return match[1] if _CITE_AS_WORD.search(before + " ") and before[-1:] not in "(,;" else ""

    text = one_line(_CITE.sub(mark, text))
    text = re.sub(r"\(\s*(?:[,;]\s*)*\)|\[\s*\]", "", re.sub(r"[,;]\s*\)", ")", text))
    return " ".join(re.sub(r"\s+([,.;:)\]])", r"\1", text).split())


def in_cell(node: LexborNode) -> bool:
    """Whether a table cell holds the node."""
    parent = node.parent
    while parent is not None:
        if parent.tag in {"td", "th"} or "ltx_td" in classes(parent):
            return True
        parent = parent.parent
    return False


def urls_of(node: LexborNode) -> tuple[str, ...]:
    links = [node, *node.css("a")] if node.tag == "a" else node.css("a")
    found = (link.attributes.get("href") or "" for link in links)
    return tuple(dict.fromkeys(url for url in found if re.match(r"https?://(?!arxiv\.org/(?:html|static))", url)))
