"""Why one finding was made, and what would make it pass."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tui_reader.model import Side
from tui_reader.reports.finding_text import finding_lines, percent
from tui_reader.reports.painter import Painter
from tui_reader.reports.places import source_of, text_of
from tui_reader.text.visible import visible
from tui_reader.text.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import CheckedBead, Finding, Report, Signal
    from tui_reader.reports.report import ReportOptions

PROSE_WIDTH = 100
"""Prose of our own is never wider, however wide the terminal."""


def explanation(
    report: Report, checked: CheckedBead, finding: Finding, description: str, options: ReportOptions
) -> Iterator[str]:
    """The lines that explain a finding, without line ends.

    Args:
        report: the report that holds it.
        checked: its bead.
        finding: the finding.
        description: what its rule is about.
        options: width and colours.
    """
    paint = Painter(options.colour)
    yield from finding_lines(report, checked, finding, options)
    yield ""
    yield from textwrap.wrap(f"Rule {finding.rule}: {description}", min(options.width, PROSE_WIDTH))
    if not report.document.is_pairs:
        source = source_of(report, checked)
        about = ", ".join(part for part in (source.author, source.date, source.url) if part)
        yield visible(f"Source: {source.title or source.id}{f' ({about})' if about else ''}")
    yield ""
    yield paint("Evidence", bold=True)
    yield from _evidence(report, checked, finding)
    yield ""
    yield paint("What would make it pass", bold=True)
    yield from _cures(finding)
    yield ""
    yield paint(str(report.signature), dim=True)


def _evidence(report: Report, checked: CheckedBead, finding: Finding) -> Iterator[str]:
    own = text_of(report, checked, finding.side)
    other = text_of(report, checked, finding.side.other)
    counterpart = finding.evidence.counterpart
    rows = [("words", visible(finding.span.of(own.content)))]
    if checked.bead.span(finding.side.other) is None:
        rows.append(("closest words", "none: nothing stands beside this sentence"))
    elif counterpart is not None:
        rows.append(("closest words", visible(counterpart.of(other.content))))
    if finding.evidence.similarity is not None:
        rows.append(("their similarity", f"{finding.evidence.similarity:.3f} (1 = the same meaning)"))
    rows += [(visible(signal.name), _measure(signal)) for signal in finding.evidence.signals]
    rows.append(
        (
            "confidence",
            f"{percent(finding.confidence)}: the share of such findings that a bilingual reader would confirm",
        )
    )
    widest = max(cells(name) for name, _ in rows)
    for name, value in rows:
        yield f"  {name}{' ' * (widest - cells(name))}  {value}"


def _measure(signal: Signal) -> str:
    if signal.threshold is None:
        return f"{signal.value:.3f}"
    counts = "counts" if signal.value >= signal.threshold else "does not count"
    return f"{signal.value:.3f}, {counts} (from {signal.threshold:.3f})"


def _cures(finding: Finding) -> Iterator[str]:
    if finding.side is Side.SOURCE:
        yield "  Say in the translation what the marked words of the source say."
    else:
        yield "  Take the marked words out of the translation, or quote the source that says them."
    for signal in finding.evidence.signals:
        if signal.threshold is not None and signal.value >= signal.threshold:
            yield f"  Measured: {visible(signal.name)} below {signal.threshold:.3f} (now {signal.value:.3f})."
