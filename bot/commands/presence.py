"""What the platform itself reports: the bot came into a channel, left it, lost the workspace. Nobody asks here.

A channel that is gone keeps its row, paused with the reason, so that it goes on where it was when the bot is invited
again; a workspace that uninstalls is forgotten, with everything that was said in it.
"""

import logging
from collections.abc import Sequence

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import note
from core.store import Subscription

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


async def arrived(at: Counter) -> Reply:
    """The bot came into a whole workspace (a Discord server); the place is where it greets."""
    return note(
        "초대해 주셔서 고맙습니다. 저는 매일 개발자에게 중요한 AI 논문과 뉴스 3–5개를 한국어로 전합니다.",
        "받을 채널에서 /aidaily subscribe 를 쓰시면 시작합니다. 쓰는 법은 /aidaily help 에 있습니다.",
        private=False,
    )


async def gone(at: Counter) -> Reply:
    """The channel cannot be posted to any more, for the reason in `words`."""
    place = at.request.place
    if await at.app.store.subscriptions.pause(place.platform, place.channel, at.words):
        log.info("channel.gone place=%s reason=%s", place, at.words)
    return _NOTHING


async def left(at: Counter) -> Reply:
    """One of many workspaces (a Discord server) is no more; `words` are its channels, as far as they are known."""
    await _forget(at, at.words.split())
    return _NOTHING


async def uninstalled(at: Counter) -> Reply:
    """The workspace that the token is for has uninstalled us: what is known of no other workspace was its own. An
    event that does not say whose it is deletes nothing."""
    place = at.request.place
    if place.workspace:
        await _forget(at, [one.channel for one in await _mine(at) if not one.workspace])
        return _NOTHING
    return await revoked(at)


async def revoked(at: Counter) -> Reply:
    """The token is worth nothing any more; it may have been exchanged for a new one, so nothing is deleted."""
    for one in await _mine(at):
        await at.app.store.subscriptions.pause(one.platform, one.channel, _REVOKED)
    return _NOTHING


async def _mine(at: Counter) -> Sequence[Subscription]:
    subscriptions = await at.app.store.subscriptions.list(active=False)
    return [one for one in subscriptions if one.platform == at.request.place.platform]


async def _forget(at: Counter, channels: Sequence[str]) -> None:
    place = at.request.place
    count = await at.app.store.forgetting.workspace(place.platform, place.workspace, channels, keep=at.request.id)
    log.warning("workspace.forgotten platform=%s workspace=%s channels=%d", place.platform, place.workspace, count)
