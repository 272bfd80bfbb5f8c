"""What people type to name a paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PaperUnreadable
from core.fulltext import resolve


@pytest.mark.parametrize(
    ("typed", "id_", "version"),
    [
        ("2602.01785", "2602.01785", None),
        (" 2602.01785v2 ", "2602.01785", 2),
        ("arXiv:2602.01785v1 [cs.CL]", "2602.01785", 1),
        ("https://arxiv.org/abs/2602.01785", "2602.01785", None),
        ("http://www.arxiv.org/abs/2602.01785v3?context=cs.LG", "2602.01785", 3),
        ("arxiv.org/pdf/2602.01785v1.pdf", "2602.01785", 1),
        ("https://arxiv.org/pdf/2602.01785", "2602.01785", None),
        ("https://arxiv.org/html/2602.01785v2#S4.SS2", "2602.01785", 2),
        ("https://export.arxiv.org/abs/0704.0001", "0704.0001", None),
        ("<https://arxiv.org/abs/2602.01785|a paper>", "2602.01785", None),
        ("https://huggingface.co/papers/2602.01785", "2602.01785", None),
        ("https://www.alphaxiv.org/abs/2602.01785v1", "2602.01785", 1),
        ("https://doi.org/10.48550/arXiv.2602.01785", "2602.01785", None),
        ("hep-th/9901001v2", "hep-th/9901001", 2),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136", None),
        ("cs/0112017", "cs/0112017", None),
    ],
)
def test_every_form_of_a_reference_is_read(typed: str, id_: str, version: int | None) -> None:
    assert resolve(typed) == (id_, version)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "2", "2613.01785", "2602.017", "2602.0178512", "https://example.com/abs/2602.01785",
     "https://arxiv.org.evil.example/abs/2602.01785",
     "https://evil.example/?u=arxiv.org/abs/2602.01785", "2602.01785 2602.01786"],
)  # fmt: skip
def test_what_is_no_reference_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(PaperUnreadable, match=r"arXiv 번호나 주소로 읽을 수 없습니다.*예:"):
        resolve(typed)


_IDS = st.builds(
    lambda year, month, serial: f"{year:02}{month:02}.{serial:05}",
    st.integers(15, 40), st.integers(1, 12), st.integers(1, 99_999),
)  # fmt: skip


@given(
    _IDS,
    st.none() | st.integers(1, 30),
    st.sampled_from(["{}", "arXiv:{}", "https://arxiv.org/abs/{}", "arxiv.org/pdf/{}.pdf"]),
)
def test_a_reference_and_its_forms_name_the_same_paper(id_: str, version: int | None, form: str) -> None:
    assert resolve(form.format(id_ if version is None else f"{id_}v{version}")) == (id_, version)


@given(st.text(max_size=80))
def test_any_text_is_resolved_or_refused(typed: str) -> None:
    try:
        id_, _ = resolve(typed)
    except PaperUnreadable:
        return
    assert resolve(id_) == (id_, None)
