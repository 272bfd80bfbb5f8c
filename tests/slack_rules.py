"""What Slack accepts of messages and views, from its reference pages, as an independent reading of them: element by
element, with every limit. `faults` says what is wrong in words; an empty list is a good page.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
TEXT = {"header": 150, "section": 3_000, "context": 2_000, "button": 75, "label": 2_000, "hint": 2_000, "option": 75}
INTERACTIVE = {"button", "static_select"}
IN_MESSAGES = {"header", "section", "context", "actions", "divider", "rich_text", "image"}
WHOLE_MESSAGE = 11_000  # where msg_blocks_too_long was seen


def message_faults(body: Json) -> list[str]:
    found = list(_blocks(body["blocks"], 50, IN_MESSAGES)) if "blocks" in body else []
    if not body.get("text"):
        found.append("no top-level text")
    if len(body.get("text", "")) > 4_000:
        found.append("text over 4,000")
    if sum(map(_length, body.get("blocks") or [])) > WHOLE_MESSAGE:
        found.append("msg_blocks_too_long")
    metadata = body.get("metadata")
    if metadata is not None and (set(metadata) != {"event_type", "event_payload"} or len(str(metadata)) > 1_000):
        found.append("metadata")
    return found


def broken_promises(body: Json) -> list[str]:
    """What we owe every message that others see, beyond what Slack asks for: it can be found again, shows no previews,
    and goes to its thread alone."""
    found = [name for name in ("unfurl_links", "unfurl_media") if body.get(name) is not False]
    if not (body.get("metadata") or {}).get("event_payload"):
        found.append("no metadata")
    if body.get("reply_broadcast"):
        found.append("reply_broadcast")
    return found


def view_faults(view: Json) -> list[str]:
    modal = view.get("type") == "modal"
    found = list(_blocks(view.get("blocks") or [], 100, IN_MESSAGES | {"input"}))
    if len(view.get("private_metadata", "")) > 3_000:
        found.append("private_metadata over 3,000")
    if len(str(view)) > 250_000:
        found.append("view over 250 kB")
    if modal:
        found += _plain(view.get("title"), 24, "title")
        for name in ("submit", "close"):
            found += _plain(view[name], 24, name) if name in view else []
        inputs = any(block["type"] == "input" for block in view["blocks"])
        if inputs and "submit" not in view:
            found.append("inputs without submit")
        if "submit" in view and not view.get("callback_id"):
            found.append("no callback_id")
    elif view.get("type") != "home":
        found.append("type")
    return found


def _blocks(blocks: list[Json], most: int, allowed: set[str]) -> Iterator[str]:
    if not blocks:
        yield "no blocks"
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "block_id twice"
    for block in blocks:
        if block["type"] not in allowed:
            yield f"block {block['type']}"
        yield from _BLOCKS.get(block["type"], _nothing)(block)


def _nothing(block: Json) -> Iterator[str]:
    yield from ()


def _header(block: Json) -> Iterator[str]:
    yield from _plain(block["text"], TEXT["header"], "header")


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from _plain(element, TEXT["context"], "context")


def _actions(block: Json) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield "actions elements"
    ids = [element["action_id"] for element in elements]
    if len(ids) != len(set(ids)):
        yield "action_id twice"
    for element in elements:
        if element["type"] not in INTERACTIVE or len(element["action_id"]) > 255:
            yield "actions element"
        yield from _plain(element["text"], TEXT["button"], "button")
        if len(element.get("value", "")) > 2_000 or element.get("value") == "":
            yield "button value"
        if not 1 <= len(element.get("accessibility_label", "x")) <= 75:
            yield "accessibility_label"
        yield from _url(element["url"]) if "url" in element else ()


def _image(block: Json) -> Iterator[str]:
    if ("image_url" in block) == ("slack_file" in block) or set(block.get("slack_file", {"id": ""})) != {"id"}:
        yield "image from nowhere"
    if not 1 <= len(block.get("alt_text", "")) <= 2_000:
        yield "alt_text"


def _rich(block: Json) -> Iterator[str]:
    if not block["elements"]:
        yield "rich_text without elements"
    if _length(block) > 3_500:
        yield "rich_text too long"
    for part in block["elements"]:
        match part["type"]:
            case "rich_text_list":
                if part["style"] not in ("bullet", "ordered") or not part["elements"]:
                    yield "list"
                for item in part["elements"]:
                    yield from _inline(item) if item["type"] == "rich_text_section" else ["list item"]
            case "rich_text_section" | "rich_text_quote":
                yield from _inline(part)
            case other:
                yield f"rich_text element {other}"


def _inline(part: Json) -> Iterator[str]:
    if not part["elements"]:
        yield "empty section"
    for element in part["elements"]:
        if element["type"] not in ("text", "link", "channel"):  # "user", "usergroup" and "broadcast" would ping
            yield f"inline {element['type']}"
        if element["type"] != "channel" and not element["text"]:
            yield "empty text"
        if element["type"] == "link":
            yield from _url(element["url"])
        if not set(element.get("style", {})) <= {"bold", "italic", "strike", "code"}:
            yield "style"


def _input(block: Json) -> Iterator[str]:
    yield from _plain(block["label"], TEXT["label"], "label")
    yield from _plain(block["hint"], TEXT["hint"], "hint") if "hint" in block else ()
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            if len(element.get("initial_value", "x")) > min(3_000, element.get("max_length", 3_000)):
                yield "initial_value"
            if element.get("initial_value") == "":
                yield "empty initial_value"
        case "static_select":
            if not 1 <= len(element["options"]) <= 100:
                yield "options"
            for option in element["options"]:
                yield from _plain(option["text"], TEXT["option"], "option")
                if not 1 <= len(option["value"]) <= 150:
                    yield "option value"
            if element.get("initial_option", element["options"][0]) not in element["options"]:
                yield "initial_option"
        case other:
            yield f"input {other}"


def _plain(text: Any, most: int, name: str) -> list[str]:
    if not isinstance(text, Mapping) or text.get("type") != "plain_text":
        return [f"{name} is not plain_text"]
    return [] if 1 <= len(text["text"]) <= most else [f"{name} of {len(text['text'])} characters"]


def _url(url: str) -> list[str]:
    fine = url.startswith(("http://", "https://")) and len(url) <= 3_000 and not set(url) & set(" <>\n")
    return [] if fine else [f"url {url[:40]}"]


def _length(value: Any) -> int:
    """Characters of text and addresses anywhere in it."""
    if isinstance(value, Mapping):
        own = sum(len(value[name]) for name in ("text", "url") if isinstance(value.get(name), str))
        return own + sum(_length(each) for each in value.values() if not isinstance(each, str))
    return sum(map(_length, value)) if isinstance(value, list) else 0


_BLOCKS = {"header": _header, "context": _context, "actions": _actions, "rich_text": _rich, "input": _input,
           "image": _image}  # fmt: skip
