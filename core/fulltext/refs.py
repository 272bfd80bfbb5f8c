"""What people type to name a paper, turned into an arXiv id and a version.

Every form that arXiv itself prints is read (new and old ids, abs/pdf/html addresses, DOIs) and the two mirrors people
paste most (Hugging Face papers, alphaXiv). Nothing is guessed: what is no arXiv reference raises.
"""

import re

from core.errors import PaperUnreadable

_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ID = rf"(?P<id>{_NEW}|{_OLD})(?:v(?P<version>[1-9]\d?))?"
_HOSTS = r"(?:(?:www\.|export\.|browse\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print|list)/"
_MIRRORS = (
    r"|(?:www\.)?huggingface\.co/papers/|(?:www\.)?alphaxiv\.org/(?:abs|overview)/"
    r"|ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)/"
)
_DOI = r"|(?:dx\.)?doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\.)"
_REFERENCE = re.compile(
    rf"(?:(?:https?://)?{_HOSTS}{_MIRRORS}{_DOI}|arxiv:\s*)?{_ID}(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)


def resolve(ref: str) -> tuple[str, int | None]:
    """The canonical id (no version) and the version named, None when the newest is meant.
    Raises PaperUnreadable when `ref` is no arXiv id or address."""
    bare = ref.strip().strip("<>\"'`").split("|")[0].strip()
    match = _REFERENCE.fullmatch(bare)
    if match is None:
        shown = ref.strip()[:80]
        raise PaperUnreadable(
            f"arXiv 번호나 주소로 읽을 수 없습니다: {shown!r} (예: 2602.01785, https://arxiv.org/abs/2602.01785v2)"
        )
    return _canonical(match["id"]), int(match["version"]) if match["version"] else None


def _canonical(paper_id: str) -> str:
    if "/" not in paper_id:
        return paper_id
    archive, number = paper_id.split("/")
    return f"{archive.split('.')[0].lower()}/{number}"
