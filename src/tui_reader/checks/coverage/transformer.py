"""A small transformer (Vaswani et al. 2017) over the words of both sides of a pair.

Words hear the words around them, then those of the other side, the more the surer they are linked to them. What comes
out is what is known of each word when both sides have been read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.encoders.base import Floats

N_HEADS = 4
FARTHEST = 8
"""Words that stand farther apart hear each other as if they stood so far apart."""
LEAST_LINK = -12.0
"""Logarithm of the probability of a link below which links are alike."""
WEIGHTS = ("query", "key", "value", "output")


@dataclass(frozen=True, slots=True)
class Layer:
    """Parameters of one layer, of width d and h heads; names as in parameters.npz.

    Attributes:
        near: ``(4, d, d)`` query, key, value and output of words of the same side.
        across: ``(4, d, d)`` those of words of the other side.
        distance: ``(h, 2 * FARTHEST + 1)`` what is added for the place of the other word.
        link: ``(h,)`` how much the probability of a link counts.
        inner: ``(d, 2 * d)`` and ``(2 * d,)``.
        outer: ``(2 * d, d)``.
        gains: ``(3, d)`` of the three normalisations.
    """

    near: Floats
    across: Floats
    distance: Floats
    link: Floats
    inner: tuple[Floats, Floats]
    outer: Floats
    gains: Floats

    @classmethod
    def of(cls, stored: Mapping[str, Floats], prefix: str) -> Layer:
        """From arrays whose names begin with `prefix`."""

        def part(name: str) -> Floats:
            return np.asarray(stored[f"{prefix}{name}"], np.float32)

        return cls(
            part("near"),
            part("across"),
            part("distance"),
            part("link"),
            (part("inner"), part("inner.bias")),
            part("outer"),
            part("gains"),
        )


def read(states: Sequence[Floats], links: Sequence[Floats], layers: Sequence[Layer]) -> list[Floats]:
    """What is known of the words of both sides after all layers.

    Args:
        states: ``(n, d)`` and ``(m, d)``.
        links: ``(n, m)`` and ``(m, n)`` logarithms of the probabilities that a word (row) is linked to one of the
            other side.
        layers: of the same width.
    """
    heard = [np.maximum(part, LEAST_LINK) for part in links]
    now = list(states)
    for layer in layers:
        now = [_near(state, layer) for state in now]
        now = [_across(now[k], now[1 - k], heard[k], layer) for k in range(len(now))]
    return now


def normalised(states: Floats, gain: Floats) -> Floats:
    """Every row with mean 0 and variance 1, times a gain."""
    mean = states.mean(axis=1, keepdims=True)
    out: Floats = gain * (states - mean) / np.sqrt(states.var(axis=1, keepdims=True) + 1e-5)
    return out


def _near(state: Floats, layer: Layer) -> Floats:
    place = np.arange(len(state))
    apart = np.clip(place[None] - place[:, None], -FARTHEST, FARTHEST) + FARTHEST
    even = normalised(state, layer.gains[0])
    return state + _attention(even, even, layer.near, layer.distance[:, apart])


def _across(state: Floats, other: Floats, links: Floats, layer: Layer) -> Floats:
    bias = layer.link[:, None, None] * links
    asked = normalised(state, layer.gains[1]), normalised(other, layer.gains[1])
    state = state + _attention(*asked, layer.across, bias)
    inner = normalised(state, layer.gains[2]) @ layer.inner[0] + layer.inner[1]
    return state + _gelu(inner) @ layer.outer


def _attention(one: Floats, other: Floats, weights: Floats, bias: Floats) -> Floats:
    """``(n, d)`` what words hear from others, ``bias`` ``(h, n, m)`` added before the soft-max."""
    queries, keys, values = (_heads(part @ w) for part, w in zip((one, other, other), weights[:3], strict=True))
    scores = queries @ keys.transpose(0, 2, 1) / np.sqrt(queries.shape[2]) + bias
    scores = np.exp(scores - scores.max(axis=2, keepdims=True))
    heard = (scores / scores.sum(axis=2, keepdims=True)) @ values
    out: Floats = heard.transpose(1, 0, 2).reshape(len(one), -1) @ weights[3]
    return out


def _heads(states: Floats) -> Floats:
    """``(h, n, d / h)`` from ``(n, d)``."""
    return states.reshape(len(states), N_HEADS, -1).transpose(1, 0, 2)


def _gelu(values: Floats) -> Floats:
    """Gaussian error linear unit (Hendrycks & Gimpel 2016), by the hyperbolic tangent."""
    out: Floats = values / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (values + 0.044715 * values**3)))
    return out
