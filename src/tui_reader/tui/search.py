"""Searching both languages over the logical text: line breaks of the screen, width, case and kana make no odds."""

from __future__ import annotations

import re
import threading
from array import array
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Document, Side, Span
from tui_reader.text.joining import joint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_reader.tui.items import ItemIndex

_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"\r\n|\r|\n")


class Match(NamedTuple):
    """A place where the query occurs."""

    item: int
    side: Side
    span: Span
    """In the whole text of its side."""


class _Folded(NamedTuple):
    source_id: str
    text: str
    origin: Sequence[int]

    def spans(self, query: str) -> list[Span]:
        found, at = [], self.text.find(query)
        while at >= 0:
            end = at + len(query)
            found.append(self._of_the_file(Span(at, end)))
            at = self.text.find(query, end)
        return found

    def inflected(self, query: str) -> list[Span]:
        """The spans that say the query in other forms."""
        from tui_reader.tui.inflections import inflected_spans  # noqa: PLC0415 - the same

        return [self._of_the_file(span) for span in inflected_spans(self.text, query)]

    def near(self, query: str) -> list[Span]:
        """The spans most like the query."""
        from tui_reader.tui.near_search import near_spans  # noqa: PLC0415 - nobody searches in the first frame

        return [self._of_the_file(span) for span in near_spans(self.text, query)]

    def _of_the_file(self, span: Span) -> Span:
        start = self.origin[span.start]
        return Span(start, max(start + 1, self.origin[span.end]))


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

    def find(self, query: str, items: ItemIndex, *, near: bool = False) -> list[Match]:
        """Every occurrence of `query` that some item shows, in the order of the items.

        Args:
            query: what to look for.
            items: find the item of a character.
            near: whether to find the query's words in other forms, or else the words most like it, instead of itself.
        """
        from tui_reader.text.normalise import fold  # noqa: PLC0415 - nobody searches in the first frame

        wanted = _spaced(*fold(query))[0]
        if not wanted.strip():
            return []
        if not near:
            return self._matches(items, lambda folded: folded.spans(wanted))
        query = wanted.strip()
        return self._matches(items, lambda folded: folded.inflected(query)) or self._matches(
            items, lambda folded: folded.near(query)
        )

    def _matches(self, items: ItemIndex, spans: Callable[[_Folded], list[Span]]) -> list[Match]:
        matches = [
            Match(item, Side.SOURCE if folded.source_id else Side.TARGET, span)
            for folded in self.prepare()
            for span in spans(folded)
            if (item := items.at(span.start, folded.source_id)) is not None
        ]
        return sorted(matches)

    def _fold(self) -> list[_Folded]:
        from tui_reader.text.normalise import fold  # noqa: PLC0415 - nobody searches in the first frame

        texts = [("", self._document.text)] + [(source.id, source.text) for source in self._document.sources]
        return [_Folded(source_id, *_spaced(*fold(text.content))) for source_id, text in texts]


def _spaced(text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    """White space as it is read: a line break of the file inside a paragraph is none, several part paragraphs."""
    parts: list[str] = []
    kept = array("q")
    start = 0
    for run in _SPACE.finditer(text):
        if run[0] == " ":
            continue
        space = _space(run[0], text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1])
        parts += (text[start : run.start()], space)
        kept.extend(origin[start : run.start() + len(space)])
        start = run.end()
    kept.extend(origin[start:])
    return "".join([*parts, text[start:]]), kept


def _space(run: str, before: str, after: str) -> str:
    breaks = len(_LINE.findall(run))
    if breaks > 1:
        return "\n"
    return joint(before, after) if breaks else " "
