"""채널에 공유: a private answer for all, as its asker saw it; also after a restart, and whichever process is asked."""

import logging
from dataclasses import replace
from functools import cache

from pydantic import ConfigDict, TypeAdapter

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import note
from core.errors import StoreError
from core.render.message import Heading, Message, Small, Span

log = logging.getLogger(__name__)
_FORGOTTEN = "그 답은 더는 갖고 있지 않습니다. 다시 물어본 뒤 공유해 주세요."


async def shareable(at: Counter, reply: Reply) -> Reply:
    """The reply, kept for sharing where it is private and says more than a remark."""
    if not reply.private or not any(isinstance(block, Heading) for one in reply.messages for block in one.blocks):
        return reply
    place, id = at.request.place, at.request.id
    try:
        packed = _shape().dump_json(reply.messages).decode()
        await at.app.store.answers.keep(id, place.platform, place.workspace, packed, at.now)
    except StoreError as error:  # then it cannot be shared; it is an answer all the same
        log.warning("answer.not_kept request=%s reason=%s", id, error)
        return reply
    return replace(reply, share=id)


async def share(at: Counter) -> Reply:
    """The button 채널에 공유, with the id of the request that was answered."""
    kept = await at.app.store.answers.get(at.words)
    if kept is None:
        return note(_FORGOTTEN)
    *before, last = _shape().validate_json(kept)
    by = Small((Span(f"{at.request.person.name or '누군가'}님이 공유했습니다"),))
    return Reply((*before, replace(last, blocks=(*last.blocks, by))), private=False)


@cache
def _shape() -> TypeAdapter[tuple[Message, ...]]:
    return TypeAdapter(tuple[Message, ...], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
