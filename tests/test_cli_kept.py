"""The command line over a day that is kept: JSON alone on stdout, and an exit code for what failed in part."""

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import main
from core.model import Edition
from core.store import Store
from tests.editions import DAY, full
from tests.test_cli import closed_world

NOBODY = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A store with one final edition, no source and no model within reach."""
    closed_world(monkeypatch)
    for name in ("LLM_MODEL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AIDAILY_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    keep(tmp_path, full())


def keep(home: Path, edition: Edition) -> None:
    async def work() -> None:
        async with Store(f"sqlite+aiosqlite:///{home}/aidaily.db") as store:
            await store.editions.save(edition)

    asyncio.run(work())


def test_json_is_alone_on_stdout_also_where_the_channel_is_this_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    headline = full().stories[1].headline
    for arguments in (
        ["post", "--date", DAY],
        ["withdraw", DAY, "1", "틀렸습니다"],
        ["correct", DAY, "2", headline, "다른 제목"],
    ):
        assert main([*map(str, arguments), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [(one["channel"], one["state"]) for one in told["channels"]] == [("terminal:local", "done")]


@pytest.mark.parametrize("command", ["today", "post", "status"])
def test_what_the_model_did_not_give_is_told(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = "모델의 답을 쓸 수 없었습니다(모든 이슈 원문 발췌): LLM_API_KEY: 키를 거절했습니다."
    keep(tmp_path, replace(full(), notes=(note,)))
    code = main([command] if command == "status" else [command, "--date", str(DAY)])
    told = capsys.readouterr()
    assert note in (told.out if command == "status" else told.err).replace("\n", " ")
    assert code == (1 if command == "today" else 0)


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_post_says_that_the_files_could_not_be_written_and_ends_with_1(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "editions").write_text("a file where the folder should be")
    assert main(["post", "--date", str(DAY), *options]) == 1
    told = capsys.readouterr()
    [sentence] = [line for line in told.err.splitlines() if "파일로 남기지 못했습니다" in line]
    assert str(tmp_path / "editions") in sentence
    if options:
        assert json.loads(told.out)["channels"][0]["state"] == "done"


def test_post_says_at_once_that_the_journal_cannot_be_written_and_goes_on_when_it_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "terminal.jsonl").mkdir()
    started = time.monotonic()
    assert main(["post", "--date", str(DAY)]) == 1
    assert time.monotonic() - started < 30
    assert "terminal:local: 실패 (0개): 기록 파일에 쓸 수 없습니다" in capsys.readouterr().err
    (tmp_path / "terminal.jsonl").rmdir()
    assert main(["post", "--date", str(DAY)]) == 0
    assert "terminal:local: 완료 (7개)" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["expand", "1"], ["ask", "1", "무엇이 다른가?"]], ids=" ".join)
def test_a_model_that_is_away_is_1_as_for_a_digest(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--json"]) == 0
    without = json.loads(capsys.readouterr().out)
    for name, value in (("LLM_MODEL", "openai/test"), ("LLM_API_BASE", NOBODY), ("LLM_TIMEOUT_S", "1")):
        monkeypatch.setenv(name, value)
    assert main([*arguments, "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == without
