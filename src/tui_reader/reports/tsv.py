"""A table of findings for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.reports.beads import escape
from tui_reader.reports.located import Located, located
from tui_reader.reports.log_commands import disarmed
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions

COLUMNS = (
    "file",
    "line",
    "column",
    "pair",
    "rule",
    "severity",
    "confidence",
    "side",
    "words",
    "closest",
    "message",
    "fingerprint",
)
_FORMULA = ("=", "+", "-", "@")


class FindingTable:
    """Writes a header and a line a finding."""

    def __init__(self, _options: ReportOptions) -> None:
        self._begun = False

    def write(self, report: Report) -> Iterator[str]:
        """The lines of one document."""
        yield from self._header()
        for one in located(report):
            yield from disarmed(["\t".join(cell(value) for value in _values(one))])

    def close(self) -> Iterator[str]:
        """The header at least."""
        yield from self._header()

    def _header(self) -> Iterator[str]:
        if not self._begun:
            self._begun = True
            yield "\t".join(COLUMNS)


def cell(value: str) -> str:
    """A text as a cell: escaped as in a file of pairs, hostile characters as marks, and never a formula.

    An apostrophe stands before what would be one.
    """
    return visible(escape(f"'{value}" if value.startswith(_FORMULA) else value))


def _values(one: Located) -> tuple[str, ...]:
    finding, place = one.finding, one.place
    return (
        place.path,
        str(place.start.line),
        str(place.start.column),
        one.pair or "",
        finding.rule,
        finding.severity.value,
        f"{finding.confidence:.4f}",
        finding.side.value,
        place.words,
        one.counterpart.words if one.counterpart else "",
        one.message,
        finding.fingerprint,
    )
