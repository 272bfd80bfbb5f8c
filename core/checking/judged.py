"""Figures with the second pass: the deterministic checks first, then the judge over what they let pass, as in a build.

Labels are read for counting alone; the judge sees what it would see of a digest. What a model finds on planted
mistakes is an upper bound for the mistakes it makes itself.
"""

import asyncio
from pathlib import Path
from typing import Any

from core.checking.entries import Entry, evaluate, read_entries
from core.checking.judge import judge
from core.checking.verdict import check
from core.errors import LlmError, LlmMisset
from core.llm import Llm

_AT_ONCE = 4


async def evaluate_judged(path: Path, llm: Llm) -> dict[str, Any]:
    """`evaluate` with a part `judged`: recall over all kinds and per kind, false alarms, entries whose judge gave
    nothing usable. Raises SettingsError like read_entries, and for a wrong key or model name."""
    entries = read_entries(path)
    turn = asyncio.Semaphore(_AT_ONCE)
    results = await asyncio.gather(*(_both(entry, llm, turn) for entry in entries))
    per_kind: dict[str, list[int]] = {}
    right = flagged = 0
    for entry, (found, _) in zip(entries, results, strict=True):
        for label, hit in zip(entry.labels, found, strict=True):
            if label is None:
                right, flagged = right + 1, flagged + hit
            else:
                row = per_kind.setdefault(label, [0, 0])
                row[0], row[1] = row[0] + hit, row[1] + 1
    judged = {
        "model": llm.model,
        "per_kind": dict(sorted(per_kind.items())),
        "all": [sum(row[n] for row in per_kind.values()) for n in (0, 1)],
        "false_alarm": flagged / right if right else 0.0,
        "false_alarms": [flagged, right],
        "failed": sum(failed for _, failed in results),
    }
    return evaluate(path) | {"judged": judged}


async def _both(entry: Entry, llm: Llm, turn: asyncio.Semaphore) -> tuple[list[bool], bool]:
    """Per sentence whether either pass found something; whether the judge failed."""
    first = await asyncio.to_thread(check, entry.reading, entry.sentences)
    passed = [n for n, found in enumerate(first) if not found]
    hits = [bool(found) for found in first]
    try:
        async with turn:
            second = await judge(llm, entry.reading, [entry.sentences[n] for n in passed])
    except LlmMisset:  # then no entry has a judge
        raise
    except LlmError:
        return hits, True
    for n, found in zip(passed, second, strict=True):
        hits[n] = hits[n] or bool(found)
    return hits, False
