r"""Pairs of texts in tab-separated values, one pair a line.

The first line names the columns: ``id``, ``source``, ``target``, optionally ``source_lang`` and ``target_lang``
(ISO 639-1; English and Japanese where they are missing), ``document`` (neighbouring rows with the same name there are
one document, each a passage of it) and ``note`` (a comment); further columns are passed over. In a text a tab is
written ``\t``, a newline ``\n``, a carriage return ``\r`` and a backslash ``\\``.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.format import Format
from tui_reader.formats.ignores import remark
from tui_reader.formats.lines import numbered_lines
from tui_reader.formats.pairs import OPTIONAL_COLUMNS, Pair, pair_language, paired_documents
from tui_reader.model import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

COLUMNS = ("id", "source", "target")
_ESCAPED = re.compile(r"\\([tnr\\])")
_MEANING = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


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
    """The documents in a file of pairs, read as they are asked for.

    Raises:
        InputError: missing, unreadable, no header, or nothing but malformed rows.
    """
    yield from paired_documents(read_rows, file, sources, language)


def read_rows(file: Input) -> Iterator[Pair]:
    """The rows of a file of pairs; a malformed one is a fault.

    Raises:
        InputError: missing, unreadable, or no header.
    """
    lines = numbered_lines(file)
    header = next(lines, None)
    columns = _columns(header[1].rstrip("\r\n") if header else "", file.name)
    for number, line in lines:
        row = line.rstrip("\r\n")
        if not row:
            continue
        try:
            pair = _pair(row, number, columns, file)
        except InputError as error:
            file.listener.fault(error)
        else:
            yield pair


def unescape(cell: str) -> str:
    r"""The text of a cell: ``\t``, ``\n``, ``\r`` and ``\\`` replaced, any other backslash left alone."""
    return _ESCAPED.sub(lambda match: _MEANING[match[1]], cell) if "\\" in cell else cell


def _sniff(file: Input) -> bool:
    first = file.head().removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].rstrip(b"\r").split(b"\t")
    return len(first) >= len(COLUMNS) and {name.encode() for name in COLUMNS} <= set(first)


class _Columns(NamedTuple):
    id: int
    source: int
    target: int
    optional: dict[str, int]
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
    optional = {column: places[column] for column in OPTIONAL_COLUMNS if column in places}
    return _Columns(places["id"], places["source"], places["target"], optional, len(names))


def _pair(line: str, number: int, columns: _Columns, file: Input) -> Pair:
    cells = line.split("\t")
    if len(cells) != columns.width:
        raise InputError(
            f"this row has {len(cells)} columns where the first line names {columns.width}",
            path=file.name,
            line=number,
            cure="separate them by single tabs and write a tab inside a text as \\t",
        )
    if not cells[columns.id]:
        raise InputError("this pair has no id", path=file.name, line=number)
    more = {name: unescape(cells[place]) for name, place in columns.optional.items()}
    said = remark(more.get("note", ""))
    return Pair(
        unescape(cells[columns.id]),
        unescape(cells[columns.source]),
        unescape(cells[columns.target]),
        pair_language(more.get("source_lang", ""), "", file, number),
        pair_language(more.get("target_lang", ""), "", file, number),
        number,
        _locator(cells, columns.source, number),
        _locator(cells, columns.target, number),
        more.get("document", ""),
        remarks=(said,) if said else (),
    )


def _locator(cells: list[str], column: int, line: int) -> CellLocator:
    return CellLocator(line, sum(len(cell) + 1 for cell in cells[:column]) + 1, cells[column])


FORMAT = Format(name="tsv", suffixes=frozenset({".tsv"}), open=open_pairs, sniff=_sniff)
