"""Signals from contextual token vectors: which word of the other side each word is linked to, and how firmly.

Links are soft-maxes over cosines in both directions (after SimAlign, Jalili Sabet et al. 2020, and awesome-align, Dou &
Neubig 2021); a word that nothing is linked to is one that the other side lacks.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tui_reader.encoders.base import Floats

LAYERS = (8, 10)
"""Layers of e5: 8 tells best which words match, 10 that none does."""
_SHARPNESS = (25.0, 25.0)
"""Factor of the cosines in the soft-max, by layer."""
_KINDS = ("link", "second", "forward", "mutual", "drawn", "distance")


@cache
def token_signal_names() -> tuple[str, ...]:
    """Names of the columns of `token_signals`."""
    return tuple(f"token {kind} {layer}" for layer in LAYERS for kind in _KINDS)


def token_signals(one: Floats, other: Floats) -> Floats:
    """Signals of every word of `one` against the words of `other`.

    Args:
        one: from `word_vectors`.
        other: likewise.

    Returns:
        ``(n_words, n_signals)`` float32, columns as in `token_signal_names`.
    """
    n, m = one.shape[1], other.shape[1]
    if not n or not m:
        return np.zeros((n, len(token_signal_names())), np.float32)
    columns: list[Floats] = []
    for layer, sharpness in enumerate(_SHARPNESS):
        cosine = one[layer] @ other[layer].T
        columns += _link_signals(cosine, sharpness)
    return np.stack(columns, axis=1).astype(np.float32)


def _link_signals(cosine: Floats, sharpness: float) -> list[Floats]:
    n, m = cosine.shape
    best = cosine.argmax(axis=1)
    ranked = np.sort(cosine, axis=1)
    highest = ranked[:, -1]
    second = ranked[:, -2] if m > 1 else np.zeros(n)
    scaled = np.exp(sharpness * (cosine - cosine.max()))
    forward = scaled / scaled.sum(axis=1, keepdims=True)
    backward = scaled / scaled.sum(axis=0, keepdims=True)
    mutual = np.sqrt(forward * backward).max(axis=1)
    drawn = np.log(backward.sum(axis=1) + 0.01)
    distance = np.abs(np.arange(n) / n - best / m)
    return [highest, highest - second, forward.max(axis=1), mutual, drawn, distance]
