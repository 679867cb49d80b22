"""How sure a bead is: the probability that exactly its sentences belong together.

All paths through the lattice are weighed by what they gain, the better the more, and a bead has the share of those
that go through it (forward-backward, Baum 1972). A logistic function for matched beads and one for unmatched sentences
turns that share into a probability.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.lattice import LONGEST
from tui_reader.alignment.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.lattice import Lattice
    from tui_reader.encoders.base import Floats

TEMPERATURE = 0.015
"""Gain that makes a path e times as likely."""
MATCHED, UNMATCHED = (0.338, 0.633), (0.583, -0.803)
"""Factor and constant of the logistic functions: NTREX, by tests/benchmarks/bead_confidence.py (decision 0018)."""
MOVED = 0.9
"""Of a sentence that has moved, which no path tells: all swaps that were made and found were right."""
REWORKED = 0.5
"""Of a bead put together after the path was found, at a quotation's edge or by its link; not measured."""
_CLOSEST = 1e-6
"""How near to 0 and 1 a share may come."""


class Certainty:
    """The shares of the beads of a lattice.

    Args:
        lattice: of the two texts.
        gains: its `Lattice.gains`, row by row.
    """

    def __init__(self, lattice: Lattice, gains: Sequence[Floats] | Shelf):
        self._lattice, self._gains = lattice, gains
        self._skip = lattice.costs.skip / TEMPERATURE
        self._ended, self._passed = Shelf(), Shelf()
        for i in range(lattice.n + 1):
            self._ended.append(lattice.boundary(i) / TEMPERATURE)
            self._passed.append(lattice.passed(i) / TEMPERATURE)
        self._behind = self._forward()
        # What lies ahead of a point, the price of arriving there by a bead or by an unmatched sentence included; from
        # the last row to the first.
        self._ahead, self._ahead_alone = Shelf(), Shelf()
        self._backward()
        self._all = self._behind[-1][-1]
        self._rows, self._columns = self._unmatched()

    def of(self, start: tuple[int, int], end: tuple[int, int]) -> float:
        """Probability of the bead between two points of the lattice."""
        share, (factor, constant) = self.share(start, end)
        logit = factor * np.log(share / (1 - share)) + constant
        return float(1 / (1 + np.exp(-logit)))

    def share(self, start: tuple[int, int], end: tuple[int, int]) -> tuple[float, tuple[float, float]]:
        """The bead's share of all paths, strictly between 0 and 1, and the logistic function that it goes through.

        Of an unmatched sentence it is the share of the paths that leave it alone, wherever.
        """
        (i0, j0), (i1, j1) = start, end
        if i0 == i1 or j0 == j1:
            share = self._rows[i0] if j0 == j1 else self._columns[j0]
            return float(np.clip(share, _CLOSEST, 1 - _CLOSEST)), UNMATCHED
        (low, _), (end_low, end_high) = self._lattice.band.range(i0), self._lattice.band.range(i1)
        if not end_low <= j1 < end_high:
            return _CLOSEST, MATCHED
        gain = self._gains[i0][i1 - i0 - 1, j1 - j0 - 1, j0 - low] / TEMPERATURE
        weight = self._behind[i0][j0 - low] + gain + self._ahead[self._lattice.n - i1][j1 - end_low] - self._all
        return float(np.clip(np.exp(min(weight, 0.0)), _CLOSEST, 1 - _CLOSEST)), MATCHED

    def _forward(self) -> Shelf:
        """For each point the logarithm of the weights of all paths to it, row by row."""
        band, n = self._lattice.band, self._lattice.n
        out, before = Shelf(), np.zeros(0)
        coming = deque(self._nothing(row) for row in range(min(LONGEST, n + 1)))
        coming[0][0] = 0.0
        for i, price in enumerate(self._passed):
            if i + LONGEST <= n:
                coming.append(self._nothing(i + LONGEST))
            low, width, here = band.range(i)[0], len(price), coming.popleft()
            here -= self._ended[i]
            if i:
                alone = np.full(width, -np.inf)
                self._add(alone, low, before - self._skip, band.range(i - 1)[0])
                here = np.logaddexp(here, alone - price)
            slope = self._skip * np.arange(width) + np.cumsum(price)
            here = np.logaddexp.accumulate(here + slope) - slope
            ends, gains = np.full((LONGEST, LONGEST, width + LONGEST), -np.inf), self._gains[i]
            for joined in range(1, LONGEST + 1):
                ends[:, joined - 1, joined : joined + width] = here + gains[:, joined - 1] / TEMPERATURE
            arriving = np.logaddexp.reduce(ends, axis=1)
            for step, row in enumerate(coming):
                self._add(row, band.range(i + 1 + step)[0], arriving[step], low)
            out.append(here)
            before = here
        return out

    def _nothing(self, row: int) -> Floats:
        """No path to any point of a row."""
        low, high = self._lattice.band.range(row)
        return np.full(high - low, -np.inf)

    def _backward(self) -> None:
        """For each point the logarithm of the weights of all paths from it, less the price of arriving there."""
        band, n = self._lattice.band, self._lattice.n
        for i in range(n, -1, -1):
            price, low = self._passed[i], band.range(i)[0]
            here = self._nothing(i)
            if i == n:
                here[-1] = 0.0
            leaving, gains = [here], self._gains[i]
            if i < n:
                leaving.append(self._ahead_of(self._ahead_alone, i + 1, low, len(price)) - self._skip)
            for step in range(1, min(LONGEST, n - i) + 1):
                ahead = self._ahead_of(self._ahead, i + step, low, len(price) + LONGEST)
                windows = np.lib.stride_tricks.sliding_window_view(ahead, len(price))[1:]
                leaving.append(np.logaddexp.reduce(windows + gains[step - 1] / TEMPERATURE, axis=0))
            # Unmatched columns, from the last to the first: each costs the boundary that it leads to.
            slope = self._skip * np.arange(len(price)) + np.cumsum(price)
            lowered = np.logaddexp.reduce(leaving, axis=0) - slope
            weights = np.logaddexp.accumulate(lowered[::-1])[::-1] + slope
            self._ahead.append(weights - self._ended[i])
            self._ahead_alone.append(weights - price)

    def _ahead_of(self, weights: Shelf, row: int, low: int, width: int) -> Floats:
        """A row of `_ahead` or `_ahead_alone` at the columns `low` … `low` + `width` − 1."""
        ahead = np.full(width, -np.inf)
        self._add(ahead, low, weights[self._lattice.n - row], self._lattice.band.range(row)[0])
        return ahead

    def _add(self, into: Floats, low: int, weights: Floats, start: int) -> None:
        """Add weights that begin at the column `start` to those that begin at `low`."""
        first, last = max(low, start), min(low + len(into), start + len(weights))
        if first < last:
            there = slice(first - low, last - low)
            into[there] = np.logaddexp(into[there], weights[first - start : last - start])

    def _unmatched(self) -> tuple[Floats, Floats]:
        """Shares of the paths that leave a sentence of the source, and one of the target, alone."""
        n = self._lattice.n
        rows, columns = np.zeros(n), np.zeros(self._lattice.m)
        for i, behind in enumerate(self._behind):
            low = self._lattice.band.range(i)[0]
            inserted = behind[:-1] - self._skip + self._ahead_alone[n - i][1:] - self._all
            columns[low : low + len(inserted)] += np.exp(np.minimum(inserted, 0))
            if i < n:
                ahead = self._ahead_of(self._ahead_alone, i + 1, low, len(behind))
                rows[i] = np.exp(np.minimum(np.logaddexp.reduce(behind - self._skip + ahead) - self._all, 0))
        return rows, columns
