"""What can be had of a paper, said by code: the links of its own record and body, each with the place that names it.

A model writes no address (it may invent one), so 바로 해 보기 gets them here. What only a planted order names is left
out, as everywhere where code copies. What the record says beside the abstract, the authors' comment and the fact strip,
goes to a question as passages.
"""

from dataclasses import replace

from core.checking import printable
from core.expanding.answers import CitedClaim, ExpSection
from core.fulltext import Chunk, Document, facts, links_of
from core.model import Item, Paper, Reading

TRY_IT = "바로 해 보기"
LISTS = ("차례", "표와 그림")  # what an excerpt ends with
COMMENT = "저자 주석"
_STRIP = "논문 정보"


def printed(document: Document, item: Item) -> Reading:
    """The paper as code may copy from it."""
    return printable(Reading(item, document.text, document.basis, links_of(item, document), document.version))


def record(document: Document, item: Item, after: int) -> tuple[Chunk, ...]:
    """The authors' comment and what the fact strip found as passages; `after`: how many the document itself has."""
    reading = printed(document, item)
    strip = " · ".join(f"{label}: {value}" for label, value in facts(reading) if not value.endswith("없음"))
    held = [(place, text) for place, text in ((COMMENT, reading.comment), (_STRIP, strip)) if text]
    return tuple(Chunk(f"c{n}", text, place, place) for n, (place, text) in enumerate(held, after + 1))


def with_links(sections: tuple[ExpSection, ...], document: Document, item: Item) -> tuple[ExpSection, ...]:
    """The sections, the paper's links at the end of 바로 해 보기; the section is made where there is none."""
    links = [link for link in printed(document, item).links if link.url != item.url and link.title != "Hacker News"]
    if not links:
        return sections
    claims = tuple(CitedClaim(f"{link.title}: {link.url}", (place(link.url, document, item),)) for link in links)
    if not any(section.title == TRY_IT for section in sections):
        told = [section for section in sections if section.title not in LISTS]
        return (*told, ExpSection(TRY_IT, claims), *sections[len(told) :])
    return tuple(
        replace(section, claims=(*section.claims, *claims)) if section.title == TRY_IT else section
        for section in sections
    )


def place(url: str, document: Document, item: Item) -> str:
    """Where the paper names that address."""
    for block in document.blocks:
        if url in block.text or url in block.urls:
            return block.place
    return COMMENT if isinstance(item, Paper) and url in (item.comment or "") else "초록"
