"""Discord's documented limits, for everything that is sent as a message or an answer."""

from typing import Any

from bot.discord.components import nested
from bot.discord.markup import utf16

Json = dict[str, Any]


def exceeded(body: Json) -> list[str]:
    """The names of the limits that it breaks."""
    flat = list(nested(body.get("components") or ()))
    text = sum(utf16(c["content"]) for c in flat if c["type"] == 10)
    ids = [c["custom_id"] for c in flat if "custom_id" in c]
    attached = body.get("attachments") or []
    shown = [item for c in flat if c["type"] == 12 for item in c["items"]]
    wrong = {
        "content": utf16(body.get("content") or "") > 2000,
        "text": text > 4000,
        "components": len(flat) > 40,
        "custom_id": any(not 1 <= utf16(id) <= 100 for id in ids) or len(set(ids)) < len(ids),
        "label": any(not 1 <= utf16(c["label"]) <= 80 for c in flat if c["type"] == 2),
        "row": any(len(c["components"]) > 5 for c in flat if c["type"] == 1),
        "empty text": any(not c["content"].strip() for c in flat if c["type"] == 10),
        "gallery": any(not 1 <= len(c["items"]) <= 10 for c in flat if c["type"] == 12),
        "a picture that is not there": any(
            item["media"]["url"] not in {f"attachment://{each['filename']}" for each in attached} for item in shown
        ),
        "a file that nothing shows": bool(body.get("flags", 0) & 1 << 15) and len(attached) > len(shown),
        "description": any(not 1 <= utf16(each["description"]) <= 1024 for each in (*attached, *shown)),
        "file": any(each["size"] < 1 for each in attached),
        "content beside V2": bool(body.get("flags", 0) & 1 << 15 and body.get("content")),
        "nonce": len(str(body.get("nonce", ""))) > 25,
        "mentions": body.get("allowed_mentions") != {"parse": []},
        "nothing": not body.get("content") and not flat,
    }
    return [name for name, is_so in wrong.items() if is_so]
