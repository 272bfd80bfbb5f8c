"""The verdict on a draft: every sentence with its findings, and what remains when the wrong ones are taken out.

`CHECKS` is the whole list of what is looked for, in the order findings are told: a new check is one file and one
line here. Excerpts (extracted drafts) are the source's own sentences: for them only verbatim and links
count. The policy (rewrite once, drop, fall back) is the caller's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.checking.checks import (
    apparatus,
    assertions,
    bare,
    brought,
    changed,
    claims,
    compared,
    comparisons,
    conditions,
    counted,
    counterparts,
    dimensions,
    direction,
    evaluations,
    exchanged,
    expansions,
    figures,
    language,
    levels,
    links,
    magnitudes,
    measured,
    modality,
    multiples,
    names,
    negation,
    owners,
    pairs,
    quotes,
    rates,
    recounted,
    relevance,
    respectively,
    tallies,
    topmost,
    ways,
    without,
)
from core.checking.planted import injection
from core.checking.repeats import repeats
from core.checking.texts.source import Case, index
from core.model import Draft, Drop, Finding, Reading, Sentence
from core.text import shorten

Check = Callable[[Case], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    injection.check,
    links.check,
    language.check,
    quotes.check,
    names.check,
    expansions.check,
    figures.check,
    bare.check,
    counted.check,
    dimensions.check,
    apparatus.check,
    magnitudes.check,
    measured.check,
    counterparts.check,
    levels.check,
    multiples.check,
    rates.check,
    tallies.check,
    recounted.check,
    owners.check,
    exchanged.check,
    compared.check,
    topmost.check,
    pairs.check,
    respectively.check,
    conditions.check,
    direction.check,
    changed.check,
    ways.check,
    comparisons.check,
    negation.check,
    without.check,
    modality.check,
    claims.check,
    brought.check,
    evaluations.check,
    assertions.check,
    relevance.check,
)
LONGEST, MOST_FIGURES = 1_000, 40  # of a sentence: the checks set figure against figure, which grows with the square
_EXCERPT: tuple[Check, ...] = (links.check, quotes.check)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentences of a draft in its own order (headline, keywords, summary, one-liner, ideas, risks), each with
    its findings."""

    sentences: tuple[Sentence, ...]
    findings: tuple[tuple[Finding, ...], ...]

    @property
    def ok(self) -> bool:
        return not any(self.findings)

    @property
    def wrong(self) -> tuple[Drop, ...]:
        return tuple(Drop(s.section, s.text, f) for s, f in zip(self.sentences, self.findings, strict=True) if f)


def check(reading: Reading, sentences: Sequence[Sentence], *, cited: bool = False) -> tuple[tuple[Finding, ...], ...]:
    """For each sentence what is wrong with it, in order; an empty tuple = nothing found. Never raises on any text.

    `cited`: the reading is what the sentences cite, so a risk stands on it without a quote."""
    checks = tuple(each for each in CHECKS if each is not assertions.check) if cited else CHECKS
    return tuple(_findings(reading, sentence, checks) for sentence in sentences)


def stray(reading: Reading, sentence: Sentence) -> tuple[Finding, ...]:
    """For sentences that cite a passage without quoting it: a finding where the two have nothing in common."""
    if relevance.shares(Case(index(reading), sentence)):
        return ()
    return (Finding("unsupported", sentence.text[:80], "인용한 구절과 겹치는 내용이 없습니다"),)


def check_draft(reading: Reading, draft: Draft) -> Verdict:
    """Each sentence against the source, and against those before it."""
    sentences = sentences_of(draft)
    checks = _EXCERPT if draft.extracted else CHECKS
    findings = (_findings(reading, s, checks) + again for s, again in zip(sentences, repeats(sentences), strict=True))
    return Verdict(sentences, tuple(findings))


def _findings(reading: Reading, sentence: Sentence, checks: tuple[Check, ...]) -> tuple[Finding, ...]:
    case = Case(index(reading), sentence)
    if checks is not _EXCERPT and (len(sentence.text) > LONGEST or len(case.quantities) > MOST_FIGURES):
        return (Finding("unsupported", shorten(sentence.text, 80), "너무 길어 한 문장으로 확인할 수 없습니다"),)
    seen: dict[tuple[str, str], Finding] = {}
    for each in checks:
        for found in each(case):
            seen.setdefault((found.kind, found.span), found)
    return tuple(seen.values())


def sentences_of(draft: Draft) -> tuple[Sentence, ...]:
    """The draft's sentences in the order of a Verdict."""
    return (
        Sentence("headline", draft.headline),
        *(Sentence("keyword", word) for word in draft.keywords),
        *(Sentence("summary", claim.text, claim.quote) for claim in draft.summary),
        *((Sentence("one_liner", draft.one_liner),) if draft.one_liner else ()),
        *(Sentence("idea", idea) for idea in draft.ideas),
        *(Sentence("risk", claim.text, claim.quote) for claim in draft.risks),
    )


def prune(draft: Draft, verdict: Verdict) -> tuple[Draft, tuple[Drop, ...]]:
    """The draft without its wrong sentences, and those; `verdict` is this draft's. A wrong headline or one-liner
    becomes "": the caller falls back (`not pruned.headline` → the item's title; fewer than two summary claims →
    headline and link only)."""
    right = iter([not found for found in verdict.findings])  # in the order of `sentences_of`
    kept = replace(
        draft,
        headline=draft.headline if next(right) else "",
        keywords=tuple(word for word in draft.keywords if next(right)),
        summary=tuple(claim for claim in draft.summary if next(right)),
        one_liner=draft.one_liner if draft.one_liner and next(right) else "",
        ideas=tuple(idea for idea in draft.ideas if next(right)),
        risks=tuple(claim for claim in draft.risks if next(right)),
    )
    return kept, verdict.wrong
