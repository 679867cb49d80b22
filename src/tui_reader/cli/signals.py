"""Signals that end a command: what it has begun to write is cleared away first."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")


@contextmanager
def clearing_up() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the block as Ctrl-C does, and end the process with 128 + the signal's number.

    A signal that is ignored (``nohup``) or has a handler stays as it is; so do all in any but the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    owner = os.getpid()

    def end(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != owner:
            # A worker inherits the handler, and has nothing of ours to clear away.
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        sys.exit(128 + number)

    ours = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    ours = [number for number in ours if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
