"""Findings that a remark in a file says are none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Alignment, CheckedBead, Document, Finding, Ignore, Span


def without_ignored(
    beads: Sequence[CheckedBead], document: Document, alignment: Alignment, place: int = 0
) -> tuple[CheckedBead, ...]:
    """Beads without the findings that remarks in either text ignore.

    Args:
        beads: a run of the beads of a document, in its order.
        document: the document.
        alignment: its alignment.
        place: of the first of them in the alignment.
    """
    if not (document.text.ignores or any(source.text.ignores for source in document.sources)):
        return tuple(beads)
    return tuple(
        _remaining(bead, document, alignment, number) if bead.findings else bead
        for number, bead in enumerate(beads, place)
    )


def _remaining(checked: CheckedBead, document: Document, alignment: Alignment, place: int) -> CheckedBead:
    source = document.source(alignment.passages[checked.bead.passage].source_id)
    kept = checked.findings
    for side, text in ((Side.SOURCE, source.text), (Side.TARGET, document.text)):
        if text.ignores:
            span = checked.bead.span(side) or alignment.gap(place, side)
            kept = tuple(finding for finding in kept if not _ignored(finding, text.ignores, span))
    return checked if kept == checked.findings else replace(checked, findings=kept)


def _ignored(finding: Finding, ignores: Sequence[Ignore], span: Span) -> bool:
    return any(ignore.covers(finding.rule, span) for ignore in ignores)
