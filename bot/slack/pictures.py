"""Pictures on Slack: uploaded once, unseen, and then shown by the message that names them.

A file that is shared into a channel by its upload carries no metadata of ours and could not be found again; one that
belongs to nobody's channel posts nothing, so the message stays the only write and its key the only guard. Slack goes
on working at a file after it has taken it: a message that names it too soon is refused (invalid_blocks), and is sent
again a little later, then without the picture. Words never wait for a picture.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import errors
from bot.slack.blocks import Json, plain
from core.render.message import Message, Picture, instead_of

log = logging.getLogger(__name__)
UNREADY: Final = "invalid_blocks"
_AGAIN_S: Final = 1.1
_TRIES: Final = 2
_UPLOAD_S: Final = 3.5
_KEPT: Final = 32
_REST_S: Final = 60.0  # after an upload that failed: the other channels do not wait for it too


@dataclass(slots=True)
class Pictures:
    """The files that this process has uploaded, the latest few: a thousand channels show one file."""

    client: AsyncWebClient
    _files: OrderedDict[Picture, str] = field(default_factory=OrderedDict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _resting_until: float = 0.0

    async def files(self, messages: Iterable[Message]) -> Mapping[Picture, str]:
        """Slack's id for each picture that it took."""
        wanted = dict.fromkeys(message.picture for message in messages if message.picture)
        return {picture: id for picture in wanted if (id := await self._file(picture))}

    async def _file(self, picture: Picture) -> str:
        """ "" where Slack does not take it. Raises one of errors.FAULTS for a 429 and for no connection: then there
        would be no message either."""
        async with self._turn:
            if picture not in self._files:
                if time.monotonic() < self._resting_until:
                    return ""
                try:
                    async with asyncio.timeout(_UPLOAD_S):
                        self._files[picture] = await self._upload(picture)
                except errors.FAULTS as error:
                    if errors.surely_later(error):
                        raise
                    log.warning("slack.no_picture name=%s reason=%s", picture.name, errors.code(error))
                    self._resting_until = time.monotonic() + _REST_S
                    return ""
            self._files.move_to_end(picture)
            while len(self._files) > _KEPT:
                self._files.popitem(last=False)
            return self._files[picture]

    async def _upload(self, picture: Picture) -> str:
        told = await self.client.files_upload_v2(
            file=picture.data, filename=picture.name, title=picture.name, alt_txt=picture.alt
        )
        return str(told["files"][0]["id"])


def tries(body: Json) -> Iterator[tuple[float, Json]]:
    """(seconds to wait, what to send): a body with a picture may be refused because Slack is not done with it yet."""
    yield 0.0, body
    if any(block["type"] == "image" for block in body.get("blocks", ())):
        yield from ((_AGAIN_S, body) for _ in range(_TRIES - 1))
        yield 0.0, body | {"blocks": [_in_words(block) for block in body["blocks"]]}


def _in_words(block: Json) -> Json:
    if block["type"] != "image":
        return block
    words = instead_of(Picture(b"", block["alt_text"], "")).spans
    return {"type": "context", "elements": [plain("".join(span.text for span in words))]}
