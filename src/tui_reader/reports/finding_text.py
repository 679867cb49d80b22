"""One finding for people: where, what, how sure, and both texts with the words marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui_reader.model import Severity, Side
from tui_reader.reports.painter import Painter
from tui_reader.reports.places import place, text_of
from tui_reader.reports.quote import Mark, quoted
from tui_reader.text.visible import visible
from tui_reader.text.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import CheckedBead, Finding, Report
    from tui_reader.reports.report import ReportOptions

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_CLOSEST = "blue"
_WIDE_ENOUGH = 60
"""Cells that a line needs to hold figures as well."""
_LONG_WORDS = 64
"""Cells of the words in question that the first line has room for."""

CARET = "^"
COUNTERPART_CARET = "~"


def finding_lines(report: Report, checked: CheckedBead, finding: Finding, options: ReportOptions) -> Iterator[str]:
    """The lines about one finding, without line ends.

    The first names ``file:line:column``, severity, rule and confidence, as compilers do. Then come the words with
    carets below them, and the sentence beside it with its closest words underlined by tildes.
    """
    paint = Painter(options.colour)
    text = text_of(report, checked, finding.side)
    severity = paint(finding.severity.value, _COLOURS[finding.severity], bold=True)
    where = paint(visible(place(text, finding.span.start)), bold=True)
    sure = f"({finding.rule}, {percent(finding.confidence)} sure)"
    fingerprint = paint(f"[{finding.fingerprint}]", dim=True)
    message = _shortened(finding.message.rstrip("."), finding.span.of(text.content))
    yield f"{where}: {severity}: {visible(message)} {sure} {fingerprint}"
    mark = Mark(finding.span, CARET, partial(paint, colour=_COLOURS[finding.severity], bold=True))
    span = checked.bead.span(finding.side) or finding.span
    yield from quoted(text.content, span, [mark], width=options.width, ambiguous=options.ambiguous_width)
    yield from _other_side(report, checked, finding, options, paint)


def _other_side(
    report: Report, checked: CheckedBead, finding: Finding, options: ReportOptions, paint: Painter
) -> Iterator[str]:
    side = finding.side.other
    text = text_of(report, checked, side)
    span, counterpart = checked.bead.span(side), finding.evidence.counterpart
    name = "translation" if side is Side.TARGET else "source"
    closest = _closest(finding, options)
    if span is None:
        yield f"  {name}: {paint('nothing stands here', dim=True)}"
        if counterpart is None:
            return
        span, name = counterpart, "nearby"
    yield f"  {name}, {visible(place(text, span.start))}{paint(closest, dim=True)}"
    mark = [] if counterpart is None else [Mark(counterpart, COUNTERPART_CARET, partial(paint, colour=_CLOSEST))]
    yield from quoted(text.content, span, mark, width=options.width, ambiguous=options.ambiguous_width)


def _shortened(message: str, words: str) -> str:
    """The message with long words cut: they stand whole right below."""
    first = wrap(words, _LONG_WORDS)[:1]
    return message if not first or first[0].end == len(words) else message.replace(words, f"{first[0].of(words)}…", 1)


def _closest(finding: Finding, options: ReportOptions) -> str:
    similarity = finding.evidence.similarity
    if finding.evidence.counterpart is None:
        return ""
    measure = "" if similarity is None or options.width < _WIDE_ENOUGH else f", similarity {similarity:.2f}"
    return f"  ({COUNTERPART_CARET} closest words{measure})"


def percent(probability: float) -> str:
    """A probability for people; never 100%, which nobody can promise."""
    return f"{min(round(probability * 100), 99)}%"
