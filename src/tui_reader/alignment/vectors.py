"""Sentences as sums of contributions, so that joined sentences cost an addition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.ends import Ends, ends, no_ends
from tui_reader.alignment.shelf import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

_RUN = 256
"""Sentences whose windows are made at a time: as many sums as go through an encoder's head together, so that a window
is the same to the last bit however many others there are."""
_HELD = 4096
"""Sentences of which all sums (2 kB each) and windows (8 kB each) are held; the sums of a longer text lie in a file,
its windows are made where they are looked at."""


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Numbered sentences.

    Attributes:
        sums: ``(n, d)`` sums of the contributions of each sentence's tokens, in a file where they are many.
        counts: ``(n,)`` how many tokens those are.
        ends: how they end; by default nothing is known about that.
    """

    sums: Floats | Rows
    counts: Floats
    ends: Ends = field(default_factory=lambda: no_ends(0))

    def __post_init__(self) -> None:
        if len(self.ends.quoted) != len(self.sums):
            object.__setattr__(self, "ends", no_ends(len(self.sums)))

    def __len__(self) -> int:
        return len(self.sums)

    def part(self, start: int, end: int) -> SentenceVectors:
        """The sentences from `start` up to `end`."""
        inside = slice(start, end)
        sums = self.sums.part(start, end) if isinstance(self.sums, Rows) else self.sums[inside]
        return SentenceVectors(sums, self.counts[inside], self.ends.part(inside))

    def joined(self, start: int, end: int, encoder: AdditiveEncoder) -> Floats:
        """``(d,)`` vector of the sentences from `start` up to `end` as one text."""
        vector: Floats = encoder.pool(self.sums[start:end].sum(axis=0)[None], self.counts[start:end].sum()[None])[0]
        return vector

    def vectors(self, encoder: AdditiveEncoder) -> Floats:
        """``(n, d)`` vectors of the single sentences."""
        single: Floats = self.windows(1, encoder)[0]
        return single

    def replaced(self, others: Mapping[int, tuple[Floats, float]]) -> SentenceVectors:
        """The same sentences, some of them with other sums and counts, by their numbers."""
        counts = self.counts.copy()
        for number, (_, count) in others.items():
            counts[number] = count
        rows = (others[k][0] if k in others else row for k, row in enumerate(_rows(self.sums)))
        return SentenceVectors(_kept(rows, self.sums.shape), counts, self.ends)

    def windows(self, longest: int, encoder: AdditiveEncoder) -> Floats:
        """``(longest, n, d)``: at ``[k, i]`` the vector of the k + 1 sentences that start at i (fewer at the end)."""
        if not isinstance(self.sums, Rows):
            return self.some_windows(longest, encoder, 0, len(self))
        out = np.empty((longest, *self.sums.shape), np.float32)
        for first in range(0, len(self), _RUN):
            last = min(first + _RUN, len(self))
            out[:, first:last] = self.some_windows(longest, encoder, first, last)
        return out

    def some_windows(self, longest: int, encoder: AdditiveEncoder, first: int, last: int) -> Floats:
        """``(longest, last - first, d)``: those of them that start from `first` up to `last`."""
        out = np.empty((longest, last - first, self.sums.shape[1]), np.float32)
        sums, counts = self.sums[first:last].copy(), self.counts[first:last].copy()
        for k in range(longest):
            if k:
                more = self.sums[first + k : last + k]
                sums[: len(more)] += more
                counts[: len(more)] += self.counts[first + k : last + k]
            out[k] = encoder.pool(sums, counts)
        return out

    def breaks_inside(self, longest: int) -> Floats:
        """``(longest, n)`` paragraphs and headings that end between the sentences of the same windows."""
        running = np.concatenate([[0], np.cumsum(np.maximum(self.ends.blocks, self.ends.unstopped))])
        starts = np.arange(len(self))
        lasts = np.minimum(starts[None] + np.arange(longest)[:, None], len(self))
        inside: Floats = running[lasts] - running[starts]
        return inside

    def broken_ends(self, longest: int) -> Floats:
        """``(longest, n)`` 1 for each of the same windows whose last sentence is cut off."""
        lasts = np.minimum(np.arange(len(self)) + np.arange(longest)[:, None], len(self) - 1)
        broken: Floats = self.ends.broken[lasts]
        return broken

    def window_lengths(self, longest: int) -> Floats:
        """``(longest, n)`` tokens of the same windows, at least 1.

        Tokens, unlike characters, are about as many in either language.
        """
        running = np.concatenate([[0], np.cumsum(self.counts)])
        starts = np.arange(len(self))
        ends = np.minimum(starts[None] + np.arange(1, longest + 1)[:, None], len(self))
        lengths: Floats = np.maximum(running[ends] - running[starts], 1)
        return lengths


def sentence_vectors(sentences: Sequence[str], encoder: AdditiveEncoder, blocks: Sequence[int] = ()) -> SentenceVectors:
    """Sums of contributions of each sentence; memory grows with the sentences, not with their tokens.

    Args:
        sentences: the texts.
        encoder: measures them.
        blocks: number of the block that each sentence stands in, empty where nothing is known of blocks.
    """
    counts = np.zeros(len(sentences), np.float32)

    def totals() -> Iterator[Floats]:
        for k, (total, tokens) in enumerate(encoder.iter_sums(sentences)):
            counts[k] = tokens
            yield total

    sums = _kept(totals(), (len(sentences), encoder.dimension))
    return SentenceVectors(sums, counts, ends(sentences, blocks))


def halved(sentences: SentenceVectors) -> SentenceVectors:
    """Neighbours joined two by two: the same text at half the resolution."""
    n = len(sentences)
    starts = np.arange(0, n, 2)
    if not n:
        return sentences

    def pairs() -> Iterator[Floats]:
        for first in range(0, n, 2 * _RUN):
            some = sentences.sums[first : first + 2 * _RUN]
            yield from np.add.reduceat(some, np.arange(0, len(some), 2), axis=0)

    return SentenceVectors(
        _kept(pairs(), (len(starts), sentences.sums.shape[1])),
        np.add.reduceat(sentences.counts, starts),
        sentences.ends.part(np.minimum(starts + 1, n - 1)),
    )


def _rows(sums: Floats | Rows) -> Iterator[Floats]:
    """Row by row."""
    for first in range(0, len(sums), _RUN):
        yield from sums[first : first + _RUN]


def _kept(rows: Iterable[Floats], shape: tuple[int, ...]) -> Floats | Rows:
    """Rows as an array, or in a file where they are many."""
    if shape[0] > _HELD:
        return Rows(shape[1], rows)
    sums = np.zeros(shape, np.float32)
    for k, row in enumerate(rows):
        sums[k] = row
    return sums


class Windows:
    """The windows of a text, of which a stretch is held: wherever somebody looks, and a little around.

    Args:
        text: the sentences.
        longest: sentences in the longest window.
        encoder: makes the vectors.
    """

    def __init__(self, text: SentenceVectors, longest: int, encoder: AdditiveEncoder):
        self._text, self._longest, self._encoder = text, longest, encoder
        self._first = 0
        self._held = np.empty((longest, 0, text.sums.shape[1]), np.float32)

    def __len__(self) -> int:
        return len(self._text)

    def between(self, first: int, last: int) -> Floats:
        """``(longest, last - first, d)``: the windows that start from `first` up to `last`; not to be written to."""
        if first < last and not self._first <= first < last <= self._first + self._held.shape[1]:
            self._hold(first, last)
        return self._held[:, first - self._first : last - self._first]

    def runs(self) -> Iterator[tuple[slice, Floats]]:
        """All of them, a run at a time, each with its place."""
        for first in range(0, len(self), _RUN):
            last = min(first + _RUN, len(self))
            yield slice(first, last), self.between(first, last)

    def single(self, numbers: Ints) -> Floats:
        """``(len(numbers), d)``: the vectors of single sentences, which must be ascending."""
        if len(self) <= _HELD:
            held: Floats = self.between(0, len(self))[0, numbers]
            return held
        found = np.empty((len(numbers), self._held.shape[2]), np.float32)
        for first in np.unique(numbers // _RUN * _RUN).tolist():
            inside = (numbers >= first) & (numbers < first + _RUN)
            found[inside] = self._run(first, 1)[0, numbers[inside] - first]
        return found

    def _run(self, first: int, longest: int) -> Floats:
        """The windows of the run that begins with a sentence."""
        return self._text.some_windows(longest, self._encoder, first, min(first + _RUN, len(self)))

    def _hold(self, first: int, last: int) -> None:
        """Hold whole runs with all that is asked for; what of it is held already is not made again."""
        if len(self) <= _HELD:
            self._held = self._text.windows(self._longest, self._encoder)
            return
        start = first - first % _RUN
        known = range(self._first, self._first + self._held.shape[1], _RUN)
        runs = [
            self._held[:, run - self._first :][:, :_RUN] if run in known else self._run(run, self._longest)
            for run in range(start, last, _RUN)
        ]
        self._held = np.concatenate(runs, axis=1)
        self._first = start
