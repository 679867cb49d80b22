"""Sentences that the translation has at another place than the source: no fault, but worth knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Side, Span
from tui_reader.reports.located import Place, one_line, place_of
from tui_reader.reports.places import passage_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.model import CheckedBead, Report

_WORDS = 30
"""Characters by which a sentence is known again."""


class Move(NamedTuple):
    """A run of sentences that stand together on both sides, but not where they stood."""

    source: Place
    target: Place
    pair: str | None
    """The pair's id in a file of pairs."""

    @property
    def message(self) -> str:
        """What is shown to people, on one line."""
        return f"“{shortened(self.target.words)}” stands at another place than “{shortened(self.source.words)}”"


def moves(report: Report) -> Iterator[Move]:
    """The moved sentences of a report in the order of its text, neighbours on both sides as one."""
    run: list[CheckedBead] = []
    for checked in report.beads:
        if run and not _continues(report, run[-1], checked):
            yield _move(report, run)
            run = []
        if checked.bead.moved:
            run.append(checked)
    if run:
        yield _move(report, run)


def _continues(report: Report, before: CheckedBead, after: CheckedBead) -> bool:
    """Whether nothing stands between two moved beads of a passage, on either side."""
    if not after.bead.moved or before.bead.passage != after.bead.passage:
        return False
    for side in Side:
        first, second = before.bead.span(side), after.bead.span(side)
        if first is None or second is None or first.end > second.start:
            return False
        if Span(first.end, second.start).of(text_of(report, before, side).content).strip():
            return False
    return True


def _move(report: Report, run: Sequence[CheckedBead]) -> Move:
    sides = []
    for side in (Side.SOURCE, Side.TARGET):
        first, last = run[0].bead.span(side), run[-1].bead.span(side)
        span = Span(first.start if first else 0, last.end if last else 0)
        sides.append(place_of(text_of(report, run[0], side), span))
    pair = one_line(passage_of(report, run[0]).id) if report.document.is_pairs else None
    return Move(sides[0], sides[1], pair)


def shortened(words: str) -> str:
    """The beginning of a sentence."""
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()}…"
