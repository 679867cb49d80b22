"""The lines of a file that may be larger than memory, or still being written."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, BinaryIO

from tui_reader.errors import InputError
from tui_reader.formats.arriving import ArrivingLines
from tui_reader.formats.decode import guess_encoding
from tui_reader.formats.input import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.formats.input import Input


def numbered_lines(file: Input) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1 and its line end, as it is asked for; only U+000A ends one.

    A line that is not UTF-8 is a fault of the file; in another encoding it ends the reading.

    Raises:
        InputError: missing, unreadable or binary.
    """
    # str.splitlines would also cut at U+2028 and others, which belong to a text.
    encoding = guess_encoding(file.head(), file.name, cut=True)
    try:
        with file.open() as stream:
            yield from _utf8_lines(stream, file) if encoding == "utf-8" else _lines(stream, encoding)
    except UnicodeDecodeError:
        what = f"not all of this is valid {encoding}, and the rest of it cannot be read"
        file.listener.fault(InputError(what, path=file.name, cure="save it as UTF-8"))
    except OSError as error:
        raise unreadable(file.name, error) from error


def _utf8_lines(stream: BinaryIO, file: Input) -> Iterator[tuple[int, str]]:
    for place, raw in enumerate(ArrivingLines(stream) if file.is_stream else stream, 1):
        number = place if place == 1 else place + file.skipped
        data = raw.removeprefix(codecs.BOM_UTF8) if place == 1 else raw
        try:
            line = data.decode()
        except UnicodeDecodeError:
            file.listener.fault(
                InputError("this row is not valid UTF-8", path=file.name, line=number, cure="save it as UTF-8")
            )
            continue
        yield number, line


def _lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    with io.TextIOWrapper(stream, encoding=encoding, newline="\n") as text:
        for number, line in enumerate(text, 1):
            yield number, line.removeprefix("\N{BYTE ORDER MARK}") if number == 1 else line
