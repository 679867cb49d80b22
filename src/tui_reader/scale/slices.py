"""A block of a file as an input of its own, whose lines keep their numbers."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from tui_reader.formats import Input


@dataclass(frozen=True, slots=True)
class Slice(Input):
    """A header and some rows of a longer file."""

    header: bytes = b""
    body: bytes = b""

    @property
    def is_stream(self) -> bool:
        """Never: its bytes are at hand, wherever they come from."""
        return False

    def head(self) -> bytes:
        """The header alone: the encoding of a file is not told by a piece of it."""
        return self.header

    def open(self) -> BinaryIO:
        """The header, then the rows."""
        return io.BytesIO(self.header + self.body)
