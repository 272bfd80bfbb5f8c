"""Message → the body of a Discord message: plain content, or Components V2 in one container.

What a press means is in the custom_id (`aid:ACTION:VALUE`, and the step's key after it), so buttons work after a
restart and a message can be found by its step. A message without such a button ends in a small line `D · 3/7`,
which `posting.py` adds; `carries` sees both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.chat import Field, Form
from bot.discord.markup import escaped, items, line, utf16
from core.render.message import Block, Bullets, Button, Divider, Heading, Message, Picture, Quote, Small, instead_of
from core.render.split import Limits, split
from core.text import shorten

Payload = dict[str, Any]
CUSTOM_ID: Final = re.compile(r"aid:(?P<action>[^:]{1,40}):(?P<value>.*?)(?::(?P<key>[0-9a-f]{24}))?", re.DOTALL)
NO_MENTIONS: Final[Payload] = {"parse": []}
SUPPRESS_EMBEDS, EPHEMERAL, SILENT, V2 = 1 << 2, 1 << 6, 1 << 12, 1 << 15
SHARE: Final = Button("share", "채널에 공유")
_ACCENT: Final = 3895029
_CONTAINER, _ROW, _BUTTON, _SELECT, _INPUT, _TEXT, _SEPARATOR, _LABEL = 17, 1, 2, 3, 4, 10, 14, 18
GALLERY: Final = 12
_PER_ROW = 5
_ID, _BUTTON_LABEL, _TITLE, _FIELD_LABEL, _HINT, _VALUE, _OPTIONS = 100, 80, 45, 45, 100, 4000, 25
_ALT = 1024
_PLAIN_TEXT, _V2_TEXT, _V2_COMPONENTS = 2000, 4000, 40
_MARK = 96  # room for the small line that a message is found by, or that says who shared it


def plain_pieces(message: Message) -> tuple[Message, ...]:
    """The messages that it takes as plain content."""
    return split(message, Limits(_PLAIN_TEXT - _MARK, _PLAIN_TEXT - _MARK, 10_000), lambda block: size(block, message))


def pieces(message: Message) -> tuple[Message, ...]:
    """The messages that it takes as Components V2."""
    rows = -(-(len(message.buttons) + 1) // _PER_ROW)  # one more, to share it
    most = _V2_COMPONENTS - 4 - rows - len(message.buttons) - 1
    text = _V2_TEXT - _MARK - (utf16(line(instead_of(message.picture))) if message.picture else 0)
    longest = max((len(b.items) for b in message.blocks if isinstance(b, Bullets) and _listed(message, b)), default=0)
    return split(message, Limits(text, text, most - longest), lambda block: size(block, message))


def size(block: Block, message: Message) -> int:
    """As long as Discord counts it, with the line break that may follow."""
    return utf16(line(block, heading=_heading(message))) + 1


def plain(message: Message, key: str = "") -> Payload:
    """Readable by itself wherever previews and components are off."""
    text = "\n".join(line(block, heading=_heading(message)) for block in message.blocks)
    return {
        "content": text.strip("\n"), "components": rows(message.buttons, key), "flags": SUPPRESS_EMBEDS,
        "allowed_mentions": NO_MENTIONS,
    }  # fmt: skip


def layout(message: Message, key: str = "", *, flags: int = 0) -> Payload:
    """One container. A picture is shown from the file that `pictures.send` adds."""
    inside = [
        *_texts(message),
        *_gallery(message.picture),
        *rows(message.buttons, key, first_style=1 if message.kind == "story" else 2),
    ]
    container = {"type": _CONTAINER, "accent_color": _ACCENT, "components": inside}
    return {"components": [container], "flags": V2 | flags, "allowed_mentions": NO_MENTIONS}


def upgrade(message: Message, key: str = "") -> Payload:
    """What turns a plain message into a container."""
    return {**layout(message, key), "content": None, "embeds": []}


def remark(text: str) -> Payload:
    """A sentence of our own."""
    return {"content": shorten(escaped(text), 1900), "allowed_mentions": NO_MENTIONS}


def rows(buttons: Sequence[Button], key: str = "", *, first_style: int = 2) -> list[Payload]:
    """A custom_id that Discord would not take, or takes only once, leaves its button out."""
    made: dict[str, Payload] = {}
    for button in buttons:
        label = shorten(button.label, _BUTTON_LABEL)
        if button.url:
            made[button.url] = {"type": _BUTTON, "style": 5, "label": label, "url": button.url}
            continue
        custom_id = identify(button.action, button.value, key)
        if len(custom_id) <= _ID:
            style = 2 if made else first_style
            made.setdefault(custom_id, {"type": _BUTTON, "style": style, "label": label, "custom_id": custom_id})
    kept = list(made.values())
    return [{"type": _ROW, "components": kept[at : at + _PER_ROW]} for at in range(0, len(kept), _PER_ROW)]


def identify(action: str, value: str, key: str = "") -> str:
    return f"aid:{action}:{value}" + (f":{key}" if key else "")


def modal(form: Form) -> Payload:
    """A form as a modal. Submitting it brings back `custom_id` and the values by field."""
    return {
        "custom_id": identify(form.verb, form.words),
        "title": shorten(form.title, _TITLE),
        "components": [_field(field) for field in form.fields],
    }


def values(components: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The values of a submitted modal by field."""
    found: dict[str, str] = {}
    for component in nested(components):
        if "value" in component:
            found[component["custom_id"]] = component["value"]
        elif component.get("values"):
            found[component["custom_id"]] = component["values"][0]
    return found


def carries(message: Mapping[str, Any], key: str, mark: str) -> bool:
    """Whether a message that Discord shows us is the step's: a custom_id with its key, or `mark` as its last line."""
    if message.get("content", "").endswith(f"\n{mark}"):
        return True
    for component in nested(message.get("components", ())):
        if component.get("custom_id", "").endswith(f":{key}") or (mark and component.get("content", "") == mark):
            return True
    return False


def mark_of(message: Message) -> str:
    """The small line that the message can be found by, "" where a button tells."""
    last = message.blocks[-1]
    return line(last) if isinstance(last, Small) and not _tells(message) else ""


def _tells(message: Message) -> bool:
    return any(not button.url and len(identify(button.action, button.value)) < _ID - 25 for button in message.buttons)


def needs_mark(message: Message) -> bool:
    return not _tells(message)


def nested(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every component, whatever it stands in."""
    for component in components:
        yield component
        yield from nested(component.get("components", ()))
        if "component" in component:
            yield from nested((component["component"],))


def _heading(message: Message) -> str:
    return "##" if message.kind == "root" else "###"


def _listed(message: Message, block: Block) -> bool:
    """The list of the day: an item a text, so that they stand apart."""
    return message.kind == "root" and isinstance(block, Bullets) and block.ordered


def _texts(message: Message) -> Iterator[Payload]:
    """Text displays: one for each heading with what follows it, for what follows a list or a quote (or it would be
    taken for a part of it), for each item of the day's list, and for the mark."""
    run: list[str] = []
    for n, block in enumerate(message.blocks):
        alone = n + 1 == len(message.blocks) and isinstance(block, Small)
        alone |= n > 0 and isinstance(message.blocks[n - 1], Bullets | Quote)
        if run and (isinstance(block, Heading | Divider) or alone or _listed(message, block)):
            yield _display(run)
            run = []
        if isinstance(block, Divider):
            yield {"type": _SEPARATOR, "divider": True, "spacing": 1}
        elif isinstance(block, Bullets) and _listed(message, block):
            yield from (_display([item]) for item in items(block))
        else:
            run.append(line(block, heading=_heading(message)))
            if message.kind == "root" and n == 0 and isinstance(block, Heading):
                yield _display(run)
                yield {"type": _SEPARATOR, "divider": True, "spacing": 1}
                run = []
    if run:
        yield _display(run)


def _gallery(picture: Picture | None) -> Iterator[Payload]:
    if picture:
        media = {"url": f"attachment://{picture.name}"}
        yield {"type": GALLERY, "items": [{"media": media, "description": alternative(picture)}]}


def alternative(picture: Picture) -> str:
    return shorten(picture.alt, _ALT)


def display(picture: Picture) -> Payload:
    """The words that stand for a picture."""
    return _display([line(instead_of(picture))])


def _display(lines: Sequence[str]) -> Payload:
    return {"type": _TEXT, "content": "\n".join(lines)}


def _field(field: Field) -> Payload:
    made: Payload = {"type": _LABEL, "label": shorten(field.label, _FIELD_LABEL)}
    if field.hint:
        made["description"] = shorten(field.hint, _HINT)
    if field.kind == "choice":
        options = [
            {"label": shorten(label, 100), "value": value[:100], "default": value == field.value}
            for value, label in field.options[:_OPTIONS]
        ]
        made["component"] = {"type": _SELECT, "custom_id": field.name, "options": options, "required": False}
    else:
        style = 2 if field.kind == "lines" else 1
        made["component"] = {
            "type": _INPUT, "custom_id": field.name, "style": style, "required": False, "max_length": _VALUE,
            **({"value": field.value[:_VALUE]} if field.value else {}),
        }  # fmt: skip
    return made
