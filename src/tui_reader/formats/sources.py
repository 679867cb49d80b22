"""The source texts that a person names beside a text: files, or folders of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.input import Input
from tui_reader.formats.text_file import read_text_file
from tui_reader.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


def read_sources(paths: Sequence[Path], *, beside: Input | None = None) -> tuple[Source, ...]:
    """The sources in these files and folders.

    Of a folder the files that hold one text are taken (``*.md``, ``*.txt``, ``*.html``…), by name, but no ``README``,
    no hidden file and not the text itself. A source's id is its front matter's, or its file name without language and
    format suffix.

    Args:
        paths: files and folders.
        beside: the text's own file; of the sources as much is read as is wanted of it.

    Raises:
        InputError: missing, unreadable, binary or empty; a folder without texts; two sources of one id.
    """
    own = None if beside is None else beside.path
    files = (Input.of(path) if beside is None else beside.beside(path) for path in _files(paths, own))
    return unique(map(read_source, files))


def read_source(file: Input) -> Source:
    """One source file with its front matter.

    Raises:
        InputError: missing, unreadable, binary or empty.
    """
    text, about = read_text_file(file)
    return Source(about.id or file.stem, text, about.title, about.author, about.date, about.url)


def holds_sources(folder: Path) -> bool:
    """Whether there is a text in a folder that could be a source."""
    try:
        return any(map(_may_be_source, folder.iterdir()))
    except OSError:
        return False


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The same sources.

    Raises:
        InputError: two of them have one id.
    """
    found = tuple(sources)
    for source_id, count in Counter(source.id for source in found).items():
        if count > 1:
            files = ", ".join(str(source.text.path) for source in found if source.id == source_id)
            raise InputError(f"two sources have the id {source_id}: {files}", cure="write another id: in front matter")
    return found


def _files(paths: Sequence[Path], beside: Path | None) -> Iterator[Path]:
    own = None if beside is None else beside.resolve()
    seen = set()
    for path in paths:
        for file in _texts_in(path, own) if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _texts_in(folder: Path, own: Path | None) -> list[Path]:
    texts = sorted(path for path in folder.iterdir() if _may_be_source(path) and path.resolve() != own)
    if not texts:
        cure = "put texts there (.md, .txt, .html, .epub, .srt or .vtt)"
        raise InputError("there is no source text in this folder", path=folder, cure=cure)
    return texts


def _may_be_source(path: Path) -> bool:
    from tui_reader.formats.registry import formats  # noqa: PLC0415 - the registry knows this module

    name = path.name
    suffixes = {suffix for known in formats() if known.read_text for suffix in known.suffixes}
    return path.suffix.lower() in suffixes and not name.startswith((".", "README")) and path.is_file()
