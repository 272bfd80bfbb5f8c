"""What expand and ask give back: sentences with the places they stand on, what was removed, what was read.

Values only. `shape` is CONTRACT.md's JSON of both commands.
"""

from dataclasses import asdict, dataclass
from typing import Any

from core.fulltext import BASIS_NAMES, Figure
from core.model import Basis, Drop


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """One sentence and where it stands: `§4.2`, `표 2`, `p. 7`, `초록`."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpSection:
    title: str
    claims: tuple[CitedClaim, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """One paper told from its text. `extracted`: the sentences are the paper's own (원문 발췌). `note` is said to
    readers: why only the abstract was read, why no model wrote this. `figure` None = not looked for."""

    ref: str
    title: str
    basis: Basis
    version: int
    sections: tuple[ExpSection, ...]
    dropped: tuple[Drop, ...] = ()
    figure: Figure | None = None
    note: str = ""
    extracted: bool = False
    model: str = ""

    @property
    def basis_line(self) -> str:
        return _basis_line(self)


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """`found` False: the paper does not say it, and `claims` is empty; `text` is then the one sentence to print.
    `title` is the paper's. Neither `extracted` nor of a `model`: code found it."""

    ref: str
    basis: Basis
    version: int
    question: str
    claims: tuple[CitedClaim, ...]
    found: bool
    text: str
    dropped: tuple[Drop, ...] = ()
    note: str = ""
    extracted: bool = False
    model: str = ""
    title: str = ""

    @property
    def basis_line(self) -> str:
        return _basis_line(self)


def _basis_line(said: Expansion | CitedAnswer) -> str:
    """What was read and who tells it: the paper itself, a model, or code that found it there."""
    wrote = "AI가 작성, 틀릴 수 있습니다" if said.model else "프로그램이 찾아 적음"
    return f"근거: {BASIS_NAMES[said.basis]} v{said.version} · {'원문 발췌' if said.extracted else wrote}"


def shape(said: Expansion | CitedAnswer) -> dict[str, Any]:
    """The JSON of `expand` and `ask`; an answer is one section under its question, without claims when the paper does
    not say it."""
    sections = said.sections if isinstance(said, Expansion) else (ExpSection(said.question, said.claims),)
    figure = said.figure.url if isinstance(said, Expansion) and said.figure is not None else None
    return {
        "ref": said.ref, "basis": said.basis, "sections": [_section(section) for section in sections],
        "dropped": [asdict(drop) for drop in said.dropped], "figure": figure,
    }  # fmt: skip


def _section(section: ExpSection) -> dict[str, Any]:
    return {"title": section.title, "claims": [{"text": c.text, "cites": list(c.cites)} for c in section.claims]}
