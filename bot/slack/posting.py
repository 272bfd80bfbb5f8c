"""One step of an edition on Slack: written once, and found again by its key.

Slack has no idempotency key and a client that repeats after a lost response posts twice, so the writing client
repeats nothing. Every message carries `metadata` with the step's key; `find` reads it back from the history since
the step before it. Whether and when to try again is delivery's affair.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Absent, Closed, CouldNotLook, Done, Looked, NotSent, Outcome, Place, Rejected, Step
from bot.slack import blocks, errors
from bot.slack.blocks import Json
from bot.slack.pictures import UNREADY, Pictures, tries
from core.model import Edition
from core.render.message import Message
from core.render.parts import parts

log = logging.getLogger(__name__)
DIGEST: Final = "aidaily_digest"
ANSWER: Final = "aidaily_answer"
_BACK_S: Final = 26 * 3600.0  # no edition is delivered later than a day after it fell due
_PAGE: Final = 200
_PAGES: Final = 60
_NOT_EDITED: Final = frozenset({"edit_window_closed", "cant_update_message"})
_AHEAD_S: Final = 100 * 86400.0  # Slack takes 120 days


def steps(edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
    """Root, one reply per story, closing; what is too long for a message goes on in the next reply."""
    told = parts(edition, blocks.pieces, thread=not settings.get("root_only", False))
    whole = [piece for pieces in told for piece in pieces]
    return tuple(Step(seq, "part" if seq else "root", piece) for seq, piece in enumerate(whole))


async def do(pictures: Pictures, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
    """Posts the root, or a reply under it, with its picture. A public channel that we are not in is joined, once."""
    assert step.message is not None  # no threads to open here, nothing to upgrade
    more: Json = {"metadata": _metadata(step)}
    if step.seq:
        more |= {"thread_ts": refs[0], "reply_broadcast": False}
    return await _shown(pictures, place.channel, step.message, more)


def _metadata(step: Step) -> Json:
    payload = {"key": step.key, "kind": step.kind, "seq": step.seq, "v": 1}
    return {"event_type": DIGEST, "event_payload": payload}


async def edit(pictures: Pictures, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
    """chat.update of a step that is out. A message that somebody has deleted needs no correction."""
    assert step.message is not None
    try:
        files = await pictures.files((step.message,))
        body = blocks.content(step.message, files) | {"metadata": _metadata(step)}
        await _taken(pictures.client, "chat.update", body | {"channel": place.channel, "ts": refs[step.seq]})
    except errors.FAULTS as error:
        if errors.code(error) in _NOT_EDITED:
            return Rejected(f"워크스페이스가 글을 고치지 못하게 합니다({errors.code(error)}).")
        return Done(refs[step.seq]) if errors.code(error) == "message_not_found" else errors.outcome(error)
    return Done(refs[step.seq])


async def tell(pictures: Pictures, place: Place, message: Message) -> Outcome:
    """One message outside any edition, in as many posts as it needs; the last one's outcome, or the first bad one."""
    outcome: Outcome = NotSent("보낼 글이 없습니다.")
    for piece in blocks.pieces(message):
        metadata = {"event_type": ANSWER, "event_payload": {"kind": "notice", "v": 1}}
        outcome = await _shown(pictures, place.channel, piece, {"metadata": metadata})
        if not isinstance(outcome, Done):
            break
    return outcome


async def _shown(pictures: Pictures, channel: str, message: Message, more: Json) -> Outcome:
    """The message with its picture."""
    try:
        files = await pictures.files((message,))
    except errors.FAULTS as error:  # of an upload, which nobody sees
        return errors.outcome(error)
    return await _written(pictures.client, channel, blocks.content(message, files) | more)


async def _written(client: AsyncWebClient, channel: str, body: Json) -> Outcome:
    """chat.postMessage, at most once."""
    try:
        return await _post(client, channel, body)
    except errors.FAULTS as error:
        if errors.code(error) != "not_in_channel" or await join(client, channel) is not None:
            return errors.outcome(error)
    try:
        return await _post(client, channel, body)
    except errors.FAULTS as error:
        return errors.outcome(error)


async def _post(client: AsyncWebClient, channel: str, body: Json) -> Done:
    return Done(await _taken(client, "chat.postMessage", {"channel": channel, **body}))


async def _taken(client: AsyncWebClient, method: str, body: Json) -> str:
    """The message's ts. Taken at most once: what is refused because of its picture is not out."""
    for wait_s, tried in tries(body):
        await asyncio.sleep(wait_s)
        try:
            return str((await client.api_call(method, json=tried))["ts"])
        except SlackApiError as error:
            refused = error
            if errors.code(error) != UNREADY:
                break
    raise refused


async def join(client: AsyncWebClient, channel: str) -> str | None:
    """conversations.join: None, or Slack's word for why not (private channels are joined by invitation only)."""
    try:
        await client.api_call("conversations.join", data={"channel": channel})
    except errors.FAULTS as error:
        log.info("slack.not_joined channel=%s reason=%s", channel, errors.code(error))
        return errors.code(error)
    log.info("slack.joined channel=%s", channel)
    return None


async def find(client: AsyncWebClient, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
    """The step's message by its key, among what came after the step before it."""
    try:
        async for message in _since(client, place.channel, refs):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == DIGEST and metadata.get("event_payload", {}).get("key") == step.key:
                return Done(str(message["ts"]))
    except errors.FAULTS as error:
        return _unseen(error)
    except _TooMuch:
        return CouldNotLook("채널에 글이 너무 많아 다 살피지 못했습니다.")
    return Absent()


class _TooMuch(Exception):
    """More pages than can be looked through in one go."""


async def _since(client: AsyncWebClient, channel: str, refs: tuple[str, ...]) -> AsyncIterator[Json]:
    """The channel's last messages, or the thread's after the last known one."""
    method = "conversations.replies" if refs else "conversations.history"
    asked: Json = {"channel": channel, "include_all_metadata": "true", "limit": _PAGE}
    asked |= {"ts": refs[0], "oldest": refs[-1]} if refs else {"oldest": f"{time.time() - _BACK_S:.6f}"}
    for _ in range(_PAGES):
        page = await client.api_call(method, data=asked)
        for message in page.get("messages") or []:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        asked = asked | {"cursor": cursor}
    raise _TooMuch


def _unseen(error: BaseException) -> Looked:
    word = errors.code(error)
    if word == "thread_not_found":  # the root is gone, and what hung below it
        return Absent()
    if word in errors.REFUSED or word not in errors.CLOSED:
        return CouldNotLook(f"Slack의 기록을 볼 수 없습니다({word}).", errors.retry_after(error))
    return Closed(errors.CLOSED[word])


def link(site: str, place: Place, refs: tuple[str, ...], seq: int) -> str:
    """As Slack's own "copy link" makes it; `site` is the workspace's address."""
    address = f"{site.rstrip('/')}/archives/{place.channel}/p{refs[seq].replace('.', '')}"
    return f"{address}?thread_ts={refs[0]}&cid={place.channel}" if seq else address


async def welcome(client: AsyncWebClient, channel: str) -> str | None:
    """Whether we can post there, tried: a public channel is joined, and a message far ahead is scheduled and taken
    back, which nobody sees. None, or what is missing in one Korean sentence."""
    if channel.startswith("D"):
        return None
    try:
        told = (await client.api_call("conversations.info", data={"channel": channel}))["channel"]
    except errors.FAULTS as error:
        return _sentence(error)
    if told.get("is_archived"):
        return errors.CLOSED["is_archived"]
    if not told.get("is_member"):
        if told.get("is_private"):
            return errors.CLOSED["not_in_channel"]
        if word := await join(client, channel):
            return errors.CLOSED.get(word, f"채널에 들어갈 수 없습니다({word}). {errors.INVITE}")
    return await _writable(client, channel)


async def _writable(client: AsyncWebClient, channel: str) -> str | None:
    """A refusal of this channel is told; where Slack cannot be asked this way, the first post will show."""
    at = int(time.time() + _AHEAD_S)
    try:
        ahead = {"channel": channel, "post_at": at, "text": "AI Daily"}
        told = await client.api_call("chat.scheduleMessage", json=ahead)
        taken_back = {"channel": channel, "scheduled_message_id": told["scheduled_message_id"]}
        await client.api_call("chat.deleteScheduledMessage", json=taken_back)
    except errors.FAULTS as error:
        log.info("slack.not_tried channel=%s reason=%s", channel, errors.code(error))
        return errors.CLOSED.get(errors.code(error))
    return None


def _sentence(error: BaseException) -> str:
    word = errors.code(error)
    if isinstance(error, SlackApiError) and word in errors.REFUSED:
        return errors.refusal(error)
    return errors.CLOSED.get(word, f"지금은 Slack에 물어볼 수 없습니다({word}). 잠시 뒤 다시 해 주세요.")
