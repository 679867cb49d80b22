"""What the commands say beside their data: exit codes, errors, notes, progress. The only writer to stderr."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING

import click

from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator


class ExitCode(IntEnum):
    """What the process tells its caller."""

    CLEAN = 0
    FINDINGS = 1
    """There are findings at the failure level."""
    BAD_INPUT = 2
    """Wrong usage, or a file or setting that cannot be used."""
    INTERRUPTED = 130
    """Ctrl-C, as shells count it: 128 + SIGINT."""


def error(message: str) -> None:
    """Say what went wrong in one line."""
    _say(f"tui-reader: {message}")


def note(message: str) -> None:
    """Say something that is good to know but is no data."""
    _say(message)


def _say(message: str) -> None:
    # A message may quote a file name or a file; neither may steer the terminal. A closed stderr is no reason to fail.
    with suppress(OSError, ValueError):
        click.echo("\n".join(visible(line) for line in message.split("\n")), err=True)


class Progress:
    """A line on stderr that says how far a check is; silent where stderr is no terminal.

    Args:
        label: what is being done.
        unit: what is counted.
        total: how many there will be, None where nobody knows.
    """

    _INTERVAL_SECONDS = 0.1

    def __init__(self, label: str, unit: str, total: int | None = None) -> None:
        self._label, self._unit, self._total = label, unit, total
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._count = 0
        self._next = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def expect(self, total: int) -> None:
        """Set how many there will be."""
        self._total = total

    def advance(self) -> None:
        """Count one more, and show it from time to time."""
        self._count += 1
        now = time.monotonic()
        if self._shown and now >= self._next:
            self._next = now + self._INTERVAL_SECONDS
            of = f"/{self._total}" if self._total else ""
            self._write(f"\r{self._label} {self._count}{of} {self._unit}")

    def clear(self) -> None:
        """Take the line away, so that what follows starts on a clean one."""
        if self._shown and self._count:
            self._write("\r\x1b[K")

    def _write(self, line: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(line)
            sys.stderr.flush()


def counted(progress: Progress, items: Iterator[object]) -> Iterator[object]:
    """The same items, each counted as it passes."""
    for item in items:
        progress.advance()
        yield item
