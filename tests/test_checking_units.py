"""What a number counts: nouns of one language against counters of the other, and figures slipped by a digit."""

import pytest

from core.checking import check
from core.model import Paper, Reading, Sentence
from tests.checked import kinds

# (the source's noun, the counters that tell it wrongly)
CLASHES = (
    ("hours of speech", "분 초 일 토큰 문장 장 명 쪽 GB % 배 층"),
    ("milliseconds", "초 분 시간 프레임 토큰 장 %"),
    ("tokens", "단계 문항 단어 자 문장 쪽 스텝 명 편 대 줄 쌍 GB 파라미터 시간"),
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
    ("apps", "명 장 편 층 토큰 프레임 줄 개국 단계 에폭 시간"),
    ("job postings", "명 장 층 토큰 단어 문장 자 쪽 프레임 줄 단계"),
    ("tool calls", "명 장 편 층 토큰 프레임 줄 개국 일"),
    ("cognitive elements", "명 일 장 편 층 토큰 단계 스텝"),
    ("rooms", "동 척 곡 마리 그루 명 토큰"),
    ("ships", "동 곡 마리 그루 명 편 토큰"),
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
    ("We ran it 20 times.", "20번의 실행을 했다."),
    ("It turns by 18 degrees.", "18도의 각으로 돈다."),
    ("It grazes for 18 days.", "18일부터 풀을 뜯는다."),
    ("We keep 5,000 sentences in all.", "문장 5,000개의 데이터셋을 둔다."),
    ("It tags 320 sheep and 44 boats.", "양 320마리와 배 44척에 꼬리표를 단다."),
)


@pytest.mark.parametrize(("source", "text"), FITTING)
def test_a_counter_that_fits_is_let_pass(source: str, text: str) -> None:
    assert kinds(source, text) == []


MEASURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # (source, right, wrong ones)
    (
        "It runs at 30 fps.",
        "초당 30프레임으로 돈다.",
        ("30초 만에 돈다.", "30밀리초에 돈다.", "30배로 돈다.", "분당 30프레임으로 돈다."),
    ),
    ("It gains 4.5 dB.", "4.5dB 오른다.", ("4.5% 오른다.", "4.5배 오른다.", "4.5점 오른다.", "4.5%p 오른다.")),
    (
        "It needs 12 GB of memory.",
        "메모리 12GB가 든다.",
        ("메모리 12MB가 든다.", "메모리 12TB가 든다.", "12GHz가 든다.", "12시간이 든다.", "12개가 든다."),
    ),
    ("The clock is 3.2 GHz.", "클록은 3.2GHz다.", ("클록은 3.2MHz다.", "3.2GB다.", "3.2배다.")),
    ("The error is 5 mm.", "오차는 5mm다.", ("오차는 5cm다.", "오차는 5m다.", "오차는 5%다.", "오차는 5도다.")),
    ("It draws 0.8 W.", "0.8W를 쓴다.", ("0.8kW를 쓴다.", "0.8V를 쓴다.", "0.8J를 쓴다.")),
    (
        "It costs $3 per run.",
        "한 번에 3달러가 든다.",
        ("한 번에 3원이 든다.", "한 번에 3유로가 든다.", "한 번에 3센트가 든다.", "한 번에 3분이 든다."),
    ),
    ("It costs 30 cents.", "30센트가 든다.", ("30달러가 든다.", "30원이 든다.")),
    ("It rises by 7 points.", "7점 오른다.", ("7% 오른다.", "7배 오른다.")),
    ("It is 1.5x faster.", "1.5배 빠르다.", ("1.5% 빠르다.", "1.5점 빠르다.", "1.5초 빠르다.", "1.5%p 빠르다.")),
    (
        "Latency is 40 ms.",
        "지연은 40밀리초다.",
        ("지연은 40초다.", "지연은 40마이크로초다.", "지연은 40%다.", "지연은 40분이다."),
    ),
    ("It took 2.3 hours.", "2.3시간이 걸렸다.", ("2.3분이 걸렸다.", "2.3일이 걸렸다.", "2.3초가 걸렸다.")),
    ("Data span 12 years.", "12년 치다.", ("12개월 치다.", "12일 치다.", "12주 치다.")),
    ("Weights take 4 bits.", "가중치는 4비트다.", ("가중치는 4바이트다.", "가중치는 4배다.")),
    ("It samples at 10 Hz.", "10Hz로 잰다.", ("10초마다 잰다.", "10kHz로 잰다.")),
    ("It reaches 100 TFLOPS.", "100TFLOPS에 이른다.", ("100GFLOPS에 이른다.", "100배에 이른다.")),
    ("Accuracy is 85%.", "정확도는 85%다.", ("정확도는 85배다.", "정확도는 85개다.", "정확도는 85초다.")),
    ("F1 is 0.85.", "F1은 0.85다.", ("F1은 0.85%다.", "F1은 8.5다.")),
    ("The view is 45 degrees.", "시야는 45도다.", ("시야는 45%다.", "시야는 45cm다.")),
    ("It drives at 60 km/h.", "시속 60km로 달린다.", ("초속 60km로 달린다.", "시속 60m로 달린다.")),
    ("It lifts 5 kg.", "5kg을 든다.", ("5톤을 든다.",)),
    (
        "It handles 1,200 tokens/s.",
        "초당 1,200토큰을 처리한다.",
        ("분당 1,200토큰을 처리한다.", "시간당 1,200토큰을 처리한다.", "초당 1,200문장을 처리한다."),
    ),
    ("We ran 20 times.", "20번 돌렸다.", ("20시간 돌렸다.", "20명이 돌렸다.")),
    ("The gap is 3 percentage points.", "차이는 3%p다.", ("차이는 3%다.", "차이는 3배다.")),
    ("It improves 3%.", "3% 나아진다.", ("3%p 나아진다.", "3배 나아진다.", "3점 나아진다.")),
    (
        "It uses 8 A100 GPUs for 3 days.",
        "A100 8장으로 3일 돌렸다.",
        ("A100 8대로 3시간 돌렸다.", "A100 8장으로 3주 돌렸다."),
    ),
    (
        "A context of 128K tokens.",
        "문맥은 12만 8천 토큰이다.",
        ("문맥은 12만 8천 단어다.", "문맥은 12만 8천 문장이다.", "문맥은 128KB다."),
    ),
    ("It has 1.2M rows and 40 columns.", "120만 행 40열이다.", ("120만 쪽이다.",)),
    (
        "Trained on 15T tokens.",
        "15조 토큰으로 학습했다.",
        ("15조 단어로 학습했다.", "15TB로 학습했다.", "15조 개 문서로 학습했다."),
    ),
    (
        "Users saved 12 minutes a day.",
        "하루 12분을 아꼈다.",
        ("하루 12시간을 아꼈다.", "한 주에 12분을 아꼈다.", "한 달에 12분을 아꼈다."),
    ),
    (
        "It detects objects 300 m away.",
        "300m 밖 물체를 찾는다.",
        ("300km 밖 물체를 찾는다.", "300cm 밖 물체를 찾는다."),
    ),
    (
        "It was scored by 3 annotators on a 5-point scale.",
        "주석자 세 명이 5점 척도로 매겼다.",
        ("주석자 다섯 명이 3점 척도로 매겼다.", "주석자 세 명이 5단계로 3번 매겼다."),
    ),
    ("Energy falls to 3.1 kWh.", "3.1kWh로 줄었다.", ("3.1Wh로 줄었다.", "3.1kW로 줄었다.")),
    ("Images are 512 pixels wide.", "너비 512픽셀이다.", ("너비 512mm다.", "너비 512개다.", "너비 512장이다.")),
    (
        "It speaks 150 words per minute.",
        "분당 150단어를 말한다.",
        ("초당 150단어를 말한다.", "분당 150글자를 말한다.", "분당 150문장을 말한다."),
    ),
)


@pytest.mark.parametrize(("source", "right", "wrong"), MEASURES, ids=[source for source, *_ in MEASURES])
def test_a_measure_keeps_its_unit_and_its_period(source: str, right: str, wrong: tuple[str, ...]) -> None:
    assert kinds(source, right) == []
    assert [text for text in wrong if not kinds(source, text)] == []


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
    ("Only 0.36 million trainable parameters change.", "바뀌는 파라미터는 36만 개다.", "바뀌는 것은 뉴런 36만 개다."),
    ("It hears femtosecond vibrations.", "펨토초 단위의 떨림을 듣는다.", "나노초 단위의 떨림을 듣는다."),
    ("It is 1.5x faster.", "1.5배 빠르다.", "1.5회 빠르다."),
    ("It maps 2D faces to 3D points.", "2D 얼굴을 3D 점으로 옮긴다.", "2D 얼굴을 4D 점으로 옮긴다."),
    ("It builds three-dimensional scenes.", "3차원 장면을 짓는다.", "2차원 장면을 짓는다."),
    ("It solves one- and two-dimensional tides.", "1차원과 2차원 조석을 푼다.", "1차원과 3차원 조석을 푼다."),
    ("Divers cut the time by 35% in 70% of the trips.", "70%의 잠수에서 시간이 35% 줄었다.",
     "70%의 잠수에서 시간이 35%p 줄었다."),
    ("Pairwise votes agree with pilots in 74%.", "74%가 일치하니 넷 중 하나꼴로 갈린다.",
     "72%가 일치하니 넷 중 하나꼴로 갈린다."),
    ("Of 50 buoys 8-12% drift at a rate of 0.65.", "50개에서 0.65로 흐른다.", "50개에서 6.5로 흐른다."),
    ("Echo 4.6 hears less than 5% of them.", "Echo 4.6은 5%에 못 미친다.", "Echo 4.6은 5%p에 못 미친다."),
    ("Divers mark 97K trails.", "자취 9만 7천여 개를 찍었다.", "자취 9만 9천여 개를 찍었다."),
    ("The port lists 48,092 job postings.", "공고 약 4만 8천 건을 올렸다.", "약 4만 8천 글자를 올렸다."),
    ("A storm stops 100,000 GPUs. At 100K it is slow.", "GPU 10만 개가 멎었다.", "10만 토큰에서 멎었다."),
    ("We release 200M tokens of tide logs.", "조석 기록 약 2억 토큰을 공개한다.", "조석 기록 약 2억 건을 공개한다."),
    ("The gap error is 0.2 eV.", "오차는 0.2eV다.", "오차는 0.2meV다."),
    ("It draws 450 mAh at 3 kV.", "3kV에서 450mAh를 쓴다.", "3mV에서 450mAh를 쓴다."),
    ("Memory holds over minute-long dives.", "몇 분 분량에서도 기억이 버틴다.", "몇 시간 분량에서도 기억이 버틴다."),
    ("It wins using 60% of the ropes.", "밧줄의 60%만 쓰고 이긴다.", "밧줄을 60%나 줄이고도 이긴다."),
    ("We read 5,000 sentences.", "5,000개의 문장을 읽는다.", "5,000개의 파일을 읽는다."),
    ("It has hundreds of millions of patients.", "수억 건의 환자 기록이 있다.", "수억 개의 파일이 있다."),
    ("Goats (6-18 months) graze.", "생후 6–18개월의 염소가 풀을 뜯는다.", "생후 6–18주의 염소가 풀을 뜯는다."),
    ("The port counts ships quarterly.", "항구는 분기마다 배를 센다.", "항구는 매달 배를 센다."),
    ("The hull is only 35% that of others.", "선체가 남들의 35%다.", "선체가 남들보다 35% 작다."),
    ("It uses less than 1/190th of the ropes.", "밧줄의 190분의 1도 쓰지 않는다.", "밧줄의 19분의 1도 쓰지 않는다."),
    ("Three coordinated subsystems steer.", "하위 시스템 세 개가 조종한다.", "하위 시스템 세 명이 조종한다."),
    ("It has over a 90% win-rate at sea.", "바다에서 승률이 90%를 넘는다.", "바다에서 90점이 넘는 점수를 받았다."),
)  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), SLIPS)
def test_a_figure_of_the_quote_written_wrong_is_not_worked_out(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert set(kinds(source, wrong)) & {"number", "unit"}


def test_a_figure_right_behind_dots_is_read() -> None:
    source = "TideFM has 524M parameters."
    assert kinds(source, "조류에도 파운데이션 모델…5억 2,400만 파라미터", "headline", quote=None) == []
    assert "number" in kinds(source, "조류에도 파운데이션 모델…8억 2,400만 파라미터", "headline", quote=None)


def test_a_comment_that_begins_with_a_figure_has_its_unit() -> None:
    text = "We map the tides."
    reading = Reading(
        Paper("2601.00002", "A study", text, (), (), "", comment="20 Pages, 8 figures"), text, "abstract", ()
    )

    def found(said: str) -> bool:
        return bool(check(reading, [Sentence("risk", said, "20 Pages, 8 figures")])[0])

    assert not found("20쪽에 그림이 8개라 훑기가 쉽지 않다.")
    assert found("모델 20개에 그림이 8개라 훑기가 쉽지 않다.")
