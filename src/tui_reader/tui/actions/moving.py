"""Moving by beads, pages, passages and problems."""

from __future__ import annotations

from textual import on

from tui_reader.tui.actions.base import ReadingBase, no_problems
from tui_reader.tui.language import tr
from tui_reader.tui.widgets.bilingual_view import BilingualView


class Moving(ReadingBase):
    """The keys that move the cursor."""

    end_of_beginning: int | None = None
    """The item to which somebody went who wanted to go to the end, while only the beginning was there."""

    @on(BilingualView.Clicked)
    def _clicked(self, message: BilingualView.Clicked) -> None:
        if self.reading.items[message.item].is_stop:
            self.tell("")
            self.reading.move_to(message.item)
            self.moved()

    def action_step(self, direction: int) -> None:
        """To the next item; first through the rest of one that is taller than the screen."""
        self.tell("")
        if not self.view.scroll_inside(direction):
            self.view.match = None
            self.reading.step(direction, self.is_shown)
            self.moved()

    def action_page(self, pages: float) -> None:
        """Roll by pages; the cursor keeps its row of the screen."""
        self.tell("")
        self.view.turn(pages)
        self.moved(reveal=False)

    def action_top(self) -> None:
        """To the beginning."""
        self._go_to_end(0, 1)

    def action_bottom(self) -> None:
        """To the end."""
        self._go_to_end(len(self.reading.items) - 1, -1)
        self.end_of_beginning = None if self.reading.layout.whole else self.reading.cursor

    def _go_to_end(self, item: int, direction: int) -> None:
        self.tell("")
        if self.reading.items:
            self.reading.move_to(item)
            if not (self.reading.items[item].is_stop and self.is_shown(item)):
                self.reading.step(direction, self.is_shown)
            self.view.show_end(direction)
            self.view.repaint()
            # What is taller than the screen is seen from its end too.
            self.moved(reveal=False)

    def action_passage(self, direction: int) -> None:
        """To the next quoted passage."""
        found = self.reading.step_passage(direction)
        self.tell("" if found else tr("no further passage"))
        self.moved(jump=True)

    def action_problem(self, direction: int) -> None:
        """To the next problem, around the end."""
        around = self.reading.step_problem(direction)
        notice = ""
        if around is None:
            notice = no_problems(self.reading)
        elif around:
            notice = tr("wrapped around: first problem") if direction > 0 else tr("wrapped around: last problem")
        self.tell(notice)
        self.view.match = None
        self.moved(jump=True)
