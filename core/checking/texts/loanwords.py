"""English words written in Hangul, recognised by their consonants: 하이브리드 is hybrid, 브리지 bridge, 백본 backbone.

A word's skeleton is the row of its consonants, those that the two scripts do not keep apart made one. Three
consonants and more are seldom equal by chance among the few hundred words of a source.
"""

import re
from functools import lru_cache

_INITIAL = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "s", "s", "s", "k", "t", "p", "h")
_FINAL = ("", "k", "k", "ks", "n", "ns", "n", "t", "l", "lk", "lm", "lp", "ls", "lt", "lp", "l", "m", "p", "ps", "s",
          "s", "n", "s", "s", "k", "t", "p", "h")  # fmt: skip
_PARTICLE = re.compile(
    r"(?:에서는|에서도|으로는|으로도|에게는|까지도|에서|으로|에게|까지|부터|보다|처럼|만의|들은|들이|들을|은|는|이|가|을|를|의|에|로"
    r"|와|과|도|만|들|라|다|인|하|한|해)+$"
)
_ENGLISH = (
    (r"tion|sion", "sn"), (r"tch|dge|sch|ch|sh|ge$|g(?=[eiy])|j|z|x$", "s"), (r"ph|v|f|b", "p"), (r"gh(?=t)|gh$", ""),
    (r"ck|qu|q|g|c(?![eiy])", "k"), (r"c(?=[eiy])", "s"), (r"x", "ks"), (r"th|d", "t"), (r"wr", "r"), (r"kn", "n"),
    (r"ng$|ng(?=[^aeiou])", "n"), (r"(?<=[aeiouy])r(?![aeiouy])", ""), (r"r", "l"), (r"w|y", ""),
    (r"(?<=[aeiou])h", ""), (r"[aeiou]", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_HANGUL, _LATIN = re.compile("[가-힣]{2,8}"), re.compile("[a-z]{4,}")
_RULES = tuple((re.compile(pattern), to) for pattern, to in _ENGLISH)


@lru_cache(maxsize=4096)
def hangul(word: str) -> str:
    """The skeleton of a Hangul word, its particle cut."""
    out = ""
    for c in _PARTICLE.sub("", word) or word:
        code = ord(c) - 0xAC00
        if not 0 <= code < 11172:
            return ""
        out += _INITIAL[code // 588] + _FINAL[code % 28]
    return _DOUBLED.sub(r"\1", out)


@lru_cache(maxsize=4096)
def english(word: str) -> str:
    """The skeleton of an English word in lower case."""
    for pattern, to in _RULES:
        word = pattern.sub(to, word)
    return word


def _borrowed(word: str) -> bool:
    """It looks like a loanword: a syllable that Korean's own words seldom have (트, 크, 프, 스, 브; 코, 케, 텐 …)."""
    codes = [ord(c) - 0xAC00 for c in _PARTICLE.sub("", word)]
    return any((c % 588 // 28 == 18 and c // 588 not in (0, 11)) or c // 588 == 15 for c in codes)


def told(text: str) -> frozenset[str]:
    """The skeletons of a Korean text's words, each marked `~`; of words like any other only long ones."""
    words = _HANGUL.findall(text)
    return frozenset(f"~{s}" for word in words if (5 if not _borrowed(word) else 3) <= len(s := hangul(word)) <= 9)


@lru_cache(maxsize=1024)
def given(text: str) -> frozenset[str]:
    """The skeletons of an English text's words, plural s dropped."""
    words = {w[:-1] if len(w) > 4 and w.endswith("s") else w for w in _LATIN.findall(text.lower())}
    return frozenset(f"~{s}" for word in words if 3 <= len(s := english(word)) <= 9)
