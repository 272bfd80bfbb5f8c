"""The glossary: AI terms with the Korean form readers accept, or none where the English is kept.

glossary.tsv is the shipped default; a channel's own rows (Profile.glossary) come first and win. The writer is told
only the terms that occur in its source; afterwards known mistranslations (관계 재고, 보통 미분 방정식) are looked for,
and where a channel wants another word than the shipped one, code puts it in (`put_terms`): that needs no judgement.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.checking.texts.tables import rows
from core.model import Finding
from core.particles import particle

_LIMIT = 40  # lines in a prompt: the longest terms of the source first


@dataclass(frozen=True, slots=True)
class Term:
    english: str
    korean: str  # "" = keep the English
    avoid: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        words = r"[\s-]?".join(re.escape(word) for word in re.split(r"[\s-]+", self.english) if word)
        return re.compile(rf"(?<![A-Za-z]){words}(?:s|es)?(?![A-Za-z])", re.IGNORECASE)


@lru_cache(maxsize=1)
def default_glossary() -> tuple[Term, ...]:
    table = rows(Path(__file__).with_suffix(".tsv"))
    return tuple(Term(row[0], row[1], tuple(a for a in row[2].split("|") if a)) for row in table)


def glossary(extra: Iterable[tuple[str, str]] = ()) -> tuple[Term, ...]:
    """The default with a channel's rows (English, Korean or "" to keep) before it and in place of its own."""
    shipped = {term.english.lower(): term for term in default_glossary()}
    own = tuple(_own(english.strip(), korean.strip(), shipped) for english, korean in extra if english.strip())
    taken = {term.english.lower() for term in own}
    return own + tuple(term for term in default_glossary() if term.english.lower() not in taken)


def advice(term: Term) -> str:
    wanted = term.korean or term.english
    return f"{term.english}: '{wanted}'{particle(wanted, '으로/로')} 씁니다"


def _own(english: str, korean: str, shipped: dict[str, Term]) -> Term:
    """A channel's row; the shipped form is then one to avoid."""
    default = shipped.get(english.lower())
    other = default.korean if default and default.korean != korean else ""
    avoid = (*((other,) if other else ()), *(form for form in (default.avoid if default else ()) if form != korean))
    return Term(english, korean, avoid)


_AFTER = re.compile(r"(으로서|로서|으로써|로써|으로|로|을|를|은|는|이|가|과|와)(?=[\s,.!?)·;:]|$)")
_PAIRS = ("을/를", "은/는", "이/가", "과/와", "으로/로", "으로서/로서", "으로써/로써")
_PAIR = {form: pair for pair in _PAIRS for form in pair.split("/")}


def put_terms(korean: str, source: str, extra: Iterable[tuple[str, str]]) -> str:
    """The text in the channel's own words: its form for the shipped one, where the source has the term, with the
    particle after it put right."""
    shipped = {term.english.lower(): term for term in default_glossary()}
    for english, own in extra:
        default = shipped.get(english.strip().lower())
        if default is None or not default.korean or default.korean == own.strip():
            continue
        if default.korean in korean and default.pattern.search(source):
            korean = _replaced(korean, default.korean, own.strip() or default.english)
    return korean


def _replaced(text: str, old: str, new: str) -> str:
    parts = re.split(rf"(?<![가-힣]){re.escape(old)}", text)
    out = parts[0]
    for rest in parts[1:]:
        m = _AFTER.match(rest)
        out += new + (particle(new, _PAIR[m[1]]) + rest[m.end() :] if m else rest)
    return out


def glossary_lines(text: str, extra: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """`fine-tuning → 미세조정`, `GPU → 영어 그대로` for the terms that occur in a source; a channel's own rows first,
    then the longest terms, at most 40."""
    rows = tuple(extra)
    own = {english.strip().lower() for english, _ in rows}
    low = text.lower()
    found = [
        t for t in glossary(rows) if re.split(r"[\s-]", t.english.lower())[0][:4] in low and t.pattern.search(text)
    ]
    found.sort(key=lambda t: (t.english.lower() not in own, -len(t.english)))
    return tuple(f"{t.english} → {t.korean or '영어 그대로'}" for t in found[:_LIMIT])


def glossary_findings(korean: str, source: str, extra: Iterable[tuple[str, str]] = ()) -> tuple[Finding, ...]:
    """Forms to avoid that stand in a Korean text whose source has the term. Style, not truth: kind `term`."""
    return tuple(
        Finding("term", form, advice(term))
        for term in glossary(extra)
        for form in term.avoid
        if form in korean and term.pattern.search(source)
    )
