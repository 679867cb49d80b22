"""Tables that go with the frames of a band: what beads bring to rows below, and what they take from a point.

A bead reaches up to `LONGEST` rows and columns ahead, so a frame has so many rows of the next below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from tui_reader.alignment.lattice import LONGEST

if TYPE_CHECKING:
    from tui_reader.alignment.band import Frame
    from tui_reader.encoders.base import Floats


class Arrivals:
    """What has been brought to the rows of a frame and of those below, from frame to frame.

    Args:
        nothing: what stands where nothing has arrived.
        kind: type of the numbers.
    """

    def __init__(self, nothing: float, kind: type = np.float64):
        self._nothing, self._kind = nothing, kind
        self._table: Any = np.empty((0, 0), kind)
        self._first = self._column = 0

    def at(self, frame: Frame) -> Any:
        """``(n_rows + LONGEST, width)`` of a frame, to be filled; the first column is that of its first row.

        The frames must come one after the other, or one before the other from the last to the first.
        """
        below, shift = frame.first - self._first, frame.low[0] - self._column
        known = self._table[max(0, below) :, max(0, shift) :]
        width = frame.shifts[-1] + frame.wide + LONGEST
        if below > 0:
            # What comes later still may reach further to the right than this frame.
            width = max(width, known.shape[1])
        table: Any = np.full((len(frame.low) + LONGEST, width), self._nothing, self._kind)
        into = table[max(0, -below) :, max(0, -shift) :]
        rows, columns = (min(sizes) for sizes in zip(into.shape, known.shape, strict=True))
        into[:rows, :columns] = known[:rows, :columns]
        self._table, self._first, self._column = table, frame.first, frame.low[0]
        return table


class Leaving:
    """Where the beads that leave a row end, and what is ahead of them.

    Args:
        wide: columns of the row.
    """

    def __init__(self, wide: int):
        self._ends = np.full((LONGEST, LONGEST, wide + LONGEST), -np.inf)
        self._starts = sheared(self._ends[:, 0, 1:], wide, self._ends.strides[1])

    def ends(self, values: Floats, gains: Floats) -> Floats:
        """``(LONGEST, LONGEST, wide + LONGEST)``: values and gains of beads of k + 1 rows and l + 1 columns, by end.

        Args:
            values: ``(wide,)`` of the points of the row.
            gains: ``(LONGEST, LONGEST, wide)`` of the beads that start there.
        """
        np.add(values, gains, out=self._starts)
        return self._ends


def sheared(rows: Floats, wide: int, step: int = 0) -> Floats:
    """``(n_rows, LONGEST, wide)`` view: at ``[k, l]`` the numbers of row k, or `step` bytes further, from column l.

    Args:
        rows: ``(n_rows, wide + LONGEST - 1)`` or more.
        wide: columns that are looked at.
        step: bytes that lie between what is at l and at l + 1, besides a column.
    """
    one, column = rows.strides
    return as_strided(rows, (len(rows), LONGEST, wide), (one, step + column, column))


def cut(table: Any, frame: Frame) -> Any:
    """``(n_rows, wide)``: the rows of a frame from a table of `Arrivals`, each from its own first column."""
    return np.stack([row[shift : shift + frame.wide] for row, shift in zip(table, frame.shifts, strict=False)])
