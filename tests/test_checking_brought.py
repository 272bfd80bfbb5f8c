"""What a headline or a summary brings in: things and terms that the whole source never touches."""

import pytest

from core.model import Section
from tests.checked import kinds

SOURCE = "We plan harbour routes with a small search. It beats the pilots of three ports."


@pytest.mark.parametrize(
    "text",
    [
        "항로를 짜는 데 GPU 여덟 장이 든다.",
        "조종사를 앞섰고 API 요금도 쌌다.",
        "캐시를 두어 항로를 찾는다.",
        "음성으로 항로를 묻는다.",
        "항로 탐색의 지연이 짧다.",
        "생물학 박사들이 항로를 살폈다.",
    ],
)
@pytest.mark.parametrize("section", ["summary", "headline"])
def test_a_thing_or_term_that_the_source_never_touches_is_found(text: str, section: Section) -> None:
    assert kinds(SOURCE, text, section, quote=SOURCE if section == "summary" else None)


@pytest.mark.parametrize("text", ["사내 GPU 한 장에 올려 볼 만하다.", "캐시를 붙여 항로를 더 빨리 찾아볼 만하다."])
def test_an_idea_may_bring_its_own(text: str) -> None:
    assert kinds(SOURCE, text, "idea", quote=None) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It runs on one A100.", "GPU 한 장으로 돈다."),
        ("Charts of the genomes of tides.", "조석의 생물학 지도다."),
        ("Closed models lose to it.", "API로만 쓰는 모델을 앞선다."),
        ("It stores keys and values of past tides.", "지난 조석의 키와 값을 담아 둔다."),
        ("It spans quantum chemistry and tides.", "양자화학과 조석을 아우른다."),
        ("Determinantal point processes spread the buoys.", "행렬식 점 과정으로 부표를 흩는다."),
    ],
)
def test_what_the_source_has_under_another_name_is_not_brought_in(source: str, text: str) -> None:
    assert kinds(source, text) == []
