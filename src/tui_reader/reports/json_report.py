"""One JSON object about a whole run: every document with its passages and the records of `jsonl`.

It is written document by document, so that a million pairs need no more memory than one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tui_reader.model import mean_score
from tui_reader.reports.jsonl import records
from tui_reader.reports.places import beads_by_passage, file_name
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys may come without."""


class JsonReport:
    """Writes ``{"tui-reader-report": 1, "documents": [...], "summary": {...}}``."""

    def __init__(self, options: ReportOptions) -> None:
        self._coverage = options.coverage
        self._begun = False
        self._severities: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._documents = 0

    def write(self, report: Report) -> Iterator[str]:
        """The lines about one document."""
        if self._begun:
            yield ","
        else:
            yield f'{{"tui-reader-report": {VERSION}, "documents": ['
        self._begun = True
        self._documents += 1
        self._severities.update(finding.severity.value for _, finding in report.findings)
        self._rules.update(finding.rule for _, finding in report.findings)
        yield to_json(document_record(report, coverage=self._coverage))

    def close(self) -> Iterator[str]:
        """The end of the list, and what all documents have together."""
        if not self._begun:
            yield f'{{"tui-reader-report": {VERSION}, "documents": ['
        summary = {
            "documents": self._documents,
            "findings": self._severities.total(),
            "severities": dict(sorted(self._severities.items())),
            "rules": dict(sorted(self._rules.items())),
        }
        yield f'], "summary": {to_json(summary)}}}'


def document_record(report: Report, *, coverage: bool = False) -> dict[str, Any]:
    """What is said about one document."""
    document = report.document
    return {
        "id": document.id,
        "title": document.title,
        "file": file_name(document.text),
        "language": document.text.language,
        "score": report.score,
        "signature": str(report.signature),
        "is_pairs": document.is_pairs,
        "sources": [
            {
                "id": source.id,
                "file": file_name(source.text),
                "language": source.text.language,
                "title": source.title,
                "author": source.author,
                "date": source.date,
                "url": source.url,
            }
            for source in document.sources
        ],
        "passages": [
            {
                "source_id": passage.source_id,
                "source_span": passage.source_span,
                "target_span": passage.target_span,
                "marked": passage.marked,
                "score": mean_score(beads),
            }
            for passage, beads in zip(report.alignment.passages, beads_by_passage(report), strict=True)
        ],
        "unquoted": [{"source_id": one.source_id, "span": one.span} for one in report.alignment.unquoted],
        "results": list(records(report, coverage=coverage)),
    }
