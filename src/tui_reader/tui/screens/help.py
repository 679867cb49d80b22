"""What every key does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_reader.tui.keymap import groups

if TYPE_CHECKING:
    from textual.app import ComposeResult


def help_text(accent: str) -> Text:
    """All keys by what they are for, and the signs that the reader uses."""
    text = Text()
    for group, commands in groups().items():
        text.append(f"\n{group}\n", style=f"bold {accent}")
        for command in commands:
            text.append(f"  {command.shown:<10}", style="bold")
            text.append(f"  {command.description}\n")
    text.append("\nSigns\n", style=f"bold {accent}")
    for sign, style, meaning in (
        ("O", "underline", "omission: the translation does not say this"),
        ("A", "reverse", "addition: the source does not say this"),
    ):
        text.append(f"  {sign:<4}", style="bold")
        text.append("words", style=style)
        text.append(f"   {meaning}\n")
    return text


class HelpScreen(ModalScreen[None]):
    """A page of help over the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", "close", show=False),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        background: $background;
        align: center top;
        & > VerticalScroll { width: 74; max-width: 100%; padding: 0 2; scrollbar-size-vertical: 0; }
        & Static { height: auto; }
        & #closing { dock: bottom; height: 1; width: 100%; padding: 0 3; background: $panel; color: $foreground 60%; }
    }
    """

    def compose(self) -> ComposeResult:
        """One long text."""
        with VerticalScroll():
            yield Static(help_text(self.app.theme_variables["accent"]), markup=False)
        yield Static("esc back to the text  j k scroll", id="closing", markup=False)

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, direction: str) -> None:
        """A row up or down."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=1 if direction == "down" else -1, animate=False)
