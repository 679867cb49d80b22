"""Where a document's bytes come from: a file, or standard input."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from tui_reader.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD_BYTES = 65536
"""How much of an input a format may look at before one is chosen."""


def _refuse(error: InputError) -> None:
    raise error


def _pass_over(_remark: str) -> None:
    pass


class Listener(NamedTuple):
    """Who is told about what a format leaves out. By default nothing may be wrong, and remarks are not heard."""

    fault: Callable[[InputError], None] = _refuse
    """A part that cannot be understood: where this returns, the rest is read without it."""
    remark: Callable[[str], None] = _pass_over
    """Something passed over on purpose: a line for people that begins with the file's name."""


@dataclass(frozen=True)
class Input:
    """A file, or standard input where `path` is None."""

    path: Path | None
    name: str = field(default="")
    """How messages call it."""
    listener: Listener = field(default=Listener(), compare=False, repr=False)
    skipped: int = 0
    """Lines that are left out between its first line and its second: a slice of a longer file behind its header."""
    most: int = 0
    """How many bytes `beginning` reads at most, 0 for all."""

    @staticmethod
    def of(path: Path, listener: Listener | None = None) -> Input:
        """The input that is this file."""
        return Input(path, str(path), listener or Listener())

    @staticmethod
    def stdin(listener: Listener | None = None) -> Input:
        """The input that is standard input; it can be read once."""
        return Input(None, "<stdin>", listener or Listener())

    def beside(self, path: Path) -> Input:
        """Another file, with the same listener, of which as much is wanted."""
        return replace(self, path=path, name=str(path), skipped=0)

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

    def beginning(self) -> bytes:
        """All bytes, or where only so many are wanted, those up to the end of a paragraph or a line.

        Raises:
            InputError: the file is missing or cannot be read.
        """
        if not self.most:
            return self.read()
        with self.open() as stream:
            data = stream.read(self.most + 1)
        return data if len(data) <= self.most else _cut(data[: self.most])


def _cut(data: bytes) -> bytes:
    """Up to the last end of a paragraph (else of a line, else of a character of UTF-8), if that leaves half of it."""
    ends = (data.rfind(end) + len(end) for end in (b"\n\n", b"\n\r\n", b"\n", b"\r"))
    at = next((end for end in ends if end > len(data) // 2), None)
    return data[: _last_character(data) if at is None else at]


def _last_character(data: bytes) -> int:
    """Where a character begins of which UTF-8 has only a part; the end where there is none."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.end == len(data):
            return error.start
    return len(data)


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
    head = b""
    # No more than the first line is waited for: whoever writes the rest may be waiting for an answer to it.
    while len(head) < HEAD_BYTES and b"\n" not in head and (more := _available(stream, HEAD_BYTES - len(head))):
        head += more
    return _Begun(head, stream)


def _available(stream: BinaryIO, size: int) -> bytes:
    """What can be read at once, at least a byte; nothing at the end."""
    return cast("io.BufferedReader", stream).read1(size)


class _Replay(io.RawIOBase):
    """The bytes of a stream from its beginning, although some have been read."""

    def __init__(self, begun: _Begun) -> None:
        self._head = memoryview(begun.head)
        self._rest = begun.rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower than typeshed's
        data = bytes(self._head[: len(buffer)]) or _available(self._rest, len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        # Standard input stays open: the reader takes the terminal in its place.
        if self._rest is not getattr(sys.stdin, "buffer", None):
            self._rest.close()
        super().close()
