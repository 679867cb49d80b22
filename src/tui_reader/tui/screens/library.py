"""The documents to choose from."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on

from tui_reader.tui.keymap import BY_ID, keys_of
from tui_reader.tui.language import later, tr, tr_count
from tui_reader.tui.screens.list_screen import ListRow, ListScreen, Order
from tui_reader.tui.shelf import BackgroundShelf, Entry, Shelf, Taken
from tui_reader.tui.wording import document_title, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.tui.store import Visit

_LANGUAGES = {"ja": later("Japanese"), "en": later("English"), "und": later("unknown language")}
_DAY = 86400


def entry_line(entry: Entry, now: float, place: str = "") -> Text:
    """An entry on two lines: its title; what the last check said, how far it was read, its language and length.

    Args:
        entry: what can be read.
        now: the time, in seconds since 1970.
        place: where it is, if its title does not tell it from others.
    """
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append(entry_title(entry), style="bold")
    line.append(f" ⋅ {place}" if place else "")
    parts = [one_line(entry.trouble)] if entry.trouble else [*_remembered(entry.visit, now), *_about(entry)]
    return line.append("\n  " + " ⋅ ".join(parts), style="dim")


def entry_title(entry: Entry) -> str:
    """The title of an entry, else the name of its file; of a file that holds many documents the id too."""
    if entry.document is not None:
        title, id_ = document_title(entry.document), one_line(entry.document.id)
        return f"{title} ⋅ {id_}" if entry.document.is_pairs and title != id_ else title
    if entry.visit is not None:
        return one_line(entry.visit.title)
    return "" if entry.path is None else one_line(entry.path.name)


def places(entries: Sequence[Entry]) -> list[str]:
    """For each entry what its title does not tell: its folder or file, where another entry has the same title."""
    titles = [entry_title(entry) for entry in entries]
    alike: dict[str, list[Path]] = {}
    for entry, title in zip(entries, titles, strict=True):
        if entry.path is not None:
            alike.setdefault(title, []).append(entry.path)
    ends = {title: _ends(paths) for title, paths in alike.items()}
    return [
        one_line(ends[title].get(entry.path, "")) if entry.path is not None else ""
        for entry, title in zip(entries, titles, strict=True)
    ]


def _ends(paths: Sequence[Path]) -> dict[Path, str]:
    """The shortest ends of different paths that tell them apart: folders alone where the files have one name."""
    whole = {path: path.absolute() for path in paths}
    count = len(set(whole.values()))
    if count == 1:
        return {}
    length = 1
    while len({path.parts[-length:] for path in whole.values()}) < count:
        length += 1
    last = -1 if len({path.name for path in whole.values()}) == 1 else None
    return {path: "/".join(full.parts[-length:last]) for path, full in whole.items()}


def _about(entry: Entry) -> Iterator[str]:
    document = entry.document
    if document is None:
        yield tr("not opened yet") if entry.recent else tr("opening…")
        return
    language = document.text.language
    yield tr(_LANGUAGES.get(language, language))
    yield tr_count("{n} sentence", "{n} sentences", entry.sentences)
    yield tr_count("{n} source", "{n} sources", len(document.sources))


def _remembered(visit: Visit | None, now: float) -> Iterator[str]:
    if visit is None:
        return
    if visit.score is not None:
        yield tr("score {score:.0f}").format(score=visit.score)
    if visit.doubtful:
        yield tr_count("{n} doubtful pair", "{n} doubtful pairs", visit.doubtful)
    if visit.problems is not None:
        yield tr_count("{n} problem", "{n} problems", visit.problems)
    yield tr("read to {progress:.0%}").format(progress=visit.progress)
    yield _ago(visit.opened, now)


def _ago(then: float, now: float) -> str:
    """Days between two times, as people count them."""
    days = int((now - time.timezone) // _DAY) - int((then - time.timezone) // _DAY)
    if days <= 0:
        return tr("today")
    return tr_count("yesterday", "{n} days ago", days)


def _last_opened(entry: Entry) -> float:
    return -(entry.visit.opened if entry.visit else 0.0)


def _lowest_score(entry: Entry) -> float:
    return entry.visit.score if entry.visit and entry.visit.score is not None else 101.0


class LibraryScreen(ListScreen[Entry]):
    """A list of documents; files are read while it is shown.

    Args:
        shelf: what there is to read.
    """

    ORDERS: ClassVar[tuple[Order, ...]] = (
        Order(later("as given"), None),
        Order(later("last opened first"), _last_opened),
        Order(later("lowest score first"), _lowest_score),
    )

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._background = BackgroundShelf(shelf.entries, self.post_message)
        self._wanted: Path | None = None

    def heading(self) -> str:
        """The program's name, and how many documents there are."""
        return "tui-reader  ⋅  " + tr_count("{n} document", "{n} documents", len(self._shelf.entries))

    def hints(self) -> list[str]:
        """What stands below the list; there is nothing behind it."""
        sort, help_ = self.hint(tr("{keys} sort"), "list.sort"), self.hint(tr("{keys} help"), "list.help")
        leave = keys_of(BY_ID["list.leave"], self.app.keys)
        last = [tr("{keys} quit").format(keys=leave[-1])] if leave else []
        return [*self.basic_hints(tr("enter read")), sort, help_, *last]

    def rows(self) -> Sequence[ListRow[Entry]]:
        """A row for each document, those read before last."""
        now, entries = time.time(), self._shelf.entries
        return [
            ListRow(entry, entry_line(entry, now, place), _words(entry))
            for entry, place in zip(entries, places(entries), strict=True)
        ]

    def on_mount(self) -> None:
        """Begin to read."""
        self._background.start()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._background.cancel()

    def on_screen_resume(self) -> None:
        """Show what has become known of the documents since."""
        if self.is_mounted:
            self._shelf.recall()
            self.show_rows()

    @on(Taken)
    def _taken(self, message: Taken) -> None:
        here, path = self.highlighted, message.place.path
        self._shelf.put(message.place, message.found)
        if here is not None and here.document is None and here.path == path and message.found:
            self._chosen = message.found[0]
        self.show_rows()
        if self._wanted is not None and self._wanted == path:
            self._wanted = None
            if message.found:
                self._read(message.found[0])

    def choose(self, value: Entry) -> None:
        """Open it, as soon as it is read."""
        if value.document is not None:
            self._read(value)
        elif value.path is not None:
            self._wanted = value.path
            self._background.want(value)

    def _read(self, entry: Entry) -> None:
        if entry.document is not None:
            self.app.read(entry.document, entry.format_name)

    def leave(self) -> None:
        """There is nothing behind the list."""
        self.app.exit()


def _words(entry: Entry) -> str:
    """What a filter looks in: title, identifier, file, and whose words the sources are."""
    words = [entry_title(entry), str(entry.path or "")]
    if entry.document is not None:
        words.append(entry.document.id)
        words += [f"{source.author or ''} {source.title or ''}" for source in entry.document.sources]
    return " ".join(words)
