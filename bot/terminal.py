"""The platform that needs no account: a message is a line of a journal file, and is shown on standard output.

The journal is what is "out": `find` reads it, so a delivery that was killed goes on as it does on Slack. It is
written and made durable before the message is shown: a kill may cost a sight, never double a message.
"""

import asyncio
import contextlib
import errno
import hashlib
import json
import math
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import deadline
from bot.chat import Absent, Answer, CouldNotLook, Done, Looked, NotSent, Outcome, Pace, Place, Rejected, Step, Unsure
from core.model import Edition
from core.refusals import refusal
from core.render.message import Message
from core.render.messages import messages
from core.render.plain import text

NAME = "terminal"
_WIDTH = 100
_FOR_A_PERSON = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST)


class Terminal:
    """`journal` is a file of JSON lines: key, ref, place, seq, kind, at, text. Pictures are files in `pictures/`
    beside it."""

    name = NAME
    pace = Pace(0.0, math.inf)
    listens_alone = False

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._read = 0
        self._refs: dict[str, str] = {}

    async def open(self) -> None:
        pass

    async def warm(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def listen(self, answer: Answer) -> None:
        """Nobody can ask here."""

    def steps(self, edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
        parts = messages(edition, thread=not settings.get("root_only", False))
        return tuple(Step(seq, "part" if seq else "root", part) for seq, part in enumerate(parts))

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        assert step.message is not None  # this platform opens no threads and upgrades nothing
        return await self._write(place, step.message, step.key, step.seq)

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        try:
            await asyncio.to_thread(self._catch_up)
        except OSError as error:
            return CouldNotLook(f"기록 파일을 읽을 수 없습니다: {refusal(error)}.")
        ref = self._refs.get(step.key)
        return Done(ref) if ref else Absent()

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None = None) -> str | None:
        return None

    async def edit(self, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        """Shown again, as a new line of the journal that says what it replaces; once, however often it is asked."""
        assert step.message is not None
        key = f"{step.key}/{hashlib.blake2b(text(step.message, _WIDTH).encode(), digest_size=6).hexdigest()}"
        looked = await self.find(replace(step, key=key), place, refs)
        if isinstance(looked, CouldNotLook):
            return NotSent(looked.reason)
        return looked if isinstance(looked, Done) else await self._write(place, step.message, key, step.seq)

    async def welcome(self, place: Place) -> str | None:
        return None

    async def tell(self, place: Place, message: Message) -> Outcome:
        return await self._write(place, message, "", 0)

    async def _write(self, place: Place, message: Message, key: str, seq: int) -> Outcome:
        at = datetime.now(UTC).isoformat()
        shown = text(message, _WIDTH)
        if message.picture:
            file = self._journal.parent / "pictures" / f"{key or at.replace(':', '')}-{Path(message.picture.name).name}"
            try:
                await asyncio.to_thread(_put, file, message.picture.data)
            except OSError as error:
                return _unwritten("그림을", error)
            shown += f"  {file}\n"
        ref = f"{at}/{key[:6]}"
        entry = {"key": key, "ref": ref, "place": str(place), "seq": seq, "kind": message.kind, "at": at, "text": shown}
        line = json.dumps(entry, ensure_ascii=False)
        try:
            await asyncio.to_thread(_append, self._journal, line)
        except Torn as error:
            return Unsure(f"기록 파일에 다 쓰였는지 알 수 없습니다: {refusal(error)}.")
        except deadline.TooLate:
            return NotSent("차례가 너무 늦게 왔습니다.", 0)
        except OSError as error:
            return _unwritten("기록 파일에", error)
        with contextlib.suppress(OSError):  # nobody watches any more
            sys.stdout.write(shown + "\n")
            sys.stdout.flush()
        return Done(ref)

    def _catch_up(self) -> None:
        """Reads what has been written since the last look, also by other processes; half a line waits. The last one
        may lack its end alone: then it is there."""
        if not self._journal.exists():
            return
        with self._journal.open("rb") as file:
            file.seek(self._read)
            whole, _, last = file.read().rpartition(b"\n")
        for line in (*whole.splitlines(), last):
            with contextlib.suppress(ValueError):  # a line that a power cut has torn
                entry = json.loads(line)
                self._refs[entry["key"]] = entry["ref"]
        self._read += len(whole)


def _unwritten(what: str, error: OSError) -> Outcome:
    """A full disk may have room again; what is forbidden, or stands in the way, takes a person."""
    reason = f"{what} 쓸 수 없습니다: {refusal(error)}."
    return Rejected(reason) if error.errno in _FOR_A_PERSON else NotSent(reason)


class Torn(OSError):
    """Some of it is in the file, or all."""


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _append(journal: Path, line: str) -> None:
    """One write, durable when it returns; begins a line of its own after one that was torn. Raises Torn for what may
    have been written all the same, OSError and TooLate for what surely was not."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(journal, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        end = os.lseek(descriptor, 0, os.SEEK_END)
        torn = end > 0 and os.pread(descriptor, 1, end - 1) != b"\n"
        data = (("\n" if torn else "") + line + "\n").encode()
        deadline.look()
        written = os.write(descriptor, data)
        try:
            if written != len(data):
                raise OSError(errno.ENOSPC, "")
            os.fsync(descriptor)
        except OSError as error:
            raise Torn(error.errno, error.strerror) from error
    finally:
        os.close(descriptor)
