"""Workflow commands of GitHub Actions: each finding becomes an annotation of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.model import Severity
from tui_reader.reports.located import Located, located

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GitHubAnnotations:
    """Writes ``::error file=…,line=…::message``, a line a finding."""

    def __init__(self, _options: ReportOptions) -> None:
        pass

    def write(self, report: Report) -> Iterator[str]:
        """The annotations of one document."""
        for one in located(report):
            yield _command(one)

    def close(self) -> Iterator[str]:
        """Nothing: every line stands for itself."""
        return iter(())


def _command(one: Located) -> str:
    place, finding = one.place, one.finding
    properties: dict[str, object] = {"file": place.path, "line": place.start.line, "endLine": place.end.line}
    if place.start.line == place.end.line:
        # GitHub takes columns only where the words stand on one line.
        properties |= {"col": place.start.column, "endColumn": place.end.column}
    properties["title"] = f"{finding.rule} ({finding.confidence:.0%} sure)"
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(f'{one.message} [{finding.fingerprint}]')}"


def _data(text: str) -> str:
    """A text as the message of a command (``toolkit/command.ts``): what would end or forge one is escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
