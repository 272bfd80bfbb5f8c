"""What a person can ask, answered once for every platform: a Request in, a Reply out.

`VERBS` is the whole list: commands and buttons alike. Every decision is here (who may change a channel, how often
one may ask, what an unknown word gets); adapters only translate. A request is claimed by its id before it is
answered, so a double click or a redelivered event is answered once.

A new command: one function, its line in `VERBS`, and for Discord, which wants commands declared, its line in
bot/discord/commands.py.
"""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.app import App
from bot.chat import Answer, Reply, Request, Say
from bot.commands import (
    channels,
    editions,
    feedback,
    mentions,
    papers,
    presence,
    reports,
    resting,
    searching,
    sharing,
    spoken,
    terms,
    weekly,
)
from bot.commands.counter import Counter, Rates
from bot.commands.saying import note
from core.errors import AiDailyError, BudgetReached, PaperAmbiguous
from core.text import shorten

log = logging.getLogger(__name__)

Handler = Callable[[Counter], Awaitable[Reply]]

VERBS: dict[str, Handler] = {
    # commands
    "today": editions.today,
    "preview": editions.preview,
    "paper": papers.paper,
    "ask": papers.ask,
    "search": searching.search,
    "weekly": weekly.weekly,
    "용어": terms.glossary,
    "취향": feedback.taste,
    "subscribe": channels.subscribe,
    "unsubscribe": channels.unsubscribe,
    "pause": resting.pause,
    "resume": resting.resume,
    "settings": channels.settings,
    "status": reports.status,
    "help": reports.help_text,
    # buttons and forms
    "detail": papers.detail,
    "evidence": editions.evidence,
    "why": editions.why,
    "up": feedback.up,
    "down": feedback.down,
    "report": feedback.report,
    "report.save": feedback.report_save,
    "settings.save": channels.settings_save,
    "share": sharing.share,
    # what people say
    "mention": mentions.mention,
    "home": reports.home,
}
EVENTS: dict[str, Handler] = {  # reported by the platform itself, in nobody's name; nobody can say them
    "joined": presence.joined,
    "arrived": presence.arrived,
    "gone": presence.gone,
    "left": presence.left,
    "revoked": presence.revoked,
    "uninstalled": presence.uninstalled,
}
_OF_A_CHANNEL = {"subscribe", "unsubscribe", "pause", "resume", "settings"}
_UNKNOWN_CHANNEL = re.compile(r"(?<!\S)#\S+")  # a name: the platform hands on channels that it knows by their id
ALIASES = {"오늘": "today", "논문": "paper", "질문": "ask", "검색": "search", "주간": "weekly", "glossary": "용어",
           "구독": "subscribe", "해지": "unsubscribe", "쉼": "pause", "멈춤": "pause", "재개": "resume",
           "설정": "settings", "상태": "status", "도움말": "help", "사용법": "help", "미리보기": "preview",
           "taste": "취향", "": "help"}  # fmt: skip


def build_answer(app: App, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Answer:
    """The function that adapters await. It never raises: what fails is an apology in Korean with an id."""
    rates = Rates()

    async def answer(request: Request, say: Say) -> Reply | None:
        place = request.place
        if not await app.store.events.claim(request.id, now(), place.platform, place.workspace):
            return None
        verb = request.verb.strip().casefold()
        known = VERBS if request.person.id else EVENTS
        verb = ALIASES.get(verb, verb)
        said = spoken.command(request.words, ALIASES) if verb == "mention" else None
        if said:
            verb, words = said
            request = replace(request, verb=verb, words=words)
        handler = known.get(verb, reports.unknown)
        if verb in _OF_A_CHANNEL and (unknown := _UNKNOWN_CHANNEL.search(request.words)):
            return note(f"{shorten(unknown[0], 60)} 채널을 찾지 못했습니다. 목록에서 골라 적거나 그 채널에서 쓰세요.")
        try:
            at = Counter(app, request, say, now(), rates)
            reply = await handler(at)
            return spoken.aloud(reply) if said else await sharing.shareable(at, reply)
        except PaperAmbiguous as error:
            return papers.choices(error)
        except BudgetReached as error:
            return note(f"{error} 내일 다시 물어봐 주세요.")
        except AiDailyError as error:
            log.info("command.refused verb=%s reason=%s", verb, error)
            return note(str(error))
        except Exception:  # the last line of defence: one person's question must not end the bot
            ticket = secrets.token_hex(3)
            log.exception("command.failed verb=%s ticket=%s", verb, ticket)
            return note(f"죄송합니다. 답을 만들지 못했습니다. 관리자에게 이 번호를 알려 주세요: {ticket}")

    return answer
