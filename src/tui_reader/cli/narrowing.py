"""Reports with some of their findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_reader.model import CheckedBead, Finding, Report


def keeping(report: Report, wanted: Callable[[CheckedBead, Finding], bool]) -> Report:
    """The same report with the findings that are wanted, in its order."""
    beads = []
    for checked in report.beads:
        kept = tuple(finding for finding in checked.findings if wanted(checked, finding))
        beads.append(checked if len(kept) == len(checked.findings) else replace(checked, findings=kept))
    return replace(report, beads=tuple(beads))
