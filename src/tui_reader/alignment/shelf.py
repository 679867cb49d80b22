"""Rows of numbers that may be too many for memory: what is beyond a few megabytes lies in a temporary file."""

from __future__ import annotations

import tempfile
from array import array
from math import inf
from typing import IO, TYPE_CHECKING
from weakref import finalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.encoders.base import Floats

LIMIT = 4 * 2**20
"""Bytes that a shelf keeps in memory."""


class Shelf:
    """Arrays that differ in their last axis only, put one behind the other and taken by their number.

    Where no file can be written (any more), they stay in memory.

    Args:
        shape: the axes before the last.
        kind: type of the numbers.
        limit: bytes that are kept in memory.
    """

    def __init__(self, shape: tuple[int, ...] = (), kind: type = np.float64, limit: int = LIMIT):
        self._shape, self._kind, self._limit = shape, np.dtype(kind), float(limit)
        self._bounds = array("q", [0])
        self._held: list[bytes] = []
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __iter__(self) -> Iterator[Floats]:
        return (self[number] for number in range(len(self)))

    def append(self, values: Floats) -> None:
        """Put an array behind the others."""
        self._held.append(values.astype(self._kind, copy=False).tobytes())
        self._bounds.append(self._bounds[-1] + len(self._held[-1]))
        if self._bounds[-1] - self._bounds[self._first_held] > self._limit:
            self._write()

    def __getitem__(self, number: int) -> Floats:
        """One of them, not to be written to.

        Raises:
            IndexError: there are not so many.
        """
        number = range(len(self))[number]
        if self._file is None or number >= self._first_held:
            content = self._held[number - self._first_held]
        else:
            self._file.seek(self._bounds[number])
            content = self._file.read(self._bounds[number + 1] - self._bounds[number])
        values: Floats = np.frombuffer(content, self._kind).reshape(*self._shape, -1)
        return values

    @property
    def _first_held(self) -> int:
        """Number of the first that is in memory; those before it are in the file."""
        return len(self) - len(self._held)

    def _write(self) -> None:
        content = b"".join(self._held)
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - for as long as the shelf
                finalize(self, self._file.close)
            self._file.seek(self._bounds[self._first_held])
            # Without a buffer: what could not be written is known here and now.
            if self._file.write(content) != len(content):
                raise OSError
        except OSError:
            self._limit = inf
        else:
            self._held.clear()
