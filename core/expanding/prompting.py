"""The prompts of expand and ask: Korean text files beside this module, and passages fenced as data.

The fence's mark is a digest of what it holds, so no paper can close it. Passages carry the ids a model may cite; what
it cites otherwise is refused by code, so the fence is the second defence and never the first.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from string import Template

from core.fulltext import Chunk
from core.llm import Turn
from core.text import shorten

_TURNS, _TURN_LENGTH = 6, 600


@cache
def _file(name: str) -> Template:
    return Template(resources.files(__package__).joinpath("prompts", f"{name}.txt").read_text(encoding="utf-8"))


@cache
def version() -> str:
    """Eight hex digits that change when any prompt changes."""
    joined = "\0".join(_file(name).template for name in ("expand", "ask", "keywords", "rewrite"))
    return hashlib.blake2b(joined.encode(), digest_size=4).hexdigest()


def system(name: str, glossary: Sequence[str] = ()) -> Turn:
    """One prompt's instructions. `glossary`: lines `English → 한국어` that apply to this paper."""
    lines = f"- 용어집: {' · '.join(glossary)}" if glossary else ""
    return Turn("system", _file(name).safe_substitute(glossary=lines).strip())


def rewrite(findings: Sequence[str]) -> str:
    """The complaint that is put to the model once."""
    return _file("rewrite").substitute(findings="\n".join(f"- {line}" for line in findings)).strip()


def passages(title: str, chunks: Sequence[Chunk]) -> Turn:
    """The passages as data, each with its id and where it stands."""
    held = "\n\n".join(f"[{chunk.id}] ({chunk.heading or chunk.place})\n{chunk.text}" for chunk in chunks)
    return fenced(f"논문: {shorten(title, 200)}", held)


def question(text: str, turns: Sequence[Turn] = ()) -> Turn:
    """The question, after the thread's last turns as data."""
    said = [
        f"{'질문' if turn.role == 'user' else '답'}: {shorten(turn.content, _TURN_LENGTH)}" for turn in turns[-_TURNS:]
    ]
    before = fenced("이전 대화", "\n".join(said)).content + "\n\n" if said else ""
    return Turn("user", f"{before}질문: {text}")


def fenced(label: str, text: str) -> Turn:
    """A user turn that holds `text` as data between two marks that the text itself cannot contain."""
    mark = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    return Turn("user", f"{label}\n<<<자료 {mark}\n{text}\n자료 {mark}>>>")
