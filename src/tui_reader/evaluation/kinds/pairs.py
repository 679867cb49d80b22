"""Pairs of texts as the checker sees them."""

from __future__ import annotations

from typing import NamedTuple

from tui_reader.model import Document, Passage, Source, Span, Text
from tui_reader.text.blocks import plain_blocks


class Pair(NamedTuple):
    """A text and its translation, English and Japanese unless something else is said."""

    name: str
    source: str
    target: str
    source_language: str = "en"
    target_language: str = "ja"

    def document(self) -> Document:
        """The pair as a document of its own."""
        source = Text(self.source, self.source_language, plain_blocks(self.source))
        target = Text(self.target, self.target_language, plain_blocks(self.target))
        whole = Passage(self.name, self.name, Span(0, len(source)), Span(0, len(target)), marked=True)
        return Document(self.name, target, (Source(self.name, source),), marked=(whole,), is_pairs=True)
