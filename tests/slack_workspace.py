"""A Slack workspace's state and what its Web API methods do to it: channels with threads and metadata, pages of
history, modals and their triggers. `tests/fake_slack.py` puts it on a port.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.slack_rules import broken_promises, message_faults, view_faults

Json = dict[str, Any]
BOT, APP, TEAM, US = "xoxb-0-fake", "xapp-1-fake", "T01TEAM", "U0BOT"
SCOPES = (
    "app_mentions:read,channels:history,channels:join,channels:read,chat:write,commands,files:write,groups:history,"
    "groups:read,im:history,im:write"
)
NEEDS = {
    "chat.postMessage": "chat:write", "chat.postEphemeral": "chat:write", "chat.update": "chat:write",
    "chat.delete": "chat:write", "chat.scheduleMessage": "chat:write", "conversations.join": "channels:join",
    "conversations.history": "channels:history", "conversations.replies": "channels:history",
    "files.getUploadURLExternal": "files:write", "files.completeUploadExternal": "files:write",
    "conversations.info": "channels:read", "conversations.members": "channels:read", "users.info": "users:read",
}  # fmt: skip


@dataclass
class Channel:
    id: str
    private: bool = False
    archived: bool = False
    joined: bool = True
    read_only: bool = False
    creator: str = "U0MAKER"
    members: set[str] = field(default_factory=lambda: {"U1", US})
    messages: list[Json] = field(default_factory=list)


class Refusal(Exception):
    """An answer `ok: false`."""


class Workspace:
    """A method `chat.postMessage` is `_chat_postMessage`. `page`: the most objects a page of history has.
    `faults`: everything we were sent that Slack would not take."""

    def __init__(self, page: int = 1_000) -> None:
        self.page = page
        self.status_works = False  # whether assistant.threads.setStatus is there
        self.channels: dict[str, Channel] = {}
        self.admins: set[str] = set()
        self.ephemeral: list[Json] = []
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.scheduled: dict[str, Json] = {}
        self.faults: list[str] = []
        self.triggers: dict[str, float] = {}
        self.base = ""
        self.uploads: dict[str, Json] = {}
        self.unready = 0  # how many more messages are refused because a file is still being worked at
        self._ts = int(time.time() * 1_000_000)

    def channel(self, id: str, **other: Any) -> Channel:
        self.channels[id] = Channel(id, **other)
        return self.channels[id]

    def said(self, channel: str) -> list[Json]:
        """What we have posted there, oldest first."""
        return [message for message in self.channels[channel].messages if message["user"] == US]

    def ts(self) -> str:
        self._ts = max(self._ts + 1, int(time.time() * 1_000_000))
        return f"{self._ts // 1_000_000}.{self._ts % 1_000_000:06}"

    def trigger(self) -> str:
        self.triggers[id := f"trigger.{self.ts()}"] = time.monotonic()
        return id

    def pictures(self, message: Json) -> list[bytes]:
        """What a message shows."""
        shown = [block["slack_file"]["id"] for block in message["blocks"] if block["type"] == "image"]
        return [self.uploads[id]["data"] for id in shown]

    def files_are_there(self, body: Json) -> None:
        for block in body.get("blocks") or ():
            if block["type"] == "image" and not self.uploads.get(block["slack_file"]["id"], {}).get("complete"):
                raise Refusal("invalid_blocks")
            if block["type"] == "image" and self.unready:
                self.unready -= 1
                raise Refusal("invalid_blocks")

    def _files_getUploadURLExternal(self, body: Json) -> Json:
        if not body.get("filename") or int(body.get("length", 0)) < 1 or len(body.get("alt_txt", "")) > 1_000:
            raise Refusal("invalid_arguments")
        self.uploads[id := f"F{self.ts()}"] = {"length": int(body["length"]), "alt": body.get("alt_txt", "")}
        return {"file_id": id, "upload_url": f"{self.base}/upload/{id}"}

    def _files_completeUploadExternal(self, body: Json) -> Json:
        for file in body["files"]:
            upload = self.uploads.get(file["id"])
            if upload is None or len(upload.get("data", b"")) != upload["length"]:
                raise Refusal("file_not_found")
            upload["complete"] = True
        if body.get("channel_id"):
            self.faults.append("a file shared into a channel carries no key")
        return {"files": [{"id": file["id"], "title": file.get("title", "")} for file in body["files"]]}

    def _open_channel(self, body: Json, *, writing: bool = True) -> Channel:
        channel = self.channels.get(body.get("channel", ""))
        if channel is None or (channel.private and not channel.joined):
            raise Refusal("channel_not_found")
        if writing and channel.archived:
            raise Refusal("is_archived")
        if not channel.joined:
            raise Refusal("not_in_channel")
        if writing and channel.read_only:
            raise Refusal("restricted_action")
        return channel

    def _good(self, faults: list[str], error: str) -> None:
        self.faults += faults
        if faults:
            raise Refusal(error)

    def _auth_test(self, body: Json) -> Json:
        return {"url": self.base, "team": "팀", "user": "aidaily", "team_id": TEAM, "user_id": US, "bot_id": "B0BOT"}

    def _apps_connections_open(self, body: Json) -> Json:
        return {"url": f"{self.base.replace('http', 'ws')}/link/{self.ts()}"}

    def _chat_postMessage(self, body: Json) -> Json:
        channel = self._open_channel(body)
        self.faults += broken_promises(body)
        self._good(message_faults(body), "invalid_blocks")
        self.files_are_there(body)
        ts = self.ts()
        if (thread := body.get("thread_ts")) and not any(m["ts"] == thread for m in channel.messages):
            raise Refusal("thread_not_found")
        message = {**body, "type": "message", "user": US, "bot_id": "B0BOT", "ts": ts}
        channel.messages.append(message)
        return {"channel": channel.id, "ts": ts, "message": message}

    def _chat_postEphemeral(self, body: Json) -> Json:
        channel = self._open_channel(body)
        if body["user"] not in channel.members:
            raise Refusal("user_not_in_channel")
        self._good(message_faults(body), "invalid_blocks")
        self.files_are_there(body)
        self.ephemeral.append(body)
        return {"message_ts": self.ts()}

    def _chat_update(self, body: Json) -> Json:
        self._good(message_faults(body), "invalid_blocks")
        self.files_are_there(body)
        message = self._own(body)
        message.update({name: value for name, value in body.items() if name not in ("ts", "channel")})
        return {"ts": body["ts"], "channel": body["channel"]}

    def _chat_delete(self, body: Json) -> Json:
        self._open_channel(body).messages.remove(self._own(body))
        return {}

    def _own(self, body: Json) -> Json:
        for message in self._open_channel(body).messages:
            if message["ts"] == body["ts"] and message["user"] == US:
                return message
        raise Refusal("message_not_found")

    def _chat_scheduleMessage(self, body: Json) -> Json:
        self._open_channel(body)
        self.scheduled[id := f"Q{self.ts()}"] = body
        return {"scheduled_message_id": id}

    def _chat_deleteScheduledMessage(self, body: Json) -> Json:
        del self.scheduled[body["scheduled_message_id"]]
        return {}

    def _conversations_history(self, body: Json) -> Json:
        channel = self._open_channel(body, writing=False)
        after = float(body.get("oldest", 0))
        found = [m for m in channel.messages if "thread_ts" not in m and float(m["ts"]) > after]
        return self._pages(found[::-1], body)

    def _conversations_replies(self, body: Json) -> Json:
        channel = self._open_channel(body, writing=False)
        root = [m for m in channel.messages if m["ts"] == body["ts"]]
        if not root:
            raise Refusal("thread_not_found")
        after = float(body.get("oldest", 0))
        below = [m for m in channel.messages if m.get("thread_ts") == body["ts"] and float(m["ts"]) > after]
        return self._pages(root + below, body)

    def _pages(self, found: list[Json], body: Json) -> Json:
        at, size = int(body.get("cursor") or 0), min(int(body.get("limit", 100)), self.page)
        hidden = set() if str(body.get("include_all_metadata", "")).lower() == "true" else {"metadata"}
        page = [{name: value for name, value in m.items() if name not in hidden} for m in found[at : at + size]]
        rest = str(at + size) if at + size < len(found) else ""
        return {"messages": page, "has_more": bool(rest), "response_metadata": {"next_cursor": rest}}

    def _conversations_info(self, body: Json) -> Json:
        channel = self.channels.get(body["channel"])
        if channel is None or (channel.private and not channel.joined):
            raise Refusal("channel_not_found")
        told = {"is_archived": channel.archived, "is_member": channel.joined, "is_private": channel.private}
        told |= {"creator": channel.creator}
        return {"channel": {"id": channel.id, **told}}

    def _conversations_join(self, body: Json) -> Json:
        channel = self.channels.get(body["channel"])
        if channel is None or channel.private:
            raise Refusal("channel_not_found" if channel is None else "method_not_supported_for_channel_type")
        if channel.archived:
            raise Refusal("is_archived")
        channel.joined = True
        return {"channel": {"id": channel.id}}

    def _conversations_members(self, body: Json) -> Json:
        members = sorted(self._open_channel(body, writing=False).members)
        at = int(body.get("cursor") or 0)
        return {
            "members": members[at : at + 2],
            "response_metadata": {"next_cursor": str(at + 2) if members[at + 2 :] else ""},
        }

    def _users_info(self, body: Json) -> Json:
        return {"user": {"id": body["user"], "is_admin": body["user"] in self.admins}}

    def _assistant_threads_setStatus(self, body: Json) -> Json:
        if not self.status_works:
            raise Refusal("missing_scope")
        return {}

    def _views_open(self, body: Json) -> Json:
        opened = self.triggers.pop(body["trigger_id"], None)
        if opened is None or time.monotonic() - opened > 3.0:
            raise Refusal("exchanged_trigger_id" if opened is None else "expired_trigger_id")
        self._good(view_faults(body["view"]), "invalid_arguments")
        self.views[id := f"V{self.ts()}"] = body["view"]
        return {"view": {"id": id, **body["view"]}}

    def _views_update(self, body: Json) -> Json:
        self._good(view_faults(body["view"]), "invalid_arguments")
        self.views[body["view_id"]] = body["view"]
        return {"view": {"id": body["view_id"], **body["view"]}}

    def _views_publish(self, body: Json) -> Json:
        self._good(view_faults(body["view"]), "invalid_arguments")
        self.homes[body["user_id"]] = body["view"]
        return {"view": {"id": f"VH{body['user_id']}"}}
