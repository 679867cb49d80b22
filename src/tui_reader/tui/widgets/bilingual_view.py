"""The two texts, in step by bead."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_reader.model import Side
from tui_reader.tui.columns import Columns, View, arrange, fitting_view
from tui_reader.tui.items import ItemKind
from tui_reader.tui.marks import marks_of
from tui_reader.tui.painting import Painter, Shown
from tui_reader.tui.rows import Row, RowMap
from tui_reader.tui.viewport import Place, Viewport

if TYPE_CHECKING:
    from textual import events

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.search import Match

_WHEEL_ROWS = 3


class BilingualView(Widget, can_focus=True):
    """Both texts, painted row by row (Textual's Line API): whatever the length, only visible rows are made.

    Args:
        reading: what is read; the view shows its cursor and never moves it.
        ambiguous: cells of characters of ambiguous width.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"view--{name}"
        for name in (
            *("row", "current", "bar", "rule", "source", "target", "commentary", "heading", "note", "dot"),
            *("omission", "addition", "other", "letter-omission", "letter-addition", "letter-other"),
            *("current-finding", "counterpart", "match", "current-match"),
        )
    }
    ALLOW_SELECT = False

    DEFAULT_CSS = """
    BilingualView {
        width: 1fr;
        height: 1fr;
        background: $background;
        & > .view--row { color: $foreground; background: $background; }
        & > .view--current { background: $surface; }
        & > .view--bar { background: $accent 60%; }
        & > .view--rule { background: $foreground 10%; }
        & > .view--source { color: $foreground 80%; }
        & > .view--target { color: $foreground; }
        & > .view--commentary { color: $foreground 52%; }
        & > .view--heading { color: $primary; text-style: bold; }
        & > .view--note { color: $foreground 45%; text-style: italic; }
        & > .view--dot { color: $foreground 30%; }
        & > .view--omission { color: $warning; text-style: underline; }
        & > .view--addition { color: $success; text-style: reverse; }
        & > .view--other { color: $error; text-style: strike; }
        & > .view--letter-omission { color: $warning; text-style: bold; }
        & > .view--letter-addition { color: $success; text-style: bold; }
        & > .view--letter-other { color: $error; text-style: bold; }
        & > .view--current-finding { text-style: bold; }
        & > .view--counterpart { background: $primary 30%; }
        & > .view--match { background: $accent 25%; }
        & > .view--current-match { background: $accent; color: $background; text-style: bold; }
    }
    """

    class Clicked(Message):
        """Somebody clicked on an item."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    class Arranged(Message):
        """The texts stand in other columns than before."""

        def __init__(self, columns: Columns) -> None:
            super().__init__()
            self.columns = columns

    def __init__(self, reading: Reading, ambiguous: int = 1) -> None:
        super().__init__(id="view")
        self.reading, self.ambiguous = reading, ambiguous
        self.chosen_view: View | None = None
        """The view asked for by key; None while the width decides."""
        self.unfolded: frozenset[int] = frozenset()
        self.matches: list[Match] = []
        self.match: Match | None = None
        self._styles: dict[str, Style] = {}
        self._viewport: Viewport | None = None
        self._painter: Painter | None = None
        self._visible: list[tuple[Place, Row]] | None = None

    @property
    def view(self) -> View:
        """The view in force."""
        return self.chosen_view or fitting_view(self.size.width)

    @property
    def viewport(self) -> Viewport:
        """The window on the rows."""
        if self._viewport is None:
            self._viewport = Viewport(self._row_map(), self.size.height)
        return self._viewport

    def _row_map(self) -> RowMap:
        columns = arrange(self.size.width, self.view)
        self._painter = Painter(columns, self.size.width, self.ambiguous, self._style)
        self.post_message(self.Arranged(columns))
        return RowMap(self.reading.document, self.reading.items, columns, self.ambiguous, self.unfolded)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self._component_style(name)
        return self._styles[name]

    def _component_style(self, name: str) -> Style:
        """Only what the name's rules set, with translucent colours laid over the page.

        Textual's own partial styles drop the translucency.
        """
        rules = self.get_component_styles(f"view--{name}")
        page = self.background_colors[1]
        colors = {
            key: (page + getattr(rules, rule)).rich_color
            for key, rule in (("color", "color"), ("bgcolor", "background"))
            if rules.has_rule(rule)
        }
        return Style(**colors) + rules.text_style

    def notify_style_update(self) -> None:
        """Forget the colours of another theme."""
        self._styles.clear()
        super().notify_style_update()

    def rearrange(self, row: int | None = None, *, reveal: bool = True) -> None:
        """Make the rows anew: another width, another view, other items.

        Args:
            row: where on the screen the text under the cursor shall begin; by default where it began before.
            reveal: False to put it exactly there, even if less of it is seen.
        """
        if row is None:
            row = None if self._viewport is None else self.cursor_row()
        self._viewport = Viewport(self._row_map(), self.size.height)
        if self.reading.items:
            self._viewport.place_at_row(self._cursor_place(), max(0, min(row or 0, self.size.height - 1)))
        if reveal:
            self.reveal()
        self.repaint()

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
            self.viewport.reveal(self.reading.cursor, row=self._row_in_question(), jump=jump)
        self.repaint()

    def _row_in_question(self) -> int:
        span, side = None, Side.TARGET
        if self.match is not None and self.match.item == self.reading.cursor:
            span, side = self.match.span, self.match.side
        elif self.reading.finding is not None:
            span, side = self.reading.finding.span, self.reading.finding.side
        rows = self.viewport.rows.rows(self.reading.cursor)
        lines = ((number, row.line(side)) for number, row in enumerate(rows))
        return next((number for number, line in lines if line and span and line.span.end > span.start), 0)

    def repaint(self) -> None:
        """Show what has changed."""
        self._visible = None
        self.refresh()

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
        shown = [place.item for place, _ in self._rows()]
        stops = [item for item in dict.fromkeys(shown) if self.reading.items[item].is_stop]
        if stops:
            at = shown[min(row, len(shown) - 1)]
            self.reading.move_to(next((item for item in stops if item >= at), stops[-1]))

    def show_end(self, direction: int) -> None:
        """Roll to the very top (1) or bottom (-1)."""
        last = Place(max(0, len(self.reading.items) - 1), 1 << 30)
        self.viewport.show(Place(0, 0) if direction > 0 else last)

    def fold(self, item: int) -> None:
        """Unfold a run that is not quoted, or fold it again."""
        self.unfolded = self.unfolded ^ {item}
        self.rearrange()

    def go_to_match(self, match: Match) -> None:
        """Make a match the current one, unfolded where it is in a folded run."""
        self.match = match
        folded = self.reading.items[match.item].kind is ItemKind.UNQUOTED and match.item not in self.unfolded
        if folded:
            self.fold(match.item)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new size."""
        if event.size.width and event.size.height:
            self.rearrange()

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
        rows = self._rows()
        if event.y < len(rows):
            self.post_message(self.Clicked(rows[event.y][0].item))

    def _rows(self) -> list[tuple[Place, Row]]:
        if self._visible is None:
            self._visible = self.viewport.visible()
        return self._visible

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        rows = self._rows()
        if y >= len(rows) or self._painter is None:
            return Strip.blank(self.size.width, self._style("row"))
        place, row = rows[y]
        return self._painter.strip(row, self._shown(place.item))

    def _shown(self, item: int) -> Shown:
        marks = marks_of(self.reading, item, self._matches_of(item), self.match)
        findings = self.reading.findings_of(item)
        return Shown(self.reading.items[item], findings, marks, item == self.reading.cursor)

    def _matches_of(self, item: int) -> list[Match]:
        first = bisect_left(self.matches, item, key=lambda match: match.item)
        last = bisect_left(self.matches, item + 1, key=lambda match: match.item)
        return self.matches[first:last]
