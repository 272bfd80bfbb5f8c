"""Text as the checks compare it: one line, plain symbols, LaTeX-light undone; nothing is translated.

Sources are abstracts with LaTeX in them, quotes come back from a model with other dashes and quotation marks, and
Korean sentences carry full-width signs. `flat` makes the three comparable; `squash` keeps only what a verbatim
quote must share. Display is not this file's business (core.text.readable).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from core.text import INVISIBLE

_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SYMBOLS = {
    "times": "×", "ge": "≥", "geq": "≥", "geqslant": "≥", "le": "≤", "leq": "≤", "leqslant": "≤", "sim": "~",
    "approx": "~", "simeq": "~", "pm": "±", "to": "→", "rightarrow": "→", "cdot": "·", "ldots": "...", "dots": "...",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "leftarrow": "←", "mapsto": "→", "longrightarrow": "→",
    "gt": ">", "lt": "<", "textasciitilde": "~", "mu": "μ", "ell": "l", "uparrow": "↑", "downarrow": "↓",
}  # fmt: skip
_DASHES = re.compile("[‐‑‒–—―−﹣－]|-{2,3}")
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
# Pandoc's rule for inline math, and `$4,500 per task` is money.
_MATH = re.compile(r"\$(?!\d[^$\\]*[a-z]{3,})(?=\S)([^$]{1,200}?)(?<=\S)\$(?!\d)")
_STYLE = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|up|md)?|emph|underline|math(?:bf|rm|cal|bb|it|tt|sf|frak)|operatorname|mbox)\s*"
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'",
                         "＂": '"', "〜": "~", "∼": "~",
                         "～": "~", "≈": "~", "≃": "~", "⩾": "≥", "⩽": "≤"})  # fmt: skip

# A sign that the text must have, what is written with it, and how it is plainly written.
_WRITTEN = tuple(
    (sign, re.compile(pattern), plain)
    for sign, pattern, plain in (
        ("^", r"\^[({]([-+]?\d+)[)}]", r"^\1"),
        ("+", r"\+/?-(?=\s?\d)", "±"),
        ("/", r"\bplus/minus\b", "±"),
        ("±", r"\(([\d.]+)\s?±\s?([\d.]+)\)\s?%", r"(\1% ± \2%)"),
        ("%", r"(?<=\d)\. (?=\d{1,3}\s?%)", "."),  # `90. 72 %`
        ("%", r"(?<![\d,.])(\d{1,3}),(\d{1,2})(?=\s?%)", r"\1.\2"),  # 91,57%: a decimal comma
        ("^", r"(?<=[A-Za-z\d])\^([A-Z])(?![A-Za-z\d])", r"\1"),  # UI2Code^N
        ("^", r"(?<=[A-Za-z])\^\{?(\d)\}?(?!\d)", r"\1"),
        ("_", r"(?<!\w)([A-Za-z])_([A-Za-z]|\d{1,2})(?![A-Za-z0-9_])", r"\1\2"),
        ("~", r"(?<=\d)~(?=[A-Za-zμ])", " "),  # 100~km
    )
)


def flat(text: str) -> str:
    """One line of plain text: NFKC (superscripts after a digit become `^`), LaTeX markup dropped, quotation marks,
    dashes and tildes unified, blanks folded. Never raises."""
    text = INVISIBLE.sub("", text)
    if text.isascii():
        text = text.replace("`", "'")
    else:
        text = text.translate(_QUOTES)
        text = _RAISED.sub(lambda m: "^" + m[0].translate(_SUPER), text)
        text = unicodedata.normalize("NFKC", text)
    if "\\" in text or "$" in text:
        text = _unlatex(text)
    for sign, pattern, plain in _WRITTEN:
        if sign in text:
            text = pattern.sub(plain, text)
    if "--" in text or not text.isascii():
        text = _DASHES.sub("-", text)
    return " ".join(text.split())


def _unlatex(text: str) -> str:
    text = text.replace("\\$", "\x01").replace("\\%", "%").replace("{,}", ",")
    text = re.sub(r"\\[,;:! ]", " ", text)
    text = re.sub(r"\$\s*(\\[A-Za-z]+)\s*\$", r"\1 ", text)  # `$\leq$50K`
    text = re.sub(r"\\[Hcuvdbkr]\s?\{([A-Za-z])\}|\\['`^\"~=.]\s?\{?([A-Za-z])\}?", r"\1\2", text)  # Erd\H{o}s
    text = _MATH.sub(r"\1", text)
    text = _STYLE.sub("", text)
    text = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", text)
    text = re.sub(r"\\([A-Za-z]+)", lambda m: _SYMBOLS.get(m[1], m[1]), text)
    text = re.sub(r"(?<=\d)\^\{?\s*([-+]?\d+)\}?", r"^\1", text)
    text = re.sub(r"(?<=[A-Za-z])\^\{?([0-9A-Za-z])\}?", r"\1", text)
    text = re.sub(r"(?<=[A-Za-z])(?<!_[A-Za-z])_\{?([0-9A-Za-z]{1,2})\}?(?![0-9A-Za-z])", r"\1", text)
    text = re.sub(r"(?<=[A-Za-z])~(?=[A-Za-z\\])", " ", text)
    return re.sub(r"[{}\\]", "", text).replace("\x01", "$")


# À, ñ, ő, ụ …: the letter alone
_ACCENTS = {
    code: base
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if (base := unicodedata.normalize("NFD", chr(code))[0]).isascii()
}
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


def bare(text: str) -> str:
    """Letters without accents, of the same length, so that positions stay good."""
    return text.translate(_ACCENTS) if _ACCENTED.search(text) else text


def lower(text: str) -> str:
    """The `bare` text in lower case, of the same length."""
    text = bare(text)
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_BETWEEN = re.compile(r"(?:[^\w%]|_)+")


def squash(text: str) -> str:
    """Letters, digits and % of a `flat` text in lower case: two quotes that differ only in blanks, punctuation or
    case are equal here, a changed word or number is not."""
    return _BETWEEN.sub("", lower(text))


def kept(text: str) -> list[int]:
    """Where each sign of the `squash`ed text stood."""
    return [i for i, c in enumerate(lower(text)) if c.isalnum() or c == "%"]


_TOKEN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*|[가-힣]+|[^\W\d_a-z가-힣]+")


def tokens(text: str) -> list[str]:
    """Words for looking up names: lower case, hyphens split, versions (3.5) kept whole, a plural s dropped."""
    found = _TOKEN.findall(lower(text))
    return [
        t[:-1] if len(t) > 3 and t[-1] == "s" and t[-2] != "s" and t.isalpha() and t.isascii() else t for t in found
    ]


@lru_cache(maxsize=2048)
def key(name: str) -> str:
    """The `tokens` with a blank between them: two spellings of one name are equal here."""
    return " ".join(tokens(name))


def places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where each occurrence of a name begins and ends, one behind the other."""
    at = text.find(name) if name else -1
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name))


def row(text: str) -> str:
    """The `key` of a text with a blank around it, for looking up names as whole words."""
    return f" {key(text)} "
