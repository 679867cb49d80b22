"""Lines at the bottom of the screen that ask for something: some words, or one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual import events

Answer = Callable[[str | None], None]
"""Takes what was typed, None where nothing is wanted after all."""


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
        self._answer = answer
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


class KeyPrompt(Static, can_focus=True):
    """One line that waits for one key; hidden until something is asked."""

    DEFAULT_CSS = """
    KeyPrompt { dock: bottom; height: 1; padding: 0 1; display: none; background: $panel; color: $accent; }
    KeyPrompt.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._answer: Answer | None = None

    def ask(self, question: str, answer: Answer) -> None:
        """Ask for a key; `answer` is called with its character, or with None where it has none."""
        self._answer = answer
        self.update(question)
        self.add_class("-open")
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Take whatever is pressed."""
        event.stop()
        event.prevent_default()
        self.remove_class("-open")
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(event.character if event.is_printable else None)
