"""A database of its own for every test: a SQLite file, and PostgreSQL where the machine has one.

PostgreSQL is TEST_POSTGRES_URL, or a server started from the machine's own binaries: in a temporary folder, on a
free port of 127.0.0.1, as an unprivileged user when the tests run as root (it refuses root). It lives as long as
a pipe to this process, so it ends by itself however the tests end. `Unavailable` says why there is none.
Ask for the fixture `database_url` (both databases) or `store` (an open Store on it).
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from core.store import Store
from core.store.tables import metadata

# The shell outlives the tests by a moment: `read` ends when the pipe does.
_KEEPER = '"$@" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$FOLDER"'
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "log_min_messages": "fatal",
}


class Unavailable(Exception):
    """Why PostgreSQL cannot be had here."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server on which databases may be made; `Unavailable` if there is none."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    initdb, postgres = _binary("initdb"), _binary("postgres")
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="aidaily-postgres-"))
    try:
        if user:
            shutil.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        made = subprocess.run(
            _as(user, initdb, "-D", data, "-U", "aidaily", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"),
            capture_output=True,
            text=True,
            cwd="/",
        )
        if made.returncode:
            raise Unavailable(f"initdb: {made.stderr.strip()[-300:]}")
        with _running(folder, _as(user, postgres, "-D", data), user) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, command: list[str], user: pwd.struct_passwd | None) -> Iterator[str]:
    port = _free_port()
    options = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("w") as output:
        keeper = subprocess.Popen(
            ["sh", "-c", _KEEPER, "sh", *command, "-p", str(port), *options],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd="/",
            env=os.environ | {"FOLDER": str(folder)},
            start_new_session=True,
        )
    try:
        url = f"postgresql+psycopg://aidaily@127.0.0.1:{port}/postgres"
        _wait(url, log)
        yield url
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait(20)


def _wait(url: str, log: Path) -> None:
    for _ in range(200):
        try:
            psycopg.connect(_plain(url), connect_timeout=1).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise Unavailable(f"postgres did not start: {log.read_text()[-300:]}")


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """A fresh database on `server`, dropped afterwards."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    _execute(server, f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(_plain(url), autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement)


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _binary(name: str) -> Path:
    """The newest one Debian has, or the one on PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise Unavailable(f"no PostgreSQL here: {name} is neither on PATH nor in /usr/lib/postgresql")
    return Path(found)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to be instead of root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")


def _as(user: pwd.struct_passwd | None, *command: object) -> list[str]:
    words = [str(word) for word in command]
    if user is None:
        return words
    if setpriv := shutil.which("setpriv"):
        return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--", *words]
    raise Unavailable("PostgreSQL refuses to run as root, and setpriv is not here to leave it")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server for the whole run, or a skip that says why there is none."""
    try:
        with postgres_server() as url:
            yield url
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/store/aidaily.db"


@pytest.fixture(scope="session")
def _used(postgres: str) -> Iterator[str]:
    """One database for all tests that want an empty one: wiping it takes 10 ms, making one 200."""
    with postgres_database(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def _migrated(postgres: str) -> Iterator[str]:
    """One database whose tables stay and whose rows go."""
    with postgres_database(postgres) as url:
        yield url


@pytest.fixture
def postgres_url(_used: str) -> str:
    """An empty database, as it is before the first start."""
    _execute(_used, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
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
            _execute(url, "; ".join(f"DELETE FROM {table}" for table in reversed(metadata.sorted_tables)))
        yield opened
