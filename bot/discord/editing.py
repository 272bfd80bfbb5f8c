"""A step that is out, written anew where it is: for corrections. Safe to repeat.

Discord edits nothing in a thread that was put away (50083), so the thread is taken out again first. The root is plain
or upgraded, and stays what it is. A message that somebody has deleted needs no correction.
"""

from functools import partial
from typing import Any, Final

import discord

from bot.chat import Done, Outcome, Place, Step
from bot.discord import components, pictures
from bot.discord.components import Payload
from bot.discord.posting import IN_CHANNEL, Posting, destination
from bot.discord.rest import FAILURES, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Rest, code, outcome
from bot.discord.steps import Planned
from core.render.message import Message

_PUT_AWAY: Final = 50083
_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"


async def edit(rest: Rest, posting: Posting, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
    """`refs`: of all steps that are done. Of a part, only what is out counts: in its thread, or in the channel."""
    assert isinstance(step, Planned) and isinstance(was, Planned) and step.message is not None
    ref = refs[step.seq]
    try:
        match step.kind:
            case "root" | "upgrade":
                where = refs[0] if (await posting.channel(place.channel)).is_forum else place.channel
                await _root(rest, step, step.message, where, refs[0])
            case "part":
                where, message = destination(step, place.channel, refs)
                if message is not None and (where, message) != destination(was, place.channel, refs):
                    await _part(rest, step, message, where, ref)
            case "thread":
                pass  # its name does not speak of stories
    except FAILURES as error:
        gone = code(error) == UNKNOWN_MESSAGE or (code(error) == UNKNOWN_CHANNEL and _in_thread(step, refs))
        return Done(ref) if gone else outcome(error)
    return Done(ref)


async def _root(rest: Rest, step: Planned, message: Message, where: str, root: str) -> None:
    """The plain root by its own step, the upgraded one by the step that upgraded it."""
    there = await rest.call("GET", _MESSAGE, channel_id=where, message_id=root)
    upgraded = bool(there.get("flags", 0) & components.V2)
    if upgraded and step.kind == "upgrade":
        await _patch(rest, where, root, components.upgrade(message, step.key), message)
    elif not upgraded and step.kind == "root":
        await _patch(rest, where, root, components.plain(message, step.key), message)


async def _part(rest: Rest, step: Planned, message: Message, where: str, ref: str) -> None:
    body = components.layout(message, step.key)
    try:
        await _patch(rest, where, ref, body, message)
    except discord.HTTPException as error:
        if error.code != _PUT_AWAY:
            raise
        await rest.call("PATCH", "/channels/{channel_id}", json={"archived": False}, channel_id=where)
        await _patch(rest, where, ref, body, message)


async def _patch(rest: Rest, where: str, id: str, body: Payload, message: Message) -> Any:
    request = partial(rest.call, "PATCH", _MESSAGE, channel_id=where, message_id=id)
    return await pictures.send(request, body, message.picture)


def _in_thread(step: Planned, refs: tuple[str, ...]) -> bool:
    """Whether its thread may have been deleted without the channel."""
    return step.thread is not None and refs[step.thread] != IN_CHANNEL
