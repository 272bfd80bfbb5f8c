"""Cleaning what comes in and cutting what goes out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import INVISIBLE, clean, one_line, readable, sentences, shorten


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\u200bb", "ab"),
        ("\u202eevil\u202c", "evil"),
        ("x\U000e0041y", "xy"),
        ("\ufefftitle", "title"),
        ("a \u00a0 b", "a b"),
        ("a\r\nb", "a\nb"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("한\u1100\u1161", "한가"),
        ("tab\there", "tab here"),
        ("bell\x07", "bell"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_clean_removes_what_nobody_sees(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(st.text())
def test_clean_is_stable_visible_and_never_raises(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not INVISIBLE.search(once)
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("C$^2$-Cite", "C²-Cite"),
        (r"\textbf{Bold} move", "Bold move"),
        (r"$\alpha$-Flow", "α-Flow"),
        (r"5.8\% better", "5.8% better"),
        (r"K\"ahler and Erd\H{o}s", "Kähler and Erdős"),
        (r"up to 5$\times$", "up to 5×"),
        ("MS~MARCO v1.1", "MS MARCO v1.1"),
        ("plain", "plain"),
        (r"$\mathcal{O}(n)$", "O(n)"),
        ("$5 and $6", "$5 and $6"),
        (r"$\textbf{AGT$^{AO}$}$: Robust", "AGT^AO: Robust"),
        ("from $0.80 to $3 per million", "from $0.80 to $3 per million"),
    ],
)
def test_readable_turns_latex_into_plain_text(latex: str, expected: str) -> None:
    assert readable(latex) == expected


@given(st.text(max_size=300), st.integers(min_value=2, max_value=80))
def test_shorten_keeps_the_limit_and_says_when_it_cut(text: str, limit: int) -> None:
    cut = shorten(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("It is 4.5x faster. Good.", 2),
        ("See e.g. the paper. Done.", 2),
        ("Smith et al. show it.", 1),
        ("Qwen2.5 vs. Llama 3. Both.", 2),
        ("한 문장입니다. 또 하나입니다.", 2),
        ("", 0),
        ("no end", 1),
        ("Fig. 3 shows this. It works.", 2),
        ("We call it A. B. Smith's method.", 1),
        ("First para\n\nSecond para", 2),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text(max_size=400))
def test_sentences_are_verbatim_and_lose_no_word(text: str) -> None:
    found = sentences(text)
    assert all(sentence in text for sentence in found)
    assert "".join("".join(found).split()) == "".join(text.split())
