"""Sentence alignment: a monotone path of beads through two texts.

Dynamic programming over beads of up to four sentences a side (Gale & Church 1993), coarse to fine so that time and
memory are linear (Thompson & Koehn 2019, Vecalign). A bead gains by the similarity of its two sides above what either
has with sentences at random, so that a vague sentence that resembles everything earns nothing; an unmatched sentence
costs a little. Vectors of joined sentences are sums of their tokens' contributions through the encoder's head.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.band import Band, coarse_band, full_band
from tui_reader.alignment.vectors import SentenceVectors, halved, sentence_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

LONGEST = 4
"""Sentences that a bead may join on a side."""
_STEADY = 200
"""Tokens of prior belief that the two texts are equally long."""
_USUAL_CHANCE, _STEADY_CHANCE = 0.1, 10
"""Cosine of two sentences at random, and for how many sentences of evidence that belief stands."""
_JOINED_WORTH = 0.039
"""The most that a joined sentence can be credited with, in units of cosine."""
_GAP = 3
"""Unmatched sentences a side, at most, that are looked at again beside unmatched ones of the other text."""
_FULL_SEARCH = 192
"""Texts of up to this many sentences are searched whole; longer ones inside a band found at half resolution."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What the path weighs, in units of cosine. Chosen on documents with known beads (docs/decisions)."""

    threshold: float = 0.19
    """Similarity above chance at which two sentences are better left together than apart."""
    merge: float = 0.081
    """Price of each sentence that a bead joins beyond one a side."""
    cross: float = 0.03
    """Price of each sentence that a bead joins on both sides at once, as only crossing translations must."""
    length: float = 0.17
    """Price of one unit of the logarithm of the length ratio."""
    share: float = 0.2
    """How much of its quality a bead earns again for each joined sentence."""
    worth: float = 0.142
    """Weight of what a joined sentence adds to the similarity (or takes from it)."""
    skip: float = 0.049
    """Price of an unmatched sentence."""
    open_end: float = 0.138
    """Price of a boundary that is open (`open_ends`) on one side only."""
    gap: float = 0.11
    """Price of an unmatched sentence beside an unmatched one of the other text: probably they are a pair."""
    block: float = 0.06
    """Price of the end of a paragraph, heading or list item that the other side does not share."""


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
    costs = costs or Costs()
    path = _path(source, target, encoder, costs)
    beads = []
    for (i0, j0), (i1, j1) in itertools.pairwise(path):
        rows, columns = tuple(range(i0, i1)), tuple(range(j0, j1))
        similarity = _similarity(source, target, (i0, i1), (j0, j1), encoder) if rows and columns else 0.0
        beads.append(IndexBead(rows, columns, similarity, 1 - similarity))
    return beads


def _similarity(
    source: SentenceVectors, target: SentenceVectors, rows: tuple[int, int], columns: tuple[int, int],
    encoder: AdditiveEncoder,
) -> float:  # fmt: skip
    one, other = source.joined(*rows, encoder), target.joined(*columns, encoder)
    return float(np.clip(one @ other, -1, 1))


def _path(
    source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder, costs: Costs
) -> list[tuple[int, int]]:
    """Corner points of the best path, from (0, 0) to (n, m)."""
    n, m = len(source), len(target)
    if not n or not m:
        return [(i, 0) for i in range(n)] + [(n, j) for j in range(m)] + [(n, m)]
    if max(n, m) <= _FULL_SEARCH or min(n, m) <= 2:
        band = full_band(n, m)
    else:
        band = coarse_band(_path(halved(source), halved(target), encoder, costs), n, m)
    search = _Search(source, target, encoder, costs, band)
    path = search.best()
    for first, last in _gaps(path):
        path[first : last + 1] = search.inside(path[first], path[last])
    return path


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


class _Search:
    """Dynamic programming row by row inside a band."""

    def __init__(
        self, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder, costs: Costs, band: Band
    ):
        self.n, self.m, self.band, self.costs = len(source), len(target), band, costs
        self.texts, self.encoder = (source, target), encoder
        self.rows, self.columns = source.windows(LONGEST, encoder), target.windows(LONGEST, encoder)
        self.row_lengths, self.column_lengths = source.window_lengths(LONGEST), target.window_lengths(LONGEST)
        self.drift = float(np.log((target.counts.sum() + _STEADY) / (source.counts.sum() + _STEADY)))
        self.row_chance = _chance(self.rows, self.columns[0])
        self.column_chance = _chance(self.columns, self.rows[0])
        self.row_open, self.column_open = (np.append(0, text.open_ends) for text in (source, target))
        self.row_block, self.column_block = (np.append(1, text.block_ends) for text in (source, target))
        self.row_inside, self.column_inside = (text.block_ends_inside(LONGEST) for text in (source, target))
        self.cosines: dict[int, tuple[int, Floats]] = {}

    def best(self) -> list[tuple[int, int]]:
        """Run forward, then trace back."""
        values: list[Floats] = []
        choices: list[Ints] = []
        for i in range(self.n + 1):
            value, choice = self._row(i, values)
            values.append(value)
            choices.append(choice)
        return self._trace(choices)

    def inside(self, first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
        """The best path between two points when unmatched sentences cost more."""
        (i0, j0), (i1, j1) = first, last
        source, target = self.texts[0].part(i0, i1), self.texts[1].part(j0, j1)
        costs = replace(self.costs, skip=self.costs.gap)
        part = _Search(source, target, self.encoder, costs, full_band(len(source), len(target)))
        part.drift = self.drift
        part.row_chance, part.column_chance = self.row_chance[:, i0:i1], self.column_chance[:, j0:j1]
        return [(i0 + i, j0 + j) for i, j in part.best()]

    def _row(self, i: int, values: list[Floats]) -> tuple[Floats, Ints]:
        low, high = self.band.range(i)
        value = np.full(high - low, -np.inf)
        choice = np.zeros(high - low, np.int16)
        if i == 0:
            value[0] = 0.0
        for step in range(1, min(LONGEST, i) + 1):
            self._extend(i, step, values[i - step], value, choice)
        self._skip_source(i, values, value, choice)
        torn = self.costs.open_end * np.abs(self.row_open[i] - self.column_open[low:high])
        torn += self.costs.block * np.abs(self.row_block[i] - self.column_block[low:high])
        value -= torn
        # Unmatched target sentences: value[j] = max over k ≤ j of value[k] − what the boundaries from k to j cost.
        slope = self.costs.skip * np.arange(len(value)) + np.cumsum(torn)
        lifted = value + slope
        best = np.maximum.accumulate(lifted)
        choice[best > lifted] = _INSERTION
        return best - slope, choice

    def _skip_source(self, i: int, values: list[Floats], value: Floats, choice: Ints) -> None:
        if i:
            before = self._shifted(values[i - 1], i - 1, i, 0) - self.costs.skip
            better = before > value
            value[better], choice[better] = before[better], _DELETION

    def _extend(self, i: int, step: int, before: Floats, value: Floats, choice: Ints) -> None:
        """Beads with `step` source sentences that end before row `i`."""
        low, high = self.band.range(i)
        for width in range(1, LONGEST + 1):
            # A bead that ends before column j is the window that starts at column j − width.
            first = max(low, width)
            if first >= high:
                continue
            gain = np.full(high - low, -np.inf)
            gain[first - low :] = self._gain(i - step, step, first - width, high - width, width)
            candidate = self._shifted(before, i - step, i, width) + gain
            better = candidate > value
            value[better], choice[better] = candidate[better], step * 16 + width

    def _gain(self, row: int, step: int, first: int, last: int, width: int) -> Floats:
        """Gain of the beads of `step` sentences from `row` and `width` from each column `first` … `last` − 1."""
        cosine = self._cosine(row, step, first, last, width)
        columns = slice(first, last)
        chance = (self.row_chance[step - 1][row] + self.column_chance[width - 1][columns]) / 2
        ratio = np.log(self.column_lengths[width - 1][columns] / self.row_lengths[step - 1][row]) - self.drift
        quality = cosine - chance - self.costs.threshold - self.costs.length * np.abs(ratio)
        extra = step + width - 2
        gain: Floats = quality * (1 + self.costs.share * extra) - self.costs.merge * extra
        gain -= self.costs.cross * (min(step, width) - 1)
        if step + width > 2:
            gain -= self.costs.block * (self.row_inside[step - 1][row] + self.column_inside[width - 1][columns])
            gain += self.costs.worth * np.minimum(
                cosine - self._best_part(row, step, first, last, width), _JOINED_WORTH
            )
        return gain

    def _best_part(self, row: int, step: int, first: int, last: int, width: int) -> Floats:
        """Highest cosine when the first or the last sentence of either side is left out."""
        parts = []
        if step > 1:
            parts += [self._cosine(r, step - 1, first, last, width) for r in (row, row + 1)]
        if width > 1:
            parts += [self._cosine(row, step, first + k, last + k, width - 1) for k in (0, 1)]
        best: Floats = np.maximum.reduce(parts)
        return best

    def _cosine(self, row: int, step: int, first: int, last: int, width: int) -> Floats:
        """Cosines of the `step` sentences from `row` with the `width` from each column `first` … `last` − 1."""
        if row not in self.cosines:
            self.cosines.pop(row - 2 * LONGEST, None)
            low = max(0, self.band.range(row)[0] - LONGEST)
            high = min(self.m, self.band.range(min(row + LONGEST, self.n))[1] + 1)
            columns = self.columns[:, low:high].reshape(-1, self.columns.shape[2])
            self.cosines[row] = low, (self.rows[:, row] @ columns.T).reshape(LONGEST, LONGEST, high - low)
        low, cosines = self.cosines[row]
        part: Floats = cosines[step - 1, width - 1, first - low : last - low]
        return part

    def _shifted(self, values: Floats, row: int, new_row: int, width: int) -> Floats:
        """Values of `row` at the columns of `new_row` minus `width`; −∞ outside the band."""
        low, high = self.band.range(new_row)
        old_low, old_high = self.band.range(row)
        out = np.full(high - low, -np.inf)
        first, last = max(low - width, old_low), min(high - width, old_high)
        if first < last:
            out[first + width - low : last + width - low] = values[first - old_low : last - old_low]
        return out

    def _trace(self, choices: list[Ints]) -> list[tuple[int, int]]:
        i, j = self.n, self.m
        path = [(i, j)]
        while i or j:
            step, width = divmod(int(choices[i][j - self.band.range(i)[0]]), 16)
            i, j = i - step, j - width
            path.append((i, j))
        return path[::-1]


_INSERTION, _DELETION = 1, 16


def _chance(windows: Floats, others: Floats) -> Floats:
    """Mean cosine of each window with up to 128 sentences spread over the other text, ``(LONGEST, n)``.

    In a text of few sentences the counterpart itself is among them; there the mean leans on what is usual.
    """
    sample = others[np.linspace(0, len(others) - 1, min(len(others), 128)).astype(int)]
    total = np.einsum("knd,d->kn", windows, sample.sum(axis=0))
    chance: Floats = (total + _USUAL_CHANCE * _STEADY_CHANCE) / (len(sample) + _STEADY_CHANCE)
    return chance
