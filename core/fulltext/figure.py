"""A picture of a paper: its first figure or its first page, only where the paper's licence allows showing it.

Both are copies of the authors' work, so both need CC BY, CC BY-SA or CC0 by the link on arXiv's abstract page; every
other paper gets a link to where it can be seen. The address is always arXiv's own: a page may not send readers'
clients elsewhere.
"""

from dataclasses import dataclass
from typing import Literal

from core.fulltext.document import Document
from core.fulltext.library import Library
from core.fulltext.licence import licence_name, reusable
from core.model import Paper


@dataclass(frozen=True, slots=True)
class Figure:
    """`url` is the figure's address, or the page to look at. `image` is a PNG or JPEG to show, of `what`; `credit`
    names paper and licence and belongs under every shown image."""

    url: str
    caption: str = ""
    image: bytes | None = None
    credit: str = ""
    what: Literal["figure", "page"] = "figure"


async def figure_of(document: Document, paper: Paper, library: Library) -> Figure | None:
    """The paper's picture by its licence; one read as PDF gives its first page. None where no figure is known.
    Never raises."""
    page = f"https://arxiv.org/{'html' if document.basis == 'html' else 'abs'}/{document.id}v{document.version}"
    link = Figure(page) if document.figure or document.figures else None
    if document.basis == "abstract" or (document.licence and not reusable(document.licence)):
        return link
    licence = licence_name(paper.licence or "") or await library.licence(paper)
    if not reusable(licence):
        return link
    image = await library.image(document, paper)
    if image is None:
        return link
    credit = f"{paper.authors[0] + ' 외' if len(paper.authors) > 1 else ''.join(paper.authors) or '저자'}"
    credit += f", arXiv:{document.id}, {licence}"
    if document.basis == "pdf":
        return Figure(page, image=image, credit=credit, what="page")
    return Figure(f"https://arxiv.org{document.figure}", document.caption, image, credit)
