"""Whether the passage that answers a question is found: hit@5 of 60 questions on six recorded papers.

questions.json holds each question, the places that answer it, and English keywords as a model writes them for it.
A hit: one of the five best passages stands at one of the places. `own` is what is found without any model.
"""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from core.expanding.excerpts import keywords_of
from core.fulltext import Document, Search, chunks
from core.fulltext.html import parse_html
from core.fulltext.pdf import parse_pdf

_BEST = 5


@cache
def questions() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(files("bot.bench").joinpath("questions.json").read_text(encoding="utf-8")))


def pages(folder: Path) -> dict[tuple[str, int], str]:
    """By id and version: the HTML of `html/IDvN/index.html`."""
    paths = {path.parent.name: path for path in sorted(folder.glob("html/*/index.html"))}
    return {key: path.read_text(encoding="utf-8") for name, path in paths.items() if (key := _key(name))}


def pdfs(folder: Path) -> dict[tuple[str, int], bytes]:
    """The same for `pdf/IDvN.pdf`."""
    paths = {path.stem: path for path in sorted(folder.glob("pdf/*.pdf"))}
    return {key: path.read_bytes() for name, path in paths.items() if (key := _key(name))}


def _key(name: str) -> tuple[str, int] | None:
    match = re.fullmatch(r"(.+)v(\d+)", name)
    return (match[1], int(match[2])) if match else None


async def documents(folder: Path) -> dict[str, Document]:
    """What such a folder holds, by id."""
    found = {paper: parse_html(page, paper, version) for (paper, version), page in pages(folder).items()}
    for (paper, version), body in pdfs(folder).items():
        found[paper] = await parse_pdf(body, paper, version)
    return found


def hits(read: dict[str, Document]) -> dict[str, Any]:
    """hit@5 by language, with a model's keywords and without, and what the keywords missed."""
    indexes = {paper: Search(chunks(document)) for paper, document in read.items()}

    def hit(question: dict[str, Any], keywords: tuple[str, ...]) -> bool:
        best = indexes[question["paper"]].best(keywords, _BEST)
        return any(chunk.place in question["places"] for chunk in best)

    figures: dict[str, Any] = {}
    for language in ("ko", "en"):
        asked = [question for question in questions() if question["lang"] == language and question["paper"] in indexes]
        missed = [question["question"] for question in asked if not hit(question, tuple(question["keywords"]))]
        own = sum(hit(question, keywords_of(question["question"])) for question in asked)
        figures[language] = {
            "asked": len(asked), "hit5": _share(len(asked) - len(missed), len(asked)),
            "hit5_without_model": _share(own, len(asked)), "missed": missed,
        }  # fmt: skip
    return figures


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
