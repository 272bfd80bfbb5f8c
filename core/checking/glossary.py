"""The glossary: AI terms with the Korean that engineers use, or left in English (an empty second column).

The shipped list is glossary.tsv; a channel's own entries come first. Only terms that occur in a text are given to
its writer: a prompt with the whole list would cost more than it helps.
"""

import re
from functools import cache
from importlib import resources

_MOST = 24


@cache
def default_glossary() -> tuple[tuple[str, str], ...]:
    """(English, Korean or "") of the shipped list."""
    text = resources.files(__package__).joinpath("glossary.tsv").read_text(encoding="utf-8")
    pairs = (line.partition("\t") for line in text.splitlines() if line)
    return tuple((english, korean) for english, _, korean in pairs)


def glossary_lines(text: str, own: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """`English → 한국어` (or `English → 영어 그대로`) for the terms of `own` and the shipped list that `text` uses,
    the channel's own first, longer terms before those they contain; at most two dozen."""
    named = {english.casefold() for english, _ in own}
    default = sorted((p for p in default_glossary() if p[0].casefold() not in named), key=lambda p: -len(p[0]))
    used = [pair for pair in (*own, *default) if _pattern(pair[0]).search(text)]
    return tuple(f"{english} → {korean or '영어 그대로'}" for english, korean in used[:_MOST])


@cache
def _pattern(english: str) -> re.Pattern[str]:
    words = re.escape(english).replace(r"\-", r"[-\s]").replace(r"\ ", r"[-\s]")
    return re.compile(rf"(?<![A-Za-z]){words}(?:s|es)?(?![A-Za-z])", re.IGNORECASE)
