"""Small counts in words, each held against what its quote counts: the same thing by another number is wrong, another
thing that happens to be there too is not."""

import pytest

from core.model import Section
from tests.checked import kinds

ELSEWHERE = "It has two crews, three ports, five boats and eight masts."  # so that each wrong number stands somewhere
# (source, right, wrong)
TOLD = (
    ("We sail four coastal tasks.", "연안 과제 네 가지에 나선다.", "연안 과제 두 가지에 나선다."),
    ("It joins five fine-tuning datasets.", "데이터셋 다섯 개를 합친다.", "데이터셋 여덟 개를 합친다."),
    ("We define a six-level framework.", "자율성을 여섯 단계로 나눈다.", "자율성을 다섯 단계로 나눈다."),
    ("It rests on four pillars.", "네 축 위에 선다.", "두 축 위에 선다."),
    ("We held the second race.", "두 번째 대회를 열었다.", "세 번째 대회를 열었다."),
    ("The habit extends to all but one crew.", "선원 한 명만 빼고 모두 그렇다.", "선원 세 명만 빼고 모두 그렇다."),
    ("It mends sails, ropes, anchors, and charts.", "돛, 밧줄, 닻, 해도라는 네 가지를 다듬는다.",
     "돛, 밧줄, 닻, 해도라는 두 가지를 다듬는다."),
)  # fmt: skip
RIGHT = (
    ("It holds seven tasks: open water, closed water, and fog.", "과제는 열린 물, 닫힌 물, 안개의 세 갈래로 나뉜다."),
    ("It passes 7 out of 9 datasets.", "데이터셋 9개 가운데 7개를 통과하니 남은 것은 두 개다."),
    ("It charts fog, tides, and wind in ten ports.", "안개와 조석, 바람이라는 세 가지를 그린다."),
    ("It sorts tides (spring and neap), fog, and wind.", "조석, 안개, 바람이라는 세 가지로 나눈다."),
)


@pytest.mark.parametrize(("source", "right", "wrong"), TOLD)
def test_a_count_in_words_is_the_quotes(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right, more=ELSEWHERE) == []
    assert "number" in kinds(source, wrong, more=ELSEWHERE)


@pytest.mark.parametrize(("source", "text"), RIGHT)
def test_a_writer_counts_what_the_quote_lists(source: str, text: str) -> None:
    assert kinds(source, text) == []


@pytest.mark.parametrize(("section", "expected"), [("headline", ["number"]), ("idea", [])])
def test_a_headline_counts_as_the_reading_does_and_an_idea_for_itself(section: Section, expected: list[str]) -> None:
    source = "It compares four strategies on two boats."
    assert kinds(source, "항해를 앞당기는 두 가지 전략", section, quote=None) == expected
