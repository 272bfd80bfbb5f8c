"""read(): the text a story is written from and checked against; of a full text, only its most useful parts.

A model pays for every character and a checker believes every one, so a paper is cut to what a digest can use: the
abstract as announced, the contributions, the results with their tables, the limits, what is given and needed. Every
sentence stands verbatim in the paper. The one promise to readers: a full text that cannot be had gives the abstract and
says so; reading never fails for that.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from core.fulltext.availability import offers_or_licence
from core.fulltext.document import Block, Document, Section
from core.fulltext.hardware import resources
from core.fulltext.library import Library
from core.fulltext.limits import states_limit
from core.fulltext.links import links_of
from core.model import Item, News, Paper, Reading
from core.text import sentences, shorten

log = logging.getLogger(__name__)
BUDGET = 12_000  # characters per paper: about 4k tokens, so five papers leave room in 60k
_TABLE_LIMIT = 1_600
_RESULT_HEAD = re.compile(r"result|evaluat|experiment|performance|ablation|benchmark|finding|comparison|analysis", re.I)
_LIMIT_HEAD = re.compile(r"limitation|threats to validity|broader impact|future|caveat|failure", re.I)
_OTHERS_HEAD = re.compile(r"related work|background|baseline|licen[cs]es|existing assets", re.I)
_ASIDE_HEAD = re.compile(
    r"related work|acknowledg|author contribution|contributions and|ethic|appendix|prompt|notation|preliminar", re.I
)
_CONTRIBUTION = re.compile(
    r"\b(?:we|this (?:paper|work|report)"
    r"|our (?:main |key )?(?:contributions?|method|approach|model|framework|system|work|findings))\b.{0,60}"
    r"\b(?:propos|introduc|present|develop|contribut|show|demonstrat|find|release|provide|achiev|design|study|summar)",
    re.I,
)  # fmt: skip
_RESULT = re.compile(r"\d[\d.,]*\s?(?:%|×|x\b|points?|BLEU|F1|ms\b|hours?|days?|tokens?|GB|M\b|B\b)|\b\d+\.\d+\b")
_VERDICT = re.compile(
    r"\b(?:outperform|improv|surpass|achiev|reduc|exceed|better|worse|faster|slower|drop|degrad|gain|state-of-the-art|compar|match)\w*",
    re.I,
)
_LIMIT = re.compile(
    r"\b(?:limitations?|limited (?:to|by)|drawbacks?|shortcomings?|fails? (?:to|on|when)|failure cases?"
    r"|does not (?:support|handle|generali[sz]e|scale|work)|cannot|can not|underperform\w*|beyond the scope|future work"
    r"|remains? (?:challenging|open|difficult|unclear)|we (?:only|did not|do not|leave)|at the cost of|expensive"
    r"|however, (?:our|we|the (?:model|method)|it)|restricted to)\b",
    re.I,
)  # fmt: skip


async def read(
    item: Item,
    library: Library | None = None,
    *,
    basis: Literal["fulltext", "abstract"] = "fulltext",
) -> Reading:
    """What is known about `item`, with its basis and its only links. With `basis="abstract"`, without a library and for
    news it is the item's own text; otherwise at most about `BUDGET` characters of the full text, which begin with the
    announced abstract, word for word. Never raises for a text that cannot be had."""
    if isinstance(item, News):
        return Reading(item, item.summary or item.title, "article", links_of(item))
    announced = Reading(item, item.abstract, "abstract", links_of(item), item.version)
    if basis == "abstract" or library is None:
        return announced
    document = await library.open(item)
    if document.basis != "abstract":
        return await asyncio.to_thread(_reading, document, item)
    log.warning("fulltext.abstract item=%s reason=%s", item.id, document.note)
    return replace(announced, unread=True)


def _reading(document: Document, item: Paper) -> Reading:
    text, places = condense(document, item.abstract)
    return Reading(item, text, document.basis, links_of(item, document), document.version, places)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A verbatim part of the paper with its position, so that what is chosen is printed in reading order, and with
    the place a reader finds it at."""

    at: tuple[int, int, int]
    text: str
    place: str


Places = tuple[tuple[int, str], ...]


def condense(document: Document, abstract: str, budget: int = BUDGET) -> tuple[str, Places]:
    """The announced abstract and the parts of the body that a digest can use, in reading order, blank lines between;
    and where in that text each place begins."""
    chosen: dict[tuple[int, int, int], _Piece] = {}
    left = budget - len(abstract)

    def take(pieces: Iterable[_Piece], share: int) -> None:
        nonlocal left
        for piece in pieces:
            cost = len(piece.text) + 2
            if piece.at not in chosen and cost <= min(left, share):
                chosen[piece.at] = piece
                left, share = left - cost, share - cost

    body = [(n, s) for n, s in enumerate(document.sections) if s.title.lower() != "abstract"]
    plain = [(n, s) for n, s in body if not _ASIDE_HEAD.search(s.title)]
    take(_sentences([(n, s) for n, s in body if not _OTHERS_HEAD.search(s.title)], offers_or_licence), 1_500)
    take(_sentences(plain, lambda sentence: bool(resources(sentence))), 1_000)
    take(_prose([(n, s) for n, s in body if _LIMIT_HEAD.search(s.title)]), 2_200)
    take(_tables(plain), 2 * _TABLE_LIMIT)
    take(_ranked(plain, _result_score), 3_000)
    take(_sentences(plain, lambda sentence: bool(states_limit(sentence) or _LIMIT.search(sentence))), 1_500)
    take(_sentences(_introductions(plain), lambda sentence: bool(_CONTRIBUTION.search(sentence))), 2_000)
    take(_prose([(n, s) for n, s in plain if re.search(r"conclusion|discussion|summary", s.title, re.I)]), 1_500)
    take(_prose(plain), left)
    return _joined(abstract, sorted(chosen.values(), key=lambda piece: piece.at))


def _joined(abstract: str, pieces: Iterable[_Piece]) -> tuple[str, Places]:
    """Sentences that follow each other in the paper stand in one paragraph, others apart."""
    text, places = abstract, [(0, "초록")]
    previous: tuple[int, int, int] | None = None
    for piece in pieces:
        follows = previous is not None and piece.at[:2] == previous[:2] and piece.at[2] == previous[2] + 1
        text += " " if follows else "\n\n"
        if piece.place != places[-1][1]:
            places.append((len(text), piece.place))
        text += piece.text
        previous = piece.at
    return text, tuple(places)


_Numbered = list[tuple[int, Section]]


def _prose(sections: _Numbered) -> Iterable[_Piece]:
    return _sentences(sections, lambda _: True)


def _sentences(sections: _Numbered, wanted: Callable[[str], bool]) -> Iterable[_Piece]:
    for n, section in sections:
        for m, block in enumerate(section.blocks):
            if block.kind == "text" or (block.kind == "note" and not block.text.startswith("http")):
                for i, sentence in enumerate(sentences(block.text)):
                    if wanted(sentence) and re.search("[A-Za-z]{2}", sentence):  # the "1." of a list says nothing
                        yield _Piece((n, m, i), sentence, block.place)


def _ranked(sections: _Numbered, score: Callable[[Section, str], float]) -> list[_Piece]:
    scored = [
        (score(section, piece.text), piece)
        for n, section in sections
        for piece in _sentences([(n, section)], lambda _: True)
    ]
    return [piece for value, piece in sorted(scored, key=lambda pair: (-pair[0], pair[1].at)) if value > 0]


def _result_score(section: Section, sentence: str) -> float:
    numbers = len(_RESULT.findall(sentence))
    if not numbers or len(sentence) > 600:
        return 0.0
    return min(numbers, 3) + 1.5 * bool(_VERDICT.search(sentence)) + 1.5 * bool(_RESULT_HEAD.search(section.title))


def _tables(sections: _Numbered) -> list[_Piece]:
    """Tables of results before others, main text before appendices, each cut at a row."""
    found: list[tuple[bool, int, _Piece]] = []
    for n, section in sections:
        for m, block in enumerate(section.blocks):
            if block.kind == "table" and "\n" in block.text:
                telling = bool(_RESULT_HEAD.search(section.title) or _VERDICT.search(block.text[:300]))
                appended = section.number[:1].isalpha()
                found.append((not telling or appended, n, _Piece((n, m, 0), _cut(block), block.place)))
    return [piece for _, _, piece in sorted(found, key=lambda entry: entry[:2])]


def _cut(block: Block) -> str:
    rows = block.text.split("\n")
    kept = [shorten(rows[0], 500) if len(rows[0]) > 500 else rows[0]]
    for row in rows[1:]:
        if sum(map(len, kept)) + len(kept) + len(row) > _TABLE_LIMIT:
            break
        kept.append(row)
    return "\n".join(kept)


def _introductions(sections: _Numbered) -> _Numbered:
    """The introduction and what stands under it until the next top section."""
    found: _Numbered = []
    inside = False
    for n, section in sections:
        if section.level == 1:
            inside = bool(re.search(r"introduction", section.title, re.I)) or (not found and n <= 1)
        if inside:
            found.append((n, section))
    return found
