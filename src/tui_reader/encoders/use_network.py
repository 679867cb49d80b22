"""The network of the Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020), run with numpy.

Token vectors go through three convolution branches (windows of 2, 3 and 5 tokens, two layers each); the token vector
and the three outputs, 1,280 numbers, are normalised and summed over the text; the sum, projected to 512 numbers and
divided by the root of the number of tokens, goes through a small feed-forward head.

A convolution is a sum over the places of its window, and each summand depends on one token alone. So the first layer
multiplies each *different* token once for every place, and adds up what it looks up; the second does the same with what
came out of the first, where phrases of one text again have much in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.encoders.normalisation import layer_normalised, standardised

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui_reader.encoders.base import Floats, Ints

DIMENSION = 512
_BRANCH = 256
_CHUNKS = 17
"""Blocks of the token table, each with a scale of its own: token t is row t // 17 of block t % 17."""
_WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Width of each branch's window and how many of its tokens stand left of the centre."""
_REACH = 2
"""Tokens that the widest window sees on either side."""
HALO = 2 * _REACH
"""Tokens on either side that what the network makes of a token depends on: two layers of the widest window."""
_HEAD = ("d0", "p1", "d1", "d2", "p3", "d3")
"""Matrices of the head, as the archive names them."""
_REPETITIVE = 2
"""Tokens for each different one from which it pays to look for equal windows in the second layer too."""


class _Layer:
    """A convolution by summands: each row times the weights of every place, then sums of what stands in the windows."""

    def __init__(self, weights: Floats, bias: Floats, width: int):
        places = weights.reshape(width, _BRANCH, _BRANCH).transpose(1, 0, 2)
        self._weights, self._bias, self._width = places.reshape(_BRANCH, -1).copy(), bias, width

    def run(self, rows: Floats, window: Ints) -> Floats:
        """``(n, 256)`` rows and ``(m, width)`` windows of them to ``(m, 256)``; row n stands for padding."""
        products = np.empty((len(rows) + 1, self._weights.shape[1]), np.float32)
        np.matmul(rows, self._weights, out=products[:-1])
        products[-1] = 0
        summands = products.reshape(-1, _BRANCH)
        place = window * self._width
        out = summands.take(place[:, 0], axis=0)
        for k in range(1, self._width):
            out += summands.take(place[:, k] + k, axis=0)
        out += self._bias
        return np.maximum(out, 0, out=out)


@dataclass(frozen=True, slots=True)
class _Branch:
    """Two convolution layers over windows of `width` tokens, each added to its input."""

    left: int
    width: int
    first: _Layer
    second: _Layer

    def run(self, projected: Floats, kinds: Ints, rows: Ints, *, repetitive: bool) -> Floats:
        """Outputs of every token.

        Args:
            projected: ``(n_kinds, 256)``, the different tokens.
            kinds: ``(n, 5)`` which of them stand around each token; n_kinds for none.
            rows: ``(n, 5)`` the rows of those tokens; n for none.
            repetitive: whether many windows are alike.

        Returns:
            ``(n, 256)``.
        """
        seen = slice(_REACH - self.left, _REACH - self.left + self.width)
        kinds, rows = kinds[:, seen], rows[:, seen]
        if not repetitive:
            hidden = self._hidden(projected, kinds)
            return self.second.run(hidden, rows) + hidden
        first, which = _distinct(kinds, len(projected) + 1)
        hidden = self._hidden(projected, kinds[first])
        # Equal windows of what came out are made once more; the row behind the last stays that of padding.
        return self.second.run(hidden, np.append(which, len(first))[rows]) + hidden[which]

    def _hidden(self, projected: Floats, kinds: Ints) -> Floats:
        hidden = self.first.run(projected, kinds)
        hidden += projected.take(kinds[:, self.left], axis=0)
        return hidden


def _distinct(rows: Ints, values: int) -> tuple[Ints, Ints]:
    """Of equal rows the first one's index, and for each row which of those it equals."""
    code = rows[:, 0]
    for column in rows.T[1:]:
        _, code = np.unique(code * values + column, return_inverse=True)
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    return first, which


class UseNetwork:
    """Token numbers to contributions. The token table stays in bytes (65 MB).

    Args:
        path: the weights.

    Raises:
        KeyError, ValueError, OSError, EOFError, BadZipFile: it holds something else.
    """

    def __init__(self, path: Path):
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            rows = archive["q1"].shape[0]
            self._table = np.empty((rows * _CHUNKS, DIMENSION), np.uint8)
            for chunk in range(_CHUNKS):
                self._table[chunk::_CHUNKS] = archive[f"q{chunk + 1}"]
            rest: dict[str, Any] = {
                name: archive[name] for name in archive.files if name[0] != "q" and name not in _HEAD
            }
        self._scale, self._low, self._epsilon = rest["scale"], rest["lo"], float(rest["eps"])
        orders = [width for width, _ in _WINDOWS]
        self._project = np.concatenate([rest[f"proj{n}"] for n in orders], axis=1)
        self._project_bias, self._project_gain, self._project_shift = (
            np.concatenate([rest[f"{name}{n}"] for n in orders]) for name in ("proj_b", "ln_g", "ln_b")
        )
        self._branches = [
            _Branch(left, n, *(_Layer(rest[f"w{k}_{n}"], rest[f"b{k}_{n}"], n) for k in (1, 2))) for n, left in _WINDOWS
        ]
        # What scales and shifts a feature goes into the projection, which is linear like them.
        self._out = (rest["ln_g"].astype(np.float64)[:, None] * rest["cnn_W"]).astype(np.float32)
        self._out_bias = (rest["ln_b"].astype(np.float64) @ rest["cnn_W"] + rest["cnn_b"]).astype(np.float32)

    def features(self, texts: Sequence[Ints]) -> Floats:
        """Normalised features of the tokens of a few texts, one after the other, ``(n_tokens, 1280)``."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        kinds, which = np.unique(np.concatenate(texts), return_inverse=True)
        chunk = kinds % _CHUNKS
        embedded = self._table[kinds] * self._scale[chunk, None]
        embedded += self._low[chunk, None]
        projected = embedded @ self._project
        projected += self._project_bias
        projected = layer_normalised(projected, self._project_gain, self._project_shift, self._epsilon)
        out = np.empty((len(which), DIMENSION + len(_WINDOWS) * _BRANCH), np.float32)
        out[:, :DIMENSION] = embedded.take(which, axis=0)
        rows = _windows(lengths)
        around = np.append(which, len(kinds))[rows]
        repetitive = len(which) >= _REPETITIVE * len(kinds)
        for k, branch in enumerate(self._branches):
            own = slice(k * _BRANCH, (k + 1) * _BRANCH)
            made = branch.run(np.ascontiguousarray(projected[:, own]), around, rows, repetitive=repetitive)
            out[:, DIMENSION + own.start : DIMENSION + own.stop] = made
        return standardised(out, self._epsilon)

    def contributions(self, sums: Floats, counts: Ints | int = 1) -> Floats:
        """``(n, 1280)`` sums of features of `counts` tokens each to ``(n, 512)`` sums of contributions."""
        out: Floats = sums @ self._out
        out += np.multiply.outer(np.asarray(counts, np.float32), self._out_bias)
        return out


class UseHead:
    """Sums of contributions to vectors: all that is needed where every text's contributions are known. 4 MB.

    Args:
        path: the weights.

    Raises:
        KeyError, ValueError, OSError, EOFError, BadZipFile: it holds something else.
    """

    def __init__(self, path: Path):
        # Members of the archive are read one by one: the table and the branches stay on the disk.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            rest: dict[str, Any] = {name: archive[name] for name in (*_HEAD, "eps")}
        self._epsilon = float(rest["eps"])
        # Of the five products two share the mean, and two what comes second.
        self._first, self._third = (np.concatenate([rest[a], rest[b]], axis=1) for a, b in (("d0", "p1"), ("d2", "p3")))
        self._second, self._last = rest["d1"], rest["d3"]

    def run(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """``(n, 512)`` sums of contributions to vectors of length 1, zeros where the count is 0."""
        mean = sums * (1 / np.sqrt(np.maximum(counts, 1)).astype(np.float32))[:, None]
        width = len(self._second)
        first = mean @ self._first
        second = np.maximum(first[:, :width], 0) @ self._second
        second += first[:, width:]
        np.maximum(second, 0, out=second)
        third = second @ self._third
        out = np.maximum(third[:, :DIMENSION], 0) @ self._last
        out += third[:, DIMENSION:]
        np.tanh(out, out=out)
        out /= np.sqrt(np.maximum(np.einsum("ij,ij->i", out, out), self._epsilon))[:, None]
        out[np.asarray(counts) <= 0] = 0
        pooled: Floats = out.astype(np.float32, copy=False)
        return pooled


def _windows(lengths: Ints) -> Ints:
    """For each token the rows of the five tokens around it; the number of tokens where a text ends."""
    total = int(lengths.sum())
    ends = np.repeat(np.cumsum(lengths), lengths)
    starts = ends - np.repeat(lengths, lengths)
    rows = np.arange(total)[:, None] + np.arange(-_REACH, _REACH + 1)
    inside = (rows >= starts[:, None]) & (rows < ends[:, None])
    windows: Ints = np.where(inside, rows, total)
    return windows
