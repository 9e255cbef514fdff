"""The stand-in's process: where it listens, and that it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from spotai.errors import DependencyError
from tests.servers.ports import free_port
from tests.servers.spotify import start_standin

STARTS_ONE_AND_SLEEPS = """
import time
from tests.servers.spotify import start_standin

standin = start_standin()
print(standin.address, standin.process.pid, flush=True)
time.sleep(600)
"""


def answers(address: str) -> bool:
    try:
        requests.get(address, timeout=10)
    except requests.ConnectionError:
        return False
    return True


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_its_parent_however_that_ends(how: signal.Signals) -> None:
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE_AND_SLEEPS],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout
        address, _ = parent.stdout.readline().split()
        assert answers(address)
        parent.send_signal(how)
    deadline = time.monotonic() + 20
    while answers(address) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not answers(address)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_by_a_signal_with_status_0(how: signal.Signals) -> None:
    with start_standin() as standin:
        standin.hold(".", 30)
        with pytest.raises(requests.exceptions.Timeout):
            requests.get(standin.address, timeout=0.3)  # somebody still waits for an answer
        standin.process.send_signal(how)
        assert standin.process.wait(10) == 0


def test_it_starts_again_on_the_same_port() -> None:
    port = free_port()
    for _ in range(2):
        with start_standin(port=port) as standin:
            assert standin.address == f"http://127.0.0.1:{port}"
            assert answers(standin.address)


def test_a_port_in_use_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DependencyError, match="did not start"):
            start_standin(port=port)
    said = capfd.readouterr().err
    assert said.startswith("Error: ")
    assert str(port) in said
    assert len(said.splitlines()) == 1


def test_it_answers_on_this_machine_under_no_other_name() -> None:
    with start_standin() as standin:
        answer = requests.get(f"{standin.api_url}me", headers={"Host": "evil.example"}, timeout=10)
        assert answer.status_code == 400
