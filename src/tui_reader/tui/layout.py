"""The items of a document with what finds them: made in the background where there are many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_reader.tui.items import Item, ItemIndex, aligned_items, paragraph_items

if TYPE_CHECKING:
    from tui_reader.model import Alignment, Document

FIRST_PARAGRAPHS = 400
"""Paragraphs laid out before the first frame: some screens full; the others follow in the background."""


@dataclass(frozen=True)
class Layout:
    """What there is to show, in order."""

    items: tuple[Item, ...]
    index: ItemIndex
    """Finds the item of a character."""
    beads: dict[str, int] = field(default_factory=dict)
    """The item of each bead, by the bead's id."""
    whole: bool = True
    """False where the document goes on beyond these items."""


def first_layout(document: Document, *, is_whole: bool = True) -> Layout:
    """The first paragraphs of both texts, at once.

    Args:
        document: the texts.
        is_whole: False where the document is only the beginning of the one that is to be read.
    """
    items = paragraph_items(document, FIRST_PARAGRAPHS)
    return Layout(items, ItemIndex(items), whole=is_whole and len(items) < FIRST_PARAGRAPHS)


def paragraph_layout(document: Document) -> Layout:
    """All paragraphs of both texts, side by side."""
    items = paragraph_items(document)
    return Layout(items, ItemIndex(items))


def aligned_layout(document: Document, alignment: Alignment) -> Layout:
    """Beads, commentary and what nobody quotes."""
    items = aligned_items(document, alignment)
    beads = {alignment.beads[item.bead].id: at for at, item in enumerate(items) if item.bead is not None}
    return Layout(items, ItemIndex(items), beads)
