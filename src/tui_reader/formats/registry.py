"""Which formats there are, and which of them a file is in."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from tui_reader.errors import InputError

if TYPE_CHECKING:
    from tui_reader.formats.format import Format
    from tui_reader.formats.input import Input

BUILT_IN = (
    "folder",
    "pairs_tsv",
    "pairs_csv",
    "pairs_jsonl",
    "pairs_parquet",
    "gettext_po",
    "gettext_mo",
    "xliff",
    "tmx",
    "subtitles",
    "epub",
    "html_page",
    "markdown",
    "plain",
)
"""Modules of this package with a `FORMAT`; the last one takes any text."""

ENTRY_POINTS = "tui_reader.formats"
"""Other packages add a format by an entry point of this group that names their `Format`."""


@cache
def formats() -> tuple[Format, ...]:
    """All formats, those of other packages after the built-in ones."""
    return (*map(_built_in, BUILT_IN), *_from_entry_points())


def format_named(name: str) -> Format:
    """The format of this name.

    Raises:
        InputError: there is none.
    """
    known = {found.name: found for found in formats()}
    if name not in known:
        raise InputError(f"no format is called {name!r}", cure=f"there are: {', '.join(known)}")
    return known[name]


def format_of(file: Input) -> Format:
    """The format of a file: by its suffix, else by its beginning, else plain text.

    Raises:
        InputError: missing or unreadable.
    """
    if file.is_folder:
        return _built_in("folder")
    named = _with_suffix(file.suffix) if file.suffix else None
    if named is not None:
        return named
    for chosen in formats():
        if chosen.sniff(file):
            return chosen
    return _built_in(BUILT_IN[-1])


def _with_suffix(suffix: str) -> Format | None:
    # The last first: whoever opens a text need not wait until all that reads catalogues and books is imported.
    for name in reversed(BUILT_IN):
        if suffix in _built_in(name).suffixes:
            return _built_in(name)
    return next((found for found in _from_entry_points() if suffix in found.suffixes), None)


@cache
def _built_in(name: str) -> Format:
    found: Format = import_module(f"tui_reader.formats.{name}").FORMAT
    return found


@cache
def _from_entry_points() -> tuple[Format, ...]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

    return tuple(entry.load() for entry in sorted(entry_points(group=ENTRY_POINTS)))
