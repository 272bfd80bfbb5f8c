r"""TeX formulas as a reader would say them: `9.1\%` → `9.1%`, `3.3\cdot10^{18}` → `3.3·10¹⁸`.

Numbers, units and signs must survive exactly, because results live in formulas; layout (fractions, accents, fonts) may
be flattened. Not a TeX engine: what it does not know it leaves as the bare word.
"""

import re
from functools import lru_cache

from core.text import clean, readable

_DROPPED = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|left|right|[bB]igg?[lrm]?|limits|nolimits|mathopen|mathclose|phantom"
    r"|hfill|nonumber|centering|bf|it|rm|tt|cal|sf|em|bm|boldmath|small|footnotesize|scriptsize|normalsize|large|mathstrut|strut)(?![A-Za-z])"
)
_SPACE = re.compile(
    r"\\(?:quad|qquad|enspace|[,;:> ])|\\(?:hspace|vspace|hskip|kern|mspace)\*?\s*\{[^{}]*\}|~|&|\\\\(?:\[[^\]]*\])?"
)
_WRAPPED = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|normal|up|color\s*\{[^{}]*\})?|emph|math(?:bf|rm|cal|ds|bb|it|tt|sf|frak|scr|bin|rel|ord|op|inner|punct)"
    r"|operatorname\*?|mbox|hbox|bm|boldsymbol|pmb|ensuremath|underline|overline|bar|hat|tilde|vec|dot|ddot|widehat|widetilde"
    r"|underbrace|overbrace|overset\s*\{[^{}]*\}|underset\s*\{[^{}]*\}|stackrel\s*\{[^{}]*\}|color\s*\{[^{}]*\}|uline|url|href\s*\{[^{}]*\})\s*\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_SCRIPT = re.compile(r"([_^])\s*\{([^{}]*)\}")
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_WORDS = {
    "mid": "|", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "|": "‖", "langle": "⟨", "rangle": "⟩",
    "in": " ∈ ", "notin": " ∉ ", "subset": " ⊂ ", "subseteq": " ⊆ ", "cup": " ∪ ", "cap": " ∩ ", "sum": "∑",
    "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "forall": "∀", "exists": "∃", "odot": "⊙", "otimes": "⊗",
    "oplus": "⊕", "propto": "∝", "equiv": "≡", "leftarrow": "←", "mapsto": "↦", "Rightarrow": "⇒", "lfloor": "⌊",
    "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "cdots": "…", "vdots": "…", "lbrace": "(", "rbrace": ")",
    "checkmark": "✓", "cmark": "✓", "xmark": "✗", "div": "÷", "mp": "∓", "simeq": "≃", "lesssim": "≲",
    "gtrsim": "≳", "geqslant": "≥", "leqslant": "≤", "dagger": "†", "ddagger": "‡", "degree": "°", "ast": "*",
    "bullet": "•", "cong": "≅", "prime": "′", "colon": ":", "lt": "<", "gt": ">", "bmod": " mod ", "mod": " mod ",
    "hbar": "ħ", "varnothing": "∅", "emptyset": "∅", "triangle": "△", "setminus": "∖", "wedge": "∧", "vee": "∨",
    "neg": "¬", "perp": "⊥", "top": "⊤", "backslash": "∖",
}  # fmt: skip


def formula(tex: str) -> str:
    """One line of plain Unicode for a formula's TeX source."""
    text = re.sub(r"(?<!\\)%\s*\n", "", tex)
    text = text.replace(r"\{", r"\lbrace{}").replace(r"\}", r"\rbrace ").replace("{,}", ",").replace(r"\!", "")
    text = re.sub(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[^{}]*\})?", " ", text)
    text = re.sub(r"(?:\\sim(?![A-Za-z])|∼)\s*(?=[\d.])", "≈", text)  # `~` before a number is eaten by Markdown
    text = re.sub(r"\\([A-Za-z]+|\|)\s?", lambda m: _symbol(m[1]) or m[0], _SPACE.sub(" ", _DROPPED.sub("", text)))
    text = re.sub(r"(?<=\d)(?=\\[dtc]?frac)", " ", text)  # 2½ must not become 21/2
    for _ in range(12):  # innermost groups first; formulas nest a few levels
        before = text
        text = _WRAPPED.sub(r"\1", text)
        text = _SCRIPT.sub(_script, text)
        text = _ROOT.sub(lambda m: f"√{_grouped(m[1])}", text)
        text = _FRACTION.sub(lambda m: f"{_grouped(m[1])}/{_grouped(m[2])}", text)
        if text == before:
            text = re.sub(r"\{([^{}]*)\}", r"\1", text)
            if text == before:
                break
    return re.sub(r"\s+([,.;:)\]%])", r"\1", clean(readable(text)).replace("\n", " "))


@lru_cache(maxsize=512)
def _symbol(word: str) -> str | None:
    """The character a command stands for; None for commands with arguments and unknown ones."""
    shown = _WORDS.get(word) or readable("\\" + word)
    return None if shown == word else shown


def _script(match: re.Match[str]) -> str:
    inner = match[2].strip()
    if not inner:
        return ""
    if match[1] == "^" and re.fullmatch(r"°|[0-9+\-n]{1,3}", inner):
        return inner.translate(_RAISED)
    return f"{match[1]}{_grouped(inner)}"


def _grouped(inner: str) -> str:
    inner = inner.strip()
    return inner if re.fullmatch(r"\\?[\w.]+|[^\s\\]", inner) else f"({inner})"
