"""What a person can ask, whatever the platform: each verb's answer, who may change a channel, how often one may ask."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.chat import Answer, NotSent, Outcome, Person, Place, Reply, Request, Say
from bot.commands import VERBS, build_answer
from bot.commands.days import read_day
from core.errors import BudgetReached, PaperAmbiguous, PaperUnknown, PaperUnreadable
from core.expanding import CitedAnswer, CitedClaim, Expansion, ExpSection
from core.llm import Turn
from core.model import Edition, Paper, Profile
from core.render.message import Message, spans
from core.store import Store
from tests.days import paper
from tests.editions import EDITIONS
from tests.fakes import FakeClock, FakePlatform, made_app, seoul, until

FULL = EDITIONS["full"]()
MEMBER, GUEST, KEEPER = Person("U1"), Person("U2", may_manage=False), Person("U3", may_manage=True)


@dataclass
class FakeReading:
    """A reading room with one paper."""

    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    editions: list[Edition | None] = field(default_factory=list)
    paper: Paper = field(default_factory=lambda: paper(1))
    failure: Exception | None = None
    titles: frozenset[str] | None = None  # the only words of a title there are
    slow_s: float = 0.0

    async def find(self, ref: str, edition: Edition | None) -> Paper:
        self.found.append(ref)
        self.editions.append(edition)
        await asyncio.sleep(self.slow_s)
        if self.failure:
            raise self.failure
        if self.titles is not None and not ref[0].isdecimal() and ref not in self.titles:
            raise PaperUnknown("그런 제목이 없습니다.")
        return self.paper

    async def expand(self, wanted: Paper, tell: Say, terms: object = ()) -> Expansion:
        await tell("정리하는 중입니다…")
        claim = CitedClaim("비용을 11% 줄였습니다.", ("표 2",))
        return Expansion(wanted.id, wanted.title, "html", 1, (ExpSection("결과", (claim,)),))

    async def ask(
        self, wanted: Paper, question: str, turns: Sequence[Turn], tell: Say, terms: object = ()
    ) -> CitedAnswer:
        self.asked.append((question, tuple(turns)))
        claim = CitedClaim("GPU 8개를 썼습니다.", ("§5.2",))
        return CitedAnswer(wanted.id, "html", 1, question, (claim,), True, claim.text)


@dataclass
class Room:
    """A channel with the bot in it."""

    app: App
    answer: Answer
    clock: FakeClock
    reading: FakeReading
    platform: FakePlatform
    said: list[str] = field(default_factory=list)
    asked: int = 0

    async def ask(self, verb: str, words: str = "", person: Person = MEMBER, **more: Any) -> Reply:
        self.asked += 1
        request = Request(f"event-{self.asked}", Place("slack", "C1", "T1"), person, verb, words, **more)
        reply = await self.answer(request, self._say)
        assert reply is not None
        return reply

    async def _say(self, words: str) -> None:
        self.said.append(words)


@pytest.fixture
async def room(store: Store, tmp_path: Path) -> Room:
    clock = FakeClock(seoul(f"{FULL.date} 17:00"))
    platform = FakePlatform(clock)
    reading = FakeReading()
    app = replace(made_app(store, clock, tmp_path, platform, admin_channel="slack:COPS"), reading=reading)
    await store.editions.save(FULL)
    return Room(app, build_answer(app, clock.now), clock, reading, platform)


def words(reply: Reply) -> str:
    return "\n".join(text(message) for message in reply.messages)


def text(message: Message) -> str:
    return " ".join(span.text for block in message.blocks for span in spans(block))


async def test_an_event_is_answered_once_however_often_it_comes(room: Room) -> None:
    request = Request("same", Place("slack", "C1"), MEMBER, "help")
    assert await room.answer(request, room._say) is not None
    assert await room.answer(request, room._say) is None


async def test_an_unknown_word_gets_help_not_an_error(room: Room) -> None:
    reply = await room.ask("뭐야이건")
    assert "'뭐야이건'은 모르는 말" in words(reply) and "/aidaily today" in words(reply)
    assert "'hello'는 모르는 말" in words(await room.ask("hello"))


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("settings", "report")])
async def test_every_verb_answers_something_in_korean_whatever_it_is_given(room: Room, verb: str) -> None:
    for given in ("", "1", "2026-02-03/1", "쓰레기 <!channel> @everyone", "99", "2026-02-03/99"):
        reply = await room.ask(verb, given)
        assert reply.form or any("가" <= letter <= "힣" for letter in words(reply)), (verb, given)


class TestToday:
    async def test_the_stored_edition_is_shown_at_once(self, room: Room) -> None:
        reply = await room.ask("today")
        assert len(reply.messages) == len(FULL.stories) + 2
        assert reply.private
        assert room.said == []

    async def test_a_day_without_an_edition_says_when_one_comes(self, room: Room) -> None:
        room.clock.at += timedelta(days=1)
        assert "매일 16:40(Asia/Seoul)에 올라옵니다" in words(await room.ask("today"))

    async def test_a_past_day_without_an_edition_names_the_days_nearest_to_it(self, room: Room) -> None:
        earlier = FULL.date - timedelta(days=9)
        for on in (earlier, earlier - timedelta(days=1)):
            await room.app.store.editions.save(replace(FULL, date=on))
        assert words(await room.ask("today", "어제")) == (
            f"그날은 호가 없습니다({FULL.date - timedelta(days=1)}). 가까운 호: {earlier}, {FULL.date}"
        )
        told = words(await room.ask("today", "2025-12-25"))
        assert told == f"그날은 호가 없습니다(2025-12-25). 가까운 호: {earlier - timedelta(days=1)}"

    @pytest.mark.parametrize("form", ["{:%Y/%m/%d}", "{:%Y.%m.%d}", "{:%Y%m%d}", "{:%Y. %m. %d}."])
    async def test_a_date_is_read_in_the_usual_forms(self, room: Room, form: str) -> None:
        assert words(await room.ask("today", form.format(FULL.date))) == words(await room.ask("today"))

    async def test_a_date_that_is_none_is_explained(self, room: Room) -> None:
        assert "어제처럼" in words(await room.ask("today", "언젠가"))
        assert "없는 날짜" in words(await room.ask("today", "2월 30일"))

    async def test_korean_names_serve_as_well(self, room: Room) -> None:
        assert words(await room.ask("오늘")) == words(await room.ask("today"))


class TestPapers:
    async def test_a_paper_is_expanded_with_a_sign_of_work_first(self, room: Room) -> None:
        reply = await room.ask("paper", "1")
        assert "비용을 11% 줄였습니다." in words(reply) and "표 2" in words(reply)
        assert room.said and "읽는 중" in room.said[0]

    async def test_the_button_expands_its_own_story(self, room: Room) -> None:
        assert "표 2" in words(await room.ask("detail", f"{FULL.date}/1"))

    async def test_ambiguous_words_give_a_button_each(self, room: Room) -> None:
        room.reading.failure = PaperAmbiguous("여러 편입니다.", (("2602.1", "A"), ("2602.2", "B")))
        (message,) = (await room.ask("paper", "agents")).messages
        assert [(b.action, b.value) for b in message.buttons] == [("paper", "2602.1"), ("paper", "2602.2")]

    @pytest.mark.parametrize(
        "failure", [PaperUnreadable("그런 논문이 없습니다."), BudgetReached("예산을 다 썼습니다.")]
    )
    async def test_a_refusal_is_polite_and_says_why(self, room: Room, failure: Exception) -> None:
        room.reading.failure = failure
        assert str(failure).rstrip(".") in words(await room.ask("paper", "9999.99999"))

    async def test_a_bug_is_an_apology_with_a_number(self, room: Room) -> None:
        room.reading.failure = ValueError("secret detail")
        reply = await room.ask("paper", "1")
        assert "죄송합니다" in words(reply) and "secret" not in words(reply)

    async def test_a_question_names_its_paper_and_follow_ups_know_the_last_turns(self, room: Room) -> None:
        await room.ask("mention", "1 GPU는 몇 개나?", thread="100.1")
        reply = await room.ask("mention", "그럼 며칠 걸렸나요?", thread="100.1")
        assert "§5.2" in words(reply) and not reply.private
        (first, none), (second, turns) = room.reading.asked
        assert (first, none) == ("GPU는 몇 개나?", ())
        assert second == "그럼 며칠 걸렸나요?"
        assert [turn.content for turn in turns] == ["GPU는 몇 개나?", "GPU 8개를 썼습니다."]

    async def test_a_question_without_a_paper_asks_for_one(self, room: Room) -> None:
        assert "번호" in words(await room.ask("mention", "몇 개나 썼나요?", thread="100.2"))

    async def test_outside_threads_a_follow_up_is_about_the_paper_asked_about_last(self, room: Room) -> None:
        await room.ask("ask", "1 GPU는 몇 개나?")
        room.reading.titles = frozenset({"routing"})
        await room.ask("ask", "그럼 며칠 걸렸나요?")
        await room.ask("mention", "한계는?")
        assert [len(turns) for _, turns in room.reading.asked] == [0, 2, 4]
        assert [question for question, _ in room.reading.asked[1:]] == ["그럼 며칠 걸렸나요?", "한계는?"]
        await room.ask("ask", "routing 한계는?")  # the word of a title begins anew
        assert room.reading.found[-1] == "routing"
        room.clock.at += timedelta(minutes=31)
        assert "번호나 arXiv id" in words(await room.ask("mention", "한계는?"))

    @pytest.mark.parametrize(
        "question", ["이 논문 뭐가 좋아?", "코드 공개됐어?", "그거 라이선스는?", "학습에 얼마나 걸려?"]
    )
    async def test_a_question_that_names_no_paper_is_told_to_begin_with_a_number(
        self, room: Room, question: str
    ) -> None:
        room.reading.titles = frozenset({"이", "코드"})
        assert "논문 번호를 앞에 적어 주세요. 예: /aidaily ask 1 " in words(await room.ask("ask", question))
        assert room.reading.asked == []
        await room.ask("ask", "1번 GPU는 몇 개나?")
        assert room.reading.found[-1] == "1"
        await room.ask("ask", question)
        assert [asked for asked, _ in room.reading.asked] == ["GPU는 몇 개나?", question]

    async def test_one_person_asking_too_often_is_refused_for_a_while(self, room: Room) -> None:
        replies = [words(await room.ask(verb, "1 왜?")) for verb in ("ask", "mention") * 3]
        assert not any("다시 해 주세요" in reply for reply in replies)
        room.clock.at += timedelta(minutes=6)
        for verb, given in (("ask", "1 왜?"), ("paper", "1"), ("detail", f"{FULL.date}/1"), ("mention", "1 왜?")):
            refused = words(await room.ask(verb, given))
            assert refused == "논문·질문·주간은 합쳐서 10분 동안 한 사람이 6번까지 받습니다. 4분 뒤에 다시 해 주세요."
        assert "다시 해 주세요" not in words(await room.ask("ask", "1 왜?", person=KEEPER))
        room.clock.at += timedelta(minutes=5)
        assert "다시 해 주세요" not in words(await room.ask("ask", "1 왜?"))

    async def test_a_channel_that_asks_too_often_rests_as_a_whole(self, room: Room) -> None:
        for n in range(20):
            assert "다시 해 주세요" not in words(await room.ask("paper", "1", person=Person(f"U{n // 5}")))
        assert "한 채널에서 20번까지" in words(await room.ask("paper", "1", person=Person("U9")))

    async def test_a_refused_question_asks_nobody(self, room: Room) -> None:
        for _ in range(6):
            await room.ask("paper", "2602.00001")
        looked = len(room.reading.found)
        await room.ask("paper", "2602.00001")
        assert len(room.reading.found) == looked

    async def test_what_takes_its_time_to_be_found_is_announced_within_a_second(self, room: Room) -> None:
        room.reading.slow_s = 0.6
        started = time.monotonic()
        asking = asyncio.create_task(room.ask("paper", "2602.00001"))
        await until(lambda: room.said)
        assert time.monotonic() - started < 1.0 and room.said == ["논문을 찾는 중입니다…"]
        await asking
        assert ["찾는 중" in room.said[0], "읽는 중" in room.said[1], "정리" in room.said[2]] == [True] * 3


class TestChannels:
    async def test_subscribing_keeps_the_time_and_says_it_to_all(self, room: Room) -> None:
        reply = await room.ask("subscribe", "09:05")
        assert not reply.private and "09:05" in words(reply)
        subscribed = await room.app.store.subscriptions.get("slack", "C1")
        assert subscribed and (subscribed.post_at, subscribed.workspace) == ("09:05", "T1")

    async def test_subscribing_takes_a_time_with_its_days_and_zone(self, room: Room) -> None:
        assert "월화수목금 21:30(America/New_York)" in words(
            await room.ask("subscribe", "오후 9:30 평일 America/New_York")
        )
        await room.ask("subscribe", "09:00 KST")
        kept = await room.app.store.subscriptions.get("slack", "C1")
        assert kept and (kept.post_at, kept.tz, kept.weekdays) == ("09:00", "Asia/Seoul", (0, 1, 2, 3, 4))

    @pytest.mark.parametrize(
        ("where", "typed", "named"),
        [
            ("", "25:00", "'25:00'을"), ("", "9:30 Mars/Base", "'Mars/Base'를"), ("when", "116:40 매일", "'116:40'을"),
            ("when", "16:40 매일 오늘부터", "'오늘부터'를"), ("form", "5 반말 스레드", "'반말'을"),
            ("form", "5 합니다 cs.XX", "'cs.XX'를"), ("form", "cs.ABC", "'cs.ABC'를"),
        ],
    )  # fmt: skip
    async def test_a_word_that_nobody_understands_is_named_and_nothing_is_saved(
        self, room: Room, where: str, typed: str, named: str
    ) -> None:
        asking = room.ask("settings.save", fields={where: typed}) if where else room.ask("subscribe", typed)
        assert f"{named} 이해하지 못했습니다" in words(await asking)
        assert await room.app.store.subscriptions.get("slack", "C1") is None

    async def test_every_category_of_arxiv_may_be_chosen(self, room: Room) -> None:
        await room.ask("settings.save", fields={"form": "5개 합니다, CS.cl, quant-ph, COND-MAT.Soft"})
        kept = await room.app.store.subscriptions.get("slack", "C1")
        assert kept and kept.profile.categories == ("cs.CL", "quant-ph", "cond-mat.soft")

    @pytest.mark.parametrize(("team", "shown"), [("A100 2장", "팀: A100 2장"), ("A100 2장\nGo", "팀: A100 2장 …")])
    async def test_only_a_team_that_is_cut_is_shown_as_cut(self, room: Room, team: str, shown: str) -> None:
        (saved,) = (await room.ask("settings.save", fields={"team": team})).messages
        assert shown in [span.text for block in saved.blocks for span in spans(block)]

    async def test_a_channel_that_cannot_be_posted_to_is_told_why(self, room: Room) -> None:
        async def refuse(place: Place) -> str:
            return "이 채널에 '메시지 보내기' 권한이 없습니다."

        room.platform.welcome = refuse
        assert "권한" in words(await room.ask("subscribe"))
        assert await room.app.store.subscriptions.get("slack", "C1") is None

    async def test_unsubscribing_ends_it(self, room: Room) -> None:
        assert "구독하고 있지 않습니다" in words(await room.ask("unsubscribe"))
        await room.ask("subscribe")
        await room.ask("unsubscribe")
        assert await room.app.store.subscriptions.get("slack", "C1") is None

    async def test_who_may_change_a_channel_is_decided_here(self, room: Room) -> None:
        for verb in ("subscribe", "settings", "settings.save"):
            assert "관리하는 사람만" in words(await room.ask(verb, person=GUEST))
        await room.ask("subscribe")
        await room.ask("settings.save", fields={"form": "5 합니다 스레드 관리자만"}, person=KEEPER)
        assert "관리하는 사람만" in words(await room.ask("unsubscribe", person=MEMBER))
        assert (await room.ask("settings", person=KEEPER)).form is not None

    async def test_the_form_shows_what_is_and_saves_what_is_filled_in(self, room: Room) -> None:
        form = (await room.ask("settings")).form
        assert form and form.verb == "settings.save" and len(form.fields) <= 5
        given = {"when": "08:30 월수금 Europe/Berlin", "topics": "RAG, 에이전트", "excluded": "EEG",
                 "form": "3 음슴 루트만", "team": "FastAPI\nA10 두 장"}  # fmt: skip
        await room.ask("settings.save", fields=given)
        kept = await room.app.store.subscriptions.get("slack", "C1")
        assert kept and (kept.post_at, kept.tz, kept.weekdays) == ("08:30", "Europe/Berlin", (0, 2, 4))
        assert kept.settings["root_only"] is True
        assert kept.profile == replace(
            Profile(), topics=("RAG", "에이전트"), excluded=("EEG",), stories=3, tone="음슴", team="FastAPI\nA10 두 장"
        )
        again = (await room.ask("settings")).form
        assert again and {f.name: f.value for f in again.fields}["when"] == "08:30 월수금 Europe/Berlin"

    async def test_followed_names_and_categories_are_kept_shown_and_taken_out_again(self, room: Room) -> None:
        given = {"topics": "RAG, @Sample Lab, @Ann Lee", "form": "4 합니다 스레드 cs.cl stat.ML"}
        saved = words(await room.ask("settings.save", fields=given))
        assert "따라 보는 저자·연구실: Sample Lab, Ann Lee" in saved and "cs.CL stat.ML" in saved
        kept = await room.app.store.subscriptions.get("slack", "C1")
        wanted = Profile(topics=("RAG",), authors=("Sample Lab", "Ann Lee"), stories=4, categories=("cs.CL", "stat.ML"))
        assert kept and kept.profile == wanted
        form = (await room.ask("settings")).form
        assert form
        shown = {f.name: f.value for f in form.fields}
        await room.ask("settings.save", fields=shown)
        again = await room.app.store.subscriptions.get("slack", "C1")
        assert again and again.profile == wanted
        await room.ask("settings.save", fields={"topics": "RAG", "form": "5 합니다 스레드"})
        plain = await room.app.store.subscriptions.get("slack", "C1")
        assert plain and plain.profile == Profile(topics=("RAG",))

    @pytest.mark.parametrize("given", [{"when": "아침"}, {"when": "16:40 Mars/Base"}, {"form": "9 합니다"}])
    async def test_a_value_that_is_wrong_is_not_saved_and_said(self, room: Room, given: dict[str, str]) -> None:
        assert "저장하지 않았습니다" in words(await room.ask("settings.save", fields=given))
        assert await room.app.store.subscriptions.get("slack", "C1") is None

    async def test_a_channels_glossary_is_listed_added_to_and_removed_from(self, room: Room) -> None:
        assert "기본 용어집" in words(await room.ask("용어"))
        await room.ask("subscribe")
        await room.ask("용어", "추가 fine-tuning=파인튜닝")
        await room.ask("용어", "추가 RAG=")
        assert "fine-tuning → 파인튜닝" in words(await room.ask("용어"))
        assert words(await room.ask("용어", "삭제 rag")) == "용어집에서 지웠습니다. 다음 호부터 쓰지 않습니다: rag"
        kept = await room.app.store.subscriptions.get("slack", "C1")
        assert kept and kept.profile.glossary == (("fine-tuning", "파인튜닝"),)
        assert "없습니다" in words(await room.ask("용어", "삭제 rag"))

    @pytest.mark.parametrize("typed", ["추가 RAG= (영어 그대로)", "추가 RAG=영어 그대로", "추가 RAG="])
    async def test_a_term_is_kept_in_english_as_the_help_says_it(self, room: Room, typed: str) -> None:
        await room.ask("subscribe")
        assert words(await room.ask("용어", typed)).endswith("RAG → 영어 그대로")
        kept = await room.app.store.subscriptions.get("slack", "C1")
        assert kept and kept.profile.glossary == (("RAG", ""),)

    async def test_a_word_is_looked_up_in_the_channels_and_the_shipped_glossary(self, room: Room) -> None:
        await room.ask("subscribe")
        await room.ask("용어", "추가 fine-tuning=파인튜닝")
        assert "파인튜닝 (이 채널)" in words(await room.ask("용어", "fine-tuning"))
        assert "정확도 (기본 용어집)" in words(await room.ask("용어", "accuracy"))
        assert "용어집에 없습니다" in words(await room.ask("용어", "flibbertigibbet"))
        assert "이렇게 적어 주세요" in words(await room.ask("용어", "추가 RAG"))


class TestStories:
    async def test_evidence_is_the_original_sentences(self, room: Room) -> None:
        quote = next(claim.quote for claim in FULL.stories[0].summary if claim.quote)
        assert quote[:40] in words(await room.ask("evidence", f"{FULL.date}/1"))

    async def test_why_tells_the_reasons(self, room: Room) -> None:
        assert FULL.stories[0].why[0] in words(await room.ask("why", f"{FULL.date}/1"))

    async def test_why_tells_what_the_ranking_alone_would_have_done(self, room: Room) -> None:
        on = FULL.date - timedelta(days=1)
        first, second = (story.item.id for story in FULL.stories[:2])
        for prompts, said in (("p1", ("순위만으로도 2번째", "순위만으로는 빠졌고")), ("", ("", ""))):
            edition = replace(FULL, date=on, ranking_choice=("2602.99999", first), prompts=prompts)
            await room.app.store.editions.save(edition)
            for n, expected in enumerate(said, 1):
                reply = words(await room.ask("why", f"{on}/{n}"))
                assert expected in reply and ("순위만" in reply) is bool(prompts)
        assert second not in edition.ranking_choice

    async def test_a_vote_is_one_a_person_and_changeable(self, room: Room) -> None:
        value = f"{FULL.date}/2"
        assert "적었습니다" in words(await room.ask("up", value))
        assert "이미" in words(await room.ask("up", value))
        assert "바꿨습니다" in words(await room.ask("down", value))
        votes = await room.app.store.feedback.votes("slack", "C1", date.min)
        assert [(vote.item, vote.value) for vote in votes] == [(FULL.stories[1].item.id, -1)]

    async def test_what_the_votes_taught_is_shown_and_can_be_taken_back(self, room: Room) -> None:
        assert "아직 배운 취향이 없습니다" in words(await room.ask("취향"))
        liked, other = FULL.stories[0], FULL.stories[1]
        await room.app.store.items.save([liked.item, other.item], FULL.date)
        await room.ask("up", f"{FULL.date}/1")
        await room.ask("up", f"{FULL.date}/2", person=GUEST)
        shown = words(await room.ask("taste"))
        assert "👍 저자 A. Author" in shown and "+0." in shown and "취향 취소 를 쓰세요. 모두 지우려면" in shown
        assert "거뒀습니다" in words(await room.ask("취향", "취소"))
        assert "남긴 👍·👎가 없습니다" in words(await room.ask("취향", "취소"))
        (left,) = await room.app.store.feedback.votes("slack", "C1", date.min)
        assert (left.person, left.item) == (GUEST.id, other.item.id)
        assert "관리하는 사람만" in words(await room.ask("취향", "지우기", person=GUEST))
        assert "1개를 지웠습니다" in words(await room.ask("취향", "지우기"))
        assert words(await room.ask("취향", "지우기")) == "이 채널에 지울 👍·👎가 없습니다."
        assert await room.app.store.feedback.votes("slack", "C1", date.min) == ()

    async def test_a_report_reaches_the_store_and_the_operator(self, room: Room) -> None:
        form = (await room.ask("report", f"{FULL.date}/1")).form
        assert form and form.verb == "report.save" and form.words == f"{FULL.date}/1"
        await room.ask("report.save", form.words, fields={"what": "8배가 아니라 4배입니다"})
        (report,) = await room.app.store.feedback.reports(date.min)
        assert report.words == "8배가 아니라 4배입니다"
        assert room.platform.told[0][0] == "COPS"

    @pytest.mark.parametrize(
        ("admin", "outcome", "said"),
        [
            ("slack:COPS", [], "운영자에게 전했습니다."),
            ("slack:COPS", [NotSent("429")], "적어 두었습니다."),
            (None, [], "적어 두었습니다."),
        ],
    )
    async def test_the_reader_is_told_what_became_of_the_report(
        self, room: Room, admin: str | None, outcome: list[Outcome], said: str
    ) -> None:
        app = replace(room.app, settings=room.app.settings.model_copy(update={"admin_channel": admin}))
        room.answer, room.platform.tells = build_answer(app, room.clock.now), [*outcome]
        assert said in words(await room.ask("report.save", f"{FULL.date}/1", fields={"what": "8배가 아닙니다"}))


@pytest.mark.parametrize(
    ("typed", "ahead", "named"),
    [
        ("2026-02-20", True, date(2026, 2, 20)), ("2026-2-3 것", False, date(2026, 2, 3)),
        ("2월 20일까지", True, date(2026, 2, 20)), ("2/2", True, date(2027, 2, 2)), ("2/2", False, date(2026, 2, 2)),
        ("12월 31일", False, date(2025, 12, 31)), ("2025년 3월 1일", True, date(2025, 3, 1)),
        ("어제", False, date(2026, 2, 2)), ("그저께", False, date(2026, 2, 1)), ("내일까지", True, date(2026, 2, 4)),
        ("언젠가", False, None), ("26/2/3", False, None), ("2026-02-031", False, None),
        ("2026/2/20까지", True, date(2026, 2, 20)), ("2026. 2. 3.", False, date(2026, 2, 3)),
        ("20260203", False, date(2026, 2, 3)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed: str, ahead: bool, named: date | None) -> None:
    assert read_day(typed, date(2026, 2, 3), ahead=ahead) == named
