"""Where a document's bytes come from: a file, or standard input."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from tui_reader.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

HEAD_BYTES = 65536
"""How much of an input a format may look at before one is chosen."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or standard input where `path` is None."""

    path: Path | None
    name: str = field(default="")
    """How messages call it."""

    @staticmethod
    def of(path: Path) -> Input:
        """The input that is this file."""
        return Input(path, str(path))

    @staticmethod
    def stdin() -> Input:
        """The input that is standard input; it can be read once."""
        return Input(None, "<stdin>")

    @property
    def suffix(self) -> str:
        """Lower-case suffix of the file name with its dot, empty for standard input."""
        return "" if self.path is None else self.path.suffix.lower()

    @property
    def stem(self) -> str:
        """The file name without a language and a format suffix: ``a`` for ``a.ja.txt``; ``-`` for standard input."""
        return "-" if self.path is None else bare_name(self.path)

    @property
    def is_folder(self) -> bool:
        """Whether it is a directory."""
        return self.path is not None and self.path.is_dir()

    @property
    def is_stream(self) -> bool:
        """Whether its bytes come only once, as those of standard input, a pipe or a process substitution do."""
        return self.path is None or self.path.is_fifo() or self.path.is_char_device()

    def head(self) -> bytes:
        """The first bytes, at most `HEAD_BYTES`, without using them up.

        Raises:
            InputError: the file is missing or cannot be read.
        """
        if self.is_stream:
            return _begun(self.path).head
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def open(self) -> BinaryIO:
        """The bytes from the beginning.

        Raises:
            InputError: the file is missing or cannot be read.
        """
        if self.is_stream:
            return cast("BinaryIO", io.BufferedReader(_Replay(_begun(self.path))))
        return _opened(cast("Path", self.path))

    def read(self) -> bytes:
        """All bytes.

        Raises:
            InputError: the file is missing or cannot be read.
        """
        try:
            with self.open() as stream:
                return stream.read()
        except OSError as error:
            raise unreadable(self.name, error) from error


def bare_name(path: Path) -> str:
    """The file name without a format suffix and a two-letter language suffix before it: ``a`` for ``a.ja.txt``."""
    stem = path.stem
    root, dot, language = stem.rpartition(".")
    return root if dot and root and len(language) == 2 and language.isalpha() else stem


def unreadable(name: Path | str, error: OSError) -> InputError:
    """What to tell a person about a file that the system refuses."""
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file", path=name)
    if isinstance(error, PermissionError):
        return InputError("it may not be read", path=name, cure="change its permissions")
    reason = os.strerror(error.errno) if error.errno else str(error)
    return InputError(f"it cannot be read: {reason[:1].lower()}{reason[1:]}", path=name)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error


class _Begun(NamedTuple):
    """A stream of which the first bytes have been read."""

    head: bytes
    rest: BinaryIO


@cache
def _begun(path: Path | None) -> _Begun:
    # A stream cannot be opened again, so what was read to choose the format is kept for the one who reads it all.
    stream = sys.stdin.buffer if path is None else _opened(path)
    return _Begun(stream.read(HEAD_BYTES), stream)


class _Replay(io.RawIOBase):
    """The bytes of a stream from its beginning, although some have been read."""

    def __init__(self, begun: _Begun) -> None:
        self._head = memoryview(begun.head)
        self._rest = begun.rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower than typeshed's
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        # Standard input stays open: the reader takes the terminal in its place.
        if self._rest is not getattr(sys.stdin, "buffer", None):
            self._rest.close()
        super().close()
