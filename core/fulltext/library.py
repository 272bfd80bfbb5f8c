"""Where papers are fetched, parsed and kept: arXiv's HTML first, its PDF otherwise, the abstract last.

Only for papers that were chosen or asked for, one request at a time in arXiv's lane. HTML that looks unfinished
(few sections, no references, a stub) is believed only against the PDF. Which text was read, and why not a better
one, is in the document. A paper that does not exist or was withdrawn is an error; a text that cannot be had is not.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from core.errors import PaperUnreadable, SourceError, SourceRefused
from core.fulltext.abstract_page import AbstractPage, parse_abstract_page
from core.fulltext.cache import Cache
from core.fulltext.document import Block, Document, Section
from core.fulltext.html import parse_html
from core.fulltext.licence import licence_name, reusable
from core.fulltext.pdf import parse_pdf, thumbnail
from core.fulltext.refs import resolve
from core.model import Paper
from core.web import Page, Web

log = logging.getLogger(__name__)
_GROUP = "arxiv"  # the lane of core.web that all of arXiv's hosts share
_PDF_BYTES = 60_000_000
_IMAGE_BYTES = 3_000_000  # every platform takes 8 MB; a larger one is a link
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_FEWEST_SECTIONS = 4
_SHORT = 6_000  # characters: less is a stub or an extended abstract


class Library:
    """`site` is arXiv's host (ARXIV_SITE_URL). Without a folder nothing is kept on disk."""

    def __init__(self, web: Web, site: str, folder: Path | None = None, *, limit_bytes: int = 200_000_000) -> None:
        self._web = web
        self._site = site.rstrip("/")
        self._cache = Cache(folder, limit_bytes) if folder is not None else None
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._licences: dict[str, str] = {}  # a few bytes for each paper that was expanded

    async def find(self, ref: str) -> Paper:
        """The record of the paper that an arXiv id or address names, with the version that would be read. Raises
        PaperUnreadable for a wrong reference, a missing id and a withdrawn paper, SourceError when arXiv gives no
        answer."""
        paper_id, version = resolve(ref)
        name = paper_id if version is None else f"{paper_id}v{version}"
        page = await self._get(f"abs/{name}", ok=(200, 400, 404))
        if page.status != 200:
            raise PaperUnreadable(f"arXiv에 번호가 {name}인 논문이 없습니다. 번호를 확인해 주세요.")
        record: AbstractPage = parse_abstract_page(page.text, paper_id)
        if record.withdrawn:
            raise PaperUnreadable(
                f"저자가 철회한 논문입니다: arXiv {paper_id}v{record.paper.version}. 본문이 더는 제공되지 않습니다."
            )
        paper = replace(record.paper, licence=record.licence or None)
        return paper if version is None else replace(paper, version=version)

    async def open(self, paper: Paper) -> Document:
        """The best text of `paper` at `paper.version`; basis "abstract" with a note when there is no better one. Never
        raises for a text that cannot be had."""
        key = f"{paper.id}v{paper.version}"
        async with self._turns[key]:
            kept = await asyncio.to_thread(self._cache.get, paper.id, paper.version) if self._cache else None
            document = kept or await self._read(paper)
            if self._cache and kept is None:
                await asyncio.to_thread(self._cache.put, document)
        self._turns.pop(key, None)
        return replace(document, licence=licence_name(paper.licence or "") or document.licence)

    async def licence(self, paper: Paper) -> str:
        """The licence that the abstract page names, empty when it cannot be had. Asked for once."""
        name = f"{paper.id}v{paper.version}"
        if name not in self._licences:
            try:
                record = await self.find(name)
            except (PaperUnreadable, SourceError) as error:
                log.info("fulltext.no_licence id=%s reason=%s", paper.id, error)
                return ""
            self._licences[name] = licence_name(record.licence or "")
        return self._licences[name]

    async def image(self, document: Document, paper: Paper) -> bytes | None:
        """The first figure of a paper read as HTML, the first page of one read as PDF, as PNG or JPEG; None where there
        is none to be had. Kept as texts are. Whether it may be shown is the caller's question."""
        kept = await asyncio.to_thread(self._cache.image, paper.id, paper.version) if self._cache else None
        if kept is not None:
            return kept
        try:
            if document.basis == "pdf":
                image = await thumbnail(await self._pdf(paper))
            elif document.figure.startswith("/html/"):
                image = (await self._get(document.figure[1:], ok=(200,), limit_bytes=_IMAGE_BYTES)).body
            else:
                return None
        except (PaperUnreadable, SourceError) as error:
            log.info("fulltext.no_image id=%s reason=%s", paper.id, error)
            return None
        if not image.startswith(_IMAGES):
            return None
        if self._cache:
            await asyncio.to_thread(self._cache.put_image, paper.id, paper.version, image)
        return image

    async def _pdf(self, paper: Paper) -> bytes:
        page = await self._get(f"pdf/{paper.id}v{paper.version}", ok=(200, 404), limit_bytes=_PDF_BYTES)
        if page.status != 200:
            raise PaperUnreadable(f"arXiv에 {paper.id}v{paper.version}의 PDF가 없습니다.")
        return page.body

    async def _read(self, paper: Paper) -> Document:
        try:
            html = await self._html(paper)
            if html is not None and _whole(html):
                return html
            body = await self._pdf(paper)
            pdf = await parse_pdf(body, paper.id, paper.version, paper.title)
        except SourceRefused as error:
            return _abstract(paper, f"arXiv가 본문 요청을 받아 주지 않아 초록만 읽었습니다({error}).")
        except PaperUnreadable as error:
            return (
                html if html is not None and html.length > _SHORT else _abstract(paper, f"{error} 초록만 읽었습니다.")
            )
        except SourceError as error:
            return (
                html
                if html is not None and html.length > _SHORT
                else _abstract(paper, f"본문을 받지 못해 초록만 읽었습니다({error}).")
            )
        if html is not None and len(_titled(html)) >= _FEWEST_SECTIONS and html.length > 0.5 * pdf.length:
            return html
        pdf = replace(pdf, licence=licence_name(paper.licence or "") or (html.licence if html is not None else ""))
        await self._keep_first_page(pdf, body)
        return pdf

    async def _keep_first_page(self, pdf: Document, body: bytes) -> None:
        """While the PDF is at hand, so that showing it costs arXiv no second fetch."""
        if self._cache and reusable(pdf.licence):
            with contextlib.suppress(PaperUnreadable):
                await asyncio.to_thread(self._cache.put_image, pdf.id, pdf.version, await thumbnail(body))

    async def _html(self, paper: Paper) -> Document | None:
        """The HTML's document, None where arXiv has none or does not answer in a usable way."""
        try:
            page = await self._get(f"html/{paper.id}v{paper.version}", ok=(200, 404))
        except SourceRefused:
            raise
        except SourceError as error:
            log.info("fulltext.no_html id=%s reason=%s", paper.id, error)
            return None
        if page.status != 200:
            return None
        return await asyncio.to_thread(_parse, page, paper)

    async def _get(self, path: str, *, ok: tuple[int, ...], limit_bytes: int = 20_000_000) -> Page:
        return await self._web.get(
            f"{self._site}/{path}", group=_GROUP, timeout_s=45.0, within_s=150.0, limit_bytes=limit_bytes, ok=ok
        )


def _parse(page: Page, paper: Paper) -> Document:
    document = parse_html(page.text, paper.id, paper.version)
    return replace(document, title=document.title or paper.title)


def _titled(document: Document) -> list[Section]:
    return [section for section in document.sections if section.title and section.title != "Abstract"]


def _whole(document: Document) -> bool:
    return document.complete and len(_titled(document)) >= _FEWEST_SECTIONS and document.length > _SHORT


def _abstract(paper: Paper, note: str) -> Document:
    section = Section("", "Abstract", (Block(paper.abstract, "초록"),))
    return Document(paper.id, paper.version, "abstract", paper.title, (section,), note=note)
