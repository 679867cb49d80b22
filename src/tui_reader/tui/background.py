"""Work beside the screen: threads that may be abandoned at any moment."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

_PATIENCE_SECONDS = 0.1


class Background(threading.Thread, ABC):
    """A daemon thread that posts what it finds out.

    Not a Textual worker: Textual (and asyncio under it) waits for its threads at the end, and whoever presses ``q``
    while a model computes must not wait for it. Where the program ends before the thread does, it ends at once:
    a thread cut off inside C++ by the interpreter's own end would abort the process.

    Args:
        name: what it does.
        post: takes the messages; must be callable from any thread.
    """

    def __init__(self, name: str, post: Callable[[Message], object]) -> None:
        super().__init__(name=name, daemon=True)
        self._post = post
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody wants to hear of it any more."""
        return self._cancelled.is_set()

    def is_cancelled_within(self, seconds: float) -> bool:
        """Wait for some time, but no longer than anybody wants to hear of it; whether nobody does any more."""
        return self._cancelled.wait(seconds)

    def cancel(self) -> None:
        """Stop as soon as may be, and say nothing any more from now on."""
        self._cancelled.set()

    def run(self) -> None:
        """Work to the end, or until cancelled."""
        atexit.register(self._leave_behind)
        try:
            self.work()
        finally:
            atexit.unregister(self._leave_behind)

    @abstractmethod
    def work(self) -> None:
        """What there is to do."""

    def say(self, message: Message) -> None:
        """Post a message unless nobody wants to hear it."""
        if not self.is_cancelled:
            self._post(message)

    def _leave_behind(self) -> None:
        self.cancel()
        self.join(_PATIENCE_SECONDS)
        if self.is_alive():
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
