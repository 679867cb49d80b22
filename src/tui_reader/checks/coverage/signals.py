"""Signals: measurements that tell whether a word of one side has a counterpart on the other.

Phrase similarity and the deletion gain follow the idea of contrastive conditioning (Vamvas & Sennrich 2022), that a
translation fits its source better without what it left out; here it is a difference of cosines instead of likelihoods.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.phrases import LONGEST_ALONE, REMOVED, PhrasedText

if TYPE_CHECKING:
    from tui_reader.encoders.base import Floats, Ints

_ALONE = tuple(range(1, LONGEST_ALONE + 1))


@cache
def signal_names() -> tuple[str, ...]:
    """Names of the columns that `word_signals` returns."""
    return (
        *(f"alone {k}" for k in _ALONE),
        *(f"alone peak {k}" for k in _ALONE),
        *(f"margin {k}" for k in _ALONE),
        *(f"deletion gain {k}" for k in REMOVED),
        *(f"weight {k}" for k in REMOVED),
    )


def word_signals(one: PhrasedText, other: PhrasedText) -> Floats:
    """Every signal of every word of `one` against `other`.

    Returns:
        ``(n_words, n_signals)`` float32, columns as in `signal_names`: cosines and differences of cosines. A phrase
        signal of a word is the mean over the phrases of that length that cover it.
    """
    alone = one.alone @ other.alone.T
    cosine = float(one.vector @ other.vector)
    n = one.n_words
    best = _best(alone)
    columns = [
        *_covered(best, one.sizes, n, _ALONE),
        *_covered(best, one.sizes, n, _ALONE, peak=True),
        *_covered(_margins(alone, one), one.sizes, n, _ALONE),
        *_covered(one.without @ other.vector - cosine, one.removed_sizes, n, REMOVED),
        *_covered(1 - one.without @ one.vector, one.removed_sizes, n, REMOVED),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _best(similarity: Floats) -> Floats:
    """Best similarity of each row; 0 where there is nothing to compare with."""
    if similarity.shape[1] == 0:
        return np.zeros(len(similarity), np.float32)
    best: Floats = similarity.max(axis=1)
    return best


def _margins(similarity: Floats, one: PhrasedText) -> Floats:
    """How much better each phrase explains its best counterpart than any phrase elsewhere on its own side does.

    Negative: another phrase of this side has a better claim to that counterpart.
    """
    if similarity.shape[1] == 0 or similarity.shape[0] == 0:
        return np.zeros(len(similarity), np.float32)
    n = len(similarity)
    starts, ends = one.starts[:n], one.starts[:n] + one.sizes[:n]
    chosen = similarity.argmax(axis=1)
    rivals = similarity[:, chosen].T.copy()
    overlapping = (starts[None] < ends[:, None]) & (starts[:, None] < ends[None])
    rivals[overlapping] = -1
    margins: Floats = similarity[np.arange(n), chosen] - rivals.max(axis=1)
    return np.minimum(margins, 0.5)


def _covered(values: Floats, sizes: Ints, n_words: int, lengths: tuple[int, ...], peak: bool = False) -> list[Floats]:
    """For each phrase length the mean (or the highest) of `values` over the phrases that cover each word.

    Where a text is shorter than a phrase length, the longest phrases that it has stand in.
    """
    out: list[Floats] = []
    for k in lengths:
        row = values[: len(sizes)][sizes[: len(values)] == min(k, n_words)]
        out.append(_spread(row, min(k, n_words), n_words, peak))
    return out


def _spread(row: Floats, size: int, n_words: int, peak: bool) -> Floats:
    if n_words == 0:
        return np.zeros(0, np.float32)
    padded = np.full(n_words + size - 1, np.nan)
    padded[size - 1 : size - 1 + len(row)] = row
    views = np.lib.stride_tricks.sliding_window_view(padded, size)
    spread: Floats = np.nanmax(views, axis=1) if peak else np.nanmean(views, axis=1)
    return spread
