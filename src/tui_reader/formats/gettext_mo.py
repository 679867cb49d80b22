"""Compiled gettext catalogues (MO): the messages that a program shows.

A place in such a file is the number of its message, from 1, and the character in the text.
"""

from __future__ import annotations

import struct
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.format import Format
from tui_reader.formats.gettext_messages import Catalogue
from tui_reader.formats.pairs import paired_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polib import MOFile

    from tui_reader.formats.input import Input
    from tui_reader.formats.pairs import Pair
    from tui_reader.model import Document

_MAGIC = (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")

_SYSTEM_DEPENDENT_AT, _REVISION_1_HEADER = 36, 48
"""Bytes from the beginning."""


def open_mo(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The messages in an MO file.

    Raises:
        InputError: missing, malformed, no message in it, or in a language that cannot be checked.
    """
    yield from paired_documents(read_mo, file, sources, language)


def read_mo(file: Input) -> Iterator[Pair]:
    """The messages in an MO file.

    Raises:
        InputError: missing, malformed, or in a language that cannot be checked.
    """
    data = file.read()
    found = _parsed(data, file)
    catalogue = Catalogue(file)
    catalogue.passed.count("spelled differently from system to system", _system_dependent(data))
    catalogue.describe(found.metadata, 1)
    for number, message in enumerate(found, 1):
        yield from catalogue.pairs(message, number, partial(_place, number))
    catalogue.passed.close()


def _place(number: int, _keyword: str) -> AnchoredLocator:
    return AnchoredLocator([Anchor(0, number, 1)])


def _system_dependent(data: bytes) -> int:
    """Messages that are put together when the program runs (revision 0.1 of the format); polib does not see them."""
    order = "<" if data.startswith(_MAGIC[0]) else ">"
    (revision,) = struct.unpack_from(f"{order}I", data, 4)
    if not revision & 0xFFFF or len(data) < _REVISION_1_HEADER:
        return 0
    (count,) = struct.unpack_from(f"{order}I", data, _SYSTEM_DEPENDENT_AT)
    return int(count)


def _parsed(data: bytes, file: Input) -> MOFile:
    if not data.startswith(_MAGIC):
        raise InputError("this is no MO file", path=file.name)
    _check_tables(data, file)
    import polib  # noqa: PLC0415 - other formats do without

    try:
        # polib reads files only; what it reads must be what was checked.
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "messages.mo"
            copy.write_bytes(data)
            return polib.mofile(str(copy))
    except (OSError, struct.error, ValueError, LookupError) as error:
        what = "its messages cannot be read: it is cut off, damaged or in another encoding than it declares"
        raise InputError(what, path=file.name, cure="compile it again with msgfmt") from error


def _check_tables(data: bytes, file: Input) -> None:
    """Refuse tables that point outside the file: some readers would take empty texts for the missing ones."""
    order = "<" if data.startswith(_MAGIC[0]) else ">"
    try:
        _, count, *tables = struct.unpack_from(f"{order}4I", data, 4)
        for table in tables:
            numbers = struct.unpack_from(f"{order}{2 * count}I", data, table)
            if any(start + size > len(data) for size, start in zip(numbers[::2], numbers[1::2], strict=True)):
                raise struct.error
    except struct.error as error:
        raise InputError("this MO file is cut off", path=file.name, cure="compile it again with msgfmt") from error


def _sniff(file: Input) -> bool:
    return file.head().startswith(_MAGIC)


FORMAT = Format(name="mo", suffixes=frozenset({".mo", ".gmo"}), open=open_mo, sniff=_sniff)
