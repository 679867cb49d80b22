"""Words in their context, from the vectors of the tokens of a text, and how alike those of two texts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.encoders.base import Floats, TokenEncoder, TokenVectors
    from tui_reader.model import Span
    from tui_reader.text.words import Word

_WORD, _WORDS = 8.0, 5.0
"""Logits for a cosine of 1: of two words, and of the phrases around them."""
_LAYER = 8
"""The layer of the network that tells best which words match."""
_PHRASE = 3
"""Words of a phrase."""
_FEW = 2
"""Words too few to take their mean for what they have in common."""


def word_vectors(tokens: TokenVectors, words: Sequence[Word] | Sequence[Span]) -> Floats:
    """Vectors of words, each the mean of its tokens' shares, ``(n_layers, n_words, d)`` float32 of length 1.

    A token that spans several words counts for each by the characters they share.
    """
    weights = np.zeros((len(words), len(tokens.offsets)), np.float32)
    starts = np.asarray([word.start for word in words])
    ends = np.asarray([word.end for word in words])
    if len(words) and len(tokens.offsets):
        shared = np.minimum(ends[:, None], tokens.offsets[None, :, 1]) - np.maximum(
            starts[:, None], tokens.offsets[None, :, 0]
        )
        weights = np.maximum(shared, 0).astype(np.float32)
        weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1)
    return _unit(weights @ tokens.vectors).astype(np.float32)


def contexts(pairs: Iterable[Sequence[tuple[str, Sequence[Span]]]], encoder: TokenEncoder) -> Iterator[Floats]:
    """How alike the words of two texts are in their context.

    Args:
        pairs: of texts, each with the places of its words; encoded together.
        encoder: gives the vectors of tokens.

    Yields:
        For each pair ``(n_source, n_target)`` logits.
    """
    layer = encoder.layers.index(_LAYER) if _LAYER in encoder.layers else 0
    texts = [text for pair in pairs for text in pair]
    tokens = encoder.tokens([content for content, _ in texts], pooled=False)
    vectors = (_centred(word_vectors(each, places)[layer]) for each, (_, places) in zip(tokens, texts, strict=True))
    for one, other in zip(vectors, vectors, strict=True):
        sizes = len(one), len(other)
        if not all(sizes):
            yield np.zeros(sizes)
            continue
        phrases = over_words(_phrases(one) @ _phrases(other).T, _PHRASE, sizes)
        yield _WORD * (_unit(one) @ _unit(other).T) + _WORDS * phrases


def over_words(similarity: Floats, length: int, sizes: tuple[int, int]) -> Floats:
    """Similarities of words: for every two the mean over the phrases around them.

    Args:
        similarity: of phrases of `length` words, ``(max(1, n_source − length + 1), …)`` and likewise the target.
        length: of the phrases.
        sizes: numbers of words.

    Returns:
        ``(n_source, n_target)``.
    """
    n, m = sizes
    return _over_words(_over_words(similarity, length, n).T, length, m).T


def _over_words(rows: Floats, length: int, n: int) -> Floats:
    """For each of n words the mean of the rows of the phrases that cover it, ``(n, …)``."""
    running = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    first = np.clip(np.arange(n) - length + 1, 0, len(rows) - 1)
    last = np.minimum(np.arange(n), len(rows) - 1) + 1
    mean: Floats = (running[last] - running[first]) / (last - first)[:, None]
    return mean


def _centred(vectors: Floats) -> Floats:
    """The vectors of a text's words, ``(n_words, d)``, without most of their mean.

    What all words of a text share, its language above all, says nothing about which word is which.
    """
    if not len(vectors):
        return vectors
    share = len(vectors) / (len(vectors) + _FEW)
    apart: Floats = vectors - share * vectors.mean(axis=0)
    return apart


def _phrases(vectors: Floats) -> Floats:
    """Means of the vectors of the words of each phrase, of length 1; of all where they are fewer."""
    if len(vectors) <= _PHRASE:
        return _unit(vectors.mean(axis=0, keepdims=True))
    return _unit(np.lib.stride_tricks.sliding_window_view(vectors, _PHRASE, axis=0).mean(axis=-1))


def _unit(vectors: Floats) -> Floats:
    normal: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return normal
