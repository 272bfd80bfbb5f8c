"""An edition as files, DATE.md and DATE.html, and a week as DATE-week.md, .html, .png. Each is written beside and
renamed, so that a full disk or a kill leaves the previous file whole."""

import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from core.errors import StoreError
from core.model import Edition
from core.refusals import refusal
from core.render import chart, weekly, weekly_page
from core.render.markdown import markdown
from core.render.page import html
from core.week import Week


def write_files(edition: Edition, folder: Path, *, archived: bool = False) -> tuple[Path, ...]:
    """The paths of the two. `archived`: the folder is the archive, and the page leads back to it. Raises StoreError."""
    name = stem(edition.date, edition.profile)
    return write(
        {
            folder / f"{name}.md": markdown(edition).encode(),
            folder / f"{name}.html": html(edition, archived=archived).encode(),
        }
    )


def write_week(week: Week, on: date, folder: Path) -> tuple[Path, ...]:
    """The review of the week of `on`: the paths written. Raises StoreError."""
    name = f"{stem(on, week.profile)}-week"
    contents = {f"{name}.md": weekly.markdown(week).encode(), f"{name}.html": weekly_page.html(week).encode()}
    if picture := chart.picture(week):
        contents[f"{name}.png"] = picture.data
    return write({folder / each: data for each, data in contents.items()})


def stem(on: date, profile: str) -> str:
    """The name of an edition's files."""
    return on.isoformat() if profile == "default" else f"{on}-{profile}"


def write(contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Each file whole or as it was; one that is so already is not touched. Raises StoreError."""
    for path, data in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not (path.exists() and path.read_bytes() == data):
                _replace(path, data)
        except OSError as error:
            raise StoreError(f"'{path.parent}'에 쓸 수 없습니다: {refusal(error)}.") from error
    return tuple(contents)


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
