"""The network of multilingual-e5-small (Wang et al. 2024), run with numpy in float32.

A BERT of 12 layers, 384 wide, with normalisation after each half layer and the exact GELU (Devlin et al. 2019;
Hendrycks & Gimpel 2016). The tokens of all texts of a batch stand in one matrix without padding, so that the four
products of a layer, nearly all of the work, see real tokens only.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.encoders.cancellation import checkpoint
from tui_reader.encoders.normalisation import layer_normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats, Ints
    from tui_reader.encoders.e5_weights import E5Weights

_GELU_ROWS = 32
"""Rows that go through the activation together: few enough for them and what is in between to stay in the cache."""


class E5Network:
    """Token ids to hidden states. 86 MB of float32, and the table of tokens left in the file.

    Args:
        weights: the weight file.
    """

    def __init__(self, weights: E5Weights):
        shape = weights.shape
        self.shape, self._weights = shape, weights
        self._positions = weights.floats("emb.pos").reshape(-1, shape.width)
        self._positions += weights.floats("emb.type")[: shape.width]
        self._norm = weights.floats("emb.ln.w"), weights.floats("emb.ln.b")
        self._layers = [_Layer(weights, k) for k in range(shape.layers)]

    def run(self, texts: Sequence[Ints], layers: Sequence[int]) -> list[list[Floats]]:
        """Hidden states of a few texts.

        Args:
            texts: token ids of each text, at most `Shape.positions`.
            layers: whose outputs to return, from 1, ascending.

        Returns:
            For each text, for each of `layers`, ``(n_tokens, width)`` float32.

        Raises:
            Cancelled: between two layers, where that was asked for.
        """
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        bounds = [0, *np.cumsum(lengths).tolist()]
        rows = self._embedded(np.concatenate(texts), lengths)
        outputs: list[list[Floats]] = [[] for _ in texts]
        for number, layer in enumerate(self._layers[: max(layers)], 1):
            checkpoint()
            rows = layer.run(rows, bounds)
            if number in layers:
                for text, (start, end) in zip(outputs, pairwise(bounds), strict=True):
                    text.append(rows[start:end])
        return outputs

    def _embedded(self, ids: Ints, lengths: Ints) -> Floats:
        kinds, which = np.unique(ids, return_inverse=True)
        rows: Floats = self._weights.rows("emb.word", self.shape.width, kinds)[which]
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows += self._positions[np.arange(len(ids)) - starts]
        return layer_normalised(rows, *self._norm, self.shape.epsilon)


class _Layer:
    """Attention and a feed-forward half, each added to its input and normalised."""

    def __init__(self, weights: E5Weights, number: int):
        shape = weights.shape
        width, inner = shape.width, shape.inner

        def matrix(name: str, columns: int = width) -> Floats:
            # Products by a transposed view run as fast, and dequantising gives rows anyway.
            return weights.matrix(f"l{number}.{name}.w", columns).T

        def bias(name: str) -> Floats:
            return weights.floats(f"l{number}.{name}.b")

        # One product gives queries, keys and values; the scale of the attention goes into the queries.
        scale = np.float32((width / shape.heads) ** -0.5)
        self._mix = np.concatenate([matrix("q") * scale, matrix("k"), matrix("v")], axis=1)
        self._mix_bias = np.concatenate([bias("q") * scale, bias("k"), bias("v")])
        self._out, self._out_bias = matrix("ao"), bias("ao")
        self._up, self._up_bias = matrix("fi"), bias("fi")
        self._down, self._down_bias = matrix("fo", inner), bias("fo")
        self._norms = [(weights.floats(f"l{number}.{name}.w"), bias(name)) for name in ("aln", "oln")]
        self._heads, self._epsilon = shape.heads, shape.epsilon

    def run(self, rows: Floats, bounds: Sequence[int]) -> Floats:
        """``(n_tokens, width)`` to the same."""
        mixed = _attention(_affine(rows, self._mix, self._mix_bias), bounds, self._heads)
        mixed = _affine(mixed, self._out, self._out_bias)
        mixed += rows
        mixed = layer_normalised(mixed, *self._norms[0], self._epsilon)
        out = _affine(_gelu(mixed @ self._up, self._up_bias), self._down, self._down_bias)
        out += mixed
        return layer_normalised(out, *self._norms[1], self._epsilon)


def _attention(mixed: Floats, bounds: Sequence[int], heads: int) -> Floats:
    """What each token gathers from the tokens of its own text.

    A loop over the texts costs less than padding them to one length, and leaves nothing to mask.

    Args:
        mixed: ``(n_tokens, 3 * width)`` queries, keys and values.
        bounds: where each text starts, and where the last ends.
        heads: number of attention heads.

    Returns:
        ``(n_tokens, width)``.
    """
    parts = mixed.reshape(len(mixed), 3, heads, -1).transpose(1, 2, 0, 3)
    gathered = np.empty((len(mixed), heads, parts.shape[-1]), np.float32)
    by_head = gathered.transpose(1, 0, 2)
    for start, end in pairwise(bounds):
        queries, keys, values = parts[:, :, start:end]
        by_head[:, start:end] = _softmax(queries @ keys.transpose(0, 2, 1)) @ values
    return gathered.reshape(len(mixed), -1)


def _affine(rows: Floats, matrix: Floats, bias: Floats) -> Floats:
    out: Floats = rows @ matrix
    out += bias
    return out


def _softmax(scores: Floats) -> Floats:
    """Over the last axis, in place."""
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def _gelu(rows: Floats, bias: Floats) -> Floats:
    """Each number x, after the bias is added, to x Φ(x), in place; Φ is the normal distribution.

    By formula 7.1.28 of Abramowitz & Stegun (1964), whose error of 3e-7 is float32's own; without an exponential, it
    takes two thirds of the time of others as good.
    """
    scratch = np.empty((2, _GELU_ROWS, rows.shape[1]), np.float32)
    for first in range(0, len(rows), _GELU_ROWS):
        part = rows[first : first + _GELU_ROWS]
        size, tail = scratch[:, : len(part)]
        part += bias
        np.abs(part, out=size)
        # Beyond it nothing is left of the tail, and the power would not fit into a float32.
        np.minimum(size, _FAR, out=size)
        np.multiply(size, _TAIL[0], out=tail)
        for coefficient in _TAIL[1:]:
            tail += coefficient
            tail *= size
        tail += _CONSTANT
        for _ in range(4):
            np.multiply(tail, tail, out=tail)
        # The tail is now |x| (1 - Φ(|x|)), what max(x, 0) has too much.
        np.divide(size, tail, out=tail)
        np.maximum(part, 0, out=part)
        part -= tail
    return rows


_FAR = np.float32(12)
_CONSTANT = np.float32(2 ** (1 / 16))
"""Its sixteenth power is the 2 by which half the complementary error function is divided."""
_TAIL = [
    np.float32(coefficient * 2 ** (1 / 16 - power / 2))
    for power, coefficient in zip(
        (6, 5, 4, 3, 2, 1),
        (0.0000430638, 0.0002765672, 0.0001520143, 0.0092705272, 0.0422820123, 0.0705230784),
        strict=True,
    )
]
