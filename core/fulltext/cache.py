"""Documents, and a picture of each, kept on disk by id and version: a version never changes, so nothing gets stale.

Bounded by bytes, the longest unread goes first. A file that cannot be read as what it claims to be (torn, foreign,
of an older shape) is removed and counts as absent. Losing the folder costs fetching again, nothing else.
"""

import contextlib
import json
import logging
import os
import tempfile
import time
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from core.fulltext.document import Document

log = logging.getLogger(__name__)
SHAPE = 1  # raise when what is read from a page changes
_IMAGE = ".image"
_document = TypeAdapter(Document)


class Cache:
    """`limit_bytes` is kept after every write. Safe for several processes: writes are whole files, renamed into
    place."""

    def __init__(self, folder: Path, limit_bytes: int = 200_000_000) -> None:
        self._folder = folder
        self._limit = limit_bytes

    def get(self, paper_id: str, version: int) -> Document | None:
        path = self._path(paper_id, version)
        try:
            kept = json.loads(path.read_bytes())
            if not isinstance(kept, dict) or kept.get("shape") != SHAPE:
                raise ValueError("another shape")
            document = _document.validate_python(kept["document"])
            if (document.id, document.version) != (paper_id, version):
                raise ValueError("another paper")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, ValidationError) as error:
            log.warning("fulltext.cache_dropped file=%s reason=%s", path.name, type(error).__name__)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return document

    def put(self, document: Document) -> None:
        """Keep a full text; an abstract is not worth keeping. A full disk is a warning, not a failure."""
        if document.basis == "abstract":
            return
        body = json.dumps(
            {"shape": SHAPE, "document": _document.dump_python(document, mode="json")}, ensure_ascii=False
        )
        self._write(self._path(document.id, document.version), body.encode())

    def image(self, paper_id: str, version: int) -> bytes | None:
        path = self._path(paper_id, version).with_suffix(_IMAGE)
        with contextlib.suppress(OSError):
            kept = path.read_bytes()
            os.utime(path)
            return kept
        return None

    def put_image(self, paper_id: str, version: int, image: bytes) -> None:
        self._write(self._path(paper_id, version).with_suffix(_IMAGE), image)

    def _write(self, path: Path, body: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("wb", dir=self._folder, suffix=".part", delete=False) as part:
                part.write(body)
            Path(part.name).replace(path)
            self._shrink()
        except OSError as error:
            log.warning("fulltext.cache_write_failed reason=%s", error)

    def _path(self, paper_id: str, version: int) -> Path:
        return self._folder / f"{paper_id.replace('/', '_')}v{version}.json"

    def _shrink(self) -> None:
        """Remove the longest unread until the rest fits, and what writers left behind when they were killed."""
        kept: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                if path.suffix == ".part" and time.time() - facts.st_mtime > 3_600:
                    path.unlink()
                elif path.suffix in (".json", _IMAGE):
                    kept.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self._limit:
                break
            path.unlink(missing_ok=True)
            total -= size
