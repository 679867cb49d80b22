"""Why one finding was made, and what to do about it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, cast

from tui_reader.reports.finding_text import finding_lines, percent
from tui_reader.reports.log_commands import disarmed
from tui_reader.reports.painter import Painter
from tui_reader.reports.places import source_of, text_of
from tui_reader.text.visible import visible
from tui_reader.text.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.checks.rules import Rule
    from tui_reader.model import CheckedBead, Finding, Report, Signal
    from tui_reader.reports.report import ReportOptions
    from tui_reader.settings import Sensitivity

PROSE_WIDTH = 100
"""Prose of our own is never wider, however wide the terminal."""


def explanation(
    report: Report, checked: CheckedBead, finding: Finding, rule: Rule, options: ReportOptions
) -> Iterator[str]:
    """The lines that explain a finding, without line ends.

    Args:
        report: the report that holds it.
        checked: its bead.
        finding: the finding.
        rule: its rule.
        options: width and colours.
    """
    yield from disarmed(_lines(report, checked, finding, rule, options))


def _lines(report: Report, checked: CheckedBead, finding: Finding, rule: Rule, options: ReportOptions) -> Iterator[str]:
    paint = Painter(options.colour)
    yield from finding_lines(report, checked, finding, options)
    yield ""
    yield from textwrap.wrap(f"Rule {rule.code}: {rule.description}", min(options.width, PROSE_WIDTH))
    if not report.document.is_pairs:
        source = source_of(report, checked)
        about = ", ".join(part for part in (source.author, source.date, source.url) if part)
        yield visible(f"Source: {source.title or source.id}{f' ({about})' if about else ''}")
    yield ""
    yield paint("Evidence", bold=True)
    yield from _evidence(report, checked, finding, rule)
    yield ""
    yield paint("What to do", bold=True)
    yield from _cure(rule, options)
    yield ""
    yield paint(str(report.signature), dim=True)


def _evidence(report: Report, checked: CheckedBead, finding: Finding, rule: Rule) -> Iterator[str]:
    own = text_of(report, checked, finding.side)
    other = text_of(report, checked, finding.side.other)
    counterpart = finding.evidence.counterpart
    rows = [("words", visible(finding.span.of(own.content)))]
    if checked.bead.span(finding.side.other) is None:
        rows.append(("closest words", "none: nothing stands beside this sentence"))
    elif counterpart is not None:
        rows.append(("closest words", visible(counterpart.of(other.content))))
    rows += [(visible(signal.name), _measure(signal)) for signal in finding.evidence.signals]
    reported = rule.threshold(cast("Sensitivity", report.signature.sensitivity))
    rows.append(("confidence", f"{percent(finding.confidence)}, reported from {percent(reported)}"))
    widest = max(cells(name) for name, _ in rows)
    for name, value in rows:
        yield f"  {name}{' ' * (widest - cells(name))}  {value}"


def _measure(signal: Signal) -> str:
    if signal.threshold is None:
        return f"{signal.value:.3f}"
    side = "below" if (signal.value < signal.threshold) else "not below"
    return f"{signal.value:.3f}, {side} {signal.threshold:.3f}: {'for' if signal.supports else 'against'} the finding"


def _cure(rule: Rule, options: ReportOptions) -> Iterator[str]:
    indent = "  "
    yield from textwrap.wrap(
        rule.cure or "Compare the two texts at the marked words.",
        min(options.width, PROSE_WIDTH),
        initial_indent=indent,
        subsequent_indent=indent,
    )
