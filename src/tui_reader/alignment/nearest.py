"""Which sentences of the sources each sentence of a text may come from: the nearest by their vectors.

A few thousand sentences are compared with each other, block by block. Longer texts go through an inverted file: the
sources' vectors lie in about as many buckets as the root of their number, around centres found by k-means, and a
sentence is compared with those of the nearest buckets (Sivic & Zisserman 2003; Jégou et al. 2011).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tui_reader.encoders.base import Floats, Ints

_PAIRS = 8_000_000
"""Comparisons up to which everything is compared with everything."""
_ROWS = 512
"""Sentences compared at a time."""
_BUCKETS = 4
"""Buckets for each unit of the root of the number of vectors."""
_PROBED = 24
"""Buckets that a sentence is compared with."""
_ROUNDS = 3
"""Rounds of k-means: the buckets need not be good, only roughly even."""
_PER_BUCKET = 4
"""The nearest of a bucket that are remembered."""


def nearest(queries: Floats, vectors: Floats, count: int, pairs: int = _PAIRS) -> tuple[Ints, Floats]:
    """The vectors with the highest cosine to each query.

    Args:
        queries: ``(n, d)`` rows of length 1.
        vectors: ``(m, d)`` rows of length 1, at least one.
        count: how many to find.
        pairs: comparisons up to which the answer is exact; beyond them some of the nearest may be missed.

    Returns:
        Indices and cosines, ``(n, min(count, m))``, the nearest first; where fewer are found, index −1 and cosine −1.
    """
    count = min(count, len(vectors))
    if len(queries) * len(vectors) <= pairs:
        return _all_compared(queries, vectors, count)
    return _Buckets(vectors).nearest(queries, count)


def _all_compared(queries: Floats, vectors: Floats, count: int) -> tuple[Ints, Floats]:
    indices = np.empty((len(queries), count), np.int64)
    cosines = np.empty((len(queries), count), np.float32)
    for first in range(0, len(queries), _ROWS):
        rows = slice(first, first + _ROWS)
        products = queries[rows] @ vectors.T
        found = np.argpartition(-products, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(products, found, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        indices[rows] = np.take_along_axis(found, order, axis=1)
        cosines[rows] = np.take_along_axis(values, order, axis=1)
    return indices, cosines


class _Buckets:
    """Vectors by the centre that they are nearest to."""

    def __init__(self, vectors: Floats):
        self.vectors = vectors
        number = max(1, min(len(vectors), int(_BUCKETS * len(vectors) ** 0.5)))
        centres = vectors[np.linspace(0, len(vectors) - 1, number).astype(int)]
        for _ in range(_ROUNDS):
            centres = _moved(centres, vectors, _all_compared(vectors, centres, 1)[0][:, 0])
        self.centres = centres
        home = _all_compared(vectors, centres, 1)[0][:, 0]
        order = np.argsort(home, kind="stable")
        self.members = np.split(order, np.searchsorted(home[order], np.arange(1, number)))

    def nearest(self, queries: Floats, count: int) -> tuple[Ints, Floats]:
        """As the function `nearest`."""
        probed = _all_compared(queries, self.centres, min(_PROBED, len(self.centres)))[0]
        kept = min(_PER_BUCKET, count)
        indices = np.full((len(queries), probed.shape[1] * kept), -1)
        cosines = np.full(indices.shape, -1.0, np.float32)
        order = np.argsort(probed, axis=None, kind="stable")
        bounds = np.searchsorted(probed.ravel()[order], np.arange(len(self.members) + 1))
        for members, first, last in zip(self.members, bounds[:-1], bounds[1:], strict=True):
            if len(members) and last > first:
                rows, slots = np.divmod(order[first:last], probed.shape[1])
                found, values = _all_compared(queries[rows], self.vectors[members], min(kept, len(members)))
                columns = slots[:, None] * kept + np.arange(found.shape[1])
                indices[rows[:, None], columns], cosines[rows[:, None], columns] = members[found], values
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
        return np.take_along_axis(indices, best, axis=1), np.take_along_axis(cosines, best, axis=1)


def _moved(centres: Floats, vectors: Floats, home: Ints) -> Floats:
    """Each centre in the middle of its vectors; one without any stays."""
    sums = np.zeros_like(centres)
    np.add.at(sums, home, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    moved: Floats = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return moved
