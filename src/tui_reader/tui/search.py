"""Searching both languages over the logical text: line breaks of the screen, width, case and kana make no odds."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Document, Side, Span

if TYPE_CHECKING:
    from tui_reader.tui.items import ItemIndex


class Match(NamedTuple):
    """A place where the query occurs."""

    item: int
    side: Side
    span: Span
    """In the whole text of its side."""


class _Folded(NamedTuple):
    source_id: str
    text: str
    origin: list[int]

    def spans(self, query: str) -> list[Span]:
        found, at = [], self.text.find(query)
        while at >= 0:
            end = at + len(query)
            found.append(Span(self.origin[at], max(self.origin[at] + 1, self.origin[end])))
            at = self.text.find(query, end)
        return found


class SearchIndex:
    """The folded texts of a document, made when first needed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._folded: list[_Folded] | None = None
        self._folding = threading.Lock()

    def prepare(self) -> list[_Folded]:
        """Fold the texts unless they are; may be called from any thread, and early, while a query is being typed."""
        with self._folding:
            if self._folded is None:
                self._folded = self._fold()
            return self._folded

    def find(self, query: str, items: ItemIndex) -> list[Match]:
        """Every occurrence of `query` that some item shows, in the order of the items."""
        from tui_reader.text.normalise import fold  # noqa: PLC0415 - nobody searches in the first frame

        folded_query = fold(query)[0]
        if not folded_query.strip():
            return []
        matches = [
            Match(item, Side.SOURCE if folded.source_id else Side.TARGET, span)
            for folded in self.prepare()
            for span in folded.spans(folded_query)
            if (item := items.at(span.start, folded.source_id)) is not None
        ]
        return sorted(matches)

    def _fold(self) -> list[_Folded]:
        from tui_reader.text.normalise import fold  # noqa: PLC0415 - nobody searches in the first frame

        texts = [("", self._document.text)] + [(source.id, source.text) for source in self._document.sources]
        return [_Folded(source_id, *fold(text.content)) for source_id, text in texts]
