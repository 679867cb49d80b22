"""The documents to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tui_reader.tui.language import later, tr, tr_count
from tui_reader.tui.screens.list_screen import ListRow, ListScreen
from tui_reader.tui.wording import document_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Document

_LANGUAGES = {"ja": later("Japanese"), "en": later("English"), "und": later("unknown language")}


def document_line(document: Document) -> Text:
    """A document on two lines: its title; its language, its length and its sources."""
    text = document.text
    language = tr(_LANGUAGES.get(text.language, text.language))
    sources = tr_count("{n} source", "{n} sources", len(document.sources))
    sentences = tr_count("{n} sentence", "{n} sentences", sentence_count(document))
    line = Text(no_wrap=True, overflow="ellipsis", end="")
    line.append(f"{document_title(document)}\n", style="bold")
    return line.append(f"{language} ⋅ {sentences} ⋅ {sources}\n", style="dim")


def sentence_count(document: Document) -> int:
    """Number of sentences of the document's own text."""
    from tui_reader.text import sentences  # noqa: PLC0415

    return len(sentences.segments(document.text))


class LibraryScreen(ListScreen[int]):
    """A list of documents.

    Args:
        documents: what there is to read.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__()
        self._documents = documents

    def heading(self) -> str:
        """The program's name."""
        return "tui-reader"

    def rows(self) -> Sequence[ListRow[int]]:
        """A row for each document."""
        return [ListRow(index, document_line(document)) for index, document in enumerate(self._documents)]

    def choose(self, value: int) -> None:
        """Open it."""
        self.app.read(self._documents[value])

    def leave(self) -> None:
        """There is nothing behind the list."""
        self.app.exit()
