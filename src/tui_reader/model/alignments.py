"""Alignments: which sentences of a text translate which sentences of its sources."""

from __future__ import annotations

from dataclasses import dataclass

from tui_reader.model.texts import Passage, Side, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a text."""

    span: Span
    block: int
    """Index of its block in `Text.blocks`."""


@dataclass(frozen=True, slots=True)
class Bead:
    """m source sentences aligned with n target sentences, m and n ≥ 0 but not both 0 (Gale & Church 1993)."""

    id: str
    passage: int
    """Index of its passage in `Alignment.passages`."""
    source_segments: tuple[Span, ...]
    target_segments: tuple[Span, ...]
    similarity: float
    """Cosine of the two sides' vectors; 0 where a side is empty."""
    confidence: float = 1.0
    """Probability that exactly these sentences belong together."""
    moved: bool = False
    """Whether the translation has it at another place than the source."""

    @property
    def source_span(self) -> Span | None:
        """From the first to the last source sentence, None for an insertion."""
        return _hull(self.source_segments)

    @property
    def target_span(self) -> Span | None:
        """From the first to the last target sentence, None for a deletion."""
        return _hull(self.target_segments)

    def span(self, side: Side) -> Span | None:
        """`source_span` or `target_span`."""
        return self.source_span if side is Side.SOURCE else self.target_span


def _hull(spans: tuple[Span, ...]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A run of a source that no passage quotes: the head, the tail, or all of it. Not an omission."""

    source_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which runs of the text translate which runs of which source, down to sentences."""

    passages: tuple[Passage, ...]
    """In the order of the document's text."""
    beads: tuple[Bead, ...]
    """In the order of the document's text; deletions stand where their neighbours in the source stand."""
    unquoted: tuple[Unquoted, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a person should know about it: repairs that change nothing any more."""

    def gap(self, place: int, side: Side) -> Span:
        """Where the missing side of a bead would stand: it touches the sentence before it and the one after it.

        Args:
            place: index of a bead.
            side: the side that it lacks.

        Returns:
            A span that overlaps the neighbours of its passage; empty where the passage has nothing on this side.
        """
        before, after = self._nearest(place, -1, side), self._nearest(place, 1, side)
        if before is None and after is None:
            return Span(0, 0)
        if before is None or after is None:
            edge = before.end - 1 if before is not None else (after or Span(0, 0)).start
            return Span(edge, edge + 1)
        return Span(before.end - 1, after.start + 1)

    def _nearest(self, place: int, step: int, side: Side) -> Span | None:
        """The next sentence of the same passage in a direction that this side has."""
        passage = self.beads[place].passage
        place += step
        while 0 <= place < len(self.beads) and self.beads[place].passage == passage:
            span = self.beads[place].span(side)
            if span is not None and not self.beads[place].moved:
                return span
            place += step
        return None
