"""Nothing phones home: a check works where every use of the network is an error."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# Loaded by every Python process before anything else, in workers too. Sockets between processes of this machine
# (AF_UNIX) are no network.
CUT_OFF = """
import socket, sys

def refuse(event, arguments):
    inside = event in ("socket.connect", "socket.bind", "socket.sendto") and arguments[0].family == getattr(
        socket, "AF_UNIX", None
    )
    if event.startswith(("socket.connect", "socket.bind", "socket.sendto", "socket.get", "urllib.", "http.")):
        if event != "socket.gethostname" and not inside:
            sys.stderr.write(f"NETWORK {event} {arguments}\\n")
            raise OSError("the network is cut off")

sys.addaudithook(refuse)
"""
PAIRS = "id\tsource\ttarget\n1\tSeven ropes hung at the gate.\t門に縄が七本かかっていた。\n2\tIt rained.\t雨だった。\n"


@pytest.fixture
def cut_off(tmp_path: Path) -> dict[str, str]:
    """An environment in which Python refuses to use the network."""
    (tmp_path / "sitecustomize.py").write_text(CUT_OFF, encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text(PAIRS, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


def test_the_network_is_really_cut_off(cut_off: dict[str, str]) -> None:
    """The test below means nothing unless this fails."""
    program = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"
    done = subprocess.run([sys.executable, "-c", program], env=cut_off, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "NETWORK" in done.stderr


@pytest.mark.parametrize(
    "flags", [[], ["--encoder", "use", "--workers", "1", "--output", "out"]], ids=["check", "data set"]
)
def test_a_check_needs_no_network(cut_off: dict[str, str], tmp_path: Path, flags: list[str]) -> None:
    """With every encoder that is installed in this process, with one in a worker: no connection, no name looked up."""
    command = [sys.executable, "-m", "tui_reader", "check", "pairs.tsv", *flags]
    done = subprocess.run(command, env=cut_off, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in {0, 1}, done.stderr
    assert "NETWORK" not in done.stderr
    assert done.stdout
