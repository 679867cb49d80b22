"""Words selected with the mouse: in one of the two texts, by whole characters, copied as the text runs."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Side, Span
from tui_reader.text.joining import joined, joint
from tui_reader.text.width import clusters
from tui_reader.tui.items import BlockIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_reader.tui.items import Item
    from tui_reader.tui.layout import Layout
    from tui_reader.tui.reading import Reading
    from tui_reader.tui.rows import Row
    from tui_reader.tui.typesetting import Line


class Point(NamedTuple):
    """A character (or the place between two: an empty span) under the mouse."""

    item: int
    span: Span
    """In the whole text of the side; empty at 0 where the item has nothing on that side."""


class Selection(NamedTuple):
    """A run of one side, from one character up to another, both of them in it."""

    side: Side
    anchor: Point
    head: Point
    layout: Layout
    """What it counts in; with another one the selection is gone."""

    @property
    def items(self) -> range:
        """Indices of the items that it touches."""
        first, last = sorted((self.anchor.item, self.head.item))
        return range(first, last + 1)

    def portion(self, index: int, item: Item) -> Span | None:
        """What is selected of an item; None where nothing is."""
        whole = item.span(self.side)
        if whole is None or index not in self.items:
            return None
        first, last = self.items[0], self.items[-1]
        ends = (self.anchor, self.head)
        start = min(point.span.start for point in ends if point.item == first) if index == first else whole.start
        end = max(point.span.end for point in ends if point.item == last) if index == last else whole.end
        start, end = max(start, whole.start), min(end, whole.end)
        return Span(start, end) if start < end else None


def edge_at(above: Sequence[Row], whole: Span | None, side: Side) -> Span:
    """The end of an item's text that is nearest to a row without any of it.

    Args:
        above: the rows of the item above that row.
        whole: the item's text on that side, None where it has none.
        side: which side.
    """
    if whole is None:
        return Span(0, 0)
    edge = whole.end if any(row.line(side) for row in above) else whole.start
    return Span(edge, edge)


def character_at(line: Line, cell: int, ambiguous: int) -> Span:
    """The characters of the text that a cell of a line shows: either half of a wide one is all of it.

    Args:
        line: the line, not empty.
        cell: cells from its left edge; before and behind the text it is the empty place there.
        ambiguous: cells of characters of ambiguous width.
    """
    shown = list(clusters(line.text, ambiguous))
    ends = list(accumulate(cluster.cells for cluster in shown))
    if cell < 0:
        return Span(line.span.start, line.span.start)
    if cell >= ends[-1]:
        return Span(line.span.end, line.span.end)
    cluster = shown[bisect_right(ends, cell)]
    first, last = line.offsets[cluster.start], line.offsets[cluster.end - 1]
    return Span(first, last + 1)


def selected_text(reading: Reading, selection: Selection, is_shown: Callable[[int], bool]) -> str:
    """The words of a selection without the line breaks of the screen and of the file; paragraphs stay apart.

    Args:
        reading: the state.
        selection: what is selected.
        is_shown: whether an item's text is on show; what is folded away is not copied.
    """
    parts: list[str] = []
    before: tuple[str | None, Span] | None = None
    for index in selection.items:
        item = reading.items[index]
        portion = selection.portion(index, item)
        if portion is None or not is_shown(index):
            continue
        source_id = item.source_id if selection.side is Side.SOURCE else ""
        text = reading.document.text if not source_id else reading.document.source(source_id).text
        blocks = BlockIndex(text)
        for piece in blocks.pieces(portion):
            if before is not None:
                follows = before[0] == source_id and before[1].end <= piece.start
                one = follows and blocks.is_one(before[1].end - 1, piece.start)
                parts.append(_between(text.content, before[1].end, piece.start) if one else "\n")
            parts.append(joined(text.content, piece)[0])
            before = source_id, piece
    return "".join(parts)


def _between(content: str, end: int, start: int) -> str:
    """What stands between two sentences of a block that follow one another: a space, nothing, or what is left out."""
    gap = content[end:start]
    if gap.strip():
        return "\n"
    return joint(content[end - 1 : end], content[start : start + 1]) if set(gap) & {"\r", "\n"} else gap
