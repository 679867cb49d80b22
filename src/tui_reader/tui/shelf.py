"""The documents of a library, read in the background while the list can be used."""

from __future__ import annotations

import queue
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from tui_reader.errors import TuiReaderError
from tui_reader.tui.background import Background
from tui_reader.tui.store import Store, Visit, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui_reader.model import Document

MOST_OF_A_FILE = 500
"""Pairs of one file that are listed: whoever has more wants ``check``, not a list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be read."""

    path: Path | None
    """None for a document that came without a file."""
    document: Document | None = None
    """None until it is read."""
    sources: tuple[Path, ...] = ()
    """What it was last read with, where it is listed because it was."""
    sentences: int = 0
    visit: Visit | None = None
    """What is remembered of it."""
    trouble: str = ""
    """Why it cannot be read."""
    recent: bool = False
    """Whether it is listed only because it was read before."""
    format_name: str | None = None
    """Of its format, where a person has named it."""


@dataclass(slots=True)
class Shelf:
    """The entries in order, and what is remembered of them."""

    store: Store
    entries: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, things: Iterable[Document | Path], store: Store, format_name: str | None = None) -> Shelf:
        """A shelf with these documents and files, then what was read before and still exists."""
        entries = [Entry(one, format_name=format_name) if isinstance(one, Path) else shelved(one) for one in things]
        shelf = cls(store, entries)
        if any(entry.document is None for entry in shelf.entries):
            shelf.entries += shelf._recent()
        shelf.recall()
        return shelf

    def _recent(self) -> list[Entry]:
        given = {entry.path.resolve() for entry in self.entries if entry.path}
        found = []
        for visit in self.store.visits():
            path = Path(visit.document)
            if path.is_file() and given.isdisjoint((path, *path.parents)):
                sources = tuple(Path(source) for source in visit.sources)
                found.append(Entry(path, sources=sources, visit=visit, recent=True))
        return found

    def recall(self) -> None:
        """Look up what is remembered of every entry now."""
        visits = {visit.document: visit for visit in self.store.visits()}
        for index, entry in enumerate(self.entries):
            key = key_of(entry.document) if entry.document else str(entry.path)
            self.entries[index] = replace(entry, visit=visits.get(key or "", entry.visit))

    def put(self, place: Entry, found: Sequence[Entry]) -> None:
        """Put what was read in the place of what it was read from.

        A file that somebody asked for while it was being read is read twice: what comes second finds no place any more.
        """
        unread = (k for k, entry in enumerate(self.entries) if entry.document is None and entry.path == place.path)
        if (at := next(unread, None)) is not None:
            self.entries[at : at + 1] = found
            self.recall()


def shelved(document: Document) -> Entry:
    """An entry for a document that is read already."""
    from tui_reader.text import sentences  # noqa: PLC0415 - loads its rules

    return Entry(document.text.path, document, sentences=len(sentences.segments(document.text)))


class Taken(Message):
    """A file was read."""

    def __init__(self, place: Entry, found: tuple[Entry, ...]) -> None:
        super().__init__()
        self.place, self.found = place, found


class BackgroundShelf(Background):
    """Reads files one after the other, those that somebody waits for first.

    Args:
        entries: what to read.
        post: takes the messages; must be callable from any thread.
    """

    def __init__(self, entries: Iterable[Entry], post: Callable[[Message], object]) -> None:
        super().__init__("library", post)
        self._wanted: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._waiting = [entry for entry in entries if entry.document is None and not entry.recent]

    def want(self, entry: Entry) -> None:
        """Read this one next."""
        self._wanted.put(entry)

    def cancel(self) -> None:
        """Stop after the file in hand."""
        super().cancel()
        self._wanted.put(None)

    def work(self) -> None:
        """Read until all is read, then only what is asked for."""
        while not self.is_cancelled:
            wanted = self._wanted.get() if not self._waiting or not self._wanted.empty() else self._waiting.pop(0)
            if wanted is None:
                return
            self._waiting = [entry for entry in self._waiting if entry is not wanted]
            self.say(Taken(wanted, _taken(wanted)))


def _taken(entry: Entry) -> tuple[Entry, ...]:
    from tui_reader.formats import open_documents  # noqa: PLC0415 - in the thread that reads
    from tui_reader.tui.error_wording import told  # noqa: PLC0415
    from tui_reader.tui.reopen import readings  # noqa: PLC0415

    assert entry.path is not None  # noqa: S101 - a document without a file is read already
    try:
        found = (
            readings(entry.path, entry.sources)
            if entry.recent
            else open_documents(entry.path, format_name=entry.format_name)
        )
        documents = list(islice(found, 1 if entry.recent else MOST_OF_A_FILE))
    except TuiReaderError as error:
        return (replace(entry, trouble=told(error)),)
    return tuple(
        replace(shelved(document), recent=entry.recent, sources=entry.sources, format_name=entry.format_name)
        for document in documents
    )
