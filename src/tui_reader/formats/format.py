"""What a format is: a name, the files it knows, and a function that opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tui_reader.formats.front_matter import FrontMatter  # noqa: TC001 - as the other names of types here
from tui_reader.formats.input import Input
from tui_reader.model import Document, Text

Opener: TypeAlias = Callable[[Input, Sequence[Path], str | None], Iterator[Document]]
"""``open(file, sources, language)``: the documents in a file, one at a time.

`sources` are the files and folders that a person named beside it, `language` the ISO 639-1 code of the text
where a person gave it. It raises InputError for a file that it cannot understand.
"""

Sniffer: TypeAlias = Callable[[Input], bool]
"""Whether a file whose suffix says nothing is of this format; it may look at `Input.head`."""


class TextFile(NamedTuple):
    """A text and what it says about itself."""

    text: Text
    front_matter: FrontMatter


TextReader: TypeAlias = Callable[[Input, str | None], TextFile]
"""``read_text(file, language)``: the one text in a file, which may be a document or a source of one.

`language` is its ISO 639-1 code where it is known. It raises InputError for a file that it cannot understand.
"""


def _never(_file: Input) -> bool:
    return False


class Format(NamedTuple):
    """One way in which documents are kept in files."""

    name: str
    """One short word, as ``--input-format`` takes it."""
    suffixes: frozenset[str]
    """Lower-case suffixes with their dots."""
    open: Opener
    sniff: Sniffer = _never
    read_text: TextReader | None = None
    """For formats that hold one text in one language."""
    has_beginning: bool = False
    """Whether `open` reads no more of its files than is wanted (`Input.beginning`)."""
    is_catalogue: bool = False
    """Whether its files hold texts with their translations and nothing else: a folder is searched for them."""
