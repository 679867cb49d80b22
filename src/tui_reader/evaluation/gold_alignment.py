"""Gold beads as an alignment, and how far an alignment agrees with them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tui_reader.checks.checker import Checker
from tui_reader.evaluation.cases import GoldIndex
from tui_reader.evaluation.statistics import Counts
from tui_reader.model import Alignment, Bead, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.evaluation.gold import GoldBead
    from tui_reader.model import Document
    from tui_reader.settings import CheckSettings


class GoldAligned(Checker):
    """A checker that is told the beads, so that its own mistakes are told apart from those of the aligner.

    Args:
        settings: the table ``[check]``.
        gold: the beads of each document by its id.
    """

    def __init__(self, settings: CheckSettings, gold: Mapping[str, Sequence[GoldBead]]):
        super().__init__(settings)
        self._gold = gold

    def align(self, document: Document) -> Alignment:
        """The gold beads of the document."""
        return gold_alignment(self._gold[document.id])


def gold_alignment(gold: Sequence[GoldBead]) -> Alignment:
    """Gold beads as they would stand in a report: a passage is a run of beads of one source."""
    passages: list[Passage] = []
    beads: list[Bead] = []
    for run in _runs(gold):
        name = f"p{len(passages) + 1}"
        beads += [
            Bead(f"{name}.{k}", len(passages), bead.source_spans, bead.target_spans, 1.0)
            for k, bead in enumerate(run, 1)
        ]
        source, target = (_hull([span for bead in run for span in side(bead)]) for side in (_source, _target))
        passages.append(Passage(name, run[0].source_id, source, target, marked=True))
    return Alignment(tuple(passages), tuple(beads))


def _source(bead: GoldBead) -> tuple[Span, ...]:
    return bead.source_spans


def _target(bead: GoldBead) -> tuple[Span, ...]:
    return bead.target_spans


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, 0)


def _runs(gold: Sequence[GoldBead]) -> list[list[GoldBead]]:
    """Consecutive beads of one source; a sentence that comes again begins a new run."""
    runs: list[list[GoldBead]] = []
    seen: set[Span] = set()
    for bead in gold:
        if not runs or runs[-1][-1].source_id != bead.source_id or not seen.isdisjoint(bead.source_spans):
            runs.append([])
            seen = set()
        runs[-1].append(bead)
        seen.update(bead.source_spans)
    return runs


def strict_beads(gold: Sequence[GoldBead], alignment: Alignment) -> Counts:
    """Beads with both sides that equal a gold bead (strict agreement of sentence alignment)."""
    wanted = {
        (bead.source_id, _outline(bead.source_spans), _outline(bead.target_spans))
        for bead in gold
        if bead.source_spans and bead.target_spans
    }
    said = {
        (alignment.passages[b.passage].source_id, _outline(b.source_segments), _outline(b.target_segments))
        for b in alignment.beads
        if b.source_segments and b.target_segments
    }
    both = len(wanted & said)
    return Counts(both, len(said), both, len(wanted))


def _outline(spans: Sequence[Span]) -> Span:
    # First and last character: a heading's marker or a cut inside changes nothing about what belongs together.
    return Span(spans[0].start, spans[-1].end)


def lax_beads(gold: Sequence[GoldBead], alignment: Alignment) -> Counts:
    """Beads with both sides that share a sentence with one gold bead on both sides (lax agreement)."""
    index = GoldIndex(gold)
    right, found, said = 0, set(), 0
    for bead in alignment.beads:
        if not (bead.source_segments and bead.target_segments):
            continue
        said += 1
        source_id = alignment.passages[bead.passage].source_id
        shared = [k for k in index.of(bead, source_id) if _touches(gold[k], bead, source_id)]
        right += bool(shared)
        found.update(shared)
    wanted = sum(bool(bead.source_spans and bead.target_spans) for bead in gold)
    return Counts(right, said, len(found), wanted)


def _touches(gold: GoldBead, bead: Bead, source_id: str) -> bool:
    return (
        gold.source_id == source_id
        and _any_overlap(gold.source_spans, bead.source_segments)
        and _any_overlap(gold.target_spans, bead.target_segments)
    )


def _any_overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)


def unmatched(gold: Sequence[GoldBead], alignment: Alignment) -> Counts:
    """Sentences said to have no counterpart, against those of the gold."""
    wanted = {(b.source_id, s) for b in gold if not b.target_spans for s in b.source_spans}
    wanted |= {("", s) for b in gold if not b.source_spans for s in b.target_spans}
    said = set(chain.from_iterable(_alone(bead, alignment) for bead in alignment.beads))
    both = len(wanted & said)
    return Counts(both, len(said), both, len(wanted))


def _alone(bead: Bead, alignment: Alignment) -> list[tuple[str, Span]]:
    if not bead.target_segments:
        return [(alignment.passages[bead.passage].source_id, span) for span in bead.source_segments]
    return [] if bead.source_segments else [("", span) for span in bead.target_segments]
