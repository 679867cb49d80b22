"""Plain text, as copied from a web page or typed; front matter is understood there too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.formats.format import Format
from tui_reader.formats.languages import matched
from tui_reader.formats.sources import read_sources
from tui_reader.formats.text_file import PLAIN_SUFFIXES, read_text_file
from tui_reader.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.formats.input import Input


def open_text(file: Input, sources: Sequence[Path], language: str | None) -> Iterator[Document]:
    """The one document in a text file: its text with the sources that its front matter and a person name.

    Raises:
        InputError: a file is missing, unreadable, binary or empty, or the languages do not fit.
    """
    text, about = read_text_file(file, language)
    folder = Path() if file.path is None else file.path.parent
    paths = [*(folder / path for path in about.sources), *sources]
    document = Document(about.id or file.stem, text, read_sources(paths, beside=file.path), about.title)
    yield matched(document, named=paths)


FORMAT = Format(name="text", suffixes=PLAIN_SUFFIXES, open=open_text)
