"""What a figure counts: the noun beside it, against the head of the English phrase behind the same figure."""

import pytest

from core.checking.texts.heads import head
from tests.checked import kinds

# (source, right, wrong)
COUNTED = (
    ("We annotate 5,000 sentences.", "문장 5,000개에 라벨을 달았다.", "단어 5,000개에 라벨을 달았다."),
    ("It covers 12 domains in 5 languages.", "12개 도메인, 5개 언어를 다룬다.", "5개 도메인, 12개 언어를 다룬다."),
    ("It has 24 layers and 16 heads.", "층 24개, 헤드 16개다.", "층 16개, 헤드 24개다."),
    ("The table has 1.2M rows.", "표는 120만 행이다.", "문서 120만 건이다."),
    ("A study of 45 patients follows.", "환자 45명을 살폈다.", "병원 45곳을 살폈다."),
    ("We test 31 tools on 8 servers.", "도구 31개를 서버 8대에서 시험했다.", "도구 8개를 시험했다."),
    (
        "We ask 640 human annotations of wrecks.",
        "난파선에 사람이 단 주석 640개를 받았다.",
        "난파선 사진을 주석자 640명에게 물었다.",
    ),
    ("It compares 31 open-source tide models.", "공개 조석 모델 31종을 견준다.", "공개 조석 데이터셋 31종을 견준다."),
    ("It reads 310 diver answers with threads.", "잠수사 답변 310개를 읽는다.", "잠수사 댓글 310개를 읽는다."),
    ("We evaluate eight boats from a harbour.", "배 여덟 척을 평가한다.", "벤치마크 여덟 개로 평가한다."),
    ("Logs of 5,120 sailors are kept.", "선원 5,120명의 기록이다.", "항해 기록 5,120건이다."),
    ("It lists 17 clinical findings.", "임상 소견 17개를 적었다.", "병원 17곳을 적었다."),
    ("It trains on 40 wide MRI scans.", "MRI 스캔 40건으로 학습한다.", "MRI 슬라이스 40장으로 학습한다."),
    ("It lags by 64 model updates.", "모델 갱신 64번만큼 뒤진다.", "64에폭만큼 뒤진다."),
    ("It defends under six reef algorithms.", "암초 알고리즘 여섯에서 버틴다.", "클라이언트 여섯이 버틴다."),
    ("6 pages, 4 figures, 40 references.", "참고 문헌 40편이다.", "배 제품 40종을 실었다."),
    ("It needs fewer than 90 tunable dials.", "조절판이 90개도 되지 않는다.", "층이 90개도 되지 않는다."),
    ("It labels 30 blade images of a farm.", "날개 사진 30장에 라벨을 달았다.", "풍력 터빈 30기에 라벨을 달았다."),
    ("It holds 70K tables.", "표 7만 개를 담았다.", "표 7만 행을 담았다."),
)


@pytest.mark.parametrize(("source", "right", "wrong"), COUNTED)
def test_a_figure_keeps_what_it_counts(source: str, right: str, wrong: str) -> None:
    assert kinds(source, right) == []
    assert {"unit", "number"} & set(kinds(source, wrong))


WIDE = (  # what a noun may stand for
    ("We use 1,084 radiographs of hulls.", "영상 1,084장을 썼다."),
    ("We form 4,264 question-answering (QA) pairs.", "질의응답 쌍 4,264개를 만들었다."),
    ("Three seeds give 120 prompt pairs.", "프롬프트 쌍 120개를 얻었다."),
    ("We try 12 open LLMs.", "LLM 12종 실험이다."),
)
ALIKE = (  # what only looks counted otherwise
    ("Of 86 logs, 18 provided charts.", "일지 86건 가운데 18건에 해도가 있었다."),
    ("Boats come from 120 villages with over 100 ships.", "배 100척이 넘는 마을 120곳이다."),
    ("It spans 12+ harbour platforms.", "에이전트는 12개 이상의 항구 플랫폼에서 돈다."),
    ("Five storm models run on five GPU targets.", "GPU 다섯 종에서 돌렸다."),
    ("To appear in the HARBOR 2025 proceedings.", "HARBOR 2025 논문이다."),
    ("It has 1.3 million audio clips and 2.3 million images.", "오디오 클립 130만 개와 이미지 230만 장이다."),
    ("It draws charts at 4K.", "4K 초해상화 해도를 그린다."),
    ("It holds across three cycles.", "세 주기에 걸쳐 버틴다."),
    ("Storms are on the rise.", "폭풍이 대두되고 있다."),
    ("A parent company owns the reefs.", "모기업이 암초를 가지고 있다."),
    ("This is but an example.", "한 예일 뿐이다."),
    ("It has three sailor roles.", "세 가지 선원 역할을 본다."),
    ("Over eleven generations of self-training it holds.", "11세대에 걸쳐 버틴다."),
)


@pytest.mark.parametrize(("source", "right"), (*WIDE, *ALIKE))
def test_what_is_counted_in_other_words_is_let_pass(source: str, right: str) -> None:
    assert kinds(source, right) == []


# How Korean puts a thing beside its count.
PHRASES = (
    "{} 5,000개를 썼다.", "5,000개 {}을 썼다.", "5,000개의 {}을 썼다.", "{}은 5,000개다.", "{}이 모두 5,000개다.",
    "{}만 5,000개에 이른다.", "{} 수는 5,000개다.", "{}이 무려 5천 개다.", "5천 개에 달하는 {}을 썼다.",
    "총 5,000개 규모의 {}을 썼다.", "5,000개나 되는 {}을 썼다.", "5,000개짜리 {}을 썼다.", "{}을 5,000개 모았다.",
    "{} 약 5천 개를 썼다.", "{}의 수가 5,000에 이른다.", "5,000여 {}을 썼다.", "{} 5,000여 개를 썼다.",
    "{}(5,000개)을 썼다.", "새 {} 5,000개를 썼다.", "5,000개 이상의 {}을 썼다.", "5,000개 안팎의 {}을 썼다.",
    "5,000개가량의 {}을 썼다.", "5,000개 남짓한 {}을 썼다.", "{}을 모두 5,000개나 썼다.", "5,000개를 웃도는 {}을 썼다.",
    "{}을 5,000개로 늘렸다.", "{} 개수는 5,000개다.", "{}이 5,000개에 그친다.", "5,000개 새 {}을 썼다.",
    "{}은 모두 합쳐 5,000개다.",
)  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_is_counted_is_known_however_it_is_put(phrase: str) -> None:
    source = "We use 5,000 sentences."
    assert kinds(source, phrase.format("문장")) == []
    assert kinds(source, phrase.format("파일")) == ["unit"]


# How English puts a count beside its thing.
SOURCES = (
    "We read 18 papers.", "We read eighteen papers.", "A total of 18 papers are read.", "The set has papers (18).",
    "Over 18 papers are read.", "An 18-paper corpus is read.", "We read n = 18 papers.", "The number of papers is 18.",
    "We read 18 recent, widely cited papers.", "Eighteen newly published papers are read.",
)  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_counted_is_known_however_english_puts_it(source: str) -> None:
    assert kinds(source, "18편의 논문을 읽었다.") == []
    for wrong in ("18쪽을 읽었다.", "18개의 문장을 읽었다.", "18명이 읽었다.", "18번의 논문을 읽었다."):
        assert kinds(source, wrong), wrong


BESIDE = (
    ("We keep 5,000 sentences.", "문장 5,000개의 말뭉치다."),
    ("9 pages, 3 figures.", "9쪽에 그림 세 개인 논문이다."),
    ("We train it on 5,000 sentences.", "모델을 5,000개 문장으로 학습한다."),
)


@pytest.mark.parametrize(("source", "right"), BESIDE)
def test_a_noun_that_only_stands_beside_a_count_is_not_counted(source: str, right: str) -> None:
    assert kinds(source, right) == []


HEADS = (
    (" human annotations", ("annotations", "human"), True),
    ("-server testbed", ("server",), True),
    (" embedded-systems prompts", ("prompts", "systems"), True),
    (" sports videos", ("videos", "sports"), True),
    (" question types", ("question", "types"), False),  # of what they are says as much
    (" model pairs", ("pairs",), True),  # no models
    (" news", ("news",), False),
    ("", (), False),
)


@pytest.mark.parametrize(("phrase", "words", "sure"), HEADS)
def test_the_head_of_a_phrase_is_its_last_plural(phrase: str, words: tuple[str, ...], sure: bool) -> None:
    found = head(phrase)
    assert (found.words, found.sure) == (words, sure)
