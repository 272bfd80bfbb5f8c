"""Formulas as a reader says them: numbers and units exactly, layout flattened."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fulltext.formula import formula


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"9.1\%", "9.1%"),
        (r"1{,}000", "1,000"),
        (r"\mathbf{3.3\cdot 10^{18}}", "3.3·10¹⁸"),
        (r"2.0\times10^{-4}", "2.0×10⁻⁴"),
        (r"n\times n", "n×n"),
        (r"\sim 5", "≈5"),
        (r"\pm 0.3", "±0.3"),
        (r"39.8_{\pm 0.3}", "39.8_(±0.3)"),
        (r"2\frac{1}{2}", "2 1/2"),
        (r"\frac{QK^{T}}{\sqrt{d_{k}}}", "(QK^T)/(√d_k)"),
        (r"d_{\text{model}}=512", "d_model=512"),
        (r"\mathbf{W}^{UQ}\in\mathbb{R}^{d\times d}", "W^UQ ∈ R^(d×d)"),
        (r"\{1,\ldots,n\}", "(1,…,n)"),
        (r"\displaystyle\left(x\right)", "(x)"),
        ("\\text{a}%\n=b", "a=b"),
        (r"30^{\circ}", "30°"),
        (r"5.4\,\text{M}", "5.4 M"),
        (r"\beta_{2}=0.98", "β₂=0.98"),
        (r"\bf 28.4", "28.4"),
    ],
)
def test_formulas_become_plain_text(tex: str, said: str) -> None:
    assert formula(tex) == said


@given(
    st.decimals(0, 100_000, places=2),
    st.sampled_from(
        [
            r"{}",
            r"\mathbf{{{}}}",
            r"\text{{{}}}\%",
            r"\underline{{\mathbf{{{}}}}}",
            r"x={}\times",
            r"\displaystyle{}\,\mathrm{{ms}}",
        ]
    ),
)
def test_a_number_survives_any_dress(number: object, dress: str) -> None:
    assert re.findall(r"\d+\.\d+", formula(dress.format(number))) == [str(number)]


@given(st.text(alphabet="\\{}^_$%&~ abc123.,frctextmathb()", max_size=60))
def test_broken_tex_gives_one_line_and_never_fails(tex: str) -> None:
    assert "\n" not in formula(tex)
