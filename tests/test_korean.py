"""Korean: particles by reading, what is put right before checking, registers, the style of a page, the glossary."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.checking import (
    check_korean,
    glossary,
    glossary_findings,
    glossary_lines,
    manners,
    polish,
    put_terms,
)
from core.checking.korean.page import lines_of
from core.checking.korean.register import register
from core.model import Claim, Draft, Profile
from core.particles import particle
from tests.checked import kinds

EXAMPLE = Path(__file__).parents[2] / "shared" / "example"
beside = pytest.mark.skipif(not EXAMPLE.exists(), reason="the example pages lie beside the checkout (../shared)")


@pytest.mark.parametrize(
    ("word", "topic", "object_", "means"),
    [
        ("GPU", "는", "를", "로"), ("LLM", "은", "을", "으로"), ("API", "는", "를", "로"), ("RAG", "는", "를", "로"),
        ("CNN", "은", "을", "으로"), ("RL", "은", "을", "로"), ("SQL", "은", "을", "로"), ("JSON", "은", "을", "으로"),
        ("BERT", "는", "를", "로"), ("GPT-5", "는", "를", "로"), ("Qwen3-8B", "는", "를", "로"),
        ("H100", "은", "을", "으로"),
        ("B200", "은", "을", "으로"), ("모델", "은", "을", "로"), ("벤치마크", "는", "를", "로"),
        ("방법", "은", "을", "으로"),
        ("3", "은", "을", "으로"), ("2", "는", "를", "로"), ("10", "은", "을", "으로"), ("1,000", "은", "을", "으로"),
        ("7", "은", "을", "로"), ("20%", "는", "를", "로"), ("Python", "은", "을", "으로"),
        ("GitHub", "는", "를", "로"),
        ("Claude", "는", "를", "로"), ("DeepMind", "는", "를", "로"), ("fine-tuning", "은", "을", "으로"),
        ("CoT", "는", "를", "로"),
        ("model", "은", "을", "로"), ("LLM(거대 언어 모델)", "은", "을", "로"), ("100만", "은", "을", "으로"),
        ("6", "은", "을", "으로"),
    ],
)  # fmt: skip
def test_a_particle_follows_the_reading(word: str, topic: str, object_: str, means: str) -> None:
    assert [particle(word, pair) for pair in ("은/는", "을/를", "으로/로")] == [topic, object_, means]


@pytest.mark.parametrize(
    ("pair", "closed", "open_"),
    [("이/가", "이", "가"), ("과/와", "과", "와"), ("이라/라", "이라", "라"), ("이나/나", "이나", "나")],
)
def test_every_pair_has_both_forms(pair: str, closed: str, open_: str) -> None:
    assert (particle("LLM", pair), particle("GPU", pair)) == (closed, open_)


def test_an_unknown_pair_is_an_error() -> None:
    with pytest.raises(KeyError):
        particle("GPU", "에/에서")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("5~10년", "5–10년"), ("약 15 ~ 20%", "약 15–20%"), ("3〜300배", "3–300배"),
        ("GPU을 쓰고 LLM가", "GPU를 쓰고 LLM이"),
        ("API을 3로 8B과", "API를 3으로 8B와"), ("GPT-5은", "GPT-5는"), ("숨은\u200b글자", "숨은글자"),
        ("  두  칸  ", "두 칸"), ("20%을", "20%를"), ("H100를", "H100을"), ("2,000로", "2,000으로"),
        ("BERT을 쓴다", "BERT를 쓴다"), ("**GPU**을", "**GPU**를"), ("`LLM`가", "`LLM`이"), ("'LLM'가", "'LLM'이"),
        ("체크포인트을 옮기고 모델를 쓴다", "체크포인트를 옮기고 모델을 쓴다"),
        ("HunyuanOCR는 mAP을", "HunyuanOCR은 mAP를"), ("Common Crawl를", "Common Crawl을"),
        ("DeepSeek과", "DeepSeek와"),
        ("3.5B~7B", "3.5B–7B"), ("약 5~약 10년", "약 5–약 10년"), ("5~~10개", "5–10개"),
    ],
)  # fmt: skip
def test_code_puts_right_what_needs_no_judgement(before: str, after: str) -> None:
    assert polish(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "RAG는 검색을, LoRA가 학습을",
        "ReAct보다 낫다",
        "Re-TRAC은 매 시도를",
        "A/B 비교",
        "Claude Haiku는",
        "이 API로 충분",
        "3.5배 빨라",
        "Llama 3와 Qwen3은",
        "RECAP은 FedNET과",
        "ThinkLogit은 StealthRL은",
        "가을을 지을 마을을",
    ],
)
def test_what_is_read_in_two_ways_is_left_alone(text: str) -> None:
    assert polish(text) == text


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("성능이 올랐습니다.", "합니다"), ("시험해 보세요.", "합니다"), ("방법을 제시한다.", "한다"),
        ("접근법이다", "한다"), ("한번 써 보기를 추천드려요!", "해요"), ("빨라졌네요.", "해요"),
        ("속도가 세 배가 됨.", "음슴"), ("나오지 않음", "음슴"), ("연구임", "음슴"), ("재 볼 만함.", "음슴"),
        ("비용 차이 확인", "명사"), ("추천 시스템", "명사"), ("지표를 한 번 더 실험", "명사"),
        ("품질을 A/B 비교", "명사"),
        ("성능이 올랐습니다(표 2).", "합니다"), ("개발자", "명사"), ("다음 프롬프트에 넣기", "명사"),
        ("알 수 없습니다…", "합니다"),
    ],
)  # fmt: skip
def test_the_register_is_told_by_the_ending(sentence: str, level: str) -> None:
    assert register(sentence) == level


PAGE = """# [AI Daily] 2026-02-03 기술 동향

## 오늘의 Top 이슈 (3~5)
- 1) 계획을 다시 쓰는 캐시 Tidepool — 에이전트, 캐시
- 2) 다른 제목 — 검색

---

## 1. 계획을 다시 쓰는 캐시 Tidepool
*Tidepool: Reusing Plans* · arXiv 2601.00001
### 요약
- 지난 실행의 계획을 보관했다가 다시 씁니다.
  `a cache that keeps plans`
- 지연은 5~10배 줄었습니다.
### 개발자 관점 한 줄 평
중요한 시사점을 제공한다.
### 지금 바로 적용 아이디어
- 실행 기록의 계획 재사용률 재기
- 캐시를 도입합니다.
### 리스크/주의
- 초록에는 메모리 사용량이 없습니다.
### 참고 링크
- [Tidepool](https://arxiv.org/abs/2601.00001)

---

## 2. Searching Faster With Less: A Study of Retrieval Indexes
### 요약
- 색인을 줄여 검색을 빠르게 합니다.
- 본 논문에서는 latent representation 방식을 씁니다.
### 참고 링크
- [Tidepool](https://arxiv.org/abs/2601.00001)
"""


def found(kind: str, page: str = PAGE) -> list[int]:
    return [f.line for f in check_korean(page) if f.kind == kind]


def test_a_page_is_taken_apart_by_its_headings() -> None:
    places = [(line.number, line.issue, line.section) for line in lines_of(PAGE)]
    assert places[:4] == [(4, 1, "top"), (5, 2, "top"), (9, 1, "headline"), (12, 1, "summary")]
    assert all(line.text and not line.text.startswith("`") for line in lines_of(PAGE))


def test_each_fault_is_found_on_its_line() -> None:
    assert found("register") == [16, 19]
    assert found("tilde") == [14]
    assert found("phrase") == [16, 30]
    assert found("headline") == [27, 27, 27]
    assert found("english") == [30]
    assert found("link") == [32]


def test_the_fixed_heading_may_keep_its_tilde() -> None:
    assert 3 not in [f.line for f in check_korean(PAGE)]


def test_a_word_again_and_again_is_repetition() -> None:
    page = "## 1. 가\n### 요약\n" + "".join(f"- 효율이 올라 {n}의 효율을 봅니다.\n" for n in range(6))
    assert [f.span for f in check_korean(page) if f.kind == "repetition"] == ["효율"]


def test_what_is_said_twice_is_found_within_an_issue_and_among_headlines_and_actions() -> None:
    issue = "## {}. 새 방법: 무엇이 달라졌나\n### 요약\n- 결과를 보고합니다.\n- 속도를 견줍니다.\n"
    page = issue.format(1) + "### 리스크/주의\n- 결과를  보고합니다\n" + issue.format(2)
    page += "## 오늘의 실무 액션 3가지\n1) 재현: 따라 해 보기\n2) 재현: 따라 해 보기\n"
    found = [(f.line, f.span) for f in check_korean(page) if f.kind == "repetition"]
    assert found == [(6, "결과를  보고합니다"), (7, "새 방법: 무엇이 달라졌나"), (13, "재현: 따라 해 보기")]


def test_an_empty_page_has_no_faults() -> None:
    assert check_korean("") == ()


@beside
def test_the_example_digest_shows_its_known_faults() -> None:
    findings = check_korean((EXAMPLE / "digest-2026-02-02.md").read_text(encoding="utf-8"))
    spans = {kind: [f.span + f.detail for f in findings if f.kind == kind] for kind in {f.kind for f in findings}}
    assert len([s for s in spans["headline"] if "영어" in s]) >= 3
    assert len(spans["register"]) >= 5
    assert any("효율" in s and "18번" in s for s in spans["repetition"])
    assert any("시사점" in s for s in spans["phrase"])
    assert len(spans["link"]) >= 4


@beside
def test_the_good_issues_are_clean() -> None:
    assert check_korean((EXAMPLE / "good-issues.md").read_text(encoding="utf-8")) == ()


def test_the_shipped_glossary_is_large_and_says_each_term_once() -> None:
    terms = [term.english.lower() for term in glossary()]
    assert len(terms) >= 150
    assert len(set(terms)) == len(terms)


def test_only_the_terms_of_the_source_are_given_to_the_writer() -> None:
    lines = glossary_lines("We fine-tune with LoRA; KV caches and scaling laws help. Fine-tuning wins.")
    assert "fine-tuning → 미세조정" in lines
    assert "LoRA → 영어 그대로" in lines
    assert "KV cache → KV 캐시" in lines
    assert not any("jailbreak" in line for line in lines)


def test_a_channels_own_terms_come_first_and_win() -> None:
    own = (("fine-tuning", "파인튜닝"), ("Tidepool", ""))
    lines = glossary_lines("Tidepool needs no fine-tuning.", own)
    assert lines[:2] == ("fine-tuning → 파인튜닝", "Tidepool → 영어 그대로")
    assert not any("미세조정" in line for line in lines)


@pytest.mark.parametrize(
    ("own", "before", "after"),
    [
        (("fine-tuning", "파인튜닝"), "미세조정을 마친 모델", "파인튜닝을 마친 모델"),
        (("fine-tuning", ""), "미세조정은 두 번", "fine-tuning은 두 번"),
        (("agent", "대리인"), "에이전트가 에이전트를 부른다", "대리인이 대리인을 부른다"),
        (("agent", "에이전트"), "에이전트가", "에이전트가"),
        (("baseline", "베이스라인"), "기준선으로 삼은", "베이스라인으로 삼은"),
        (("benchmark", "잣대"), "벤치마크로 잰다", "잣대로 잰다"),
    ],
)
def test_a_channels_own_word_is_put_in_with_the_right_particle(own: tuple[str, str], before: str, after: str) -> None:
    source = "Fine-tuning an agent against a baseline on a benchmark."
    assert put_terms(before, source, [own]) == after
    assert put_terms(before, "We study games.", [own]) == before


@pytest.mark.parametrize(
    "text", ["뒤이은 연구를 용이하게", "속도를 높이기 위해", "새 모델 체크포인트를", "두 배로 늘렸지만"]
)
def test_a_sentence_that_breaks_off_is_none(text: str) -> None:
    source = "It eases later studies, doubles speed, and ships a new model checkpoint."
    assert kinds(source, text) == ["language"]
    assert kinds(source, text, section="headline", quote=None) == []


def test_the_writer_is_told_of_phrases_that_say_nothing() -> None:
    draft = Draft(
        "캐시로 비용을 줄인 Foo", ("캐시",), (Claim("우리는 캐시를 쓴다."), Claim("당신이라면 비용을 줄인다.")),
        "재 볼 만하다.", ("비교",), (),
    )  # fmt: skip
    found = manners(draft, Profile(tone="한다"), "It caches.")
    assert [f.kind for f in found] == ["phrase", "phrase"]
    one = replace(draft, summary=(Claim("우리는 캐시를 쓴다."), Claim("비용을 줄인다.")))
    assert manners(one, Profile(tone="한다"), "It caches.") == ()


def test_the_writer_is_told_of_the_wrong_tone_an_english_headline_and_a_mistranslation() -> None:
    draft = Draft(
        "Cheaper Serving With Caches", ("캐시",),
        (Claim("비용을 줄인다."), Claim("보통 미분 방정식을 푼다.")), "먼저 재 볼 만하다.", ("비용 비교",), (),
    )  # fmt: skip
    found = manners(draft, Profile(tone="합니다"), "It solves ordinary differential equations.")
    assert {f.kind for f in found} == {"headline", "register", "term"}
    plain = Draft(
        "캐시로 비용을 줄인 Foo",
        ("캐시",),
        (Claim("비용을 줄인다."), Claim("방정식을 푼다.")),
        "재 볼 만하다.",
        ("비교",),
        (),
    )
    assert manners(plain, Profile(tone="한다"), "It caches.") == ()


def test_known_mistranslations_are_found_where_the_source_has_the_term() -> None:
    source = "We solve ordinary differential equations on the relationship inventory."
    assert [f.span for f in glossary_findings("보통 미분 방정식과 관계 재고", source)] == [
        "보통 미분 방정식",
        "관계 재고",
    ]
    assert glossary_findings("보통 미분 방정식", "We study games.") == ()


def test_a_finding_is_a_line_that_people_read() -> None:
    (finding,) = (f for f in check_korean("## 1. 가\n### 요약\n- 지연은 5~10배 줄었습니다.\n") if f.kind == "tilde")
    assert str(finding).startswith("3행 물결표 — ")
    assert all("(kind=" not in str(f) for f in check_korean(PAGE))
