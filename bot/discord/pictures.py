"""Pictures on Discord: a file that comes with the message (multipart/form-data), shown by the gallery that names it.

A message whose file Discord does not take (too large for the server, no permission to attach) is surely not out, and
goes out with the words that stand for the picture.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord

from bot.discord.components import GALLERY, Payload, alternative, display
from core.render.message import Picture

log = logging.getLogger(__name__)
_REFUSED: Final = frozenset({400, 403, 413})


async def send(request: Callable[..., Awaitable[Any]], body: Payload, picture: Picture | None) -> Any:
    """`request` made with `json` or with `form`. Raises what it raises."""
    if picture is None:
        return await request(json=body)
    try:
        return await request(form=_multipart(body, picture))
    except discord.HTTPException as error:
        if error.status not in _REFUSED:
            raise
        log.warning("discord.no_picture name=%s reason=%d/%d", picture.name, error.status, error.code)
    return await request(json=_in_words(body, picture))


def _multipart(body: Payload, picture: Picture) -> list[dict[str, Any]]:
    attached = {"id": 0, "filename": picture.name, "description": alternative(picture)}
    told = json.dumps({**body, "attachments": [attached]}, ensure_ascii=False)
    file = {"value": picture.data, "filename": picture.name, "content_type": "application/octet-stream"}
    return [{"name": "payload_json", "value": told}, {"name": "files[0]", **file}]


def _in_words(body: Payload, picture: Picture) -> Payload:
    kept = []
    for component in body["components"]:
        if component["type"] == GALLERY:
            component = display(picture)
        elif "components" in component:
            component = _in_words(component, picture)
        kept.append(component)
    return {**body, "components": kept}
