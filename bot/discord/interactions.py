"""What people do on Discord, as Requests to the house and Replies back, each in a task of our own.

Everything is acknowledged before anything is looked up; only where a form is likely (`FORMS`) the answer is awaited
for a moment, because a modal must be the first response. Buttons and modals say what they mean in their custom_id,
so they work after a restart. The tasks are kept and finished at the end.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final, Self

import aiohttp
import discord
from discord.app_commands import Choice
from discord.http import HTTPClient, Route

from bot.chat import FORMS, Answer, Person, Place, Reply, Request
from bot.discord import components
from bot.discord.markup import escaped
from bot.discord.voice import Aloud, Aside, Voice
from core.errors import AiDailyError
from core.text import shorten

log = logging.getLogger(__name__)
NAME: Final = "discord"
Interaction = discord.Interaction[Any]
Suggest = Callable[[Place, str], Awaitable[tuple[tuple[str, str], ...]]]
"""(place, words typed so far) → (label, arXiv id), best first, at most 25."""
_THINKING: Final = (5, {"flags": components.EPHEMERAL})
_RESPONDED_ALREADY: Final = 40060
_FORM_WITHIN_S = 2.0
_SUGGEST_WITHIN_S = 1.0
_APOLOGY_S = 1.5
_LATE: Final = "창을 여는 데 너무 오래 걸렸습니다. 한 번 더 눌러 주세요."
_GOING: Final = "봇이 다시 시작하는 중이라 답을 마치지 못했습니다. 잠시 뒤 다시 물어봐 주세요."
_UNSHOWN = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, AiDailyError)


class Desk:
    """Takes what is asked and sees to the answers. `http` is the client of the gateway's bot."""

    def __init__(self, http: HTTPClient, answer: Answer, suggest: Suggest) -> None:
        self._http = http
        self._answer = answer
        self._suggest = suggest
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(
        self, interaction: Interaction, verb: str, words: str, fields: Mapping[str, str] | None = None
    ) -> None:
        """Acknowledges and begins to answer."""
        request = request_of(interaction, verb, words, fields or {})
        if verb in FORMS:
            self._begin(self._formed(interaction, request), request)
            return
        await self._respond(interaction, *_THINKING)
        self._begin(self._see_to(request, self._aside(interaction)), request)

    def hear(self, request: Request, channel: str) -> None:
        """Begins to answer a mention in `channel`, or what has happened there (`channel` "": nobody waits)."""
        voice = Aloud(self._http, channel, request.id if request.person.id else "") if channel else None
        if channel and request.person.id:
            self._begin(self._typing(channel), request)
        self._begin(self._see_to(request, voice), request)

    async def share(self, interaction: Interaction) -> None:
        """채널에 공유: the answer as the asker sees it, for everybody."""
        assert interaction.message is not None
        shown = _without_offer([each.to_dict() for each in interaction.message.components])
        by = {"type": 10, "content": f"-# {escaped(interaction.user.display_name)} 님이 공유했습니다"}
        data = {
            "components": [*shown, by], "flags": components.V2, "allowed_mentions": components.NO_MENTIONS,
        }  # fmt: skip
        await self._respond(interaction, 4, data)

    async def suggest(self, interaction: Interaction, words: str) -> list[Choice[str]]:
        """Nothing rather than late."""
        try:
            async with asyncio.timeout(_SUGGEST_WITHIN_S):
                found = await self._suggest(place_of(interaction), words)
        except (TimeoutError, AiDailyError) as error:
            log.info("discord.no_suggestions reason=%s", type(error).__name__)
            return []
        return [Choice(name=shorten(label, 100), value=value[:100]) for label, value in found[:25]]

    async def drain(self, seconds: float) -> None:
        """Finishes what is being answered; what takes longer is given up, and its asker told."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=2 * _APOLOGY_S)

    def _begin(self, work: Coroutine[Any, Any, None], request: Request) -> None:
        task = asyncio.create_task(work, name=f"discord {request.verb}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _formed(self, interaction: Interaction, request: Request) -> None:
        """A form is the first response; whatever else comes, or comes late, is an answer like any other."""
        voice = self._aside(interaction)
        acknowledged = False

        async def say(text: str) -> None:
            if acknowledged:
                await voice.say(text)

        async def first_response() -> Reply | None:
            nonlocal acknowledged
            answering = asyncio.ensure_future(self._answer(request, say))
            done, _ = await asyncio.wait({answering}, timeout=_FORM_WITHIN_S)
            reply = answering.result() if done else None
            if reply and reply.form:
                await self._respond(interaction, 9, components.modal(reply.form))
                return None
            await self._respond(interaction, *_THINKING)
            acknowledged = True
            return await answering

        await self._kept(request, voice, first_response())

    async def _see_to(self, request: Request, voice: Voice | None) -> None:
        async def say(text: str) -> None:
            if voice:
                await voice.say(text)

        await self._kept(request, voice, _awaited(self._answer(request, say)))

    async def _kept(self, request: Request, voice: Voice | None, work: Coroutine[Any, Any, Reply | None]) -> None:
        try:
            reply = await work
            if voice and reply:
                await (voice.sorry(_LATE) if reply.form else voice.give(reply))
        except asyncio.CancelledError:
            await self._sorry(request, voice, _GOING)
            raise
        except Exception:  # a fault of ours in one answer must not be silence
            log.exception("discord.unanswered request=%s verb=%s", request.id, request.verb)
            await self._sorry(request, voice, f"죄송합니다. 답을 보이지 못했습니다. (번호 {request.id})")

    async def _typing(self, channel: str) -> None:
        """A sign that it was heard, which no answer waits for."""
        with contextlib.suppress(*_UNSHOWN):
            async with asyncio.timeout(_APOLOGY_S):
                await self._http.send_typing(int(channel))

    async def _sorry(self, request: Request, voice: Voice | None, text: str) -> None:
        if not voice:
            return
        try:
            async with asyncio.timeout(_APOLOGY_S):
                await voice.sorry(text)
        except _UNSHOWN:
            log.warning("discord.not_apologised request=%s", request.id)

    def _aside(self, interaction: Interaction) -> Aside:
        return Aside(self._http, interaction.application_id, interaction.token, interaction.guild_id is not None)

    async def _respond(self, interaction: Interaction, kind: int, data: Mapping[str, Any]) -> None:
        """The first response. discord.py repeats what ends in a 5xx: that it is there already is a success."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=interaction.id, webhook_token=interaction.token)
        try:
            await self._http.request(route, json={"type": kind, "data": data})
        except discord.HTTPException as error:
            if error.code != _RESPONDED_ALREADY:
                raise


class AnyButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=components.CUSTOM_ID):
    """Every button of ours, whenever it was sent."""

    def __init__(self, custom_id: str, action: str, value: str) -> None:
        super().__init__(discord.ui.Button(custom_id=custom_id))
        self.action = action
        self.value = value

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: Any, /) -> Self:
        return cls(match.string, match["action"], match["value"])

    async def callback(self, interaction: Interaction) -> None:
        desk: Desk = interaction.client.desk
        if self.action == components.SHARE.action:
            await desk.share(interaction)
        else:
            await desk.ask(interaction, self.action, self.value)


async def submitted(desk: Desk, interaction: Interaction) -> None:
    """A modal of ours comes back, whichever process showed it."""
    data: Any = interaction.data
    match = components.CUSTOM_ID.fullmatch(data["custom_id"])
    if match:
        await desk.ask(interaction, match["action"], match["value"], components.values(data["components"]))


def request_of(interaction: Interaction, verb: str, words: str, fields: Mapping[str, str]) -> Request:
    user = interaction.user
    direct = interaction.guild_id is None
    person = Person(str(user.id), user.display_name, direct or interaction.permissions.manage_channels)
    place, thread = place_of(interaction), None
    if interaction.channel_id is not None and str(interaction.channel_id) != place.channel:
        thread = str(interaction.channel_id)
    elif interaction.message is not None:
        thread = str(interaction.message.id)
    return Request(str(interaction.id), place, person, verb, words, thread, fields)


def place_of(interaction: Interaction) -> Place:
    """The channel; for a thread the one it belongs to."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id
    return Place(NAME, str(parent), str(interaction.guild_id or ""))


def mention_of(message: discord.Message, me: int) -> Request:
    """What a message that mentions us asks."""
    channel = message.channel
    place = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
    direct = message.guild is None
    may = direct
    if isinstance(message.author, discord.Member) and not isinstance(channel, discord.PartialMessageable):
        may = channel.permissions_for(message.author).manage_channels
    thread = str(channel.id) if isinstance(channel, discord.Thread) else None
    words = " ".join(message.content.replace(f"<@{me}>", " ").replace(f"<@!{me}>", " ").split())
    return Request(
        str(message.id), Place(NAME, str(place), str(message.guild.id if message.guild else "")),
        Person(str(message.author.id), message.author.display_name, may), "mention", words, thread,
        replies_to=_replied_to(message, me),
    )  # fmt: skip


def _replied_to(message: discord.Message, me: int) -> str | None:
    """The message it replies to. An answer of ours is a reply itself, and stands for the question that it answers."""
    if message.reference is None:
        return None
    shown = message.reference.resolved
    answer = isinstance(shown, discord.Message) and shown.author.id == me and shown.reference
    return str((answer or message.reference).message_id)


async def _awaited(answer: Any) -> Reply | None:
    reply: Reply | None = await answer
    return reply


def _without_offer(shown: list[Any]) -> list[Any]:
    """The components without the button that shares them, and without what is empty then."""
    kept = []
    for component in shown:
        if component.get("custom_id", "").startswith(f"aid:{components.SHARE.action}:"):
            continue
        inside = component.get("components")
        if inside is not None:
            component = {**component, "components": _without_offer(inside)}
            if not component["components"]:
                continue
        kept.append(component)
    return kept
