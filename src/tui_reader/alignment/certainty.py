"""How sure a bead is: the probability that exactly its sentences belong together.

All paths through the lattice are weighed by what they gain, the better the more, and a bead has the share of those
that go through it (forward-backward, Baum 1972). A logistic function for matched beads and one for unmatched sentences
turns that share into a probability.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.frames import Arrivals, Leaving, cut, sheared
from tui_reader.alignment.lattice import LONGEST
from tui_reader.alignment.shelf import Shelf

if TYPE_CHECKING:
    from tui_reader.alignment.band import Frame
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
        gains: its `Lattice.gains`, frame by frame.
    """

    def __init__(self, lattice: Lattice, gains: Shelf):
        self._lattice, self._gains = lattice, gains
        self._skip = lattice.costs.skip / TEMPERATURE
        self._frames = list(lattice.band.frames())
        self._firsts = [frame.first for frame in self._frames]
        self._behind = self._forward()
        # What lies ahead of a point, the price of arriving there by a bead or by an unmatched sentence included; from
        # the last frame to the first.
        self._ahead, self._ahead_alone = Shelf(), Shelf()
        self._backward()
        self._all = self._at(self._behind, lattice.n, lattice.m)
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
        low, high = self._lattice.band.range(i1)
        if not low <= j1 < high:
            return _CLOSEST, MATCHED
        weight = self._at(self._behind, i0, j0) + self._gain(start, end) + self._at(self._ahead, i1, j1) - self._all
        return float(np.clip(np.exp(min(weight, 0.0)), _CLOSEST, 1 - _CLOSEST)), MATCHED

    def _at(self, weights: Shelf, row: int, column: int) -> float:
        """The weight of a point, from what was kept of all frames."""
        place = bisect_right(self._firsts, row) - 1
        frame = self._frames[place]
        return float(self._table(weights, place)[row - frame.first, column - frame.low[row - frame.first]])

    def _table(self, weights: Shelf, place: int) -> Floats:
        """``(n_rows, wide)`` weights of a frame, −∞ behind the end of a row."""
        number = place if weights is self._behind else len(self._frames) - 1 - place
        return weights[number].reshape(len(self._frames[place].low), -1)

    def _gain(self, start: tuple[int, int], end: tuple[int, int]) -> float:
        """Of the bead between two points, in units of the temperature."""
        (i0, j0), (i1, j1) = start, end
        place = bisect_right(self._firsts, i0) - 1
        row, frame = i0 - self._firsts[place], self._frames[place]
        gain = self._gains_of(place)[row, i1 - i0 - 1, j1 - j0 - 1, j0 - frame.low[row]]
        return float(gain / TEMPERATURE)

    def _gains_of(self, place: int) -> Floats:
        """`Lattice.gains` of a frame."""
        frame = self._frames[place]
        gains: Floats = self._gains[place].reshape(len(frame.low), LONGEST, LONGEST, frame.wide)
        return gains

    def _prices(self, frame: Frame) -> tuple[Floats, Floats, Floats]:
        """``(n_rows, wide)`` each: of ending a bead and of passing a point, and of unmatched columns up to it."""
        ended, passed = (price(frame) / TEMPERATURE for price in (self._lattice.boundary, self._lattice.passed))
        return ended, passed, self._skip * np.arange(frame.wide) + np.cumsum(passed, axis=1)

    def _forward(self) -> Shelf:
        """For each point the logarithm of the weights of all paths to it, frame by frame."""
        out, weights = Shelf(), Arrivals(-np.inf)
        before, before_low = np.zeros(0), 0
        for place, frame in enumerate(self._frames):
            coming = weights.at(frame)
            if not place:
                coming[0, 0] = 0.0
            ended, passed, slopes = self._prices(frame)
            gains, leaving = self._gains_of(place) / TEMPERATURE, Leaving(frame.wide)
            kept = np.full((len(frame.low), frame.wide), -np.inf)
            for row, (shift, width) in enumerate(zip(frame.shifts, frame.widths, strict=True)):
                alone = np.full(width, -np.inf)
                _put(alone, frame.low[row], before - self._skip, before_low)
                here = coming[row, shift : shift + width] - ended[row, :width]
                here = np.logaddexp(here, alone - passed[row, :width])
                slope = slopes[row, :width]
                before, before_low = np.logaddexp.accumulate(here + slope) - slope, frame.low[row]
                kept[row, :width] = before
                arriving = np.logaddexp.reduce(leaving.ends(kept[row], gains[row]), axis=1)
                there = coming[row + 1 : row + 1 + LONGEST, shift : shift + arriving.shape[1]]
                np.logaddexp(there, arriving, out=there)
            out.append(kept.ravel())
        return out

    def _backward(self) -> None:
        """For each point the logarithm of the weights of all paths from it, less the price of arriving there."""
        weights = Arrivals(-np.inf)
        after, after_low = np.zeros(0), 0
        for place in range(len(self._frames) - 1, -1, -1):
            frame = self._frames[place]
            ahead, kept_alone = weights.at(frame), np.full((len(frame.low), frame.wide), -np.inf)
            ended, passed, slopes = self._prices(frame)
            gains = self._gains_of(place) / TEMPERATURE
            # The end itself, an unmatched sentence, beads of one row and more.
            leaving = np.empty((2 + LONGEST, frame.wide))
            for row in range(len(frame.low) - 1, -1, -1):
                shift, width = frame.shifts[row], frame.widths[row]
                leaving[:2] = -np.inf
                if frame.first + row == self._lattice.n:
                    leaving[0, width - 1] = 0.0
                _put(leaving[1, :width], frame.low[row], after - self._skip, after_low)
                windows = sheared(ahead[row + 1 : row + 1 + LONGEST, shift + 1 :], frame.wide)
                np.logaddexp.reduce(windows + gains[row], axis=1, out=leaving[2:])
                # Unmatched columns, from the last to the first: each costs the boundary that it leads to.
                slope = slopes[row, :width]
                lowered = np.logaddexp.reduce(leaving[:, :width], axis=0) - slope
                found = np.logaddexp.accumulate(lowered[::-1])[::-1] + slope
                ahead[row, shift : shift + width] = found - ended[row, :width]
                after, after_low = found - passed[row, :width], frame.low[row]
                kept_alone[row, :width] = after
            self._ahead.append(cut(ahead, frame).ravel())
            self._ahead_alone.append(kept_alone.ravel())

    def _unmatched(self) -> tuple[Floats, Floats]:
        """Shares of the paths that leave a sentence of the source, and one of the target, alone."""
        rows, columns = np.zeros(self._lattice.n + 1), np.zeros(self._lattice.m)
        for place, frame in enumerate(self._frames):
            behind, alone = self._table(self._behind, place), self._table(self._ahead_alone, place)
            inserted = np.exp(np.minimum(behind[:, :-1] - self._skip + alone[:, 1:] - self._all, 0))
            for low, width, shares in zip(frame.low, frame.widths, inserted, strict=True):
                columns[low : low + width - 1] += shares[: width - 1]
            left = np.logaddexp.reduce(behind - self._skip + self._alone_below(place, alone), axis=1)
            rows[frame.rows] = np.exp(np.minimum(left - self._all, 0))
        return rows[:-1], columns

    def _alone_below(self, place: int, alone: Floats) -> Floats:
        """``(n_rows, wide)``: what lies ahead in the row below each point of a frame, by an unmatched sentence.

        Args:
            place: number of the frame.
            alone: what lies ahead of its own points, arriving so.
        """
        frame, below = self._frames[place], np.full(alone.shape, -np.inf)
        later = self._frames[place + 1 : place + 2]
        tables = [alone[1:], *(self._table(self._ahead_alone, place + 1)[:1] for _ in later)]
        lows = [*frame.low[1:], *(each.low[0] for each in later)]
        for row, (weights, low) in enumerate(zip(chain.from_iterable(tables), lows, strict=True)):
            _put(below[row, : frame.widths[row]], frame.low[row], weights, low)
        return below


def _put(into: Floats, low: int, weights: Floats, start: int) -> None:
    """Put weights that begin at the column `start` into those that begin at `low`, as far as there are such columns."""
    first, last = max(low, start), min(low + len(into), start + len(weights))
    if first < last:
        into[first - low : last - low] = weights[first - start : last - start]
