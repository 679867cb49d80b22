"""Which report formats there are."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tui_reader.reports.report import ReportWriter

BUILT_IN = {
    "text": "tui_reader.reports.text:TextReport",
    "json": "tui_reader.reports.json_report:JsonReport",
    "jsonl": "tui_reader.reports.jsonl:JsonLines",
    "sarif": "tui_reader.reports.sarif:Sarif",
    "junit": "tui_reader.reports.junit:JUnit",
    "github": "tui_reader.reports.github:GitHubAnnotations",
    "gitlab": "tui_reader.reports.gitlab:GitLabCodeQuality",
    "tsv": "tui_reader.reports.tsv:FindingTable",
    "markdown": "tui_reader.reports.markdown:MarkdownSummary",
    "html": "tui_reader.reports.html_report:HtmlReport",
}
"""Name of each format and where its writer lives."""

ENTRY_POINTS = "tui_reader.reports"
"""Other packages add a report by an entry point of this group that names their `ReportWriter` class."""


def names() -> list[str]:
    """The names of all formats, those of other packages after the built-in ones."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

    return [*BUILT_IN, *sorted(entry.name for entry in entry_points(group=ENTRY_POINTS) if entry.name not in BUILT_IN)]


def writer(name: str) -> type[ReportWriter]:
    """The writer of a format.

    Raises:
        KeyError: there is no format of this name.
    """
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        return cast("type[ReportWriter]", getattr(import_module(module), attribute))
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import

    (entry,) = entry_points(group=ENTRY_POINTS, name=name) or [None]
    if entry is None:
        raise KeyError(name)
    return cast("type[ReportWriter]", entry.load())
