"""코드 있어?: what the authors give, answered by code from the paper's record and text, with the link.

Only a question that asks for nothing else is answered here: every word of it must be the thing, a way of asking for it
or a filler. 코드 생성 성능은? is the paper's to answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.expanding.answers import CitedAnswer, CitedClaim
from core.expanding.excerpts import NOT_FOUND
from core.expanding.offered import COMMENT, place, printed
from core.fulltext import Document, facts
from core.model import Paper, Reading
from core.particles import particle

_THINGS = {
    "코드": r"(?:소스)?코드|(?:오픈)?소스|깃[허헙]브?|github|저장소|리포|레포|repo(?:sitory)?|code",
    "가중치": r"가중치|체크포인트|weights?|checkpoints?",
    "라이선스": r"라이[선센]스|licen[cs]es?",
}
_PARTICLE = "(?:은|는|이|가|을|를|도|의|만|와|과|랑|하고|나|이나|로|에|에서)?"
_FILLER = "이|그|저|이거|이것|그거|논문|모델|데이터|데이터셋|혹시|그럼|지금|저자|및|오픈|어떤|무슨|어떻게|수"
_ENGLISH = "is|are|the|there|any|where|of|for|this|paper|source|and|does|it|have|can|i|get|find|under|what|which|open"
_ASKED = (
    "(?:있|없|공개|어디|어딨|링크|주소|url|받|다운|뭐|뭔|무엇|알려|줘|주세요|보여|됐|되나|돼|했|볼"
    r"|available|public|released|link)\S*"
)
_WORD = re.compile(
    rf"(?:{'|'.join(_THINGS.values())}|{_FILLER}|{_ENGLISH})?{_PARTICLE}(?:{_ASKED})?(?:야|이야|인가요)?", re.I
)
_STATES = {"공개": "공개한다고", "공개 예정": "공개할 예정이라고", "요청 시": "요청하면 준다고"}
_LINKED = {"코드": "코드", "가중치": "모델"}  # what a link to it is titled


def asked_for(question: str) -> tuple[str, ...]:
    """코드, 가중치, 라이선스: which of them the question asks for; none where it asks for anything else."""
    words = re.findall(r"[^\s?!.,~]+", question)
    if not all(_WORD.fullmatch(word) for word in words):
        return ()
    return tuple(label for label, thing in _THINGS.items() if any(re.match(thing, word, re.I) for word in words))


def given(document: Document, item: Paper, question: str, labels: Sequence[str]) -> CitedAnswer:
    """What there is of these; `found` False where there is nothing."""
    reading = printed(document, item)
    claims = {label: tuple(_told(label, reading, item, document)) for label in labels}
    found = any(claims.values())
    nothing = NOT_FOUND[document.basis]
    told = tuple(
        claim
        for label, said in claims.items()
        for claim in said or (CitedClaim(f"{label}{particle(label, '은/는')} {nothing}", ()),)
    )
    return CitedAnswer(
        item.id, document.basis, document.version, question, told if found else (), found,
        " ".join(claim.text for claim in told) if found else nothing, note=document.note, title=item.title,
    )  # fmt: skip


def _told(label: str, reading: Reading, item: Paper, document: Document) -> Iterator[CitedClaim]:
    value = dict(facts(reading)).get(label)
    if value in _STATES:
        said = f"저자가 {label}{particle(label, '을/를')} {_STATES[value]} 적었습니다."
        yield CitedClaim(said, (_stands(label, value, item, document),))
    elif value:
        yield CitedClaim(f"저자가 적은 {label}: {value}", (_stands(label, value, item, document),))
    for link in reading.links:
        if link.title == _LINKED.get(label):
            yield CitedClaim(f"{link.title}: {link.url}", (place(link.url, document, item),))


def _stands(label: str, value: str, item: Paper, document: Document) -> str:
    """Where the fact strip reads it: in the record, else in the first part of the text that says it."""
    nothing = replace(item, abstract="", comment=None)
    parts = [
        (COMMENT, replace(item, abstract=""), ""),
        ("초록", replace(item, comment=None), ""),
        *((block.place, nothing, block.text) for block in document.blocks),
    ]
    read = ((where, Reading(record, text, document.basis, ())) for where, record, text in parts)
    return next((where for where, reading in read if (label, value) in facts(reading)), "초록")
