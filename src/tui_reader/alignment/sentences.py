"""Sentence alignment: a monotone path of beads through two texts.

Dynamic programming over beads of up to four sentences a side (Gale & Church 1993), coarse to fine so that time and
memory are linear (Thompson & Koehn 2019, Vecalign). A bead gains by the similarity of its two sides above what either
has with sentences at random, so that a vague sentence that resembles everything earns nothing; an unmatched sentence
costs a little. Vectors of joined sentences are sums of their tokens' contributions through the encoder's head.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.band import coarse_band, full_band
from tui_reader.alignment.certainty import REWORKED, Certainty
from tui_reader.alignment.frames import Arrivals, Leaving, cut
from tui_reader.alignment.lattice import LONGEST, Costs, Lattice
from tui_reader.alignment.shelf import Shelf
from tui_reader.alignment.vectors import SentenceVectors, halved, sentence_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.band import Frame
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
    """`Lattice.gains` of each frame."""


def _best(lattice: Lattice) -> _Found:
    return _Search(lattice).best()


class _Search:
    """Dynamic programming row by row: what arrives at a row, unmatched columns, then the beads that leave it."""

    def __init__(self, lattice: Lattice):
        self.lattice, self.frames = lattice, list(lattice.band.frames())
        self.choices: list[Ints] = []
        self.before, self.low = np.zeros(0), 0

    def best(self) -> _Found:
        """Run forward, then trace back."""
        gains = Shelf((), np.float32)
        values, choices = Arrivals(-np.inf), Arrivals(0, np.int16)
        for frame in self.frames:
            arriving, chosen = values.at(frame), choices.at(frame)
            if not frame.first:
                arriving[0, 0] = 0.0
            found = self.lattice.gains(frame)
            gains.append(found.ravel())
            self._through(frame, found, arriving, chosen)
            self.choices.append(cut(chosen, frame))
        return _Found(self._traced(), gains)

    def _through(self, frame: Frame, gains: Floats, values: Floats, choices: Ints) -> None:
        """Row by row through a frame."""
        skip, ended, passed = self.lattice.costs.skip, self.lattice.boundary(frame), self.lattice.passed(frame)
        if not frame.first:
            # No bead ends where the texts begin.
            ended[0] = 0.0
        # Unmatched columns: value[j] = max over k ≤ j of value[k] − what the boundaries from k to j cost.
        slopes = skip * np.arange(frame.wide) + np.cumsum(passed, axis=1)
        here, leaving = np.full(frame.wide, -np.inf), Leaving(frame.wide)
        for row, (shift, width) in enumerate(zip(frame.shifts, frame.widths, strict=True)):
            value, choice = values[row, shift : shift + width], choices[row, shift : shift + width]
            value -= ended[row, :width]
            self._delete(frame.low[row], value, choice, passed[row])
            lifted = value + slopes[row, :width]
            best = np.maximum.accumulate(lifted)
            choice[best > lifted] = _INSERTION
            np.subtract(best, slopes[row, :width], out=here[:width])
            here[width:] = -np.inf
            ends = leaving.ends(here, gains[row])
            widest, arriving = ends.argmax(axis=1), ends.max(axis=1)
            there = np.s_[row + 1 : row + 1 + LONGEST, shift : shift + arriving.shape[1]]
            better = arriving > values[there]
            np.copyto(values[there], arriving, where=better)
            np.copyto(choices[there], widest + _STEPS, where=better, casting="unsafe")
            self.before, self.low = here[:width].copy(), frame.low[row]

    def _delete(self, low: int, value: Floats, choice: Ints, passed: Floats) -> None:
        """Leave the sentence before a row unmatched."""
        first, last = max(self.low, low), min(self.low + len(self.before), low + len(value))
        if first < last:
            there = slice(first - low, last - low)
            lowered = self.before[first - self.low : last - self.low] - self.lattice.costs.skip - passed[there]
            better = lowered > value[there]
            np.copyto(value[there], lowered, where=better)
            choice[there][better] = _DELETION

    def _traced(self) -> list[tuple[int, int]]:
        firsts = [frame.first for frame in self.frames]
        i, j = self.lattice.n, self.lattice.m
        path = [(i, j)]
        while i or j:
            place = bisect_right(firsts, i) - 1
            frame = self.frames[place]
            choice = int(self.choices[place][i - frame.first, j - frame.low[i - frame.first]])
            step, width = divmod(choice, 16)
            i, j = i - step, j - width
            path.append((i, j))
        return path[::-1]


_INSERTION, _DELETION = 1, 16
_STEPS = (np.arange(1, LONGEST + 1) * 16 + 1)[:, None]
"""The choice of a bead one column wide, by the rows that it takes."""
