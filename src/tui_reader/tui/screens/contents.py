"""The table of contents and the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tui_reader.model import Side
from tui_reader.tui.contents import contents
from tui_reader.tui.language import tr
from tui_reader.tui.position import Spot, spot
from tui_reader.tui.screens.list_screen import ListRow, ListScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.tui.contents import Entry
    from tui_reader.tui.reading import Reading


class ContentsScreen(ListScreen[Spot]):
    """Headings and passages; the result is the place to go to.

    Args:
        reading: the state.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        before = [self._spot(entry) for entry in contents(reading) if entry.item <= reading.cursor]
        super().__init__(before[-1] if before else None)

    def heading(self) -> str:
        """What this is."""
        return tr("Contents")

    def rows(self) -> Sequence[ListRow[Spot]]:
        """A row for each heading and passage, with the problems up to the next one."""
        entries = contents(self._reading)
        ends = [*(entry.item for entry in entries[1:]), len(self._reading.items)][: len(entries)]
        return [
            ListRow(self._spot(entry), self._line(entry.words, entry.level, entry.item, end))
            for entry, end in zip(entries, ends, strict=True)
        ]

    def _spot(self, entry: Entry) -> Spot:
        # Before the alignment, whatever paragraph stands beside the first of a source has nothing to do with it.
        unaligned = self._reading.alignment is None
        return spot(self._reading, entry.item, Side.SOURCE if unaligned and entry.level else Side.TARGET)

    def _line(self, words: str, level: int, first: int, end: int) -> Text:
        found = self._reading.found
        count = found.of_item(end).start - found.of_item(first).start
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{count or '':>4}  ", style="bold")
        return line.append("  " * level + words, style="bold" if level == 0 else "")
