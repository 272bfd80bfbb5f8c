"""The tables that stand beside the code: a row a line, cells between tabs; blank lines and those with # are remarks."""

from pathlib import Path

TEXTS = Path(__file__).parent


def rows(path: Path) -> list[list[str]]:
    """The cells of each row, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
