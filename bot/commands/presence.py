"""What the platform itself reports: the bot came into a channel, left it, lost the workspace. Nobody asks here.

A channel that is gone keeps its row, paused with the reason, so that it goes on where it was when the bot is invited
again; a workspace that uninstalls is forgotten.
"""

import logging

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import note

log = logging.getLogger(__name__)
_NOTHING = Reply()
_REVOKED = "워크스페이스에서 봇의 토큰이 취소되었습니다."


async def joined(at: Counter) -> Reply:
    """Says what can be done here; a subscription that was paused because the bot had left goes on."""
    place = at.request.place
    subscribed = await at.subscription()
    if subscribed is None:
        return note("초대해 주셔서 고맙습니다. 이 채널에서 매일 받으려면 /aidaily subscribe 를 쓰세요.", private=False)
    if subscribed.active:
        return _NOTHING
    await at.app.store.subscriptions.resume(place.platform, place.channel)
    return note(f"다시 왔습니다. 이 채널은 {subscribed.post_at}({subscribed.tz})에 AI Daily를 받습니다.", private=False)


async def gone(at: Counter) -> Reply:
    """The channel cannot be posted to any more, for the reason in `words`."""
    place = at.request.place
    if await at.app.store.subscriptions.pause(place.platform, place.channel, at.words):
        log.info("channel.gone place=%s reason=%s", place, at.words)
    return _NOTHING


async def revoked(at: Counter) -> Reply:
    """The token is worth nothing: everything of the platform rests until a person acts."""
    place, subscriptions = at.request.place, at.app.store.subscriptions
    for one in await subscriptions.list():
        if one.platform == place.platform and one.workspace in ("", place.workspace):
            await subscriptions.pause(one.platform, one.channel, _REVOKED)
    log.warning("workspace.revoked platform=%s workspace=%s", place.platform, place.workspace)
    return _NOTHING


async def left(at: Counter) -> Reply:
    """One of many workspaces (a Discord server) is no more: its channels and deliveries are deleted, others go on."""
    place = at.request.place
    count = await at.app.store.subscriptions.forget(place.platform, place.workspace)
    log.warning("workspace.left platform=%s workspace=%s channels=%d", place.platform, place.workspace, count)
    return _NOTHING


async def uninstalled(at: Counter) -> Reply:
    """The workspace's channels and deliveries are deleted; those of an unknown workspace rest."""
    place = at.request.place
    count = await at.app.store.subscriptions.forget(place.platform, place.workspace) if place.workspace else 0
    log.warning("workspace.uninstalled platform=%s workspace=%s channels=%d", place.platform, place.workspace, count)
    return await revoked(at)
