"""The command line as people and scripts use it: exit codes, one Korean sentence, JSON alone on stdout."""

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli import main
from core.text import columns
from tests.days import paper
from tests.test_ranking import AGENT

ROOT = Path(__file__).parents[1]
HERE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to work in, and an environment without our settings."""
    for name in ("LLM_MODEL", "DATABASE_URL", "AIDAILY_HOME", "NEWS_FEEDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def closed_world(monkeypatch: pytest.MonkeyPatch, nobody: str = "http://127.0.0.1:9") -> None:
    """Every source at an address where nobody listens, or where all but /feed.xml is refused."""
    for name in ("ARXIV_API_URL", "ARXIV_SITE_URL", "ARXIV_RSS_URL", "HF_API_URL", "HN_API_URL"):
        monkeypatch.setenv(name, nobody)
    monkeypatch.setenv("NEWS_FEEDS", f"{nobody}/feed.xml")
    monkeypatch.setenv("NEWS_SEARCH", "off")
    monkeypatch.setenv("ARXIV_DELAY_S", "0")


@pytest.mark.parametrize(
    "arguments",
    [
        ["today", "--nope"], ["nope"], ["rank"], ["rank", "a", "b"], ["rank", "missing.jsonl"], [],
        ["rank", "x", "--top", "0"], ["rank", "x", "--profile", "mine"], ["check", "missing.jsonl"],
        ["today", "--date", "3 February"], ["today", "--now", "noon"], ["eval", "ranking", "missing"],
        ["eval", "korean", "missing.md"], ["ask", "1", " "], ["search", " "], ["search", "a", "이후:언젠가"],
        ["pause", "terminal:a"], ["demo", "--out", "/proc/nope"], ["today", "--out", "/proc/nope"],
        ["demo", "--out", "/proc"], ["weekly", "--out", "/proc"],
        ["bench", "nothing"], ["subscribe", "C01"], ["--log-level", "LOUD", "demo"], ["subscribe", "slack:C 1"],
        ["subscribe", "discord:abc"], ["resume", "slack:#general"], ["unsubscribe", "C01"],
        ["unsubscribe", "discord:x"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_use_is_korean_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.search("[가-힣]", err)
    assert "Traceback" not in err and "Error" not in err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("today --date", "--date 값이 빠졌습니다. 쓰는 법: python -m bot today --help"),
        ("today extra", "'extra'는 받지 않는 인자입니다. 쓰는 법: python -m bot today --help"),
        ("today --json=x", "--json 옵션은 값을 받지 않습니다. 쓰는 법: python -m bot today --help"),
        ("--log-level", "--log-level 값이 빠졌습니다. 쓰는 법: python -m bot --help"),
        ("rank x --top 0", "--top: 1 이상의 정수여야 합니다. 쓰는 법: python -m bot rank --help"),
        ("why 2026-02-03 0", "번호: 1 이상의 정수여야 합니다. 쓰는 법: python -m bot why --help"),
        ("search a --limit 0", "--limit: 1 이상 100 이하의 정수여야 합니다. 쓰는 법: python -m bot search --help"),
        ("bench nothing", "무엇: build, delivery, commands, month, reading 가운데 하나여야 합니다. "
                          "쓰는 법: python -m bot bench --help"),
    ],
)  # fmt: skip
def test_wrong_use_names_what_is_wrong_what_may_be_and_whose_help_to_read(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed.split()) == 2
    assert capsys.readouterr().err == said + "\n"


@pytest.mark.parametrize("setting", [("TIMEZONE", "Mars"), ("DATABASE_URL", "sqlite+aiosqlite:////proc/nope/y.db"),
                                     ("ARXIV_API_URL", "export.arxiv.org")], ids=lambda s: s[0])  # fmt: skip
@pytest.mark.parametrize("command", ["today", "doctor"])
def test_a_wrong_setting_is_one_sentence_naming_it(
    command: str, setting: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed_world(monkeypatch)
    monkeypatch.setenv(*setting)
    assert main([command]) == 2
    out, err = capsys.readouterr()
    assert setting[0] in out + err
    assert len((out + err).strip().splitlines()) <= 2


def test_when_every_source_fails_there_is_no_edition_and_exit_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    closed_world(monkeypatch)
    assert main(["today", "--json"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "arXiv" in err and "Traceback" not in err
    assert err.count("HTTPS_PROXY") == 1
    assert not list(elsewhere.glob("var/editions/*"))
    assert main(["doctor"]) == 1
    assert capsys.readouterr().out.count("HTTPS_PROXY") == 1


def test_a_database_that_another_program_holds_is_one_sentence_and_exit_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    assert main(["migrate"]) == 0
    capsys.readouterr()
    with sqlite3.connect(elsewhere / "var" / "aidaily.db") as held:
        held.execute("BEGIN EXCLUSIVE")
        assert main(["subscribe", "slack:C01GEN"]) == 3
        held.rollback()
    held.close()
    out, err = capsys.readouterr()
    assert len((out + err).strip().splitlines()) == 1 and "데이터베이스" in err


def test_help_stands_in_columns_also_where_letters_are_two_columns_wide(capsys: pytest.CaptureFixture[str]) -> None:
    main(["post", "--help"])
    options = capsys.readouterr().out.split("옵션:\n")[1].splitlines()
    starts = {columns(re.split(r"(?<=\S) {2,}", line)[0] + re.findall(r"(?<=\S) {2,}", line)[0]) for line in options}
    assert len(options) == 4 and len(starts) == 1


def test_every_command_has_korean_help() -> None:
    for command in ([], ["today"], ["demo"], ["doctor"], ["rank"], ["check"], ["eval"], ["eval", "ranking"], ["bench"],
                    ["migrate"], ["backup"], ["subscribe"], ["unsubscribe"]):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "bot", *command, "--help"], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0
        assert done.stdout.startswith("사용법: python -m bot")
        assert not re.search(r"\b(Usage|Options|Commands|Show this)\b", done.stdout)


def test_help_is_quick() -> None:
    took = []
    for _ in range(3):
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", "bot", "--help"], cwd=ROOT, check=True, capture_output=True)
        took.append(time.monotonic() - started)
    assert min(took) < 0.4


def test_readme_names_only_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    from bot.cli import cli

    named = set(re.findall(r"-m bot (\w+)", readme)) | set(re.findall(r"^\| `(\w+)", readme, re.MULTILINE))
    assert named <= set(cli.commands)


class TestDemo:
    def test_the_whole_pipeline_runs_offline_in_a_moment_and_is_marked_as_a_sample(self, tmp_path: Path) -> None:
        environment = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
        command = [sys.executable, "-m", "bot", "demo", "--out", str(tmp_path / "out")]
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
        assert time.monotonic() - started < 15  # 5 s where nothing else runs
        assert done.returncode == 0, done.stderr
        assert "표본" in done.stdout
        assert "모델: 기록된 답 · 호출 7회 · 표본이라 토큰과 비용을 세지 않습니다" in done.stdout
        page = (tmp_path / "out" / "2026-02-03.md").read_text(encoding="utf-8")
        assert page.startswith("# [AI Daily] 2026-02-03 기술 동향")
        assert "표본" in page
        assert "표본" in (tmp_path / "out" / "2026-02-03.html").read_text(encoding="utf-8")

    def test_the_real_store_is_never_touched(self, elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        out = tmp_path_factory.mktemp("demo")
        assert main(["demo", "--quiet", "--out", str(out)]) == 0
        assert list(elsewhere.iterdir()) == []

    def test_json_has_the_contracts_fields(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        assert main(["demo", "--json", "--quiet", "--out", str(tmp_path)]) == 0
        out, err = capsys.readouterr()
        edition = json.loads(out)
        assert err == ""
        assert {"date", "profile", "status", "batch", "funnel", "sources", "stories", "actions", "model", "calls",
                "tokens_in", "tokens_out", "cost_usd", "waited_s", "built_s"} <= set(edition)  # fmt: skip
        assert set(edition["funnel"]) == {"collected", "new", "candidates", "chosen"}
        assert {"name", "ok", "count", "detail"} == set(edition["sources"][0])
        assert {"n", "item", "headline", "keywords", "summary", "one_liner", "ideas", "risks", "links", "basis",
                "facts", "dropped"} <= set(edition["stories"][0])  # fmt: skip
        assert {"text", "quote"} == set(edition["stories"][0]["summary"][0])
        assert {"title", "url"} == set(edition["stories"][0]["links"][0])


class TestFiles:
    def test_rank_reads_candidates_and_prints_json_alone(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [{"id": p.id, "title": p.title, "abstract": p.abstract, "categories": p.categories, "primary": p.primary,
                 "authors": p.authors, "comment": None, "published": None, "listed": "2026-02-03", "surprise": 1}
                for p in map(paper, range(1, 9))]  # fmt: skip
        file = tmp_path / "day.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        for profile in ("none", "default"):
            assert main(["rank", str(file), "--profile", profile, "--json", "--top", "5"]) == 0
            ranked = json.loads(capsys.readouterr().out)
            assert len(ranked) == 5
            assert set(ranked[0]) == {"id", "score", "why"}

    def test_rank_is_in_the_order_of_the_scores_it_prints(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        kinds = [("Coding agent benchmark", AGENT), ("Speech synthesis in noise", "We generate speech by diffusion.")]
        rows = [{"id": f"2602.{n:05}", "title": f"{kinds[n // 8][0]} {n}", "abstract": kinds[n // 8][1]}
                for n in range(1, 15)]  # fmt: skip
        file = tmp_path / "day.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        for profile in ("none", "default"):
            assert main(["rank", str(file), "--profile", profile, "--json"]) == 0
            scores = [row["score"] for row in json.loads(capsys.readouterr().out)]
            assert scores == sorted(scores, reverse=True) and len(scores) == 14

    @pytest.mark.parametrize(
        ("command", "said"),
        [(["rank"], "논문이 없습니다"), (["eval", "korean"], "글이 없습니다"), (["check"], "문장이 하나도 없습니다")],
        ids=str,
    )
    def test_where_there_is_nothing_it_is_said(
        self, command: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main([*command, os.devnull])
        assert said in "".join(capsys.readouterr())

    def test_check_prints_one_verdict_a_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        entry = {
            "id": "2602.1",
            "source": {"title": "T", "abstract": "It is 4x faster on FooBench.", "comment": None},
            "allowed_links": [],
            "sentences": [
                {"section": "summary", "text": "FooBench에서 4배 빠릅니다.", "quote": "It is 4x faster on FooBench."},
                {"section": "summary", "text": "FooBench에서 8배 빠릅니다.", "quote": "It is 4x faster on FooBench."},
            ],
        }
        file = tmp_path / "entries.jsonl"
        file.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
        assert main(["check", str(file), "--json"]) == 1
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(row["id"], row["index"], row["ok"]) for row in rows] == [("2602.1", 0, True), ("2602.1", 1, False)]
        assert {"kind", "span", "detail"} == set(rows[1]["findings"][0])


class TestDatabase:
    @pytest.mark.parametrize("name", ["50%25", "%41?b=c", "집 #1&x"])
    def test_it_is_in_the_home_whatever_that_is_called(
        self, name: str, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AIDAILY_HOME", name)
        assert main(["migrate"]) == 0
        assert [path.name for path in elsewhere.iterdir()] == [name]
        assert (elsewhere / name / "aidaily.db").exists()

    def test_migrate_is_safe_to_repeat(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["migrate"]) == 0
        assert "맞췄습니다: 없음 →" in capsys.readouterr().out
        assert main(["migrate"]) == 0
        assert "최신" in capsys.readouterr().out

    def test_backup_makes_a_copy_and_never_overwrites(
        self, capsys: pytest.CaptureFixture[str], elsewhere: Path
    ) -> None:
        main(["migrate"])
        assert main(["backup", "copy.db"]) == 0
        assert (elsewhere / "copy.db").stat().st_size > 0
        assert main(["backup", "copy.db"]) != 0
        assert re.search("[가-힣]", capsys.readouterr().err)


@pytest.mark.parametrize(("options", "logged"), [([], False), (["--log-level", "ERROR"], True)])
def test_what_goes_wrong_inside_is_no_traceback_at_a_terminal_unless_asked_for(
    options: list[str], logged: bool
) -> None:
    code = (
        "import logging, sys; from bot.cli import cli, main\n"
        "def trip():\n"
        "    try: 1 / 0\n"
        "    except ZeroDivisionError: logging.getLogger('core').exception('source.crashed')\n"
        "cli.command()(trip); sys.exit(main([*sys.argv[1:], 'trip']))"
    )
    done = subprocess.run([sys.executable, "-c", code, *options], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ("Traceback" in done.stderr) is logged


@pytest.mark.parametrize(
    "arguments", [["today"], ["migrate"], ["subscribe", "slack:C01"], ["search", "LLM"]], ids=" ".join
)
def test_a_home_that_cannot_be_is_a_wrong_setting(
    arguments: list[str], elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "file").touch()
    monkeypatch.setenv("AIDAILY_HOME", str(elsewhere / "file"))
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("AIDAILY_HOME: ")


def test_a_backup_of_nothing_is_none(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "copy.db"]) == 2
    assert "없습니다" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_a_file_where_a_folder_belongs_is_told(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (elsewhere / "file").touch()
    assert main(["today", "--out", "file"]) == 2
    assert "--out: 폴더 이름이어야 합니다." in capsys.readouterr().err


def test_no_line_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["demo", "--quiet"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if columns(line) > 40 and "://" not in line] == []


def test_what_is_missing_is_named_as_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pause", "terminal:a"]) == 2
    assert capsys.readouterr().err.startswith("--until 값이 빠졌습니다.")


def test_a_folder_that_cannot_be_is_told_alone_and_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["today", "--out", "/proc/nope"]) == 2
    assert capsys.readouterr().err == "--out: '/proc/nope' 폴더를 만들 수 없습니다: 그런 파일이나 폴더가 없습니다.\n"


def test_a_wrong_date_is_one_sentence_without_the_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["today", "--date", "2999-01-01"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_closed_stderr_costs_nothing_but_its_words(elsewhere: Path) -> None:
    line = f"{shlex.quote(sys.executable)} -m bot demo 2>&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=HERE)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout


@pytest.mark.parametrize("command", [["demo", "--quiet", "--json"], ["migrate"], ["--help"]], ids=" ".join)
def test_a_full_disk_behind_stdout_is_one_sentence(command: list[str], elsewhere: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *command], stdout=full, stderr=subprocess.PIPE, text=True, env=HERE
        )
    assert done.returncode == 1 and done.stderr.startswith("출력을 다 쓰지 못했습니다") and done.stderr.count("\n") == 1
