"""What a format is: a name, the files it knows, and a function that opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tui_reader.formats.input import Input
from tui_reader.model import Document

Opener: TypeAlias = Callable[[Input, Sequence[Path], str | None], Iterator[Document]]
"""``open(file, sources, language)``: the documents in a file, one at a time.

`sources` are the files and folders that a person named beside it, `language` the ISO 639-1 code of the text
where a person gave it. It raises InputError for a file that it cannot understand.
"""

Sniffer: TypeAlias = Callable[[Input], bool]
"""Whether a file whose suffix says nothing is of this format; it may look at `Input.head`."""


def _never(_file: Input) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which documents are kept in files."""

    name: str
    """One short word, as ``--input-format`` takes it."""
    suffixes: frozenset[str]
    """Lower-case suffixes with their dots."""
    open: Opener
    sniff: Sniffer = _never
