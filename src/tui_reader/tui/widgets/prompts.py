"""Lines at the bottom of the screen that ask for something: some words, or one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui_reader.tui.wording import fitted

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from tui_reader.tui.app import ReaderApp

Answer = Callable[[str | None], None]
"""Takes what was typed, None where nothing is wanted after all."""


def _keys_are_beyond(prompt: Widget) -> bool:
    """Whether another widget of the same screen takes the keys."""
    focused = prompt.screen.focused
    return focused is not None and prompt not in focused.ancestors_with_self


class LinePrompt(Horizontal):
    """One line with an input; hidden, and without parts, until something is asked."""

    DEFAULT_CSS = """
    LinePrompt {
        dock: bottom;
        height: 1;
        display: none;
        background: $panel;
        & > Static { width: auto; padding: 0 1; color: $accent; text-style: bold; }
        & > Input { border: none; height: 1; padding: 0; background: $panel; width: 1fr; }
        & > Input:focus { border: none; }
    }
    LinePrompt.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._entered = False
        """Whether the keys have come to it since it was asked."""

    @property
    def input(self) -> Input:
        """Where the answer is typed."""
        return self.query_one(Input)

    def ask(self, question: str, answer: Answer, *, value: str | None = None, placeholder: str = "") -> None:
        """Ask for some words.

        Args:
            question: stands before the input.
            answer: is called with them, or with None after escape or an empty answer.
            value: what stands there at first; None leaves what was typed last.
            placeholder: is seen while nothing is typed.
        """
        self._answer, self._entered = answer, self._entered and self.has_class("-open")
        if not self.children:
            self.mount(Static(markup=False), Input(compact=True, select_on_focus=True))
        self.query_one(Static).update(question)
        self.input.placeholder = placeholder
        if value is not None:
            self.input.value = value
        self.add_class("-open")
        self.input.focus()

    def _close(self, words: str | None) -> None:
        self.remove_class("-open")
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        event.stop()
        self._close(event.value if event.value.strip() else None)

    def on_key(self, event: events.Key) -> None:
        """Leave with escape."""
        if event.key == "escape":
            event.stop()
            self._close(None)

    def on_descendant_focus(self) -> None:
        """The keys have come."""
        self._entered = True

    def on_descendant_blur(self) -> None:
        """Leave with the keys, as after a click elsewhere; but wait where the terminal has lost them."""
        if self._entered and self.has_class("-open") and _keys_are_beyond(self):
            self._close(None)


class KeyPrompt(Static, can_focus=True):
    """One line that waits for one key; hidden until something is asked."""

    DEFAULT_CSS = """
    KeyPrompt { dock: bottom; height: 1; padding: 0 1; display: none; background: $panel; color: $accent; }
    KeyPrompt.-open { display: block; }
    """

    app: ReaderApp

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._answer: Answer | None = None
        self._question = ""
        self._entered = False
        """Whether the keys have come to it since it was asked."""

    def ask(self, question: str, answer: Answer) -> None:
        """Ask for a key; `answer` is called with its character, or with None where it has none."""
        self._answer, self._question = answer, question
        self._entered = self._entered and self.has_class("-open")
        self._show(self.app.size.width)
        self.add_class("-open")
        self.focus()

    def _show(self, width: int) -> None:
        """Show the question on so many cells, with a mark where that cuts it off."""
        self.update(fitted(self._question, max(1, width - 2), self.app.settings.reader.ambiguous_width))

    def on_resize(self, event: events.Resize) -> None:
        """Show as much of the question as there is room for."""
        self._show(event.size.width)

    def on_key(self, event: events.Key) -> None:
        """Take whatever is pressed."""
        event.stop()
        event.prevent_default()
        self._close(event.character if event.is_printable else None)

    def _close(self, key: str | None) -> None:
        self.remove_class("-open")
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(key)

    def on_focus(self) -> None:
        """The keys have come."""
        self._entered = True

    def on_blur(self) -> None:
        """Leave with the keys, as after a click elsewhere; but wait where the terminal has lost them."""
        if self._entered and self.has_class("-open") and _keys_are_beyond(self):
            self._close(None)
