"""Where the query is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class SearchBar(Horizontal):
    """One line with an input; hidden until it is asked for."""

    DEFAULT_CSS = """
    SearchBar {
        dock: bottom;
        height: 1;
        display: none;
        background: $panel;
        & > Static { width: 2; color: $accent; text-style: bold; }
        & > Input { border: none; height: 1; padding: 0; background: $panel; width: 1fr; }
        & > Input:focus { border: none; }
    }
    SearchBar.-open { display: block; }
    """

    class Asked(Message):
        """Somebody wants to find `query`."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Dismissed(Message):
        """Nothing is to be searched after all."""

    def compose(self) -> ComposeResult:
        """A slash and the query."""
        yield Static(" /", markup=False)
        yield Input(placeholder="search both languages", compact=True, select_on_focus=True)

    def open(self) -> None:
        """Let the query be typed."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search, or not where nothing was typed."""
        event.stop()
        self.remove_class("-open")
        self.post_message(self.Asked(event.value) if event.value.strip() else self.Dismissed())

    def on_key(self, event: events.Key) -> None:
        """Leave with escape."""
        if event.key == "escape":
            event.stop()
            self.remove_class("-open")
            self.post_message(self.Dismissed())
