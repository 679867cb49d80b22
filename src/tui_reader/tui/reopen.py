"""Reading a document again from its files, and seeing that they have changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message

from tui_reader.errors import InputError, TuiReaderError
from tui_reader.tui.background import Background
from tui_reader.tui.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tui_reader.model import Document

Stamp = tuple[tuple[int, int] | None, ...]
"""Time and size of each file of a document, None for one that is gone."""


def files_of(document: Document) -> tuple[Path, ...]:
    """The files that a document was read from and that can be read again, which a pipe cannot.

    None for pairs, whose file holds many documents.
    """
    if document.is_pairs:
        return ()
    texts = (document.text, *(source.text for source in document.sources))
    return tuple(text.path for text in texts if text.path is not None and text.path.is_file())


def stamp(files: tuple[Path, ...]) -> Stamp:
    """What tells whether files have changed."""
    return tuple(map(_stamp, files))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size


def reopened(document: Document, format_name: str | None = None) -> Document:
    """The document as its files are now.

    Args:
        document: as it was.
        format_name: of its format, where a person has named it.

    Raises:
        InputError: one of them cannot be read any more.
    """
    path = document.text.path
    if path is None:
        raise InputError(tr("this text is no file"))
    for found in readings(path, files_of(document)[1:], format_name):
        if bool(found.marked) == bool(document.marked):
            break
    return replace(found, id=document.id)


def readings(path: Path, sources: Sequence[Path], format_name: str | None = None) -> Iterator[Document]:
    """The document of a text and just these sources, in each way in which it may have been found.

    As a description beside it says, as the text says by itself or by its name, and as a person says who names the
    sources: the same files, but only who described them, or laid them side by side, has marked passages.

    Raises:
        InputError: it cannot be read.
    """
    from tui_reader.formats import open_documents  # noqa: PLC0415 - in the thread that reads
    from tui_reader.formats.folder import DESCRIPTION  # noqa: PLC0415

    wanted = {one.resolve() for one in (path, *sources)}
    if (path.parent / DESCRIPTION).is_file():
        yield from (found for found in open_documents(path.parent) if _paths(found) == wanted)
    with suppress(InputError):
        alone = next(open_documents(path, format_name=format_name))
        if _paths(alone) == wanted:
            yield alone
    yield next(open_documents(path, sources, format_name=format_name))


def _paths(document: Document) -> set[Path]:
    return {one.resolve() for one in files_of(document)}


class Reread(Message):
    """The files have changed: this is what they say now."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document


class Unreadable(Message):
    """The files have changed, and cannot be read now."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class BackgroundReading(Background):
    """Reads a document again.

    Args:
        document: as it was.
        post: takes the messages; must be callable from any thread.
        format_name: of its format, where a person has named it.
    """

    def __init__(self, document: Document, post: Callable[[Message], object], format_name: str | None = None) -> None:
        super().__init__("reread", post)
        self._document, self._format_name = document, format_name

    def work(self) -> None:
        """Read."""
        try:
            self.say(Reread(reopened(self._document, self._format_name)))
        except TuiReaderError as error:
            from tui_reader.tui.error_wording import told  # noqa: PLC0415 - not for the first frame

            self.say(Unreadable(told(error)))
        except OSError as error:
            self.say(Unreadable(str(error)))
