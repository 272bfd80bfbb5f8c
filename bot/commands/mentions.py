"""What is said to us and is no command: a question about a paper, why a story was chosen, when the next one comes.

All the stories of a day share one thread, so a question begins with a number, unless it goes on from one.
"""

import re

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.editions import why_message
from bot.commands.papers import answered, asked_about, edition_here, names_a_paper, told_by
from bot.commands.resting import next_words
from bot.commands.saying import message, note
from core.model import Edition, Story
from core.render import phrases

_EXAMPLE = "@AI Daily 1 학습에 GPU가 얼마나 드나요?"
_THIS = r"(?:이거|이건|이걸|이것\S*|이\s?논문\S*|\d{1,2}번\S*)"
_WHY = re.compile(
    rf"(?:{_THIS}\s*)?(?:왜\s*(?:{_THIS}\s*)?(?:뽑|골랐|고른|고르|선정|추천)\S*|(?:뽑은|고른|선정한?|추천한?)\s*(?:이유|까닭)\S*.*)"
)
_WHEN = re.compile(r"(?:(?:오늘|내일|다음(?:\s?[글호것])?)은?\s*)?(?:몇\s?시에?|언제)\s*(?:와|오|올라|나와|게시)\S*")
_THANKS = re.compile(
    r"(?:정말|너무|아주|네|오)?\s*(?:고마|고맙|감사|땡큐|수고|thanks?|thx)\S*(?:\s*(?:해요|합니다|you|so much))*", re.I
)
_STOP = re.compile(r"구독\S*\s*(?:끊|해지|취소|그만|중단)\S*.*")
_NUMBERED = re.compile(r"(\d{1,2})번?(?:은|는|이|가|의)?[:,.]?\s+(?=\S)")
_BESIDE = re.compile(r"(\d{1,2})번\s?(?:논문)?(?:이랑|랑|하고|과|와|보다|에 비해|대비)")
_ENDS = " ?!.~^ㅎㅋ"


async def mention(at: Counter) -> Reply:
    """`번호 질문`; after a first question, and in reply to a story, the number may be left out."""
    said = at.words.strip(_ENDS)
    if not said:
        return note(f"물어볼 것을 적어 주세요: {_EXAMPLE}", private=False)
    here = await edition_here(at)
    if _THANKS.fullmatch(said):
        return note("도움이 되었다니 기쁩니다. 또 물어봐 주세요.", private=False)
    if _WHEN.fullmatch(said):
        return await _when(at)
    if _STOP.fullmatch(said):
        return note("구독은 '@AI Daily 해지'라고 적거나 /aidaily unsubscribe 를 써서 끊습니다.", private=False)
    if here and _WHY.fullmatch(said):
        return await _why(at, here, said)
    if here and (beside := _BESIDE.search(said)) and any(story.n == int(beside[1]) for story in here.stories):
        words = f"한 번에 논문 하나만 읽으므로 견주지는 못합니다. 한 편씩 물어봐 주세요: @AI Daily {beside[1]} 한계는?"
        return note(words, private=False)
    return await _question(at, here)


async def _question(at: Counter, here: Edition | None) -> Reply:
    ref, _, question = at.words.partition(" ")
    if numbered := _NUMBERED.match(at.words):
        reply = await answered(at, numbered[1], at.words[numbered.end() :])
    elif names_a_paper(ref) and question.strip():
        reply = await answered(at, ref, question)
    elif asked := await asked_about(at):
        reply = await answered(at, asked, at.words)
    else:
        listed = [f"{story.n}. {phrases.headline(story)}" for story in here.stories] if here else []
        which = f"어느 논문인지 번호나 arXiv id를 앞에 적어 주세요: {_EXAMPLE}"
        return Reply((message("", [which], bullets=listed),), private=False)
    return Reply(reply.messages, private=False)


async def _when(at: Counter) -> Reply:
    subscribed = await at.subscription()
    if subscribed and subscribed.active:
        return note(f"다음 글은 {next_words(subscribed, at.now)}에 올라옵니다.", private=False)
    return note("이 채널은 구독하고 있지 않습니다. /aidaily subscribe 로 구독하세요.", private=False)


async def _why(at: Counter, here: Edition, said: str) -> Reply:
    """From the record, without a model: of the story that is meant; where none is, of all."""
    edition, stories = await _meant(at, here, said)
    if len(stories) == 1:
        return Reply((why_message(edition, stories[0]),), private=False)
    reasons = [
        f"{story.n}. {phrases.headline(story)}: {phrases.why(story) or '남은 기록이 없습니다.'}" for story in stories
    ]
    return Reply((message("왜 뽑았나", bullets=reasons),), private=False)


async def _meant(at: Counter, here: Edition, said: str) -> tuple[Edition, tuple[Story, ...]]:
    number = re.search(r"\d{1,2}(?=번)", said)
    if number:
        stories = tuple(story for story in here.stories if story.n == int(number[0]))
        return here, stories or here.stories
    told, stories = await told_by(at, at.request.replies_to) if at.request.replies_to else (None, ())
    if told and len(stories) == 1:
        return told, stories
    asked = await asked_about(at)
    about = tuple(s for s in here.stories if asked in {item.id for item in (s.item, *s.merged)})
    return here, about or here.stories
