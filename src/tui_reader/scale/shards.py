"""Data sets cut into shards: pieces of some hundred pairs that are checked, kept and resumed as one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tui_reader.scale.dataset import DataFile, Row, header, opened, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCK = 32
"""Pairs that are encoded together. A block never depends on where shards are cut, so neither does a number: the last
bit of a sum of floats may depend on what else is in a batch."""
SHARD_PAIRS = 1024
"""Pairs of a shard, rounded up to blocks."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Some rows of a file, or all of a file that cannot be cut."""

    file: DataFile
    start: int
    """`Row.start` of its first row."""
    first_line: int
    rows: int
    """How many are not blank; 0 for a whole file, where nobody has counted."""
    size: int
    """Rows, blank ones among them; 0 for a whole file."""
    digest: str
    """SHA-256 of its rows and of the file's header."""

    def part(self, key: str) -> str:
        """Name of its results: of where it stands, what it holds and what it is checked with (`key`)."""
        stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in PurePosixPath(self.file.name).stem)[:40]
        name = sha256(self.file.name.encode("utf-8", "surrogateescape")).hexdigest()[:6]
        digest = sha256(f"{self.digest}|{key}|{self.first_line}".encode()).hexdigest()[:16]
        return f"{stem}-{name}-{self.first_line:010d}-{digest}"


def shards(file: DataFile, pairs: int = SHARD_PAIRS) -> Iterator[Shard]:
    """Cut a file, which is read once; no document is cut.

    Args:
        file: to be cut.
        pairs: of a shard, at least; the last one may have fewer.

    Raises:
        InputError: it is missing or cannot be read.
    """
    if file.whole:
        yield Shard(file, 0, 1, 0, 0, _digest_of_file(file))
        return
    head = header(file)
    held: list[Row] = []
    filled = 0
    for block in blocks(rows(file)):
        held += block
        filled += _filled(block)
        if filled >= pairs:
            yield _shard(file, head, held)
            held, filled = [], 0
    if filled:
        yield _shard(file, head, held)


def blocks(found: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in runs of `BLOCK` that are not blank; a run is longer where a document goes on."""
    block: list[Row] = []
    filled, last = 0, b""
    for row in found:
        if filled >= BLOCK and not row.is_blank and not (row.document and row.document == last):
            yield block
            block, filled = [], 0
        block.append(row)
        if not row.is_blank:
            filled, last = filled + 1, row.document
    if block:
        yield block


def digest(head: bytes, found: Iterable[Row]) -> str:
    """What `Shard.digest` must be."""
    whole = sha256(head)
    for row in found:
        whole.update(row.data)
    return whole.hexdigest()


def _shard(file: DataFile, head: bytes, found: list[Row]) -> Shard:
    return Shard(file, found[0].start, found[0].line, _filled(found), len(found), digest(head, found))


def _filled(block: Iterable[Row]) -> int:
    return sum(not row.is_blank for row in block)


def _digest_of_file(file: DataFile) -> str:
    whole = sha256()
    with opened(file) as stream:
        while data := stream.read(1 << 20):
            whole.update(data)
    return whole.hexdigest()
