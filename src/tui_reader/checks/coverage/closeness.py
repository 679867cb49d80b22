"""What the two sides of a bead mean in their contexts, and how close they are word by word.

The mean of every word's best cosine on the other side is the score of BERTScore (Zhang et al. 2020), here across
languages, with vectors centred by language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.attention import attention_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats, Ints

N_CLOSENESS = 2
"""Length of what `closeness` returns."""


def joint_meaning(contexts: Sequence[Floats], languages: Sequence[str]) -> Floats | None:
    """``(2 * n_layers * d,)``: what both sides mean and how they read, None where a side has no words.

    Args:
        contexts: of either side the contextual vectors of its words, ``(n_layers, n_words, d)``.
        languages: of either side.
    """
    parts = []
    for vectors, language in zip(contexts, languages, strict=True):
        if not vectors.shape[1]:
            return None
        mean = (vectors.mean(axis=1) - attention_model().language(language).mean).ravel()
        parts.append(mean / (np.linalg.norm(mean) + 1e-6))
    return np.concatenate(parts)


def closeness(contexts: Sequence[Floats], languages: Sequence[str], content: Sequence[Ints]) -> Floats | None:
    """``(2,)`` cosines of the first layer: of content words, and of the means of both sides.

    A content word counts by its best counterpart on the other side, and both sides count alike.

    Args:
        contexts: of either side the contextual vectors of its words, ``(n_layers, n_words, d)``.
        languages: of either side.
        content: of either side, which words carry meaning.

    Returns:
        None where a side has no words.
    """
    if not all(vectors.shape[1] for vectors in contexts):
        return None
    centred = [
        vectors[0] - attention_model().language(language).mean[0]
        for vectors, language in zip(contexts, languages, strict=True)
    ]
    one, other = (_unit(vectors) for vectors in centred)
    table = one @ other.T
    best = table.max(axis=1), table.max(axis=0)
    told = [mine[chosen].mean() if chosen.any() else 0.0 for mine, chosen in zip(best, content, strict=True)]
    means = [_unit(vectors.mean(axis=0)) for vectors in centred]
    return np.asarray([sum(told) / 2, means[0] @ means[1]], np.float32)


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-6)
    return unit
