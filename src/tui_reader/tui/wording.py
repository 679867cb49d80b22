"""The reader's sentences: how sources, confidences and runs that nobody quotes are put into words."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from tui_reader.text.visible import visible
from tui_reader.text.width import cells, clusters
from tui_reader.tui.language import later, tr, tr_count

if TYPE_CHECKING:
    from tui_reader.model import Document, Source, Span

_CONFIDENCE_WORDS = (
    (0.95, later("almost certain")),
    (0.8, later("very likely")),
    (0.6, later("likely")),
    (0.4, later("possible")),
)
_LONGEST_TITLE = 400
"""Characters; what begins with more begins with no title."""


def confidence_words(confidence: float) -> str:
    """A probability in words: ``almost certain`` down to ``a weak hint``."""
    return next((tr(words) for bound, words in _CONFIDENCE_WORDS if confidence >= bound), tr("a weak hint"))


def one_line(text: str) -> str:
    """Text from a file on one line, hostile characters as visible marks."""
    return visible(" ".join(text.split()))


def source_name(source: Source) -> str:
    """Whom or what a source is by: its author, else its title, else its id."""
    return one_line(source.author or source.title or source.id)


def source_heading(source: Source) -> str:
    """Author, date and title of a source on one line."""
    parts = (source.author, source.date, source.title)
    return " ⋅ ".join(one_line(part) for part in parts if part) or one_line(source.id)


def document_title(document: Document) -> str:
    """Title of a document, else its file's name, else its id."""
    if document.title:
        return one_line(document.title)
    return one_line(document.text.path.name if document.text.path else document.id)


def opening_title(document: Document) -> Span | None:
    """Where the text begins with the document's title; None where it begins otherwise."""
    first = next(iter(document.text.blocks), None)
    if first is None or first.span.length > _LONGEST_TITLE:
        return None
    words = one_line(first.span.of(document.text.content)).lstrip("#＃ ")
    return first.span if words == document_title(document) else None


def file_name(document: Document) -> str:
    """Name of the document's file, empty where it has none."""
    return one_line(document.text.path.name) if document.text.path else ""


def unquoted_note(source: Source, run: Span, *, whole: bool) -> str:
    """The line that stands for a run of a source that nobody quotes; `whole` where that is all of it."""
    # Imported here: the splitters load their rules only where sentences are counted.
    from tui_reader.text import sentences  # noqa: PLC0415

    count = len(sentences.split(source.text.content, source.text.language, run))
    if whole:
        note = tr_count("{source}: all {n} sentence not quoted", "{source}: all {n} sentences not quoted", count)
        return f"⋯ {note.replace('{source}', source_heading(source))} ⋯"
    note = tr_count("{n} sentence of {source} not quoted", "{n} sentences of {source} not quoted", count)
    return f"⋯ {note.replace('{source}', source_name(source))} ⋯"


def fitted(text: str, width: int, ambiguous: int = 1) -> str:
    """`text` on exactly `width` cells: filled with spaces, or cut with a mark where something is gone."""
    if cells(text, ambiguous) > width:
        room = max(0, width - 1)
        reach = accumulate(cluster.cells for cluster in clusters(text, ambiguous))
        kept = [cluster.end for cluster, used in zip(clusters(text, ambiguous), reach, strict=True) if used <= room]
        text = text[: kept[-1] if kept else 0] + "⋯"
    return text + " " * (width - cells(text, ambiguous))
