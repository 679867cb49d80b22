"""The two texts, in step by bead."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from tui_reader.model import Side
from tui_reader.tui.marks import marks_of
from tui_reader.tui.painting import Painter, Shown
from tui_reader.tui.rows import Row
from tui_reader.tui.widgets.row_window import RowWindow

if TYPE_CHECKING:
    from textual import events

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.search import Match
    from tui_reader.tui.viewport import Place

_WHEEL_ROWS = 3


class BilingualView(RowWindow, can_focus=True):
    """Both texts, painted row by row (Textual's Line API): whatever the length, only visible rows are made.

    Args:
        reading: what is read; the view shows its cursor and never moves it.
        ambiguous: cells of characters of ambiguous width.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "BilingualView { width: 1fr; height: 1fr; }"

    class Clicked(Message):
        """Somebody clicked on an item."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    def __init__(self, reading: Reading, ambiguous: int = 1) -> None:
        super().__init__(reading, ambiguous)
        self.matches: list[Match] = []
        """What a search has found, in the order of the items."""

    def go_to_match(self, match: Match) -> None:
        """Make a match the current one, unfolded where it is in a folded run."""
        self.match = match
        if self.is_fold(match.item) and match.item not in self.unfolded:
            self.fold(match.item)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Roll down."""
        event.stop()
        self.scroll_rows(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Roll up."""
        event.stop()
        self.scroll_rows(-_WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Say which item was clicked."""
        rows = self.visible_rows()
        if event.y < len(rows):
            self.post_message(self.Clicked(rows[event.y][0].item))

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        own = self._row(self.visible_rows(), y)
        painter = Painter(self.viewport.rows.columns, self.size.width, self.ambiguous, self.style)
        if self.other is None:
            return self._blank() if own is None else painter.strip(*own)
        other = self._row(self.other.visible(), y)
        sides = [part or self._nothing() for part in (own, other)]
        source, target = sides if self.reading.active is Side.SOURCE else sides[::-1]
        return painter.strip(*source, beside=target)

    def _blank(self) -> Strip:
        return Strip.blank(self.size.width, self.style("row"))

    def _row(self, rows: list[tuple[Place, Row]], y: int) -> tuple[Row, Shown] | None:
        return (rows[y][1], self._shown(rows[y][0].item)) if y < len(rows) else None

    def _nothing(self) -> tuple[Row, Shown]:
        item = self.reading.items[0]
        return Row(0), Shown(item, [], [], current=False)

    def _shown(self, item: int) -> Shown:
        marks = marks_of(self.reading, item, self._matches_of(item), self.match)
        findings = self.reading.findings_of(item)
        return Shown(self.reading.items[item], findings, marks, item == self.reading.cursor)

    def _matches_of(self, item: int) -> list[Match]:
        first = bisect_left(self.matches, item, key=lambda match: match.item)
        last = bisect_left(self.matches, item + 1, key=lambda match: match.item)
        return self.matches[first:last]
