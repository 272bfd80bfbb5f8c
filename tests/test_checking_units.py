"""What a number counts: nouns of one language against counters of the other, and figures slipped by a digit."""

import pytest

from tests.checked import kinds

# (the source's noun, the counters that tell it wrongly)
CLASHES = (
    ("hours of speech", "분 초 일 토큰 문장 장 명 쪽 GB % 배 층"),
    ("milliseconds", "초 분 시간 프레임 토큰 장 %"),
    ("tokens", "단어 자 문장 쪽 스텝 명 편 대 줄 쌍 GB 파라미터 시간"),
    ("words", "토큰 자 문장 쪽 장 편 명 줄 쌍 개국"),
    ("characters", "단어 토큰 문장 쪽 장 편 줄 쌍"),
    ("documents", "쪽 토큰 문장 장 명 층 자 프레임 줄 파라미터 시간"),
    ("pages", "문장 단어 토큰 편 대 명 줄 쌍 GB"),
    ("patients", "장 편 대 줄 쌍 토큰 시간 층 개국 %"),
    ("images", "편 대 명 문장 줄 토큰 시간 GB"),
    ("frames", "초 분 토큰 명 편 GB 층"),
    ("languages", "장 편 대 명 줄 쌍 개국 토큰"),
    ("countries", "장 편 대 명 층 줄 토큰 언어"),
    ("parameters", "토큰 명 장 편 대 줄 쌍 GB 층"),
    ("layers", "명 장 편 대 줄 쌍 토큰 시간"),
    ("GPUs", "명 층 문장 시간 토큰 프레임 줄 파라미터"),
    ("robots", "명 장 층 토큰 프레임 줄 개국 파라미터 시간"),
    ("questions", "명 장 층 토큰 프레임 줄 개국 파라미터 자"),
    ("tasks", "명 장 층 토큰 프레임 줄 개국 파라미터 쌍"),
    ("lines of code", "명 자 층 토큰 프레임 쌍 파라미터 시간"),
    ("GB of memory", "MB TB 시간 토큰 % 배"),
    ("km of road", "m 시간 층 GB 장"),
)


@pytest.mark.parametrize(("noun", "counters"), CLASHES, ids=[noun for noun, _ in CLASHES])
def test_a_number_is_not_told_of_something_else(noun: str, counters: str) -> None:
    missed = [c for c in counters.split() if not kinds(f"We use 1,750 {noun} in all.", f"모두 1,750{c} 썼다.")]
    assert missed == []


FITTING = (
    ("We release 24k instruction-response pairs.", "지시–응답 2만 4천 쌍을 공개했다."),
    ("Trained on 3.2M image-text examples.", "이미지–텍스트 320만 쌍으로 학습했다."),
    ("We film 900 egocentric clips.", "1인칭 영상 900편을 찍었다."),
    ("A 7B-parameter model wins.", "70억 파라미터 모델이 앞선다."),
    ("A 7B model wins.", "파라미터 70억 개짜리 모델이 앞선다."),
    ("We annotate 5,400 lines of dialogue.", "대사 5,400줄에 주석을 달았다."),
    ("We sample 512 frames per clip.", "클립마다 512장을 뽑는다."),
    ("It edits 150 documents.", "문서 150편을 고친다."),
    ("It edits 150 documents.", "문서 150건을 고친다."),
    ("It takes 9 camera views.", "시점 9장을 받는다."),
    ("It plays 5,000 games.", "5,000판을 둔다."),
    ("It needs 8 denoising steps.", "잡음 제거를 8번 한다."),
    ("We train for 20 epochs.", "20회 반복 학습했다."),
    ("It scores 1,200 human-written essays.", "사람이 쓴 글 1,200편을 채점한다."),
    ("We use 640 preference comparisons.", "선호 비교 640쌍을 쓴다."),
    ("It has 15 million rows.", "1,500만 행이다."),
    ("It stores 4 million records.", "기록 400만 줄을 담는다."),
    ("It generates 64 rollouts.", "롤아웃을 64번 뽑는다."),
    ("It asked 45 clinicians.", "의사 45명에게 물었다."),
    ("It covers 9 Indian languages.", "인도 언어 9종을 다룬다."),
    ("It compares 500 molecule pairs.", "분자 500쌍을 견준다."),
    ("It is a rank-2 matrix.", "랭크 2 행렬이다."),
    ("It scores 30 M&A events.", "M&A 30건을 매긴다."),
)


@pytest.mark.parametrize(("source", "text"), FITTING)
def test_a_counter_that_fits_is_let_pass(source: str, text: str) -> None:
    assert kinds(source, text) == []


SLIPS = (
    # (quote, right, the same with a slip that arithmetic would excuse)
    ("Raters from 19 sites scored 16 tapes and 3 films.", "평가 장소는 19곳이다.",
     "평가 장소는 16곳에서 3곳을 더한 18곳이다."),
    ("About 18% of hosts give 80% of links.", "호스트의 18%에서 링크의 80%가 나온다.",
     "호스트의 81%에서 링크의 80%가 나온다."),
    ("The gain is 4.5x on average over 5 runs and 27 seeds.", "평균 약 4.5배다.", "평균 약 5.4배다."),
    ("It reads nine tags, 8 vendors and 12 models.", "모델 12개와 업체 8곳이다.", "모델 12개와 업체 1곳이다."),
    ("It cuts travel time by 75% and queues by 67%.", "통행 시간을 4분의 1로 줄였다.", "통행 시간을 4분의 8로 줄였다."),
    ("It multiplies the hazard six-fold over 5 grids.", "위험이 여섯 배로 는다.", "위험이 다섯 배로 는다."),
    ("It is a 20x increase. It holds 40 sheets or 20 pads.", "20배로 늘었다.", "두 배로 늘었다."),
    ("One quarter of the cells fire. Half of the rows are empty.", "칸의 4분의 1이 켜진다.", "칸의 3분의 1이 켜진다."),
    ("We ran 10 seeds on FalconH8.", "시드 열 개로 돌렸다.", "시드 여덟 개로 돌렸다."),
    ("Fifteen LLM judges were tried on 6 sets in all.", "LLM 평가자 열다섯 개를 여섯 가지로 시험했다.",
     "LLM 평가자 열여섯 개를 여섯 가지로 시험했다."),
    ("It is 1.5x faster.", "1.5배 빠르다.", "1.5회 빠르다."),
    ("It maps 2D faces to 3D points.", "2D 얼굴을 3D 점으로 옮긴다.", "2D 얼굴을 4D 점으로 옮긴다."),
    ("It builds three-dimensional scenes.", "3차원 장면을 짓는다.", "2차원 장면을 짓는다."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), SLIPS)
def test_a_figure_of_the_quote_written_wrong_is_not_worked_out(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert set(kinds(source, wrong)) & {"number", "unit"}


def test_a_risk_too_counts_as_its_quote_does() -> None:
    quote, more = "The approach joins four key parts.", "It runs on 5 boards."
    assert kinds(quote, "요소가 네 가지나 된다.", "risk", quote=quote, more=more) == []
    assert "number" in kinds(quote, "요소가 다섯 가지나 된다.", "risk", quote=quote, more=more)


def test_a_figure_right_behind_dots_is_read() -> None:
    source = "TideFM has 524M parameters."
    assert kinds(source, "조류에도 파운데이션 모델…5억 2,400만 파라미터", "headline", quote=None) == []
    assert "number" in kinds(source, "조류에도 파운데이션 모델…8억 2,400만 파라미터", "headline", quote=None)
