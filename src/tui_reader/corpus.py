"""Finds the bilingual documents that travel with the program."""

from __future__ import annotations

from pathlib import Path

from tui_reader.errors import InputError

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_corpus", _PACKAGE.parents[1] / "corpus")
"""Where a wheel puts the corpus, and where a checkout, an unpacked sdist or an editable install has it."""


def corpus_path() -> Path:
    """The folder of the bundled documents.

    Raises:
        InputError: the installation has lost it.
    """
    for place in _PLACES:
        if _documents_in(place):
            return place
    raise InputError("the bundled corpus is missing", path=_PLACES[0], cure="install tui-reader again")


def documents() -> list[Path]:
    """The bundled document folders, by name.

    Raises:
        InputError: the installation has lost them.
    """
    return _documents_in(corpus_path())


def _documents_in(folder: Path) -> list[Path]:
    return sorted(description.parent for description in folder.glob("*/document.toml"))
