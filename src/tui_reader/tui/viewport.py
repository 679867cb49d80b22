"""Which rows the screen shows: a place in the items and a height, never a sum over the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.tui.rows import Row, RowMap


class Place(NamedTuple):
    """A row, by its item and its number inside the item's rows."""

    item: int
    row: int


TOP = Place(0, 0)


class Viewport:
    """A window on the rows of a `RowMap`. Every operation costs what it shows or skips, not what there is."""

    def __init__(self, rows: RowMap, height: int = 24, top: Place = TOP) -> None:
        self.rows, self.height = rows, max(1, height)
        self.top = top
        self.show(top)

    def visible(self) -> list[tuple[Place, Row]]:
        """The rows on the screen, at most `height`."""
        return list(self._forward(self.top, self.height))

    def _forward(self, place: Place, count: int) -> Iterator[tuple[Place, Row]]:
        item, first = place
        while item < len(self.rows) and count > 0:
            for number, row in enumerate(self.rows.rows(item)[first:], first):
                yield Place(item, number), row
                count -= 1
                if count == 0:
                    return
            item, first = item + 1, 0

    def moved(self, place: Place, rows: int) -> Place:
        """The place `rows` rows further down (up where negative), as far as there is text."""
        return self._down(place, rows) if rows >= 0 else self._up(place, -rows)

    def _down(self, place: Place, count: int) -> Place:
        item, row = place
        while item < len(self.rows):
            left = len(self.rows.rows(item)) - row
            if count < left:
                return Place(item, row + count)
            count -= left
            item, row = item + 1, 0
        return self._last()

    def _up(self, place: Place, count: int) -> Place:
        item, row = place
        while count > row:
            count -= row
            item -= 1
            if item < 0:
                return Place(0, 0)
            row = len(self.rows.rows(item))
        return Place(item, row - count)

    def _last(self) -> Place:
        for item in range(len(self.rows) - 1, -1, -1):
            if rows := len(self.rows.rows(item)):
                return Place(item, rows - 1)
        return Place(0, 0)

    def scroll(self, rows: int) -> bool:
        """Move the window; False where it stood at that end already."""
        before = self.top
        self.show(self.moved(self.top, rows))
        return self.top != before

    def show(self, top: Place) -> None:
        """Put `top` on the first row, or as high as the end of the text allows without empty rows below it."""
        if not len(self.rows):
            self.top = Place(0, 0)
            return
        top = min(top, self._last())
        top = top._replace(row=max(0, min(top.row, len(self.rows.rows(top.item)) - 1)))
        if sum(1 for _ in self._forward(top, self.height)) < self.height:
            top = min(top, self._up(self._last(), self.height - 1))
        self.top = top

    def row_of(self, item: int) -> int | None:
        """Row of the screen on which `item` begins (negative where it begins above); None where it is not shown."""
        if item == self.top.item:
            return -self.top.row
        return next((y for y, (place, _) in enumerate(self.visible()) if place.item == item), None)

    def place_at_row(self, place: Place, y: int) -> None:
        """Scroll so that `place` stands on row `y` of the screen, as far as the text's ends allow."""
        self.show(self.moved(place, -y))

    def reveal(self, item: int, margin: int = 2, *, row: int = 0, jump: bool = False) -> None:
        """Scroll until all of `item` is seen, or where it is too tall the part from `row` on.

        Args:
            item: index of the item.
            margin: rows of context that should be seen beyond it.
            row: the row of the item that matters most.
            jump: True to put what was out of sight in the upper third; False to scroll as little as needed.
        """
        margin = min(margin, (self.height - 1) // 3)
        length = len(self.rows.rows(item))
        first = max(0, row - margin) if length > self.height - 2 * margin else 0
        length = min(length - first, self.height - 2 * margin)
        start = Place(item, first)
        above = start < self.moved(self.top, margin)
        below = self.moved(self.top, self.height - margin) <= self.moved(start, max(0, length - 1))
        if (above or below) and jump:
            self.place_at_row(start, min(self.height // 3, self.height - margin - length))
        elif above:
            self.place_at_row(start, margin)
        elif below:
            self.place_at_row(start, max(margin, self.height - margin - length))
