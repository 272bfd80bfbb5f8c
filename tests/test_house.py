"""The house's own rules, held by the code: what may import what, how long things are, what a module must say."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*ROOT.glob("core/**/*.py"), *ROOT.glob("bot/**/*.py")])
TESTS = sorted(ROOT.glob("tests/**/*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_file_is_one_concept_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 300, f"{lines} lines: is there a second concept in it?"


def test_no_network_library_but_where_it_belongs() -> None:
    """One way to the web, one to a model, one to SQL, one reader of the environment."""
    homes = {
        "aiohttp": ("core/web.py", "bot/health.py", "bot/bench/", "bot/slack/", "bot/discord/"),
        "litellm": ("core/llm/provider.py",),
        "sqlalchemy": ("core/store/",),
        "alembic": ("core/store/",),
        "pydantic_settings": ("bot/settings.py",),
        "ddgs": ("core/sources/ddgs.py",),
        "arxiv": ("core/sources/arxiv.py",),
        "discord": ("bot/discord/",),
        "slack_sdk": ("bot/slack/",),
        "slack_bolt": ("bot/slack/",),
    }
    for path in MODULES:
        for module in imported(path):
            home = homes.get(module.split(".")[0])
            assert home is None or name(path).startswith(home), f"{name(path)} imports {module}"


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def test_importing_does_nothing_and_never_brings_litellm() -> None:
    modules = [name(p).removesuffix(".py").replace("/", ".").removesuffix(".__init__") for p in MODULES]
    wanted = [m for m in modules if "migrations" not in m and not m.startswith(("bot.__main__", "core.ranking.train"))]
    code = (
        "import importlib, sys, threading\n"
        f"for m in {wanted!r}: importlib.import_module(m)\n"
        "assert threading.active_count() == 1\n"
        "assert not {'litellm', 'sklearn', 'torch'} & set(sys.modules), set(sys.modules) & {'litellm', 'sklearn'}\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def test_only_the_doors_read_the_environment() -> None:
    allowed = {"bot/settings.py", "core/llm/provider.py", "bot/bench/postgres.py"}  # the bench: TEST_POSTGRES_URL
    for path in MODULES:
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8")):
            assert name(path) in allowed, name(path)


def test_every_error_is_drawn_in_the_tree() -> None:
    from core import errors

    drawn = set(re.findall(r"(?:├──|└──)\s(\w+)", errors.__doc__ or ""))
    defined = {n for n, value in vars(errors).items() if isinstance(value, type)} - {"AiDailyError"}
    assert drawn == defined


def test_mocks_are_rare() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TESTS if path.name != "test_house.py"]
    tests = sum(len(re.findall(r"^\s*(?:async )?def test_", text, re.MULTILINE)) for text in texts)
    mocks = sum(len(re.findall(r"\bMock\b|\bpatch\(|monkeypatch\.setattr", text)) for text in texts)
    assert mocks < 3 * tests / 100


def test_the_top_level_is_what_it_should_be() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    if not tracked:
        pytest.skip("no git checkout")
    assert {path.split("/")[0] for path in tracked} <= {
        "pyproject.toml", "requirements.txt", "requirements-dev.txt", "bot", "core", "tests", ".env.example",
        "Procfile", "README.md", ".gitignore", ".ci",
    }  # fmt: skip


def test_pins_are_exact_with_hashes_and_name_no_index() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.findall(r"^[A-Za-z0-9][^\n]*(?:\n    --hash=[^\n]*)+", text, re.MULTILINE)
        assert pins
        assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
        assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE))
