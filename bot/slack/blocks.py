"""A Message as Block Kit (https://docs.slack.dev/reference/block-kit).

Text from outside goes only into elements that Slack takes literally, `rich_text` and `plain_text`: nothing in it is
markup, a mention or a channel. Lines that follow each other become one rich_text block, so that a whole story is a
handful of blocks. Slack's limits are in code points of NFC text; about a tenth of each is kept free.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from core.render.message import (
    Block,
    Bullets,
    Button,
    Divider,
    Heading,
    Message,
    Picture,
    Quote,
    Small,
    Span,
    Spans,
    Text,
    spans,
    without_picture,
)
from core.render.split import Limits, length, split
from core.text import INVISIBLE, one_line, shorten

Json = dict[str, Any]

LIMITS: Final = Limits(text=7_200, block=1_800, blocks=42)
"""Of one message. Slack takes 50 blocks; past 11,000–13,000 characters it says msg_blocks_too_long (not
documented), and addresses may count. The blocks left free are for buttons."""

PREFIX: Final = "aidaily."
NO_FILES: Final[Mapping[Picture, str]] = {}
LINK: Final = "open."  # the action of a button that only opens a page
_TOGETHER: Final = 48
_HEADER: Final = 150
_RICH: Final = 2_700  # characters of one rich_text block, as for a section
_URL: Final = 3_000
_URL_COUNTS: Final = 300
_SUMMARY: Final = 700
_LABEL: Final = 70
_SPOKEN: Final = 75
_ALT: Final = 2_000
_VALUE: Final = 2_000
_ROW: Final = 25
_WEB: Final = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)


def pieces(message: Message) -> tuple[Message, ...]:
    """The message in as many as Slack's limits need, nothing lost."""
    return split(message, LIMITS, size)


def size(block: Block) -> int:
    """What counts towards the limits: what is read, and addresses up to a point."""
    return length(block) + sum(min(len(span.url), _URL_COUNTS) for span in spans(block) if span.url)


def content(message: Message, files: Mapping[Picture, str] = NO_FILES) -> Json:
    """What chat.postMessage takes of a message that fits: text, blocks, and no previews of links. `files`: Slack's
    ids of pictures; one that has none is told in words."""
    made = blocks(message, files)
    return {"text": fallback(message.summary), "blocks": made, "unfurl_links": False, "unfurl_media": False}


def line(text: str) -> Json:
    """A post that says one thing of our own."""
    return content(Message("answer", (Text((Span(text),)),), text))


def packed(
    messages: Iterable[Message], row: Sequence[Button] = (), files: Mapping[Picture, str] = NO_FILES
) -> tuple[Json, ...]:
    """Several messages in as few posts as Slack's limits allow, `row` under the last: what one person asked for is
    one answer, not seven."""
    posts: list[Json] = []
    room = 0
    for piece in (each for message in messages for each in pieces(message)):
        made, needed = content(piece, files), sum(map(size, piece.blocks))
        if posts and needed <= room and len(posts[-1]["blocks"]) + len(made["blocks"]) < _TOGETHER:
            posts[-1]["blocks"] += [{"type": "divider"}, *made["blocks"]]
            room -= needed
        else:
            posts.append(made)
            room = LIMITS.text - needed
    if posts and row:
        posts[-1]["blocks"] += buttons(row)
    return tuple(posts)


def fallback(summary: str) -> str:
    """The top-level text, which is mrkdwn: escaped, so that it names nobody. Never empty."""
    text = shorten(one_line(summary), _SUMMARY) or "AI Daily"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks(message: Message, files: Mapping[Picture, str] = NO_FILES) -> list[Json]:
    """All of the message, its picture and its buttons last; never empty."""
    file = files.get(message.picture) if message.picture else None
    page = _Page()
    message = message if file else without_picture(message)
    for block in message.blocks:
        page.add(block)
    if not (done := page.finished()):
        done = [{"type": "context", "elements": [plain(shorten(one_line(message.summary), _SUMMARY) or "AI Daily")]}]
    if message.picture and file:
        done.append({"type": "image", "slack_file": {"id": file}, "alt_text": shorten(message.picture.alt, _ALT)})
    return done + buttons(message.buttons)


def buttons(row: Sequence[Button]) -> list[Json]:
    """Rows of buttons. Slack wants every action_id of a row to be another: `aidaily.paper`, `aidaily.paper#2`."""
    seen: Counter[str] = Counter()
    elements = []
    for button in row:
        name = PREFIX + (LINK if button.url else "") + button.action
        seen[name] += 1
        elements.append(_button(button, name if seen[name] == 1 else f"{name}#{seen[name]}"))
    return [{"type": "actions", "elements": elements[at : at + _ROW]} for at in range(0, len(elements), _ROW)]


def action_of(action_id: str) -> str:
    """The Button's action that an action_id stands for."""
    return action_id.removeprefix(PREFIX).partition("#")[0]


def plain(text: str) -> Json:
    """Literal text; `:x:` in it is no emoji either."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(button: Button, action_id: str) -> Json:
    made: Json = {"type": "button", "action_id": action_id, "text": plain(shorten(_clean(button.label), _LABEL) or "…")}
    if button.url and _is_web(button.url):
        made["url"] = button.url
    elif button.value:
        assert len(button.value) <= _VALUE, "a button carries ids only"
        made["value"] = button.value
    if button.accessibility:
        made["accessibility_label"] = shorten(one_line(button.accessibility), _SPOKEN)
    return made


class _Page:
    """Blocks under construction: lines wait in `_line`, lines and lists in `_rich`, until something ends them."""

    def __init__(self) -> None:
        self._done: list[Json] = []
        self._rich: list[Json] = []
        self._line: list[Json] = []
        self._length = 0

    def add(self, block: Block) -> None:
        match block:
            case Divider():
                self._end_rich()
                self._done.append({"type": "divider"})
            case Heading(words, 1) if _is_header(words):
                self._end_rich()
                self._done.append({"type": "header", "text": plain(_joined(words))})
            case Small(words) if not any(span.url for span in words):
                self._end_rich()
                if text := _clean(_joined(words)):
                    self._done.append({"type": "context", "elements": [plain(text)]})
            case _:
                self._add_rich(block)

    def finished(self) -> list[Json]:
        self._end_rich()
        return self._done

    def _add_rich(self, block: Block) -> None:
        if self._length + size(block) > _RICH:
            self._end_rich()
        self._length += size(block)
        match block:
            case Bullets():
                self._end_line()
                self._rich += _list(block)
            case Quote(words):
                self._end_line()
                self._rich += [{"type": "rich_text_quote", "elements": said}] if (said := _elements(words)) else []
            case Heading(words):
                self._write(_elements(words, bold=True), apart=True)
            case Text(words) | Small(words):
                self._write(_elements(words))

    def _write(self, elements: list[Json], *, apart: bool = False) -> None:
        """A line of its own. Sections that touch are one section: Slack does not say that it would break lines
        between them."""
        if not elements:
            return
        if self._line:
            self._line.append({"type": "text", "text": "\n\n" if apart else "\n"})
        elif apart and self._rich:
            self._line.append({"type": "text", "text": "\n"})
        self._line += elements

    def _end_line(self) -> None:
        if self._line:
            self._rich.append({"type": "rich_text_section", "elements": self._line})
            self._line = []

    def _end_rich(self) -> None:
        self._end_line()
        if self._rich:
            self._done.append({"type": "rich_text", "elements": self._rich})
        self._rich, self._length = [], 0


def _list(block: Bullets) -> list[Json]:
    items = [_elements(item) or [{"type": "text", "text": "–"}] for item in block.items]
    if not items:
        return []
    made: Json = {
        "type": "rich_text_list",
        "style": "ordered" if block.ordered else "bullet",
        "elements": [{"type": "rich_text_section", "elements": item} for item in items],
    }
    return [made | ({"offset": block.start - 1} if block.ordered and block.start > 1 else {})]


def _elements(words: Spans, *, bold: bool = False) -> list[Json]:
    return [_element(span, text, bold) for span in words if (text := _clean(span.text))]


def _element(span: Span, text: str, bold: bool) -> Json:
    kinds = {"bold": span.bold or bold, "italic": span.italic, "code": span.code}
    style = {name: True for name, on in kinds.items() if on}
    made: Json = {"type": "text", "text": text}
    if span.url and _is_web(span.url):
        made = {"type": "link", "url": span.url, "text": text}
    return made | ({"style": style} if style else {})


def _is_header(words: Spans) -> bool:
    text = _joined(words)
    return bool(text) and len(text) <= _HEADER and not any(span.url for span in words)


def _joined(words: Iterable[Span]) -> str:
    return one_line("".join(span.text for span in words))


def _clean(text: str) -> str:
    """NFC without what is not seen; blanks at its ends stay, because a span is part of a line."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def _is_web(url: str) -> bool:
    return len(url) <= _URL and _WEB.fullmatch(url) is not None


def compact(value: Json) -> str:
    """JSON for a button's value or a view's private_metadata."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
