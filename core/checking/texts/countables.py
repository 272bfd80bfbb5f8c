"""The countable noun beside a number (`19만 개의 토큰`, `논문 9편`), in either language."""

import re

_AFTER = re.compile(
    r"\s?(?:개|건|장|여)?(?:의|가|이|를|을)?[\s-]?((?:(?!(?:와|과|및|또는)\s)[\w.+/-]*[\w+/-](?<![가-힣][에를을로서])\s){0,2}?)"
    r"((?:token|parameter|param|layer|language(?! [a-z])|epoch|session|paper|page|image|video|sentence|hour|day"
    r"|minute|second|month|year|week|document(?!\spages?))(?=s?(?![a-z]))"
    r"|토큰|파라미터|매개\s?변수|에폭|세션|논문|페이지|이미지|동영상|문장|문서)(?!\s?단위)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(토큰|파라미터|매개\s?변수|뉴런|문서|이미지|문장|논문|세션)(?:은|는|이|가|을|를|으로는|만|도)?\s(?:약|총|모두|최대|무려|단)?\s?$"
)
# `모델 14종을 대표적인 이미지 데이터셋에서`: the next noun is no more counted.
_OBJECT = re.compile(r"(?:[을를은는로에]|으로|에서)\s")
_NOUN = {
    "논문": "paper",
    "문서": "document",
    "뉴런": "neuron",
    "페이지": "page",
    "이미지": "image",
    "동영상": "video",
    "문장": "sentence",
    "토큰": "token",
    "에폭": "epoch",
    "세션": "session",
    "parameter": "param",
    "파라미터": "param",
    "매개변수": "param",
} | dict.fromkeys(("hour", "day", "minute", "second", "month", "year", "week"), "time")


def beside(text: str, start: int, end: int) -> str:
    """The countable noun a bare or counted number belongs to, looked for in the two words after it and, as Korean
    puts it first (`토큰 19만 개`), in the word before it; "time" for hours and the like further off; empty if none."""
    before = _BEFORE.search(text[max(0, start - 18) : start])
    after = None if _OBJECT.match(text, end) else _AFTER.match(text[end : end + 40])
    if (
        after
        and not (before and before[0].strip() == before[1] and re.match("개", text[end - 1 :]))  # 파라미터 800억 개
        and not re.search(r"\d|가운데|중|마다\s|별\s|당\s", after[1])
        and not re.match("마다|당|별", text[end + after.end() :])
    ):
        return _noun(after[2])
    return _noun(before[1]) if before else ""


def _noun(word: str) -> str:
    word = word.lower().replace(" ", "")
    return _NOUN.get(word, word)
