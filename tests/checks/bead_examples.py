"""Pairs and bead views made by hand, for the tests of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.coverage.measure import Coverage
from tui_reader.checks.family import BeadView, SideView
from tui_reader.model import Document, Passage, Side, Source, Span, Text
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from tui_reader.checks.rules import Example

NOTHING_MEASURED = Coverage(0.8, dict.fromkeys(Side, ()), dict.fromkeys(Side, ()), ())


def document(example: Example) -> Document:
    """A document of one pair."""
    source = Text(example.source, example.source_language, plain_blocks(example.source))
    target = Text(example.target, example.target_language, plain_blocks(example.target))
    mark = Passage("p", "p", Span(0, len(source)), Span(0, len(target)), marked=True)
    return Document("p", target, (Source("p", source),), marked=(mark,), is_pairs=True)


def view(example: Example) -> BeadView:
    """A bead of which nothing was measured with encoders."""
    return BeadView(
        SideView(example.source, example.source_language),
        SideView(example.target, example.target_language),
        NOTHING_MEASURED,
    )
