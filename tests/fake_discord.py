"""A small Discord over TCP: REST and gateway, for what an in-process one lacks. It keeps messages, threads, nonces and
commands, holds what it is sent against the documented limits, and misbehaves when told to: 429s of every scope,
answers lost after success, messages that land late, a gateway that drops and is resumed.

Answers carry exactly `application/json`, because discord.py compares with ==. It ends with its `async with`.
"""

import asyncio
import itertools
import json
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import WSMsgType, web

from bot.discord.components import nested
from bot.discord.markup import utf16

Json = dict[str, Any]
ME, APPLICATION, GUILD, OWNER = "900", "901", "500", "700"
TOKEN = "fake.discord.token"
ALL = str(discord.Permissions.all().value)
NEEDED = "309237763072"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to the request that fits, after `skip` that go well. `done`: it has its effect all the same;
    `after_s`: then it has it later; `hang_s`: and is answered so late. `status` 0 = the connection drops."""

    method: str
    path: str  # a regular expression
    status: int = 0
    code: int = 0
    done: bool = False
    after_s: float = 0.0
    hang_s: float = 0.0
    skip: int = 0
    retry_after: float = 0.0
    scope: str = "user"
    via: str = "1.1 google"


class Refused(Exception):
    def __init__(self, status: int, code: int, message: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(slots=True)
class FakeDiscord:
    """`requests`: (method, path, body) in the order in which they came. `over`: what broke a documented limit."""

    nonce_window_s: float = 300.0
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    webhooks: list[tuple[str, str, Any]] = field(default_factory=list)
    most_threads: int = 1000
    roles: list[Json] = field(default_factory=lambda: [{"id": GUILD, "permissions": ALL, "name": "@everyone"}])
    logins_left: int = 1000
    joined_at: str = "2026-01-01T00:00:00+00:00"
    url: str = ""
    gateway_url: str = ""
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)  # IDENTIFY and RESUME, as they come
    close_codes: list[int | None] = field(default_factory=list)
    _nonces: dict[tuple[str, str], tuple[float, Json]] = field(default_factory=dict)
    _ids: Any = field(default_factory=itertools.count)
    _sequence: Any = field(default_factory=lambda: itertools.count(1))
    _later: set[asyncio.Task[None]] = field(default_factory=set)

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

    def bodies(self, method: str, path: str) -> list[Any]:
        return [body for m, p, body in self.requests if m == method and re.fullmatch(path, p)]

    # REST ----------------------------------------------------------------------------------------------------------

    async def rest(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        body = await _body(request)
        self.requests.append((request.method, path, body))
        trouble = self._trouble(request.method, path)
        if trouble and trouble.after_s:
            self._in(trouble.after_s, lambda: self._handle(request, path, body))
        try:
            by_token = path.startswith(("/webhooks/", "/interactions/"))  # which stands in the path
            if not by_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
                raise Refused(401, 0, "401: Unauthorized")
            answer = self._handle(request, path, body) if trouble is None or trouble.done else None
        except Refused as refused:
            return _json({"code": refused.code, "message": str(refused)}, refused.status)
        if trouble and trouble.hang_s:
            await asyncio.sleep(trouble.hang_s)
        if trouble is None:
            return _json(answer) if answer is not None else web.Response(status=204)
        if not trouble.status:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        told: Json = {"code": trouble.code, "message": "trouble"}
        headers = {"Via": trouble.via} if trouble.via else {}
        if trouble.status == 429:
            told = {"retry_after": trouble.retry_after, "global": trouble.scope == "global", "message": "limited"}
            headers |= {"Retry-After": str(trouble.retry_after), "X-RateLimit-Scope": trouble.scope}
            if trouble.scope == "global":
                headers["X-RateLimit-Global"] = "true"
        return _json(told, trouble.status, headers)

    def _trouble(self, method: str, path: str) -> Trouble | None:
        for trouble in self.troubles:
            if re.fullmatch(trouble.method, method) and re.fullmatch(trouble.path, path):
                self.troubles.remove(trouble)
                if not trouble.skip:
                    return trouble
                self.troubles.append(replace(trouble, skip=trouble.skip - 1))
                return None
        return None

    def _in(self, seconds: float, act: Callable[[], Any]) -> None:
        async def later() -> None:
            await asyncio.sleep(seconds)
            act()

        task = asyncio.create_task(later())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def _handle(self, request: web.Request, path: str, body: Any) -> Any:
        for method, pattern, act in _ROUTES:
            if method == request.method and (match := re.fullmatch(pattern, path)):
                return act(self, *match.groups(), **({"body": body} if body is not None else {}), query=request.query)
        raise Refused(404, 0, f"404: {request.method} {path}")

    def _me(self, query: Any) -> Json:
        return _user(ME, "AI Daily", bot=True)

    def _application(self, query: Any) -> Json:
        return {"id": APPLICATION, "name": "AI Daily", "description": "", "icon": None, "summary": "", "flags": 0,
                "verify_key": "", "bot_public": True, "bot_require_code_grant": False, "team": None,
                "owner": _user(OWNER, "owner")}  # fmt: skip

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
        return {"user": _user(id, "AI Daily", bot=True), "roles": [], "joined_at": self.joined_at, "flags": 0}

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
                   "author": _user(author, "somebody", bot=author == ME), "timestamp": _time(),
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
                "archive_timestamp": _time()}  # fmt: skip
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

    def held(self, body: Json) -> None:
        """Against the documented limits."""
        flat = list(nested(body.get("components") or ()))
        text = sum(utf16(c["content"]) for c in flat if c["type"] == 10)
        ids = [c["custom_id"] for c in flat if "custom_id" in c]
        attached = body.get("attachments") or []
        shown = [item for c in flat if c["type"] == 12 for item in c["items"]]
        wrong = {
            "content": utf16(body.get("content") or "") > 2000,
            "text": text > 4000,
            "components": len(flat) > 40,
            "custom_id": any(not 1 <= utf16(id) <= 100 for id in ids) or len(set(ids)) < len(ids),
            "label": any(not 1 <= utf16(c["label"]) <= 80 for c in flat if c["type"] == 2),
            "row": any(len(c["components"]) > 5 for c in flat if c["type"] == 1),
            "empty text": any(not c["content"].strip() for c in flat if c["type"] == 10),
            "gallery": any(not 1 <= len(c["items"]) <= 10 for c in flat if c["type"] == 12),
            "a picture that is not there": any(
                item["media"]["url"] not in {f"attachment://{each['filename']}" for each in attached} for item in shown
            ),
            "a file that nothing shows": bool(body.get("flags", 0) & 1 << 15) and len(attached) > len(shown),
            "description": any(not 1 <= utf16(each["description"]) <= 1024 for each in (*attached, *shown)),
            "file": any(each["size"] < 1 for each in attached),
            "content beside V2": bool(body.get("flags", 0) & 1 << 15 and body.get("content")),
            "nonce": len(str(body.get("nonce", ""))) > 25,
            "mentions": body.get("allowed_mentions") != {"parse": []},
            "nothing": not body.get("content") and not flat,
        }
        self.over += [name for name, is_so in wrong.items() if is_so]

    # Gateway -------------------------------------------------------------------------------------------------------

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for received in socket:
            if received.type is not WSMsgType.TEXT:
                break
            said = json.loads(received.data)
            if said["op"] == 1:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            elif said["op"] == 2:
                self.logins.append("IDENTIFY")
                await self.send("READY", self._ready(), socket)
                await self.send("GUILD_CREATE", self.guild(), socket)
            elif said["op"] == 6:
                self.logins.append("RESUME")
                await self.send("RESUMED", {}, socket)
        self.close_codes.append(socket.close_code)
        return socket

    async def send(self, event: str, data: Json, socket: web.WebSocketResponse | None = None) -> None:
        target = socket or next(each for each in reversed(self.sockets) if not each.closed)
        await target.send_json({"op": 0, "t": event, "s": next(self._sequence), "d": data})

    async def drop(self) -> None:
        """The newest connection dies without a goodbye."""
        socket = next(each for each in reversed(self.sockets) if not each.closed)
        assert socket._req is not None and socket._req.transport is not None
        socket._req.transport.abort()

    def _ready(self) -> Json:
        return {"v": 10, "user": self._me(None), "guilds": [{"id": GUILD, "unavailable": True}], "session_id": "s1",
                "resume_gateway_url": self.gateway_url, "shard": [0, 1],
                "application": {"id": APPLICATION, "flags": 0}}  # fmt: skip

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
                "application_id": None, "premium_progress_bar_enabled": False, "joined_at": _time()}  # fmt: skip

    async def interact(self, kind: int, data: Json, channel: str, **more: Any) -> str:
        """A person does something (2 command, 3 component, 4 autocomplete, 5 modal); its token."""
        id = self.new_id()
        member = {**self._member(GUILD, "701", None), "user": _user("701", "민수"), "permissions": ALL}
        payload = {"id": id, "application_id": APPLICATION, "type": kind, "token": f"token-{id}", "version": 1,
                   "guild_id": GUILD, "channel_id": channel, "channel": self.channels[channel], "member": member,
                   "app_permissions": ALL, "locale": "ko", "guild_locale": "ko", "entitlements": [],
                   "authorizing_integration_owners": {"0": GUILD}, "context": 0, "data": data,
                   "attachment_size_limit": 10_000_000}  # fmt: skip
        await self.send("INTERACTION_CREATE", payload | more)
        return f"token-{id}"

    async def answered(self, token: str, count: int, within_s: float = 5.0) -> list[tuple[str, Any]]:
        """The first `count` things said to that interaction."""
        async with asyncio.timeout(within_s):
            while len(said := [(kind, body) for kind, of, body in self.webhooks if of == token]) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        return said


async def _body(request: web.Request) -> Any:
    """JSON, or multipart/form-data with `payload_json` and the files that its `attachments` name."""
    if not request.can_read_body:
        return None
    if request.content_type != "multipart/form-data":
        return await request.json()
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    for each in body["attachments"]:
        file = form[f"files[{each['id']}]"]
        assert isinstance(file, web.FileField) and file.filename == each["filename"]
        with file.file as content:
            data = content.read()
        each |= {"data": data.hex(), "url": f"https://cdn.discordapp.com/fake/{file.filename}"}
        each["size"] = len(data)
    return body


def _user(id: str, name: str, *, bot: bool = False) -> Json:
    return {"id": id, "username": name, "global_name": name, "discriminator": "0", "avatar": None, "bot": bot}


def _time() -> str:
    return datetime.now(UTC).isoformat()


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    data = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=data, status=status, headers={**(headers or {}), "Content-Type": "application/json"})


_D, _F = r"(\d+)", FakeDiscord
_ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
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


@asynccontextmanager
async def fake_discord(**how: Any) -> AsyncIterator[FakeDiscord]:
    """Listening on 127.0.0.1 while the block runs; channel "100" is there."""
    fake = FakeDiscord(**how)
    fake.channel("100")
    app = web.Application(client_max_size=1 << 24)
    app.router.add_route("*", "/api/v10/{rest:.*}", fake.rest)
    app.router.add_get("/gateway/", fake.gateway)
    app.router.add_get("/gateway", fake.gateway)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host = f"127.0.0.1:{runner.addresses[0][1]}"
    fake.url, fake.gateway_url = f"http://{host}/api/v10", f"ws://{host}/gateway"
    try:
        yield fake
    finally:
        for task in fake._later:
            task.cancel()
        for socket in fake.sockets:
            await socket.close()
        await runner.cleanup()
