"""arXiv's abstract page: the record of any paper that a person names, its versions, its licence, whether it is
withdrawn.

For papers the sources did not collect. Read from the page's citation metadata, which arXiv keeps stable for
Scholar, and from the few classes its templates have had for years.
"""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.errors import PaperUnreadable
from core.fulltext.licence import licence_name
from core.model import Paper
from core.text import one_line

_WITHDRAWN = re.compile(
    r"\b(?:this (?:paper|article|submission|manuscript|work) (?:has been|is|was) withdrawn"
    r"|withdrawn by (?:the )?(?:authors?|arxiv)|\bwithdrawn\b.{0,40}\b(?:by|due|because)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class AbstractPage:
    paper: Paper
    licence: str
    withdrawn: bool


def parse_abstract_page(page: str, paper_id: str) -> AbstractPage:
    """The record on the page, `paper.version` being the version it shows. PaperUnreadable when it holds no paper."""
    tree = LexborHTMLParser(page)
    meta = {
        (node.attributes.get("name") or ""): node.attributes.get("content") or "" for node in tree.css("meta[name]")
    }
    title, abstract = one_line(meta.get("citation_title", "")), meta.get("citation_abstract", "")
    abstract = one_line(abstract) or re.sub(r"^Abstract:\s*", "", _text(tree.css_first("blockquote.abstract")))
    if not title or not abstract:
        raise PaperUnreadable(f"arXiv {paper_id}의 초록 페이지를 읽을 수 없습니다. 잠시 뒤 다시 시도해 주세요.")
    comment = _text(tree.css_first("td.comments"))
    subjects = re.findall(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)", _text(tree.css_first("td.subjects")))
    licence = tree.css_first(
        ".abs-license a, a.has_license, a[href*='creativecommons.org'], a[title='Rights to this article']"
    )
    return AbstractPage(
        Paper(
            id=paper_id, title=title, abstract=abstract, authors=_authors(tree), categories=tuple(subjects),
            primary=subjects[0] if subjects else "", version=_version(tree), comment=comment or None,
        ),
        licence_name((licence.attributes.get("href") or "") if licence is not None else ""),
        bool(_WITHDRAWN.search(comment) or _WITHDRAWN.match(abstract) or _history_says_so(tree)),
    )  # fmt: skip


def _history_says_so(tree: LexborHTMLParser) -> bool:
    """Whether the shown version is marked in the history; another version's mark is not this one's."""
    told = re.split(r"\[v(\d+)\]", _text(tree.css_first(".submission-history")))
    by_version = dict(zip(told[1::2], told[2::2], strict=False))
    return "(withdrawn)" in by_version.get(str(_version(tree)), "").lower()


def _authors(tree: LexborHTMLParser) -> tuple[str, ...]:
    names = (one_line(node.attributes.get("content") or "") for node in tree.css('meta[name="citation_author"]'))
    return tuple(" ".join(reversed(name.split(", ", 1))).strip() for name in names if name)


def _version(tree: LexborHTMLParser) -> int:
    """The version shown: the bold one without a link in the history, else the highest named."""
    history = tree.css_first(".submission-history")
    if history is None:
        return 1
    shown = [_text(node) for node in history.css("strong") if node.css_first("a") is None]
    named = re.findall(r"\[v(\d+)\]", " ".join(shown)) or re.findall(r"\[v(\d+)\]", _text(history))
    return int(named[-1]) if named else 1


def _text(node: LexborNode | None) -> str:
    return "" if node is None else one_line(node.text())
