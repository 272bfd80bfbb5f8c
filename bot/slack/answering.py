"""What people do, as Requests to the house and Replies back, each in a task of our own.

Bolt has acknowledged by the time a task begins. The tasks are kept, because Bolt's own are lost when the connection
closes: at the end they are finished, and the asker of one that cannot be is told so, by its id in the log. What a
click means is decided in bot/commands; here only a double click is seen to be one.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import FORMS, Answer, Reply, Request
from bot.slack import blocks, errors, forms, home
from bot.slack.blocks import Json
from bot.slack.people import People
from bot.slack.pictures import Pictures
from bot.slack.voice import Line, Origin, Voice
from core.render.message import Button, Message, Picture

log = logging.getLogger(__name__)
SHARE: Final = Button("share", "채널에 공유", accessibility="이 답을 채널의 모두에게 보이기")
_SAME_S: Final = 2.0  # two clicks within it are one
_KEPT: Final = 300
_APOLOGY_S: Final = 1.2
_SLOWEST_S: Final = 900.0
_GOING: Final = "봇이 다시 시작하는 중이라 답을 마치지 못했습니다. 잠시 뒤 다시 물어봐 주세요."
_TOO_SLOW: Final = "답을 만드는 데 너무 오래 걸려 그만두었습니다. 다시 물어봐 주세요."
_LATE: Final = "창을 여는 데 너무 오래 걸렸습니다. 한 번 더 눌러 주세요."


@dataclass(frozen=True, slots=True)
class Asked:
    """A Request and where its answer goes. `repeats`: what a second click on the same thing has in common with the
    first. `elsewhere`: the place was named by the asker, who may be no member of it."""

    request: Request
    origin: Origin
    repeats: str = ""
    elsewhere: bool = False


@dataclass(slots=True)
class _Click:
    id: str
    at: float
    going: bool = True


@dataclass(slots=True)
class Desk:
    """Takes what is asked and sees to the answers."""

    client: AsyncWebClient
    session: aiohttp.ClientSession
    people: People
    pictures: Pictures
    answer: Answer
    _line: Line = field(default_factory=Line)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _clicks: OrderedDict[str, _Click] = field(default_factory=OrderedDict)

    def take(self, asked: Asked) -> None:
        """Begins to answer; returns at once."""
        voice = Voice(self.client, self.session, asked.origin, self._line)
        self._begin(self._see_to(asked, voice), asked).add_done_callback(lambda task: self._ended(task, asked, voice))

    async def drain(self, seconds: float) -> None:
        """Finishes what is being answered; what takes longer is given up, and its asker told."""
        until = time.monotonic() + seconds
        while self._tasks and (left_s := until - time.monotonic()) > 0:
            await asyncio.wait(self._tasks, timeout=left_s)
        if late := set(self._tasks):
            for task in late:
                task.cancel()
            await asyncio.wait(late, timeout=2 * _APOLOGY_S)

    def _begin(self, work: Coroutine[Any, Any, None], asked: Asked) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=f"slack {asked.request.verb}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _ended(self, task: asyncio.Task[None], asked: Asked, voice: Voice) -> None:
        """A fault of ours ends one answer: it is in the log, and the asker has its id."""
        fault = None if task.cancelled() else task.exception()
        if fault:
            log.error("slack.fault request=%s verb=%s", asked.request.id, asked.request.verb, exc_info=fault)
            sorry = f"죄송합니다. 답을 보이지 못했습니다. ({asked.request.id[-8:]})"
            self._begin(self._apologise(asked, voice, sorry), asked)

    async def _see_to(self, asked: Asked, voice: Voice) -> None:
        click = self._clicked(asked)
        if click and click.id != asked.request.id:
            log.info("slack.double request=%s", click.id)
            return
        try:
            async with asyncio.timeout(_SLOWEST_S):
                await self._answered(asked, voice)
        except TimeoutError:
            await self._apologise(asked, voice, _TOO_SLOW)
        except asyncio.CancelledError:
            await self._apologise(asked, voice, _GOING)
            raise
        finally:
            if click:
                click.going, click.at = False, time.monotonic()

    def _clicked(self, asked: Asked) -> _Click | None:
        """The click that this one repeats, or this one. The same id reaches `answer` once."""
        if not asked.repeats:
            return None
        now = time.monotonic()
        last = self._clicks.get(asked.repeats)
        if last and (last.going or now - last.at < _SAME_S):
            return last
        click = self._clicks[asked.repeats] = _Click(asked.request.id, now)
        self._clicks.move_to_end(asked.repeats)
        while len(self._clicks) > _KEPT:
            self._clicks.popitem(last=False)
        return click

    async def _answered(self, asked: Asked, voice: Voice) -> None:
        request, origin = asked.request, asked.origin
        view = await self._open(origin) if request.verb in FORMS and origin.trigger else None
        request = replace(request, person=await self.people.known(request, asked.elsewhere))

        async def say(text: str) -> None:
            if origin.user and not view:
                await voice.say(text, aloud=request.verb == "mention")

        reply = await self.answer(request, say)
        if reply is None:
            await self._update(view, forms.gone())
            await voice.silence()
        elif reply.form:
            await self._show(forms.filled(reply.form, origin), view, origin, voice)
        elif view:
            await self._update(view, forms.answered(reply.messages))
        elif request.verb == "home":
            await self._publish(reply, origin)
        elif origin.user or not reply.private:
            await self._send(reply, request, origin, voice)

    async def _send(self, reply: Reply, request: Request, origin: Origin, voice: Voice) -> None:
        if not reply.private:
            await voice.give(await self._posts(reply.messages), private=False, request=request.id)
            return
        row = (replace(SHARE, value=reply.share),) if reply.share and not origin.direct else ()
        posts = blocks.packed(reply.messages, row, await self._files(reply.messages))
        await voice.give(posts, private=True, request=request.id)

    async def _posts(self, messages: Sequence[Message]) -> list[Json]:
        files = await self._files(messages)
        return [blocks.content(piece, files) for message in messages for piece in blocks.pieces(message)]

    async def _files(self, messages: Sequence[Message]) -> Mapping[Picture, str]:
        """Without its pictures an answer is still one."""
        try:
            return await self.pictures.files(messages)
        except errors.FAULTS as error:
            log.info("slack.no_pictures reason=%s", errors.code(error))
            return {}

    async def _open(self, origin: Origin) -> str | None:
        """The id of an empty modal."""
        said = await self._call("views.open", {"trigger_id": origin.trigger, "view": forms.waiting()})
        return str(said["view"]["id"]) if said else None

    async def _show(self, form: Json, view: str | None, origin: Origin, voice: Voice) -> None:
        if view:
            await self._update(view, form)
        elif not (origin.trigger and await self._call("views.open", {"trigger_id": origin.trigger, "view": form})):
            await voice.give([blocks.line(_LATE)], private=True, request="late")

    async def _update(self, view: str | None, made: Json) -> None:
        if view:
            await self._call("views.update", {"view_id": view, "view": made})

    async def _publish(self, reply: Reply, origin: Origin) -> None:
        await self._call("views.publish", {"user_id": origin.user, "view": home.page(reply.messages, origin.channel)})

    async def _apologise(self, asked: Asked, voice: Voice, words: str) -> None:
        log.warning("slack.unfinished request=%s verb=%s", asked.request.id, asked.request.verb)
        try:
            async with asyncio.timeout(_APOLOGY_S):
                if asked.origin.user:
                    await voice.give([blocks.line(words)], private=True, request=asked.request.id)
        except TimeoutError:
            log.warning("slack.not_apologised request=%s", asked.request.id)

    async def _call(self, method: str, body: Json) -> Json | None:
        try:
            said = await self.client.api_call(method, json=body)
        except errors.FAULTS as error:
            log.info("slack.refused method=%s reason=%s", method, errors.code(error))
            return None
        return said.data if isinstance(said.data, dict) else None
