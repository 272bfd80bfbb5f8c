"""App Home: an answer as a page. Channels are shown by Slack itself, which hides the names of those that the reader
may not see."""

import re
from collections.abc import Sequence
from typing import Final

from bot.slack import blocks
from bot.slack.blocks import Json, compact, plain
from core.render.message import Message

_BLOCKS: Final = 100
_CHANNEL: Final = re.compile(r"([CG][A-Z0-9]{6,})(?=: )")


def page(messages: Sequence[Message], channel: str) -> Json:
    """The view for views.publish; `channel` is the direct message that buttons are answered in."""
    made: list[Json] = []
    for message in (piece for each in messages for piece in blocks.pieces(each)):
        more = [{"type": "divider"}, *blocks.blocks(message)] if made else blocks.blocks(message)
        if len(made) + len(more) >= _BLOCKS:
            made.append({"type": "context", "elements": [plain("나머지는 /aidaily status 로 볼 수 있습니다.")]})
            break
        made += more
    for block in made:
        if block["type"] == "rich_text":
            _name_channels(block)
    return {"type": "home", "blocks": made, "private_metadata": compact({"c": channel})}


def _name_channels(block: Json) -> None:
    """List items that begin with a channel's id begin with the channel."""
    for part in block["elements"]:
        for item in part["elements"] if part["type"] == "rich_text_list" else ():
            first = item["elements"][0]
            if first["type"] == "text" and (found := _CHANNEL.match(first["text"])):
                rest = first | {"text": first["text"][found.end() :]}
                item["elements"][:1] = [{"type": "channel", "channel_id": found[1]}, rest]
