"""Nothing is told twice; what is new about something that was told is told as a follow-up; other news is other news."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.memory import recall
from core.model import Item, News, Story, news_id
from tests.days import paper

TODAY = date(2026, 2, 10)
YESTERDAY = TODAY - timedelta(days=1)


def story(*items: Item, n: int = 1, **changes: Any) -> Story:
    made = Story(
        n, items[0], "먼저 전한 제목", (), (), "", (), (), (), "abstract", (), merged=items[1:]
    )  # fmt: skip
    return replace(made, **changes)


def news(title: str, url: str = "", **changes: Any) -> News:
    url = url or f"https://{news_id(title)[5:]}.example/a"
    made = News(news_id(url), url, title, f"About: {title}.", "Feed", published=datetime(2026, 2, 9, 1, tzinfo=UTC))
    return replace(made, **changes)


def repeated(item: Item, told: Item, days: int = 1) -> bool:
    return item.id in recall([item], [(TODAY - timedelta(days=days), story(told))], TODAY).repeats


def new(item: Item, *told: Story) -> str | None:
    """What is new about it."""
    found = recall([item], [(YESTERDAY, each) for each in told], TODAY).follow_ups.get(item.id)
    return found.what if found else None


PLAIN = paper(1, abstract="We introduce Model1X. It is fast.", title="Model1X: Faster Agents for Language Models")
CODED = replace(PLAIN, version=2, comment="Code is available at https://github.com/lab/model1x")


class TestRepeats:
    def test_a_new_version_or_a_cross_list_of_a_paper(self) -> None:
        assert repeated(replace(PLAIN, version=2, title="Model1X: Much Faster Agents", announced="cross"), PLAIN)

    def test_the_same_paper_under_another_id(self) -> None:
        assert repeated(replace(PLAIN, id="2602.99999"), PLAIN)

    @pytest.mark.parametrize(
        ("today", "told"),
        [
            ("OpenAI releases GPT-5.2 for developers", "OpenAI releases GPT-5.2 for developers"),
            ("OpenAI launches GPT-5.2 model for developers", "OpenAI releases GPT-5.2 for developers"),
            ("OpenAI releases GPT-5.2 for developers - TechNews", "OpenAI releases GPT-5.2 for developers"),
            ("Mistral raises $600 million in new funding round", "Mistral raises $600 million in funding round"),
            ("OpenAI Releases GPT-5.2 for Agents | AI Daybook", "OpenAI releases GPT-5.2 for agents"),
            ("OpenAI releases GPT-5.2 for AI - Feed", "OpenAI releases GPT-5.2 for AI"),
            ("DeepSeek-V3.2 released with sparse attention", "DeepSeek releases V3.2 with sparse attention"),
            ("OpenAI launches ChatGPT Atlas, its AI browser", "OpenAI launches ChatGPT Atlas browser"),
            ("오픈AI, 개발자용 GPT-5.2 모델 정식 출시", "오픈AI, 개발자용 GPT-5.2 모델 출시"),
        ],
    )
    def test_the_same_news_from_another_feed(self, today: str, told: str) -> None:
        assert repeated(news(today), news(told), days=13)
        assert repeated(news(told), news(today), days=13)

    def test_the_same_news_at_an_address_with_other_tracking(self) -> None:
        told = news("Tool 3 is here", "https://lab.example/blog/tool-3")
        assert repeated(news("What Tool 3 means to you", "https://lab.example/blog/tool-3?utm_source=rss"), told) or (
            repeated(news("What Tool 3 means to you", "https://lab.example/blog/tool-3#top"), told)
        )

    @pytest.mark.parametrize(
        ("korean", "english"),
        [
            ("오픈AI, 코딩 성능 높인 GPT-5.2 공개", "OpenAI releases GPT-5.2 with better coding"),
            ("구글, 제미나이 3 플래시 출시", "Introducing Gemini 3 Flash"),
            ("앤트로픽, 클로드 오퍼스 4.6 선보여", "Anthropic launches Claude Opus 4.6"),
            ("앤트로픽, 130억 달러 투자 유치", "Anthropic raises $13 billion"),
            ("메타, 라마 4 공개", "Meta releases Llama 4"),
            ("Qwen3.5 오픈소스로 공개", "Alibaba open-sources Qwen3.5"),
            ("Nano Banana 2: 프로 기능과 빠른 속도를 결합", "Nano Banana 2: Combining Pro capabilities with speed"),
            ("오픈AI, 기업용 에이전트 플랫폼 ‘Frontier’ 공개", "Introducing OpenAI Frontier"),
            ("Perplexity Computer — 19개 AI 모델을 조율하는 디지털 워커 출시", "Introducing Perplexity Computer"),
        ],
    )
    def test_korean_and_english_titles_of_one_event(self, korean: str, english: str) -> None:
        assert repeated(news(korean), news(english)) and repeated(news(english), news(korean))
        assert not repeated(news(korean), news(english), days=7)

    def test_a_pointer_to_the_papers_page_is_the_paper(self) -> None:
        assert repeated(news("A fast agent model", f"https://huggingface.co/papers/{PLAIN.id}"), PLAIN)

    def test_a_repeat_leaves_other_news_of_the_day_alone(self) -> None:
        told = news("Introducing GPT-5 for developers everywhere")
        other = news("Introducing GPT-5.1 for developers everywhere")
        again = replace(told, id=news_id("https://b.example/x"), url="https://b.example/x")
        assert recall([again, other], [(YESTERDAY, story(told))], TODAY).repeats == {again.id}


class TestOtherNews:
    @pytest.mark.parametrize(
        ("today", "told"),
        [
            ("OpenAI releases GPT-5.1 for developers", "OpenAI releases GPT-5 for developers"),
            ("The AI engineering letter, issue 13", "The AI engineering letter, issue 12"),
            ("Introducing ChatGPT Atlas for enterprise teams", "Introducing ChatGPT Pulse for enterprise teams"),
            ("Introducing GPT-5 Codex for developers", "Introducing GPT-5 for developers"),
            ("Google launches Gemini 3 Flash for developers", "Google launches Gemini 3 Pro for developers"),
            ("OpenAI delays release of GPT-5.2 for developers", "OpenAI releases GPT-5.2 for developers"),
            ("OpenAI cuts price of GPT-5.2 for developers", "OpenAI releases GPT-5.2 for developers"),
            ("What is new in our SDK: March edition", "What is new in our SDK: April edition"),
            ("구글, 개발자용 제미나이 3 프로 정식 출시", "구글, 개발자용 제미나이 3 플래시 정식 출시"),
            ("오픈AI, GPT-5.2 개발자용 모델 출시 연기", "오픈AI, GPT-5.2 개발자용 모델 출시"),
            ("오픈AI, GPT-5.2 공개", "OpenAI releases GPT-5.1 for developers"),
            ("오픈AI, GPT-5.2 가격 인하", "OpenAI releases GPT-5.2 for developers"),
            ("오픈AI, GPT-5.2 공개", "Introducing GPT-5.2 Codex"),
            ("구글, 제미나이 3 플래시 출시", "Introducing Gemini 3 Pro"),
            ("구글, 제미나이 3 출시", "Microsoft ships Copilot 3"),
            ("Nano Banana 2: 사용기와 비교", "Nano Banana 2: Combining capabilities with speed"),
            ("오픈AI, ‘Frontier’ 공개", "Introducing OpenAI Frontier Alliance"),
            ("오픈AI, GPT-5.2 공개", "Introducing GPT-5.2-Codex"),
            ("Introducing GPT-5.2-Codex for developers", "Introducing GPT-5.2 for developers"),
            ("Amazon Bedrock now supports Llama 4", "Amazon Bedrock now supports Qwen3"),
            ("Disrupting malicious uses of AI: June 2026", "Disrupting malicious uses of AI: February 2026"),
            ("앤트로픽, 130억 달러 투자 유치", "Anthropic raises $30 billion"),
            ("Qwen3 7B 오픈소스 공개", "Alibaba open-sources Qwen3.5 7B"),
            ("오픈AI, 새 가격 정책 공개", "OpenAI releases new safety policies"),
            ("ChatGPT: 아틀라스로 웹을 보는 법", "ChatGPT: Pulse reads the web"),
            ("GPT-5.2, 수학 대회에서 금메달", "GPT-5.2 is available on Azure"),
        ],
    )
    def test_near_equal_titles_of_different_news(self, today: str, told: str) -> None:
        assert not repeated(news(today), news(told))
        assert not repeated(news(told), news(today))

    def test_a_column_that_keeps_its_title(self) -> None:
        told = news("The week in open models and agents", published=datetime(2026, 2, 2, tzinfo=UTC))
        assert not repeated(news("The week in open models and agents", "https://feed.example/2", summary="New."), told)

    def test_news_that_only_shares_a_papers_name_and_tells_nothing_new_is_ordinary_news(self) -> None:
        told = story(PLAIN, news("Model1X tops the agent charts"))
        found = recall([news("Startup bets its future on Model1X licences")], [(YESTERDAY, told)], TODAY)
        assert not found.repeats and not found.follow_ups

    def test_papers_with_similar_names(self) -> None:
        other = replace(PLAIN, id="2602.00002", title="Model1X2: Faster Agents for Language Models")
        assert not repeated(other, PLAIN)


class TestFollowUps:
    def test_code_that_was_not_there_before(self) -> None:
        assert new(CODED, story(PLAIN)) == "코드 공개"
        assert new(CODED, story(replace(PLAIN, comment="Code will be released upon acceptance."))) == "코드 공개"

    def test_code_that_the_first_story_named_is_nothing_new(self) -> None:
        assert new(CODED, story(PLAIN, facts=(("코드", "공개"),))) is None
        assert new(CODED, story(CODED)) is None

    @pytest.mark.parametrize(
        "comment",
        ["Accepted at ICLR 2026", "To appear in TMLR", "ICML 2026 (Oral)", "12 pages. CVPR 2026 camera-ready"],
    )
    def test_an_acceptance(self, comment: str) -> None:
        assert new(replace(PLAIN, comment=comment), story(PLAIN)) == "학회·학술지 채택"
        assert new(replace(PLAIN, comment=comment), story(replace(PLAIN, comment="Accepted by NeurIPS"))) is None

    @pytest.mark.parametrize(
        "comment",
        [
            "Submitted to ICML 2026",
            "Under review at ACL 2026",
            "v2: fixed typos",
            "ICLR 2026 format",
            "Project: github.com/lab/cvpr2026-code",
            "Extended version of our ICML 2024 paper",
            "9 pages, 3 figures",
        ],
    )
    def test_what_is_no_acceptance(self, comment: str) -> None:
        changed = replace(PLAIN, version=2, comment=comment)
        assert new(changed, story(PLAIN)) is None and repeated(changed, PLAIN)

    def test_the_first_news_about_a_paper_and_only_the_first(self) -> None:
        report = news("Lab's agent model is fast", summary=f"See https://arxiv.org/abs/{PLAIN.id}.")
        assert new(report, story(PLAIN)) == "관련 보도"
        assert new(news("Model1X reaches production at a bank"), story(PLAIN)) == "관련 보도"
        second = news("Why everybody reads this paper", summary=f"See https://arxiv.org/abs/{PLAIN.id}.")
        assert new(second, story(PLAIN, report)) is None
        assert second.id in recall([second], [(YESTERDAY, story(PLAIN, report))], TODAY).repeats

    def test_the_paper_behind_news(self) -> None:
        assert new(PLAIN, story(news("Lab announces Model1X agents"))) == "논문 공개"

    def test_it_names_the_first_story_and_lets_the_whole_event_through(self) -> None:
        report = news("Lab's agent model is fast", summary=f"See https://arxiv.org/abs/{PLAIN.id}.")
        told: list[tuple[date, Story]] = [
            (TODAY - timedelta(days=9), story(PLAIN, n=3, headline="Model1X, 에이전트를 더 빠르게")),
            (TODAY - timedelta(days=4), story(CODED, n=2)),
        ]
        found = recall([replace(CODED, announced="cross"), report], told, TODAY)
        assert not found.repeats
        assert set(found.follow_ups) == {PLAIN.id, report.id}
        follow_up = found.marked(story(report)).follow_up
        assert follow_up is not None
        assert (follow_up.date, follow_up.n) == (TODAY - timedelta(days=9), 3)
        assert (follow_up.headline, follow_up.url) == ("Model1X, 에이전트를 더 빠르게", PLAIN.url)

    def test_a_follow_up_is_not_told_twice_either(self) -> None:
        told = [(TODAY - timedelta(days=9), story(PLAIN)), (YESTERDAY, story(CODED, facts=(("코드", "공개"),)))]
        assert recall([CODED], told, TODAY).repeats == {PLAIN.id}

    def test_a_lent_story_is_no_follow_up_for_whom_it_is_none(self) -> None:
        follow_up = recall([CODED], [(YESTERDAY, story(PLAIN))], TODAY).marked(story(CODED))
        assert follow_up.follow_up and recall([CODED], [], TODAY).marked(follow_up).follow_up is None


def test_the_first_day_has_nothing_to_recall() -> None:
    day: list[Item] = [PLAIN, news("OpenAI releases GPT-5.2")]
    found = recall(day, [], TODAY)
    assert not found.repeats and not found.follow_ups


def test_a_large_day_is_recalled_in_a_second_of_the_processor() -> None:
    day: list[Item] = [paper(n, title=f"Topic{n}Q: study {n} of agents") for n in range(1300)]
    day += [news(f"Company {n} launches product line number {n}") for n in range(300)]
    told = [(TODAY - timedelta(days=1 + k % 14), story(day[k * 20], n=1 + k % 5)) for k in range(70)]
    started = time.process_time()
    found = recall(day, told, TODAY)
    assert {each.item.id for _, each in told} <= found.repeats
    assert time.process_time() - started < 1
