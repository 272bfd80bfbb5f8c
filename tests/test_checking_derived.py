"""Figures worked out, names spelled another way, and pairs: one-sentence sources, right and wrong sides."""

import pytest

from tests.checked import kinds

GAP = "Our agent solves 61.5% of the tasks while people solve 88.0%."
SHARE = "Of 240 reports, 180 were closed without a fix."
PART = "The strongest model finds only 47.2% of the leaks."
SPEED = "Indexing takes 90 seconds instead of 270 seconds."
REST = "The filter removes 93% of the log lines."
SMALL = "Training on 300 samples for 64 epochs beats one epoch on 19,200 samples."
LONG = "Token use grows by 320% although the success rate stays the same."
FID = "It draws in eight steps at FID 50.1, where the older model has FID 75.8."
SCORE = "The agreement among raters is 0.8264."

WORKED_OUT = (
    (GAP, "에이전트는 61.5%로 사람(88.0%)보다 26.5%p 낮다."),
    (GAP, "에이전트는 61.5%에 그쳐 사람과 26.5%p 차이가 난다."),
    (SHARE, "보고 240건 중 180건(75%)이 고쳐지지 않은 채 닫혔다."),
    (SHARE, "보고 240건 중 180건, 곧 4분의 3이 고쳐지지 않은 채 닫혔다."),
    (SHARE, "240건에서 180건을 뺀 나머지 60건만 고쳐졌다."),
    (PART, "가장 강한 모델도 유출의 절반을 못 찾았다."),
    (PART, "가장 강한 모델도 유출의 절반에 못 미치는 47.2%만 찾았다."),
    (PART, "가장 강한 모델이 놓친 유출이 52.8%나 된다."),
    (SPEED, "색인에 270초 걸리던 것이 90초로, 3분의 1이 됐다."),
    (SPEED, "색인이 270초에서 90초로 세 배 빨라졌다."),
    (SPEED, "색인 시간이 270초에서 90초로 180초 줄었다."),
    (SPEED, "색인 시간이 270초에서 90초로 약 67% 줄었다."),
    (REST, "로그 줄의 93%를 걷어 내고 7%만 남긴다."),
    (REST, "남는 로그가 7%뿐이다."),
    (SMALL, "데이터는 64분의 1만 썼다."),
    (LONG, "토큰은 320%, 곧 네 배 넘게 늘었다."),
    (SCORE, "평가자 일치도는 0.83이다."),
    (PART, "절반이 넘는 유출은 못 찾았다."),
    (FID, "FID 차이는 25.7에 이른다."),
    (FID, "FID는 50.1로 75.8보다 25.7 낮다."),
    (SCORE, "평가자 일치도는 0.8을 넘는다."),
)
NOT_WORKED_OUT = (
    (GAP, "에이전트는 61.5%로 사람(88.0%)보다 16.5%p 낮다."),
    (GAP, "에이전트는 61.5%로 사람보다 26.5% 낮다."),
    (SHARE, "보고 240건 중 180건(65%)이 고쳐지지 않은 채 닫혔다."),
    (SHARE, "240건에서 180건을 뺀 나머지 80건만 고쳐졌다."),
    (PART, "가장 강한 모델은 유출의 3분의 2를 찾았다."),
    (PART, "가장 강한 모델이 놓친 유출이 58.2%나 된다."),
    (SPEED, "색인이 270초에서 90초로 네 배 빨라졌다."),
    (SPEED, "색인 시간이 270초에서 90초로 160초 줄었다."),
    (SPEED, "색인 시간이 270초에서 90초로 약 47% 줄었다."),
    (REST, "로그 줄의 93%를 걷어 내고 17%만 남긴다."),
    (SMALL, "데이터는 32분의 1만 썼다."),
    (LONG, "토큰은 320%, 곧 여섯 배 넘게 늘었다."),
    (SCORE, "평가자 일치도는 0.82이다."),
    (FID, "FID 차이는 27.5에 이른다."),
    (SCORE, "평가자 일치도는 0.8624이다."),
)


@pytest.mark.parametrize(("source", "said"), WORKED_OUT)
def test_what_follows_from_the_sources_figures_is_right(source: str, said: str) -> None:
    assert kinds(source, said) == []


@pytest.mark.parametrize(("source", "said"), NOT_WORKED_OUT)
def test_what_is_worked_out_wrongly_is_found(source: str, said: str) -> None:
    assert set(kinds(source, said)) & {"number", "unit"}


def test_a_share_may_be_told_of_a_total_that_stands_elsewhere() -> None:
    more = "The suite has 250 planted bugs."
    assert kinds("The best agent finds 38.4% of them.", "버그의 38.4%, 250개 중 96개를 찾았다.", more=more) == []
    assert "number" in kinds("The best agent finds 38.4% of them.", "버그의 38.4%, 250개 중 69개를 찾았다.", more=more)


def test_a_rate_needs_the_word_that_says_per_what() -> None:
    source = "We log 840 queries in 200 sessions."
    assert kinds(source, "세션당 4.2건꼴로 질의했다.") == []
    assert "number" in kinds(source, "질의 4.2건을 기록했다.")


def test_one_of_so_many_weighs_so_much() -> None:
    assert kinds("We write 40 questions.", "문항이 40개라 1문항이 2.5%p를 좌우한다.", "risk") == []
    assert "number" in kinds("We write 40 questions.", "문항이 40개라 1문항이 4.5%p를 좌우한다.", "risk")


def test_a_bases_score_may_be_worked_out_from_the_gain_over_it() -> None:
    source = "It reaches 78.3% accuracy, 21 percentage points above its base."
    assert kinds(source, "바탕 모델은 57.3%였던 셈이다.", "risk") == []
    assert "number" in kinds(source, "바탕 모델은 53.7%였던 셈이다.", "risk")


def test_two_model_sizes_of_the_source_may_be_compared() -> None:
    source = "A 7B student overtakes Maru-210B."
    assert kinds(source, "30배 큰 모델을 앞질렀다.", "one_liner") == []
    assert kinds(source, "90배 큰 모델을 앞질렀다.", "one_liner")


NAMES = (
    ("We test Claude Opus 4.5 on code.", "클로드 오퍼스 4.5를 코드로 시험했다."),
    ("It reaches 60.1 on AIME'25.", "AIME 2025에서 60.1점을 얻었다."),
    ("We report LiveCodeBench scores.", "LCB 점수를 보고한다."),
    ("MapleSI maps plants.", "메이플SI는 식물을 지도에 옮긴다."),
    ("Our model, tuned with LoRA, keeps 0.91 recall.", "LoRA로 튜닝한 모델이 재현율 0.91을 지킨다."),
)


@pytest.mark.parametrize(("source", "said"), NAMES)
def test_a_name_may_be_spelled_in_another_way(source: str, said: str) -> None:
    assert kinds(source, said) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("We test Claude Opus 4.5 on code.", "클로드 오퍼스 4.6을 코드로 시험했다."),
        ("It reaches 60.1 on AIME'25.", "AIME 2024에서 60.1점을 얻었다."),
        ("We report LiveCodeBench scores.", "LSB 점수를 보고한다."),
        ("We test Claude Opus 4.5 on code.", "클로드 소넷 4.5를 코드로 시험했다."),
    ],
)
def test_another_version_or_name_is_found(source: str, said: str) -> None:
    assert set(kinds(source, said)) & {"entity", "number"}


def test_an_idea_plans_with_round_figures_of_its_own() -> None:
    source = "The router keeps 37 of 412 experts."
    plans = (
        "우리 로그 1만 건으로 전문가 사용률 재기",
        "8·16·32개로 바꿔 가며 지연 비교",
        "데이터를 10%씩 섞어 정확도 비교",
        "지난 1년의 과제를 유형별로 분류",
    )
    for plan in plans:
        assert kinds(source, plan, "idea") == [], plan
    assert kinds(source, "초록이 말한 전문가 421개를 그대로 재현하기", "idea")


def test_years_are_no_hours_and_hours_no_years() -> None:
    assert kinds("We study papers (2020-2024).", "2020–2024년의 논문을 다룬다.") == []
    assert "unit" in kinds("We record 2,000 diverse clips.", "2천 시간을 녹화했다.")
    assert "unit" in kinds("We test 19 agents.", "19일 동안 시험했다.")


@pytest.mark.parametrize(
    "said",
    [
        "세 모델 모두 추천 성능이 올랐다.",
        "모든 층이 라우터를 모두 공유할 때 가장 빠르다.",
        "이용자에게 맞는 상품을 추천한다.",
    ],
)
def test_recommending_and_sharing_may_be_what_the_work_is_about(said: str) -> None:
    source = "All three models improve recommendation and recommend items; sharing the router across layers is fastest."
    assert "injection" not in kinds(source, said)


def test_an_idea_may_bring_its_own_tools_but_not_lend_them_to_the_authors() -> None:
    source = "We prune tool output for coding agents."
    assert kinds(source, "grep 결과와 SKILL.md를 vLLM 서버에 넣어 보기", "idea") == []
    assert "entity" in kinds(source, "저자들이 공개한 vLLM 플러그인을 켜기", "idea")


PAIRS = (
    ("It is 2x faster at 16K context and 5x faster at 64K.", "16K에서 2배, 64K에서 5배 빠르다.",
     "16K에서 5배, 64K에서 2배 빠르다."),
    ("Maru-8B and Maru-30B achieve 51.2% and 58.9% on the suite.", "Maru-8B는 51.2%, Maru-30B는 58.9%였다.",
     "Maru-8B는 58.9%, Maru-30B는 51.2%였다."),
    ("It beats Tern by 4.1%, 3.0%, and 2.2% and improves over Gull by 8.4%, 7.5%, and 6.6%.",
     "Gull보다 8.4%, 7.5%, 6.6% 높다.", "Gull보다 4.1%, 3.0%, 2.2% 높다."),
    ("The model reaches 0.91 recall and 0.84 F1.", "재현율 0.91, F1 0.84를 얻었다.", "재현율 0.84, F1 0.91을 얻었다."),
    ("It reaches 44.1% (2-turn) and 37.6% (3-turn).", "2턴은 44.1%, 3턴은 37.6%다.", "2턴은 37.6%, 3턴은 44.1%다."),
    ("Gain is +2.1 (3B) and +2.9 (7B) points.", "3B는 2.1점, 7B는 2.9점 올랐다.", "3B는 2.9점, 7B는 2.1점 올랐다."),
    ("It surpasses TERN by 5.4 points and outperforms GULL.", "TERN보다 5.4점 높다.", "GULL보다 5.4점 높다."),
    ("It has 2.2x and 7.5x higher throughput compared to Tern-120B and Gull-122B, respectively.",
     "처리량은 Tern-120B의 2.2배, Gull-122B의 7.5배다.", "처리량은 Tern-120B의 7.5배, Gull-122B의 2.2배다."),
    ("It lifts scores by 33.5% and 16.4% on Tern-14B and Gull-14B.", "Tern-14B에서 33.5%, Gull-14B에서 16.4% 높였다.",
     "Gull-14B에서 33.5%, Tern-14B에서 16.4% 높였다."),
    ("It cuts error by up to 7.5% (harmlessness) and 22.9% (helpfulness).",
     "오류를 무해성에서 최대 7.5%, 유용성에서 최대 22.9% 줄였다.",
     "오류를 유용성에서 최대 7.5%, 무해성에서 최대 22.9% 줄였다."),
    ("It gives 12.5% and 18.5% improvements in t_ov and v_ov on ReefNet.", "t_ov는 12.5%, v_ov는 18.5% 올랐다.",
     "v_ov는 12.5%, t_ov는 18.5% 올랐다."),
    ("It has up to 6 and 2.75 lower inference and training latency.", "지연이 추론에서는 6배, 학습에서는 2.75배 낮다.",
     "지연이 학습에서는 6배, 추론에서는 2.75배 낮다."),
    ("TERN-4 achieves the best average overall score (0.612), while GULL-5 attains the highest recall (0.744).",
     "평균 종합 점수는 TERN-4가 0.612로 선두다.", "평균 종합 점수는 GULL-5가 0.612로 선두다."),
    ("It has 61.0% and 63.4% win rates in image quality and aesthetics, respectively.",
     "승률은 화질 61.0%, 미감 63.4%다.", "승률은 미감 61.0%, 화질 63.4%다."),
    ("Losses are 0.82, 0.47, and 0.65 for recall, cost, and speed, respectively.",
     "손실은 재현율에서 0.82, 속도에서 0.65다.", "손실은 재현율에서 0.65다."),
    ("On ReefQA, it achieves 71.5 F1, and on TideQA 54.3 F1.", "TideQA에서 F1 54.3을 얻었다.",
     "TideQA에서 F1 71.5를 얻었다."),
    ("It has an accuracy of 95% and F1-score of 93% on harbour data.", "정확도는 95%, F1 점수는 93%다.",
     "정확도는 93%, F1 점수는 95%다."),
    ("Quick-TERN and Slow-TERN achieve relative gains of +9.4% and +8.7%, respectively, over GULL.",
     "Quick-TERN은 9.4%, Slow-TERN은 8.7% 올랐다.", "Slow-TERN이 9.4%, Quick-TERN이 8.7% 올랐다."),
    ("It holds 140 cross-domain and 520 single-domain tasks.", "분야를 넘나드는 것이 140개, 단일 분야가 520개다.",
     "분야를 넘나드는 것이 520개, 단일 분야가 140개다."),
    ("It loses 21.3% on photographed pages and 12.6% on non-Latin scripts.",
     "촬영한 쪽에서 21.3%, 비라틴 문자에서 12.6% 떨어진다.", "비라틴 문자에서 21.3%, 촬영한 쪽에서 12.6% 떨어진다."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), PAIRS)
def test_a_figure_stays_with_its_owner_and_condition(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert "misattributed" in kinds(source, wrong)


def test_a_figure_that_the_reading_has_once_keeps_its_direction_without_a_quote() -> None:
    source = "Routing is simple. It reduces token use by 46.2% on average."
    assert kinds(source, "토큰을 평균 46.2% 덜 쓰는 절충안이다.", "one_liner") == []
    assert "direction" in kinds(source, "대가로 토큰을 평균 46.2% 더 쓰는 절충안이다.", "one_liner")


def test_a_figure_is_not_lent_to_a_model_that_the_quote_does_not_name() -> None:
    quote, more = "TernGUI-2B achieves 19.4% on TideWorld.", "It beats GullUI-2B of its size."
    assert kinds(quote, "TernGUI-2B는 TideWorld에서 19.4%다.", quote=quote, more=more) == []
    assert "misattributed" in kinds(quote, "GullUI-2B는 TideWorld에서 19.4%다.", quote=quote, more=more)


DIRECTIONS = (
    ("All models show a performance drop of 12% on open questions.", "주관식에서는 성능이 12% 떨어진다.",
     "주관식에서는 성능이 12% 올라간다."),
    ("It nearly doubled the pace while being easier to use and improving recall.",
     "속도는 거의 두 배가 됐고 재현율도 좋아졌다.", "속도는 거의 두 배가 됐지만 재현율은 기준보다 떨어졌다."),
    ("The gains persist under attack.", "공격을 받아도 이득은 이어졌다.", "공격을 받으면 이득이 사라졌다."),
    ("Plain encoders still underperform special ones.", "단순한 인코더는 아직 전용 인코더에 못 미친다.",
     "단순한 인코더가 이미 전용 인코더를 앞지른다."),
    ("Simply extending it to video fails.", "비디오로 늘리기만 하면 실패한다.",
     "비디오로 늘리기만 해도 문제없이 된다."),
    ("Noise contaminates the signal when fused.", "합치면 잡음이 신호를 더럽힌다.", "합치면 신호가 깨끗해진다."),
    ("Full failures are rare once the tags are merged.", "태그를 합치면 완전한 실패는 드물다.",
     "태그를 합치면 완전한 실패가 흔하다."),
    ("This bias is beneficial to what people see.", "이 편향은 보는 데 도움이 된다.", "이 편향은 보는 것을 해칩니다."),
    ("Backward warping achieves greater stability.", "역방향이 더 안정적이다.", "역방향은 더 불안정했다."),
    ("Narrow tuning often compromises the profound planning skills of the base.",
     "좁게 조율하면 계획 능력이 약해지곤 한다.",
     "좁게 조율하면 계획 능력이 한층 깊어지곤 한다."),
    ("Serial thinking gives a more scalable strategy than parallel sampling.",
     "전략으로는 순차 사고가 병렬 표집보다 확장하기 쉽다.", "전략으로는 병렬 표집이 순차 사고보다 확장하기 쉽다."),
    ("These models can outperform the rule-based tools in use.", "이 모델은 쓰이고 있는 규칙 기반 도구를 앞설 수 있다.",
     "이 모델은 쓰이고 있는 규칙 기반 도구에 못 미칠 수 있다."),
    ("Five skills bring gains of up to 25%.", "스킬 다섯 개는 성능을 최대 25% 높였다.",
     "스킬 다섯 개는 성능을 최대 25% 떨어뜨렸다."),
    ("Removing the tags reduces accuracy to chance.", "태그를 걷어 내면 정확도가 우연 수준으로 떨어진다.",
     "태그를 걷어 내도 정확도가 그대로 유지된다."),
    ("It is far more efficient than earlier embeddings.", "기존 것보다 효율적이다.", "기존 것보다 비효율적이다."),
    ("The model is 12x smaller than Gull.", "Gull보다 12배 작다.", "Gull보다 12배 크다."),
    ("Prompts help at first but do not halt degradation.", "프롬프트로도 악화를 막지 못했다.",
     "프롬프트를 쓰자 품질이 오히려 좋아졌다."),
    ("It beats the best detectors in accuracy, power draw, and speed.", "정확도와 소비 전력, 속도 모두 앞선다.",
     "정확하고 빨랐지만, 소비 전력은 뒤처졌다."),
    ("It outperforms five defences and shows superior reach compared with tuned baselines.",
     "방어 기법 다섯 가지를 앞섰고, 적용 범위도 기준선보다 넓다.",
     "방어 기법 다섯 가지를 앞섰지만, 적용 범위는 기준선보다 떨어졌다."),
    ("Whole-page readers struggle when data is scarce.", "통째로 읽는 방식은 자료가 모자라면 고전한다.",
     "통째로 읽는 방식은 자료가 모자라도 잘 버틴다."),
    ("It still carries a non-negligible load and increased start-up delay.", "무시 못 할 부하가 남고 지연도 늘었다.",
     "지연은 줄었지만 무시 못 할 부하가 남았다."),
    ("The slim variant has 40M fewer parameters than Gull.", "경량판은 Gull보다 파라미터가 4,000만 개 적다.",
     "경량판은 Gull보다 파라미터가 4,000만 개 많다."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), DIRECTIONS)
def test_up_is_not_down_and_one_is_not_its_opposite(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert set(kinds(source, wrong)) & {"direction", "misattributed"}
