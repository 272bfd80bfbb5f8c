"""What is said to the bot, most of all in a digest's thread, where Slack has no slash commands: the commands' words,
why a story was chosen, and questions about the papers of a thread that all stories share."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import ALIASES
from bot.commands.spoken import command
from core.store import Due, Subscription
from tests.fakes import SEOUL, seoul
from tests.test_commands import FULL, KEEPER, Room, room, words

__all__ = ["room"]  # the fixture


async def thread(room: Room) -> str:
    """The reference of the digest's root in a subscribed channel."""
    at = seoul(f"{FULL.date} 16:40")
    one = await room.app.store.subscriptions.add(Subscription("slack", "C1", at, workspace="T1"))
    await room.app.store.deliveries.plan([Due(FULL.date, "default", one.id, at)])
    [held] = await room.app.store.deliveries.claim(at, "test", timedelta(minutes=5), 1, platforms=["slack"])
    await room.app.store.deliveries.advance(held, "0" * 24, "root.1", at, None)
    return "root.1"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("오늘", ("today", "오늘")), ("today", ("today", "")), ("오늘 뭐 나왔어?", ("today", "오늘")),
        ("어제 나온 것 보여줘", ("today", "어제")), ("2026-02-02", ("today", "2026-02-02")),
        ("도움말 보여줘", ("help", "")), ("help!", ("help", "")), ("상태?", ("status", "")),
        ("검색 에이전트 메모리", ("search", "에이전트 메모리")), ("논문 1", ("paper", "1")), ("1번", ("paper", "1번")),
        ("논문 1 코드 있어?", ("ask", "1 코드 있어?")), ("해지", ("unsubscribe", "")),
        ("구독 09:00", ("subscribe", "09:00")),
        ("오늘 기준으로 SOTA야?", None), ("help me understand this", None), ("검색 증강 생성이 뭐야?", None),
        ("상태 공간 모델이 뭐야?", None), ("논문 요약해줘", None), ("구독 끊어줘", None), ("설정이 뭐야?", None),
        ("용어 설명해줘", None), ("해지는 어떻게 해?", None), ("1 코드 있어?", None),
    ],
)  # fmt: skip
def test_a_commands_word_is_one_only_with_what_that_command_takes(said: str, meant: tuple[str, str] | None) -> None:
    assert command(said, ALIASES) == meant


@pytest.mark.parametrize("said", ["오늘 뭐 나왔어?", "today", "도움말", "검색 CodeOCR", "상태"])
async def test_a_mention_is_answered_like_the_command_and_for_all(room: Room, said: str) -> None:
    reply = await room.ask("mention", said, thread=await thread(room))
    verb, given = command(said, ALIASES) or ("", "")
    assert words(reply) == words(await room.ask(verb, given)) and not reply.private and not reply.share


async def test_a_form_that_cannot_open_is_said_to_open_elsewhere(room: Room) -> None:
    reply = await room.ask("mention", "설정", person=KEEPER)
    assert reply.form is None and "/aidaily settings" in words(reply)


async def test_why_is_answered_from_the_record_for_the_story_meant(room: Room) -> None:
    root = await thread(room)
    first, second = (story.why[0] for story in FULL.stories[:2])
    everything = words(await room.ask("mention", "왜 뽑았어?", thread=root))
    assert f"1. {FULL.stories[0].headline}: {first}" in everything and second in everything
    assert second in words(await room.ask("mention", "2번은 왜 골랐어?", thread=root))
    room.reading.paper = replace(room.reading.paper, id=FULL.stories[0].item.id)
    await room.ask("mention", "1 GPU는 몇 개나?", thread=root)
    only = words(await room.ask("mention", "왜 뽑았어?", thread=root))
    assert f"왜 뽑았나: {FULL.stories[0].headline}" in only and first in only and second not in only
    assert len(room.reading.asked) == 1, "the paper is asked nothing"


async def test_a_question_without_a_number_is_shown_the_numbers(room: Room) -> None:
    shown = words(await room.ask("mention", "이거 코드 있어?", thread=await thread(room)))
    assert "번호나 arXiv id" in shown
    assert all(f"{story.n}. {story.headline}" in shown for story in FULL.stories)


async def test_a_number_in_a_thread_is_that_threads_also_when_a_newer_edition_stands(room: Room) -> None:
    root = await thread(room)
    await room.app.store.editions.save(replace(FULL, date=FULL.date + timedelta(days=1), stories=FULL.stories[:3]))
    room.clock.at += timedelta(days=1)
    await room.ask("mention", "2번은 코드 있어?", thread=root)
    await room.ask("mention", "2 코드 있어?")
    assert [edition and edition.date.day for edition in room.reading.editions] == [3, 4]
    assert room.reading.found == ["2", "2"]


async def test_after_a_first_question_another_paper_is_not_taken_for_the_first(room: Room) -> None:
    root = await thread(room)
    await room.ask("mention", "1 GPU는 몇 개나?", thread=root)
    assert "한 번에 논문 하나만" in words(await room.ask("mention", "2번이랑 비교하면?", thread=root))
    await room.ask("mention", "도움말", thread=root)
    await room.ask("mention", "코드는 언제 나와?", thread=root)
    assert [question for question, _ in room.reading.asked] == ["GPU는 몇 개나?", "코드는 언제 나와?"]


async def test_what_is_no_question_about_a_paper_is_understood(room: Room) -> None:
    assert "구독하고 있지 않습니다" in words(await room.ask("mention", "내일 몇 시에 와?"))
    root = await thread(room)
    assert "2월 4일 (수) 16:40" in words(await room.ask("mention", "내일 몇 시에 와?", thread=root))
    assert "또 물어봐" in words(await room.ask("mention", "고마워!", thread=root))
    assert "@AI Daily 해지" in words(await room.ask("mention", "구독 끊어줘"))
    assert await room.app.store.subscriptions.get("slack", "C1") is not None
    await room.ask("mention", "해지")
    assert await room.app.store.subscriptions.get("slack", "C1") is None
    assert room.reading.asked == [] and room.clock.now().astimezone(SEOUL).day == 3


async def test_help_promises_what_holds_and_names_the_korean_words_and_the_buttons(room: Room) -> None:
    shown = words(await room.ask("help"))
    for promised in ("/ai데일리", "오늘, 논문", "@AI Daily 1 ", "근거(원문 문장)", "이후:2026-02-01", "분야:", "출처:"):
        assert promised in shown, promised
    assert "꼭지의 스레드" not in shown
    assert "/aidaily today" in words(await room.ask("home"))
