"""Fixtures only; the small working things they hand out live in tests/fakes.py."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fake_slack import FakeSlack

pytest_plugins = ["tests.databases"]
settings.register_profile("calm", deadline=None)  # other work may slow the machine
settings.load_profile("calm")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files in tests/data anew")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Slack on this machine, with the bot in channel C1."""
    async with FakeSlack().running() as running:
        running.channel("C1")
        yield running


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: the text must be the file tests/data/NAME; --update-golden writes it instead."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "data" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; if meant so: pytest --update-golden"

    return check
