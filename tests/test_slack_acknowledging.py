"""Commands are acknowledged at once, also while litellm is being imported: as `bench commands` measures it."""

from pathlib import Path

import pytest

from bot.bench.acknowledging import bench_acknowledging
from core.store import Store
from tests.editions import DAY, full


@pytest.mark.slow
async def test_a_command_is_acknowledged_within_the_figures_of_the_contract(tmp_path: Path) -> None:
    """A busy machine gets three tries."""
    url = f"sqlite+aiosqlite:///{tmp_path}/a.db"
    async with Store(url) as store:
        await store.editions.save(full())
    words = (f"today {DAY}", "search 소스 코드", "help", "status", "settings", "용어")
    for _ in range(3):
        figures = await bench_acknowledging(url, tmp_path, words, asked=40)
        loading, loaded = figures["while_loading"], figures["loaded"]
        if loading["gap_ms"] < 250 and max(loaded["p99_ms"], loaded["gap_ms"]) < 100:
            break
    assert loading["asked"] > 3 and loading["loading_s"] > 0.3, "it was asked while litellm was loading"
    assert loading["gap_ms"] < 250
    assert loaded["p99_ms"] < 100 and loaded["gap_ms"] < 250
    assert loaded["answered"] >= loading["asked"] + loaded["asked"]
