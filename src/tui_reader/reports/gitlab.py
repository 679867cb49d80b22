"""GitLab's code quality report: one JSON array of issues."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tui_reader.model import Severity
from tui_reader.reports.located import Located, located
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitLabCodeQuality:
    """Writes an issue a line."""

    def __init__(self, _options: ReportOptions) -> None:
        self._seen: Counter[str] = Counter()

    def write(self, report: Report) -> Iterator[str]:
        """The issues of one document."""
        for one in located(report):
            first = not self._seen
            self._seen[one.finding.fingerprint] += 1
            yield ("[" if first else ", ") + to_json(self._issue(one))

    def close(self) -> Iterator[str]:
        """The end of the array."""
        yield "]" if self._seen else "[]"

    def _issue(self, one: Located) -> dict[str, Any]:
        finding = one.finding
        # GitLab drops a second issue of the same name; equal sentences have equal fingerprints.
        occurrence = self._seen[finding.fingerprint]
        return {
            "description": one.message,
            "check_name": finding.rule,
            "fingerprint": finding.fingerprint if occurrence == 1 else f"{finding.fingerprint}-{occurrence}",
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": one.place.path, "lines": {"begin": one.place.start.line, "end": one.place.end.line}},
        }
