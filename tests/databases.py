"""A database of its own for every test: a SQLite file, and PostgreSQL where the machine has one.

Ask for the fixture `database_url` (both databases) or `store` (an open Store on it); `postgres` is the server.
"""

import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.bench.postgres import Server, Unavailable, execute, postgres_server
from core.store import Store
from core.store.tables import metadata


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the whole run, or a skip that says why there is none."""
    try:
        with postgres_server(hasty=True) as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/store/aidaily.db"


@pytest.fixture(scope="session")
def _used(postgres: Server) -> Iterator[str]:
    """One database for all tests that want an empty one: wiping it takes 10 ms, making one 200."""
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def _migrated(postgres: Server) -> Iterator[str]:
    """One database whose tables stay and whose rows go."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def postgres_url(_used: str) -> str:
    """An empty database, as it is before the first start."""
    execute(_used, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return _used


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """An open store with nothing in it, once on each kind."""
    postgres = request.param == "postgres"
    url = request.getfixturevalue("_migrated" if postgres else "sqlite_url")
    async with Store(url) as opened:
        if postgres:
            execute(url, "; ".join(f"DELETE FROM {table}" for table in reversed(metadata.sorted_tables)))
        yield opened


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As on a disk that is nearly full: no file of this process can grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
