"""Lines put together into sections and blocks, as a reader's eye does it.

Headings are told by number or name together with weight or size, captions by their colon or small print, tables by rows
of numbers; all of them stay out of the running text, which reads on over columns and pages. References are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.fulltext.document import Block, BlockKind, Section
from core.fulltext.lines import HYPHEN, Line, Sheet, in_order
from core.text import one_line

_NUMBERED = re.compile(
    r"(?:Appendix\s+)?(\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){1,3}|[A-H]|[IVX]{1,5}(?=\.))\.?\s+(\S.{1,100})"
)
_NAMED = re.compile(
    r"(?:abstract|introduction|related works?|background|methods?|methodology|approach|experiments?|results?|discussion"
    r"|conclusions?|limitations?|acknowledg\w+|references|bibliography|appendix|appendices|supplementary materials?"
    r"|ethics statement|broader impacts?|reproducibility statement|data availability|code availability"
    r"|impact statement|future work|conclusions? and future work)(?: and \w+| \w)?[:.]?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?!.*[.!?]\s+[A-Z]\w+ \w+ \w+ \w+)(?:[A-Z“\"]|[a-z]\w+ [A-Z])")
_LEADERS = re.compile(r"(?:\. ?){5,}")
_REFERENCES = re.compile(r"references|bibliography", re.IGNORECASE)
_CAPTION = re.compile(r"(Table|Figure|Fig\.|Algorithm|Listing|TABLE|FIGURE)\s*([A-Z]?\.?\d+|[IVX]+)\s*[:.|]?\s")
_CAPTION_NAMES = {"table": "표", "figure": "그림", "fig.": "그림", "algorithm": "알고리즘", "listing": "코드"}


def lay_out(sheets: Sequence[Sheet]) -> tuple[Section, ...]:
    """The sections of a paper, front matter before an abstract heading and references left out."""
    pages, body = in_order(sheets)
    setter = _Setter(body)
    for lines in pages:
        for line in lines:
            setter.feed(line)
        setter.end_page()
    vocabulary = Counter(word for lines in pages for line in lines for word in _unbroken(line.text))
    return tuple(_finish(section, vocabulary) for section in _without_front(setter.sections()))


@dataclass(slots=True)
class _Float:
    """A caption with the rows that belong to it."""

    page: int
    label: str = ""
    caption: str = ""
    rows: list[str] = field(default_factory=list)

    def block(self) -> Block | None:
        text = "\n".join(filter(None, (self.caption, *self.rows)))
        if not text or (not self.label and len(self.rows) < 2):
            return None
        kind: BlockKind = (
            "figure"
            if self.label.startswith("그림")
            else "table"
            if self.rows or self.label.startswith("표")
            else "listing"
        )
        return Block(text, self.label or f"p. {self.page}", kind, self.page)


@dataclass(slots=True)
class _Paragraph:
    """Lines that read on; `body` is the size of running text, against which gaps are measured."""

    body: float
    lines: list[Line] = field(default_factory=list)

    def breaks(self, line: Line) -> bool:
        """Whether `line` begins a new paragraph. Over a page or column only a finished sentence ends one."""
        if not self.lines:
            return False
        last = self.lines[-1]
        ended = re.search(r"[.!?:]['\"”)\]]*\d*$", last.text) is not None
        if line.page != last.page or line.top < last.top - 20:
            return ended
        gap = line.top - last.bottom
        return gap > 1.2 * self.body or (ended and (gap > 0.62 * self.body or line.left > last.left + 5))

    def close(self) -> Block | None:
        text, page = " ".join(line.text for line in self.lines), self.lines[0].page if self.lines else 0
        self.lines = []
        return Block(text, f"p. {page}", page=page) if len(text) > 2 else None

    def header(self, row: Line) -> list[str]:
        """The last lines, taken out, when they are the column heads of a table whose first row of numbers is `row`."""
        taken: list[str] = []
        while self.lines and len(taken) < 2 and _heads(self.lines[-1], row):
            taken.insert(0, self.lines.pop().text)
        return taken


def _heads(line: Line, row: Line) -> bool:
    alike = line.page == row.page and abs(line.size - row.size) < 0.4 and 0 < row.top - line.top < 40
    return alike and not re.search(r"[.:;,]$", line.text) and len(line.text.split()) <= 14 and len(line.text) < 100


class _Setter:
    """Takes lines in reading order and keeps what is open: the section, a paragraph of running text, one of small print
    (footnotes, cells of words), a caption, rows of numbers, the page's floats."""

    def __init__(self, body_size: float) -> None:
        self._body = body_size
        self._done: list[Section] = []
        self._head = ("", "", 1, 1)  # number, title, level, page
        self._blocks: list[Block] = []
        self._text = _Paragraph(body_size)
        self._small = _Paragraph(body_size)
        self._last: Line | None = None
        self._caption: _Float | None = None
        self._rows: list[str] = []
        self._floats: list[_Float | Block] = []

    def feed(self, line: Line) -> None:
        if _LEADERS.search(line.text):  # a line of the table of contents
            return
        caption = _CAPTION.match(line.text)
        if self._caption is not None and not caption and self._continues_caption(line):
            self._caption.caption += " " + line.text
        elif caption and self._starts_caption(line):
            self._close_caption()
            self._caption = _Float(line.page, f"{_CAPTION_NAMES[caption[1].lower()]} {caption[2]}", line.text)
        elif self._numeric(line) or (self._rows and self._is_row(line)):
            self._row(line)
        elif heading := self._heading(line):
            self._open_section(*heading, line)
        elif line.text.strip():
            self._close_caption()
            self._prose(line)
        self._last = line

    def _numeric(self, line: Line) -> bool:
        return line.numeric(0.4 if self._is_small(line) else 0.5)

    def _is_small(self, line: Line) -> bool:
        return line.size < self._body - 0.4

    def _continues_caption(self, line: Line) -> bool:
        last = self._last
        return (
            last is not None and last.page == line.page and abs(line.size - last.size) < 0.6 and not self._numeric(line)
            and 0 <= line.top - last.top < 2.0 * max(last.size, 8) * (1 + last.text.count(HYPHEN))
            and line.left < last.right
        )  # fmt: skip

    def _starts_caption(self, line: Line) -> bool:
        """A caption has its colon or its small print; "(see) Table 3. The …" in mid-sentence has neither."""
        if re.match(r"\S+\s*[\w.]+\s*[:|]", line.text) or self._is_small(line):
            return True
        reads_on = self._text.lines and not re.search(r"[.!?:]$", self._text.lines[-1].text)
        return not reads_on and bool(re.match(r"\S+\s*[\w]+\s*\.", line.text))

    def _is_row(self, line: Line) -> bool:
        """Whether a line without many numbers still belongs to the rows before it: a group's name, a wrapped cell."""
        last = self._last
        near = last is not None and last.page == line.page and 0 <= line.top - last.top < 2.2 * self._body
        return (
            near
            and last is not None
            and abs(line.size - last.size) < 0.3
            and self._is_small(line)
            and len(line.text) < 60
        )

    def _row(self, line: Line) -> None:
        self._close_caption()
        if not self._rows:
            self._rows = self._small.header(line) or self._text.header(line)
        self._rows.append(line.text)

    def _heading(self, line: Line) -> tuple[str, str, int] | None:
        text = line.text.replace(HYPHEN, "-").strip()
        heavy = line.bold or line.size > self._body + 0.6
        if len(text) > 110 or text.endswith((",", ";")) or not (heavy or text.isupper()):
            return None
        match = _NUMBERED.fullmatch(text)
        if match and _TITLE.match(match[2]) and (heavy or self._is_next(match[1])):
            return match[1].strip("."), match[2].strip(" ."), min(match[1].count(".") + 1, 4)
        return ("", text.strip(" :."), 1) if _NAMED.fullmatch(text) else None

    def _is_next(self, number: str) -> bool:
        """Whether a number goes on from the last section's; capitals alone (rows of a listing) do not make a
        heading."""
        tops = [int(s.number.split(".")[0]) for s in self._done if s.number[:1].isdigit()]
        own = self._head[0].split(".")[0]
        last = int(own) if own.isdigit() else tops[-1] if tops else 0
        first = number.split(".")[0]
        return not first.isdigit() or int(first) in (last, last + 1)

    def _prose(self, line: Line) -> None:
        paragraph = self._small if self._is_small(line) else self._text
        if paragraph is self._text:
            self._close_small()
        if paragraph.breaks(line):
            self._keep(paragraph.close(), paragraph)
        paragraph.lines.append(line)

    def _keep(self, block: Block | None, paragraph: _Paragraph) -> None:
        if block is not None:
            (self._floats if paragraph is self._small else self._blocks).append(block)

    def _open_section(self, number: str, title: str, level: int, line: Line) -> None:
        self._close_floats()
        self._close_section()
        self._head = (number, title, level, line.page)

    def _close_small(self) -> None:
        self._keep(self._small.close(), self._small)

    def _close_caption(self) -> None:
        if self._caption is not None:
            if self._rows:  # rows printed above their caption
                self._caption.rows, self._rows = self._rows, []
            self._floats.append(self._caption)
            self._caption = None

    def _close_rows(self) -> None:
        if self._rows:
            open_tables = (
                f for f in reversed(self._floats) if isinstance(f, _Float) and f.label.startswith("표") and not f.rows
            )
            owner = next(open_tables, None)
            if owner is None:
                self._floats.append(_Float(self._last.page if self._last else 1, rows=self._rows))
            else:
                owner.rows = self._rows
            self._rows = []

    def _close_floats(self) -> None:
        self._close_small()
        self._close_caption()
        self._close_rows()
        blocks = (f if isinstance(f, Block) else f.block() for f in self._floats)
        self._blocks += [block for block in blocks if block is not None]
        self._floats = []

    def _close_section(self) -> None:
        self._keep(self._text.close(), self._text)
        number, title, level, page = self._head
        if self._blocks or title:
            self._done.append(Section(number, title, tuple(self._blocks), level, page))
        self._blocks = []

    def end_page(self) -> None:
        self._close_floats()

    def sections(self) -> list[Section]:
        self._close_floats()
        self._close_section()
        return self._done


def _unbroken(text: str) -> list[str]:
    """The words of a line that no line's end broke: how this paper writes them."""
    return re.findall(r"[\w-]+", re.sub(rf"\S*{HYPHEN}\s?\S*", " ", text))


def _without_front(sections: list[Section]) -> Iterator[Section]:
    """Sections without the title page's names, which stand before an abstract heading, and without references."""
    has_abstract = any(section.title.lower() == "abstract" for section in sections[:3])
    for n, section in enumerate(sections):
        front = n == 0 and not section.title and has_abstract
        if not front and not _REFERENCES.fullmatch(section.title):
            yield section


def _finish(section: Section, vocabulary: Counter[str]) -> Section:
    blocks = tuple(replace(block, text=_clean(block.text, vocabulary)) for block in section.blocks)
    return replace(
        section, title=_clean(section.title, vocabulary), blocks=tuple(block for block in blocks if block.text)
    )


def _clean(text: str, vocabulary: Counter[str]) -> str:
    def whole(match: re.Match[str]) -> str:
        """A broken word: as the paper writes it elsewhere; otherwise a hyphen only where a capital or digit follows."""
        left, right = match[1], match[2]
        joined, hyphened = vocabulary[left + right], vocabulary[f"{left}-{right}"]
        if joined or hyphened:
            return left + right if joined >= hyphened else f"{left}-{right}"
        return f"{left}-{right}" if re.match(r"[A-Z\d]", right) or re.search(r"\d$", left) else left + right

    while HYPHEN in text and (repaired := re.sub(rf"([\w-]*){HYPHEN}\s?([\w-]*)", whole, text, count=1)) != text:
        text = repaired
    return "\n".join(one_line(line) for line in text.split("\n"))
