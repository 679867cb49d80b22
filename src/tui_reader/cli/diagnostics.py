"""What the commands say beside their data: exit codes, errors, notes, progress. The only writer to stderr."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, TypeVar

import click

from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class ExitCode(IntEnum):
    """What the process tells its caller."""

    CLEAN = 0
    FINDINGS = 1
    """There are findings at the failure level."""
    BAD_INPUT = 2
    """Wrong usage, or a file or setting that cannot be used."""
    INTERRUPTED = 130
    """Ctrl-C, as shells count it: 128 + SIGINT."""
    BROKEN_PIPE = 141
    """Whoever read our output stopped: 128 + SIGPIPE. Nothing can be said about findings."""


def error(message: str) -> None:
    """Say what went wrong, in one line whatever the message quotes."""
    _say("tui-reader: " + message.replace("\n", "␊"))


def note(message: str) -> None:
    """Say something that is good to know but is no data."""
    _say(message)


def _say(message: str) -> None:
    if Progress._standing is not None:
        Progress._standing.clear()
    # A message may quote a file name or a file; neither may steer the terminal. A closed stderr is no reason to fail.
    with suppress(OSError, ValueError):
        click.echo("\n".join(visible(line) for line in message.split("\n")), err=True)


class Progress:
    """A line on stderr that says how far a check is; silent where stderr is no terminal.

    A note that comes while it stands takes it away; the next count puts it below.
    """

    _standing: ClassVar[Progress | None] = None
    """The one whose line is on the screen."""

    _INTERVAL_SECONDS = 0.1

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._unit = ""
        self._total: int | None = None
        self._count = 0
        self._next = 0.0
        self._on_screen = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def start(self, unit: str) -> None:
        """Count from 0 in these units, nobody knows how many yet."""
        self._unit, self._total, self._count = unit, None, 0
        self._show()

    def expect(self, total: int) -> None:
        """Say how many there will be."""
        self._total = total

    def advance(self) -> None:
        """Count one more, and show it from time to time."""
        self._count += 1
        if self._shown and time.monotonic() >= self._next:
            self._show()

    def counted(self, items: Iterable[T], unit: str) -> Iterator[T]:
        """The same items, each counted as it passes."""
        self.start(unit)
        for item in items:
            self.advance()
            yield item

    def clear(self) -> None:
        """Take the line away, so that what follows starts on a clean one."""
        if self._on_screen:
            self._write("\r\x1b[K")
            self._on_screen = False
            Progress._standing = None

    def _show(self) -> None:
        if self._shown:
            self._next = time.monotonic() + self._INTERVAL_SECONDS
            of = f" of {self._total:,}" if self._total else ""
            self._write(f"\r\x1b[K{self._count:,}{of} {self._unit}" if self._count else "\r\x1b[Kstarting…")
            self._on_screen = True
            Progress._standing = self

    def _write(self, line: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(line)
            sys.stderr.flush()


class StatusLine:
    """A line on stderr that changes in place; silent where stderr is no terminal."""

    def __init__(self) -> None:
        self.shown = sys.stderr is not None and sys.stderr.isatty()
        self._on_screen = False

    def __enter__(self) -> StatusLine:
        return self

    def __exit__(self, *_: object) -> None:
        if self._on_screen:
            self._write("\r\x1b[K")

    def show(self, text: str) -> None:
        """Put a text in its place."""
        if self.shown:
            self._write(f"\r\x1b[K{visible(text)}")
            self._on_screen = True

    def _write(self, line: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(line)
            sys.stderr.flush()
