"""expand() and ask() without a model: the paper's own sentences, chosen by code, marked 원문 발췌.

Nothing is written here: a section head, a sentence that carries a result, a caption, a stated limit stand as the
authors wrote them, with the place they stand at. For a question the passages that share its words are quoted; a
Korean question reaches an English paper by its names and numbers and by the terms in terms.tsv.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from core.checking import before_orders, without_orders
from core.expanding.answers import CitedAnswer, CitedClaim, Expansion, ExpSection
from core.expanding.offered import LISTS, TRY_IT, record
from core.fulltext import Block, Chunk, Document, Search, about_limits, chunks, gives_or_needs, states_limit
from core.fulltext import Section as Part
from core.model import Item
from core.text import readable, sentences, shorten

_LONGEST = 420
_SENTENCE = re.compile(r"(?!\S*\d+ )[A-Z“\"].{39,420}(?:[.!?][\"”)]*|https?://\S+)", re.DOTALL)
_EACH = 3
_LEAST = 3  # a figure and a verdict, or three figures
_PROBLEM = re.compile(
    r"\b(?:challeng\w+|problem\w*|bottleneck\w*|however|difficult\w*|lacks?|cost(?:s|ly)?|expensive|remains|fail\w*"
    r"|suffer\w*|limit(?:ed|s|ations?))\b",
    re.I,
)
_PROPOSES = re.compile(
    r"\b(?:we|this (?:paper|work)|our \w+)\b.{0,40}\b(?:propose|introduce|present|develop|design|build)d?\b",
    re.I,
)
_RESULT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|×|x\b|points?|BLEU|hours?|days?)|\b\d+\.\d+\b")
_BETTER = re.compile(
    r"\b(?:outperform|improv|achiev|surpass|reduc|exceed|state-of-the-art|faster|better|speed[- ]?up|halv)\w*", re.I
)
NOT_FOUND = {
    "abstract": "초록에 없습니다. 본문은 읽지 못했습니다.",
    "html": "본문에 없습니다.",
    "pdf": "본문에 없습니다.",
}


def excerpt(document: Document, item: Item, note: str = "") -> Expansion:
    """The paper's structure and its telling sentences, in the sections that expand has, and the captions."""
    document = _printable(document)
    early = [p for p in document.sections if re.search(r"introduction|abstract", p.title, re.I)] or list(
        document.sections[:2]
    )
    rest = [p for p in document.sections if p not in early and not re.search(r"related|acknowledg", p.title, re.I)]
    taken: set[str] = set()
    plan: tuple[tuple[str, tuple[CitedClaim, ...]], ...] = (
        ("문제", _telling(early, _tells_a_problem, taken) or _telling(early, _PROBLEM.search, taken)),
        ("방법", _telling(early, _PROPOSES.search, taken)),
        ("결과", _results([*rest, *early], taken) or _telling(rest, _BETTER.search, taken)),
        ("한계 (저자가 밝힌 것)", _limits([*rest, *early], taken)),
        (TRY_IT, _telling(document.sections, gives_or_needs, taken)),
        (LISTS[0], _outline(document)),
        (LISTS[1], _captions(document)),
    )
    if document.basis == "abstract" and not any(claims for _, claims in plan):  # none of its sentences is of a kind
        plan = (("초록", tuple(CitedClaim(s, (b.place,)) for b in document.blocks for s in sentences(b.text))),)
    sections = tuple(ExpSection(title, _shown(document, claims)) for title, claims in plan if claims)
    return Expansion(
        item.id, item.title, document.basis, document.version, sections,
        note=" ".join(filter(None, (note, document.note))), extracted=True,
    )  # fmt: skip


def _printable(document: Document) -> Document:
    """The document without what gives orders to whoever reads it: what is quoted here has no second look."""
    return replace(
        document,
        sections=tuple(
            replace(part, title=without_orders(part.title), blocks=tuple(map(_obeyed_by_none, part.blocks)))
            for part in document.sections
        ),
    )


def _obeyed_by_none(block: Block) -> Block:
    spared = without_orders if block.kind == "text" else before_orders
    lines = (spared(line) for line in block.text.split("\n"))
    return replace(block, text="\n".join(lines))


def _shown(document: Document, claims: tuple[CitedClaim, ...]) -> tuple[CitedClaim, ...]:
    """An abstract as announced holds LaTeX, which a body as read does not."""
    if document.basis != "abstract":
        return claims
    return tuple(replace(claim, text=readable(claim.text)) for claim in claims)


def _sentences(parts: Sequence[Part]) -> Iterator[tuple[str, Block]]:
    for part in parts:
        for block in part.blocks:
            if block.kind == "text":
                yield from ((sentence, block) for sentence in sentences(block.text) if _SENTENCE.fullmatch(sentence))


def _tells_a_problem(sentence: str) -> bool:
    return _PROBLEM.search(sentence) is not None and not re.search(r"\b(?:we|our)\b", sentence, re.I)


def _telling(parts: Sequence[Part], wanted: Callable[[str], object], taken: set[str]) -> tuple[CitedClaim, ...]:
    found: list[CitedClaim] = []
    for sentence, block in _sentences(parts):
        if len(found) < _EACH and sentence not in taken and wanted(sentence):
            taken.add(sentence)
            found.append(CitedClaim(sentence, (block.place,)))
    return tuple(found)


def _limits(parts: Sequence[Part], taken: set[str]) -> tuple[CitedClaim, ...]:
    """A section of limits as it begins; of a section that has them among other things, from where it comes to them."""
    found: list[CitedClaim] = []
    for part in (p for p in parts if about_limits(p.title)):
        reached = re.fullmatch(r"(?:\w+ )?limitations?(?: and \w+)*", part.title, re.I) is not None
        for sentence, block in _sentences([part]):
            reached = reached or states_limit(sentence)
            if reached and len(found) < _EACH and sentence not in taken:
                taken.add(sentence)
                found.append(CitedClaim(sentence, (block.place,)))
    own = [p for p in parts if not re.search(r"prompt|appendix", p.title, re.I)]
    return tuple(found) or _telling(own, states_limit, taken)


def _results(parts: Sequence[Part], taken: set[str]) -> tuple[CitedClaim, ...]:
    scored = [
        (min(len(_RESULT.findall(sentence)), 4) + 2 * bool(_BETTER.search(sentence)), -n, sentence, block.place)
        for n, (sentence, block) in enumerate(_sentences(parts))
        if sentence not in taken and _RESULT.search(sentence)
    ]
    telling = [entry for entry in sorted(scored, reverse=True)[:_EACH] if entry[0] >= _LEAST]
    best = sorted(telling, key=lambda entry: -entry[1])
    taken |= {sentence for _, _, sentence, _ in best}
    return tuple(CitedClaim(sentence, (place,)) for _, _, sentence, place in best)


def _outline(document: Document) -> tuple[CitedClaim, ...]:
    heads = [p for p in document.sections if p.level == 1 and p.title and p.title.lower() != "abstract"]
    return tuple(
        CitedClaim(
            f"{p.number} {p.title}".strip(), (f"§{p.number}" if p.number else f"p. {p.page}" if p.page else "본문",)
        )
        for p in heads[:20]
    )


def _captions(document: Document) -> tuple[CitedClaim, ...]:
    captioned = [b for b in (*document.tables, *document.figures) if b.place.startswith(("표", "그림"))]
    return tuple(CitedClaim(shorten(b.text.split("\n")[0], _LONGEST), (b.place,)) for b in captioned[:8])


def quoted(document: Document, item: Item, question: str, note: str = "") -> CitedAnswer:
    """The best passages for a question, one or two sentences of each, as they stand."""
    keywords = keywords_of(question)
    document = _printable(document)
    every = chunks(document)
    best = Search((*every, *record(document, item, len(every)))).best(keywords, 3) if keywords else ()
    claims = _shown(document, tuple(CitedClaim(_closest(chunk, keywords), (chunk.place,)) for chunk in best))
    text = " ".join(claim.text for claim in claims) or NOT_FOUND[document.basis]
    said = " ".join(filter(None, (note, document.note)))
    return CitedAnswer(
        item.id, document.basis, document.version, question, claims, bool(claims), text, note=said, extracted=True,
        title=item.title,
    )  # fmt: skip


def _closest(chunk: Chunk, keywords: Sequence[str]) -> str:
    """The sentence (or the table's head and row) of a passage that fits the keywords best."""
    if "\n" in chunk.text:
        return shorten(chunk.text, 900)
    pieces = [Chunk(str(n), sentence, "") for n, sentence in enumerate(sentences(chunk.text))]
    best = Search(pieces).best(keywords, 1)
    return shorten(best[0].text if best else chunk.text, _LONGEST)


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    """(Korean, English words), longest Korean first."""
    text = resources.files(__package__).joinpath("terms.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return tuple(sorted(((korean, english) for korean, english in pairs), key=lambda pair: -len(pair[0])))


def keywords_of(question: str) -> tuple[str, ...]:
    """English keywords that a question holds without a model: its own Latin words and numbers, known terms
    translated."""
    found = [
        word
        for word in re.findall(r"[A-Za-z][A-Za-z0-9_.+-]*|\d[\d.,]*%?", question)
        if len(word) > 1 or word.isdigit()
    ]
    left = question
    for korean, english in _terms():
        if korean in left:
            found.append(english)
            left = left.replace(korean, " ")
    return tuple(dict.fromkeys(found))
