"""The gateway: the bot that hears, and its supervision.

An unexpected payload ends discord.py's client for good, so the bot is made anew then, ever more slowly: Discord
allows 1,000 logins a day. Nothing is ever posted from here but answers; what is due stands in the database.
"""

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands as ext

from bot.chat import Answer, Person, Place, Request
from bot.discord import commands
from bot.discord.interactions import NAME, AnyButton, Desk, Suggest, mention_of, submitted
from bot.discord.rest import FAILURES, reason
from core.errors import SettingsError, StoreError

log = logging.getLogger(__name__)
Changed = Callable[[str, str, Callable[[], Awaitable[None]], bool], Awaitable[bool]]
"""(name, value, register, anyway): registers when the value is another than the last time, or `anyway`; whether it
did."""
_DRAIN_S = 5.0
_CLOSE_S = 2.0
_BACK_OFF_S = (2, 5, 15, 60, 300)
_WELL_AFTER_S = 600.0
_NEW_FOR = timedelta(days=1)
_AWAY = (*FAILURES, discord.GatewayNotFound)


class Hearing(ext.AutoShardedBot):
    """Hears commands, buttons, modals, mentions, and what happens to channels; hands everything to its desk."""

    desk: Desk

    def __init__(self, answer: Answer, suggest: Suggest, changed: Changed, shard_count: int | None) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(
            command_prefix=ext.when_mentioned, help_command=None, intents=intents, shard_count=shard_count,
            allowed_mentions=discord.AllowedMentions.none(), max_ratelimit_timeout=30.0, max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(), chunk_guilds_at_startup=False,
        )  # fmt: skip
        self._answer = answer
        self._suggest = suggest
        self._changed = changed
        self._registering: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        self.desk = Desk(self.http, self._answer, self._suggest)
        await self.tree.set_translator(commands.Korean())
        self.tree.add_command(commands.group(self.desk.ask, self.desk.suggest))
        self.tree.error(_on_error)
        self.add_dynamic_items(AnyButton)
        self._registering = asyncio.create_task(self._registered(), name="discord commands")

    async def close(self) -> None:
        if self._registering:
            self._registering.cancel()
        await super().close()

    async def _registered(self) -> None:
        """Sees to it that Discord knows our commands. While it does not take them, mentions and buttons are heard."""
        wanted = await commands.payload(self.tree)
        for pause in itertools.chain(_BACK_OFF_S, itertools.repeat(_BACK_OFF_S[-1])):
            try:
                return log.info("discord.commands registered=%s", await self._register(wanted))
            except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, StoreError) as error:
                log.warning("discord.commands_refused reason=%s", error)
                await asyncio.sleep(pause)

    async def _register(self, wanted: list[dict[str, Any]]) -> bool:
        """Registers what has changed since the last time, or is not there any more; whether it did."""
        application = self.application_id
        assert application is not None

        async def register() -> None:
            await self.http.bulk_upsert_global_commands(application, wanted)

        there = await self.http.get_global_commands(application)
        lacking = commands.names(wanted) != commands.names(there)
        return await self._changed(f"discord/commands/{application}", commands.digest(wanted), register, lacking)

    async def on_ready(self) -> None:
        log.info("discord.ready guilds=%d shards=%d", len(self.guilds), len(self.shards))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            await submitted(self.desk, interaction)

    async def on_message(self, message: discord.Message, /) -> None:
        assert self.user is not None
        direct = message.guild is None
        if message.author.bot or message.is_system() or not (direct or self.user in message.mentions):
            return
        self.desk.hear(mention_of(message, self.user.id), str(message.channel.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self._arrived(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self._arrived(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self._happened("left", "", guild.id, " ".join(str(channel.id) for channel in guild.channels))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self._happened("gone", str(channel.id), channel.guild.id, "채널이 삭제되었습니다.")

    def _arrived(self, guild: discord.Guild) -> None:
        """A greeting where the server greets, if we may. A server also appears when a connection or Discord comes
        back; by the time of the invitation it is told apart, and greeted once."""
        hall, since = guild.system_channel, guild.me.joined_at
        if not (hall and since and hall.permissions_for(guild.me).send_messages):
            return
        if discord.utils.utcnow() - since < _NEW_FOR:
            id = f"arrived/{guild.id}/{since.timestamp()}"
            self.desk.hear(Request(id, Place(NAME, str(hall.id), str(guild.id)), Person(""), "arrived"), str(hall.id))

    def _happened(self, verb: str, channel: str, guild: int, words: str = "") -> None:
        """Nobody asked; the id makes it this event of this minute."""
        id = f"{verb}/{guild}/{channel}/{int(time.time() // 60)}"
        self.desk.hear(Request(id, Place(NAME, channel, str(guild)), Person(""), verb, words), "")


async def _on_error(interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
    log.error("discord.command_failed interaction=%s", interaction.id, exc_info=error)
    text = f"죄송합니다. 명령을 처리하지 못했습니다. 관리자에게 이 번호를 알려 주세요: {interaction.id}"
    with contextlib.suppress(discord.HTTPException):
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)


def create_bot(answer: Answer, suggest: Suggest, changed: Changed, *, shard_count: int | None = None) -> Hearing:
    """A bot that has done nothing yet. `shard_count` None: as many as Discord advises."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks
    logging.getLogger("discord.shard").addFilter(_in_a_line)
    return Hearing(answer, suggest, changed, shard_count)


def _in_a_line(record: logging.LogRecord) -> bool:
    """The library writes a traceback at every try while the gateway is away; the reason says as much."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, _AWAY):
        record.msg, record.args, record.exc_info = f"{record.getMessage()} reason={reason(error)}", (), None
    return True


async def listen(token: str, make: Callable[[], Hearing]) -> None:
    """Hears until cancelled; then what is being answered is finished first. Raises SettingsError for a refused
    token."""
    failures = 0
    while True:
        begun = time.monotonic()
        try:
            await _once(token, make())
        except discord.LoginFailure as error:
            raise SettingsError("DISCORD_BOT_TOKEN", "Discord가 이 토큰을 받지 않습니다.") from error
        except _AWAY as error:
            log.warning("discord.deaf reason=%s", reason(error))
        except Exception:  # whatever discord.py dies of must not end the hearing
            log.exception("discord.deaf")
        failures = failures + 1 if time.monotonic() - begun < _WELL_AFTER_S else 1
        await asyncio.sleep(_BACK_OFF_S[min(failures, len(_BACK_OFF_S)) - 1])


async def _once(token: str, bot: Hearing) -> None:
    starting = asyncio.create_task(bot.start(token), name="discord gateway")
    try:
        await asyncio.shield(starting)
    finally:
        if hasattr(bot, "desk"):
            await bot.desk.drain(_DRAIN_S)
        await _closed(bot, starting)


async def _closed(bot: Hearing, starting: asyncio.Task[None]) -> None:
    """The task that runs `start` first, else Discord is told 4000 instead of 1000."""
    starting.cancel()
    await asyncio.wait({starting}, timeout=_CLOSE_S)
    if not bot.is_closed():
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                await bot.close()
