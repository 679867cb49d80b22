"""The list of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from tui_reader.model import Side
from tui_reader.reports.finding_text import percent
from tui_reader.tui.marks import letter
from tui_reader.tui.wording import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui_reader.tui.reading import Problem, Reading

_WORDS_SHOWN = 400
_FULL_STOP = 2
"""Characters by which a sentence may be longer than the words in question and still say no more."""


def problem_line(reading: Reading, problem: Problem) -> Text:
    """A problem on one line: its letter, how sure it is, its words, and faintly the sentence they stand in."""
    finding = problem.finding
    source_id = reading.items[problem.item].source_id
    in_target = finding.side is Side.TARGET or source_id is None
    content = reading.document.text.content if in_target else reading.source_content(source_id or "")
    words = one_line(finding.span.of(content)[:_WORDS_SHOWN])
    line = Text(no_wrap=True, overflow="ellipsis", end="")
    line.append(f"{letter(finding.rule)} ", style="bold")
    line.append(f"{percent(finding.confidence):>4}  ", style="dim")
    line.append(words)
    item = reading.items[problem.item]
    sentence = item.target if in_target else item.source
    if sentence is not None and sentence.length > finding.span.length + _FULL_STOP:
        line.append(f"   {one_line(sentence.of(content)[:_WORDS_SHOWN])}", style="dim")
    return line


class ProblemsScreen(ModalScreen[int | None]):
    """All problems so far in text order; the result is the index of the one chosen.

    Args:
        reading: the state.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,p", "dismiss", "close", show=False),
        Binding("j", "cursor(1)", show=False),
        Binding("k", "cursor(-1)", show=False),
    ]

    DEFAULT_CSS = """
    ProblemsScreen {
        background: $background;
        & > Static { height: 1; padding: 0 1; background: $panel; text-style: bold; }
        & > OptionList { height: 1fr; border: none; background: $background; scrollbar-size-vertical: 0; padding: 0; }
        & > OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
        & > OptionList:focus { border: none; background-tint: $background 0%; }
        & .option-list--option { padding: 0 2; }
        & .option-list--option-highlighted { background: $accent 25%; color: $foreground; }
        & > OptionList:focus > .option-list--option-highlighted { background: $accent 25%; color: $foreground; }
    }
    """

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading

    def compose(self) -> ComposeResult:
        """A headline and the list."""
        count = len(self._reading.problems)
        yield Static(f"{count} problem{'' if count == 1 else 's'} ⋅ enter goes there, esc closes", markup=False)
        yield OptionList(*(problem_line(self._reading, problem) for problem in self._reading.problems))

    def on_mount(self) -> None:
        """Begin at the problem under the cursor."""
        options = self.query_one(OptionList)
        options.focus()
        if self._reading.problems:
            options.highlighted = self._reading.problem or 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go there."""
        self.dismiss(event.option_index)

    def action_cursor(self, direction: int) -> None:
        """Next or previous line."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()
