"""Where something stands, as people and editors name it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.model import Finding, Location, Report, Side, mean_score

if TYPE_CHECKING:
    from tui_reader.model import CheckedBead, Passage, Source, Span, Text


def passage_of(report: Report, checked: CheckedBead) -> Passage:
    """The passage that a bead belongs to."""
    return report.alignment.passages[checked.bead.passage]


def pair_scores(report: Report) -> list[float]:
    """The score of each pair of a document of pairs; 0 for one in which nothing could be compared."""
    return [mean_score(beads) or 0.0 for beads in beads_by_passage(report)]


def beads_by_passage(report: Report) -> list[tuple[CheckedBead, ...]]:
    """The beads of every passage, gathered in one go."""
    gathered: list[list[CheckedBead]] = [[] for _ in report.alignment.passages]
    for checked in report.beads:
        gathered[checked.bead.passage].append(checked)
    return [tuple(beads) for beads in gathered]


def source_of(report: Report, checked: CheckedBead) -> Source:
    """The source that a bead quotes."""
    return report.document.source(passage_of(report, checked).source_id)


def text_of(report: Report, checked: CheckedBead, side: Side) -> Text:
    """The whole text that spans of this side point into."""
    return source_of(report, checked).text if side is Side.SOURCE else report.document.text


def location(text: Text, offset: int) -> Location:
    """Line and column of a character; in a text without a file, of the text itself."""
    if text.locator is not None:
        return text.locator(offset)
    before = text.content[:offset]
    return Location(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def file_name(text: Text) -> str:
    """How a report calls the file of a text: relative to the working directory where it lies below it."""
    if text.path is None:
        return "<stdin>"
    here = Path.cwd()
    return str(text.path.relative_to(here) if text.path.is_absolute() and text.path.is_relative_to(here) else text.path)


def place(text: Text, offset: int) -> str:
    """``file:line:column``, as editors and terminals open it; for a book, ``book.epub!chapter:line:column``."""
    line, column = location(text, offset)
    part = getattr(text.locator, "part", None)
    inside = "" if part is None else f"!{part(offset)}"
    return f"{file_name(text)}{inside}:{line}:{column}"


def lines(text: Text, span: Span) -> str:
    """``line 3`` or ``lines 3-9``: the lines that a span stands on."""
    first, last = location(text, span.start).line, location(text, max(span.start, span.end - 1)).line
    return f"line {first}" if first == last else f"lines {first}-{last}"


def finding_text(report: Report, checked: CheckedBead, finding: Finding) -> Text:
    """The whole text that a finding points into."""
    return text_of(report, checked, finding.side)
