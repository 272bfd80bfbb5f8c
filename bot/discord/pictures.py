"""Pictures on Discord: a file that comes with the message (multipart/form-data), shown by the gallery that names it.

A message whose file Discord does not take (too large for the server, no permission to attach) is surely not out, and
goes out with the words that stand for the picture.
"""

import io
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
    """`request` made with `json`, or with `form` and `files`. Raises what it raises."""
    if picture is None:
        return await request(json=body)
    try:
        return await request(**_multipart(body, picture))
    except discord.HTTPException as error:
        if error.status not in _REFUSED:
            raise
        log.warning("discord.no_picture name=%s reason=%d/%d", picture.name, error.status, error.code)
    return await request(json=_in_words(body, picture))


def _multipart(body: Payload, picture: Picture) -> dict[str, Any]:
    """As discord.py's own methods give it to its client: the fields, and the file to wind back before each try."""
    file = discord.File(io.BytesIO(picture.data), picture.name, description=alternative(picture))
    told = json.dumps({**body, "attachments": [file.to_dict(0)]}, ensure_ascii=False)
    content = {"value": file.fp, "filename": picture.name, "content_type": "application/octet-stream"}
    return {"form": [{"name": "payload_json", "value": told}, {"name": "files[0]", **content}], "files": [file]}


def _in_words(body: Payload, picture: Picture) -> Payload:
    kept = []
    for component in body["components"]:
        if component["type"] == GALLERY:
            component = display(picture)
        elif "components" in component:
            component = _in_words(component, picture)
        kept.append(component)
    return {**body, "components": kept}
