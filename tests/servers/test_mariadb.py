"""The tests' own MariaDB leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.servers.mariadb import MariaDB

TESTS_THAT_NEVER_END = """
import time
from tests.servers.mariadb import find_programs, run_mariadb

with run_mariadb(*find_programs()) as server:
    print(server.folder, server.url.port, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_ends_with_the_tests_however_they_end(mariadb: MariaDB, how: int) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", TESTS_THAT_NEVER_END], cwd=root, stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout
        folder, port = tests.stdout.readline().split()
        assert Path(folder).is_dir()
        tests.send_signal(how)
    deadline = time.monotonic() + 20
    while Path(folder).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(folder).exists()
    engine = create_engine(mariadb.url.set(port=int(port)))
    with pytest.raises(OperationalError), engine.connect() as conn:
        conn.execute(text("SELECT 1"))
