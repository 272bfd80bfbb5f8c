"""Short forms: what they stand for is the source's, in Latin and in Korean."""

import pytest

from tests.checked import kinds

CASES = (
    # (source, right, wrong)
    ("We use Situational Judgment Tests (SJTs).", "상황 판단 검사(Situational Judgment Test)를 쓴다.",
     "사회 판단 검사(Social Judgment Test)를 쓴다. Social은 원문의 말이 아니다."),
    ("It keeps the Hallucination-Free Rate (HFR) high.", "HFR(환각 없는 비율)을 높게 지킨다.",
     "HFR(편향 없는 정확도)을 높게 지킨다."),
    ("It learns from verifiable rewards (RLVR).", "RLVR(검증 가능한 보상)로 배운다.", "RLVR(가상 환경)로 배운다."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), CASES)
def test_an_expansion_is_the_source_s(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert "entity" in kinds(source, wrong)


def test_a_phrase_put_together_of_known_words_is_no_name_of_the_source() -> None:
    source = "We use Situational Judgment Tests. They are social in nature, and each is a test."
    assert kinds(source, "사회 판단 검사(Social Judgment Test)를 쓴다.") == ["entity"]


def test_a_gloss_that_the_quote_gives_is_right() -> None:
    assert kinds("The Population Stability Index (PSI) equals a divergence.", "PSI(발산)와 같다.") == []
