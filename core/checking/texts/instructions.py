"""Orders planted in a source: which of its sentences speak to whoever reads, not of the work.

A logistic regression over the words of a sentence, pairs of neighbours, their beginnings and ends, each hashed into one
of 2^17 places (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"). It learnt from
instructions.txt, against titles, abstracts and comments of papers and news (core/checking/train.py); `strength` is its
log-odds, moved so that at 0 three in 10,000 sentences of honest abstracts are taken for orders. Korean has patterns of
its own, and a whole sentence of it in an English text is no part of that text.

An order makes its sentence worthless as evidence (source.py). A paper about prompt injection has such sentences too,
which costs little: only what is built on them alone is not printed.
"""

import math
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from core.checking.texts import plain

SHIPPED = Path(__file__).with_suffix(".npz")
PLACES = 1 << 17
LOUD = 4.0  # what a title, or a remark in brackets, must sound like to be one
_TOKEN = re.compile(r"[a-zà-ÿ]+(?:'[a-z]+)?|\d[\d.,]*|[^\w\s]+|_+")
_EASTERN = re.compile(r"[가-힣一-龥ぁ-んァ-ヶ]")
_CALLS = re.compile(
    r"(?<!\w)@(?:everyone|here|channel)\b|<!(?:channel|here|everyone)>|<@[UW&!]?\w+>|\{\{[^{}]{12,}\}\}"
)
_REMARK = re.compile(r"\(((?:[^\s()]+\s){5,}[^()]+)\)")  # in brackets, of some length
_KOREAN = re.compile(
    r"(?:요약|번역|소개|정리|리뷰|심사|평가)\s?(?:하는|할 때|시|시에|하려는|한다면)(?:는|에는)?\s[^.]{0,60}"
    r"(?:하라|하시오|할 것|하십시오"
    r"|해라|하세요|써라|적어라|적으시오|쓰시오|적으십시오|쓰십시오|(?:소개|언급|추천|명시|강조|기재|서술|평가)해야\s?(?:한다|합니다|함))"
    r"|(?:AI|LLM|요약|번역|자동)\s?(?:독자|모델|봇|비서|요약기|에이전트|시스템)?(?:에게|께|는|은"
    r"|라면)[^.]{0,40}(?:하라|하시오|할 것|하십시오"
    r"|해라|하세요|써라|적어라|적으시오|말하라|소개하라|추천하라|쓰시오)"
    r"|(?:이라고|라고|다고|이라|라)\s?(?:쓰시오|쓰라|써라|쓰세요|쓰십시오|답하라|답하시오|답하세요|답하십시오|말하라"
    r"|말하시오|말하세요|적으라|적으시오|적어라|적으세요|출력하라|출력하시오|출력하세요|(?:써|적어)\s?주[세시십])"
    r"|(?:이전|위의?|앞의?|앞선|지금까지의|모든)\s?(?:지시|명령|규칙|프롬프트|지침)[^.]{0,15}(?:무시"
    r"|잊|따르지|어기|버리)|시스템\s?프롬프트[^.]{0,15}(?:출력|공개|보여|알려)"
    r"|(?:독자|요약|이 글|이 기사)[^.]{0,20}(?:반드시|꼭)\s?(?:추천|언급|공유|구독|소개)(?:하라"
    r"|해야|하시오|하십시오|할 것)"
)


_WELCOME = re.compile(r"\bcomments? (?:are |is )?(?:very )?welcome", re.IGNORECASE)  # of an author to his readers
_SHORT = 64


def instructs(sentence: str, floor: float = 0.0) -> bool:
    """Whether a sentence gives orders to its reader: an assistant, a reviewer, a bot."""
    if _CALLS.search(sentence) or any(strength(remark) > LOUD for remark in _remarks(sentence)):
        return True
    if _WELCOME.search(sentence) and len(sentence) < _SHORT:
        return False
    return bool(_KOREAN.search(sentence)) if eastern(sentence) > 0.2 else strength(sentence) > floor


def ordered(sentences: Sequence[str], titled: int = 0) -> list[bool]:
    """For each sentence of a text whether it is an order, or does not belong to an English text at all. The first
    `titled` are its title, which may well be in the imperative."""
    foreign = eastern(" ".join(sentences)) < 0.2
    return [
        instructs(each, LOUD if i < titled else 0.0) or (foreign and len(each) > 8 and eastern(each) > 0.4)
        for i, each in enumerate(sentences)
    ]


def _remarks(sentence: str) -> list[str]:
    """What stands in brackets and is no row of figures."""
    return [remark for remark in _REMARK.findall(sentence) if len(re.findall(r"\d+", remark)) < 3]


def eastern(text: str) -> float:
    """The share of Korean, Chinese and Japanese letters."""
    return len(_EASTERN.findall(text)) / max(1, len(text) - text.count(" "))


@lru_cache(maxsize=4096)
def strength(sentence: str) -> float:
    """Above 0 for an order; -8 and less for most of what abstracts say."""
    weights, bias = _shipped()
    found = places(sentence)
    return sum(map(weights.__getitem__, found)) / math.sqrt(max(1, len(found))) + bias


def places(sentence: str) -> list[int]:
    """Where a sentence's features are hashed to, each place once."""
    return sorted({zlib.crc32(each.encode()) % PLACES for each in _features(sentence)})


def _features(sentence: str) -> set[str]:
    tokens = ["<s>", *map(_token, _TOKEN.findall(plain.flat(sentence).lower())), "</s>"]
    return (
        {*tokens[1:-1]}
        | {f"{one} {two}" for one, two in pairwise(tokens)}
        | {f"p{one[:4]} {two[:4]}" for one, two in pairwise(tokens)}
        | {f"x{token[-3:]}" for token in tokens}
    )


def _token(word: str) -> str:
    """Figures are alike, and of a row of signs the first two tell."""
    if word[0].isdigit():
        return "0"
    return word[:12] if word[0].isalpha() else word[:2]


@lru_cache(maxsize=1)
def _shipped() -> tuple[list[float], float]:
    with np.load(SHIPPED, allow_pickle=False) as file:
        weights: list[float] = file["weights"].tolist()
        return weights, float(file["bias"])
