"""The archive kept: `editions/` follows the store, whoever built, corrected or restored an edition.

A state file says what has been written; what differs from the store is written, and nothing else is touched. Only
RETENTION_DAYS deletes: an edition that the store has lost keeps its page.
"""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError

from bot.files import stem, write, write_files
from core.errors import StoreError
from core.refusals import refusal
from core.render import archive as site
from core.render.shell import file
from core.store import Final, Store
from core.store.tokens import PARTICLES

log = logging.getLogger(__name__)
EVERY_S = 120.0
STATE = ".archive.json"
_AT_ONCE = 40  # editions in one go: after a restore there are hundreds
_PAGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-[0-9a-f]{12})?(?:-week)?\.(?:md|html|png)")


@dataclass(frozen=True, slots=True)
class State:
    """What stands in the folder. `id` is the feed's; `look`: by which templates its pages were made."""

    id: UUID
    look: str
    shelf: tuple[site.Shelved, ...]


_STATE = TypeAdapter(State)


def names(folder: Path) -> frozenset[str]:
    """The files that the archive consists of: what may be shown to others. Empty where there is none yet."""
    state = _read(folder)
    pages = {f"{each.page}.{kind}" for each in state.shelf for kind in ("html", "md")}
    months = {f"{site.month_of(each)}.html" for each in state.shelf}
    return frozenset({"index.html", "search.html", "feed.xml", *pages, *months}) if state.look else frozenset()


class Archive:
    """Of one process. `retention_days` None: nothing is ever deleted."""

    def __init__(self, store: Store, folder: Path, retention_days: int | None = None) -> None:
        self._store = store
        self._folder = folder
        self._retention_days = retention_days
        self._kept: tuple[tuple[Final, ...], date] | None = None

    async def keep(self, today: date) -> bool:
        """Brings the folder up to date, newest editions first; True when it is, False when there is more to do.
        Raises StoreError when the folder cannot be written."""
        finals = await self._store.editions.finals()
        if self._kept == (finals, today) and (self._folder / STATE).exists():
            return True
        state = await asyncio.to_thread(_read, self._folder)
        wanted, days = _shown(finals), {each.date for each in finals}
        have = {each.page: each for each in state.shelf if each.page in wanted or each.date not in days}
        missing = [page for page, final in wanted.items() if not self._stands(have.get(page), page, final)]
        for page in missing[:_AT_ONCE]:
            final = wanted[page]
            edition = await self._store.editions.get(final.date, final.profile)
            if edition:
                await asyncio.to_thread(write_files, edition, self._folder, archived=True)
                have[page] = site.shelved(edition, page, final.revision)
        shelf = tuple(sorted(have.values(), key=lambda each: (each.date, each.page), reverse=True))
        await asyncio.to_thread(self._settle, state, shelf, today)
        self._kept = (finals, today) if len(missing) <= _AT_ONCE else None
        return self._kept is not None

    def _stands(self, have: site.Shelved | None, page: str, final: Final) -> bool:
        same = have is not None and (have.built_at, have.revision) == (final.built_at, final.revision)
        return same and (self._folder / f"{page}.html").exists()

    def _settle(self, state: State, shelf: Sequence[site.Shelved], today: date) -> None:
        """The pages about pages; the state last, so that a kill before it costs only doing it again."""
        kept = tuple(each for each in shelf if not self._too_old(each.date, today))
        try:
            if self._retention_days:
                self._forget(today)
        except OSError as error:
            raise StoreError(f"'{self._folder}'에서 지울 수 없습니다: {refusal(error)}.") from error
        if kept == state.shelf and state.look == _look() and (self._folder / "index.html").exists():
            return
        months = {site.month_of(each) for each in kept}
        differing = {site.month_of(each) for each in set(state.shelf) ^ set(kept)}
        changed = months if state.look != _look() else months & differing
        pages = {f"{month}.html": site.month_page(month, kept) for month in sorted(changed)}
        pages |= {"search.html": site.search_page(kept, PARTICLES), "feed.xml": site.feed(kept, state.id)}
        pages["index.html"] = site.index_page(kept)
        write({self._folder / name: text.encode() for name, text in pages.items()})
        write({self._folder / STATE: _STATE.dump_json(State(state.id, _look(), kept))})
        log.info("archive.kept editions=%d months=%d", len(kept), len(changed))

    def _too_old(self, on: date, today: date) -> bool:
        return self._retention_days is not None and on < today - timedelta(days=self._retention_days)

    def _forget(self, today: date) -> None:
        """Pages of days that are too old, of every profile, and of months that have gone with them."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            page = _PAGE.fullmatch(path.name)
            if page and self._too_old(date.fromisoformat(page[1]), today):
                path.unlink(missing_ok=True)
            elif re.fullmatch(r"\d{4}-\d{2}\.html", path.name):
                year, month = int(path.name[:4]), int(path.name[5:7])
                last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
                if self._too_old(last, today):
                    path.unlink(missing_ok=True)


def _shown(finals: Sequence[Final]) -> Mapping[str, Final]:
    """By page, newest first: each day's edition of the house's profile; where it has none, those of the others."""
    house = {each.date for each in finals if each.profile == "default"}
    return {
        stem(each.date, each.profile): each for each in finals if each.profile == "default" or each.date not in house
    }


def _look() -> str:
    made = "".join(map(file, ("archive.html", "archive.css", "page.css", "search.js")))
    return blake2b((made + "".join(PARTICLES)).encode(), digest_size=6).hexdigest()


def _read(folder: Path) -> State:
    """A new one where there is none, or none that can be read."""
    try:
        return _STATE.validate_json((folder / STATE).read_bytes())
    except (OSError, ValidationError):
        return State(uuid4(), "", ())
