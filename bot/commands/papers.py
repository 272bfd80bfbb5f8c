"""paper, ask, 자세히, mentions: one paper, from its full text, with the places it says things."""

import asyncio
import re

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.editions import story_at
from bot.commands.saying import link, message, note
from core.errors import PaperAmbiguous
from core.expanding import CitedAnswer, CitedClaim, Expansion
from core.llm import Turn
from core.model import Paper, Story
from core.render.message import Block, Bullets, Button, Heading, Message, Small, Span, Spans
from core.render.messages import dereference
from core.text import readable, shorten

_SLOW_S = 8.0
_TURNS = 3
_TOO_OFTEN = "질문이 몰려 잠시 쉬고 있습니다. 몇 분 뒤에 다시 물어봐 주세요."


async def paper(at: Counter) -> Reply:
    """`paper <번호·arXiv id·URL·제목>`"""
    if not at.words:
        return note("어느 논문인지 적어 주세요: /aidaily paper 1, paper 2602.01785, paper 제목의 낱말")
    return await _expand(at, await at.app.reading.find(at.words, await at.edition()))


async def detail(at: Counter) -> Reply:
    """The button 자세히."""
    found = await story_at(at, at.words)
    if found is None:
        return note("그 꼭지를 찾지 못했습니다. 보관 기간이 지났을 수 있습니다.")
    edition, story = found
    return await _expand(at, await at.app.reading.find(str(story.n), edition))


async def ask(at: Counter) -> Reply:
    """`ask <논문> <질문>`; in a story's thread the paper may be left out."""
    ref, _, question = at.words.partition(" ")
    asked = await _asked_about(at)
    if asked and not _names_a_paper(ref):
        return await _ask(at, asked, at.words)
    if not question.strip():
        return note("논문과 질문을 함께 적어 주세요: /aidaily ask 1 학습에 GPU가 얼마나 드나요?")
    return await _ask(at, await at.app.reading.find(ref, await at.edition()), question)


async def mention(at: Counter) -> Reply:
    """@AI Daily in a digest's thread: a question about that paper; elsewhere `번호 질문`, or how to ask."""
    if not at.words:
        return note("물어볼 것을 적어 주세요. 꼭지의 스레드에서 부르면 그 논문의 본문에서 답합니다.", private=False)
    asked = await _asked_about(at)
    ref, _, question = at.words.partition(" ")
    if asked is None or _names_a_paper(ref):
        if not (_names_a_paper(ref) and question.strip()):
            example = "@AI Daily 1 학습에 GPU가 얼마나 드나요?"
            return note(f"어느 논문인지 번호나 arXiv id를 앞에 적어 주세요: {example}", private=False)
        asked, words = await at.app.reading.find(ref.rstrip("번:,."), await at.edition()), question
    else:
        words = at.words
    reply = await _ask(at, asked, words)
    return Reply(reply.messages, private=False)


def choices(error: PaperAmbiguous) -> Reply:
    """Several papers could be meant: a button each."""
    buttons = tuple(Button("paper", shorten(f"{n}. {title}", 34), paper_id, accessibility=shorten(title, 75))
                    for n, (paper_id, title) in enumerate(error.choices, 1))  # fmt: skip
    listed = [link(f"{title} ({paper_id})", f"https://arxiv.org/abs/{paper_id}") for paper_id, title in error.choices]
    return Reply((message("", [str(error)], bullets=listed, buttons=buttons),))


async def _expand(at: Counter, wanted: Paper) -> Reply:
    if at.app.model is not None and not at.rates.allow(at.request, at.now):
        return note(_TOO_OFTEN)
    await at.say(f"'{shorten(readable(wanted.title), 80)}' 본문을 읽는 중입니다…")
    progress = asyncio.create_task(_still_here(at))
    try:
        said = await at.app.reading.expand(wanted)
    finally:
        progress.cancel()
    return Reply((expansion_message(said),))


async def _ask(at: Counter, wanted: Paper, question: str) -> Reply:
    if at.app.model is not None and not at.rates.allow(at.request, at.now):
        return note(_TOO_OFTEN)
    await at.say("본문에서 찾는 중입니다…")
    talk = at.app.store.talk
    turns: list[Turn] = []
    for earlier in await talk.last(_thread(at), _TURNS):
        if earlier.paper == wanted.id:
            turns += [Turn("user", earlier.question), Turn("assistant", earlier.answer)]
    said = await at.app.reading.ask(wanted, question.strip(), turns)
    place = at.request.place
    await talk.add(_thread(at), at.request.id, wanted.id, question.strip(), said.text, at.now, place.workspace)
    return Reply((answer_message(said),))


async def _still_here(at: Counter) -> None:
    await asyncio.sleep(_SLOW_S)
    await at.say("본문을 다 읽고 정리하는 중입니다…")


async def _asked_about(at: Counter) -> Paper | None:
    """The paper of the answer or the story that is replied to; else that of the thread: the one asked about last in
    it, or the only one of its digest."""
    replied, thread = at.request.replies_to, at.request.thread
    if replied:
        if earlier := await at.app.store.talk.paper_of(replied):
            return await at.app.reading.find(earlier, None)
        stories = await _told_by(at, replied)
        if len(stories) == 1:
            return stories[0].item if isinstance(stories[0].item, Paper) else None
    if thread is None:
        return None
    if last := await at.app.store.talk.last(_thread(at), 1):
        return await at.app.reading.find(last[0].paper, None)
    papers = [story.item for story in await _told_by(at, thread) if isinstance(story.item, Paper)]
    return papers[0] if len(papers) == 1 else None


async def _told_by(at: Counter, ref: str) -> tuple[Story, ...]:
    """The story of one of our messages, or all those of the digest that it begins or ends."""
    place = at.request.place
    found = await at.app.store.deliveries.find(place.platform, place.channel, ref)
    edition = await at.app.store.editions.get(found.date, found.profile) if found else None
    if found is None or edition is None:
        return ()
    subscribed = await at.subscription()
    steps = at.app.platforms[place.platform].steps(edition, subscribed.settings if subscribed else {})
    message = steps[found.seq].message if found.seq < len(steps) else None
    if message is None or message.kind != "story" or not message.buttons:
        return edition.stories
    n = dereference(message.buttons[0].value)[2]
    return tuple(story for story in edition.stories if story.n == n)


def _thread(at: Counter) -> str:
    return f"{at.request.place}/{at.request.thread or at.request.person.id}"


def _names_a_paper(word: str) -> bool:
    word = word.rstrip("번:,.")
    number = word.isdecimal() and len(word) <= 2
    return number or "arxiv.org" in word or re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?", word) is not None


def expansion_message(said: Expansion) -> Message:
    title = readable(said.title)
    blocks: list[Block] = [Heading((Span(title, url=f"https://arxiv.org/abs/{said.ref}"),))]
    if said.note:
        blocks.append(Small((Span(said.note),)))
    for section in said.sections:
        blocks += [Heading((Span(section.title),), level=2), Bullets(tuple(map(_claim, section.claims)))]
    if said.figure and said.figure.url:
        caption = shorten(said.figure.caption or "원문에서 보기", 120)
        credit = f" ({said.figure.credit})" if said.figure.credit else ""
        blocks.append(Small((Span("그림: "), Span(caption, url=said.figure.url), Span(credit))))
    blocks.append(Small((Span(said.basis_line),)))
    return Message("answer", tuple(blocks), f"{shorten(title, 80)}: 본문에서 정리했습니다.")


def answer_message(said: CitedAnswer) -> Message:
    blocks: list[Block] = [Heading((Span(f"arXiv {said.ref}", url=f"https://arxiv.org/abs/{said.ref}"),), level=2)]
    blocks.append(Bullets(tuple(map(_claim, said.claims)) or ((Span(said.text),),)))
    if said.note:
        blocks.append(Small((Span(said.note),)))
    blocks.append(Small((Span(said.basis_line),)))
    return Message("answer", tuple(blocks), shorten(said.text, 280))


def _claim(claim: CitedClaim) -> Spans:
    return (Span(claim.text), Span(f" [{', '.join(claim.cites)}]", italic=True)) if claim.cites else (Span(claim.text),)
