"""All documents below a folder: described ones, texts side by side in two languages (`naming`), and catalogues."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import InputError, LanguageError
from tui_reader.formats.naming import counterpart, language_of_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

_NOT_SEARCHED = {"node_modules", "__pycache__"}
_TEMPLATE = ".pot"
"""Messages that nobody has translated yet."""


def open_tree(file: Input, sources: Sequence[Path], description: str) -> Iterator[Document]:
    """The documents below a folder, by their paths; one that cannot be read is a fault.

    Args:
        file: the folder.
        sources: files named beside it: there must be none.
        description: the file that makes a folder a document.

    Raises:
        InputError: there is no document.
    """
    if sources:
        raise InputError(
            "--sources belongs to one text, and this is a folder", path=file.name, cure="name the text in it"
        )
    found = False
    lonely: list[Path] = []
    for path in _documents(file, description, lonely):
        try:
            yield from _opened(file.beside(path))
        except LanguageError:
            continue  # A project's folder holds its translations into all languages.
        except InputError as error:
            file.listener.fault(error)
        found = True
    if not found:
        raise InputError(
            f"this folder holds no document (no {description})",
            path=file.name,
            cure="name a file in it, or put texts side by side (x.ja.md and x.en.md, or ja/x.md and en/x.md)",
        )
    if lonely:
        count = f"{len(lonely)} Japanese texts have" if len(lonely) > 1 else "1 Japanese text has"
        file.listener.remark(f"{file.name}: {count} no English text beside them, {lonely[0]} the first")


def _opened(file: Input) -> Iterator[Document]:
    from tui_reader.formats.registry import format_of  # noqa: PLC0415 - the registry knows this module

    yield from format_of(file).open(file, (), None)


def _documents(file: Input, description: str, lonely: list[Path]) -> Iterator[Path]:
    from tui_reader.formats.registry import formats  # noqa: PLC0415 - the registry knows this module

    suffixes = {suffix for known in formats() if known.read_text for suffix in known.suffixes}
    catalogues = {suffix for known in formats() if known.is_catalogue for suffix in known.suffixes} - {_TEMPLATE}
    for folder, below, names in os.walk(str(file.path)):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in _NOT_SEARCHED)
        if description in names:
            below.clear()
            yield Path(folder) / description
            continue
        for path in (Path(folder) / name for name in sorted(names)):
            # Names above the folder say nothing about what is in it.
            is_japanese = language_of_name(path.relative_to(str(file.path))) == "ja"
            if path.suffix.lower() in catalogues:
                yield path
            elif path.suffix.lower() in suffixes and is_japanese:
                if counterpart(path) is None:
                    lonely.append(path)
                else:
                    yield path
