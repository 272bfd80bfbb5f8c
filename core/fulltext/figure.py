"""A picture of a paper: its first figure or its first page, only where the paper's licence allows showing it.

Both are copies of the authors' work, so both need CC BY, CC BY-SA or CC0; every other paper gets a link to where it
can be seen. The address is always arXiv's own: a page may not send readers' clients elsewhere.
"""

from dataclasses import dataclass

from core.errors import PaperUnreadable, SourceError
from core.fulltext.document import Document
from core.fulltext.library import Library
from core.fulltext.licence import reusable
from core.fulltext.pdf import thumbnail
from core.model import Paper


@dataclass(frozen=True, slots=True)
class Figure:
    """`url` is the image's address, or the page to look at when there is no image. `png` is the first page, for papers
    without HTML. `credit` names paper and licence and belongs under every shown image."""

    url: str
    caption: str = ""
    png: bytes | None = None
    credit: str = ""

    @property
    def shown(self) -> bool:
        return bool(self.credit)


async def figure_of(document: Document, paper: Paper, library: Library | None = None) -> Figure:
    """The paper's picture by its licence. With a library, a paper read as PDF gives its first page. Never raises."""
    page = f"https://arxiv.org/{'html' if document.basis == 'html' else 'abs'}/{document.id}v{document.version}"
    if not reusable(document.licence):
        return Figure(page)
    credit = f"{paper.authors[0] + ' 외' if paper.authors else '저자'}, arXiv:{document.id}, {document.licence}"
    if document.figure.startswith("/html/"):
        caption = document.figures[0].text if document.figures else ""
        return Figure(f"https://arxiv.org{document.figure}", caption, credit=credit)
    if document.basis == "pdf" and library is not None:
        try:
            return Figure(page, png=await thumbnail(await library.pdf(paper)), credit=credit)
        except (PaperUnreadable, SourceError):
            return Figure(page)
    return Figure(page)
