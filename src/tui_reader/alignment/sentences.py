"""Sentence alignment: a monotone path of beads through two texts.

Dynamic programming over beads of up to four sentences a side (Gale & Church 1993), coarse to fine so that time and
memory are linear (Thompson & Koehn 2019, Vecalign). A bead gains by the similarity of its two sides above what either
has with sentences at random, so that a vague sentence that resembles everything earns nothing; an unmatched sentence
costs a little. Vectors of joined sentences are sums of their tokens' contributions through the encoder's head.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.band import coarse_band, full_band
from tui_reader.alignment.certainty import REWORKED, Certainty
from tui_reader.alignment.lattice import LONGEST, Costs, Lattice
from tui_reader.alignment.shelf import Shelf
from tui_reader.alignment.vectors import SentenceVectors, halved, sentence_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

_GAP = 3
"""Unmatched sentences a side, at most, that are looked at again beside unmatched ones of the other text."""
_FULL_SEARCH = 192
"""Texts of up to this many sentences are searched whole; longer ones inside a band found at half resolution."""


class IndexBead(NamedTuple):
    """A bead over numbered sentences."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float
    """Cosine of the two sides, 0 where one is empty."""
    cost: float
    """1 − similarity, 1 where one side is empty; what Vecalign's format prints."""
    moved: bool = False
    """Whether the target has it at another place than the source (`moves`)."""
    confidence: float = 1.0
    """Probability that exactly these sentences belong together (`certainty`)."""


def align(source: Sequence[str], target: Sequence[str], encoder: AdditiveEncoder) -> list[IndexBead]:
    """Align two texts given as sentences.

    Returns:
        Beads in order; every sentence is in exactly one of them.
    """
    return align_vectors(sentence_vectors(source, encoder), sentence_vectors(target, encoder), encoder)


def align_vectors(
    source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder, costs: Costs | None = None
) -> list[IndexBead]:
    """The same from sums of contributions that are already known."""
    n, m = len(source), len(target)
    if not n or not m:
        return [IndexBead((i,), (), 0.0, 1.0) for i in range(n)] + [IndexBead((), (j,), 0.0, 1.0) for j in range(m)]
    lattice = _lattice(source, target, encoder, costs or Costs())
    found = _best(lattice)
    certainty = Certainty(lattice, found.gains)
    beads = []
    for (i0, j0), (i1, j1) in itertools.pairwise(_filled(found.path, lattice)):
        rows, columns = tuple(range(i0, i1)), tuple(range(j0, j1))
        bead = bead_of(rows, columns, source, target, encoder)
        beads.append(bead._replace(confidence=certainty.of((i0, j0), (i1, j1))))
    return beads


def bead_of(
    rows: Sequence[int], columns: Sequence[int], source: SentenceVectors, target: SentenceVectors,
    encoder: AdditiveEncoder,
) -> IndexBead:  # fmt: skip
    """A bead of neighbouring sentences with its similarity, put together by something else than the path."""
    if not rows or not columns:
        return IndexBead(tuple(rows), tuple(columns), 0.0, 1.0, confidence=REWORKED)
    one, other = source.joined(rows[0], rows[-1] + 1, encoder), target.joined(columns[0], columns[-1] + 1, encoder)
    similarity = float(np.clip(one @ other, -1, 1))
    return IndexBead(tuple(rows), tuple(columns), similarity, 1 - similarity, confidence=REWORKED)


def _lattice(source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder, costs: Costs) -> Lattice:
    """All of two short texts; of long ones the neighbourhood of the best path at half resolution."""
    n, m = len(source), len(target)
    if max(n, m) <= _FULL_SEARCH or min(n, m) <= 2:
        return Lattice(source, target, encoder, costs, full_band(n, m))
    return Lattice(source, target, encoder, costs, coarse_band(_coarse_path(source, target, encoder, costs), n, m))


def _coarse_path(
    source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder, costs: Costs
) -> list[tuple[int, int]]:
    """The best path at half resolution; all that it took to find is gone when it is known."""
    coarse = _lattice(halved(source), halved(target), encoder, costs)
    return _filled(_best(coarse).path, coarse)


def _filled(path: list[tuple[int, int]], lattice: Lattice) -> list[tuple[int, int]]:
    """The path, searched again where it leaves sentences of both texts unmatched side by side."""
    out = list(path)
    for first, last in _gaps(path):
        (i0, j0), (i1, j1) = path[first], path[last]
        parted = lattice.parted(path[first]) and lattice.parted(path[last])
        skip = lattice.costs.gap_parted if parted else lattice.costs.gap
        inside = lattice.part(path[first], path[last], full_band(i1 - i0, j1 - j0), skip=skip)
        out[first : last + 1] = [(i0 + i, j0 + j) for i, j in _best(inside).path]
    return out


def _gaps(path: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the path leaves a few sentences of both texts unmatched side by side: (first, last) corner, last gap first.

    Such sentences are more often an odd translation than an omission beside an addition.
    """
    gaps, first = [], 0
    for k in range(1, len(path) + 1):
        if k < len(path) and (path[k][0] == path[k - 1][0] or path[k][1] == path[k - 1][1]):
            continue
        rows, columns = path[k - 1][0] - path[first][0], path[k - 1][1] - path[first][1]
        if 0 < rows <= _GAP and 0 < columns <= _GAP:
            gaps.append((first, k - 1))
        first = k
    return gaps[::-1]


class _Found(NamedTuple):
    """The best path through a lattice."""

    path: list[tuple[int, int]]
    """Its points, from (0, 0) to (n, m)."""
    gains: Shelf
    """`Lattice.gains` of each row."""


def _best(lattice: Lattice) -> _Found:
    return _Search(lattice).best()


class _Search:
    """Dynamic programming row by row: what arrives at a row, unmatched columns, then the beads that leave it."""

    def __init__(self, lattice: Lattice):
        self.lattice, self.band = lattice, lattice.band
        self.values: dict[int, Floats] = {}
        self.choices: list[Ints] = []
        self._open(0)
        self.values[0][0] = 0.0

    def _open(self, row: int) -> None:
        """The next row, at which nothing has arrived."""
        low, high = self.band.range(row)
        self.values[row] = np.full(high - low, -np.inf)
        self.choices.append(np.zeros(high - low, np.int16))

    def best(self) -> _Found:
        """Run forward, then trace back."""
        skip, gains = self.lattice.costs.skip, Shelf((LONGEST, LONGEST), np.float32)
        for row in range(1, min(LONGEST, self.lattice.n + 1)):
            self._open(row)
        for i in range(self.lattice.n + 1):
            if i + LONGEST <= self.lattice.n:
                self._open(i + LONGEST)
            if i:
                self.values[i] -= self.lattice.boundary(i)
                self._delete(i)
            # Unmatched columns: value[j] = max over k ≤ j of value[k] − what the boundaries from k to j cost.
            passed = self.lattice.passed(i)
            slope = skip * np.arange(len(passed)) + np.cumsum(passed)
            lifted = self.values[i] + slope
            best = np.maximum.accumulate(lifted)
            self.choices[i][best > lifted] = _INSERTION
            self.values[i] = best - slope
            found = self.lattice.gains(i)
            gains.append(found)
            self._leave(i, found)
        return _Found(self._traced(), gains)

    def _delete(self, row: int) -> None:
        """Leave the sentence before a row unmatched."""
        before, passed = self.values.pop(row - 1) - self.lattice.costs.skip, self.lattice.passed(row)
        starts = [self.band.range(row - 1)[0], self.band.range(row)[0]]
        first, last = max(starts), min(starts[0] + len(before), starts[1] + len(passed))
        if first >= last:
            return
        lowered = before[first - starts[0] : last - starts[0]] - passed[first - starts[1] : last - starts[1]]
        self._arrive(first, row, lowered, np.full(len(lowered), _DELETION))

    def _leave(self, row: int, gains: Floats) -> None:
        """Take the beads that start in a row to the rows where they end."""
        value = self.values[row]
        ends = np.full((LONGEST, LONGEST, len(value) + LONGEST), -np.inf)
        for width in range(1, LONGEST + 1):
            ends[:, width - 1, width : width + len(value)] = value + gains[:, width - 1]
        widest, best = ends.argmax(axis=1), ends.max(axis=1)
        for step in range(1, min(LONGEST, self.lattice.n - row) + 1):
            self._arrive(self.band.range(row)[0], row + step, best[step - 1], step * 16 + 1 + widest[step - 1])

    def _arrive(self, start: int, end: int, value: Floats, choice: Ints) -> None:
        """Keep what is better than what the row `end` has; `value` begins at the column `start`."""
        low, high = self.band.range(end)
        first, last = max(start, low), min(start + len(value), high)
        if first >= last:
            return
        there, come = slice(first - low, last - low), slice(first - start, last - start)
        better = value[come] > self.values[end][there]
        np.copyto(self.values[end][there], value[come], where=better)
        np.copyto(self.choices[end][there], choice[come], where=better, casting="unsafe")

    def _traced(self) -> list[tuple[int, int]]:
        i, j = self.lattice.n, self.lattice.m
        path = [(i, j)]
        while i or j:
            step, width = divmod(int(self.choices[i][j - self.band.range(i)[0]]), 16)
            i, j = i - step, j - width
            path.append((i, j))
        return path[::-1]


_INSERTION, _DELETION = 1, 16
