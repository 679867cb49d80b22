"""Sentences as sums of contributions, so that joined sentences cost an addition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.ends import Ends, ends, no_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats

_RUN = 256
"""Sentences whose token contributions are held at a time."""


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Numbered sentences.

    Attributes:
        sums: ``(n, d)`` sums of the contributions of each sentence's tokens.
        counts: ``(n,)`` how many tokens those are.
        ends: how they end; by default nothing is known about that.
    """

    sums: Floats
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
        return SentenceVectors(self.sums[inside], self.counts[inside], self.ends.part(inside))

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
    sums = np.zeros((len(sentences), encoder.dimension), np.float32)
    counts = np.zeros(len(sentences), np.float32)
    for k, (total, tokens) in enumerate(encoder.iter_sums(sentences)):
        sums[k], counts[k] = total, tokens
    return SentenceVectors(sums, counts, ends(sentences, blocks))


def halved(sentences: SentenceVectors) -> SentenceVectors:
    """Neighbours joined two by two: the same text at half the resolution."""
    starts = np.arange(0, len(sentences), 2)
    if not len(starts):
        return sentences
    return SentenceVectors(
        np.add.reduceat(sentences.sums, starts, axis=0),
        np.add.reduceat(sentences.counts, starts),
        sentences.ends.part(np.minimum(starts + 1, len(sentences) - 1)),
    )
