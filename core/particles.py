"""Which particle follows a word, by how the word is read: RAG는, LLM이, GPU를, 3으로, 8B와.

Latin words are read by letters if they are all capitals (or known so), else by their ending as English is read in
Korea; numbers by their last digit or scale; units and percent by name. A guess for an unknown word is marked by
nothing: a particle must be chosen.
"""

import re

_LETTERS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}  # 엘, 엠, 엔, 알: the letters' names with a final consonant
_DIGITS = {"0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": ""}
_SYMBOLS = {"%": "", "$": "", "+": "", "°": "", "㎡": "", "x": "", "×": ""}
# Read as words though written in capitals, or with an ending that its spelling hides: final consonant → words.
_READ: dict[str, str] = {
    word: end
    for end, words in (
        ("ㄱ", "slack"),
        (
            "",
            "rag bert gemma llama lora qlora cuda rouge glue moe sota bleu claude gemini chatgpt github "
            "openai arxiv rest nasa pytorch transformer docker react mamba node code cache image bench "
            "search base large mcp dpo ppo grpo kimi coco wikitext haiku opus flash pro mini deepseek",
        ),
        ("ㄴ", "json gan python qwen triton one"),
        ("ㄹ", "google apple mistral"),
        ("ㅁ", "ram vram"),
        ("ㅅ", "imagenet sonnet"),
    )
    for word in words.split()
}
_SCALE = {"k": "", "m": "ㄴ", "b": "", "t": "", "g": ""}
_PAIRS = {
    f"{closed}/{open_}": (closed, open_)
    for closed, open_ in (
        ("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"), ("으로", "로"), ("이라", "라"), ("이나", "나"),
        ("아", "야"),
        ("이란", "란"), ("으로서", "로서"), ("으로써", "로써"), ("이며", "며"), ("이든", "든"), ("이랑", "랑"),
    )
}  # fmt: skip
_JONG: list[str] = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]


def final(word: str) -> str:
    """The final consonant of the word as it is read ("" = ends in a vowel)."""
    word = re.sub(r"[\s)\]}'\"”’.,!?;:*_`>]+$", "", word)
    if word.endswith(("(", "[")) or not word:
        return ""
    last = word[-1]
    if "가" <= last <= "힣":
        return _JONG[(ord(last) - 0xAC00) % 28]
    if last in _SYMBOLS and not last.isalpha():
        return _SYMBOLS[last]
    if last in _DIGITS:
        return _digits(word)
    if re.fullmatch(r".*\d[kKmMbBtT]", word):
        return _SCALE[last.lower()]
    return _latin(re.split(r"[^A-Za-z]+", word)[-1])


def _digits(word: str) -> str:
    digits = re.search(r"[0-9,.]*[0-9]$", word)
    figure = (digits[0] if digits else word[-1]).replace(",", "")
    if "." in figure or figure[-1] != "0" or figure == "0":
        return _DIGITS[figure[-1]]
    zeros = len(figure) - len(figure.rstrip("0"))
    return {1: "ㅂ", 2: "ㄱ", 3: "ㄴ"}.get(zeros % 4, "ㄴ" if zeros < 8 else "ㄱ" if zeros < 12 else "")


def _latin(word: str) -> str:
    low = word.lower()
    if low in _READ:
        return _READ[low]
    if tail := re.search("(?<=[a-z])[A-Z]{2,}$", word):  # HunyuanOCR, mAP: the letters at its end
        return _latin(tail[0])
    if (
        re.fullmatch("[A-Z][a-z]?[A-Z]{1,3}", word)
        or len(word) == 1
        or (word.isupper() and (len(word) <= 5 or not re.search("[AEIOU]", word)))
        or not re.search("[aeiouy]", low)
    ):
        return _LETTERS.get(low[-1:], "")
    return _english(low)


def _english(low: str) -> str:
    """Final consonant of an English word written out in Korean: 밸런스, 토큰, 모델, 임베딩, 벤치마크."""
    if re.search(r"(?:ng)$", low):
        return "ㅇ"
    if re.search(r"(?:[^aeiou]le|[aeiouwr]l|ll)$", low):
        return "ㄹ"
    if re.search(r"(?:[aeiou](?:ne|n)|gn|nn|rn|on|en|an|in|un)$", low):
        return "ㄴ"
    if (re.search(r"(?:[aeiou]me|m|mb)$", low) and not low.endswith("sm")) or low.endswith("sm"):
        return "ㅁ"
    if re.search(r"(?<![aeiou])[aeiou](?:ck|c)$|(?<![aeiou])[aeiou]k$|(?:ic|ac)$", low):
        return "ㄱ"
    if re.search(r"(?<![aeiou])[aeiou]p$|(?:op|ap|ip|up)$", low):
        return "ㅂ"
    if re.search(r"(?<![aeiou])[aeiou]t$", low) and len(low) <= 8:
        return "ㅅ"
    return ""


_SPELLED = re.compile("(?:[A-Za-z]*[a-z])?[A-Z]{2,6}$")
# Capitals that may be read as a word: RECAP, TENET, SAC.
_SAID = re.compile("(?=[A-Z]{4})[^AEIOU]{0,2}[AEIOU]{1,2}[^AEIOU]|[^AEIOU][AEIOU][^AEIOU]$")
_HEARD = re.compile(r"(?:ng|[aeiou](?:n|ne|m)|[aeiouwr]l|ll|[^aeiou]le|[aeiou]r|[aiouy])$")


def is_read(word: str) -> bool:
    """Whether everybody reads the end of the word alike: known words, capitals that only spell, plain endings. How
    the figure of a name is read (Llama 3: 쓰리, 삼) is open where the two readings end differently."""
    last = re.split(r"[^A-Za-z0-9]+", word)[-1]
    if word.lower() in _READ or last.lower() in _READ:
        return True
    if last[-1:].isdigit():
        return bool(not re.search("[A-Za-z]", word) or re.search(r"\d\d$", last) or last[-1] not in "0369")
    if len(last) == 1 or re.fullmatch(r"\d+[kKmMbBtT]", last):
        return True
    tail = re.search("[A-Z]{2,}$", last)
    if tail:
        return bool(_SPELLED.fullmatch(last)) and not _SAID.match(tail[0])
    return bool(_HEARD.search(last.lower())) and not last[-1:].isupper()


def particle(word: str, pair: str) -> str:
    """The member of `pair` ("을/를", "은/는", "이/가", "으로/로", "과/와" …) after `word`: RAG는, GPU는, 3으로.

    Raises KeyError for an unknown pair."""
    closed, open_ = _PAIRS[pair]
    end = final(word)
    if pair.startswith("으로"):
        return open_ if end in ("", "ㄹ") else closed
    return closed if end else open_
