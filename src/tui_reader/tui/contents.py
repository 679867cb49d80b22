"""The table of contents: headings of the text and the passages that it quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import BlockKind
from tui_reader.tui.items import ItemKind
from tui_reader.tui.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.tui.reading import Reading

_WORDS_SHOWN = 200


class Entry(NamedTuple):
    """A place worth naming."""

    item: int
    words: str
    level: int
    """0 for a heading of the text, 1 for a passage."""


def contents(reading: Reading) -> list[Entry]:
    """Headings and passages in the order of the items."""
    return sorted({entry.item: entry for entry in (*_passages(reading), *_headings(reading))}.values())


def _headings(reading: Reading) -> Iterator[Entry]:
    text = reading.document.text
    for block in text.blocks:
        if block.kind is BlockKind.HEADING:
            item = reading.index.near(block.span.start)
            if item is not None:
                yield Entry(item, one_line(block.span.of(text.content)[:_WORDS_SHOWN]).lstrip("#＃ "), 0)


def _passages(reading: Reading) -> Iterator[Entry]:
    for index, item in enumerate(reading.items[:-1]):
        if item.kind is ItemKind.HEADING:
            stop = index + 1 if reading.items[index + 1].is_stop else index
            yield Entry(stop, item.note, 1)
