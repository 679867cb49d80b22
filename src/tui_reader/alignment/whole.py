"""Texts that are translations from end to end, not articles that quote.

Where nearly everything of a text and of one source is linked, in the same order, what lies between two passages is no
commentary and no skipped part: it is an addition or an omission, or a translation so free that no link was found.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.passages import Run
from tui_reader.alignment.sentences import align_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder

_TRANSLATED = 0.85
"""Share of the sentences of either side that must be linked."""
_SHORT = 3
"""Sentences of a run that may have moved, and by which two runs may overlap in the source."""


def as_whole(
    runs: Sequence[Run], sources: Sequence[SentenceVectors], text: SentenceVectors, encoder: AdditiveEncoder
) -> list[Run]:
    """The runs; where they are parts of one translation, one run from the first to the last of their sentences.

    Args:
        runs: of all sources, in the order of the text.
        sources: sentences of each source.
        text: sentences of the text.
        encoder: made the vectors.
    """
    if len(runs) < 2 or not _is_translation(runs, sources, text):
        return list(runs)
    source = runs[0].source
    i0, i1 = min(run.source_range[0] for run in runs), max(run.source_range[1] for run in runs)
    j0, j1 = min(run.target_range[0] for run in runs), max(run.target_range[1] for run in runs)
    one, other = sources[source].part(i0, i1), text.part(j0, j1)
    beads = with_moves(align_vectors(one, other, encoder), one, other, encoder)
    shifted = [
        bead._replace(source=tuple(i + i0 for i in bead.source), target=tuple(j + j0 for j in bead.target))
        for bead in beads
    ]
    return [Run(source, tuple(shifted))]


def _is_translation(runs: Sequence[Run], sources: Sequence[SentenceVectors], text: SentenceVectors) -> bool:
    if len({run.source for run in runs}) > 1:
        return False
    long = [run for run in runs if run.target_range[1] - run.target_range[0] > _SHORT]
    in_order = all(before.source_range[1] - _SHORT <= after.source_range[0] for before, after in pairwise(long))
    linked = sum(len(bead.target) for run in runs for bead in run.beads if bead.source)
    quoted = sum(len(bead.source) for run in runs for bead in run.beads if bead.target)
    return in_order and linked >= _TRANSLATED * len(text) and quoted >= _TRANSLATED * len(sources[runs[0].source])
