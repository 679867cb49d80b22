"""The part of the plane of two texts in which a path is looked for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.encoders.base import Ints

_MARGIN = 10
"""Sentences kept on either side of the path that was found at half resolution."""
_ROWS, _POINTS = 64, 8192
"""Rows and points of a `Frame`, at most: enough that arithmetic on all of them at once costs less than the calls."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Neighbouring rows of a band as a table: each begins at its own first column.

    Attributes:
        first: number of the first row.
        low: first column of each row.
        widths: how many columns each row has.
    """

    first: int
    low: list[int]
    widths: list[int]

    @property
    def wide(self) -> int:
        """Columns of the table: those of its widest row."""
        return max(self.widths)

    @property
    def rows(self) -> Ints:
        """``(n_rows,)`` numbers of the rows."""
        numbers: Ints = np.arange(self.first, self.first + len(self.low))
        return numbers

    @property
    def columns(self) -> Ints:
        """``(n_rows, wide)`` numbers of the columns; behind a row's end they count on."""
        numbers: Ints = np.asarray(self.low)[:, None] + np.arange(self.wide)
        return numbers

    @property
    def shifts(self) -> list[int]:
        """How far to the right of the first row each row begins."""
        return [low - self.low[0] for low in self.low]


@dataclass(frozen=True, slots=True)
class Band:
    """For each row 0…n the columns that are searched, half-open and never empty."""

    low: Ints
    high: Ints

    def range(self, row: int) -> tuple[int, int]:
        """(first, last + 1) column of a row."""
        return int(self.low[row]), int(self.high[row])

    def frames(self) -> Iterator[Frame]:
        """All rows, a frame after the other."""
        lows, highs = self.low.tolist(), self.high.tolist()
        first = wide = 0
        for row, (low, high) in enumerate(zip(lows, highs, strict=True)):
            wider, count = max(wide, high - low), row - first + 1
            if row > first and (count > _ROWS or count * (wider + low - lows[first]) > _POINTS):
                yield self._frame(first, row)
                first, wider = row, high - low
            wide = wider
        yield self._frame(first, len(lows))

    def _frame(self, first: int, last: int) -> Frame:
        low = self.low[first:last]
        return Frame(first, low.tolist(), (self.high[first:last] - low).tolist())


def full_band(n: int, m: int) -> Band:
    """Everything: (n + 1) × (m + 1) points."""
    return Band(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))


def coarse_band(path: Sequence[tuple[int, int]], n: int, m: int) -> Band:
    """The neighbourhood of a path found at half resolution.

    Args:
        path: corner points at half resolution, from (0, 0) to its end.
        n: rows at full resolution.
        m: columns at full resolution.
    """
    low, high = np.full(n + 1, m), np.zeros(n + 1, np.int64)
    for (i0, j0), (i1, j1) in itertools.pairwise(path):
        rows = slice(max(0, 2 * i0 - _MARGIN), min(n, 2 * i1 + _MARGIN) + 1)
        low[rows] = np.minimum(low[rows], max(0, 2 * j0 - _MARGIN))
        high[rows] = np.maximum(high[rows], min(m, 2 * j1 + _MARGIN) + 1)
    low[0], high[n] = 0, m + 1
    return Band(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))
