"""Findings with their places, for formats that list findings and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader.model import Location
from tui_reader.reports.log_commands import without_brackets
from tui_reader.reports.places import file_name, finding_text, location, passage_of, text_of
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from tui_reader.model import Finding, Report, Span, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A run of a file; all strings are fit to be shown."""

    path: str
    """Relative to the working directory where it lies below it, with ``/``."""
    start: Location
    end: Location
    """Right after the last character."""
    words: str


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, where it is, and what stands closest to it on the other side."""

    finding: Finding
    pair: str | None
    """The pair's id in a file of pairs."""
    place: Place
    counterpart: Place | None

    @property
    def message(self) -> str:
        """The finding's message, fit to be shown, on one line."""
        return one_line(self.finding.message)


def located(report: Report) -> Iterator[Located]:
    """The findings of a report with their places, the gravest first."""
    for checked, finding in report.ranked_findings():
        other = finding.evidence.counterpart
        yield Located(
            finding,
            one_line(passage_of(report, checked).id) if report.document.is_pairs else None,
            place_of(finding_text(report, checked, finding), finding.span),
            None if other is None else place_of(text_of(report, checked, finding.side.other), other),
        )


def one_line(text: str) -> str:
    """A text on one line, everything invisible shown as marks, and no command to a build server."""
    return without_brackets(" ".join(visible(text).split()))


def place_of(text: Text, span: Span) -> Place:
    """A run of a text as a place in its file."""
    first = location(text, span.start)
    last = location(text, max(span.end - 1, span.start))
    end = Location(last.line, last.column + (span.length > 0))
    return Place(portable(file_name(text), text.path), first, end, one_line(span.of(text.content)))


def portable(name: str, path: PurePath | None) -> str:
    """A file's name with ``/``, whatever the platform."""
    return one_line(name if path is None else type(path)(name).as_posix())
