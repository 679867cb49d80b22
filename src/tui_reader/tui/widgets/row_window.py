"""The window on the two texts: which rows of them are seen, and how it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from tui_reader.tui.columns import LEAST_MEASURE, MEASURE, Columns, Shape, View, arrange, fitting_view
from tui_reader.tui.folding import folds
from tui_reader.tui.items import ItemKind
from tui_reader.tui.rows import PLAIN, Row, RowMap, RowOptions
from tui_reader.tui.viewport import Place, Viewport
from tui_reader.tui.widgets.inked import Inked
from tui_reader.tui.widgets.row_styles import ROW_INKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from tui_reader.model import Side
    from tui_reader.tui.reading import Reading
    from tui_reader.tui.search import Match
    from tui_reader.tui.typesetting import Typesetting

_SHARES = (0.2, 0.8)
"""Least and most of the room that the source may take."""


class RowWindow(Inked):
    """A window on the rows of both texts, or on each text's own where they are apart.

    Args:
        reading: what is read; the window shows its cursor and moves it only where rolling takes it along.
        typesetting: how the texts are set.
        measure: cells of the widest column, 0 for as wide as there is room.
    """

    INKS: ClassVar[Mapping[str, str]] = ROW_INKS
    PAGE = "background"

    class Arranged(Message):
        """The texts stand in other columns than before."""

        def __init__(self, columns: Columns) -> None:
            super().__init__()
            self.columns = columns

    class Scrolled(Message):
        """Other rows are seen than before."""

    def __init__(self, reading: Reading, typesetting: Typesetting = PLAIN, measure: int = MEASURE) -> None:
        super().__init__(id="view")
        self.reading, self.typesetting, self.measure = reading, typesetting, measure
        self.chosen_view: View | None = None
        """The view asked for by key; None while the width decides."""
        self.share = 0.5
        """The source's part of the room where the texts stand side by side."""
        self.apart = False
        """Whether the two texts roll each on their own, side by side."""
        self.folding = False
        """Whether runs of clean beads are folded to a line each."""
        self.opened: frozenset[int] = frozenset()
        """Items whose runs stay unfolded all the same."""
        self.unfolded: frozenset[int] = frozenset()
        """Runs that nobody quotes and that are shown in full all the same."""
        self.match: Match | None = None
        self._viewport: Viewport | None = None
        self.other: Viewport | None = None
        """The text that the cursor is not in, where the two are apart."""
        self._visible: list[tuple[Place, Row]] | None = None

    @property
    def view(self) -> View:
        """The view in force."""
        return self.chosen_view or fitting_view(self.size.width)

    @property
    def is_apart(self) -> bool:
        """Whether the two texts roll on their own now."""
        return self.apart and self.view is View.SIDE_BY_SIDE

    @property
    def viewport(self) -> Viewport:
        """The window on the rows (where the texts are apart, on those of the active side)."""
        if self._viewport is None:
            self._make_viewports()
        assert self._viewport is not None  # noqa: S101 - just made
        return self._viewport

    def _make_viewports(self) -> None:
        shape = Shape(self.measure, self.share, self.typesetting.hang)
        columns = arrange(self.size.width, self.view, shape)
        self.post_message(self.Arranged(columns))
        notes = folds(self.reading, self.opened) if self.folding else {}

        def rows(only: Side | None) -> RowMap:
            options = RowOptions(self.typesetting, self.unfolded, notes, only)
            return RowMap(self.reading.document, self.reading.items, columns, options)

        active = self.reading.active if self.is_apart else None
        top = None if self.other is None else self.other.top
        self._viewport = Viewport(rows(active), self.size.height)
        self.other = None if active is None else Viewport(rows(active.other), self.size.height)
        if self.other is not None and top is not None:
            self.other.show(top)

    def rearrange(self, row: int | None = None, *, reveal: bool = True) -> None:
        """Make the rows anew: another width, another view, other items.

        Args:
            row: where on the screen the text under the cursor shall begin; by default where it began before.
            reveal: False to put it exactly there, even if less of it is seen.
        """
        if row is None:
            row = None if self._viewport is None else self.cursor_row()
        was_apart = self.other is not None
        self._make_viewports()
        if self.reading.items:
            self._unfold_cursor()
            self.viewport.place_at_row(self._cursor_place(), max(0, min(row or 0, self.size.height - 1)))
        if reveal:
            self.reveal()
        if not was_apart:
            # Where the other text was, nobody remembers.
            self.realign()
        self.repaint()

    def _unfold_cursor(self) -> None:
        """Open the run that hides the cursor."""
        folded = self.viewport.rows.options.folds
        if folded.get(self.reading.cursor) == "":
            self.opened |= {self.reading.cursor}
            self._make_viewports()

    def step_apart(self) -> None:
        """Let the two texts roll on their own from here, or bring them back into step."""
        self.apart = not self.apart
        self.rearrange()

    def realign(self) -> None:
        """Where the texts are apart, bring the other one level with the cursor."""
        if self.other is not None:
            self.other.place_at_row(
                Place(self.reading.cursor, 0), max(0, self.viewport.row_of(self.reading.cursor) or 0)
            )
            self.repaint()

    def change_sides(self) -> None:
        """Follow the active side to the other text, where the two are apart."""
        if self.other is not None:
            self._viewport, self.other = self.other, self.viewport
            shown = [place.item for place, _ in self.viewport.visible()]
            if self.reading.cursor not in shown and shown:
                self.reading.move_to(shown[min(len(shown) - 1, len(shown) // 3)])
            self.repaint()

    def narrow(self, cells: int) -> bool:
        """Make the widest column narrower (wider by a negative number); False where that changes nothing."""
        before = self.viewport.rows.columns
        widest = max(before.source, before.target)
        measure = max(LEAST_MEASURE, min(widest, self.measure or widest) - cells)
        self.measure = measure
        self.rearrange()
        if self.viewport.rows.columns == before:
            # There is no more room: the next step back shall be seen at once.
            self.measure = widest
            return False
        return True

    def widen(self, cells: int) -> None:
        """Give the source's column more room, or less."""
        share = self.share + cells / max(1, self.size.width)
        self.share = min(max(share, _SHARES[0]), _SHARES[1])
        self.rearrange()

    def _cursor_place(self) -> Place:
        """Where the text under the cursor begins: the translation, or the source where there is none."""
        rows = self.viewport.rows.rows(self.reading.cursor)
        first = next((number for number, row in enumerate(rows) if row.first), 0)
        number = next((number for number, row in enumerate(rows) if row.target), first)
        return Place(self.reading.cursor, number)

    def cursor_row(self) -> int | None:
        """Row of the screen on which the text under the cursor begins; None where it is far from it."""
        first = self.viewport.row_of(self.reading.cursor)
        return None if first is None else first + self._cursor_place().row

    def reveal(self, *, jump: bool = False) -> None:
        """Scroll the cursor into view, with the words in question where its item is taller than the screen.

        Args:
            jump: True to show what was out of sight amid its surroundings, not at the edge.
        """
        if self.reading.items:
            self._unfold_cursor()
            self.viewport.reveal(self.reading.cursor, row=self._row_in_question(), jump=jump)
        self.repaint()

    def _row_in_question(self) -> int:
        span, side = self.reading.word_span, self.reading.active
        if span is None and self.match is not None and self.match.item == self.reading.cursor:
            span, side = self.match.span, self.match.side
        elif span is None and self.reading.finding is not None:
            span, side = self.reading.finding.span, self.reading.finding.side
        rows = self.viewport.rows.rows(self.reading.cursor)
        lines = ((number, row.line(side)) for number, row in enumerate(rows))
        return next((number for number, line in lines if line and span and line.span.end > span.start), 0)

    def repaint(self) -> None:
        """Show what has changed."""
        self._visible = None
        self.refresh()
        self.post_message(self.Scrolled())

    def scroll_rows(self, rows: int) -> bool:
        """Move the rows under the cursor; False at the end."""
        moved = self.viewport.scroll(rows)
        self.repaint()
        return moved

    def scroll_inside(self, direction: int) -> bool:
        """Roll to the rest of an item that is taller than the screen; False where all of it has been shown."""
        first = self.viewport.row_of(self.reading.cursor)
        if first is None:
            return False
        hidden = first + len(self.viewport.rows.rows(self.reading.cursor)) - self.size.height
        if direction < 0:
            hidden = -first
        half = max(1, self.size.height // 2)
        return hidden > 0 and self.scroll_rows(direction * min(half, hidden))

    def turn(self, pages: float) -> None:
        """Roll by pages and take the cursor along, to the first stop at its row or below (above at the end)."""
        rows = max(1, round((self.size.height - 2) * abs(pages)))
        row = min(max(0, self.viewport.row_of(self.reading.cursor) or 0), self.size.height - 1)
        if not self.scroll_rows(rows if pages > 0 else -rows):
            row = self.size.height - 1 if pages > 0 else 0
        shown = [place.item for place, _ in self.visible_rows()]
        stops = [item for item in dict.fromkeys(shown) if self.reading.items[item].is_stop]
        if stops:
            at = shown[min(row, len(shown) - 1)]
            self.reading.move_to(next((item for item in stops if item >= at), stops[-1]))

    def show_end(self, direction: int) -> None:
        """Roll to the very top (1) or bottom (-1)."""
        last = Place(max(0, len(self.reading.items) - 1), 1 << 30)
        self.viewport.show(Place(0, 0) if direction > 0 else last)

    def fold(self, item: int) -> None:
        """Unfold a run that is not quoted or that is clean, or fold it again."""
        if item in self.viewport.rows.options.folds:
            self.opened |= {item}
        else:
            self.unfolded = self.unfolded ^ {item}
        self.rearrange()

    def is_fold(self, item: int) -> bool:
        """Whether an item stands for a run that is folded or can be."""
        unquoted = self.reading.items[item].kind is ItemKind.UNQUOTED
        return unquoted or item in self.viewport.rows.options.folds

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new size."""
        if event.size.width and event.size.height:
            self.rearrange()

    def visible_rows(self) -> list[tuple[Place, Row]]:
        """The rows on the screen with their places (where the texts are apart, those of the active side)."""
        if self._visible is None:
            self._visible = self.viewport.visible()
        return self._visible
