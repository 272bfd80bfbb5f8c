"""A model's sentences held against the passages they cite: ids become places, what is not supported is dropped.

Each sentence is checked by core.checking against exactly the passages it cites and nothing else, so a right number from
another page is a wrong citation. An id that was not given is refused by name; a sentence that cites nothing is refused.
"""

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field

from core.checking import anchored, check, gate, polish, stray
from core.expanding.answers import CitedClaim
from core.expanding.evidence import evidence
from core.fulltext import Chunk, Document
from core.model import Drop, Finding, Item, Reading, Section, Sentence
from core.text import one_line

_MOST_CITES = 3
_LEAST_HANGUL = 4


class SaidClaim(BaseModel):
    """A sentence as a model writes it."""

    text: str
    cites: list[str] = Field(default_factory=list)


class Citer:
    """Knows the passages that were given to the model for one paper."""

    def __init__(self, item: Item, document: Document, given: Sequence[Chunk]) -> None:
        self._item = item
        self._document = document
        self._given: Mapping[str, Chunk] = {chunk.id: chunk for chunk in given}

    def judge(self, said: Sequence[SaidClaim], section: Section) -> tuple[list[CitedClaim], list[Drop]]:
        """What may be printed of `said`, and what may not with the reasons."""
        kept: list[CitedClaim] = []
        dropped: list[Drop] = []
        for claim in said:
            text = polish(one_line(claim.text))
            if not text:
                continue
            cited, findings = self._cited(claim.cites)
            if not findings:
                findings = [*self._wrong(text, cited, section), *_not_ours(text, cited), *gate(text)]
            if findings:
                dropped.append(Drop(section, text, tuple(findings)))
            else:
                kept.append(CitedClaim(text, tuple(dict.fromkeys(chunk.place for chunk in cited))))
        return kept, dropped

    def chunks_of(self, cites: Sequence[str]) -> list[Chunk]:
        return [self._given[name] for cite in cites for name in _ids(cite) if name in self._given]

    def _cited(self, cites: Sequence[str]) -> tuple[list[Chunk], list[Finding]]:
        unknown = [cite for cite in cites if not _ids(cite) or not self._given.keys() >= set(_ids(cite))]
        if unknown:
            return [], [Finding("citation", ", ".join(unknown)[:80], "받지 않은 구절 번호를 인용했습니다")]
        if not cites:
            return [], [Finding("citation", "", "근거 구절이 없습니다")]
        return self.chunks_of(cites)[:_MOST_CITES], []

    def _wrong(self, text: str, cited: Sequence[Chunk], section: Section) -> tuple[Finding, ...]:
        reading = Reading(self._item, evidence(cited), self._document.basis, (), self._document.version)
        sentence = Sentence(section, text)
        if found := check(reading, [sentence], cited=True)[0] or stray(reading, sentence):
            return found
        quoted = anchored(reading, sentence)  # with its figures' own sentence, turned directions and owners show
        return check(reading, [quoted])[0] if quoted.quote else ()


def _not_ours(text: str, cited: Sequence[Chunk]) -> list[Finding]:
    """A sentence that is not Korean, or that stands in the paper in Korean: written for us to repeat."""
    if len(re.findall("[가-힣]", text)) < _LEAST_HANGUL:
        return [Finding("language", text[:80], "한국어 문장이 아닙니다")]
    letters = _letters(text)
    if any(letters in _letters(chunk.text) for chunk in cited):
        return [Finding("injection", text[:80], "원문에 한국어로 적힌 문장을 그대로 옮겼습니다")]
    return []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _ids(cite: str) -> list[str]:
    """The ids in what a model wrote as one citation: `c12`, `[c12]`, `c12, c13`."""
    return re.findall(r"\bc\d+\b", cite.lower())


def complaints(dropped: Sequence[Drop]) -> list[str]:
    """What a rewrite is told, a line for each sentence."""
    return [
        f"“{drop.text}”: " + "; ".join(f"{f.detail} ({f.span})" if f.span else f.detail for f in drop.findings)
        for drop in dropped
    ]
