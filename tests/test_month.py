"""`bench month` on made-up papers: days in a row, with what comes again planted among them."""

import gzip
import json
from pathlib import Path

import pytest

from bot.bench.month import bench_month
from core.errors import SettingsError


async def test_ten_days_in_a_row_tell_nothing_twice_and_find_what_is_new() -> None:
    figures = await bench_month(None, days=10)
    for run in (figures["without_model"], figures["with_model"]):
        assert run["stories"] >= 40
        assert (run["repeats"], run["wrong"]) == (0, [])
        fates = {way["should_be"] for way in run["planted"].values()}
        assert fates == {"repeat", "follow-up", "other"}
        assert run["database"]["mib"] > 0 and run["day_s"]["worst"] >= run["day_s"]["median"] > 0


async def test_a_folder_without_listings_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--listings"):
        await bench_month(tmp_path)


async def test_listings_are_read_from_a_folder_or_its_days_and_days_are_consecutive(tmp_path: Path) -> None:
    (tmp_path / "days").mkdir()
    for day, name in (("2026-04-30", "Alpha"), ("2026-05-04", "Beta"), ("2026-05-20", "Gamma")):
        row = {"id": f"2604.{len(name):05}", "title": f"{name}: agents that plan", "abstract": "We plan. It works."}
        (tmp_path / "days" / f"{day}.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    figures = await bench_month(tmp_path, days=6)
    assert (figures["days"], figures["listings"], figures["papers"]) == (6, 2, 2)
