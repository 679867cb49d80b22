"""Texts of any length as windows that the network can take, and windows as shares of equal work."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.encoders.base import Floats, Ints, TokenVectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OVERLAP = 64
"""Tokens at each inner edge of a window that are taken from its neighbour, where they have more to look at."""


class Window(NamedTuple):
    """A run of a text's tokens that goes through the network in one piece."""

    ids: Ints
    """With the tokens that stand before and behind each text."""
    kept: slice
    """Rows of the text's own tokens that this window gives."""
    pooled: slice
    """Rows that it gives to the mean: those, what stands before in the first window, and behind in the last."""
    last: bool
    """Whether the text ends here."""


def windows(ids: Ints, head: Ints, tail: Ints, positions: int) -> Iterator[Window]:
    """A text as windows of at most `positions` tokens, one where it fits.

    Args:
        ids: ``(n,)`` its own tokens, at least one.
        head: what stands before every text.
        tail: what stands behind it.
        positions: how many tokens the network can take.
    """
    room, start = positions - len(head) - len(tail), 0
    while True:
        last = start + room >= len(ids)
        own = ids[start : start + room]
        first_row = len(head) + (_OVERLAP if start else 0)
        end_row = len(head) + len(own) - (0 if last else _OVERLAP)
        yield Window(
            np.concatenate([head, own, tail]),
            slice(first_row, end_row),
            slice(first_row if start else 0, end_row + len(tail) if last else end_row),
            last,
        )
        if last:
            return
        start += room - 2 * _OVERLAP


def rounds(parts: Iterable[Window], count: int, tokens: int) -> Iterator[list[Window]]:
    """Runs of windows that can be shared out: at least `count` of them with `tokens` tokens for each share."""
    collected: list[Window] = []
    size = 0
    for window in parts:
        collected.append(window)
        size += len(window.ids)
        if len(collected) >= count and size >= count * tokens:
            yield collected
            collected, size = [], 0
    if collected:
        yield collected


def shares(parts: Sequence[Window], count: int) -> list[Sequence[Window]]:
    """Windows in order, as at most `count` runs with about as many tokens each."""
    sizes = np.fromiter((len(window.ids) for window in parts), np.int64, len(parts))
    middles = np.cumsum(sizes) - sizes / 2
    whose = (middles * count / sizes.sum()).astype(np.int64)
    edges = [0, *(np.flatnonzero(np.diff(whose)) + 1).tolist(), len(parts)]
    return [parts[start:end] for start, end in pairwise(edges)]


class Assembly:
    """The vectors of one text, put together from its windows.

    Args:
        offsets: ``(n_tokens, 2)`` of its tokens.
        layers: of how many layers token vectors are kept.
        pooled: whether the last of the hidden states given is for the mean.
    """

    def __init__(self, offsets: Ints, layers: int, *, pooled: bool):
        self.offsets, self._layers = offsets, layers
        self._parts: list[Floats] = []
        self._sum, self._count = None if not pooled else np.float32(0), 0

    def add(self, window: Window, states: Sequence[Floats]) -> None:
        """Hidden states of the next window: of each layer kept, then of the one for the mean."""
        if self._layers:
            self._parts.append(np.stack([rows[window.kept] for rows in states[: self._layers]]))
        if self._sum is not None:
            rows = states[-1][window.pooled]
            self._sum = self._sum + rows.sum(axis=0)
            self._count += len(rows)

    def result(self, dimension: int) -> TokenVectors:
        """All that was added."""
        empty = np.zeros((self._layers, 0, dimension), np.float32)
        vectors = self._parts[0] if len(self._parts) == 1 else np.concatenate([empty, *self._parts], axis=1)
        return TokenVectors(vectors, self.offsets, self._pooled(dimension))

    def _pooled(self, dimension: int) -> Floats:
        if self._sum is None:
            return np.zeros(0, np.float32)
        if not self._count:
            return np.zeros(dimension, np.float32)
        mean = np.asarray(self._sum, np.float32) / np.float32(self._count)
        pooled: Floats = mean / np.linalg.norm(mean)
        return pooled
