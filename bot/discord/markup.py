"""A Message's blocks as Discord's Markdown. Text stays literal: whatever would be markup in it is escaped.

Discord reads a backslash before any punctuation as that punctuation, so escaping changes nothing that a reader sees.
An address written in a text is not made a link, a mention names nobody. Masked links are written `[text](<address>)`,
which also keeps a plain message from growing previews.
"""

import re
from collections.abc import Iterator

from core.render.message import Block, Bullets, Divider, Heading, Quote, Small, Span, Spans, Text
from core.text import INVISIBLE

_ANYWHERE = re.compile(r"[\\`*_\[\]<]|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\||(?<=[A-Za-z]):(?=//)|@(?=everyone|here)")
_AT_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]]")


def utf16(text: str) -> int:
    """How long Discord takes it to be: it is not documented which it counts, so the longer of the two."""
    return max(len(text), len(text.encode("utf-16-le")) // 2)


def escaped(text: str) -> str:
    """Literal text as Markdown."""
    text = _ANYWHERE.sub(lambda found: "\\" + found[0], INVISIBLE.sub("", text))
    return _AT_LINE_START.sub(_kept_from_leading, text)


def _kept_from_leading(found: re.Match[str]) -> str:
    """A digit cannot be escaped; the dot after it can."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def line(block: Block, *, heading: str = "###") -> str:
    """One block, without a line break at its end; `heading` is the mark of a heading of level 1."""
    match block:
        case Divider():
            return ""
        case Heading(spans, level):
            text = _unbold(spans)
            return f"{heading} {text}" if level == 1 else f"**{text}**"
        case Text(spans):
            return inline(spans)
        case Bullets():
            return "\n".join(items(block))
        case Quote(spans):
            return _each_line("> ", inline(spans))
        case Small(spans):
            return _each_line("-# ", inline(spans))


def items(block: Bullets) -> Iterator[str]:
    """Each item with its mark; numbers are bold text, because Discord renumbers lists of its own accord."""
    for n, item in enumerate(block.items, block.start):
        mark = f"**{n}.**" if block.ordered else "-"
        yield f"{mark} {inline(item, breaks=False)}"


def inline(spans: Spans, *, breaks: bool = True) -> str:
    """`breaks` False: on one line."""
    return "".join(_span(span if breaks else _on_one_line(span)) for span in spans)


def _on_one_line(span: Span) -> Span:
    return Span(re.sub(r"\s*\n\s*", " ", span.text), span.bold, span.italic, span.code, span.url)


def _unbold(spans: Spans) -> str:
    return inline(tuple(Span(s.text, False, s.italic, s.code, s.url) for s in spans), breaks=False)


def _each_line(mark: str, text: str) -> str:
    return "\n".join(mark + each for each in text.split("\n"))


def _span(span: Span) -> str:
    if not span.text.strip():
        return span.text
    before, text, after = _blanks(span.text)
    shown = _code(text) if span.code else escaped(text)
    if span.url:
        shown = _link(text, shown, span.url)
    if span.italic:
        shown = f"*{shown}*"
    if span.bold:
        shown = f"**{shown}**"
    return before + shown + after


def _blanks(text: str) -> tuple[str, str, str]:
    """Blanks at the ends stand outside of bold and links, or these would not be seen as such."""
    inner = text.strip()
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]


def _code(text: str) -> str:
    text = INVISIBLE.sub("", text.replace("\n", " "))
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _link(text: str, shown: str, url: str) -> str:
    """Brackets that do not pair, or an address as the text, are not taken for a masked link: there the link stands
    behind the text."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            break
    plain = depth == 0 and "://" not in text and "\n" not in text
    return f"[{shown}](<{url}>)" if plain else f"{shown} [↗](<{url}>)"
