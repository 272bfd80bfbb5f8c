"""왜 뽑았나: the reasons are concrete, true of the item, and in words that readers understand."""

from datetime import UTC, datetime

import pytest

from core.model import News, Profile, Signals
from core.ranking import rank, read_candidates, why
from core.ranking.record import author_keys, learn
from core.ranking.weights import shipped
from tests.test_ranking import AGENT, DAYS, NOW, PLAIN, news, paper


def told(title: str) -> News:
    return news("https://a.example/1", title, "An LLM is told about.", "GeekNews")


def test_reasons_are_true_of_the_paper() -> None:
    day = [
        paper(n, abstract=f"{AGENT} Code: https://github.com/sample/x" if n % 2 else AGENT, comment=None)
        for n in range(1, 30)
    ]
    for pick in rank(day, profile=None, now=NOW):
        assert ("코드 공개" not in pick.why) or "github" in pick.item.text
        assert not any(reason.startswith(("학회", "기술 보고서")) for reason in pick.why)


def test_authors_are_told_by_how_many_of_their_papers_were_picked() -> None:
    known = [paper(n, authors=("Ada Known", f"Guest {n}")) for n in range(3)]
    record = learn([(author_keys(each), picked, 40 * picked) for each, picked in zip(known, (1, 1, 0), strict=True)])
    ours, others = paper(9, authors=("Some One", "Ada Known")), paper(8, authors=("Nobody",))
    assert why.REASONS["record"](ours, record) == "기록된 논문 3편 중 2편이 Hugging Face에 추천된 저자"
    assert why.REASONS["record"](others, record) == ""


@pytest.mark.parametrize(("comment", "reason"), [
    ("Accepted at ICLR 2026", "학회·학술지 채택: ICLR"), ("Submitted to ICML 2026", ""), ("Under review at ACL", ""),
    ("Code: https://github.com/sample/x", "코드 공개"), ("Code and data are publicly available", "코드 공개"),
    ("Code will be released soon", "코드 공개 예정"), ("executable code is generated for each page", ""),
    ("https://huggingface.co/sample", "Hugging Face에 자료 공개"), ("12 pages", ""), (None, ""),
])  # fmt: skip
def test_what_the_authors_say_beside_the_paper_is_told_as_what_it_is(comment: str | None, reason: str) -> None:
    assert why.REASONS["links"](paper(1, comment=comment), shipped().record) == reason


@pytest.mark.parametrize(("hour", "told"), [(18, True), (19, False), (11, False)])  # UTC; arXiv closes at 18:00
def test_who_submitted_near_the_deadline_is_told_so_in_words(hour: int, told: bool) -> None:
    late = paper(1, published=datetime(2026, 6, 1, hour - 1, 30, tzinfo=UTC))
    assert bool(why.REASONS["place"](late, shipped().record)) == told
    assert why.REASONS["place"](paper(1), shipped().record) == ""


def test_a_few_votes_are_no_number_worth_naming_and_topics_of_a_kind_stand_together() -> None:
    few = paper(1, "Coding agents that repair code", AGENT, signals=Signals(hf_upvotes=2))
    reasons = rank([few], profile=Profile(), now=NOW)[0].why
    assert "Hugging Face Daily Papers에 소개됨" in reasons and len(reasons) <= 3
    piece = rank([told("Agents that write code: a coding agent")], profile=Profile(), now=NOW)[0]
    assert "개발자 관심 주제: 코딩, 에이전트" in piece.why


@pytest.mark.parametrize(("title", "release"), [
    ("Anthropic, 공급망 위험 지정에 대한 공식 성명 발표", False), ("OpenAI, 비공개 네트워크에 모델 배포 합의", False),
    ("Anthropic, 오픈소스 유지관리자에게 무료 Claude 제공", False), ("OpenAI announces AI policy statement", False),
    ("OpenAI, Codex 앱 공개", True), ("OpenFang — Rust로 만든 에이전트 운영체제 (v0.1.0)", True),
    ("Introducing the Codex app", True), ("Qwen 새 모델 오픈소스로 내놔", True),
])  # fmt: skip
def test_only_what_came_out_is_a_release(title: str, release: bool) -> None:
    assert ("새 공개·출시" in rank([told(title)], profile=Profile(), now=NOW)[0].why) == release


def test_a_real_days_first_five_have_reasons() -> None:
    if not DAYS.exists():
        pytest.skip("shared/data/selection is not beside the checkout")
    day = read_candidates(DAYS / "2026-04-22.jsonl.gz")
    assert all(pick.why for pick in rank(day, profile=None, now=NOW)[:5])


@pytest.mark.parametrize(("source", "own"), [
    ("OpenAI", True), ("Hugging Face Blog", True), ("Google DeepMind", True), ("9to5Google", False),
    ("AppleInsider", False), ("Google News", False), ("Applebee Daily", False),
])  # fmt: skip
def test_only_who_makes_a_thing_is_its_source(source: str, own: bool) -> None:
    piece = news("https://a.example/1", "A new AI model", "An LLM is told about.", source)
    (pick,) = rank([piece], profile=Profile(), now=NOW)
    assert (f"출처: {source}" in pick.why) == own


def test_a_channel_that_wishes_for_what_is_far_from_developers_gets_it_unlowered() -> None:
    medical = paper(1, "Medical notes of patients", PLAIN)
    plain, wished, alone = (
        rank([medical], profile=profile, now=NOW)[0].score for profile in (Profile(), Profile(topics=("의료",)), None)
    )
    assert plain < alone < wished


@pytest.mark.parametrize("followed", ["José García", "Jose Garcia", "jose garcia"])
def test_a_followed_author_is_found_however_the_name_is_written(followed: str) -> None:
    ours = paper(1, authors=("Ada Known", "Jose\u0301 Garci\u0301a"))
    (pick,) = rank([ours], profile=Profile(authors=(followed,)), now=NOW)
    assert any(followed in reason for reason in pick.why)


@pytest.mark.parametrize("title", [
    "A framework for test-time training", "Sweet spot learning", "Try-on that serves millions of users",
    "3D scene retrieval",
])  # fmt: skip
def test_a_word_that_only_looks_like_a_developers_topic_is_none(title: str) -> None:
    (pick,) = rank([paper(1, title)], profile=Profile(), now=NOW)
    assert not any(reason.startswith("개발자 관심 주제") for reason in pick.why)
