r"""Pairs of texts in tab-separated values, one pair a line.

The first line names the columns: ``id``, ``source``, ``target``, optionally ``source_lang`` and ``target_lang``
(ISO 639-1; English and Japanese where they are missing); further columns are passed over. In a text a tab is written
``\t``, a newline ``\n``, a carriage return ``\r`` and a backslash ``\\``.
"""

from __future__ import annotations

import codecs
import io
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.decode import guess_encoding
from tui_reader.formats.format import Format
from tui_reader.formats.input import unreadable
from tui_reader.model import Document, Location, Passage, Source, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.input import Input

COLUMNS = ("id", "source", "target")
_ESCAPED = re.compile(r"\\([tnr\\])")
_MEANING = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


class Pair(NamedTuple):
    """One row of a file of pairs, its texts unescaped."""

    id: str
    source: str
    target: str
    source_language: str
    target_language: str
    line: int
    """Its line in the file, from 1."""
    source_locator: CellLocator
    target_locator: CellLocator


class CellLocator:
    """Maps offsets of an unescaped cell to the line and column of the file."""

    def __init__(self, line: int, column: int, raw: str) -> None:
        self._line = line
        self._column = column
        self._raw = raw
        self._escapes: list[int] | None = None

    def __call__(self, offset: int) -> Location:
        """Place of the character at `offset`."""
        if self._escapes is None:
            self._escapes = [match.start() - i for i, match in enumerate(_ESCAPED.finditer(self._raw))]
        return Location(self._line, self._column + offset + bisect_left(self._escapes, offset))


def open_pairs(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """Each pair as a document of its own, read as they are asked for.

    Raises:
        InputError: missing, unreadable, no header, or a malformed row.
    """
    if sources:
        raise InputError("a file of pairs holds its own sources", path=file.name, cure="leave out --sources")
    for pair in read_rows(file):
        yield _document(pair, file.path, language)


def read_rows(file: Input) -> Iterator[Pair]:
    """The rows of a file of pairs.

    Raises:
        InputError: missing, unreadable, no header, or a malformed row.
    """
    lines = _lines(file)
    header = next(lines, None)
    columns = _columns(header[1] if header else "", file.name)
    seen = 0
    for number, line in lines:
        if line:
            seen += 1
            yield _pair(line, number, columns, file.name)
    if not seen:
        raise InputError("there is no pair in this file", path=file.name)


def unescape(cell: str) -> str:
    r"""The text of a cell: ``\t``, ``\n``, ``\r`` and ``\\`` replaced, any other backslash left alone."""
    return _ESCAPED.sub(lambda match: _MEANING[match[1]], cell) if "\\" in cell else cell


def _sniff(file: Input) -> bool:
    first = file.head().removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].rstrip(b"\r").split(b"\t")
    return len(first) >= len(COLUMNS) and {name.encode() for name in COLUMNS} <= set(first)


def _lines(file: Input) -> Iterator[tuple[int, str]]:
    # Only U+000A ends a row: str.splitlines would also cut at U+2028 and others, which belong to a text.
    encoding = guess_encoding(file.head(), file.name, cut=True)
    try:
        with file.open() as stream:
            rows = enumerate(_utf8_rows(stream, file.name) if encoding == "utf-8" else _rows(stream, encoding), 1)
            for number, line in rows:
                yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(f"this is not valid {encoding} text", path=file.name, cure="save it as UTF-8") from error
    except OSError as error:
        raise unreadable(file.name, error) from error


def _utf8_rows(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, raw in enumerate(stream, 1):
        data = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        try:
            yield data.decode()
        except UnicodeDecodeError as error:
            raise InputError("this row is not valid UTF-8", path=name, line=number, cure="save it as UTF-8") from error


def _rows(stream: BinaryIO, encoding: str) -> Iterator[str]:
    with io.TextIOWrapper(stream, encoding=encoding, newline="\n") as text:
        for number, line in enumerate(text):
            yield line.removeprefix("\N{BYTE ORDER MARK}") if number == 0 else line


class _Columns(NamedTuple):
    id: int
    source: int
    target: int
    source_language: int | None
    target_language: int | None
    width: int


def _columns(header: str, name: str) -> _Columns:
    names = header.split("\t")
    if not header.strip():
        raise InputError(
            "there is nothing on the first line", path=name, line=1, cure="name the columns there: id, source, target"
        )
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise InputError(
            f"the first line must name the columns id, source and target, separated by tabs; {missing[0]} is missing",
            path=name,
            line=1,
        )
    places = {column: names.index(column) for column in names}
    return _Columns(
        places["id"],
        places["source"],
        places["target"],
        places.get("source_lang"),
        places.get("target_lang"),
        len(names),
    )


def _pair(line: str, number: int, columns: _Columns, name: str) -> Pair:
    cells = line.split("\t")
    if len(cells) != columns.width:
        raise InputError(
            f"this row has {len(cells)} columns where the first line names {columns.width}",
            path=name,
            line=number,
            cure="separate them by single tabs and write a tab inside a text as \\t",
        )
    if not cells[columns.id]:
        raise InputError("this pair has no id", path=name, line=number)
    return Pair(
        unescape(cells[columns.id]),
        unescape(cells[columns.source]),
        unescape(cells[columns.target]),
        _language(cells, columns.source_language, "en", name, number),
        _language(cells, columns.target_language, "ja", name, number),
        number,
        _locator(cells, columns.source, number),
        _locator(cells, columns.target, number),
    )


def _language(cells: list[str], column: int | None, default: str, name: str, line: int) -> str:
    code = cells[column].strip().lower().partition("-")[0] if column is not None else ""
    if code and not (code.isascii() and code.isalpha() and len(code) in {2, 3}):
        raise InputError(f"{cells[column or 0]!r} is no language code", path=name, line=line, cure="write en or ja")
    return code or default


def _locator(cells: list[str], column: int, line: int) -> CellLocator:
    return CellLocator(line, sum(len(cell) + 1 for cell in cells[:column]) + 1, cells[column])


def _document(pair: Pair, path: Path | None, language: str | None) -> Document:
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415 - rows alone do without

    source = Text(pair.source, pair.source_language, plain_blocks(pair.source), path, pair.source_locator)
    target = Text(pair.target, language or pair.target_language, plain_blocks(pair.target), path, pair.target_locator)
    whole = Passage(pair.id, pair.id, Span(0, len(source)), Span(0, len(target)), marked=True)
    return Document(pair.id, target, (Source(pair.id, source),), marked=(whole,), is_pairs=True)


FORMAT = Format(name="pairs (TSV)", suffixes=frozenset({".tsv"}), open=open_pairs, sniff=_sniff)
