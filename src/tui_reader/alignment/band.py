"""The part of the plane of two texts in which a path is looked for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Ints

_MARGIN = 10
"""Sentences kept on either side of the path that was found at half resolution."""


@dataclass(frozen=True, slots=True)
class Band:
    """For each row 0…n the columns that are searched, half-open and never empty."""

    low: Ints
    high: Ints

    def range(self, row: int) -> tuple[int, int]:
        """(first, last + 1) column of a row."""
        return int(self.low[row]), int(self.high[row])


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
