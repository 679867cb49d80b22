"""All documents below a folder: described ones, texts side by side in two languages (`naming`), and catalogues.

A text without one in the other language beside it has its sources in the folder ``sources`` there, if there is one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import InputError, LanguageError
from tui_reader.formats.naming import counterpart, language_of_name
from tui_reader.formats.sources import holds_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

_NOT_SEARCHED = {"node_modules", "__pycache__"}
_TEMPLATE = ".pot"
"""Messages that nobody has translated yet."""
_SOURCES = "sources"
"""Name of the folder whose texts are the sources of a text beside it."""


def open_tree(file: Input, sources: Sequence[Path], description: str) -> Iterator[Document]:
    """The documents below a folder, by their paths; one that cannot be read is a fault where another can.

    Args:
        file: the folder.
        sources: files named beside it: there must be none.
        description: the file that makes a folder a document.

    Raises:
        InputError: there is no document, or none that can be read (the first says why).
    """
    if sources:
        raise InputError(
            "--sources belongs to one text, and this is a folder", path=file.name, cure="name the text in it"
        )
    found = False
    unread: list[InputError] = []
    lonely: list[Path] = []
    for path, own_sources in _documents(file, description, lonely):
        try:
            for document in _opened(file.beside(path), own_sources):
                found = True
                _tell(unread, file)
                yield document
        except LanguageError:
            continue  # A project's folder holds its translations into all languages.
        except InputError as error:
            unread.append(error)
    if unread and not found:
        raise unread[0]
    _tell(unread, file)
    if not found:
        raise InputError(
            f"this folder holds no document (no {description})",
            path=file.name,
            cure="name a file in it, or put texts side by side "
            "(x.ja.md and x.en.md, ja/x.md and en/x.md, or x.ja.md and a folder sources)",
        )
    if lonely:
        count = f"{len(lonely)} Japanese texts have" if len(lonely) > 1 else "1 Japanese text has"
        file.listener.remark(f"{file.name}: {count} no English text beside them, {lonely[0]} the first")


def _tell(unread: list[InputError], file: Input) -> None:
    told, unread[:] = unread[:], []
    for error in told:
        file.listener.fault(error)


def _opened(file: Input, sources: Sequence[Path]) -> Iterator[Document]:
    from tui_reader.formats.registry import format_of  # noqa: PLC0415 - the registry knows this module

    yield from format_of(file).open(file, sources, None)


def _documents(file: Input, description: str, lonely: list[Path]) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """The files that hold documents, each with what its name does not tell of its sources."""
    from tui_reader.formats.registry import formats  # noqa: PLC0415 - the registry knows this module

    suffixes = {suffix for known in formats() if known.read_text for suffix in known.suffixes}
    catalogues = {suffix for known in formats() if known.is_catalogue for suffix in known.suffixes} - {_TEMPLATE}
    taken: set[Path] = set()
    for folder, below, names in os.walk(str(file.path)):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in _NOT_SEARCHED)
        if description in names:
            below.clear()
            yield Path(folder) / description, ()
            continue
        beside = Path(folder) / _SOURCES
        sources = (beside,) if _SOURCES in below and holds_sources(beside) else ()
        for path in (Path(folder) / name for name in sorted(names)):
            # Names above the folder say nothing about what is in it.
            language = language_of_name(path.relative_to(str(file.path)))
            if path.suffix.lower() in catalogues:
                yield path, ()
            elif path.suffix.lower() not in suffixes or language is None:
                continue
            elif counterpart(path) is not None:
                if language == "ja":
                    yield path, ()
            elif sources and language_of_name(Path(path.name)):
                taken.update(sources)
                yield path, sources
            elif language == "ja" and Path(folder) not in taken:
                lonely.append(path)
