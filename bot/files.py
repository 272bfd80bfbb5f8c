"""An edition as files: DATE.md and DATE.html. Written beside and renamed, so that a full disk or a kill leaves the
previous file whole."""

import os
import tempfile
from pathlib import Path

from core.errors import StoreError
from core.model import Edition
from core.render.markdown import markdown
from core.render.page import html


def write_files(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """The paths written. Raises StoreError."""
    stem = edition.date.isoformat() if edition.profile == "default" else f"{edition.date}-{edition.profile}"
    texts = {folder / f"{stem}.md": markdown(edition), folder / f"{stem}.html": html(edition)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            _replace(path, text)
    except OSError as error:
        raise StoreError(f"'{folder}'에 쓸 수 없습니다: {error.strerror or error}.") from error
    return tuple(texts)


def _replace(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
