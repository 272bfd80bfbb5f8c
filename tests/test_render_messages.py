"""What a channel gets: a root that stands alone, a message per story, a closing one; and nothing pretends."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from core.model import Claim, Cost, Edition, Link, News, SourceReport
from core.render import phrases
from core.render.message import Bullets, Divider, Heading, Message, Small, Span, Text, spans
from core.render.messages import HEADLINE, dereference, evidence, messages, reference
from core.render.plain import text
from core.render.split import length
from core.text import columns
from tests.editions import EDITIONS, HOSTILE, RETRAC, full, hostile


def words(blocks: Iterable[object]) -> str:
    return "\n".join("".join(span.text for span in spans(block)) for block in blocks)  # type: ignore[arg-type]


def headings(message: Message) -> list[str]:
    return ["".join(s.text for s in block.spans) for block in message.blocks if isinstance(block, Heading)]


def lists(message: Message) -> list[list[str]]:
    return [["".join(s.text for s in item) for item in b.items] for b in message.blocks if isinstance(b, Bullets)]


def small(message: Message) -> str:
    return words(block for block in message.blocks if isinstance(block, Small))


def root_of(edition: Edition) -> Message:
    return messages(edition)[0]


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_is_a_root_its_stories_and_a_closing_message(name: str) -> None:
    edition = EDITIONS[name]()
    told = messages(edition)
    assert [message.kind for message in told] == ["root", *["story"] * len(edition.stories), "closing"]
    for message in told:
        assert message.summary.strip() and "\n" not in message.summary
        assert isinstance(message.blocks[0], Heading)


@pytest.mark.parametrize("name", EDITIONS)
def test_nothing_is_shown_empty(name: str) -> None:
    for message in messages(EDITIONS[name]()):
        for block, following in zip(message.blocks, (*message.blocks[1:], None), strict=True):
            assert isinstance(block, Divider) or words([block]).strip()
            assert not (isinstance(block, Heading) and following is None)
            assert not (
                isinstance(block, Heading) and isinstance(following, Heading) and following.level <= block.level
            )
        assert all(item for block in message.blocks if isinstance(block, Bullets) for item in block.items)


def test_the_root_lists_the_stories_linked_with_their_keywords() -> None:
    edition = full()
    (top,) = [block for block in root_of(edition).blocks if isinstance(block, Bullets)]
    assert top.ordered and len(top.items) == 5
    for item, story in zip(top.items, edition.stories, strict=True):
        assert item == (
            Span(story.headline, bold=True, url=story.item.url),
            Span(f" — {', '.join(story.keywords)}"),
        )


def test_the_root_is_read_in_a_minute_and_fits_a_plain_message() -> None:
    assert sum(length(block) for block in root_of(full()).blocks) < 700
    links = sum(len(span.url or "") for block in root_of(full()).blocks for span in spans(block))
    assert sum(length(block) for block in root_of(full()).blocks) + links < 1_400


def test_the_root_prints_the_funnel_the_batch_and_who_failed() -> None:
    assert small(root_of(full())).splitlines() == [
        "수집 1,304 → 신규 1,291 → 후보 60 → 선정 5",
        "16:20 KST 작성 · arXiv 배치: 2026-02-03 10:00 KST 공지, 논문 1,287편",
        "수집 실패: 피드: AI타임스(응답 없음(시간 초과 20초))",
        "요약과 근거는 스레드에 있습니다.",
    ]


def test_many_failures_are_counted_after_the_first_four() -> None:
    broken = tuple(SourceReport(f"출처 {n}", False, 0, "500") for n in range(9))
    line = small(root_of(replace(full(), sources=broken))).splitlines()[2]
    assert line == "수집 실패: 출처 0(500), 출처 1(500), 출처 2(500), 출처 3(500) 외 5곳"


def test_a_failure_without_a_reason_is_named_all_the_same() -> None:
    line = small(root_of(replace(full(), sources=(SourceReport("arXiv", False),)))).splitlines()[2]
    assert line == "수집 실패: arXiv"


def test_a_headline_cut_for_the_channel_stands_whole_below() -> None:
    long = "아주 긴 제목 " * 40
    story = messages(replace(full(), stories=(replace(full().stories[0], headline=long),)))[1]
    assert headings(story)[0].endswith("…")
    assert words(story.blocks[1:2]) == long.strip()


def test_root_only_promises_no_thread() -> None:
    (root,) = messages(full(), thread=False)
    assert "스레드" not in words(root.blocks)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("full", "AI Daily · 2월 3일 (화)"),
        ("sample", "AI Daily · 2월 3일 (화) · 표본"),
        ("draft", "AI Daily · 2월 3일 (화) · 초안"),
        ("extracted", "AI Daily · 2월 3일 (화) · 발췌"),
    ],
)
def test_the_root_says_what_it_is_not_in_its_first_line_and_in_its_notification(name: str, heading: str) -> None:
    root = root_of(EDITIONS[name]())
    assert headings(root) == [heading]
    assert root.summary.startswith(f"{heading}: 1. ")


def test_a_weekend_says_that_arxiv_announces_nothing() -> None:
    told = words(root_of(EDITIONS["weekend"]()).blocks)
    assert "arXiv 배치: 오늘 공지 없음(주말)" in told
    assert "주말에는 arXiv 공지가 없어 뉴스만 싣습니다." in told
    assert "수집 실패" not in told


def test_a_day_on_which_arxiv_was_down_never_reads_as_a_day_without_papers() -> None:
    told = words(root_of(EDITIONS["failing"]()).blocks)
    assert "arXiv 수집에 실패해 논문이 빠져 있습니다." in told
    assert "공지 없음" not in told
    assert told.count("요청이 너무 잦다는 응답") == 1


def test_nothing_to_choose_from_is_told_apart_from_nothing_received() -> None:
    nothing = EDITIONS["nothing"]()
    assert "새 소식 없음" in words(root_of(nothing).blocks)
    failed = replace(nothing, sources=(SourceReport("피드: OpenAI", False, 0, "500"),))
    told = words(root_of(failed).blocks)
    assert "새 소식 없음" not in told and "수집에 실패한 출처가 있어" in told


def test_a_story_has_its_five_sections_by_their_names() -> None:
    for message in messages(full())[1:-1]:
        assert tuple(headings(message)[1:]) == phrases.SECTIONS


def test_a_story_begins_with_headline_original_title_and_fact_strip() -> None:
    story = full().stories[0]
    head, original, strip = messages(full())[1].blocks[:3]
    assert head == Heading((Span("1. ", bold=True), Span(story.headline, bold=True, url=story.item.url)))
    assert original == Text((Span(story.item.title, italic=True),))
    assert words([strip]).split(" · ") == [
        "arXiv 2602.01785", "cs.CL", "2026-02-02 제출", "코드 공개", "라이선스 MIT", "가중치·필요 자원은 본문에 없음",
        "기준: 본문 HTML",
    ]  # fmt: skip
    assert small(messages(full())[1]).endswith("왜 뽑았나: Hugging Face 추천 61 · 코드 공개 · 개발 도구와 관련")


def test_a_submission_in_the_night_is_dated_as_in_korea() -> None:
    story = full().stories[0]
    item = replace(story.item, published=full().built_at.replace(day=2, hour=16))
    assert "2026-02-03 제출" in phrases.facts(replace(story, item=item))


def test_links_are_those_of_the_record_alone() -> None:
    edition = full()
    for message, story in zip(messages(edition)[1:-1], edition.stories, strict=True):
        urls = [span.url for block in message.blocks for span in spans(block) if span.url]
        assert urls == [story.item.url, *(link.url for link in story.links)]


def test_an_items_own_link_is_labelled_with_its_title() -> None:
    story = full().stories[0]
    record = (Link("arXiv", story.item.url), Link("코드", "https://github.com/YerbaPage/CodeOCR"))
    labels = [label for label, _ in phrases.links(replace(story, links=record))]
    assert labels == [story.item.title, "코드"]


def test_a_story_that_is_less_than_it_should_be_says_so() -> None:
    story = messages(EDITIONS["failing"]())[1]
    assert "자동 검증을 통과하지 못해 요약을 싣지 않습니다." in words(story.blocks)
    assert headings(story)[1:] == ["참고 링크"]


def test_without_a_model_the_writers_sections_are_absent_and_that_is_said_once() -> None:
    told = messages(EDITIONS["extracted"]())
    assert all(headings(message)[1:] == ["요약", "참고 링크"] for message in told[1:-1])
    assert phrases.ACTIONS not in headings(told[-1])
    every = words(block for message in told for block in message.blocks)
    assert every.count("언어 모델 없이") == 1
    assert "근거" not in {button.label for message in told for button in message.buttons}


def test_where_a_model_failed_nobody_says_that_there_was_none() -> None:
    note = "모델의 답을 쓸 수 없었습니다(모든 이슈 원문 발췌): test: 제한 시간 안에 답이 없습니다."
    told = words(root_of(replace(EDITIONS["extracted"](), cost=Cost("test"), notes=(note,))).blocks)
    assert "언어 모델 없이" not in told and "실무 액션은 없습니다." in told and told.count(note) == 1


def test_a_thread_without_summaries_promises_none() -> None:
    told = words(root_of(EDITIONS["failing"]()).blocks)
    assert "원문 링크는 스레드에 있습니다." in told and "요약과 근거" not in told


def test_buttons_carry_ids_only() -> None:
    root, *stories, closing = messages(full())
    assert [(button.action, button.value) for button in root.buttons] == [("settings", "2026-02-03")]
    for n, message in enumerate(stories, 1):
        assert [(b.action, b.label, b.value) for b in message.buttons] == [
            ("detail", "자세히", f"2026-02-03/{n}"),
            ("evidence", "근거", f"2026-02-03/{n}"),
            ("up", "👍", f"2026-02-03/{n}"),
            ("down", "👎", f"2026-02-03/{n}"),
            ("report", "틀렸어요", f"2026-02-03/{n}"),
        ]
        assert all(0 < len(button.accessibility) <= 75 for button in message.buttons)
    assert closing.buttons == ()


@pytest.mark.parametrize("profile", ["default", "0123456789ab"])
def test_a_reference_leads_back_to_its_story(profile: str) -> None:
    edition = replace(full(), profile=profile)
    assert dereference(reference(edition, 3)) == (edition.date, profile, 3)
    assert dereference("2026-02-03/3") == (edition.date, "default", 3)


@pytest.mark.parametrize("value", ["", "2026-02-03", "어제/3", "2026-02-03/셋"])
def test_what_is_no_reference_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        dereference(value)


def test_the_closing_message_has_actions_shortlist_and_sources() -> None:
    closing = messages(full())[-1]
    assert headings(closing) == [phrases.ACTIONS, "원문 목록: 상위 20건", "뉴스", "논문", "출처 상태"]
    actions, news, papers, failed = lists(closing)
    assert actions[1] == "추론 서버: 스테이징에서 3.0으로 올려 한 시간 부하 시험"
    assert len(news) + len(papers) == 20
    assert papers[0].endswith("in Code Understanding (1번 이슈)")
    assert failed == ["피드: AI타임스 — 수집 실패: 응답 없음(시간 초과 20초)"]
    told = small(closing)
    assert "이 밖에 229건을 더 수집했습니다(뉴스 0, 논문 229)." in told
    assert "피드: OpenAI — 새 소식 없음" in told and "Hugging Face — 38건 (추천 신호)" in told
    assert "비용 $0.0286" in told and "프롬프트: 2026-11" in told


def test_news_that_several_sources_gave_is_said_to_stand_once() -> None:
    twice = replace(full(), sources=(SourceReport("피드: A", True, 1_003), SourceReport("Hacker News", True, 5)))
    assert "뉴스 1,008건 가운데 여러 출처에 겹친 1,004건은 하나로 합쳤습니다." in small(messages(twice)[-1])
    assert "합쳤습니다" not in words(messages(full())[-1].blocks)


def test_a_message_calls_one_thing_new_and_writes_numbers_with_commas() -> None:
    thread = replace(full(), sources=(SourceReport("arXiv", True, 1_287, "새 제출 1,022 · 교차 등록 265"),))
    for message in (root_of(thread), messages(thread)[-1]):
        told = words(message.blocks)
        assert told.count("신규") == 1 and not re.search(r"\d{4,}[편건]", told)


def test_a_sample_says_that_nothing_is_counted() -> None:
    told = small(messages(EDITIONS["sample"]())[-1])
    assert "호출 7회 · 표본이라 토큰과 비용을 세지 않습니다" in told and "$" not in told


def test_every_collected_item_is_listed_or_counted() -> None:
    edition = full()
    news, papers = lists(messages(edition)[-1])[1:3]
    rest = len(edition.index) - len(news) - len(papers)
    kinds = sum(isinstance(item, News) for item in edition.index) - len(news)
    assert f"이 밖에 {rest:,}건을 더 수집했습니다(뉴스 {kinds}, " in small(messages(edition)[-1])


def test_evidence_pairs_each_sentence_with_its_source_and_its_place() -> None:
    story = full().stories[0]
    told = [words([block]) for block in evidence(story).blocks]
    for n, claim in enumerate([claim for claim in (*story.summary, *story.risks) if claim.quote], 1):
        assert told[told.index(claim.text) + 1] == f"{claim.quote} [§3.{n}]"
    assert told[-1] == "기준: 본문 HTML"


def test_evidence_speaks_of_every_sentence_opinions_too() -> None:
    story = full().stories[0]
    told = [words([block]) for block in evidence(story).blocks]
    assert told[told.index(story.one_liner) + 1].endswith(" [§3.1 · 가장 가까운 원문]")
    idea = "저장소 중복 코드 점검을 이미지 입력으로 한 번 돌려 비용 차이 기록"
    assert told[told.index(idea) + 1] == "의견 · 가까운 원문 문장 없음"
    assert told[told.index(story.risks[1].text) + 1] == "옮길 원문 문장 없음"


def test_a_quote_whose_place_was_not_kept_is_shown_with_what_was_read() -> None:
    story = replace(full().stories[0], grounds=())
    told = [words([block]) for block in evidence(story).blocks]
    assert told[told.index(story.summary[0].text) + 1] == f"{story.summary[0].quote} [본문 HTML]"


def test_evidence_that_does_not_exist_is_not_promised() -> None:
    bare = replace(full().stories[0], summary=(Claim("문장."),), risks=(), grounds=())
    assert "근거로 남긴 원문 문장이 없습니다" in words(evidence(bare).blocks)
    own = EDITIONS["extracted"]().stories[0]
    assert "모두 원문 그대로입니다" in words(evidence(own).blocks)


@pytest.mark.parametrize("hostile_text", HOSTILE)
def test_hostile_text_stays_literal_and_bounded(hostile_text: str) -> None:
    for message in messages(hostile(hostile_text)):
        assert message.summary.strip()
        for block in message.blocks:
            for span in spans(block):
                assert span.text and "\n" not in span.text
                assert span.url is None or span.url.startswith(("https://example.com/a", "https://arxiv.org/abs/"))
    root = root_of(hostile(hostile_text))
    (top,) = [block for block in root.blocks if isinstance(block, Bullets)]
    assert all(len(item[0].text) <= HEADLINE for item in top.items)
    assert len(root.summary) < 400


def test_backticks_in_pairs_are_code_and_nothing_else_is() -> None:
    (ideas,) = [b for b in messages(full())[1].blocks if isinstance(b, Bullets) and "--render" in words([b])]
    assert Span("--render png", code=True) in ideas.items[0]


def test_plain_text_keeps_every_word_and_address_within_the_width() -> None:
    for message in messages(full()):
        told = text(message, 60)
        for line in told.splitlines():
            assert columns(line) <= 60 or "http" in line
        for block in message.blocks:
            for span in spans(block):
                assert span.url is None or span.url in told
                assert "".join(span.text.split()) in "".join(told.replace("│", "").split())


def test_plain_text_without_a_width_is_not_wrapped() -> None:
    assert max(map(columns, text(messages(full())[1]).splitlines())) > 90


@pytest.mark.parametrize("name", ["full", "extracted", "failing", "weekend", "followed"])
def test_golden(name: str, golden: Callable[[str, str], None]) -> None:
    edition = EDITIONS[name]()
    golden(f"render/{name}.txt", "\n".join(text(message, 78) for message in messages(edition)))


def test_a_follow_up_names_and_links_the_first_story_in_the_thread_and_says_so_in_the_root() -> None:
    root, _, _, story, *_ = messages(EDITIONS["followed"]())
    assert words(root.blocks).count("(후속)") == 1
    (said,) = (block for block in story.blocks if "후속(학회·학술지 채택): 2026-01-26 2번" in words((block,)))
    assert isinstance(said, Text)
    assert [(span.text, span.url) for span in said.spans][1:] == [
        ("실패한 검색을 요약해 다시 쓰는 Re-TRAC", RETRAC.url)
    ]
