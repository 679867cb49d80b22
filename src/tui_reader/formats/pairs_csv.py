"""Pairs of texts in comma-separated values (RFC 4180), as spreadsheets save them.

The first row names the columns, as in `pairs_tsv`; ``id`` may be missing, the line stands for it then. Where the
header holds no comma, semicolons or tabs separate. Cells may hold line ends inside double quotes.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.format import Format
from tui_reader.formats.ignores import remark
from tui_reader.formats.lines import numbered_lines
from tui_reader.formats.pairs import Pair, pair_id, pair_language, paired_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

_DELIMITERS = ",;\t"
_REQUIRED = ("source", "target")
LONGEST_CELL = 16 * 1024 * 1024
"""Characters of a cell; a longer one is a quote that nobody closed."""


def open_csv(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The documents in a CSV file of pairs, read as they are asked for.

    Raises:
        InputError: missing, unreadable, no header, or nothing but malformed rows.
    """
    yield from paired_documents(read_csv, file, sources, language)


def read_csv(file: Input) -> Iterator[Pair]:
    """The rows of a CSV file of pairs; a malformed one is a fault, and reading goes on at the line after its first.

    Raises:
        InputError: missing, unreadable, or no header that names source and target.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(file)
    header = lines.take()
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error as error:
        raise InputError(f"bad CSV: {error}", path=file.name, line=1) from error
    missing = [column for column in _REQUIRED if column not in names]
    if missing:
        what = f"the first row must name the columns source and target; {missing[0]} is missing"
        raise InputError(what, path=file.name, line=1)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.forget()
        try:
            cells = next(rows)
            if cells:
                yield _pair(cells, names, _Record(lines.first, lines.record, delimiter), file)
        except StopIteration:
            return
        except csv.Error as error:
            cure = "double every quote inside a quoted cell, and close it"
            file.listener.fault(InputError(f"bad CSV: {error}", path=file.name, line=lines.first, cure=cure))
            lines.go_back()
            rows = csv.reader(lines, delimiter=delimiter, strict=True)
        except InputError as error:
            file.listener.fault(error)


class _Lines:
    """Hands lines to the parser and remembers those of the record that it is reading."""

    def __init__(self, file: Input) -> None:
        self._lines = numbered_lines(file)
        self._again: deque[tuple[int, str]] = deque()
        self._read_twice = 0
        self._record: list[tuple[int, str]] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self._record.append(self._again.popleft() if self._again else next(self._lines))
        return self._record[-1][1]

    @property
    def first(self) -> int:
        """Number of the record's first line."""
        return self._record[0][0] if self._record else 1

    @property
    def record(self) -> str:
        """The record as the file has it."""
        return "".join(line for _, line in self._record)

    def take(self) -> str:
        """The next line, empty at the end."""
        return next(self, "").rstrip("\r\n")

    def forget(self) -> None:
        """Begin a new record."""
        self._record = []

    def go_back(self) -> None:
        """Hand out once more what follows the first line of this record: an open quote has taken other rows with it.

        No line is read a third time, or a file of open quotes would take for ever.
        """
        if self._record and self.first >= self._read_twice:
            self._read_twice = self._record[-1][0]
            self._again.extendleft(reversed(self._record[1:]))


class _Record:
    """The characters of one row as the file has them."""

    def __init__(self, line: int, raw: str, delimiter: str) -> None:
        self.line, self._raw, self._delimiter = line, raw, delimiter

    def locator(self, column: int) -> AnchoredLocator:
        """Where the characters of one cell stand."""
        return AnchoredLocator(lambda: self._anchors(column))

    def _anchors(self, wanted: int) -> list[Anchor]:
        """A walk over the row: quotes are doubled inside quoted cells, line ends may stand there.

        A quote opens a cell at its beginning only: in a cell without quotes it is a character.
        """
        anchors: list[Anchor] = []
        column = offset = place = cell_start = 0
        line, line_start, quoted = self.line, 0, False
        while place < len(self._raw):
            character = self._raw[place]
            if character == '"' and quoted and self._raw[place + 1 : place + 2] == '"':
                place += 1
            elif character == '"' and (quoted or place == cell_start):
                quoted = not quoted
                place += 1
                continue
            elif character == self._delimiter and not quoted:
                column += 1
                place += 1
                cell_start = place
                continue
            if column == wanted:
                anchors.append(Anchor(offset, line, place - line_start + 1))
                offset += 1
            elif column > wanted:
                break
            place += 1
            if character == "\n":
                line, line_start = line + 1, place
        return anchors or [Anchor(0, self.line, 1)]


def _pair(cells: list[str], names: list[str], record: _Record, file: Input) -> Pair:
    line = record.line
    if len(cells) != len(names):
        what = f"this row has {len(cells)} columns where the first row names {len(names)}"
        raise InputError(what, path=file.name, line=line, cure="put cells that hold the separator in double quotes")
    row = dict(zip(names, cells, strict=True))
    said = remark(row.get("note", ""))
    return Pair(
        pair_id(row.get("id", "").strip(), file, line),
        row["source"],
        row["target"],
        pair_language(row.get("source_lang", ""), "", file, line),
        pair_language(row.get("target_lang", ""), "", file, line),
        line,
        record.locator(names.index("source")),
        record.locator(names.index("target")),
        row.get("document", ""),
        remarks=(said,) if said else (),
    )


def _sniff(file: Input) -> bool:
    first = file.head().removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].rstrip(b"\r").replace(b'"', b"")
    return any({name.encode() for name in _REQUIRED} <= set(first.split(mark.encode())) for mark in _DELIMITERS)


FORMAT = Format(name="csv", suffixes=frozenset({".csv"}), open=open_csv, sniff=_sniff)
