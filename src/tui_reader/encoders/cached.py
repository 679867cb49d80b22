"""Encoders that look into the cache first."""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from tui_reader.encoders.base import (
    AdditiveEncoder,
    Contributions,
    Encoder,
    Floats,
    Ints,
    TextSum,
    TokenEncoder,
    TokenVectors,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tui_reader.encoders.cache import VectorCache

    Value = TypeVar("Value")

_TEXTS_AT_ONCE, _CHARACTERS_AT_ONCE = 500, 2000
"""How much is looked up, encoded and stored in one go: little enough for a caller to stop in between."""
_TYPES = {b"f": np.dtype("<f4"), b"i": np.dtype("<i4")}


class CachedEncoder:
    """An encoder whose vectors are kept; the same vectors, bit for bit, as from the encoder itself.

    Args:
        encoder: makes what the cache does not have.
        cache: where vectors are kept.
    """

    def __init__(self, encoder: Encoder, cache: VectorCache):
        self._encoder, self._cache = encoder, cache
        self.name, self.version, self.dimension = encoder.name, encoder.version, encoder.dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """As `Encoder.encode`."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for k, row in enumerate(self.iter_encode(texts)):
            rows[k] = row
        return rows

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """As `Encoder.iter_encode`."""
        return self._through("encode", texts, self._encoder.encode, lambda row: (row,), lambda arrays: arrays[0])

    def _through(
        self,
        kind: str,
        texts: Iterable[str],
        compute: Callable[[list[str]], Iterable[Value]],
        split: Callable[[Value], tuple[NDArray[Any], ...]],
        join: Callable[[list[NDArray[Any]]], Value],
    ) -> Generator[Value]:
        """The value of each text, from the cache or by `compute`, a few texts at a time."""
        for some in _runs(texts):
            keys = [self._key(kind, text) for text in some]
            values = {key: join(_unpacked(stored)) for key, stored in self._cache.get(keys).items()}
            missing = {key: text for key, text in zip(keys, some, strict=True) if key not in values}
            made = dict(zip(missing, compute(list(missing.values())), strict=True)) if missing else {}
            self._cache.put({key: _packed(split(value)) for key, value in made.items()})
            values |= made
            yield from (values[key] for key in keys)

    def _key(self, kind: str, text: str) -> bytes:
        what = f"{self.name}\0{self.version}\0{kind}\0{text}"
        return sha256(what.encode("utf-8", "surrogatepass")).digest()


def _runs(texts: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    characters = 0
    for text in texts:
        some.append(text)
        characters += len(text)
        if len(some) == _TEXTS_AT_ONCE or characters >= _CHARACTERS_AT_ONCE:
            yield some
            some, characters = [], 0
    if some:
        yield some


class CachedAdditiveEncoder(CachedEncoder):
    """An `AdditiveEncoder` whose contributions are kept."""

    def __init__(self, encoder: AdditiveEncoder, cache: VectorCache):
        super().__init__(encoder, cache)
        self._additive = encoder

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """As `AdditiveEncoder.contributions`."""
        return list(self._through("contributions", texts, self._additive.contributions, _of_contributions, _join))

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """As `AdditiveEncoder.iter_sums`."""

        def compute(some: list[str]) -> Iterable[TextSum]:
            return self._additive.iter_sums(some)

        return self._through("sum", texts, compute, _of_sum, _join_sum)

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """As `AdditiveEncoder.pool`; nothing to keep."""
        return self._additive.pool(sums, counts)


class CachedTokenEncoder(CachedEncoder):
    """A `TokenEncoder` whose token vectors are kept."""

    def __init__(self, encoder: TokenEncoder, cache: VectorCache):
        super().__init__(encoder, cache)
        self._tokens = encoder
        self.layers = encoder.layers

    def tokens(self, texts: Sequence[str], *, pooled: bool = True) -> list[TokenVectors]:
        """As `TokenEncoder.tokens`."""
        return list(self.iter_tokens(texts, pooled=pooled))

    def iter_tokens(self, texts: Iterable[str], *, pooled: bool = True) -> Generator[TokenVectors]:
        """As `TokenEncoder.iter_tokens`."""
        kind = f"tokens {self.layers} {'with' if pooled else 'without'} pooled"

        def compute(some: list[str]) -> list[TokenVectors]:
            return self._tokens.tokens(some, pooled=pooled)

        return self._through(kind, texts, compute, _of_tokens, _join_tokens)


def _of_contributions(value: Contributions) -> tuple[NDArray[Any], ...]:
    return value.vectors, value.offsets


def _join(arrays: list[NDArray[Any]]) -> Contributions:
    return Contributions(arrays[0], arrays[1].astype(np.int64))


def _of_sum(value: TextSum) -> tuple[NDArray[Any], ...]:
    return value.total, np.asarray([value.tokens])


def _join_sum(arrays: list[NDArray[Any]]) -> TextSum:
    return TextSum(arrays[0], int(arrays[1][0]))


def _of_tokens(value: TokenVectors) -> tuple[NDArray[Any], ...]:
    return value.vectors, value.offsets, value.pooled


def _join_tokens(arrays: list[NDArray[Any]]) -> TokenVectors:
    return TokenVectors(arrays[0], arrays[1].astype(np.int64), arrays[2])


def _packed(arrays: tuple[NDArray[Any], ...]) -> bytes:
    """Each array as its type, its number of axes, their lengths, and its bytes; little-endian."""
    parts = []
    for array in arrays:
        code = b"f" if array.dtype.kind == "f" else b"i"
        parts += [code, struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape), array.astype(_TYPES[code]).tobytes()]
    return b"".join(parts)


def _unpacked(stored: bytes) -> list[NDArray[Any]]:
    """What `_packed` was given, numbers of 32 bits; the check sum has told that these are its bytes."""
    arrays, at = [], 0
    while at < len(stored):
        kind, axes = _TYPES[stored[at : at + 1]], stored[at + 1]
        shape = struct.unpack_from(f"<{axes}I", stored, at + 2)
        at += 2 + 4 * axes
        count = int(np.prod(shape))
        # Copied: what the encoders give can be written to.
        arrays.append(np.frombuffer(stored, kind, count, at).reshape(shape).astype(kind.newbyteorder("=")))
        at += count * kind.itemsize
    return arrays
