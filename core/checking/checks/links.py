"""Links: only those of the item's own record, wherever in the entry they stand."""

from collections.abc import Iterator

from core.checking.texts.addresses import addresses, foreign
from core.checking.texts.source import Case
from core.model import Finding


def check(case: Case) -> Iterator[Finding]:
    text = case.sentence.text
    for url in foreign(text, [link.url for link in case.source.reading.links]):
        yield Finding("link", url, "이 글의 기록에 없는 링크입니다")
    if case.sentence.section == "link" and not addresses(text):
        yield Finding("link", text[:80], "링크가 아닙니다")
