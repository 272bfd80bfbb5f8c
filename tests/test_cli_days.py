"""The command line over days: which are past, which are no days at all, and what is shown of one all the same."""

import json
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.cli import main
from tests.fakes import seoul
from tests.refusing import refusing
from tests.test_cli import closed_world

DAY = "2026-02-03"
_FEED = f"""<rss version="2.0"><channel><title>Labs</title><item><title>A coding agent's weights are released</title>
<link>https://labs.example/a</link><pubDate>{format_datetime(seoul(f"{DAY} 09:00"))}</pubDate>
<description>The lab releases the weights of a coding agent for LLM tools.</description></item></channel></rss>"""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """No store yet, no model, and of all sources one feed."""
    for name in ("LLM_MODEL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AIDAILY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    with refusing(_FEED) as url:
        closed_world(monkeypatch, url)
        yield tmp_path / "home"


@pytest.mark.parametrize(
    "house",
    [("TIMEZONE", "America/Los_Angeles"), ("TIMEZONE", "America/New_York"), ("TIMEZONE", "Pacific/Kiritimati"),
     ("POST_AT", "18:00")],
    ids=lambda house: house[1],
)  # fmt: skip
def test_a_past_days_edition_is_final_and_as_of_1640_in_korea_wherever_the_house_is(
    house: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(*house)
    assert main(["today", "--date", DAY, "--json", "--quiet"]) == 1  # most sources are away
    told = json.loads(capsys.readouterr().out)
    assert (told["date"], told["status"]) == (DAY, "final")
    assert told["built_at"] == seoul(f"{DAY} 16:40").isoformat()


def test_a_past_day_looked_at_before_its_time_is_a_draft(capsys: pytest.CaptureFixture[str]) -> None:
    main(["today", "--date", DAY, "--now", f"{DAY}T12:00", "--json", "--quiet"])
    assert json.loads(capsys.readouterr().out)["status"] == "draft"


@pytest.mark.parametrize(
    "arguments",
    [["today", "--date", "0001-01-01"], ["post", "--date", "0001-01-01"], ["weekly", "--date", "0001-01-01"],
     ["today", "--now", "0001-01-01T00:00"], ["today", "--now", "9999-12-31T23:59-12:00"],
     ["today", "--date", "9999-12-31", "--now", "9999-12-31T16:40"]],
    ids=" ".join,
)  # fmt: skip
def test_a_day_at_the_end_of_the_calendar_is_refused_in_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith(("--date: ", "--now: "))


@pytest.mark.parametrize("command", ["today", "weekly"])
def test_what_cannot_be_written_to_files_is_shown_all_the_same_and_said(
    command: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["today", "--date", DAY, "--quiet"])
    shown = capsys.readouterr().out
    (home / "editions").rename(tmp_path / "away")
    (home / "editions").write_text("a file where the folder should be")
    assert main([command, "--date", DAY, "--out", "out"]) == 1
    out, err = capsys.readouterr()
    assert out == shown if command == "today" else "한 주의 흐름" in out
    [sentence] = [line for line in err.splitlines() if "파일로 남기지 못했습니다" in line]
    assert str(home / "editions") in sentence
    assert list((tmp_path / "out").iterdir())
