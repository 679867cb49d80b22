"""The whole document in a column at the side: its scores, its problems, and which part of it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui_reader.tui.band_wording import BANDS, POOR
from tui_reader.tui.marks import letter, rule_style
from tui_reader.tui.widgets.inked import Inked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.widgets.row_window import RowWindow

NARROWEST = 60
"""Cells that a screen must have to spare some for the map."""
_LOW = 45.0
"""A score that stands nowhere and is lower than this stands out."""


class Minimap(Inked):
    """A row for each stretch of the document, whatever its length: only what a row stands for is ever looked at.

    From left to right: a cell coloured by the band of the stretch's lowest score, with the letter of a bad one; the
    letter of its first problem; and a bar beside what is on the screen.

    Args:
        reading: the state.
        window: what is seen of it.
    """

    INKS: ClassVar[Mapping[str, str]] = {
        "row": "foreground 50% on background",
        "seen": "foreground on foreground 25%",
        **{band: words.ink for band, words in BANDS.items()},
        "letter-omission": "warning on background bold",
        "letter-addition": "success on background bold",
        "letter-other": "error on background bold",
    }
    PAGE = "background"
    DEFAULT_CSS = "Minimap { width: 3; height: 1fr; background: $background; }"

    class Clicked(Message):
        """Somebody clicked on a stretch; `item` is its first."""

        def __init__(self, item: int) -> None:
            super().__init__()
            self.item = item

    def __init__(self, reading: Reading, window: RowWindow) -> None:
        super().__init__(id="map")
        self._reading, self._window = reading, window
        self._lowest: list[int | None] = []
        self._counted = (0, 0, 0)

    def stretch(self, y: int) -> range:
        """The items that a row stands for; none where there are more rows than items."""
        count, height = len(self._reading.items), max(1, self.size.height)
        rows = min(count, height)
        return range(y * count // rows, (y + 1) * count // rows) if y < rows else range(0)

    def lowest(self, y: int) -> int | None:
        """The item with the lowest score so far of a row's stretch, the first of several."""
        state = (len(self._reading.items), self.size.height, len(self._reading.scores))
        if state != self._counted:
            self._counted = state
            self._lowest = self._lowest_of_all()
        return self._lowest[y] if y < len(self._lowest) else None

    def _lowest_of_all(self) -> list[int | None]:
        scores, count = self._reading.scores, len(self._reading.items)
        rows = min(count, max(1, self.size.height))
        found: list[int | None] = [None] * rows
        for item, score in scores.items():
            # The inverse of `stretch`: the row whose range holds the item.
            row = ((item + 1) * rows - 1) // count
            lowest = found[row]
            if lowest is None or (score, item) < (scores[lowest], lowest):
                found[row] = item
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
            return Strip.blank(self.size.width, self.style("row"))
        sign, style = " ", self.style("row")
        first, after = (self._reading.found.of_item(item).start for item in (stretch.start, stretch.stop))
        if first < after:
            rule = self._reading.problems[first].finding.rule
            sign, style = letter(rule), self.style(f"letter-{rule_style(rule)}")
        seen = self.style("seen" if self._is_seen(stretch) else "row")
        return Strip([self._score_cell(y), Segment(sign, style), Segment(" ", seen)])

    def _score_cell(self, y: int) -> Segment:
        item = self.lowest(y)
        if item is None:
            return Segment(" ", self.style("row"))
        standing = self._reading.standings.get(item)
        if standing is None:
            return Segment(" ", self.style("unrelated" if self._reading.scores[item] < _LOW else "close"))
        # With the letters of the others there would be no seeing those that matter.
        sign = BANDS[standing.band].letter if standing.band in POOR else " "
        return Segment(sign, self.style(standing.band))

    def _is_seen(self, stretch: range) -> bool:
        rows = self._window.visible_rows()
        return bool(rows) and rows[0][0].item < stretch.stop and stretch.start <= rows[-1][0].item
