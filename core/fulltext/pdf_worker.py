"""A separate process that takes a PDF apart: bytes on stdin, lines of text or one PNG on stdout.

PDFs come from strangers and pdfium is C++: a crash, an endless loop or a gigabyte must end this process, not the bot.
It imports only the standard library and pypdfium2, so that it starts fast; core/fulltext/pdf.py makes sense of
what it prints. Usage: `pdf_worker.py lines MAX_PAGES` or `pdf_worker.py thumbnail WIDTH`. Exit code 3 = needs a
password, 4 = not a readable PDF.
"""

import contextlib
import ctypes
import json
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Any

ENCRYPTED, BROKEN = 3, 4
_MEMORY_BYTES = 1_500_000_000
_CPU_SECONDS = 60


def main(arguments: list[str]) -> int:
    _limit()
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        return ENCRYPTED if "password" in str(error).lower() else BROKEN
    if len(document) == 0:
        return BROKEN
    if arguments[0] == "thumbnail":
        sys.stdout.buffer.write(_thumbnail(document, int(arguments[1])))
        return 0
    pages = []
    for number in range(min(len(document), int(arguments[1]))):
        with contextlib.suppress(pypdfium2.PdfiumError):  # one broken page does not take the others along
            page = document[number]
            width, height = page.get_size()
            pages.append([number + 1, width, height, list(_lines(page, height, raw))])
            page.close()
    json.dump({"total": len(document), "pages": pages}, sys.stdout)
    return 0


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))


def _lines(page: Any, height: float, raw: Any) -> Iterator[tuple[float, float, float, float, float, bool, str]]:
    """(left, top, right, bottom, font size, bold, text) of each line in the page's own order, y growing downwards."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    characters = textpage.get_text_range().replace("\ufffe", "\x02")
    if len(characters) != count:  # characters left out or of two units: ask for each, so that boxes fit
        characters = "".join(chr(raw.FPDFText_GetUnicode(textpage, i)) for i in range(count))
    start = 0
    for end in (*(i for i, c in enumerate(characters) if c == "\n"), count):
        visible = [i for i in range(start, end) if not characters[i].isspace()]
        text = characters[start:end].replace("\r", "").strip()
        start = end + 1
        if not visible or (len(text.split()) > 4 and _white(textpage, visible[len(visible) // 2], raw)):
            continue
        boxes = [_box(textpage, i, raw) for i in (visible[0], visible[len(visible) // 2], visible[-1])]
        middle = visible[len(visible) // 2]
        yield (
            round(min(b[0] for b in boxes), 1), round(height - max(b[3] for b in boxes), 1),
            round(max(b[2] for b in boxes), 1), round(height - min(b[1] for b in boxes), 1),
            round(_size(textpage, middle, boxes[1][3] - boxes[1][1], raw), 1),
            _bold(textpage, middle, raw), text,
        )  # fmt: skip
    textpage.close()


def _box(textpage: Any, index: int, raw: Any) -> tuple[float, float, float, float]:
    rectangle = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage, index, rectangle)
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _size(textpage: Any, index: int, height: float, raw: Any) -> float:
    """The font size in points. Some producers set size 1 and scale: then the height of the character's box."""
    size = raw.FPDFText_GetFontSize(textpage, index)
    return float(size) if size >= 3 else height * 0.85


def _white(textpage: Any, index: int, raw: Any) -> bool:
    """Whether a whole sentence is painted white: it is there for machines, not for readers."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return (
        bool(raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha))
        and min(red.value, green.value, blue.value) > 250
    )


def _bold(textpage: Any, index: int, raw: Any) -> bool:
    buffer = ctypes.create_string_buffer(120)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), flags)
    name = buffer.value.decode("latin-1").lower()
    return any(mark in name for mark in ("bold", "medi", "cmbx", "black", "heavy", "-b", "sfbx", "demi"))


def _thumbnail(document: Any, width: int) -> bytes:
    page = document[0]
    scale = min(width / max(page.get_width(), 1.0), 4.0)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """A PNG (ISO/IEC 15948) of 8-bit grey, RGB, RGBx or RGBA rows."""
    colour = {1: 0, 3: 2, 4: 6}[channels]

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + pixels[y * stride : y * stride + width * channels] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
