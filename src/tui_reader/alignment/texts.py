"""Two texts sentence by sentence, with everything that the aligner can do: path, moves, clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.alignment.clauses import with_clauses
from tui_reader.alignment.joining import Side
from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.sentences import align_vectors

if TYPE_CHECKING:
    from tui_reader.alignment.sentences import IndexBead
    from tui_reader.encoders.base import AdditiveEncoder

__all__ = ["Side", "align_texts"]


def align_texts(source: Side, target: Side, encoder: AdditiveEncoder) -> list[IndexBead]:
    """The beads of two texts that translate each other from end to end.

    Args:
        source: sentences of the source.
        target: sentences of the target.
        encoder: made their vectors.

    Returns:
        Every sentence in exactly one bead, in the order of the path; see `moves` for those that left their place.
    """
    one, other = source.vectors, target.vectors
    beads = with_moves(align_vectors(one, other, encoder), one, other, encoder)
    return with_clauses(beads, source, target, encoder)
