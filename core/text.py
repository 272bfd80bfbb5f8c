"""Text verbs that every stage shares: clean what comes in, cut what goes out.

Cleaning removes what a reader cannot see (zero-width, bidi, tag characters) because hidden text is how
instructions are smuggled into papers; it never rewrites visible words, so quotes stay verbatim.
"""

import re
import unicodedata

# Zero-width, joiners, BOM, soft hyphen, bidi marks/embeddings/isolates, tag block, variation selectors,
# interlinear annotation, control characters except tab and newline, lone surrogates (JSON can carry them).
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)
_LATEX_ACCENT = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
}
_LATEX_WORD = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "times": "×", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈",
    "sim": "~", "pm": "±", "to": "→", "rightarrow": "→", "infty": "∞", "ell": "ℓ", "cdot": "·",
    "ldots": "…", "dots": "…", "star": "★", "circ": "°", "neq": "≠", "ll": "≪", "gg": "≫", "o": "ø",
    "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "aa": "å", "uparrow": "↑", "downarrow": "↓",
}  # fmt: skip
_LATEX_WORD |= dict.fromkeys(("text", "textbf", "textit", "emph", "mathbf", "mathrm", "mathcal", "operatorname"), "")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPT = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


def clean(text: str) -> str:
    """NFC, invisible characters removed, runs of blanks folded to one space; lines kept."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """`clean` with line breaks folded as well: for titles and single sentences."""
    return " ".join(clean(text).split())


def folded(text: str) -> str:
    """A text for looking things up: case, width and accents folded; Hangul whole again."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one is near, never inside a grapheme; ends in `…` if cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    while cut and (unicodedata.combining(text[len(cut)]) or text[len(cut)] in "\u200d\ufe0f"):
        cut = cut[:-1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit * 0.7 else cut).rstrip(" ,;:") + "…"


_ACCENTED = re.compile(r"""\\(?:([`'^"~=.])\s*\{?(\\?[A-Za-z])\}?|([uvHck])\s*\{(\\?[A-Za-z])\})""")
_STYLED = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf)?|emph|underline|math(?:bf|rm|cal|bb|it|tt|sf)|operatorname)\s*\{([^{}]*)\}"
)
_RAISED = re.compile(r"\^(?:\{([0-9+\-n]{1,3})\}|([0-9n]))(?![0-9A-Za-z])")
_LOWERED = re.compile(r"_(?:\{([0-9]{1,3})\}|([0-9]))(?![0-9A-Za-z])")
_MATH = re.compile(r"(?<!\\)\$(?=\S)([^$]{0,80}?)(?<=\S)\$(?!\d)")  # not a price: pandoc's rule


def readable(text: str) -> str:
    """LaTeX as people write it in titles and abstracts, turned into plain Unicode for display only."""
    text = _ACCENTED.sub(_accent, text)
    text = _STYLED.sub(r"\1", text)
    text = _RAISED.sub(lambda m: (m[1] or m[2]).translate(_SUPERSCRIPT), text)
    text = _LOWERED.sub(lambda m: (m[1] or m[2]).translate(_SUBSCRIPT), text)
    text = re.sub(r"\\([A-Za-z]+)\s?", lambda m: _LATEX_WORD.get(m[1], m[1] + " "), text)
    text = _MATH.sub(r"\1", text)
    text = re.sub(r"\\([%&#_$ {}])", r"\1", text)
    text = re.sub(r"(?<=[A-Za-z])~(?=[A-Za-z\\\[])", " ", text)
    return " ".join(re.sub(r"[{}]", "", text).split())


def _accent(match: re.Match[str]) -> str:
    letter = (match[2] or match[4]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _LATEX_ACCENT[match[1] or match[3]])


_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|et al|Figs?|Eqs?|Sec|Tab|Ref|Dr|Mr|Ms|Prof|St|No|approx|resp|w\.r\.t|a\.k\.a|U\.S|[A-Z])\.$"
)


def sentences(text: str) -> tuple[str, ...]:
    """English or Korean prose split into sentences, each a verbatim substring of `text`; numbers, versions
    and common abbreviations do not end one."""
    found: list[str] = []
    start = 0
    for match in re.finditer(r"(?<=[.!?。])[\"'”’)\]]*(?:\s+|$)|\n{2,}", text):
        piece = text[start : match.start()]
        following = text[match.end() : match.end() + 1]
        if _ABBREVIATION.search(piece) or (piece.endswith(".") and following and following.islower()):
            continue
        if piece.strip():
            found.append(text[start : match.end()].strip())
        start = match.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return tuple(found)


def columns(text: str) -> int:
    """How many columns a terminal needs for it."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Its lines, none wider than `width` columns unless a word is (0 = not wrapped); its own lines are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and width > 0 and columns(line) + 1 + columns(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines
