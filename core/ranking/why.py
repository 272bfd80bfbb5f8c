"""왜 뽑았나: the parts of the expected attention as reasons that are true of the paper.

A reason is printed when its group of features raised the score and the fact it names is in the paper's own record; a
group that raised the score without such a fact stays unnamed.
"""

import re
from collections.abc import Callable, Sequence

from core.model import Paper
from core.ranking.attention import TEXT
from core.ranking.record import COLUMNS

_CODE = re.compile(
    r"github\.com|gitlab\.com|huggingface\.co|code (?:is|are|will be|and [\w ]{1,30}) |codes? available|source code",
    re.I,
)
_PAGE = re.compile(r"github\.io|project (?:web)?(?:page|site)|homepage|website|webpage", re.I)
_VENUE = re.compile(r"\b(CVPR|ICLR|NeurIPS|ICML|ACL|EMNLP|NAACL|AAAI|ECCV|ICCV|SIGGRAPH|COLM|KDD|TMLR)\b")
_LINKS = (
    "github",
    "page",
    "hugging_face",
    "url",
    "urls",
    "urls_own",
    "anonymous",
    "open_source",
    "released",
    "no_comment",
)
_PLACE = ("place", "end", "start_log", "gap_", "dense_")
ENOUGH = 0.1  # log-odds: less is not worth naming
LARGE = 20


def groups(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The columns of each group that can be a reason."""
    result: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        result.setdefault(_group(name), []).append(column)
    return {name: tuple(columns) for name, columns in result.items() if name in REASONS}


def _group(name: str) -> str:
    if name in COLUMNS:
        return "record"
    if name in TEXT:
        return "text"
    if name.startswith("authors"):
        return "team"
    if name in _LINKS or name.startswith("comment") or name.startswith("venue") or name == "accepted":
        return "links"
    if name.startswith(("in_cs.", "in_stat", "in_eess", "primary", "categories")):
        return "field"
    return "place" if name.startswith(_PLACE) else "form"


def _links(paper: Paper) -> str:
    text, comment = f"{paper.abstract} {paper.comment or ''}", paper.comment or ""
    if _CODE.search(text):
        return "코드·모델 공개"
    if _PAGE.search(text):
        return "프로젝트 페이지"
    venue = _VENUE.search(comment)
    return f"학회 발표: {venue[1]}" if venue else ""


def _form(paper: Paper) -> str:
    return (
        "기술 보고서" if "technical report" in f"{paper.title} {paper.abstract} {paper.comment or ''}".lower() else ""
    )


REASONS: dict[str, Callable[[Paper], str]] = {
    "record": lambda paper: "저자 실적" if paper.authors else "",
    "text": lambda paper: "지금 많이 읽히는 주제",
    "links": _links,
    "team": lambda paper: f"저자 {len(paper.authors)}명의 큰 연구" if len(paper.authors) >= LARGE else "",
    "field": lambda paper: f"관심이 많은 분야: {paper.primary}" if paper.primary else "",
    "place": lambda paper: "마감 직전에 제출(알리려는 논문)",
    "form": _form,
}
