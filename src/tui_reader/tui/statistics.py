"""What a whole document looks like in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader.tui.band_wording import POOR

if TYPE_CHECKING:
    from tui_reader.model import Band
    from tui_reader.tui.reading import Reading

BINS = 10
"""Bars of the distribution, each a tenth of the scale."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures about the beads checked so far."""

    shapes: Counter[str]
    """How many beads have how many sentences on each side: ``1–1``, ``1–2``…"""
    distribution: tuple[Counter[Band | None], ...]
    """Number of beads of each band in each tenth of the scale from 0 to 100; None for scores that stand nowhere."""
    worst: tuple[int, ...]
    """Items of the beads with the lowest scores, the lowest first."""
    rules: Counter[str]
    """Problems by rule."""
    characters: tuple[int, int]
    """Of the sources and of the document's text, as far as they are aligned."""

    @property
    def bands(self) -> Counter[Band | None]:
        """Number of beads of each band."""
        return sum(self.distribution, start=Counter())


def doubtful(reading: Reading) -> int | None:
    """How many beads have a score that is doubtful or worse; None where it is known of none where its score stands."""
    bands = [standing.band for standing in reading.standings.values()]
    return sum(band in POOR for band in bands) if bands else None


def statistics(reading: Reading, worst: int = 10) -> Statistics:
    """Figures about what is known so far.

    Args:
        reading: the state.
        worst: how many of the lowest scores to name; beads that nothing was found wrong with are among them.
    """
    beads = () if reading.alignment is None else reading.alignment.beads
    shapes = Counter(f"{len(bead.source_segments)}–{len(bead.target_segments)}" for bead in beads)
    bins: tuple[Counter[Band | None], ...] = tuple(Counter() for _ in range(BINS))
    for item, score in reading.scores.items():
        standing = reading.standings.get(item)
        bins[min(BINS - 1, int(score * BINS / 100))][standing.band if standing else None] += 1
    lowest = sorted(reading.scores, key=lambda item: (reading.scores[item], item))[:worst]
    spans = [(bead.source_span, bead.target_span) for bead in beads]
    characters = (sum(s.length for s, _ in spans if s), sum(t.length for _, t in spans if t))
    rules = Counter(problem.finding.rule for problem in reading.found.everything)
    return Statistics(shapes, bins, tuple(lowest), rules, characters)
