"""``tui-reader read``: the reader."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_reader.cli.inputs import (
    STDIN,
    check_options,
    complete_path,
    documents,
    input_format,
    require_files,
    settings,
)
from tui_reader.errors import InputError
from tui_reader.formats import open_documents
from tui_reader.formats.beginning import read_beginning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Document
    from tui_reader.settings import Settings

# The faces never import each other; the reader is started by its name, and only when there is a terminal for it.
READER = "tui_reader.tui.app"
LIKELY_MISSPELT = 75
"""Similarity (0 to 100) from which a lone word is taken for a command mistyped."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_path)
@check_options
def command(
    paths: tuple[str, ...],
    sources: tuple[Path, ...],
    encoder: str | None,
    sensitivity: str | None,
    rules: dict[str, str],
) -> None:
    """Read a text beside its sources, its omissions and additions marked.

    Without a PATH the bundled documents are opened (where stdout is no terminal, their summary is printed).
    """
    chosen = settings(encoder, sensitivity, rules=rules)
    if not paths and not sys.stdout.isatty():
        from tui_reader.cli.summary import print_summary  # noqa: PLC0415 - the reader does without

        print_summary(chosen)
        return
    _catch_misspelt_command(paths)
    require_files(paths)
    if not sys.stdout.isatty():
        raise InputError("the reader needs a terminal", cure="to print what it would show, use tui-reader check")
    with _uncollected():
        if len(paths) == 1 and not _is_tree(Path(paths[0])):
            _read(paths[0], sources, chosen)
        else:
            _read_library([Path(path) for path in paths], sources, chosen)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage: until its first frame (it turns the collector on again) the reader makes next to none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _catch_misspelt_command(paths: tuple[str, ...]) -> None:
    if not paths or not paths[0].isalpha() or Path(paths[0]).exists():
        return
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

    from tui_reader.cli.main import COMMANDS  # noqa: PLC0415 - main imports the commands

    match = process.extractOne(paths[0], list(COMMANDS), score_cutoff=LIKELY_MISSPELT)
    if match is not None:
        raise InputError("there is no such file or command", path=paths[0], cure=f"did you mean tui-reader {match[0]}?")


def _is_tree(path: Path) -> bool:
    """Whether it is a folder that holds documents and is none."""
    if not path.is_dir():
        return False
    from tui_reader.formats.folder import DESCRIPTION  # noqa: PLC0415 - files need no look

    return not (path / DESCRIPTION).is_file()


def _only(path: str, sources: tuple[Path, ...]) -> Document:
    found = documents([path], sources)
    first = next(found)
    if next(found, None) is not None:
        raise InputError("this file holds many pairs, and the reader opens documents", path=path, cure="use check")
    return first


def _read(path: str, sources: tuple[Path, ...], chosen: Settings) -> None:
    """Read a document; of a long one the beginning is shown while the rest is read."""
    begun = None if path == STDIN else read_beginning(Path(path), sources, input_format())
    if begun is None:
        document, whole = _only(path, sources), None
    else:
        document = begun.document
        # What can be read by its beginning has nothing to note on stderr, where the reader draws.
        whole = None if begun.is_whole else partial(_whole, Path(path), sources, input_format())
    _take_terminal()
    import_module(READER).run(document, chosen, whole=whole, format_name=input_format())


def _whole(path: Path, sources: tuple[Path, ...], format_name: str | None) -> Document:
    return next(open_documents(path, sources, format_name=format_name))


def _read_library(paths: list[Path], sources: tuple[Path, ...], chosen: Settings) -> None:
    if sources:
        raise click.UsageError("--sources belongs to one PATH; give several documents as folders or with front matter")
    if not paths:
        from tui_reader.corpus import documents as bundled  # noqa: PLC0415 - only where no path is given

        paths = bundled()
    _take_terminal()
    import_module(READER).run_library(paths, chosen, input_format())


def _take_terminal() -> None:
    """Make sure that keys come from the terminal and that the screen goes there, whatever is piped or redirected.

    The toolkit reads keys from file descriptor 0 and draws on 2.

    Raises:
        InputError: one of the two is no terminal, and there is none to put in its place.
    """
    redirected = [number for number in (0, 2) if not os.isatty(number)]
    if not redirected:
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise InputError(
            f"standard {'input' if redirected[0] == 0 else 'error'} is no terminal, and the reader needs one for "
            f"{'its keys' if redirected[0] == 0 else 'its screen'}",
            cure="name a file instead of piping it, or use tui-reader check -",
        ) from error
    for number in redirected:
        os.dup2(terminal, number)
    os.close(terminal)
