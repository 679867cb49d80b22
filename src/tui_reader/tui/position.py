"""A place in a text that survives another width, another alignment, and small changes of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Side

if TYPE_CHECKING:
    from tui_reader.model import Document
    from tui_reader.tui.items import Item
    from tui_reader.tui.layout import Layout
    from tui_reader.tui.reading import Reading

_WORDS = 24
"""Characters kept to find the place again when the text before it has changed."""


class Position(NamedTuple):
    """A character of the document's text (of a source, where there is an id), and the words that begin there."""

    source_id: str
    offset: int
    words: str


class Spot(NamedTuple):
    """An item of a layout, to be found again although the texts may be laid out anew before somebody goes there."""

    item: int
    layout: Layout
    document: Document
    side: Side = Side.TARGET
    """The text by which the item is found again, where it has that one."""

    def now(self, reading: Reading) -> int | None:
        """The item that shows it now; None where the document has no such text any more."""
        if reading.layout is self.layout:
            return self.item
        place = _begin(self.layout.items[self.item], self.document, self.side)
        return None if place is None else item_at(reading, place)


def spot(reading: Reading, item: int, side: Side = Side.TARGET) -> Spot:
    """An item of the layout in force.

    Args:
        reading: the state.
        item: index of the item.
        side: the text by which the item is found again, where it has that one.
    """
    return Spot(item, reading.layout, reading.document, side)


def position(reading: Reading) -> Position | None:
    """Where the cursor is, None in an empty document."""
    return None if reading.item is None else _begin(reading.item, reading.document)


def _begin(item: Item, document: Document, side: Side = Side.TARGET) -> Position | None:
    """Where the text of an item begins, on one side or else on the other; None where it has none on either."""
    if item.target is not None and (side is Side.TARGET or item.source is None):
        start, content = item.target.start, document.text.content
        return Position("", start, content[start : start + _WORDS])
    if item.source is None or item.source_id is None:
        return None
    start, content = item.source.start, document.source(item.source_id).text.content
    return Position(item.source_id, start, content[start : start + _WORDS])


def item_at(reading: Reading, place: Position) -> int | None:
    """The item that shows a position now: by its words, the nearest where they stand more than once.

    None where the document has no such text any more.
    """
    if place.source_id and all(source.id != place.source_id for source in reading.document.sources):
        return None
    content = reading.source_content(place.source_id) if place.source_id else reading.document.text.content
    return reading.index.near(_nearest(content, place), place.source_id)


def _nearest(content: str, place: Position) -> int:
    if not place.words or content.startswith(place.words, place.offset):
        return place.offset
    before = content.rfind(place.words, 0, max(0, place.offset))
    after = content.find(place.words, max(0, place.offset))
    found = [offset for offset in (before, after) if offset >= 0]
    return min(found, key=lambda offset: abs(offset - place.offset), default=place.offset)
