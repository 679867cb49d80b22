"""The whole document in a column at the side: its scores, its problems, and which part of it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_reader.tui.marks import letter, rule_style

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.widgets.row_window import RowWindow

NARROWEST = 60
"""Cells that a screen must have to spare some for the map."""
_LOW, _FAIR = 45.0, 70.0
"""Scores below which a part of the document stands out, and below which it is not plain."""


class Minimap(Widget):
    """A row for each stretch of the document, whatever its length: only what a row stands for is ever looked at.

    From left to right: a cell coloured by the lowest score of the stretch, the letter of its first problem, and a bar
    beside what is on the screen.

    Args:
        reading: the state.
        window: what is seen of it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"map--{name}"
        for name in ("row", "seen", "low", "fair", "high", "letter-omission", "letter-addition", "letter-other")
    }
    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Minimap {
        width: 3;
        height: 1fr;
        background: $background;
        & > .map--row { color: $foreground 50%; background: $background; }
        & > .map--seen { background: $foreground 25%; }
        & > .map--low { background: $error 70%; }
        & > .map--fair { background: $warning 45%; }
        & > .map--high { background: $foreground 8%; }
        & > .map--letter-omission { color: $warning; text-style: bold; }
        & > .map--letter-addition { color: $success; text-style: bold; }
        & > .map--letter-other { color: $error; text-style: bold; }
    }
    """

    class Clicked(Message):
        """Somebody clicked on a stretch; `item` is its first."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    def __init__(self, reading: Reading, window: RowWindow) -> None:
        super().__init__(id="map")
        self._reading, self._window = reading, window
        self._lowest: list[float | None] = []
        self._counted = (0, 0, 0)

    def stretch(self, y: int) -> range:
        """The items that a row stands for; none where there are more rows than items."""
        count, height = len(self._reading.items), max(1, self.size.height)
        rows = min(count, height)
        return range(y * count // rows, (y + 1) * count // rows) if y < rows else range(0)

    def lowest(self, y: int) -> float | None:
        """The lowest score of a row's stretch so far."""
        state = (len(self._reading.items), self.size.height, len(self._reading.scores))
        if state != self._counted:
            self._counted = state
            self._lowest = self._lowest_of_all()
        return self._lowest[y] if y < len(self._lowest) else None

    def _lowest_of_all(self) -> list[float | None]:
        count = len(self._reading.items)
        rows = min(count, max(1, self.size.height))
        found: list[float | None] = [None] * rows
        for item, score in self._reading.scores.items():
            # The inverse of `stretch`: the row whose range holds the item.
            row = ((item + 1) * rows - 1) // count
            lowest = found[row]
            found[row] = score if lowest is None else min(lowest, score)
        return found

    def on_click(self, event: events.Click) -> None:
        """Say which stretch was clicked."""
        stretch = self.stretch(event.y)
        if stretch:
            self.post_message(self.Clicked(stretch.start))

    def render_line(self, y: int) -> Strip:
        """One row."""
        stretch = self.stretch(y)
        if not stretch:
            return Strip.blank(self.size.width, self._style("row"))
        sign, style = " ", self._style("row")
        first, after = (self._reading.found.of_item(item).start for item in (stretch.start, stretch.stop))
        if first < after:
            rule = self._reading.problems[first].finding.rule
            sign, style = letter(rule), self._style(f"letter-{rule_style(rule)}")
        seen = self._style("seen" if self._is_seen(stretch) else "row")
        return Strip([Segment(" ", self._score_style(y)), Segment(sign, style), Segment(" ", seen)])

    def _score_style(self, y: int) -> Style:
        score = self.lowest(y)
        if score is None:
            return self._style("row")
        return self._style("low" if score < _LOW else "fair" if score < _FAIR else "high")

    def _is_seen(self, stretch: range) -> bool:
        rows = self._window.visible_rows()
        return bool(rows) and rows[0][0].item < stretch.stop and stretch.start <= rows[-1][0].item

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"map--{name}")
