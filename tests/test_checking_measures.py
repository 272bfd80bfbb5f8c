"""What a figure is a measure of: values without a unit, areas, rates."""

import pytest

from tests.checked import kinds

# (source, right, wrong)
BARE = (
    ("It reaches an F1 of 0.85 in fog.", "안개 속 F1은 0.85다.", "안개 속 F1은 0.85배다."),
    ("It attains a FID of 12.1 at sea.", "바다에서 FID 12.1을 얻었다.", "바다에서 FID 12.1%를 얻었다."),
    ("It writes with a perplexity of 9.4.", "퍼플렉시티는 9.4다.", "퍼플렉시티는 9.4%다."),
    ("It scores 28.4 BLEU on tide logs.", "조석 기록에서 BLEU 28.4점이다.", "조석 기록에서 BLEU 28.4%다."),
    ("The mean absolute error is 3.4 here.", "평균 절대 오차는 3.4다.", "평균 절대 오차는 3.4%다."),
    ("It has an Elo of 1,450.", "Elo는 1,450이다.", "Elo는 1,450배다."),
    (
        "Sailors gave it 4.2 on a 5-point scale.",
        "선원들은 5점 척도로 4.2점을 줬다.",
        "선원들은 5점 척도로 4.2%를 줬다.",
    ),
    ("The top-20 ships are shown.", "상위 20척을 보여 준다.", "상위 20%를 보여 준다."),
    ("It yields a speedup of 3.2.", "3.2배 빨라졌다.", "3.2시간 빨라졌다."),
)
AREAS = (
    ("It maps 40 km2 of reef.", "암초 40㎢를 지도로 그렸다.", "암초 40㎡를 지도로 그렸다."),
    ("It maps 40 square kilometers of reef.", "암초 40제곱킬로미터를 그렸다.", "암초 40제곱미터를 그렸다."),
    ("Plots of 0.5 hectares are common.", "밭은 흔히 0.5헥타르다.", "밭은 흔히 0.5㎢다."),
    ("The pad is 250 square meters wide.", "터는 250㎡다.", "터는 250미터다."),
)
RATES = (
    ("It costs $0.03 per image.", "이미지당 0.03달러가 든다.", "쿼리당 0.03달러가 든다."),
    ("It saves 2.5 hours per day.", "하루 2.5시간을 아낀다.", "주당 2.5시간을 아낀다."),
    ("It saves 2.5 hours per task.", "과제마다 2.5시간을 아낀다.", "하루 2.5시간을 아낀다."),
)
TIMES = (
    (
        "Charting shrank from months to weeks.",
        "해도 그리는 데 몇 달 걸리던 것이 몇 주로 줄었다.",
        "몇 달 걸리던 것이 며칠로 줄었다.",
    ),
    ("Each survey is half an hour long.", "조사 한 번은 30분이다.", "조사 한 번은 50분이다."),
    ("It films minute-long dives.", "1분짜리 잠수를 찍는다.", "7분짜리 잠수를 찍는다."),
    ("Training settles around FID 23 to 24.", "FID 23–24에서 자리를 잡는다.", "23–24에폭에서 자리를 잡는다."),
    ("It answers 39% of queries.", "질의의 39%에 답한다.", "문서의 39%에 답한다."),
)


@pytest.mark.parametrize(("source", "right", "wrong"), (*BARE, *AREAS, *RATES, *TIMES))
def test_a_measure_keeps_its_unit(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert {"unit", "number"} & set(kinds(source, wrong))


WIDE = (
    ("The gain is 20.9 absolute percentage points.", "향상 폭은 20.9%p다."),
    ("It speeds training up by a factor of 3.4.", "학습이 3.4배 빨라졌다."),
    ("The ratio of gulls to terns is 2.6.", "갈매기가 제비갈매기의 2.6배다."),
)


@pytest.mark.parametrize(("source", "right"), WIDE)
def test_a_measure_in_its_own_words_is_let_pass(source: str, right: str) -> None:
    assert kinds(source, right) == []


MEASURED = (
    (
        "It sorts ships with an accuracy of 78% at night.",
        "밤에 정확도 78%로 배를 가린다.",
        "밤에 재현율 78%로 배를 가린다.",
    ),
    ("It predicts storms (AUC = 0.60).", "폭풍을 AUC 0.60으로 맞힌다.", "폭풍을 정확도 60%로 맞힌다."),
    ("Texts reach a similarity of 0.91.", "글의 유사도는 0.91이다.", "글의 정확도는 0.91이다."),
    ("It has an RMSE of 3.2 knots.", "RMSE는 3.2노트다.", "MAE는 3.2노트다."),
    ("It cuts memory by 40%.", "메모리를 40% 줄인다.", "지연을 40% 줄인다."),
)


@pytest.mark.parametrize(("source", "right", "wrong"), MEASURED)
def test_a_value_keeps_its_measure(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert kinds(source, wrong)


def test_a_measure_in_other_words_is_the_same() -> None:
    assert kinds("It solves 41% of the charts.", "해결률 41%다.") == []
    assert kinds("On six ports P = 0.96, R = 0.73.", "여섯 항구에서 정밀도 0.96, 재현율 0.73이다.") == []
    assert kinds("A PICP (50%) of 48.55% follows.", "50% 구간의 포함률 48.55%다.") == []


COUNTERPARTS = (
    ("It is run on five regression sets.", "회귀 데이터셋 다섯 개에서 돌린다.", "분류 데이터셋 다섯 개에서 돌린다."),
    ("The encoder reads tides.", "인코더가 조석을 읽는다.", "디코더가 조석을 읽는다."),
    ("Buoys drift to the left.", "부표가 왼쪽으로 흐른다.", "부표가 오른쪽으로 흐른다."),
    ("The loss is non-convex.", "손실은 비볼록이다.", "손실은 볼록이다."),
    ("Divers are asked for the median depth.", "깊이의 중앙값을 묻는다.", "깊이의 평균을 묻는다."),
)


@pytest.mark.parametrize(("source", "right", "wrong"), COUNTERPARTS)
def test_a_thing_is_not_told_as_its_counterpart(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert "entity" in kinds(source, wrong)
    assert kinds(f"{source} Both kinds, regression and classification, encoder and decoder.", right) == []
