"""A Form as a modal. The trigger lives for three seconds and once, so an empty modal is opened before anything is
looked up, and filled in by `views.update`.

What a submission needs to be answered where it was asked travels in `private_metadata`; every field is optional to
Slack, because what is enough is decided elsewhere.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.chat import Field, Form
from bot.slack import blocks
from bot.slack.blocks import Json, compact, plain
from bot.slack.voice import Origin
from core.render.message import Message
from core.text import one_line, shorten

CALLBACK: Final = "aidaily.form"
_TITLE, _LABEL, _HINT, _TYPED, _OPTION, _CHOSEN = 24, 150, 150, 3_000, 75, 150
_BLOCKS: Final = 100
_NAME: Final = "AI Daily"


def waiting() -> Json:
    """The modal that is opened at once."""
    return _modal(_NAME, [_line("여는 중입니다…")])


def gone() -> Json:
    return _modal(
        _NAME, [{"type": "context", "elements": [plain("이미 다른 창으로 열렸습니다. 이 창은 닫아 주세요.")]}]
    )


def answered(messages: Sequence[Message]) -> Json:
    """What there is to say in place of a form; read only."""
    made = [block for post in blocks.packed(messages) for block in post["blocks"] if block["type"] != "actions"]
    return _modal(_NAME, made[:_BLOCKS])


def filled(form: Form, origin: Origin) -> Json:
    view = _modal(form.title, [_input(field) for field in form.fields])
    kept: Json = {"v": form.verb, "w": form.words, "c": origin.channel, "a": origin.for_all, "t": origin.thread}
    kept |= {"r": origin.response_url, "k": origin.command}
    return view | {"callback_id": CALLBACK, "submit": plain("저장"), "private_metadata": compact(kept)}


def submitted(view: Mapping[str, Any], user: str) -> tuple[str, str, dict[str, str], Origin]:
    """(verb, words, fields, where it was asked) of a view that was submitted."""
    kept = json.loads(view["private_metadata"])
    values = view.get("state", {}).get("values", {})
    fields = {name: _value(next(iter(inputs.values()))) for name, inputs in values.items()}
    origin = Origin(kept["c"], user, kept["t"], kept["a"], response_url=kept["r"], command=kept["k"])
    return kept["v"], kept["w"], fields, origin


def _modal(title: str, made: list[Json]) -> Json:
    name = plain(shorten(one_line(title), _TITLE) or _NAME)
    return {"type": "modal", "title": name, "close": plain("닫기"), "blocks": made}


def _line(text: str) -> Json:
    return {"type": "context", "elements": [plain(text)]}


def _input(field: Field) -> Json:
    made: Json = {
        "type": "input",
        "block_id": field.name,
        "optional": True,
        "label": plain(shorten(one_line(field.label), _LABEL) or field.name),
        "element": _choice(field) if field.kind == "choice" else _typed(field),
    }
    return made | ({"hint": plain(shorten(one_line(field.hint), _HINT))} if field.hint else {})


def _typed(field: Field) -> Json:
    made: Json = {"type": "plain_text_input", "action_id": "value", "multiline": field.kind == "lines"}
    made["max_length"] = _TYPED
    return made | ({"initial_value": field.value[:_TYPED]} if field.value else {})


def _choice(field: Field) -> Json:
    options = {
        value: {"text": plain(shorten(label, _OPTION)), "value": value[:_CHOSEN]} for value, label in field.options
    }
    made: Json = {"type": "static_select", "action_id": "value", "options": list(options.values())}
    return made | ({"initial_option": options[field.value]} if field.value in options else {})


def _value(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option")
    return str(chosen["value"] if chosen else state.get("value") or "")


def kept_channel(view: Mapping[str, Any]) -> str:
    """The channel that a Home or a modal was made for; "" for none."""
    kept = json.loads(view.get("private_metadata") or "{}")
    return str(kept.get("c", ""))
