"""A document folder: ``document.toml`` beside the text and its sources.

id = "harbour"                    # optional, else the folder's name
title = "港の図書館"               # optional, else the text's own
text = "text.ja.md"
language = "ja"                   # optional
genre = "science news"            # optional, for whoever sorts documents; evaluation reports by it

[[source]]
file = "statement.en.md"          # id, title, author, date, url, language may follow

[[passage]]                       # optional: marked by a person; else what the text's front matter marks
source = "statement"
lines = "14-22"                   # lines of the text
source_lines = "3-9"              # lines of the source

A folder without one is searched for documents and for texts that lie side by side (`tree`).
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats.decode import decode
from tui_reader.formats.format import Format
from tui_reader.formats.front_matter import PASSAGE_KEYS, language_code
from tui_reader.formats.input import Input
from tui_reader.formats.languages import matched
from tui_reader.formats.marked_passages import marked_passages
from tui_reader.formats.sources import read_source, read_sources, unique
from tui_reader.formats.text_file import read_text_file
from tui_reader.formats.tree import open_tree
from tui_reader.model import Document, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DESCRIPTION = "document.toml"

_KEYS = {"id", "title", "text", "language", "genre", "source", "passage"}
_SOURCE_KEYS = {"file", "id", "title", "author", "date", "url", "language"}


def open_folder(file: Input, sources: Sequence[Path], language: str | None) -> Iterator[Document]:
    """The one document that a folder describes, or all that lie in a folder without a description.

    Raises:
        InputError: a bad description, a file it names is bad, or there is no document.
    """
    if file.path is None:
        raise InputError("a document folder cannot be read from standard input")
    path = (file.path if file.is_folder else file.path.parent) / DESCRIPTION
    if path.is_file():
        yield _document(path, _parse(path), sources, language)
    else:
        yield from open_tree(file, sources, DESCRIPTION)


def _document(path: Path, table: dict[str, Any], sources: Sequence[Path], language: str | None) -> Document:
    folder = path.parent
    known_language = language or language_code(table.get("language"), str(path))
    file = Input.of(folder / _string(table, "text", path))
    text, about = read_text_file(file, known_language)
    described = [_source(entry, path) for entry in _entries(table, "source", _SOURCE_KEYS, path)]
    named = [*(folder / name for name in about.sources), *sources]
    document = Document(
        str(table.get("id") or about.id or folder.resolve().name),
        text,
        unique([*described, *read_sources(named, beside=file)]),
        _optional(table, "title") or about.title,
    )
    document = matched(document, named=[source.text.path for source in described if source.text.path])
    entries = _entries(table, "passage", set(PASSAGE_KEYS), path)
    if entries:
        return replace(document, marked=marked_passages(entries, document, path))
    return replace(document, marked=marked_passages(about.passages, document, file.name))


def _parse(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(decode(Input.of(path).read(), str(path)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"bad TOML: {error}", path=path) from error
    _check_keys(table, _KEYS, path)
    return table


def _check_keys(table: dict[str, Any], known: set[str], path: Path) -> None:
    from rapidfuzz import process  # noqa: PLC0415 - only for the hint

    for key in table:
        if key not in known:
            nearest = process.extractOne(key, sorted(known))[0]
            raise InputError(f"unknown key {key!r}", path=path, cure=f"did you mean {nearest!r}?")


def _entries(table: dict[str, Any], key: str, known: set[str], path: Path) -> list[dict[str, Any]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{key} must be a list of tables", path=path, cure=f"write [[{key}]]")
    for entry in entries:
        _check_keys(entry, known, path)
    return entries


def _source(entry: dict[str, Any], path: Path) -> Source:
    found = read_source(Input.of(path.parent / _string(entry, "file", path)))
    language = language_code(entry.get("language"), str(path)) or found.text.language
    return replace(
        found,
        text=replace(found.text, language=language),
        **{key: value for key in ("id", "title", "author", "date", "url") if (value := _optional(entry, key))},
    )


def _string(table: dict[str, Any], key: str, path: Path) -> str:
    value = table.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        raise InputError(f"{key!r} is missing or not a string", path=path)
    return value


def _optional(table: dict[str, Any], key: str) -> str | None:
    value = table.get(key)
    return None if value is None else str(value)


def _is_description(file: Input) -> bool:
    return file.path is not None and file.path.name == DESCRIPTION


FORMAT = Format(name="folder", suffixes=frozenset(), open=open_folder, sniff=_is_description)
