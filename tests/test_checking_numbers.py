"""Numbers: the table of what is the same quantity in two languages, and the grammars read back what they write."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checking import check
from core.checking.texts import numbers_en, numbers_ko
from core.checking.texts.plain import flat
from core.checking.texts.scan import scan
from core.model import Paper, Reading, Sentence
from tests.numerals import english, native, newspaper, sino

TABLE = Path(__file__).parent / "data" / "checking_numbers.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
SAME = [(source, said) for source, same, _ in ROWS for said in same.split("|")]
OTHER = [(source, said) for source, _, other in ROWS for said in other.split("|")]


def findings(source: str, said: str) -> list[str]:
    text = f"The evaluation reports {source} in this setting."
    reading = Reading(Paper("x", "A study", text, (), (), ""), text, "abstract", ())
    (found,) = check(reading, [Sentence("summary", f"이 설정의 값은 {said}라고 한다.", text)])
    return [f.kind for f in found if f.kind in ("number", "unit")]


def test_the_table_is_large_enough() -> None:
    assert len(SAME) + len(OTHER) >= 300


@pytest.mark.parametrize(("source", "said"), SAME)
def test_the_same_quantity_is_recognised(source: str, said: str) -> None:
    assert findings(source, said) == []


@pytest.mark.parametrize(("source", "said"), OTHER)
def test_another_quantity_is_found(source: str, said: str) -> None:
    assert findings(source, said)


@given(st.integers(1, 10**15), st.booleans())
def test_korean_figures_are_read_as_written(value: int, spaced: bool) -> None:
    assert numbers_ko.parse(newspaper(value, spaced=spaced)) == value


@given(st.integers(1, 99))
def test_native_words_are_read_as_written(value: int) -> None:
    assert numbers_ko.parse(native(value)) == value


@given(st.integers(1, 9_999))
def test_sino_korean_words_are_read_as_written(value: int) -> None:
    assert numbers_ko.parse(sino(value)) == value


@given(st.integers(0, 10**15 - 1))
def test_english_words_are_read_as_written(value: int) -> None:
    assert numbers_en.parse(english(value)) == value


@given(st.integers(2, 10**13))
def test_a_figure_in_a_sentence_is_scanned_to_its_value(value: int) -> None:
    told = scan(flat(f"모두 {newspaper(value)} 개를 모았다."))
    counted = scan(flat(f"We collect {value:,} items."))
    assert [q.values for q in told] == [q.values for q in counted] == [(float(value),)]


@given(st.integers(2, 999_999))
def test_numerals_in_words_are_scanned_to_their_value(value: int) -> None:
    (quantity,) = scan(f"we use {english(value)} items")
    assert quantity.values == (float(value),)


@pytest.mark.parametrize(
    "text",
    ["배열과 병렬 처리", "세계 네트워크", "두뇌", "조건을 조회", "만약 억제하면", "GPT-4o와 H200", "3D 모델", "v1.2.3",
     "제3자", "하나의 모델", "초록에 따르면", "일반화", "분석"],
)  # fmt: skip
def test_words_that_only_look_like_numbers_ask_for_nothing(text: str) -> None:
    assert [q for q in scan(text) if not q.weak] == []


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("5–10점", 5.0, "point"), ("1,024일 때", 1024.0, ""), ("3만 2천·12만 8천 토큰", 32_000.0, "token"),
        ("6–8B parameters", 6.0, "param"), ("4-8$\\times$", 4.0, "x"), ("23--41\\%", 23.0, "%"),
        ("$k = 16$--$1024$", 16.0, ""), ("~$\\$80", 80.0, "usd"), ("(mean: 27.5)", 27.5, ""),
    ],
)  # fmt: skip
def test_the_first_figure_and_its_unit(text: str, value: float, dimension: str) -> None:
    quantity = scan(flat(text))[0]
    assert (quantity.faces[0], quantity.unit.dimension) == (value, dimension)


def test_a_rounded_figure_needs_a_word_that_says_so() -> None:
    assert findings("357,709 children", "약 36만 명") == []
    assert findings("357,709 children", "36만 명") == ["number"]


def test_a_bound_turned_round_is_a_wrong_number() -> None:
    assert findings("up to 5x", "5배 이상") == ["number"]
    assert findings("at least 100 runs", "최대 100회") == ["number"]


def test_a_difference_worked_out_from_the_sentence_is_right() -> None:
    text = "Accuracy rises from 43.7% to 77.0%."
    reading = Reading(Paper("x", "A study", text, (), (), ""), text, "abstract", ())
    right, wrong = check(
        reading,
        [
            Sentence("summary", "정확도가 43.7%에서 77.0%로 33.3%p 올랐다.", text),
            Sentence("summary", "정확도가 43.7%에서 77.0%로 23.3%p 올랐다.", text),
        ],
    )
    assert right == ()
    assert [f.kind for f in wrong] == ["number"]
