"""The plodding reader behind the bench's model server: expands a paper, answers about it, binds a week.

It says in plain Korean which names and figures a passage holds and cites that passage's id, so that what it writes
can be checked and nearly always holds. Nothing here understands anything; it plays the part, for the bench and tests.
"""

import re
from typing import Any

from core.text import sentences

_PASSAGE = re.compile(r"^\[(c\d+)\] \(([^\n]*)\)\n(.*?)(?=^\[c\d+\] \(|\Z)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"(?<![\w.$\\-])[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?![\w.$-])")
_HEADS = (
    ("problem", r"abstract|introduction|background"),
    ("method", r"method|model|architecture|approach|language|training|system"),
    ("results", r"result|evaluat|experiment|performance"),
    ("limits_stated", r"limitation"),
    ("try_it", r"training|implementation|conclusion|abstract"),
)


_TERMS = (("cost", "비용"), ("train", "학습"), ("token", "토큰"), ("accura", "정확도"),
          ("speed", "속도"), ("data", "데이터"), ("model", "모델"), ("text", "텍스트"), ("result", "결과"))  # fmt: skip


def say(quote: str, n: int = 0) -> str:
    """One sentence of which only the names and the first percentage are the source's; the n-th of its section."""
    names = list(dict.fromkeys(NAME.findall(quote)))[:2]
    figures = re.findall(r"\b\d+(?:\.\d+)?%", quote)[:1]
    about = ", ".join(names) + "에 관해 " if names else ""
    opening = ("", "이어서 ", "끝으로 ")[n]
    return f"{opening}저자들은 {about}{figures[0] + '라는 수치와 함께 ' if figures else ''}결과를 보고합니다."


def expansion(source: str) -> dict[str, Any]:
    """The reply to prompts/expand.txt for the fenced passages."""
    passages = _PASSAGE.findall(source)
    reply: dict[str, Any] = {"limits_seen": []}
    for field, heading in _HEADS:
        fitting = [(cite, text) for cite, head, text in passages if re.search(heading, head, re.IGNORECASE)]
        reply[field] = [_claim(cite, text) for cite, text in fitting[:2]]
    return reply


def answer(source: str, question: str) -> dict[str, Any]:
    """The reply to prompts/ask.txt: the passage that shares most words with the question, if any does."""
    words = {word.lower() for word in re.findall(r"[A-Za-z][\w-]+|\d[\d.]*", question)}
    scored = [
        (len(words & set(re.findall(r"[a-z][\w-]+|\d[\d.]*", text.lower()))), cite, text)
        for cite, _, text in _PASSAGE.findall(source)
    ]
    best = max(scored, default=(0, "", ""))
    return {"found": best[0] > 0, "claims": [_claim(best[1], best[2])] if best[0] else []}


def week(source: str) -> dict[str, Any]:
    """The reply to prompts/week.txt: neighbours are a development."""
    entries = re.findall(r"^\[([^\]]+)\] \([^)]*\) (.*?)\n.*?\n자료: (.*)$", source, re.MULTILINE)[:10]
    strands = []
    for pair in (entries[at : at + 2] for at in range(0, len(entries) - 1, 2)):
        quotes = [(id, next(iter(sentences(text)), text)) for id, _, text in pair]
        name = (NAME.findall(pair[0][1]) or ["새 방법"])[0]
        lines = [{"text": say(quote), "id": id, "quote": quote} for id, quote in quotes]
        ids = [id for id, *_ in pair]
        strands.append({"headline": f"{name}: 무엇이 달라졌나", "ids": ids, "lines": lines})
    return {"strands": strands, "outlook": None}


def keywords(question: str) -> dict[str, Any]:
    return {"keywords": list(dict.fromkeys(re.findall(r"[A-Za-z][\w-]+", question)))[:8] or ["results"]}


def _claim(cite: str, text: str) -> dict[str, Any]:
    """About the sentence of a passage that names most; where none names anything, about a term that it uses."""
    best = max(sentences(text) or (text,), key=lambda sentence: len(NAME.findall(sentence)))
    terms = [korean for english, korean in _TERMS if english in text.lower()]
    plain = f"저자들은 {terms[0]}에 관해 이야기합니다." if terms else say(best)
    return {"text": say(best) if NAME.search(best) else plain, "cites": [cite]}
