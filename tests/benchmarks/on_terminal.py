"""What benchmarks of terminal programs share: when a command has some words on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCREEN = (160, 50)
_PATIENCE_SECONDS = 300.0


class Shown(NamedTuple):
    """What it took until the words were there, in seconds."""

    wall: float
    processor: float
    """Of all threads of the process."""


def until_shown(command: Sequence[str], words: str, environment: Mapping[str, str]) -> Shown:
    """Run a command on a terminal of its own until it has written some words there, then kill it.

    Args:
        command: the program with its arguments.
        words: what to wait for; it must be written in one piece.
        environment: all variables of the command.

    Raises:
        RuntimeError: the command ended, or was silent too long; with the last that it wrote.
    """
    started = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), dict(environment))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SCREEN[1], SCREEN[0], 0, 0))
    try:
        _wait_for(terminal, words.encode())
        return Shown(time.monotonic() - started, _processor_seconds(child))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _wait_for(terminal: int, words: bytes) -> None:
    written = b""
    while words not in written:
        ready, _, _ = select.select([terminal], [], [], _PATIENCE_SECONDS)
        try:
            part = os.read(terminal, 1 << 16) if ready else b""
        except OSError:
            part = b""
        if not part:
            raise RuntimeError(f"the words never came; the last of the screen: {written[-2000:]!r}")
        written += part


def _processor_seconds(process: int) -> float:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def installed(folder: Path | None = None) -> dict[str, str]:
    """Variables under which Python finds modules compiled, as those of an installed package are.

    Args:
        folder: where what is compiled is kept; by default a new one, which stays to the end of the run.
    """
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = folder or Path(tempfile.mkdtemp(prefix="compiled-"))
    state = {"XDG_STATE_HOME": f"{kept}/state", "XDG_CACHE_HOME": f"{kept}/cache"}
    return variables | state | {"PYTHONPYCACHEPREFIX": str(kept), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
