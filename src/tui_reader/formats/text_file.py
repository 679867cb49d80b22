"""One file of text in whatever format, and the document that it is with its sources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.formats.languages import matched
from tui_reader.formats.marked_passages import marked_passages
from tui_reader.formats.naming import counterpart, language_of_name
from tui_reader.model import Document, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.formats.format import Opener, TextFile, TextReader
    from tui_reader.formats.input import Input


def read_text_file(file: Input, language: str | None = None) -> TextFile:
    """A file's text with its blocks; what surrounds the text (front matter, say) is in no block.

    Args:
        file: the file; its name and beginning tell its format, plain text where they do not.
        language: ISO 639-1 code where a person gave it; else what the file says, else what is detected.

    Raises:
        InputError: missing, unreadable, binary, empty or malformed.
    """
    from tui_reader.formats.plain import read_plain  # noqa: PLC0415 - it imports this module
    from tui_reader.formats.registry import format_of  # noqa: PLC0415 - the registry knows this module

    reader = format_of(file).read_text or read_plain
    return reader(file, language)


def opener(read_text: TextReader) -> Opener:
    """``open`` of a format that holds one text in one language."""

    def open_text(file: Input, sources: Sequence[Path], language: str | None) -> Iterator[Document]:
        yield _document(_translation(file, sources), read_text, sources, language)

    return open_text


def _translation(file: Input, sources: Sequence[Path]) -> Input:
    """The file itself; of a pair of texts side by side, the Japanese one, whichever was named."""
    language = None if file.path is None else language_of_name(file.path)
    if file.path is None or sources or language == "ja":
        return file
    other = counterpart(file.path)
    is_japanese = other is not None and (language == "en" or language_of_name(other) == "ja")
    return file.beside(other) if other is not None and is_japanese else file


def _document(file: Input, read_text: TextReader, sources: Sequence[Path], language: str | None) -> Document:
    """A text with the sources that it and a person name, else with the one that its name tells.

    Raises:
        InputError: a file is missing, unreadable, binary or empty, or the languages do not fit.
    """
    from tui_reader.formats.sources import read_sources  # noqa: PLC0415 - it reads sources by this module

    text, about = read_text(file, language)
    folder = Path() if file.path is None else file.path.parent
    paths = [*(folder / path for path in about.sources), *sources]
    beside = None if paths or file.path is None else counterpart(file.path)
    paths = paths if beside is None else [beside]
    document = Document(about.id or file.stem, text, read_sources(paths, beside=file), about.title)
    document = matched(document, named=paths)
    if about.passages:
        return replace(document, marked=marked_passages(about.passages, document, file.name))
    return document if beside is None else _marked(document)


def _marked(document: Document) -> Document:
    """Of two texts side by side each translates the whole of the other."""
    return replace(
        document,
        marked=tuple(
            Passage("p1", source.id, Span(0, len(source.text)), Span(0, len(document.text)), marked=True)
            for source in document.sources
        ),
    )
