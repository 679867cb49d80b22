"""What a report writer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui_reader.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.model import Report


def is_error(finding: Finding) -> bool:
    """Whether a finding is an error."""
    return finding.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is to be written; a writer takes what it understands."""

    coverage: bool = False
    """Add the probability of loss of every word."""
    width: int = 100
    """Cells of a line for people."""
    ambiguous_width: int = 1
    """Cells of a character of ambiguous width."""
    colour: bool = False
    """Whether ANSI styles may be used."""
    fails: Callable[[Finding], bool] = is_error
    """Whether a finding is one that makes the check fail."""


class ReportWriter(Protocol):
    """Turns reports into lines of text, each as it comes, so that a million pairs need no more memory than one."""

    def __init__(self, options: ReportOptions) -> None:
        """A writer for one run of the command."""

    def write(self, report: Report) -> Iterator[str]:
        """The lines about one document."""
        ...

    def close(self) -> Iterator[str]:
        """The lines that stand at the end."""
        ...
