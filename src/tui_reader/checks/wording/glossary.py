"""Glossaries: which words a translation should use for which, read from CSV or TSV.

The first line names the columns: ``source``, ``target``, optionally ``forbidden`` and ``note``. Several words in a cell
are separated by ``|``. A row may leave ``target`` empty where it only forbids.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.decode import decode
from tui_reader.formats.input import Input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEPARATOR = "|"
_REQUIRED = ("source", "target")
_COLUMNS = (*_REQUIRED, "forbidden", "note")


_LONGEST = 100_000
"""Characters of a cell; longer ones are no terms."""


class Term(NamedTuple):
    """A row of a glossary."""

    source: tuple[str, ...]
    """Words of the source that mean the same thing."""
    targets: tuple[str, ...]
    """Translations that are right; empty where any is that is not forbidden."""
    forbidden: tuple[str, ...]
    """Translations that are wrong."""
    note: str
    line: int
    """Its line in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a file."""

    path: Path
    terms: tuple[Term, ...]


def read_glossary(path: Path) -> Glossary:
    """The terms of a file.

    Raises:
        InputError: it is missing, malformed, or contradicts itself; the message names the line.
    """
    text = decode(Input.of(path).read(), str(path))
    if not text.strip():
        raise InputError("there is nothing in this glossary", path=path, cure="name the columns source,target first")
    terms = tuple(_terms(text, path))
    if not terms:
        raise InputError("there is no term in this glossary", path=path)
    _require_agreement(terms, path)
    return Glossary(path, terms)


def _terms(text: str, path: Path) -> Iterator[Term]:
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in head else ",", strict=True)
    columns: list[str] | None = None
    while True:
        try:
            cells = _bounded(next(reader, None))
        except csv.Error as error:
            cure = "close the quotation mark, and double those inside a cell"
            raise InputError(
                f"this row cannot be read ({error})", path=path, line=reader.line_num, cure=cure
            ) from error
        if cells is None:
            return
        if columns is None:
            columns = _columns(cells, path)
        elif any(cell.strip() for cell in cells):
            yield _term(cells, columns, path, reader.line_num)


def _bounded(cells: list[str] | None) -> list[str] | None:
    """The same cells; the limit of the module `csv` is one for all that a process reads, data sets too."""
    if any(len(cell) > _LONGEST for cell in cells or ()):
        raise csv.Error(f"a cell of more than {_LONGEST:,} characters")
    return cells


def _columns(cells: list[str], path: Path) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        cure = "write source,target,forbidden,note there"
        raise InputError(f"the first line must name the columns; {missing[0]} is missing", path=path, line=1, cure=cure)
    for column in columns:
        if column not in _COLUMNS or columns.count(column) > 1:
            fault = "stands twice" if column in _COLUMNS else "means nothing here"
            raise InputError(
                f"the column {column!r} {fault}", path=path, line=1, cure="name source, target, forbidden and note"
            )
    return columns


def _term(cells: list[str], columns: list[str], path: Path, line: int) -> Term:
    if len(cells) != len(columns):
        raise InputError(
            f"this row has {len(cells)} cells where the first line names {len(columns)} columns",
            path=path,
            line=line,
            cure="put a cell that holds a comma in quotation marks",
        )
    row = dict(zip(columns, cells, strict=True))
    source, targets, forbidden = (_words(row.get(column, "")) for column in ("source", "target", "forbidden"))
    if not source:
        raise InputError("this row names no source word", path=path, line=line)
    if not (targets or forbidden):
        raise InputError("this row names neither a target nor a forbidden word", path=path, line=line)
    for word in targets:
        if word in forbidden:
            raise InputError(
                f"{word!r} is both target and forbidden", path=path, line=line, cure="take one of them out"
            )
    return Term(source, targets, forbidden, row.get("note", "").strip(), line)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in cell.split(SEPARATOR) if word.strip()))


def _require_agreement(terms: tuple[Term, ...], path: Path) -> None:
    """Every source word has one row."""
    first: dict[str, int] = {}
    for term in terms:
        for word in term.source:
            line = first.setdefault(word.casefold(), term.line)
            if line != term.line:
                raise InputError(
                    f"{word!r} has a row on line {line} already",
                    path=path,
                    line=term.line,
                    cure=f"put all its translations into one row, separated by {SEPARATOR}",
                )
