"""The beginning of a document whose files are long: what a first screen shows before all of it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.input import Input

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui_reader.model import Document

BEGINNING_BYTES = 1 << 14
"""How much of each file is read: more than the largest screen shows."""


class Beginning(NamedTuple):
    """A document of which every text may end early, at a paragraph."""

    document: Document
    is_whole: bool
    """Whether all of it was read after all, because no file is longer."""


def read_beginning(path: Path, sources: Sequence[Path] = (), format_name: str | None = None) -> Beginning | None:
    """The beginning of a document, at once however long its files are.

    Args:
        path: the file.
        sources: files and folders of source texts beside those that the document itself names.
        format_name: of its format where that is known.

    Returns:
        None where it is not read by its beginning alone, or where that is wrong or tells too little: whoever then
        opens all of it (`open_documents`) is told what is the matter.

    Raises:
        InputError: the file is missing or cannot be read.
    """
    from tui_reader.formats.registry import format_named, format_of  # noqa: PLC0415 - as in `open_documents`

    file = replace(Input.of(path), most=BEGINNING_BYTES)
    if file.is_folder or file.is_stream:
        return None
    chosen = format_of(file) if format_name is None else format_named(format_name)
    if not chosen.has_beginning:
        return None
    try:
        document = next(chosen.open(file, sources, None))
    except InputError:
        return None
    texts = (document.text, *(source.text for source in document.sources))
    longest = max((text.path.stat().st_size for text in texts if text.path is not None), default=0)
    return Beginning(document, longest <= BEGINNING_BYTES)
