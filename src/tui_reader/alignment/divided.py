"""Moved sentences that the other text says in two: one that is more like two neighbours together than like either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.nearest import nearest

if TYPE_CHECKING:
    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

SURE, _HALF = 0.3, 0.15
"""Similarity above chance of a move, and of either half of one."""
RIVALLED = 0.03
"""How much more like a sentence that has its partner already one of the two may be."""
_BETTER = 0.03
"""How much more like two joined neighbours a sentence must be than like either, or like any other that is left."""


def divided(
    rows: Ints, columns: Ints, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> list[tuple[int, tuple[int, int], float]]:
    """Sentences of one text whose translation is two neighbouring sentences at another place of the other.

    Args:
        rows: numbers of the unmatched sentences of one text, ascending.
        columns: those of the other, of which two are looked for.
        source: all sentences of the one.
        target: all sentences of the other.
        encoder: made the vectors.

    Returns:
        Number, the two numbers, and their similarity; no sentence is in two of them.
    """
    starts = np.flatnonzero(np.isin(columns + 1, columns))
    if not len(rows) or not len(starts):
        return []
    ones = encoder.pool(source.sums[rows], source.counts[rows])
    sums, counts = target.sums[columns], target.counts[columns]
    halves, joined = encoder.pool(sums, counts), encoder.pool(sums[starts] + sums[starts + 1], _two(counts, starts))
    pairs, alike = (found[:, 0] for found in nearest(ones, joined, 1))
    near, cosines = nearest(ones, halves, 3)
    at = starts[pairs][:, None] + np.arange(2)
    own = np.einsum("nd,nkd->nk", ones, halves[at])
    others = np.where((near[:, :, None] == at[:, None]).any(axis=2), -1, cosines).max(axis=1)
    chance = chance_of(ones, target, encoder)
    wanted = (alike - chance >= SURE) & (own.min(axis=1) - chance >= _HALF) & (pairs >= 0)
    wanted &= alike - np.maximum(own.max(axis=1), others) >= _BETTER
    chosen = np.flatnonzero(wanted)
    if not len(chosen):
        return []
    free = _unrivalled(ones[chosen], rows[chosen], columns[at[chosen]], own[chosen], source, target, encoder)
    found, taken = [], set[int]()
    for k in sorted(chosen[free].tolist(), key=lambda k: -float(alike[k])):
        pair = (int(columns[at[k, 0]]), int(columns[at[k, 1]]))
        if taken.isdisjoint(pair):
            taken.update(pair)
            found.append((int(rows[k]), pair, float(alike[k])))
    return found


def _two(counts: Floats, starts: Ints) -> Floats:
    both: Floats = counts[starts] + counts[starts + 1]
    return both


def _unrivalled(  # noqa: PLR0913, PLR0917 - both texts, what was found in them, and how alike it is
    ones: Floats, rows: Ints, pairs: Ints, own: Floats, source: SentenceVectors, target: SentenceVectors,
    encoder: AdditiveEncoder,
) -> Ints:  # fmt: skip
    """``(n,)`` whether neither a sentence nor one of its two is more like another one, wherever that stands."""
    texts = source.vectors(encoder), target.vectors(encoder)
    near, cosines = nearest(ones, texts[1], 3)
    elsewhere = np.where((near[:, :, None] == pairs[:, None]).any(axis=2), -1, cosines).max(axis=1)
    free: Ints = elsewhere <= own.max(axis=1) + RIVALLED
    for half in range(2):
        near, cosines = nearest(texts[1][pairs[:, half]], texts[0], 2)
        free &= np.where(near == rows[:, None], -1, cosines).max(axis=1) <= own[:, half] + RIVALLED
    return free


def chance_of(vectors: Floats, text: SentenceVectors, encoder: AdditiveEncoder) -> Floats:
    """``(n,)`` mean cosine with up to 128 sentences spread over a text."""
    some = np.linspace(0, len(text) - 1, min(len(text), 128)).astype(int)
    chance: Floats = vectors @ encoder.pool(text.sums[some], text.counts[some]).mean(axis=0)
    return chance
