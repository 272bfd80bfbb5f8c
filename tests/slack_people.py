"""What people do in Slack, as the payloads that Slack sends of it (https://docs.slack.dev/interactivity)."""

from collections.abc import Mapping
from typing import Any

from tests.fake_slack import FakeSlack
from tests.slack_workspace import TEAM, US

Json = dict[str, Any]


def command(slack: FakeSlack, text: str, channel: str = "C1", user: str = "U1") -> Json:
    return {
        "command": "/aidaily", "text": text, "channel_id": channel, "channel_name": "general", "user_id": user,
        "user_name": "mina", "team_id": TEAM, "team_domain": "team", "api_app_id": "A1",
        "trigger_id": slack.trigger(), "response_url": slack.response_url(),
    }  # fmt: skip


def escaped(text: str) -> str:
    """As Slack hands on what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def click(slack: FakeSlack, message: Mapping[str, Any], label: str, channel: str = "C1", user: str = "U1") -> Json:
    """The button with that label under a message in a channel."""
    return _pressed(slack, button(message, label), user) | {
        "channel": {"id": channel, "name": "general"},
        "message": {name: message[name] for name in ("ts", "thread_ts", "text") if name in message},
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel, "is_ephemeral": False},
        "response_url": slack.response_url(),
    }


def click_whispered(slack: FakeSlack, message: Mapping[str, Any], label: str, user: str = "U1") -> Json:
    """The same under a message that only this person sees: Slack then sends no message."""
    container = {"type": "message", "message_ts": slack.ts(), "channel_id": "C1", "is_ephemeral": True}
    if thread := message.get("thread_ts"):
        container["thread_ts"] = thread
    told = {"channel": {"id": "C1"}, "container": container, "response_url": slack.response_url()}
    return _pressed(slack, button(message, label), user) | told


def click_home(slack: FakeSlack, home: Mapping[str, Any], label: str, user: str = "U1") -> Json:
    view = {"id": f"VH{user}", "type": "home", "private_metadata": home["private_metadata"]}
    return _pressed(slack, button(home, label), user) | {
        "view": view,
        "container": {"type": "view", "view_id": view["id"]},
    }


def button(message: Mapping[str, Any], label: str) -> Json:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return next(each for row in rows for each in row["elements"] if each["text"]["text"] == label)


def submit(slack: FakeSlack, view_id: str, values: Mapping[str, str], user: str = "U1") -> Json:
    """Fills a modal in and sends it; what is not named stays as it was."""
    view = slack.views[view_id]
    state: Json = {}
    for block in view["blocks"]:
        element = block["element"]
        typed = values.get(block["block_id"], element.get("initial_value"))
        state[block["block_id"]] = {element["action_id"]: {"type": element["type"], "value": typed or None}}
    return {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "username": "mina"},
        "view": {**view, "id": view_id, "state": {"values": state}}, "trigger_id": slack.trigger(),
    }  # fmt: skip


def mention(slack: FakeSlack, text: str, channel: str = "C1", thread: str | None = None, user: str = "U1") -> Json:
    told = {"type": "message", "user": user, "text": f"<@{US}> {text}", "ts": slack.ts()}
    told |= {"thread_ts": thread} if thread else {}
    slack.channels[channel].messages.append(told)
    return event(slack, {**told, "type": "app_mention", "channel": channel})


def line(slack: FakeSlack, text: str, channel: str = "D1", user: str = "U1") -> Json:
    """Written to us in a direct message."""
    told = {"type": "message", "channel_type": "im", "user": user, "text": text, "ts": slack.ts(), "channel": channel}
    return event(slack, told)


def event(slack: FakeSlack, told: Json) -> Json:
    return {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{slack.ts()}", "event": told}


def _pressed(slack: FakeSlack, pressed: Mapping[str, Any], user: str) -> Json:
    action = {"action_id": pressed["action_id"], "type": "button", "block_id": "b", "action_ts": slack.ts()}
    action |= {"value": pressed["value"]} if "value" in pressed else {}
    return {
        "type": "block_actions", "user": {"id": user, "username": "mina", "name": "mina"}, "team": {"id": TEAM},
        "trigger_id": slack.trigger(), "actions": [action],
    }  # fmt: skip
