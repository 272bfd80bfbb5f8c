"""The demonstration day: 2026-02-03's batch in small, and what a model answered for it.

30 real papers and 10 real news pieces (ids, titles, authors, links, dates and upvotes are facts) with descriptions
written for this sample, which stand where the abstracts would: every quote in replies.json is verbatim in them.
Only `demo` and the tests load it; it never mixes with collected items. Running it is `core.daily`'s business.
"""

from datetime import UTC, date, datetime
from importlib.resources import files

from pydantic import TypeAdapter

from core.model import Batch, Collected, News, Paper, SourceReport

SAMPLE_NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)  # 16:40 in Seoul, when the digest is due


def sample_day() -> Collected:
    """The day as collecting would hand it on: papers first, then news, each source under a name that says 표본."""
    papers = TypeAdapter(tuple[Paper, ...]).validate_json(_read("papers.json"))
    news = TypeAdapter(tuple[News, ...]).validate_json(_read("news.json"))
    batch = Batch(date(2026, 2, 3), announced_at=datetime(2026, 2, 3, 1, tzinfo=UTC), new=len(papers))
    reports = (
        SourceReport(
            "arXiv 표본", ok=True, count=len(papers), detail="그날 배치에서 고른 논문, 설명은 표본용으로 새로 씀"
        ),
        SourceReport("뉴스 표본", ok=True, count=len(news), detail="그 무렵의 소식, 요약은 표본용으로 새로 씀"),
    )
    return Collected((*papers, *news), batch, reports)


def sample_replies() -> dict[str, object]:
    """The recorded replies by the name of the ask (`choose`, `write:<item id>`, `actions`), for `core.llm.recorded`."""
    return TypeAdapter(dict[str, object]).validate_json(_read("replies.json"))


def _read(name: str) -> bytes:
    return (files(__name__) / name).read_bytes()
