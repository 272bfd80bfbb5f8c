"""What is new about something that was told: only what code can name, read from the items' own records."""

import re
from collections.abc import Sequence

from core.fulltext import facts
from core.model import Item, Paper, Reading, Story

_VENUE = re.compile(
    r"\b(?:neurips|nips|icml|iclr|aistats|uai|colt|colm|tmlr|jmlr|acl|emnlp|naacl|eacl|aacl|coling|tacl|aaai|ijcai|cvpr"
    r"|iccv|eccv|wacv|bmvc|miccai|siggraph|kdd|www|sigir|wsdm|cikm|recsys|chi|uist|interspeech|icassp|icra|iros|corl|rss"
    r"|mlsys|osdi|sosp|nsdi|asplos|isca|micro|icse|fse|ase|usenix security|ccs|ndss)\W{0,2}(?:20)?\d\d\b",
    re.I,
)
_ACCEPTED = re.compile(
    r"\baccept(?:ed|ance)\b|\bto appear\b|\bpublished (?:in|at|as)\b|\bcamera[- ]ready\b"
    r"|\b(?:oral|spotlight|highlight|poster|best paper)\b",
    re.I,
)
_ADDRESS = re.compile(r"\S+://\S+|\S+\.\w+/\S*")  # github.com/…/cvpr2026
_PAPERS_PAGE = re.compile(r"https?://(?:www\.)?(?:arxiv\.org|huggingface\.co/papers|alphaxiv\.org)/", re.I)
_NOT_YET = re.compile(
    r"\bsubmi(?:tted|ssion)\b|\bunder (?:\w+ )?review\b|\bin review\b|\bnot (?:yet )?accepted\b|\breject|\bwithdrawn\b"
    r"|\bformat\b|\btemplate\b|\bstyle\b|\bextend(?:s|ed)\b",
    re.I,
)


def novelty(found: Sequence[Item], told: Sequence[Story]) -> str | None:
    """What today's items of an event say that its stories did not, in Korean; None when that is nothing. A change
    of the text alone (a v2) is nothing."""
    known = [item for story in told for item in (story.item, *story.merged)]
    if any(map(_is_paper, known)):
        coded = any(dict(story.facts).get("코드") == "공개" for story in told) or any(map(_has_code, known))
        if not coded and any(map(_has_code, found)):
            return "코드 공개"
        if not any(map(_accepted, known)) and any(map(_accepted, found)):
            return "학회·학술지 채택"
        return "관련 보도" if all(map(_is_paper, known)) and not all(map(_is_paper, found)) else None
    return "논문 공개" if any(map(_is_paper, found)) else None


def _is_paper(item: Item) -> bool:
    """News that is only a pointer to the paper's own page tells nothing about it."""
    return isinstance(item, Paper) or bool(_PAPERS_PAGE.match(item.url))


def _has_code(item: Item) -> bool:
    """Whether a paper's own abstract or comment gives its code (promises do not count)."""
    return isinstance(item, Paper) and dict(facts(Reading(item, item.text, "abstract", ()))).get("코드") == "공개"


def _accepted(item: Item) -> bool:
    comment = _ADDRESS.sub(" ", item.comment or "") if isinstance(item, Paper) else ""
    return bool(_ACCEPTED.search(comment) or _VENUE.search(comment)) and not _NOT_YET.search(comment)
