"""Sentences as sums of contributions, so that joined sentences cost an addition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Numbered sentences.

    Attributes:
        sums: ``(n, d)`` sums of the contributions of each sentence's tokens.
        counts: ``(n,)`` how many tokens those are.
    """

    sums: Floats
    counts: Floats

    def __len__(self) -> int:
        return len(self.sums)

    def part(self, start: int, end: int) -> SentenceVectors:
        """The sentences from `start` up to `end`."""
        return SentenceVectors(self.sums[start:end], self.counts[start:end])

    def joined(self, start: int, end: int, encoder: AdditiveEncoder) -> Floats:
        """``(d,)`` vector of the sentences from `start` up to `end` as one text."""
        vector: Floats = encoder.pool(self.sums[start:end].sum(axis=0)[None], self.counts[start:end].sum()[None])[0]
        return vector

    def vectors(self, encoder: AdditiveEncoder) -> Floats:
        """``(n, d)`` vectors of the single sentences."""
        return encoder.pool(self.sums, self.counts)

    def windows(self, longest: int, encoder: AdditiveEncoder) -> Floats:
        """``(longest, n, d)``: at ``[k, i]`` the vector of the k + 1 sentences that start at i (fewer at the end)."""
        out = np.empty((longest, *self.sums.shape), np.float32)
        sums, counts = self.sums.copy(), self.counts.copy()
        for k in range(longest):
            if k:
                sums[: max(0, len(self) - k)] += self.sums[k:]
                counts[: max(0, len(self) - k)] += self.counts[k:]
            out[k] = encoder.pool(sums, counts)
        return out

    def window_lengths(self, longest: int) -> Floats:
        """``(longest, n)`` tokens of the same windows, at least 1.

        Tokens, unlike characters, are about as many in either language.
        """
        running = np.concatenate([[0], np.cumsum(self.counts)])
        starts = np.arange(len(self))
        ends = np.minimum(starts[None] + np.arange(1, longest + 1)[:, None], len(self))
        lengths: Floats = np.maximum(running[ends] - running[starts], 1)
        return lengths


def sentence_vectors(sentences: Sequence[str], encoder: AdditiveEncoder) -> SentenceVectors:
    """Sums of contributions of each sentence; memory grows with the sentences, not with their tokens."""
    sums = np.zeros((len(sentences), encoder.dimension), np.float32)
    counts = np.zeros(len(sentences), np.float32)
    for k, (total, tokens) in enumerate(encoder.iter_sums(sentences)):
        sums[k], counts[k] = total, tokens
    return SentenceVectors(sums, counts)


def halved(sentences: SentenceVectors) -> SentenceVectors:
    """Neighbours joined two by two: the same text at half the resolution."""
    starts = np.arange(0, len(sentences), 2)
    if not len(starts):
        return sentences
    return SentenceVectors(
        np.add.reduceat(sentences.sums, starts, axis=0),
        np.add.reduceat(sentences.counts, starts),
    )
