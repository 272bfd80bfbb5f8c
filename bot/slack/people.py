"""Who is asking, as far as Slack says: members may change their channel, Slack knows no manager of one.

Three questions, asked only where they can be answered: whether someone who names another channel is a member of it,
whether they made the channel, and (with the optional scope users:read) whether they administer the workspace.
"""

import logging
import time
from dataclasses import dataclass, field, replace
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import Person, Request
from bot.slack import errors

log = logging.getLogger(__name__)
_KNOWN_S: Final = 600.0
_PAGE, _PAGES = 1_000, 20


@dataclass(slots=True)
class People:
    """`scopes` are the bot token's."""

    client: AsyncWebClient
    scopes: frozenset[str]
    _admins: dict[str, tuple[float, bool]] = field(default_factory=dict)
    _makers: dict[str, str] = field(default_factory=dict)

    async def known(self, request: Request, elsewhere: bool) -> Person:
        """The person with `may_manage` set: True for an administrator of the workspace, for who made the channel, and
        in a conversation with us alone; False for someone who names a channel without being in it; None for another
        member, or where Slack does not say."""
        person, channel = request.person, request.place.channel
        if not person.id:
            return person
        if await self._administers(person.id):
            return replace(person, may_manage=True)
        if elsewhere and await self._is_member(person.id, channel) is False:
            return replace(person, may_manage=False)
        made = channel.startswith("D") or person.id == await self._maker(channel)
        return replace(person, may_manage=True) if made else person

    async def _maker(self, channel: str) -> str:
        """Who made the channel; "" where Slack does not say."""
        if channel and channel not in self._makers:
            try:
                told = await self.client.api_call("conversations.info", data={"channel": channel})
            except errors.FAULTS as error:
                log.info("slack.maker_unknown channel=%s reason=%s", channel, errors.code(error))
                return ""
            self._makers[channel] = str(told["channel"].get("creator", ""))
        return self._makers.get(channel, "")

    async def _administers(self, user: str) -> bool:
        if "users:read" not in self.scopes:
            return False
        until, known = self._admins.get(user, (0.0, False))
        if time.monotonic() < until:
            return known
        try:
            said = (await self.client.api_call("users.info", data={"user": user}))["user"]
        except errors.FAULTS as error:
            log.info("slack.user_unknown reason=%s", errors.code(error))
            return False
        admin = bool(said.get("is_admin") or said.get("is_owner"))
        self._admins[user] = (time.monotonic() + _KNOWN_S, admin)
        return admin

    async def _is_member(self, user: str, channel: str) -> bool | None:
        """None where Slack does not show us the channel: then nobody can be told anything about it anyway."""
        cursor = ""
        try:
            for _ in range(_PAGES):
                asked = {"channel": channel, "limit": _PAGE, "cursor": cursor}
                page = await self.client.api_call("conversations.members", data=asked)
                if user in page["members"]:
                    return True
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return False
        except errors.FAULTS as error:
            log.info("slack.members_unknown channel=%s reason=%s", channel, errors.code(error))
        return None
