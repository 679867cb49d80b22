"""Word links inside a bead, from phrase similarity.

Words and their phrases of two and three words are encoded alone, as a dictionary would list them; the similarity of two
words is that of the phrases around them, sharpened by a soft-max in both directions whose product is the link's
probability (after awesome-align, Dou & Neubig 2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.spelling import spelling_similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats

_PHRASES = (1, 2, 3)
_SHARPNESS = 20.0
"""How much the soft-max prefers the better of two similarities."""
_DIAGONAL = 0.1
"""Cosine taken from a pair of words at opposite ends of their texts."""
_SPELLING = 0.2
"""Cosine added for words of the same letters or sound."""
_LINK = 0.09
"""Product of the two probabilities from which a pair is linked."""
_PAIRS = 32
"""Pairs of texts encoded together."""


def link_words(
    source: Sequence[str], target: Sequence[str], encoder: AdditiveEncoder, joints: tuple[str, str] = (" ", "")
) -> list[tuple[int, int]]:
    """Links between the words of two texts; see `link_pairs`."""
    return next(link_pairs([(source, target)], encoder, joints))


def link_pairs(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], encoder: AdditiveEncoder, joints: tuple[str, str] = (" ", "")
) -> Iterator[list[tuple[int, int]]]:
    """Links between the words of each pair of texts.

    Args:
        pairs: source and target words.
        encoder: measures phrases.
        joints: what stands between two words of the source and of the target.

    Yields:
        For each pair the linked (source, target) indices, in order; a word may have several links or none.
    """
    for probability in link_tables(pairs, encoder, joints):
        yield [(int(i), int(j)) for i, j in np.argwhere(probability >= _LINK)]


def link_tables(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], encoder: AdditiveEncoder, joints: tuple[str, str] = (" ", "")
) -> Iterator[Floats]:
    """For each pair of texts the link probability of every two words, ``(n_source, n_target)``; see `link_pairs`."""
    for first in range(0, len(pairs), _PAIRS):
        part = pairs[first : first + _PAIRS]
        phrases: dict[str, int] = {}
        grids = [[_grid(words, joint, phrases) for words, joint in zip(pair, joints, strict=True)] for pair in part]
        vectors = encoder.encode(list(phrases))
        for (source, target), (one, other) in zip(grids, part, strict=True):
            similarity = similarities([vectors[g] for g in source], [vectors[g] for g in target])
            yield link_probabilities(similarity + _SPELLING * spelling_similarity(one, other))


def _grid(words: Sequence[str], joint: str, phrases: dict[str, int]) -> list[list[int]]:
    """Numbers of the phrases of each length that a text has, by place; unseen phrases are added."""
    return [
        [phrases.setdefault(joint.join(words[k : k + n]), len(phrases)) for k in range(max(1, len(words) - n + 1))]
        for n in _PHRASES
    ] if words else []  # fmt: skip


def similarities(source: Sequence[Floats], target: Sequence[Floats]) -> Floats:
    """Similarity of every two words: the mean over phrase lengths of the phrases of that length around them.

    Args:
        source: for each phrase length the vectors of its phrases, ``(n − length + 1, d)``.
        target: likewise.

    Returns:
        ``(n_source, n_target)`` cosines.
    """
    if not source or not target:
        return np.zeros((len(source and source[0]), len(target and target[0])), np.float32)
    n, m = len(source[0]), len(target[0])
    total = np.zeros((n, m))
    for length, (one, other) in enumerate(zip(source, target, strict=True), 1):
        total += _around(_around(one @ other.T, length, n).T, length, m).T
    mean: Floats = (total / len(_PHRASES)).astype(np.float32)
    return mean


def _around(rows: Floats, length: int, n: int) -> Floats:
    """For each of n words the mean of the rows of the phrases that cover it, ``(n, …)``."""
    running = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    first = np.clip(np.arange(n) - length + 1, 0, len(rows) - 1)
    last = np.minimum(np.arange(n), len(rows) - 1) + 1
    mean: Floats = (running[last] - running[first]) / (last - first)[:, None]
    return mean


def link_probabilities(similarity: Floats) -> Floats:
    """Product of the two soft-maxes of the similarities, a little lower far from the diagonal."""
    n, m = similarity.shape
    if not n or not m:
        return similarity
    distance = np.abs(np.arange(n)[:, None] / n - np.arange(m) / m)
    scaled = np.exp(_SHARPNESS * (similarity - _DIAGONAL * distance))
    both: Floats = scaled / scaled.sum(axis=1, keepdims=True) * scaled / scaled.sum(axis=0, keepdims=True)
    return both
