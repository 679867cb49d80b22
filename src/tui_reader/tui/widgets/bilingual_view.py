"""The two texts, in step by bead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from tui_reader.model import Side
from tui_reader.tui.columns import GUTTER, MEASURE
from tui_reader.tui.items import ItemKind
from tui_reader.tui.marks import Mark, marks_of
from tui_reader.tui.painting import Painter, Shown
from tui_reader.tui.rows import PLAIN, Row
from tui_reader.tui.selection import Point, Selection, character_at, edge_at, selected_text
from tui_reader.tui.widgets.row_window import RowWindow

if TYPE_CHECKING:
    from textual import events

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.search import Match
    from tui_reader.tui.typesetting import Typesetting
    from tui_reader.tui.viewport import Place

_WHEEL_ROWS = 3


class BilingualView(RowWindow, can_focus=True):
    """Both texts, painted row by row (Textual's Line API): whatever the length, only visible rows are made.

    Args:
        reading: what is read; the view shows its cursor and never moves it.
        typesetting: how the texts are set.
        measure: cells of the widest column, 0 for as wide as there is room.
    """

    DEFAULT_CSS = "BilingualView { width: 1fr; height: 1fr; background: $background; }"

    class Clicked(Message):
        """Somebody clicked on an item."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    class Selected(Message):
        """Somebody selected words with the mouse."""

    def __init__(self, reading: Reading, typesetting: Typesetting = PLAIN, measure: int = MEASURE) -> None:
        super().__init__(reading, typesetting, measure)
        self.matches: list[Match] = []
        """What a search has found, in the order of the items."""
        self._selection: Selection | None = None
        self._anchor: tuple[Side, Point] | None = None
        """Where the button of the mouse went down, as long as it is."""

    @property
    def selection(self) -> Selection | None:
        """What is selected with the mouse; gone with the items that it counted in."""
        selection = self._selection
        return selection if selection is not None and selection.layout is self.reading.layout else None

    def unselect(self) -> None:
        """Let go of what is selected."""
        self._selection = None
        self.refresh()

    def selected_words(self) -> str:
        """What is selected, as the text runs; empty where nothing is."""
        selection = self.selection
        return "" if selection is None else selected_text(self.reading, selection, self._shows_text)

    def _shows_text(self, item: int) -> bool:
        unquoted = self.reading.items[item].kind is ItemKind.UNQUOTED and item not in self.unfolded
        return not unquoted and item not in self.viewport.rows.options.folds

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, in the text under the mouse."""
        if event.button == 1 and self.reading.items:
            side = self._side_at(event.x, event.y)
            self._anchor = side, self._point(side, event.x, event.y)
            self.capture_mouse()
            self.unselect()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the character under the mouse; beyond the edge, roll."""
        if self._anchor is None:
            return
        side, anchor = self._anchor
        if not 0 <= event.y < self.size.height:
            (self.viewport if self._is_own(side) else self.other or self.viewport).scroll(1 if event.y > 0 else -1)
            self.repaint()
        head = self._point(side, event.x, event.y)
        if self._selection is not None or head != anchor:
            self._selection = Selection(side, anchor, head, self.reading.layout)
            self.refresh()

    def on_mouse_up(self) -> None:
        """End the selection."""
        self.release_mouse()
        if self._anchor is not None and self.selection is not None:
            self.post_message(self.Selected())
        self._anchor = None

    def _side_at(self, x: int, y: int) -> Side:
        columns = self.viewport.rows.columns
        if columns.side_by_side:
            return Side.SOURCE if x < columns.start(Side.TARGET) - GUTTER else Side.TARGET
        rows = self.visible_rows()
        row = rows[min(y, len(rows) - 1)][1]
        return Side.SOURCE if row.source is not None or (row.ruby is not None and row.ruby[0]) else Side.TARGET

    def _is_own(self, side: Side) -> bool:
        """Whether a side is seen through the window of the active one."""
        return self.other is None or side is self.reading.active

    def _point(self, side: Side, x: int, y: int) -> Point:
        window = self.viewport if self._is_own(side) else self.other or self.viewport
        rows = self.visible_rows() if window is self.viewport else window.visible()
        place, _ = rows[min(max(y, 0), len(rows) - 1)]
        item_rows = window.rows.rows(place.item)
        at = place.row + (item_rows[place.row].ruby is not None)
        line = item_rows[at].line(side)
        if line is None or not line.text:
            return Point(place.item, edge_at(item_rows[:at], self.reading.items[place.item].span(side), side))
        cell = x - window.rows.columns.start(side)
        return Point(place.item, character_at(line, cell, self.typesetting.ambiguous))

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
        """Say which item was clicked, unless that was the end of a selection."""
        if self.selection is not None:
            return
        rows = self.visible_rows()
        if event.y < len(rows):
            self.post_message(self.Clicked(rows[event.y][0].item))

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        own = self._row(self.visible_rows(), y)
        painter = Painter(self.viewport.rows.columns, self.size.width, self.typesetting.ambiguous, self.style)
        if self.other is None:
            return self._blank() if own is None else painter.strip(*own)
        other = self._row(self.other.visible(), y)
        sides = [part or self._nothing() for part in (own, other)]
        source, target = sides if self.reading.active is Side.SOURCE else sides[::-1]
        return painter.strip(*source, beside=target)

    def _blank(self) -> Strip:
        return Strip.blank(self.size.width, self.style("row"))

    def _row(self, rows: list[tuple[Place, Row]], y: int) -> tuple[Row, Shown] | None:
        return (rows[y][1], self._shown(rows[y][0].item, rows[y][1])) if y < len(rows) else None

    def _nothing(self) -> tuple[Row, Shown]:
        item = self.reading.items[0]
        return Row(0), Shown(item, [], [], current=False)

    def _shown(self, item: int, row: Row) -> Shown:
        marks = marks_of(self.reading, item, self._matches_of(row), self.match)
        if self.selection is not None:
            selected = self.selection.portion(item, self.reading.items[item])
            marks += [] if selected is None else [Mark(self.selection.side, selected, "selection")]
        findings = self.reading.findings_of(item)
        return Shown(self.reading.items[item], findings, marks, item == self.reading.cursor)

    def _matches_of(self, row: Row) -> list[Match]:
        """What a row shows of the matches: an item of a million characters may hold thousands."""
        found = []
        for side in Side:
            line = row.line(side)
            if line is not None:
                begin, end = (row.item, side, line.span.start), (row.item, side, line.span.end)
                first = bisect_right(self.matches, begin, key=lambda match: (match.item, match.side, match.span.end))
                last = bisect_left(self.matches, end, key=lambda match: (match.item, match.side, match.span.start))
                found += self.matches[first:last]
        return found
