"""A PDF read into a Document: reading order, headings, paragraphs, captions with their rows, page numbers.

The taking apart happens in a process of its own (pdf_worker.py) with limits on time, memory and pages; what that
prints is put together here (layout.py). What cannot be read says why in one Korean sentence.
"""

import asyncio
import json
import sys
from functools import lru_cache
from pathlib import Path

from core.errors import PaperUnreadable
from core.fulltext import pdf_worker
from core.fulltext.document import Document
from core.fulltext.layout import lay_out
from core.fulltext.lines import Line, Sheet

MAX_PAGES = 300
_TIMEOUT_S = 45.0
_MAX_WORKERS = 2
_FEWEST_CHARACTERS = 200  # per paper: less than a title page's words means pictures of pages


async def parse_pdf(body: bytes, paper_id: str, version: int, title: str = "") -> Document:
    """The document in a PDF's bytes, at most its first 300 pages (the note says so). Raises PaperUnreadable for
    encrypted, scanned, broken and endless ones."""
    printed = json.loads(await _work(body, "lines", str(MAX_PAGES)))
    sheets = [
        Sheet(n, width, height, tuple(Line(n, *line) for line in lines)) for n, width, height, lines in printed["pages"]
    ]
    total = int(printed["total"])
    if sum(len(line.text) for sheet in sheets for line in sheet.lines) < max(_FEWEST_CHARACTERS, 20 * len(sheets)):
        raise PaperUnreadable("PDF가 스캔한 그림이라 글자를 읽을 수 없습니다.")
    sections = await asyncio.to_thread(lay_out, sheets)
    note = f"PDF가 {total}쪽이라 앞 {MAX_PAGES}쪽만 읽었습니다." if total > MAX_PAGES else ""
    return Document(paper_id, version, "pdf", title, sections, pages=total, note=note)


async def thumbnail(body: bytes, width: int = 480) -> bytes:
    """The first page as a PNG, `width` pixels wide. Raises PaperUnreadable as `parse_pdf` does."""
    return await _work(body, "thumbnail", str(width))


@lru_cache(maxsize=1)  # one loop at a time in a process; tests use many
def _places(_loop: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    return asyncio.Semaphore(_MAX_WORKERS)


async def _work(body: bytes, *arguments: str) -> bytes:
    if not body.startswith(b"%PDF") and b"%PDF" not in body[:1024]:
        raise PaperUnreadable("PDF가 아닌 파일이 와서 읽을 수 없습니다.")
    async with _places(asyncio.get_running_loop()):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", str(Path(pdf_worker.__file__)), *arguments,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            printed, _ = await asyncio.wait_for(process.communicate(body), _TIMEOUT_S)
        except TimeoutError as error:
            raise PaperUnreadable(f"PDF를 {_TIMEOUT_S:.0f}초 안에 읽지 못했습니다.") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode == pdf_worker.ENCRYPTED:
        raise PaperUnreadable("PDF에 암호가 걸려 있어 읽을 수 없습니다.")
    if process.returncode != 0 or not printed:
        raise PaperUnreadable("PDF가 깨져 있어 읽을 수 없습니다.")
    return printed
