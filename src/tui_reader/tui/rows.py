"""Rows of the screen from items: lazy, so that only what is looked at is ever wrapped.

A row holds at most one line of each text. Both sides of an item take the same number of rows (the shorter one is
filled with empty lines), so beads stay level by construction. Nothing here knows the terminal toolkit.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Document, Side, Span
from tui_reader.tui.columns import Columns, View
from tui_reader.tui.items import BlockIndex, Item, ItemKind
from tui_reader.tui.language import tr
from tui_reader.tui.typesetting import Line, Typesetting, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLAIN = Typesetting()
_CACHED_ITEMS = 2048


class Row(NamedTuple):
    """One row of the screen."""

    item: int
    source: Line | None = None
    target: Line | None = None
    note: str = ""
    """Words of the reader's own: a heading, a folded run."""
    first: bool = False
    """Whether its item begins here (an empty row and readings before it apart)."""
    ruby: tuple[str, str] | None = None
    """Readings of the words in the next row, of the source and of the target; None where this is no such row."""

    def line(self, side: Side) -> Line | None:
        """The line of one side."""
        return self.source if side is Side.SOURCE else self.target


class RowOptions(NamedTuple):
    """How rows are made."""

    typesetting: Typesetting = PLAIN
    """How the texts are set."""
    unfolded: frozenset[int] = frozenset()
    """Indices of runs that nobody quotes and that are shown in full all the same."""
    folds: Mapping[int, str] = MappingProxyType({})
    """Items folded away, with the line that stands for them; empty for all but the first of a run."""
    only: Side | None = None
    """The side shown without lines left empty for the other, None for both in step."""


class RowMap:
    """The rows of every item, wrapped when asked for and kept for a while.

    Args:
        document: the texts that the items' spans point into.
        items: what to show.
        columns: how wide each text is.
        options: how the rows are made.
    """

    def __init__(
        self, document: Document, items: Sequence[Item], columns: Columns, options: RowOptions | None = None
    ) -> None:
        self.items, self.columns = items, columns
        self.options = options or RowOptions()
        texts = {source.id: source.text for source in document.sources} | {"": document.text}
        self._texts = {name: (text, BlockIndex(text)) for name, text in texts.items()}
        self._cache: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.items)

    def rows(self, index: int) -> tuple[Row, ...]:
        """All rows of one item, a leading empty row included; no rows where the view hides the item."""
        if index in self._cache:
            self._cache.move_to_end(index)
            return self._cache[index]
        rows = tuple(self._build(index)) if index < len(self.items) else ()
        self._cache[index] = rows
        if len(self._cache) > _CACHED_ITEMS:
            self._cache.popitem(last=False)
        return rows

    def _build(self, index: int) -> Iterator[Row]:
        rows = list(self._content(index, self.items[index]))
        if rows and index > 0 and self._is_parted(index):
            yield Row(index)
        first = next((number for number, row in enumerate(rows) if row.ruby is None), 0)
        for number, row in enumerate(rows):
            yield row._replace(first=number == first)

    def _is_parted(self, index: int) -> bool:
        """Whether an empty row stands before an item."""
        item, after_heading = self.items[index], self.items[index - 1].kind is ItemKind.HEADING
        if self.columns.view is View.STACKED and item.kind is ItemKind.BEAD:
            # One above the other, beads would run into each other.
            return not after_heading
        return item.spaced or (after_heading and self.columns.view is View.TARGET_ONLY)

    def _content(self, index: int, item: Item) -> Iterator[Row]:
        view = self.columns.view
        if index in self.options.folds:
            note = self.options.folds[index]
            yield from [Row(index, note=note)] if note else []
            return
        if self.options.only is not None:
            yield from self._one_side(index, item, self.options.only)
            return
        if item.note and view is not View.TARGET_ONLY:
            yield Row(index, note=item.note)
        source, target = self._source_lines(index, item), self._target_lines(item)
        if view is View.SIDE_BY_SIDE:
            yield from _in_rows(index, source, target)
        elif view is View.STACKED:
            yield from _in_rows(index, source, [])
            yield from _in_rows(index, [], target)
        elif target:
            yield from _in_rows(index, [], target)
        elif item.kind is ItemKind.BEAD:
            yield Row(index, note=tr("(not in the translation)"))

    def _one_side(self, index: int, item: Item, side: Side) -> Iterator[Row]:
        if side is Side.TARGET:
            yield from _in_rows(index, [], self._target_lines(item))
        else:
            yield from [Row(index, note=item.note)] if item.note else []
            yield from _in_rows(index, self._source_lines(index, item), [])

    def _source_lines(self, index: int, item: Item) -> list[Line]:
        folded = item.kind is ItemKind.UNQUOTED and index not in self.options.unfolded
        if item.source is None or item.source_id is None or folded:
            return []
        return self._lines(item.source_id, item.source, self.columns.source)

    def _target_lines(self, item: Item) -> list[Line]:
        return [] if item.target is None else self._lines("", item.target, self.columns.target)

    def _lines(self, text_id: str, span: Span, width: int) -> list[Line]:
        text, blocks = self._texts[text_id]
        return list(typeset(text, blocks.pieces(span), width, self.options.typesetting))


def _in_rows(index: int, source: list[Line], target: list[Line]) -> Iterator[Row]:
    """Lines side by side, and above those with readings a row for these: lines that are level stay level."""
    for one, other in zip_longest(source, target):
        ruby = (one.ruby if one else "", other.ruby if other else "")
        if any(ruby):
            yield Row(index, ruby=ruby)
        yield Row(index, one, other)
