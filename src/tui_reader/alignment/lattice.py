"""What every bead between two texts gains, inside a band; the ground that paths and probabilities are computed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.vectors import Windows

if TYPE_CHECKING:
    from tui_reader.alignment.band import Band, Frame
    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

LONGEST = 4
"""Sentences that a bead may join on a side."""
_STEADY = 200
"""Tokens of prior belief that the two texts are equally long."""
_USUAL_CHANCE, _STEADY_CHANCE = 0.1, 10
"""Cosine of two sentences at random, and for how many sentences of evidence that belief stands."""
_JOINED_WORTH = 0.039
"""The most that a joined sentence can be credited with, in units of cosine."""
_NOTHING = -10.0
"""Cosine of what is not there: lower than any, and finite, so that it can be subtracted from itself."""


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
    """Price of a boundary that lies inside a quotation on one side only."""
    open_end_passed: float = 0.7
    """Share of that price behind an unmatched sentence: the quotation mark may have been in its counterpart."""
    broken: float = 0.4
    """Price of a bead of which one side alone ends where no sentence does."""
    gap: float = 0.11
    """Price of an unmatched sentence beside an unmatched one of the other text: probably they are a pair."""
    gap_parted: float = 0.3
    """The same where both texts have whole paragraphs, headings or list items there."""
    block: float = 0.06
    """Price of the end of a paragraph, heading or list item that the other side does not share or that a bead joins."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One text: its windows of 1 … `LONGEST` sentences, and its boundaries.

    Attributes:
        windows: their vectors.
        first: number of the first sentence among those of `windows`.
        count: how many sentences.
        chance: ``(LONGEST, n)`` mean cosine with sentences of the other text.
        lengths: ``(LONGEST, n)`` logarithms of their tokens.
        broken: ``(LONGEST, n)`` whether the last sentence of a window is cut off.
        breaks_inside: ``(LONGEST, n)`` paragraphs and headings that end inside the windows.
        open_ends: ``(n + 1,)`` whether a boundary lies inside a quotation.
        block_ends: ``(n + 1,)`` whether a paragraph ends there.
    """

    windows: Windows
    first: int
    count: int
    chance: Floats
    lengths: Floats
    broken: Floats
    breaks_inside: Floats
    open_ends: Floats
    block_ends: Floats

    def part(self, first: int, last: int) -> _Side:
        inside = slice(first, last)
        return _Side(
            self.windows,
            self.first + first,
            last - first,
            self.chance[:, inside],
            self.lengths[:, inside],
            self.broken[:, inside],
            self.breaks_inside[:, inside],
            self.open_ends[first : last + 1],
            self.block_ends[first : last + 1],
        )

    @property
    def tables(self) -> tuple[Floats, Floats, Floats, Floats]:
        """``(LONGEST, n)`` each: what `_Facts` are made of."""
        return self.chance, self.lengths, self.broken, self.breaks_inside

    def vectors(self, first: int, last: int) -> Floats:
        """``(LONGEST, last - first, d)``: the windows that start from `first` up to `last`."""
        return self.windows.between(self.first + first, self.first + last)


class Lattice:
    """Points between the sentences of two texts, from (0, 0) to (n, m), with the beads that lead from one to another.

    Args:
        source: sentences of the source, rows.
        target: sentences of the target, columns.
        encoder: made the vectors.
        costs: what a bead weighs.
        band: the points that are looked at.
    """

    def __init__(
        self, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder, costs: Costs, band: Band
    ):
        rows, columns = (Windows(text, LONGEST, encoder) for text in (source, target))
        self._set(
            _side(source, rows, columns),
            _side(target, columns, rows),
            float(np.log((target.counts.sum() + _STEADY) / (source.counts.sum() + _STEADY))),
            costs,
            band,
        )

    def _set(self, rows: _Side, columns: _Side, drift: float, costs: Costs, band: Band) -> None:
        self._rows, self._columns, self._drift, self.costs, self.band = rows, columns, drift, costs, band
        self.n, self.m = rows.count, columns.count
        self._cosines: dict[int, tuple[int, Floats]] = {}

    def part(self, first: tuple[int, int], last: tuple[int, int], band: Band, *, skip: float) -> Lattice:
        """What lies between two points, unmatched sentences at another price."""
        out = object.__new__(Lattice)
        rows, columns = self._rows.part(first[0], last[0]), self._columns.part(first[1], last[1])
        out._set(rows, columns, self._drift, replace(self.costs, skip=skip), band)
        return out

    def parted(self, point: tuple[int, int]) -> bool:
        """Whether a paragraph, heading or list item ends at a point in both texts."""
        return bool(self._rows.block_ends[point[0]] and self._columns.block_ends[point[1]])

    def gains(self, frame: Frame) -> Floats:
        """``(n_rows, LONGEST, LONGEST, wide)``: of the beads that start at each point of a frame.

        At ``[row, k, l]`` are those of k + 1 rows and l + 1 columns; −∞ where a text has no so many sentences left.
        Behind the end of a row stand numbers that mean nothing.
        """
        own, part = self._cosines_of(frame)
        rows, columns = (np.minimum(frame.rows, self.n - 1), np.minimum(frame.columns, self.m - 1))
        costs, one, other = self.costs, _at_rows(self._rows, rows), _at_columns(self._columns, columns)
        ratio = np.abs(other.lengths - one.lengths - self._drift)
        gain = (own - (one.chance + other.chance) / 2 - costs.threshold - costs.length * ratio) * (
            1 + costs.share * _JOINED
        )
        gain -= (
            costs.merge * _JOINED
            + costs.cross * _CROSSED
            + costs.block * (one.breaks_inside + other.breaks_inside)
            + costs.broken * (one.broken != other.broken)
        )
        gain += costs.worth * np.minimum(own - part, _JOINED_WORTH)
        # A single pair has no part to be better than.
        gain[:, 0, 0] -= costs.worth * _JOINED_WORTH
        out = gain.astype(np.float32)
        left_rows, left_columns = self.n - frame.rows, self.m - frame.columns
        out[(left_rows[:, None] <= _COUNTS)] = -np.inf
        np.copyto(out, -np.inf, where=(left_columns[:, None] <= _COUNTS[:, None])[:, None])
        return out

    def boundary(self, frame: Frame) -> Floats:
        """``(n_rows, wide)``: the price of ending a bead at each point of a frame.

        There is one where a text pauses and the other does not.
        """
        return self._boundary(frame, self.costs.open_end)

    def passed(self, frame: Frame) -> Floats:
        """``(n_rows, wide)``: the same behind an unmatched sentence."""
        return self._boundary(frame, self.costs.open_end * self.costs.open_end_passed)

    def _boundary(self, frame: Frame, open_end: float) -> Floats:
        rows, columns = frame.rows[:, None], np.minimum(frame.columns, self.m)
        torn = np.abs(self._rows.open_ends[rows] - self._columns.open_ends[columns])
        parted = np.abs(self._rows.block_ends[rows] - self._columns.block_ends[columns])
        price: Floats = open_end * torn + self.costs.block * parted
        return price

    def _cosines_of(self, frame: Frame) -> tuple[Floats, Floats]:
        """Of the beads of a frame: their cosines, and the highest when a sentence at an end of a side is left out."""
        count, wide = len(frame.low), frame.wide
        own = np.full((count, LONGEST, LONGEST, wide + 1), _NOTHING, np.float32)
        later = np.full((count, LONGEST, LONGEST, wide), _NOTHING, np.float32)
        for place, (low, width) in enumerate(zip(frame.low, frame.widths, strict=True)):
            row = frame.first + place
            self._copy_cosines(row, low, own[place, :, :, : width + 1])
            self._copy_cosines(row + 1, low, later[place, :, :, :width])
        part = np.full(later.shape, _NOTHING, np.float32)
        part[:, 1:] = own[:, :-1, :, :-1]
        np.maximum(part[:, 1:], later[:, :-1], out=part[:, 1:])
        np.maximum(part[:, :, 1:], own[:, :, :-1, :-1], out=part[:, :, 1:])
        np.maximum(part[:, :, 1:], own[:, :, :-1, 1:], out=part[:, :, 1:])
        return own[..., :-1], part

    def _copy_cosines(self, row: int, first: int, out: Floats) -> None:
        """``(LONGEST, LONGEST, width)`` cosines of the windows at a row and at the columns from `first`, where any."""
        if row >= self.n:
            return
        if row not in self._cosines:
            self._cosines.pop(row - 2, None)
            before, here = self.band.range(max(0, row - 1)), self.band.range(row)
            low, high = min(here[0], before[0]), min(max(here[1], before[1]) + 1, self.m)
            own = self._rows.vectors(row, row + 1)
            products = own.transpose(1, 0, 2) @ self._columns.vectors(low, high).transpose(0, 2, 1)
            self._cosines[row] = low, products.transpose(1, 0, 2)
        low, cosines = self._cosines[row]
        known = cosines[:, :, first - low : first - low + out.shape[2]]
        out[:, :, : known.shape[2]] = known


class _Facts(NamedTuple):
    """What is known of the windows of one text, so that it can be put together with that of the other."""

    chance: Floats
    lengths: Floats
    broken: Floats
    breaks_inside: Floats


def _at_rows(side: _Side, rows: Ints) -> _Facts:
    """``(n_rows, LONGEST, 1, 1)`` each."""
    return _Facts(*(table[:, rows].T[:, :, None, None] for table in side.tables))


def _at_columns(side: _Side, columns: Ints) -> _Facts:
    """``(n_rows, 1, LONGEST, wide)`` each."""
    return _Facts(*(table[:, columns].transpose(1, 0, 2)[:, None] for table in side.tables))


_COUNTS = np.arange(LONGEST)
_JOINED = (_COUNTS[:, None] + _COUNTS)[:, :, None].astype(np.float32)
"""``(LONGEST, LONGEST, 1)`` sentences that a bead joins beyond one a side."""
_CROSSED = np.minimum(_COUNTS[:, None], _COUNTS)[:, :, None].astype(np.float32)
"""Those that it joins on both sides at once."""


def _side(text: SentenceVectors, windows: Windows, others: Windows) -> _Side:
    return _Side(
        windows,
        0,
        len(text),
        _chance(windows, others),
        np.log(text.window_lengths(LONGEST)),
        text.broken_ends(LONGEST),
        text.breaks_inside(LONGEST),
        np.append(0, text.ends.quoted),
        np.append(1, text.ends.blocks),
    )


def _chance(windows: Windows, others: Windows) -> Floats:
    """Mean cosine of each window with up to 128 sentences spread over the other text, ``(LONGEST, n)``.

    In a text of few sentences the counterpart itself is among them; there the mean leans on what is usual.
    """
    sample = others.single(np.linspace(0, len(others) - 1, min(len(others), 128)).astype(int))
    total, whole = np.empty((LONGEST, len(windows)), np.float32), sample.sum(axis=0)
    for place, vectors in windows.runs():
        total[:, place] = np.einsum("knd,d->kn", vectors, whole)
    chance: Floats = (total + _USUAL_CHANCE * _STEADY_CHANCE) / (len(sample) + _STEADY_CHANCE)
    return chance
