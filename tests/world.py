"""The recorded outside world (../shared/world) as a context: starts on a port of its own, plays one day, stops.

    with world("2026-02-03", now="16:40") as w:
        w.faults({"route": "list", "mode": "stale"})
        ... w.url ...
        assert w.log()["arxiv"]["max_concurrent"] == 1

Where the folder beside the checkout is missing, `needs_world` skips the test and says so.
"""

import gzip
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

WORLD = Path(__file__).parents[2] / "shared" / "world"
needs_world = pytest.mark.skipif(not (WORLD / "world.py").exists(), reason="shared/world is not beside the checkout")
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class World:
    """A running world. `url` stands for every host: arXiv's three, Hugging Face, Hacker News."""

    url: str
    day: str

    def faults(self, *rules: dict[str, Any]) -> None:
        """Replace the fault rules; none = all well."""
        self._call("/_world/faults", {"faults": list(rules)})

    def clock(self, now: str) -> None:
        """Move the clock: HH:MM in Korea on the world's day, or an ISO time."""
        self._call("/_world/now", {"now": now})

    def log(self) -> dict[str, Any]:
        """{"requests": [...], "arxiv": {"count", "min_gap_s", "max_concurrent", "user_agents"}}"""
        logged: dict[str, Any] = self._call("/_world/log")
        return logged

    def forget(self) -> None:
        """Empty the log."""
        self._call("/_world/log", method="DELETE")

    def feeds(self, *names: str) -> tuple[str, ...]:
        return tuple(f"{self.url}/feeds/{name}.xml" for name in names)

    def _call(self, path: str, body: object = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, data, {"Content-Type": "application/json"}, method=method or ("POST" if data else "GET")
        )
        with _NO_PROXY.open(request, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def world(day: str, now: str = "16:40", faults: Sequence[dict[str, Any]] = (), *extra: str) -> Iterator[World]:
    """The world at `now` (HH:MM in Korea on `day`, or ISO), stopped at the end whatever happens."""
    port = _free_port()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # its folder is not ours to write in
    command = [sys.executable, "world.py", "--day", day, "--now", now, "--port", str(port), *extra]
    process = subprocess.Popen(command, cwd=WORLD, env=environment, stdout=subprocess.DEVNULL)
    try:
        running = World(f"http://127.0.0.1:{port}", day)
        _wait(running, process)
        running.faults(*faults)
        yield running
    finally:
        process.terminate()
        process.wait(10)


def papers_of(day: str) -> list[dict[str, Any]]:
    """The recorded listing of a day: what tests compare with."""
    with gzip.open(WORLD / "data" / "arxiv" / f"{day}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def announced(day: str, categories: Sequence[str]) -> list[dict[str, Any]]:
    """Those of them that are New or Cross-lists in one of the categories."""
    return [paper for paper in papers_of(day) if set(paper["categories"]) & set(categories)]


def at(day: str, clock: str = "16:40") -> datetime:
    """An instant given as a clock in Korea."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Asia/Seoul"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(running: World, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            running._call("/_world/now")
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the world ended with {process.returncode}") from None
            time.sleep(0.05)
    raise RuntimeError("the world does not answer")
