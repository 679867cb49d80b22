"""Where a document's bytes come from: a file, or standard input."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, cast

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

    def head(self) -> bytes:
        """The first bytes, at most `HEAD_BYTES`, without using them up.

        Raises:
            InputError: the file is missing or cannot be read.
        """
        if self.path is None:
            return _stdin_head()
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def open(self) -> BinaryIO:
        """The bytes from the beginning.

        Raises:
            InputError: the file is missing or cannot be read.
        """
        if self.path is None:
            return cast("BinaryIO", io.BufferedReader(_Replay(_stdin_head(), sys.stdin.buffer)))
        try:
            return self.path.open("rb")
        except OSError as error:
            raise unreadable(self.path, error) from error

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


@cache
def _stdin_head() -> bytes:
    return sys.stdin.buffer.read(HEAD_BYTES)


class _Replay(io.RawIOBase):
    """A stream whose first bytes have been read before: they come again, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower than typeshed's
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
