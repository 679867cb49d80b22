"""A place in a text that survives another width, another alignment, and small changes of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui_reader.tui.reading import Reading

_WORDS = 24
"""Characters kept to find the place again when the text before it has changed."""


class Position(NamedTuple):
    """A character of the document's text (of a source, where there is an id), and the words that begin there."""

    source_id: str
    offset: int
    words: str


def position(reading: Reading) -> Position | None:
    """Where the cursor is, None in an empty document."""
    item = reading.item
    if item is None:
        return None
    if item.target is not None:
        start, content = item.target.start, reading.document.text.content
        return Position("", start, content[start : start + _WORDS])
    if item.source is None or item.source_id is None:
        return None
    start, content = item.source.start, reading.source_content(item.source_id)
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
