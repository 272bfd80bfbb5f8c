"""A Discord's state and what its API does to it: channels with threads, messages with nonces, commands, answers to
interactions, all held against the documented limits. `tests/fake_discord.py` puts it on a port.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

from bot.discord.components import nested
from bot.discord.markup import utf16
from tests.discord_limits import Json, exceeded

ME, APPLICATION, GUILD, OWNER = "900", "901", "500", "700"
ALL = str(discord.Permissions.all().value)
NEEDED = "309237763072"


class Refused(Exception):
    def __init__(self, status: int, code: int, message: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(slots=True)
class Server:
    """`over`: what broke a documented limit."""

    nonce_window_s: float = 300.0
    over: list[str] = field(default_factory=list)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    webhooks: list[tuple[str, str, Any]] = field(default_factory=list)
    most_threads: int = 1000
    roles: list[Json] = field(default_factory=lambda: [{"id": GUILD, "permissions": ALL, "name": "@everyone"}])
    logins_left: int = 1000
    joined_at: str = "2026-01-01T00:00:00+00:00"
    gateway_url: str = ""
    _nonces: dict[tuple[str, str], tuple[float, Json]] = field(default_factory=dict)
    _ids: Any = field(default_factory=itertools.count)

    def channel(self, id: str, type: int = 0, **more: Any) -> str:
        named = {"id": id, "type": type, "guild_id": GUILD, "name": f"channel-{id}", "permission_overwrites": []}
        self.channels[id] = {**named, "position": 0, "flags": 0, "last_message_id": None, **more}
        self.messages[id] = []
        return id

    def new_id(self) -> str:
        return str(discord.utils.time_snowflake(datetime.now(UTC)) + next(self._ids) % (1 << 22))

    def texts(self, channel: str) -> list[str]:
        """What stands in a channel, oldest first."""
        return ["\n".join([m["content"], *(c["content"] for c in nested(m["components"]) if c["type"] == 10)]).strip()
                for m in self.messages[channel]]  # fmt: skip

    def _me(self, query: Any) -> Json:
        return user(ME, "AI Daily", bot=True)

    def _application(self, query: Any) -> Json:
        return {"id": APPLICATION, "name": "AI Daily", "description": "", "icon": None, "summary": "", "flags": 0,
                "verify_key": "", "bot_public": True, "bot_require_code_grant": False, "team": None,
                "owner": user(OWNER, "owner")}  # fmt: skip

    def _gateway_bot(self, query: Any) -> Json:
        limit = {"total": 1000, "remaining": self.logins_left, "reset_after": 7_200_000, "max_concurrency": 1}
        return {"url": self.gateway_url, "shards": 1, "session_start_limit": limit}

    def _get_channel(self, id: str, query: Any) -> Json:
        if id not in self.channels:
            raise Refused(404, 10003, "Unknown Channel")
        return self.channels[id]

    def _edit_channel(self, id: str, body: Json, query: Any) -> Json:
        channel = self._get_channel(id, query)
        if "archived" in body:
            channel["thread_metadata"]["archived"] = body["archived"]
        return channel

    def _guild(self, id: str, query: Any) -> Json:
        return self.guild()

    def _member(self, guild: str, id: str, query: Any) -> Json:
        return {"user": user(id, "AI Daily", bot=True), "roles": [], "joined_at": self.joined_at, "flags": 0}

    def _history(self, id: str, query: Any) -> list[Json]:
        self._get_channel(id, query)
        before = int(query.get("before", 1 << 62))
        found = [m for m in self.messages[id] if int(m["id"]) < before]
        return found[::-1][: int(query.get("limit", 50))]

    def _get_message(self, channel: str, id: str, query: Any) -> Json:
        for message in self.messages.get(channel, ()):
            if message["id"] == id:
                return message
        raise Refused(404, 10008, "Unknown Message")

    def _post(self, channel: str, body: Json, query: Any) -> Json:
        where = self._get_channel(channel, query)
        if where["type"] in (15, 16):
            raise Refused(400, 50008, "Cannot send messages in a non-text channel")
        self.held(body)
        key = (channel, body.get("nonce", ""))
        if (
            body.get("enforce_nonce")
            and key in self._nonces
            and time.time() - self._nonces[key][0] < self.nonce_window_s
        ):
            return self._nonces[key][1]
        message = self.put(channel, body)
        self._nonces[key] = (time.time(), message)
        return message

    def put(self, channel: str, body: Json, author: str = ME, id: str = "") -> Json:
        """A message in the channel, as Discord shows it."""
        message = {"id": id or self.new_id(), "channel_id": channel, "content": body.get("content") or "",
                   "components": body.get("components", []), "flags": body.get("flags", 0), "type": 0,
                   "author": user(author, "somebody", bot=author == ME), "timestamp": moment(),
                   "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [],
                   "mention_roles": [], "attachments": body.get("attachments", []), "embeds": [],
                   "pinned": False}  # fmt: skip
        self.messages[channel].append(message)
        self.channels[channel]["last_message_id"] = message["id"]
        return message

    def _edit(self, channel: str, id: str, body: Json, query: Any) -> Json:
        message = self._get_message(channel, id, query)
        if self.channels[channel].get("thread_metadata", {}).get("archived"):
            raise Refused(400, 50083, "Thread is archived")
        self.held(body)
        if body.get("flags", 0) & 1 << 15 and (body.get("content", message["content"]) or body.get("embeds")):
            raise Refused(400, 50035, "content with components v2")
        message |= {name: value for name, value in body.items() if name in ("components", "flags", "attachments")}
        message["content"] = body.get("content", message["content"]) or ""
        return message

    def _delete(self, channel: str, id: str, query: Any) -> None:
        self.messages[channel].remove(self._get_message(channel, id, query))

    def _thread(self, channel: str, message: str, body: Json, query: Any) -> Json:
        self._get_message(channel, message, query)
        if message in self.channels:
            raise Refused(400, 160004, "A thread has already been created for this message")
        return self._open(message, channel, body)

    def _forum_post(self, channel: str, body: Json, query: Any) -> Json:
        forum = self._get_channel(channel, query)
        if forum["flags"] & 1 << 4 and not body.get("applied_tags"):
            raise Refused(400, 40067, "A tag is required")
        self.held(body["message"])
        thread = self._open(self.new_id(), channel, body)
        self.put(thread["id"], body["message"], id=thread["id"])
        return thread

    def _open(self, id: str, parent: str, body: Json) -> Json:
        if len(self.threads(parent)) >= self.most_threads:
            raise Refused(400, 160006, "Maximum number of active threads reached")
        if not 1 <= utf16(body["name"]) <= 100:
            self.over.append(f"thread name {body['name']!r}")
        data = {"archived": False, "auto_archive_duration": body["auto_archive_duration"], "locked": False,
                "archive_timestamp": moment()}  # fmt: skip
        self.channel(id, 11, name=body["name"], parent_id=parent, thread_metadata=data, owner_id=ME, message_count=0,
                     member_count=1, rate_limit_per_user=0)  # fmt: skip
        return self.channels[id]

    def threads(self, parent: str) -> list[Json]:
        return [c for c in self.channels.values() if c["type"] == 11 and c["parent_id"] == parent
                and not c["thread_metadata"]["archived"]]  # fmt: skip

    def _active(self, guild: str, query: Any) -> Json:
        threads = [c for c in self.channels.values() if c["type"] == 11 and not c["thread_metadata"]["archived"]]
        return {"threads": threads, "members": []}

    def _archived(self, channel: str, query: Any) -> Json:
        threads = [c for c in self.channels.values() if c["type"] == 11 and c["thread_metadata"]["archived"]]
        return {"threads": [c for c in threads if c["parent_id"] == channel], "members": [], "has_more": False}

    def _get_commands(self, application: str, query: Any) -> list[Json]:
        return self.commands

    def _put_commands(self, application: str, body: Any, query: Any) -> list[Json]:
        self.commands = [{**command, "id": self.new_id(), "application_id": application} for command in body]
        return [{**each, "version": "1", "default_member_permissions": None} for each in self.commands]

    def _callback(self, id: str, token: str, body: Json, query: Any) -> Json | None:
        if any(kind == "CALLBACK" and of == token for kind, of, _ in self.webhooks):
            raise Refused(400, 40060, "Interaction has already been acknowledged")
        self.webhooks.append(("CALLBACK", token, body))
        told = {"id": id, "type": 2, "response_message_id": self.new_id(), "response_message_ephemeral": True}
        return {"interaction": told} if query.get("with_response") else None

    def _followup(self, application: str, token: str, body: Json, query: Any) -> Json:
        self.held(body)
        self.webhooks.append(("POST", token, body))
        return {"id": self.new_id()}

    def _original(self, application: str, token: str, body: Json, query: Any) -> Json:
        self.held(body)
        self.webhooks.append(("PATCH", token, body))
        return {"id": self.new_id()}

    def _forgotten(self, application: str, token: str, query: Any) -> None:
        self.webhooks.append(("DELETE", token, None))

    def _typing(self, channel: str, query: Any) -> None:
        pass

    def guild(self) -> Json:
        parents = [c for c in self.channels.values() if c["type"] != 11]
        roles = [{"color": 0, "colors": {"primary_color": 0}, "hoist": False, "position": 0, "managed": False,
                  "mentionable": False, "flags": 0, **role} for role in self.roles]  # fmt: skip
        return {"id": GUILD, "name": "server", "owner_id": OWNER, "roles": roles, "channels": parents, "threads": [],
                "members": [self._member(GUILD, ME, None)], "member_count": 2, "emojis": [], "stickers": [],
                "features": [], "verification_level": 0, "default_message_notifications": 0, "afk_timeout": 300,
                "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "icon": None,
                "preferred_locale": "ko", "system_channel_flags": 0, "large": False, "voice_states": [],
                "presences": [], "stage_instances": [], "guild_scheduled_events": [], "splash": None, "banner": None,
                "discovery_splash": None, "description": None, "afk_channel_id": None, "system_channel_id": None,
                "rules_channel_id": None, "public_updates_channel_id": None, "vanity_url_code": None,
                "application_id": None, "premium_progress_bar_enabled": False, "joined_at": moment()}  # fmt: skip

    def held(self, body: Json) -> None:
        """Against the documented limits."""
        self.over += exceeded(body)


def user(id: str, name: str, *, bot: bool = False) -> Json:
    return {"id": id, "username": name, "global_name": name, "discriminator": "0", "avatar": None, "bot": bot}


def moment() -> str:
    return datetime.now(UTC).isoformat()


_D, _F = r"(\d+)", Server
ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/users/@me", _F._me), ("GET", "/oauth2/applications/@me", _F._application),
    ("GET", "/gateway/bot", _F._gateway_bot), ("GET", f"/channels/{_D}", _F._get_channel),
    ("PATCH", f"/channels/{_D}", _F._edit_channel), ("GET", f"/guilds/{_D}", _F._guild),
    ("GET", f"/guilds/{_D}/members/{_D}", _F._member), ("GET", f"/channels/{_D}/messages", _F._history),
    ("GET", f"/channels/{_D}/messages/{_D}", _F._get_message), ("POST", f"/channels/{_D}/messages", _F._post),
    ("PATCH", f"/channels/{_D}/messages/{_D}", _F._edit), ("DELETE", f"/channels/{_D}/messages/{_D}", _F._delete),
    ("POST", f"/channels/{_D}/messages/{_D}/threads", _F._thread), ("POST", f"/channels/{_D}/threads", _F._forum_post),
    ("GET", f"/guilds/{_D}/threads/active", _F._active), ("POST", f"/channels/{_D}/typing", _F._typing),
    ("GET", f"/channels/{_D}/threads/archived/public", _F._archived),
    ("GET", f"/applications/{_D}/commands", _F._get_commands),
    ("PUT", f"/applications/{_D}/commands", _F._put_commands),
    ("POST", r"/interactions/(\d+)/([^/]+)/callback", _F._callback), ("POST", r"/webhooks/(\d+)/([^/]+)", _F._followup),
    ("PATCH", r"/webhooks/(\d+)/([^/]+)/messages/@original", _F._original),
    ("DELETE", r"/webhooks/(\d+)/([^/]+)/messages/@original", _F._forgotten),
)  # fmt: skip
