"""Files in, documents out. `registry` names the formats; each has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.input import Input

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.model import Document

__all__ = ["NAMES", "Input", "open_documents", "read", "read_pairs"]

NAMES = (
    "folder",
    "text",
    "markdown",
    "html",
    "epub",
    "subtitles",
    "tsv",
    "csv",
    "jsonl",
    "parquet",
    "po",
    "mo",
    "xliff",
    "tmx",
)
"""The built-in formats, for help texts: importing them to ask each would cost too much there."""


def open_documents(
    path: Path | Input, sources: Sequence[Path] = (), language: str | None = None, format_name: str | None = None
) -> Iterator[Document]:
    """The documents in a file or folder, one at a time: a file of pairs holds many, any other file one.

    Args:
        path: the file or folder, or `Input.stdin()`.
        sources: files and folders of source texts beside those that the document itself names.
        language: ISO 639-1 code of the text where it is known.
        format_name: of its format where that is known; else its name and its beginning tell.

    Raises:
        InputError: it cannot be read or understood; the message names file and line and how to mend it.
    """
    from tui_reader.formats.registry import format_named, format_of  # noqa: PLC0415 - importing the package costs nothing

    file = path if isinstance(path, Input) else Input.of(path)
    chosen = format_of(file) if format_name is None else format_named(format_name)
    yield from chosen.open(file, sources, language)


def read(path: Path | Input, sources: Sequence[Path] = (), language: str | None = None) -> Document:
    """The one document in a text, a Markdown file or a document folder.

    Args and errors are those of `open_documents`; a file of several pairs is an error too.
    """
    documents = open_documents(path, sources, language)
    first = next(documents)
    if next(documents, None) is not None:
        name = path.name if isinstance(path, Input) else path
        raise InputError("this file holds many pairs, not one document", path=name, cure="use check")
    return first


def read_pairs(path: Path | Input, format_name: str | None = None) -> Iterator[Document]:
    """The pairs of a file, read as they are asked for.

    Each is a document of its own with one marked passage, but neighbours that a document column groups are one
    document with a passage each.

    Args:
        path: the file, or `Input.stdin()`.
        format_name: of its format where its name and its beginning do not tell.

    Raises:
        InputError: missing, unreadable, malformed, or it holds no pairs.
    """
    for document in open_documents(path, format_name=format_name):
        if not document.is_pairs:
            name = path.name if isinstance(path, Input) else path
            raise InputError("this file holds no pairs", path=name, cure="name its columns on the first line")
        yield document
