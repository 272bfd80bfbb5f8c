"""What code puts right before anything is checked: characters, ranges, particles after Latin words and numbers.

Only what cannot change the meaning: NFC, invisible characters, `~` between numbers, a particle that contradicts how
the word before it is read (GPU을 → GPU를). Everything else is for the writer or the checks.
"""

import re

from core.checking.korean.gate import TILDE
from core.particles import final, is_read, particle
from core.text import clean

_PARTICLE = re.compile(
    r"(?P<word>[A-Za-z][A-Za-z0-9.+/-]*|[0-9][0-9,]*(?:\.[0-9]+)?%?)(?P<close>\)?[*`'\"”’]{0,2})"
    r"(?P<p>으로서|로서|으로써|로써|으로|로|을|를|은|는|이|가|과|와)(?=[\s,.!?)\]'\"”’·;:]|$)"
)
# `체크포인트을`, `모델를`; a word of one or two syllables before 을 may be whole (마을, 가을, 나을).
_OBJECT = re.compile(r"(?<![가-힣])(?P<word>[가-힣]+)(?P<p>를|(?<=[가-힣]{3})을)(?=[\s,.!?)\]]|$)")
_STEM = re.compile("[지이나부그저가마노고]$")  # 지을, 이을, 나을: a verb's own 을; 가을, 마을
_PAIRS = ("을/를", "은/는", "이/가", "과/와", "으로/로", "으로서/로서", "으로써/로써")
_PAIR = {form: pair for pair in _PAIRS for form in pair.split("/")}
# Words read in two ways by Korean readers: left as the writer had them.
_LEFT = frozenset({"RAG", "LoRA", "SQL"})


def polish(text: str) -> str:
    """The text with those faults put right; applying it twice changes nothing more."""
    text = TILDE.sub("–", clean(text))
    return _OBJECT.sub(_object, _PARTICLE.sub(_agree, text))


def _object(m: re.Match[str]) -> str:
    ends = bool(final(m["word"]))
    if m["p"] == "를" and ends:
        return m["word"] + "을"
    return m["word"] + "를" if m["p"] == "을" and not ends and not _STEM.search(m["word"]) else m[0]


def _agree(m: re.Match[str]) -> str:
    figure = m["word"][0].isdigit() and re.search(r"[A-Za-z][\s^]$", m.string[: m.start()])  # Llama 3
    word = "v" + m["word"] if figure else m["word"]
    if m["word"] in _LEFT or ")" in m["close"] or (re.search("[A-Za-z]", word) and not is_read(word)):
        return m[0]
    right = particle(m["word"], _PAIR[m["p"]])
    if right == m["p"] or (final(m["word"]) == "" and m["p"] == "이" and re.fullmatch(r"[a-z].*", m["word"])):
        return m[0]
    return m["word"] + m["close"] + right
