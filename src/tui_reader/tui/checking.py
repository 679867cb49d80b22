"""The check in the background: a thread that may be abandoned at any moment."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

from textual.message import Message

from tui_reader.encoders.cancellation import Cancelled, cancellable
from tui_reader.errors import TuiReaderError
from tui_reader.model import Alignment, CheckedBead, Document, Report
from tui_reader.tui.items import Item, aligned_items

Check = Callable[[Document], Iterator[Alignment | CheckedBead | Report]]
"""What a checker does with a document: first its alignment, then bead by bead, last the report."""

_BATCH_SECONDS = 0.05
_PATIENCE_SECONDS = 0.1


class Aligned(Message):
    """It is known what translates what."""

    def __init__(self, alignment: Alignment, items: tuple[Item, ...]) -> None:
        super().__init__()
        self.alignment, self.items = alignment, items


class Checked(Message):
    """Some more beads are checked."""

    def __init__(self, beads: tuple[CheckedBead, ...]) -> None:
        super().__init__()
        self.beads = beads


class Finished(Message):
    """The check is over."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class Failed(Message):
    """The check cannot go on."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class BackgroundCheck(threading.Thread):
    """Runs a check and posts what it says.

    A daemon thread and not a Textual worker: Textual (and asyncio under it) waits for its threads at the end, and
    whoever presses ``q`` while a model computes must not wait for it. Where the program ends before the thread does,
    it ends at once: a thread cut off inside C++ by the interpreter's own end would abort the process.

    Args:
        document: what to check.
        check: the checker.
        post: takes the messages; must be callable from any thread.
    """

    def __init__(self, document: Document, check: Check, post: Callable[[Message], object]) -> None:
        super().__init__(name="check", daemon=True)
        self._document, self._check, self._post = document, check, post
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Stop at the next bead, and say nothing any more from now on."""
        self._cancelled.set()

    def run(self) -> None:
        """Pull the check to its end, or until it is cancelled."""
        atexit.register(self._leave_behind)
        try:
            # Beads are pulled a few at a time; between them the encoders ask whether anybody still waits.
            with cancellable(lambda: self.is_cancelled):
                self._pull()
        except Cancelled:
            return
        except TuiReaderError as error:
            self._say(Failed(str(error)))
        except Exception as error:
            self._say(Failed(f"the check failed: {type(error).__name__}: {error}"))
        finally:
            atexit.unregister(self._leave_behind)

    def _leave_behind(self) -> None:
        self._cancelled.set()
        self.join(_PATIENCE_SECONDS)
        if self.is_alive():
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)

    def _say(self, message: Message) -> None:
        if not self._cancelled.is_set():
            self._post(message)

    def _pull(self) -> None:
        batch: list[CheckedBead] = []
        posted = 0.0
        for result in self._check(self._document):
            if self._cancelled.is_set():
                return
            if isinstance(result, Alignment):
                self._say(Aligned(result, aligned_items(self._document, result)))
            elif isinstance(result, CheckedBead):
                batch.append(result)
                # The screen need not be painted for each of a thousand beads a second.
                if time.monotonic() - posted > _BATCH_SECONDS:
                    self._say(Checked(tuple(batch)))
                    batch, posted = [], time.monotonic()
            else:
                self._say(Checked(tuple(batch)))
                self._say(Finished(result))
