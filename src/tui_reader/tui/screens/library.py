"""The documents to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList, Static

from tui_reader.tui.screens.help import HelpScreen
from tui_reader.tui.wording import document_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui_reader.model import Document
    from tui_reader.tui.app import ReaderApp

_LANGUAGES = {"ja": "Japanese", "en": "English", "und": "unknown language"}


def document_line(document: Document) -> Text:
    """A document on two lines: its title; its language, its length and its sources."""
    text = document.text
    language = _LANGUAGES.get(text.language, text.language)
    sources = len(document.sources)
    line = Text(no_wrap=True, overflow="ellipsis", end="")
    line.append(f"{document_title(document)}\n", style="bold")
    about = f"{language} ⋅ {sentence_count(document)} sentences ⋅ {sources} source{'' if sources == 1 else 's'}\n"
    return line.append(about, style="dim")


def sentence_count(document: Document) -> int:
    """Number of sentences of the document's own text."""
    from tui_reader.text import sentences  # noqa: PLC0415

    return len(sentences.segments(document.text))


class LibraryScreen(Screen[None]):
    """A list of documents.

    Args:
        documents: what there is to read.
    """

    app: ReaderApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor(1)", show=False),
        Binding("k", "cursor(-1)", show=False),
        Binding("question_mark,f1", "help", show=False),
        Binding("q", "app.quit", show=False),
    ]

    DEFAULT_CSS = """
    LibraryScreen {
        background: $background;
        align: center top;
        & > #title { height: 3; padding: 1 3; width: 100%; color: $accent; text-style: bold; }
        & > OptionList {
            width: 100%; height: 1fr; padding: 0 1; border: none; background: $background; scrollbar-size-vertical: 0;
        }
        & > OptionList:focus { border: none; background-tint: $background 0%; }
        & .option-list--option { padding: 0 2; }
        & .option-list--option-highlighted { background: $accent 25%; color: $foreground; }
        & > OptionList:focus > .option-list--option-highlighted { background: $accent 25%; color: $foreground; }
        & > #hints { height: 1; dock: bottom; width: 100%; padding: 0 3; background: $panel; color: $foreground 60%; }
    }
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__()
        self._documents = documents

    def compose(self) -> ComposeResult:
        """Title, list, hints."""
        yield Static("tui-reader", id="title", markup=False)
        yield OptionList(*map(document_line, self._documents))
        yield Static("enter read  j k choose  ? help  q quit", id="hints", markup=False)

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(OptionList).focus()
        if self._documents:
            self.query_one(OptionList).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open it."""
        self.app.read(self._documents[event.option_index])

    def action_cursor(self, direction: int) -> None:
        """Next or previous line."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_help(self) -> None:
        """What the keys do."""
        self.app.push_screen(HelpScreen())
