"""``serve`` from the command line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_a_port_in_use_is_one_line_and_changes_nothing(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = subprocess.run(
            [sys.executable, "-m", "spotai", "serve"],
            env=os.environ | {"SPOTAI_DATA_DIR": str(tmp_path / "data"), "SPOTAI_PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )
    assert process.returncode == 1
    assert process.stdout == ""
    assert process.stderr.startswith("Error: ")
    assert port in process.stderr
    assert len(process.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()
