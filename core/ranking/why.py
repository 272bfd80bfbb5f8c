"""왜 뽑았나: the parts of the expected attention as reasons that are true of the paper.

A reason is printed when its group of features raised the score and the fact it names is in the paper's own record; a
group that raised the score without such a fact stays unnamed.
"""

import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from core.model import Paper
from core.ranking.attention import TEXT
from core.ranking.record import COLUMNS, Record
from core.ranking.relevance import found

_IS_OUT = r"[\w ,]{0,30}\b(?:available|released|open|public|provided|found)"
_CODE = re.compile(rf"github\.com|gitlab\.com|\bcodes?\b[\w ,]{{0,30}} (?:is|are|has been|have been)\b{_IS_OUT}", re.I)
_CODE_TO_COME = re.compile(rf"\bcodes?\b[\w ,]{{0,30}} will be\b{_IS_OUT}", re.I)
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
_WAITING = re.compile(r"submi|review", re.I)
_CLOSES = ZoneInfo("America/New_York"), 14  # when arXiv's day of submissions ends
_LAST_HOURS = 2
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
        return "코드 공개"
    if "huggingface.co" in text.lower():
        return "Hugging Face에 자료 공개"
    if _CODE_TO_COME.search(text):
        return "코드 공개 예정"
    if _PAGE.search(text):
        return "프로젝트 페이지"
    venue = None if _WAITING.search(comment) else _VENUE.search(comment)
    return f"학회·학술지 채택: {venue[1]}" if venue else ""


def _record(paper: Paper, record: Record) -> str:
    papers, picks = record.best(paper)
    return f"기록된 논문 {papers:,}편 중 {picks:,}편이 Hugging Face에 추천된 저자" if picks else ""


def _topic(paper: Paper) -> str:
    near = [(topic.weight, topic.name) for topic, part in found(paper) if topic.weight > 0 and part == 1]  # its title's
    return f"추천된 논문들과 닮은 주제: {max(near)[1]}" if near else ""


def _place(paper: Paper) -> str:
    zone, hour = _CLOSES
    if paper.published is None or not hour - _LAST_HOURS <= paper.published.astimezone(zone).hour < hour:
        return ""
    return "arXiv 접수 마감 무렵에 제출(널리 알리려는 저자가 고르는 때)"


def _form(paper: Paper) -> str:
    return (
        "기술 보고서" if "technical report" in f"{paper.title} {paper.abstract} {paper.comment or ''}".lower() else ""
    )


REASONS: dict[str, Callable[[Paper, Record], str]] = {
    "record": _record,
    "text": lambda paper, _: _topic(paper),
    "links": lambda paper, _: _links(paper),
    "team": lambda paper, _: f"저자 {len(paper.authors):,}명의 큰 연구" if len(paper.authors) >= LARGE else "",
    "field": lambda paper, _: f"관심이 많은 분야: {paper.primary}" if paper.primary else "",
    "place": lambda paper, _: _place(paper),
    "form": lambda paper, _: _form(paper),
}
