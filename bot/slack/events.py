"""Slack's payloads as Requests: commands, buttons, submitted forms, mentions, the Home, what happens to channels.

Bolt checks the signature, knows our own messages and acknowledges; every listener here does no more than
acknowledge and hand over. The shapes are Slack's (https://docs.slack.dev/interactivity, /reference/events).
"""

import hashlib
import html
import re
from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat import Person, Place, Request
from bot.slack import blocks, forms
from bot.slack.answering import Asked, Desk
from bot.slack.voice import Origin

NAME: Final = "slack"
Body = Mapping[str, Any]
_CHANNEL: Final = re.compile(r"<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>")
_USER: Final = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_LINK: Final = re.compile(r"<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>")
_SPECIAL: Final = re.compile(r"<![^>]*>")
_GONE: Final = {
    "channel_left": "봇이 채널에서 나왔습니다.",
    "group_left": "봇이 채널에서 나왔습니다.",
    "channel_archive": "채널이 보관되었습니다.",
    "group_archive": "채널이 보관되었습니다.",
    "channel_deleted": "채널이 삭제되었습니다.",
}


def listen(app: AsyncApp, desk: Desk, bot_user: str) -> None:
    """Registers everything that Slack sends us."""

    async def command(ack: AsyncAck, body: Body) -> None:
        await ack()
        desk.take(of_command(body))

    async def click(ack: AsyncAck, body: Body) -> None:
        await ack()
        if asked := of_click(body):
            desk.take(asked)

    async def submission(ack: AsyncAck, body: Body) -> None:
        await ack()
        desk.take(of_submission(body))

    async def event(body: Body) -> None:
        if asked := of_event(body, bot_user):
            desk.take(asked)

    app.command(re.compile(r"^/"))(command)
    app.action(re.compile("^" + re.escape(blocks.PREFIX)))(click)
    app.view(forms.CALLBACK)(submission)
    app.event(re.compile(".*"))(event)


def of_command(body: Body) -> Asked:
    """`/aidaily verb words`; a `#channel` among the words is the place meant."""
    here, text = body["channel_id"], body.get("text", "")
    named = _CHANNEL.search(text)
    verb, _, words = readable(_CHANNEL.sub(" ", text)).partition(" ")
    place = Place(NAME, named[1] if named else here, body.get("team_id", ""))
    person = Person(body["user_id"], body.get("user_name", ""))
    origin = Origin(
        here, person.id, for_all=place.channel, response_url=body.get("response_url"), trigger=body.get("trigger_id"),
        command=True,
    )  # fmt: skip
    key = body.get("trigger_id") or _digest(str(body))
    return Asked(Request(f"command/{key}", place, person, verb, words.strip()), origin, elsewhere=place.channel != here)


def of_click(body: Body) -> Asked | None:
    """A button. None for those that only open a page."""
    action, container = body["actions"][0], body.get("container", {})
    name = blocks.action_of(action["action_id"])
    if name.startswith(blocks.LINK):
        return None
    message, view = body.get("message", {}), body.get("view", {})
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or forms.kept_channel(view)
    ts = message.get("ts") or container.get("message_ts") or view.get("id", "")
    thread = message.get("thread_ts") or container.get("thread_ts")
    if not thread and not container.get("is_ephemeral") and container.get("type") == "message":
        thread = ts
    user, value = body["user"], action.get("value", "")
    place = Place(NAME, channel, (body.get("team") or {}).get("id", ""))
    person = Person(user["id"], user.get("name") or user.get("username", ""))
    origin = Origin(
        channel, person.id, thread, response_url=body.get("response_url"), trigger=body.get("trigger_id"),
        view=view.get("id"),
    )  # fmt: skip
    same = f"{person.id}/{channel}/{ts}/{action['action_id']}/{value}"
    key = f"click/{_digest(same)}/{action.get('action_ts') or body.get('trigger_id')}"
    return Asked(Request(key, place, person, name, value, thread), origin, repeats=same)


def of_submission(body: Body) -> Asked:
    view, user = body["view"], body["user"]
    verb, words, fields, origin = forms.submitted(view, user["id"])
    place = Place(NAME, origin.for_all or origin.channel, (body.get("team") or {}).get("id", ""))
    person = Person(user["id"], user.get("name") or user.get("username", ""))
    request = Request(f"view/{view['id']}", place, person, verb, words, origin.thread, fields)
    return Asked(request, origin, elsewhere=place.channel != origin.channel)


def of_event(body: Body, bot_user: str) -> Asked | None:
    """An event that concerns us, else None."""
    event, team = body["event"], body.get("team_id", "")
    key = f"event/{body.get('event_id') or _digest(str(event))}"
    match event["type"]:
        case "app_mention":
            return _said(event, team, bot_user)
        case "message" if event.get("channel_type") == "im" and event.get("subtype") in (None, "file_share"):
            return None if event.get("bot_id") or not event.get("user") else _said(event, team, bot_user)
        case "app_home_opened" if event.get("tab", "home") == "home":
            place, person = Place(NAME, event.get("channel", ""), team), Person(event["user"])
            return Asked(Request(key, place, person, "home"), Origin(place.channel, person.id))
        case "member_joined_channel" if event.get("user") == bot_user:
            return _happened(key, "joined", event["channel"], team)
        case kind if kind in _GONE:
            return _happened(key, "gone", event["channel"], team, _GONE[kind])
        case "app_uninstalled":
            return _happened(key, "uninstalled", "", team)
        case "tokens_revoked" if event.get("tokens", {}).get("bot"):
            return _happened(key, "revoked", "", team)
    return None


def _said(event: Body, team: str, bot_user: str) -> Asked:
    """A mention, or a line in a direct message. Its id is the message's: both events may tell of the same one."""
    channel, ts = event["channel"], event["ts"]
    direct = channel.startswith("D")
    thread = event.get("thread_ts") or (None if direct else ts)
    words = readable(event.get("text", "").replace(f"<@{bot_user}>", " "))
    person = Person(event["user"])
    request = Request(f"said/{channel}/{ts}", Place(NAME, channel, team), person, "mention", words, thread)
    return Asked(request, Origin(channel, person.id, thread))


def _happened(key: str, verb: str, channel: str, team: str, words: str = "") -> Asked:
    """To the channel or the workspace; nobody asked."""
    return Asked(Request(key, Place(NAME, channel, team), Person(""), verb, words), Origin(channel, ""))


def readable(text: str) -> str:
    """What a person wrote, without Slack's escapes: links as addresses, people and groups left out."""
    text = _LINK.sub(r"\1", _USER.sub(" ", _SPECIAL.sub(" ", text)))
    return " ".join(html.unescape(_CHANNEL.sub(r"\1", text)).split())


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
