"""What a whole document looks like in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_reader.tui.reading import Reading

BINS = 10
"""Bars of the distribution, each a tenth of the scale."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures about the beads checked so far."""

    shapes: Counter[str]
    """How many beads have how many sentences on each side: ``1–1``, ``1–2``…"""
    distribution: tuple[int, ...]
    """Number of beads in each tenth of the scale from 0 to 100."""
    worst: tuple[int, ...]
    """Items of the beads with the lowest scores, the lowest first."""
    rules: Counter[str]
    """Problems by rule."""
    characters: tuple[int, int]
    """Of the sources and of the document's text, as far as they are aligned."""


def statistics(reading: Reading, worst: int = 10) -> Statistics:
    """Figures about what is known so far.

    Args:
        reading: the state.
        worst: how many of the lowest scores to name; beads that nothing was found wrong with are among them.
    """
    beads = () if reading.alignment is None else reading.alignment.beads
    shapes = Counter(f"{len(bead.source_segments)}–{len(bead.target_segments)}" for bead in beads)
    bins = Counter(min(BINS - 1, int(score * BINS / 100)) for score in reading.scores.values())
    lowest = sorted(reading.scores, key=lambda item: (reading.scores[item], item))[:worst]
    spans = [(bead.source_span, bead.target_span) for bead in beads]
    characters = (sum(s.length for s, _ in spans if s), sum(t.length for _, t in spans if t))
    rules = Counter(problem.finding.rule for problem in reading.found.everything)
    return Statistics(shapes, tuple(bins[bin_] for bin_ in range(BINS)), tuple(lowest), rules, characters)
