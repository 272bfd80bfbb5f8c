"""A PostgreSQL server for the bench and the tests, started from the machine's own binaries.

TEST_POSTGRES_URL goes before it. Its own lives in a temporary folder on a free port of 127.0.0.1, as an unprivileged
user where we are root (it refuses root), and only as long as a pipe to this process: it ends by itself however we
end. `Unavailable` says why there is none.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

# The shell outlives us by a moment. A line on its pipe: the server crashes and starts again; the pipe's end: it ends.
_KEEPER = """while "$@" & server=$!; read -r _; do kill -QUIT $server; wait $server; done
kill -INT $server; wait $server; rm -rf "$FOLDER" """
_SETTINGS = {
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "60", "log_min_messages": "fatal"
}  # fmt: skip
_HASTY = {"fsync": "off", "full_page_writes": "off"}  # a power cut may break it: for tests


class Unavailable(Exception):
    """Why PostgreSQL cannot be had here."""


@dataclass(frozen=True, slots=True)
class Server:
    """`url`: one on which databases may be made. `keeper` None = it is not ours."""

    url: str
    keeper: subprocess.Popen[bytes] | None = None

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a fresh database, dropped afterwards."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        execute(self.url, f"CREATE DATABASE {name}")
        try:
            yield urlsplit(self.url)._replace(path=f"/{name}").geturl()
        finally:
            execute(self.url, f"DROP DATABASE {name} WITH (FORCE)")

    def crash(self) -> None:
        """What a crash and restart of the server is to its clients; one that is not ours only drops them all."""
        if self.keeper is None:
            execute(self.url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            return
        assert self.keeper.stdin is not None
        self.keeper.stdin.write(b"\n")
        self.keeper.stdin.flush()


def execute(url: str, statement: str) -> None:
    """One statement, or several, in autocommit."""
    import psycopg

    plain = urlsplit(url)._replace(scheme="postgresql").geturl()
    with psycopg.connect(plain, autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())


@contextmanager
def postgres_server(*, hasty: bool = False) -> Iterator[Server]:
    """A server while it is wanted; `hasty` does not wait for the disk."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield Server(url)
        return
    initdb, postgres, user = binary("initdb"), binary("postgres"), _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="aidaily-postgres-"))
    try:
        if user:
            shutil.chown(folder, user.pw_uid, user.pw_gid)
        making = (initdb, "-D", folder / "data", "-U", "aidaily", "-A", "trust", "-E", "UTF8", "--locale=C")
        made = subprocess.run(_as(user, *making, "--no-sync"), capture_output=True, text=True, cwd="/")
        if made.returncode:
            raise Unavailable(f"initdb: {made.stderr.strip()[-300:]}")
        settings = _SETTINGS | (_HASTY if hasty else {})
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with _running(folder, _as(user, postgres, "-D", folder / "data", *options)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, command: list[str]) -> Iterator[Server]:
    port, log = _free_port(), folder / "log"
    with log.open("w") as output:
        keeper = subprocess.Popen(
            ["sh", "-c", _KEEPER, "sh", *command, "-p", str(port)], stdin=subprocess.PIPE, stdout=output, stderr=output,
            cwd="/", env=os.environ | {"FOLDER": str(folder)}, start_new_session=True,
        )  # fmt: skip
    try:
        url = f"postgresql+psycopg://aidaily@127.0.0.1:{port}/postgres"
        _wait(url, log)
        yield Server(url, keeper)
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait(20)


def _wait(url: str, log: Path) -> None:
    import psycopg

    for _ in range(200):
        try:
            execute(url, "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise Unavailable(f"postgres did not start: {log.read_text()[-300:]}")


def binary(name: str) -> Path:
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
