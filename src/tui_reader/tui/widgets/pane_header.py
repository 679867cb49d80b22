"""The line above the texts: whose words these are, and which text they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tui_reader.model import Side
from tui_reader.text.width import cells
from tui_reader.tui.columns import GUTTER, RULE, Columns
from tui_reader.tui.widgets.inked import Inked
from tui_reader.tui.wording import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.style import Style


class PaneHeader(Inked):
    """The source of the current passage above the source column, the document's title above the other.

    Args:
        title: of the document.
        ambiguous: cells of characters of ambiguous width.
    """

    INKS: ClassVar[Mapping[str, str]] = {
        "active": "foreground on panel bold",
        "idle": "foreground 60% on panel",
    }
    DEFAULT_CSS = "PaneHeader { dock: top; height: 1; background: $panel; }"

    def __init__(self, title: str, ambiguous: int = 1) -> None:
        super().__init__()
        self._title, self._ambiguous = title, ambiguous
        self._source, self._active = "", Side.TARGET
        self._columns: Columns | None = None

    @property
    def side_by_side(self) -> bool:
        """Whether it names two columns."""
        return self._columns is not None and self._columns.side_by_side

    def entitle(self, title: str) -> None:
        """Call the document something else from now on."""
        if title != self._title:
            self._title = title
            self.refresh()

    def stand_above(self, columns: Columns) -> None:
        """Stand above these columns."""
        self._columns = columns
        self.refresh()

    def show(self, source: str, active: Side) -> None:
        """Put other words in the line.

        Args:
            source: about the source of the current passage, empty in commentary.
            active: the side that copying takes.
        """
        self._source, self._active = source, active
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is but one
        """The only row."""
        segments = list(self._segments())
        used = sum(cells(segment.text, self._ambiguous) for segment in segments)
        segments.append(Segment(" " * max(0, self.size.width - used), self._style(active=False)))
        return Strip(segments, self.size.width)

    def _style(self, *, active: bool) -> Style:
        return self.style("active" if active else "idle")

    def _segments(self) -> Iterator[Segment]:
        columns = self._columns
        if columns is None:
            return
        yield self._words(" " * (columns.margin + GUTTER), columns.margin + GUTTER, active=False)
        if columns.side_by_side:
            yield self._words(self._source, columns.source, active=self._active is Side.SOURCE)
            yield self._words("", columns.hang + RULE + GUTTER, active=False)
            yield self._words(self._title, columns.target, active=self._active is Side.TARGET)
        elif self._source:
            yield self._words(self._source, columns.source, active=True)
        else:
            yield self._words(self._title, columns.target, active=True)

    def _words(self, words: str, width: int, *, active: bool) -> Segment:
        return Segment(fitted(words, width, self._ambiguous), self._style(active=active))
