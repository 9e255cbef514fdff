"""A private MariaDB server for the tests: own folder, socket and port, gone afterwards."""

from __future__ import annotations

import getpass
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.servers.ports import free_port

HOW_TO_GET_IT: Final = (
    "MariaDB's server (mariadbd, mariadb-install-db) is not installed; "
    "on Debian: apt-get install mariadb-server, on macOS: brew install mariadb"
)
START_SECONDS: Final = 60

# The shell holds the server as long as the tests hold its standard input: however they end, the
# server is stopped and its folder removed.
# Each line read kills the server as a power failure would ("kill") or starts it again ("start"),
# stops it in its tracks ("freeze") or lets it go on ("thaw").
_KEEPER: Final = """
folder=$1; shift
start() {
    "$@" >>"$folder/log" 2>&1 </dev/null &
    server=$!
}
start "$@"
while read -r order; do
    case $order in
        kill) kill -KILL "$server"; wait "$server"; echo killed ;;
        start) start "$@"; echo started ;;
        freeze) kill -STOP "$server"; echo frozen ;;
        thaw) kill -CONT "$server"; echo thawed ;;
    esac
done
kill -CONT "$server" 2>/dev/null
kill "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"""


class MariaDB:
    """A running server that makes fresh databases; ``keeper`` is the shell that holds it."""

    def __init__(self, port: int, folder: Path, keeper: subprocess.Popen[str]) -> None:
        self.folder = folder
        self._keeper = keeper
        self.url = URL.create("mysql+pymysql", username="root", host="127.0.0.1", port=port)
        self._numbers = itertools.count(1)
        self._engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    def run(self, statement: str) -> None:
        """Run one statement as the server's administrator."""
        with self._engine.connect() as conn:
            conn.execute(text(statement))

    def kill(self) -> None:
        """End the server without a chance to tidy up; what was committed is on the disk."""
        self._order("kill")

    def start(self) -> None:
        """Start the killed server again on the same data and port, and wait until it answers."""
        self._order("start")
        self.wait_until_it_answers()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the server take connections and answer nothing."""
        self._order("freeze")
        try:
            yield
        finally:
            self._order("thaw")
            self.wait_until_it_answers()

    def _order(self, order: str) -> None:
        assert self._keeper.stdin
        assert self._keeper.stdout
        self._keeper.stdin.write(f"{order}\n")
        self._keeper.stdin.flush()
        self._keeper.stdout.readline()

    def wait_until_it_answers(self) -> None:
        """Raises RuntimeError with the server's log when it does not start."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.run("SELECT 1")
            except OperationalError as error:
                if self._keeper.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"MariaDB did not start:\n{log}") from error
                time.sleep(0.1)
            else:
                return

    @contextmanager
    def fresh_database(self) -> Iterator[URL]:
        """Yield the address of an empty database, dropped afterwards."""
        name = f"test{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url.set(database=name)
        finally:
            self.run(f"DROP DATABASE {name}")


def settings_for(url: URL) -> dict[str, str]:
    """Return the settings that make SpotAI use this database."""
    return {
        "MYSQL_HOST": url.host or "",
        "MYSQL_PORT": str(url.port),
        "MYSQL_USER": url.username or "",
        "MYSQL_DB": url.database or "",
    }


def run_client(url: URL, script: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Feed a script to the command-line client, as ``mysql -u … database < script`` does."""
    client = shutil.which("mariadb") or shutil.which("mysql")
    if client is None:
        raise FileNotFoundError(HOW_TO_GET_IT)
    address = [
        "--protocol=tcp",
        f"--host={url.host}",
        f"--port={url.port}",
        f"--user={url.username}",
    ]
    return subprocess.run(
        [client, "--no-defaults", *address, *options, str(url.database)],
        input=script,
        capture_output=True,
        check=False,
    )


def find_programs() -> tuple[str, str] | None:
    """Return the paths of the server and of its installer, None when one is missing."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    server = shutil.which("mariadbd", path=path)
    installer = shutil.which("mariadb-install-db", path=path)
    return (server, installer) if server and installer else None


@contextmanager
def run_mariadb(server: str, installer: str) -> Iterator[MariaDB]:
    """Run a server for as long as the context lasts; raises RuntimeError with its log."""
    # Not under pytest's own folder: the path of a socket may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="spotai-mariadb-"))
    keeper: subprocess.Popen[str] | None = None
    try:
        _install(installer, folder)
        port = free_port()
        options = [*_options(folder), f"--port={port}", f"--socket={folder / 'socket'}"]
        keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "sh", folder, server, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running = MariaDB(port, folder, keeper)
        running.wait_until_it_answers()
        yield running
    finally:
        if keeper:
            keeper.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _options(folder: Path) -> list[str]:
    return [
        "--no-defaults",
        f"--datadir={folder / 'data'}",
        f"--user={getpass.getuser()}",
        "--bind-address=127.0.0.1",
        "--skip-log-bin",
        "--innodb-flush-log-at-trx-commit=2",
        "--innodb-buffer-pool-size=256M",
    ]


def _install(installer: str, folder: Path) -> None:
    command = [
        installer,
        "--no-defaults",
        f"--datadir={folder / 'data'}",
        f"--user={getpass.getuser()}",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{installer} failed:\n{done.stdout}{done.stderr}")
