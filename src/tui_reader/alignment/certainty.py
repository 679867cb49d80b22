"""How sure a bead is: the probability that exactly its sentences belong together.

All paths through the lattice are weighed by what they gain, the better the more, and a bead has the share of those
that go through it (forward-backward, Baum 1972). A logistic function for matched beads and one for unmatched sentences
turns that share into a probability.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.lattice import LONGEST

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

    def __init__(self, lattice: Lattice, gains: Sequence[Floats]):
        self._lattice, self._gains = lattice, gains
        self._skip = lattice.costs.skip / TEMPERATURE
        self._ended = [lattice.boundary(i) / TEMPERATURE for i in range(lattice.n + 1)]
        self._passed = [lattice.passed(i) / TEMPERATURE for i in range(lattice.n + 1)]
        self._behind, ahead = self._forward(), self._backward()
        # What lies ahead of a point, the price of arriving there by a bead or by an unmatched sentence included.
        self._ahead = [weights - price for weights, price in zip(ahead, self._ended, strict=True)]
        self._ahead_alone = [weights - price for weights, price in zip(ahead, self._passed, strict=True)]
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
        weight = self._behind[i0][j0 - low] + gain + self._ahead[i1][j1 - end_low] - self._all
        return float(np.clip(np.exp(min(weight, 0.0)), _CLOSEST, 1 - _CLOSEST)), MATCHED

    def _forward(self) -> list[Floats]:
        """For each point the logarithm of the weights of all paths to it."""
        band = self._lattice.band
        out = [np.full(len(price), -np.inf) for price in self._ended]
        out[0][0] = 0.0
        for i, price in enumerate(self._passed):
            low, width = band.range(i)[0], len(price)
            out[i] -= self._ended[i]
            if i:
                alone = np.full(width, -np.inf)
                self._add(alone, low, out[i - 1] - self._skip, band.range(i - 1)[0])
                out[i] = np.logaddexp(out[i], alone - price)
            slope = self._skip * np.arange(width) + np.cumsum(price)
            out[i] = np.logaddexp.accumulate(out[i] + slope) - slope
            ends = np.full((LONGEST, LONGEST, width + LONGEST), -np.inf)
            for joined in range(1, LONGEST + 1):
                ends[:, joined - 1, joined : joined + width] = out[i] + self._gains[i][:, joined - 1] / TEMPERATURE
            arriving = np.logaddexp.reduce(ends, axis=1)
            for step in range(1, min(LONGEST, self._lattice.n - i) + 1):
                self._add(out[i + step], band.range(i + step)[0], arriving[step - 1], low)
        return out

    def _backward(self) -> list[Floats]:
        """For each point the logarithm of the weights of all paths from it."""
        band, n = self._lattice.band, self._lattice.n
        out = [np.full(len(price), -np.inf) for price in self._ended]
        out[n][-1] = 0.0
        for i in range(n, -1, -1):
            price, low = self._passed[i], band.range(i)[0]
            leaving = [out[i]]
            if i < n:
                leaving.append(self._ahead_of(out, self._passed, i + 1, low, len(price)) - self._skip)
            for step in range(1, min(LONGEST, n - i) + 1):
                ahead = self._ahead_of(out, self._ended, i + step, low, len(price) + LONGEST)
                windows = np.lib.stride_tricks.sliding_window_view(ahead, len(price))[1:]
                leaving.append(np.logaddexp.reduce(windows + self._gains[i][step - 1] / TEMPERATURE, axis=0))
            # Unmatched columns, from the last to the first: each costs the boundary that it leads to.
            slope = self._skip * np.arange(len(price)) + np.cumsum(price)
            lowered = np.logaddexp.reduce(leaving, axis=0) - slope
            out[i] = np.logaddexp.accumulate(lowered[::-1])[::-1] + slope
        return out

    def _ahead_of(self, out: Sequence[Floats], prices: Sequence[Floats], row: int, low: int, width: int) -> Floats:
        """A row's weights less the price of arriving, at the columns `low` … `low` + `width` − 1."""
        ahead = np.full(width, -np.inf)
        self._add(ahead, low, out[row] - prices[row], self._lattice.band.range(row)[0])
        return ahead

    def _add(self, into: Floats, low: int, weights: Floats, start: int) -> None:
        """Add weights that begin at the column `start` to those that begin at `low`."""
        first, last = max(low, start), min(low + len(into), start + len(weights))
        if first < last:
            there = slice(first - low, last - low)
            into[there] = np.logaddexp(into[there], weights[first - start : last - start])

    def _unmatched(self) -> tuple[Floats, Floats]:
        """Shares of the paths that leave a sentence of the source, and one of the target, alone."""
        rows, columns = np.zeros(self._lattice.n), np.zeros(self._lattice.m)
        for i, behind in enumerate(self._behind):
            low = self._lattice.band.range(i)[0]
            inserted = behind[:-1] - self._skip + self._ahead_alone[i][1:] - self._all
            columns[low : low + len(inserted)] += np.exp(np.minimum(inserted, 0))
            if i < self._lattice.n:
                ahead = np.full(len(behind), -np.inf)
                self._add(ahead, low, self._ahead_alone[i + 1], self._lattice.band.range(i + 1)[0])
                rows[i] = np.exp(np.minimum(np.logaddexp.reduce(behind - self._skip + ahead) - self._all, 0))
        return rows, columns
