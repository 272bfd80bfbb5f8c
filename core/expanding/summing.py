"""요약해 줘, where no model can write one: said honestly, with the sentences that come nearest to it."""

import re
from dataclasses import replace

from core.expanding.answers import CitedAnswer, CitedClaim
from core.expanding.excerpts import NOT_FOUND, excerpt, keywords_of
from core.fulltext import Document
from core.model import Edition, Item

_SUMMARY = re.compile(r"요약|한\s?(?:줄|문장)|정리해|줄여|간단히|무슨\s(?:논문|내용)|뭐\s?하는|tl;?dr|summar\w*", re.I)
_NEEDS_A_MODEL = "요약은 언어 모델(LLM_MODEL)이 있어야 쓸 수 있어, 원문 문장을 그대로 보입니다."
_SHOWN = ("방법", "결과")


def asks_for_summary(question: str) -> bool:
    """Of the whole paper: 한계를 요약해 줘 is a question about limits."""
    rest = _SUMMARY.sub(" ", question).replace("논문", " ")
    return _SUMMARY.search(question) is not None and not keywords_of(rest)


def summed(document: Document, item: Item, question: str, note: str = "") -> CitedAnswer:
    """What the paper does and what came of it, in its own words; of one that tells neither, what it tells first."""
    said = excerpt(document, item, note or _NEEDS_A_MODEL)
    sections = [section for section in said.sections if section.title in _SHOWN] or said.sections[:1]
    claims = tuple(section.claims[0] for section in sections)
    text = " ".join(claim.text for claim in claims) or NOT_FOUND[document.basis]
    return CitedAnswer(
        item.id, document.basis, document.version, question, claims, bool(claims), text, note=said.note,
        extracted=True, title=item.title,
    )  # fmt: skip


def with_one_liner(said: CitedAnswer, edition: Edition | None) -> CitedAnswer:
    """An excerpt in place of a summary, after what the edition says of the paper in one line, if it does."""
    if not (edition and said.extracted and asks_for_summary(said.question)):
        return said
    for story in edition.stories:
        if said.ref in {item.id for item in (story.item, *story.merged)} and story.one_liner and not story.withdrawn:
            told = CitedClaim(story.one_liner, (f"{edition.date} {story.n}번 한 줄 평",))
            return replace(said, claims=(told, *said.claims), found=True, text=f"{told.text} {said.text}")
    return said
