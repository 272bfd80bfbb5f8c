"""Tools and practices of everyday engineering: an idea or an opinion may name them though the source does not."""

import re
from functools import lru_cache
from pathlib import Path

_FILE = re.compile(
    r"[\w.-]*\.(?:md|py|ipynb|json|jsonl|ya?ml|toml|txt|csv|tsv|sh|js|ts|go|rs|java|cpp|h|html|sql|lock|env|cfg|ini|log)",
    re.IGNORECASE,
)


def is_practice(word: str) -> bool:
    """What every team has (CI, JSON, a dashboard), or the name of a file (`SKILL.md`)."""
    return word.lower() in _tables()[0] or bool(_FILE.fullmatch(word))


def is_tool(word: str) -> bool:
    """A library or product that an idea may build on."""
    return word.lower() in _tables()[1]


@lru_cache(maxsize=1)
def _tables() -> tuple[frozenset[str], ...]:
    """The two parts of tools.txt, each under its heading."""
    parts = (Path(__file__).parent / "tools.txt").read_text(encoding="utf-8").split("#")[1:]
    rows = (part.split("\n", 1)[1].replace("\n", ",") for part in parts)
    return tuple(frozenset(word.strip() for word in row.split(",") if word.strip()) for row in rows)
