"""Files of candidates: one arXiv listing day a file, a JSON object a line, plain or gzip.

`read_candidates` is for ranking: it needs no labels, takes what is there and ignores the rest. `read_days` is
for training and evaluation: it insists on `hf_daily`. A pick later than a week (`hf_late`) is no pick; what was
picked with no upvotes known gains 0.
"""

import gzip
import json
import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import SettingsError
from core.model import Paper


@dataclass(frozen=True, slots=True)
class Day:
    """A listing day and what the community did: `picked` 0/1 and `upvotes` (0 if not picked), a paper each."""

    name: str
    papers: tuple[Paper, ...]
    picked: tuple[int, ...]
    upvotes: tuple[int, ...]


def read_candidates(path: Path) -> tuple[Paper, ...]:
    """The candidates of one day in the file's order; () for an empty file. Missing abstract, authors, categories and
    comment are taken as empty; of a paper named twice the row
    that says more is read. Raises SettingsError naming the line."""
    papers: dict[str, Paper] = {}
    for number, row in _rows(path):
        paper = _paper(path, number, row)
        twin = papers.get(paper.id, paper)
        papers[paper.id] = max(twin, paper, key=lambda each: (len(each.abstract), each.title, each.abstract))
    return tuple(papers.values())


def read_days(folder: Path) -> tuple[Day, ...]:
    """Every labelled day in the folder (or in its `days/`), oldest first, those without papers left out. Raises
    SettingsError when there is none or a line has no label."""
    files = _files(folder / "days") or _files(folder)
    if not files:
        raise SettingsError("DIR", f"{folder} 안에 날짜별 후보 파일(YYYY-MM-DD.jsonl.gz)이 없습니다.")
    days = tuple(day for path in files if (day := _day(path)).papers)
    if not days:
        raise SettingsError("DIR", f"{folder} 안의 후보 파일이 모두 비어 있습니다.")
    return days


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.name.endswith((".jsonl", ".jsonl.gz")))


def _day(path: Path) -> Day:
    papers, picked, upvotes = [], [], []
    for number, row in _rows(path):
        if row.get("hf_daily") not in (0, 1):
            raise SettingsError("DIR", f"{path.name} {number}번째 줄에 정답(hf_daily)이 없어 평가할 수 없습니다.")
        papers.append(_paper(path, number, row))
        picked.append(int(row["hf_daily"]))
        votes = row.get("hf_upvotes")
        upvotes.append(int(votes) if picked[-1] and isinstance(votes, int | float) and math.isfinite(votes) else 0)
    return Day(path.name.split(".")[0], tuple(papers), tuple(picked), tuple(upvotes))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise SettingsError("FILE", f"{path} 파일을 읽을 수 없습니다.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:  # also of a number with thousands of digits
            raise SettingsError("FILE", f"{path.name} {number}번째 줄이 올바른 JSON이 아닙니다.") from error
        if not isinstance(row, dict):
            raise SettingsError("FILE", f"{path.name} {number}번째 줄이 JSON 객체가 아닙니다.")
        yield number, row


def _paper(path: Path, number: int, row: dict[str, Any]) -> Paper:
    identity, title = row.get("id"), row.get("title")
    if not isinstance(identity, str) or not identity.strip():
        raise SettingsError("FILE", f"{path.name} {number}번째 줄에 논문 id가 없습니다.")
    categories = _categories(row.get("categories"))
    primary, comment = row.get("primary"), row.get("comment")
    return Paper(
        id=_text(identity).strip(), title=_text(title), abstract=_text(row.get("abstract")),
        authors=_names(row.get("authors")), categories=categories,
        primary=_text(primary) or (categories or ("",))[0], comment=_text(comment) or None,
    )  # fmt: skip


def _text(value: object) -> str:
    """Lone surrogates, which JSON can carry and no terminal can print, are replaced."""
    return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    """A list of names, or names in one text with commas between."""
    rows = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(name for row in rows if (name := _text(row).strip()))


def _categories(value: object) -> tuple[str, ...]:
    """A list of categories (a subject class among them may have blanks), or a text of them with blanks between."""
    return _names(value.replace(" ", ",") if isinstance(value, str) else value)
