"""Lines that somebody may still be writing: whether the next one is here already."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_PIECE = 1 << 16


class ArrivingLines:
    """The lines of a stream, with their ends, as they arrive.

    Args:
        stream: bytes that come only once.
    """

    current: ArrivingLines | None = None
    """The stream that is being read: there is never more than one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = cast("io.BufferedReader", stream)
        self._buffer = b""
        self._place = 0
        self._ended = False

    def __iter__(self) -> Iterator[bytes]:
        ArrivingLines.current = self
        try:
            while line := self._next():
                yield line
        finally:
            ArrivingLines.current = None

    @property
    def at_hand(self) -> bool:
        """Whether the next line, or the end, can be had without waiting."""
        return self._ended or self._buffer.find(b"\n", self._place) >= 0

    @property
    def arrived(self) -> bytes:
        """What is here already behind the last line."""
        return self._buffer[self._place :]

    def _next(self) -> bytes:
        pieces: list[bytes] = []
        while not (end := self._buffer.find(b"\n", self._place) + 1):
            pieces.append(self._buffer[self._place :])
            self._buffer, self._place = self._stream.read1(_PIECE), 0
            if not self._buffer:
                self._ended = True
                return b"".join(pieces)
        pieces.append(self._buffer[self._place : end])
        self._place = end
        return b"".join(pieces)


def next_is_at_hand() -> bool:
    """Whether reading on would not keep anybody waiting; always so for files."""
    return ArrivingLines.current is None or ArrivingLines.current.at_hand
