"""The lines of a file that may be larger than memory, or still being written."""

from __future__ import annotations

import codecs
import io
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from tui_reader.errors import InputError
from tui_reader.formats.arriving import ArrivingLines
from tui_reader.formats.decode import guess_encoding, is_plain, later_encoding
from tui_reader.formats.input import HEAD_BYTES, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.formats.input import Input


def numbered_lines(file: Input) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1 and its line end, as it is asked for; only U+000A ends one.

    A line that is not UTF-8 is a fault of the file; in another encoding it ends the reading. The beginning tells the
    encoding; of a stream whose beginning is the same in all of them, the first line that is not.

    Raises:
        InputError: missing, unreadable or binary.
    """
    # str.splitlines would also cut at U+2028 and others, which belong to a text.
    head = file.head()
    encoding = guess_encoding(head, file.name, cut=True)
    try:
        with file.open() as stream:
            if encoding != "utf-8":
                yield from _lines(stream, encoding)
            elif file.is_stream and is_plain(head):
                yield from _arriving_lines(stream, file)
            else:
                yield from _utf8_lines(ArrivingLines(stream) if file.is_stream else stream, file)
    except UnicodeDecodeError as error:
        what = f"not all of this is valid {error.encoding}, and the rest of it cannot be read"
        file.listener.fault(InputError(what, path=file.name, cure="save it as UTF-8"))
    except OSError as error:
        raise unreadable(file.name, error) from error


def _arriving_lines(stream: BinaryIO, file: Input) -> Iterator[tuple[int, str]]:
    """Those of a stream that has begun plainly."""
    arriving = ArrivingLines(stream)
    lines = iter(arriving)
    for number, raw in enumerate(lines, 1):
        if is_plain(raw):
            yield _number(number, file), raw.decode()
            continue
        encoding = later_encoding((raw + arriving.arrived)[:HEAD_BYTES], file.name)
        rest = chain([raw], lines)
        if encoding == "utf-8":
            yield from _utf8_lines(rest, file, number)
        else:
            yield from ((_number(place, file), line.decode(encoding)) for place, line in enumerate(rest, number))


def _utf8_lines(lines: Iterable[bytes], file: Input, first: int = 1) -> Iterator[tuple[int, str]]:
    for place, raw in enumerate(lines, first):
        number = _number(place, file)
        data = raw.removeprefix(codecs.BOM_UTF8) if place == 1 else raw
        try:
            line = data.decode()
        except UnicodeDecodeError:
            file.listener.fault(
                InputError("this row is not valid UTF-8", path=file.name, line=number, cure="save it as UTF-8")
            )
            continue
        yield number, line


def _number(place: int, file: Input) -> int:
    return place if place == 1 else place + file.skipped


def _lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    with io.TextIOWrapper(stream, encoding=encoding, newline="\n") as text:
        for number, line in enumerate(text, 1):
            yield number, line.removeprefix("\N{BYTE ORDER MARK}") if number == 1 else line
