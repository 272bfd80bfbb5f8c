"""paper, ask, 자세히: one paper, from its full text, with the places it says things."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.editions import story_at
from bot.commands.explained import answer_message, expansion_message
from bot.commands.saying import link, note
from core.errors import PaperAmbiguous, PaperUnknown, PaperUnreadable
from core.expanding import with_one_liner
from core.llm import Turn
from core.model import Edition, Paper, Story
from core.particles import particle
from core.render.message import Bullets, Button, Message, Span, Text
from core.render.messages import dereference
from core.store import Exchange
from core.text import readable, shorten

_SOON_S = 0.4  # what takes longer is announced: a first sign is seen within a second
_SLOW_S = 20.0
_AFTER_NAMES = "번:,."
_TURNS = 3
_POINTING = re.compile("[이그](?:거|건|게|걸|것은?)?|저|위|해당|논문|코드|왜|뭐")  # a question's first word, no title's
_NUMBER_FIRST = "논문 번호를 앞에 적어 주세요. 예: /aidaily ask 1 코드가 공개됐나요?"
_TALK = timedelta(minutes=30)  # outside threads, what was asked longer ago is not what "it" means


async def paper(at: Counter) -> Reply:
    """`paper <번호·arXiv id·URL·제목>`"""
    if not at.words:
        return note("어느 논문인지 적어 주세요: /aidaily paper 1, paper 2602.01785, paper 제목의 낱말")
    return await _expand(at, at.words, await edition_here(at))


async def detail(at: Counter) -> Reply:
    """The button 자세히."""
    found = await story_at(at, at.words)
    if found is None:
        return note("그 꼭지를 찾지 못했습니다. 보관 기간이 지났을 수 있습니다.")
    edition, story = found
    return await _expand(at, str(story.n), edition)


async def ask(at: Counter) -> Reply:
    """`ask <논문> <질문>`; after a first question, and in reply to a story, the paper may be left out."""
    ref, _, question = at.words.partition(" ")
    last = await asked_about(at)
    points = _POINTING.fullmatch(ref)
    if last and not names_a_paper(ref) and (points or at.request.thread or not await _in_a_title(at, ref)):
        return await answered(at, last, at.words)
    if points:
        return note(_NUMBER_FIRST)
    if not question.strip():
        return note("논문과 질문을 함께 적어 주세요: /aidaily ask 1 학습에 GPU가 얼마나 드나요?")
    try:
        return await answered(at, ref, question)
    except PaperUnknown:
        return note(f"제목에 '{shorten(ref, 60)}'{particle(ref, '이/가')} 든 논문이 없습니다. {_NUMBER_FIRST}")


def choices(error: PaperAmbiguous) -> Reply:
    """Several papers could be meant: a button each."""
    buttons = tuple(Button("paper", shorten(f"{n}. {title}", 34), paper_id, accessibility=shorten(title, 75))
                    for n, (paper_id, title) in enumerate(error.choices, 1))  # fmt: skip
    listed = (link(f"{title} ({paper_id})", f"https://arxiv.org/abs/{paper_id}") for paper_id, title in error.choices)
    blocks = (Text((Span(str(error)),)), Bullets(tuple(listed), ordered=True))  # numbered as the buttons are
    return Reply((Message("answer", blocks, shorten(str(error), 300), buttons),))


async def _expand(at: Counter, ref: str, edition: Edition | None) -> Reply:
    if refused := at.rates.refusal(at.request, at.now):
        return note(refused)
    wanted = await _found(at, ref, edition)
    await at.say(f"'{shorten(readable(wanted.title), 80)}' 본문을 읽는 중입니다…")
    async with _sign(at, _SLOW_S, "아직 읽고 정리하는 중입니다…"):
        said = await at.app.reading.expand(wanted, at.say, (await at.profile()).glossary)
    return Reply((expansion_message(said),))


async def answered(at: Counter, ref: str, question: str) -> Reply:
    """A question about the paper that `ref` names, where a number is the digest's that is asked under."""
    if refused := at.rates.refusal(at.request, at.now):
        return note(refused)
    here = await edition_here(at)
    wanted = await _found(at, ref, here)
    await at.say("본문에서 찾는 중입니다…")
    talk = at.app.store.talk
    turns: list[Turn] = []
    for earlier in await _talk(at, _TURNS):
        if earlier.paper == wanted.id:
            turns += [Turn("user", earlier.question), Turn("assistant", earlier.answer)]
    async with _sign(at, _SLOW_S, "아직 답을 찾는 중입니다…"):
        said = await at.app.reading.ask(wanted, question.strip(), turns, at.say, (await at.profile()).glossary)
    said = with_one_liner(said, here)
    place = at.request.place
    await talk.add(_thread(at), at.request.id, wanted.id, question.strip(), said.text, at.now, place.workspace)
    return Reply((answer_message(said),))


async def _found(at: Counter, ref: str, edition: Edition | None) -> Paper:
    ref = ref.rstrip(_AFTER_NAMES) if names_a_paper(ref) else ref
    async with _sign(at, _SOON_S, "논문을 찾는 중입니다…"):
        return await at.app.reading.find(ref, edition)


@asynccontextmanager
async def _sign(at: Counter, after_s: float, words: str) -> AsyncIterator[None]:
    """Says so if what is inside takes longer."""

    async def later() -> None:
        await asyncio.sleep(after_s)
        await at.say(words)

    sign = asyncio.create_task(later())
    try:
        yield
    finally:
        sign.cancel()


async def asked_about(at: Counter) -> str | None:
    """The id of the paper of the answer or the story that is replied to; else the one asked about last in the thread
    (outside threads: by this person), or the only one of the thread's digest."""
    replied, thread = at.request.replies_to, at.request.thread
    if replied:
        if earlier := await at.app.store.talk.paper_of(replied):
            return earlier
        _, stories = await told_by(at, replied)
        if len(stories) == 1:
            return stories[0].item.id if isinstance(stories[0].item, Paper) else None
    if last := await _talk(at, 1):
        return last[0].paper
    stories = (await told_by(at, thread))[1] if thread else ()
    papers = [story.item.id for story in stories if isinstance(story.item, Paper)]
    return papers[0] if len(papers) == 1 else None


async def _talk(at: Counter, count: int) -> tuple[Exchange, ...]:
    """The last exchanges of the thread; outside threads of this person, lately."""
    said = await at.app.store.talk.last(_thread(at), count)
    return said if at.request.thread else tuple(each for each in said if at.now - each.at < _TALK)


async def edition_here(at: Counter) -> Edition | None:
    """The edition whose thread this is, elsewhere the newest."""
    told = (await told_by(at, at.request.thread))[0] if at.request.thread else None
    return told or await at.edition()


async def told_by(at: Counter, ref: str) -> tuple[Edition | None, tuple[Story, ...]]:
    """The edition of one of our messages, with the story that it tells, or all those that it begins or ends."""
    place = at.request.place
    found = await at.app.store.deliveries.find(place.platform, place.channel, ref)
    edition = await at.app.store.editions.get(found.date, found.profile) if found else None
    if found is None or edition is None:
        return None, ()
    subscribed = await at.subscription()
    steps = at.app.platforms[place.platform].steps(edition, subscribed.settings if subscribed else {})
    message = steps[found.seq].message if found.seq < len(steps) else None
    if message is None or message.kind != "story" or not message.buttons:
        return edition, edition.stories
    n = dereference(message.buttons[0].value)[2]
    return edition, tuple(story for story in edition.stories if story.n == n)


def _thread(at: Counter) -> str:
    return f"{at.request.place}/{at.request.thread or at.request.person.id}"


async def _in_a_title(at: Counter, word: str) -> bool:
    """Whether a paper of the day could be meant by that word."""
    try:
        await at.app.reading.find(word, await at.edition())
    except PaperAmbiguous:
        return True
    except PaperUnreadable:
        return False
    return True


def names_a_paper(word: str) -> bool:
    word = word.rstrip(_AFTER_NAMES)
    number = word.isdecimal() and len(word) <= 2
    return number or "arxiv.org" in word or re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?", word) is not None
