"""Rows of numbers that may be too many for memory: what is beyond a few megabytes lies in a temporary file."""

from __future__ import annotations

import tempfile
from array import array
from copy import copy
from math import inf
from typing import IO, TYPE_CHECKING, Any
from weakref import finalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.encoders.base import Floats, Ints

LIMIT = 4 * 2**20
"""Bytes that a shelf keeps in memory."""


class Shelf:
    """Arrays that differ in their last axis only, put one behind the other and taken by their number.

    Where no file can be written (any more), they stay in memory.

    Args:
        shape: the axes before the last.
        kind: type of the numbers.
        limit: bytes that are kept in memory, by default `LIMIT`.
    """

    def __init__(self, shape: tuple[int, ...] = (), kind: type = np.float64, limit: int | None = None):
        self._shape, self._kind = shape, np.dtype(kind)
        self._limit = float(LIMIT if limit is None else limit)
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
        return self.between(number, number + 1)

    def between(self, first: int, last: int) -> Floats:
        """Those from `first` up to `last`, put together as if they were one array; not to be written to."""
        held = max(first, min(last, self._first_held))
        content = b"".join(self._held[held - self._first_held : last - self._first_held])
        if first < held and self._file is not None:
            self._file.seek(self._bounds[first])
            content = self._file.read(self._bounds[held] - self._bounds[first]) + content
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


class Rows:
    """``(n, d)`` float32 numbers on a shelf; a part of them is read, as an array, when it is asked for.

    Args:
        dimension: numbers in a row.
        rows: what to put on the shelf.
    """

    def __init__(self, dimension: int, rows: Iterable[Floats]):
        self._dimension, self._shelf = dimension, Shelf(kind=np.float32)
        for row in rows:
            self._shelf.append(row)
        self._first, self._last = 0, len(self._shelf)

    def __len__(self) -> int:
        return self._last - self._first

    @property
    def shape(self) -> tuple[int, int]:
        """As that of an array."""
        return len(self), self._dimension

    def part(self, first: int, last: int) -> Rows:
        """The rows from `first` up to `last`, where they are."""
        some = copy(self)
        some._first, some._last = self._first + first, self._first + last
        return some

    def __getitem__(self, which: slice | Ints) -> Floats:
        """Some rows as an array: those of a slice without steps, or of these numbers."""
        if not isinstance(which, slice):
            return np.stack([self._shelf[self._first + int(number)] for number in which])
        first, last, _ = which.indices(len(self))
        return self._shelf.between(self._first + first, self._first + max(first, last)).reshape(-1, self._dimension)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Floats:
        """All of them."""
        return np.array(self[:], dtype)
