"""Findings that a remark in a file says are none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.model import Side, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Alignment, Bead, CheckedBead, Document, Finding, Ignore


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
            span = checked.bead.span(side) or _gap(alignment, place, side)
            kept = tuple(finding for finding in kept if not _ignored(finding, text.ignores, span))
    return checked if kept == checked.findings else replace(checked, findings=kept)


def _ignored(finding: Finding, ignores: Sequence[Ignore], span: Span) -> bool:
    return any(ignore.covers(finding.rule, span) for ignore in ignores)


def _gap(alignment: Alignment, place: int, side: Side) -> Span:
    """Where the missing side of a bead would stand: with the sentence before it, at the head of a passage after it."""
    bead = alignment.beads[place]
    for near in (*_run(alignment, place, -1, bead), *_run(alignment, place, 1, bead)):
        span = near.span(side)
        if span is not None:
            return span
    return Span(0, 0)


def _run(alignment: Alignment, place: int, step: int, bead: Bead) -> list[Bead]:
    """The next beads of the same passage in a direction, up to the first with both sides."""
    found: list[Bead] = []
    place += step
    while 0 <= place < len(alignment.beads) and alignment.beads[place].passage == bead.passage:
        found.append(alignment.beads[place])
        if found[-1].source_segments and found[-1].target_segments:
            break
        place += step
    return found
