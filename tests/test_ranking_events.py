"""One event, one place: headlines from one mould are many events, one event in other words is one."""

import pytest

from core.ranking.events import events
from core.ranking.wording import tells_the_same
from tests.test_ranking import news

SAME = [
    ("Orchard open-sources Pippin 3 coding model", "Orchard has open-sourced its Pippin 3 coding model"),
    ("Orchard raises $12B at $300B valuation", "Orchard raises $12 billion at a $300 billion valuation"),
    ("Introducing Pippin 5.2", "Orchard introduces Pippin 5.2"),
    ("Introducing GPT-9.5", "OpenAI releases GPT-9.5"),
    ("OpenAI releases GPT-9.5", "오픈AI, GPT-9.5 공개"),
    ("Google launches Gemini 9 Flash", "구글, Gemini 9 Flash를 출시"),
    ("Quarry to buy AI chip startup Brellium for $4bn", "Quarry buys Brellium, an AI chip startup, for $4 billion"),
    ("Orchard delays its assistant overhaul to 2031", "Orchard delays assistant overhaul until 2031"),
    ("사과랩, 피핀 프로 3 오픈소스 공개", "사과랩 '피핀 프로 3' 오픈소스로 공개한다"),
    ("사과랩, 개발자용 코드샘 앱 출시", "사과랩 개발자용 코드샘 앱 공개…맥 먼저"),
    ("사과랩, 피핀 6 연기…성능 기대 못 미쳐", "사과랩 피핀 6 출시 연기, 성능 기대에 못 미쳐"),
]
APART = [
    ("Introducing coding models", "Introducing speech models"),
    ("Introducing Pippin Go, now available worldwide", "Introducing Pippin Health"),
    ("Introducing our vision models for developers", "Introducing our reasoning models for developers"),
    ("What's next for robots in 2031", "What's next for batteries in 2031"),
    ("What's next for AI in 2031", "What's next for batteries in 2031"),
    ("Orchard releases Pippin 3 open weights", "Orchard releases Pippin 4 open weights"),
    ("Training agents with Basalt (Part 1)", "Training agents with Basalt (Part 2)"),
    ("Google launches Gemini 9 Flash", "Google launches Gemini 9 Pro"),
    ("Anthropic releases Claude Opus 9", "Anthropic releases Claude Haiku 9"),
    ("Alibaba open-sources Qwen9-Coder", "Alibaba open-sources Qwen9-VL"),
    ("구글, 제미나이 9 프로 공개", "구글, 제미나이 9 플래시 공개"),
    ("OpenAI releases GPT-9.5", "OpenAI releases GPT-9.4"),
    ("OpenAI releases GPT-9.5", "OpenAI delays GPT-9.5"),
    ("OpenAI releases GPT-9.5", "GPT-9.5 solves a physics problem"),
    ("오늘의 AI 뉴스: 음성 모델 공개", "오늘의 AI 뉴스: 코딩 모델 공개"),
    ("사과랩, 새로운 번역 모델 공개", "사과랩, 새로운 영상 모델 공개"),
]


def places(*titles: str) -> int:
    return len(events([news(f"https://a.example/{n}", title) for n, title in enumerate(titles)]))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_event_in_other_words_is_one(one: str, other: str) -> None:
    assert places(one, other) == places(other, one) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_one_mould_is_not_one_event(one: str, other: str) -> None:
    assert places(one, other) == places(other, one) == 2


def test_a_publishers_whole_shelf_of_one_mould_stays_whole() -> None:
    shelf = [f"Introducing {what} models" for what in ("coding", "speech", "vision", "reasoning", "embedding", "music")]
    assert places(*shelf) == len(shelf)
    assert places(*shelf, "Introducing Speech Models") == len(shelf)


def test_titles_of_nothing_but_mould_say_nothing_against_each_other() -> None:
    assert tells_the_same("Introducing new models", "Introducing: New Models")
