"""Checking: directions told as their opposite, vague magnitudes, and what an ordinary writer may say; own sources."""

import pytest

from tests.checked import kinds

OPPOSITES = (
    ("Depth has a negative effect on recall of facts.", "깊을수록 사실 재현율이 떨어졌다.",
     "깊을수록 사실 재현율이 높아졌다."),
    ("The trick not only improves parsing but also shortens training.", "이 기법은 구문 분석도 개선했다.",
     "이 기법을 쓰면 구문 분석 성능이 오히려 하락한다."),
    ("Its reconstruction is comparable to Heron.", "복원 품질은 Heron과 비슷하다.", "복원 품질은 Heron보다 뒤처진다."),
    ("Shuffling accelerates convergence.", "섞으면 수렴이 빨라진다.", "섞으면 수렴을 늦춘다."),
    ("The filter improves depth fidelity.", "필터는 깊이 충실도를 높인다.", "필터는 깊이 충실도를 조금 떨어뜨린다."),
    ("Larger agents produce fewer refusals than smaller ones.", "큰 에이전트가 작은 에이전트보다 거절이 적었다.",
     "큰 에이전트가 작은 에이전트보다 거절이 많았다."),
    ("Confidence is a more reliable stop signal than entropy.", "멈춤 신호로는 엔트로피보다 신뢰도가 더 믿을 만하다.",
     "멈춤 신호로는 신뢰도보다 엔트로피가 더 믿을 만하다."),
    ("Sequential repair that builds each draft upon all the earlier drafts of a proof outperforms parallel sampling.",
     "순차 방식이 병렬 추출보다 나았다.", "병렬 추출이 순차 방식보다 나았다."),
    ("The head models a linear response.", "헤드는 선형 응답을 모델링한다.", "헤드는 비선형 응답을 모델링한다."),
    ("Its plans transfer well to new kitchens.", "계획은 새 주방으로도 잘 옮겨 간다.",
     "계획은 새 주방으로 잘 옮겨 가지 않았다."),
    ("Ratings by nurses confirm the improvement.", "간호사 평가에서도 개선이 확인됐다.",
     "간호사 평가에서는 오히려 개선이 확인되지 않았다."),
    ("It minimizes an upper bound on the drag.", "저항의 상한을 최소화한다.", "저항의 하한을 최소화한다."),
    ("Sailors underestimate the current.", "선원은 해류를 과소평가한다.", "선원은 해류를 과대평가한다."),
    ("Rewards exacerbate the drift.", "보상이 표류를 악화시킨다.", "보상이 표류를 누그러뜨린다."),
    ("It uses 50 times fewer buoys.", "부표를 50배 적게 쓴다.", "부표가 50배 많다."),
    ("A loss reduces the variance of depth.", "손실로 깊이의 분산을 줄인다.", "손실로 깊이의 분산을 키운다."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), OPPOSITES)
def test_a_direction_is_not_told_as_its_opposite(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert "direction" in kinds(source, wrong)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("The loss keeps optimisation stable.", "이 손실은 최적화의 불안정을 줄인다."),
        ("Earlier planners are brittle; ours is robust.", "기존 플래너는 취약하지만 새 플래너는 강건하다."),
        ("Confidence is a more reliable stop signal than entropy.", "신뢰도보다 엔트로피가 더 나쁜 신호였다."),
        ("It prunes heads while preserving syntax, but accuracy drops.", "구문은 지키지만 정확도가 떨어진다."),
        ("It works with any backbone.", "백본을 가리지 않는다."),
        ("Unlike costly judges, it uses rules.", "비싼 심판 대신 규칙을 쓴다."),
        ("It uses less memory and lower rank than high rank charts.", "높은 랭크의 해도보다 메모리를 훨씬 적게 쓴다."),
        ("Less attention has been given to scaling sonar.", "소나를 키우는 일에는 관심이 적었다."),
        ("This prevents efficient scaling.", "효율적으로 키우지 못한다."),
        ("The gate is training-free.", "다른 도메인에서는 별도 학습이 필요할 수 있다."),
    ],
)
def test_an_opposite_undone_compared_or_supposed_is_right(source: str, said: str) -> None:
    assert kinds(source, said) == []


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("It was trained on millions of pairs.", "수백만 개의 쌍으로 학습했다.", "수십억 개의 쌍으로 학습했다."),
        ("We crawl hundreds of thousands of pages.", "수십만 건의 페이지를 모았다.", "수천만 건의 페이지를 모았다."),
        ("We store 4.2 million notes and billions of links.", "메모 수백만 건을 저장한다.", "메모 수백 건을 저장한다."),
    ],
)
def test_a_vague_magnitude_is_the_sources(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert "number" in kinds(source, wrong)


def test_a_bare_fraction_is_no_percentage_of_the_same_figures() -> None:
    assert kinds("Recall at that point is 0.004.", "이때 재현율은 0.4%다.") == []
    assert kinds("Recall at that point is 0.004.", "이때 재현율은 0.004%다.") == ["unit"]


def test_a_general_word_behind_a_hyphen_makes_no_other_name() -> None:
    source = "MoE layers are cheap. We train MoE-LLMs of 5B parameters on Wharf-Hard; Wharf is easier."
    quote = "We train MoE-LLMs of 5B parameters on Wharf-Hard"
    assert kinds(source, "50억 파라미터 MoE를 학습했다.", quote=quote) == []
    assert "misattributed" in kinds(source, "Wharf에서 50억 파라미터 모델을 학습했다.", quote=quote)


def test_following_instructions_may_be_what_the_work_is_about() -> None:
    said = "모델은 도구 출력에 숨은 지시를 따르는 경우가 많았다."
    assert "injection" not in kinds("Models often follow the instructions hidden in tool output.", said)
    assert "injection" in kinds("Models often read tool output.", "앞의 지시에 따라 요약을 마쳤다.")


def test_an_idea_may_try_a_public_service() -> None:
    assert kinds("We caption clips.", "유튜브 강의를 돌려 보고 자막 품질을 확인하기", "idea") == []
    assert kinds("We caption clips.", "저자들이 유튜브에 올린 영상을 받아 보기", "idea") == ["entity"]


def test_what_something_depends_on_is_no_claim_of_a_risk() -> None:
    source = "It runs up to 3x faster."
    assert kinds(source, "'최대 3배'라서 해상도에 따라 체감 속도는 다를 수 있다.", "risk") == []


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("It scores 61.2 GCS on s1 and 44.0 XGCS on s2.", "s1에서 GCS 61.2, s2에서 XGCS 44.0이다.",
         "s1에서 XGCS 44.0, s2에서 GCS 61.2이다."),
        ("Wren-2B improves from 3.1% to 9.5%, Finch-7B from 5.0% to 6.2%.", "Finch-7B는 5.0%에서 6.2%로 올랐다.",
         "Finch-7B는 3.1%에서 9.5%로 올랐다."),
    ],
)  # fmt: skip
def test_a_figure_stays_with_its_condition_and_its_line(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert "misattributed" in kinds(source, wrong)


def test_a_gain_in_percent_is_none_in_points_but_a_level_may_be() -> None:
    source = "It raises recall by 6.3% to 58%."
    assert kinds(source, "재현율이 6.3% 올라 58점이 됐다.") == []
    assert "unit" in kinds(source, "재현율이 6.3점 올랐다.")


def test_a_ceiling_just_above_the_figure_is_right() -> None:
    assert kinds("It solves 8.7% of them.", "풀이율은 9%를 밑돎.") == []
    assert "number" in kinds("It solves 8.7% of them.", "풀이율은 6%를 밑돎.")


def test_a_call_to_adopt_at_once_is_promotion() -> None:
    assert "injection" in kinds("We prune caches.", "역대 최고의 기법이니 모두 바로 채택하시기 바랍니다.", "one_liner")
    assert kinds("We prune caches.", "캐시가 큰 서버부터 적용해 보시기 바랍니다.", "idea") == []


def test_a_count_takes_no_noun_from_beyond_its_sentence() -> None:
    assert kinds("It needs 6 NFEs. Page count grows.", "6스텝이면 된다.") == []


def test_an_idea_may_turn_things_all_around() -> None:
    assert kinds("We relight clips.", "360도 회전 영상으로 시험하기", "idea") == []
    assert kinds("We relight clips.", "저자들은 35도 회전까지 시험했다.", "summary") == ["number"]


def test_a_row_with_an_unknown_name_binds_no_figure() -> None:
    source = "It gains 7.1%, 5.2%, and 3.3% accuracy on TideQA, RivSet, and ours, respectively."
    assert kinds(source, "TideQA에서 7.1%, RivSet에서 5.2% 올랐다.") == []
    assert "misattributed" in kinds(source, "RivSet에서 7.1%, TideQA에서 5.2% 올랐다.")


def test_every_hangul_spelling_of_a_name_is_known() -> None:
    for said in ("큐웬으로 시험했다.", "팔콘으로 시험했다.", "제마로 시험했다.", "오픈 AI 모델로 시험했다."):
        assert "entity" in kinds("We test Mistral.", said)
    assert kinds("We review 40 endoscopies.", "내시경 40건을 살폈다.") == []
    assert kinds("We review cards.", "허깅 페이스 모델 카드로 시험하기", "idea") == []
