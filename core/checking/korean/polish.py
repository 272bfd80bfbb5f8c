"""What code puts right before anything is checked: characters, ranges, particles after Latin words and numbers.

Only what cannot change the meaning: NFC, invisible characters, `~` between numbers, a particle that contradicts how
the word before it is read (GPU을 → GPU를). Everything else is for the writer or the checks.
"""

import re

from core.checking.korean.gate import TILDE
from core.checking.korean.particles import final, is_read, particle
from core.text import clean

_PARTICLE = re.compile(
    r"(?P<word>[A-Za-z][A-Za-z0-9.+/-]*|[0-9][0-9,]*(?:\.[0-9]+)?%?)(?P<close>\)?[*`'\"”’]{0,2})"
    r"(?P<p>으로서|로서|으로써|로써|으로|로|을|를|은|는|이|가|과|와)(?=[\s,.!?)\]'\"”’·;:]|$)"
)
_PAIRS = ("을/를", "은/는", "이/가", "과/와", "으로/로", "으로서/로서", "으로써/로써")
_PAIR = {form: pair for pair in _PAIRS for form in pair.split("/")}
# Words read in two ways by Korean readers: left as the writer had them.
_LEFT = frozenset({"RAG", "LoRA", "SQL"})
_EITHER = re.compile(
    r"(?:[A-Z]?[a-z]+[tdkpgbc]|[a-z]+[sz]e?|RAG|LoRA|SQL"
    r"|(?:[A-Za-z]+-)*[BCDFGHJ-NP-TV-Z]{1,2}[AEIOU]{1,2}[BCDFGHJ-NP-TV-Z]+[AEIOU]{0,2}|[A-Za-z]+(?:ge|ch|sh"
    r"|th|ve|fe))$"
)


def polish(text: str) -> str:
    """The text with those faults put right; applying it twice changes nothing more."""
    text = TILDE.sub("–", clean(text))
    return _PARTICLE.sub(_agree, text)


def _agree(m: re.Match[str]) -> str:
    either = _EITHER.fullmatch(m["word"]) and (m["word"] in _LEFT or not is_read(m["word"]))
    if either or ")" in m["close"]:
        return m[0]
    right = particle(m["word"], _PAIR[m["p"]])
    if right == m["p"] or (final(m["word"]) == "" and m["p"] == "이" and re.fullmatch(r"[a-z].*", m["word"])):
        return m[0]
    return m["word"] + m["close"] + right
