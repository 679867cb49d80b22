"""Moves: sentences that a translation has at another place.

A monotone path leaves them unmatched on both sides: an omission here and an addition there, which is not what
happened. Where one of each side is far more like the other than chance, and like nothing else that is left, the two
become one bead, and so do one of one side and two neighbours of the other that it is more like than either. Or the path
takes two sentences that have changed places for one bead of 2:2, which is parted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.certainty import MOVED
from tui_reader.alignment.divided import RIVALLED, SURE, chance_of, divided
from tui_reader.alignment.nearest import nearest
from tui_reader.alignment.sentences import IndexBead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

_BESIDE = 0.2
"""Similarity above chance of a move that continues another."""
_LEAD = 0.06
"""How much more alike the two must be than either is to any other sentence that is left."""
_CROSSED, _CROSSED_LEAD = 0.35, 0.2
"""Similarity of two sentences that have changed places, and how much more it is than that of those in one place."""
_TOKENS = 7
"""Tokens that a moved sentence needs, with the marks of beginning and end: "Yes." moves nowhere."""
_RATIO = 1.1
"""Largest logarithm of the ratio of their lengths."""


def with_moves(
    beads: Sequence[IndexBead], source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> list[IndexBead]:
    """The same beads, moved sentences joined.

    Args:
        beads: a monotone path; their numbers count in the two texts.
        source: sentences of the source.
        target: sentences of the target.
        encoder: made the vectors.

    Returns:
        Beads in the order of the target; a moved one is marked and stands where the target has it.
    """
    beads = [part for bead in beads for part in _crossed(bead, source, target, encoder)]
    rows = np.asarray([i for bead in beads if not bead.target for i in bead.source], np.int64)
    columns = np.asarray([j for bead in beads if not bead.source for j in bead.target], np.int64)
    if not len(rows) or not len(columns):
        return beads
    pairs = _pairs(rows, columns, source, target, encoder)
    moved = [_moved((i,), (j,), similarity) for j, (i, similarity) in pairs.items()]
    rows = rows[~np.isin(rows, [i for i, _ in pairs.values()])]
    columns = columns[~np.isin(columns, list(pairs))]
    moved += [_moved((i,), js, similarity) for i, js, similarity in divided(rows, columns, source, target, encoder)]
    columns = columns[~np.isin(columns, [j for bead in moved for j in bead.target])]
    moved += [_moved(i, (j,), similarity) for j, i, similarity in divided(columns, rows, target, source, encoder)]
    return _in_place(beads, moved)


def _in_place(beads: Sequence[IndexBead], moved: Sequence[IndexBead]) -> list[IndexBead]:
    """The beads with moved ones where the target has them, instead of their sentences alone."""
    rows = {i for bead in moved for i in bead.source}
    first = {bead.target[0]: bead for bead in moved}
    columns = {j for bead in moved for j in bead.target}
    out = []
    for bead in beads:
        if bead.source and bead.target:
            out.append(bead)
        elif bead.target and bead.target[0] in columns:
            out += [first[bead.target[0]]] if bead.target[0] in first else []
        elif bead.target or bead.source[0] not in rows:
            out.append(bead)
    return out


def _crossed(
    bead: IndexBead, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> list[IndexBead]:
    """A bead of two and two sentences that have changed places as two beads; any other as it is."""
    if len(bead.source) != 2 or len(bead.target) != 2:
        return [bead]
    ones = source.part(bead.source[0], bead.source[1] + 1).vectors(encoder)
    others = target.part(bead.target[0], bead.target[1] + 1).vectors(encoder)
    cosine = ones @ others.T
    if min(cosine[0, 1], cosine[1, 0]) < _CROSSED or cosine[0, 1] + cosine[1, 0] - np.trace(cosine) < 2 * _CROSSED_LEAD:
        return [bead]
    pairs = ((bead.source[1], bead.target[0], cosine[1, 0]), (bead.source[0], bead.target[1], cosine[0, 1]))
    return [_moved((i,), (j,), float(c)) for i, j, c in pairs]


def _moved(rows: tuple[int, ...], columns: tuple[int, ...], similarity: float) -> IndexBead:
    return IndexBead(rows, columns, similarity, 1 - similarity, moved=True, confidence=MOVED)


def _pairs(
    rows: Ints, columns: Ints, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> dict[int, tuple[int, float]]:
    """For each moved target sentence its source sentence and their similarity."""
    ones, others = (
        encoder.pool(text.sums[numbers], text.counts[numbers]) for text, numbers in ((source, rows), (target, columns))
    )
    # A column of zeros where only one is left: nothing else is as alike.
    found, cosines = nearest(others, ones, 2)
    back, back_cosines = nearest(ones, others, 2)
    chance = (chance_of(others, source, encoder)[:, None] + chance_of(ones, target, encoder)[found]) / 2
    sure: dict[int, tuple[int, float]] = {}
    likely: dict[int, tuple[int, float]] = {}
    for k, j in enumerate(columns.tolist()):
        one = int(found[k, 0])
        if one < 0 or back[one, 0] != k:
            continue
        i, similarity = int(rows[one]), float(cosines[k, 0])
        second = max(_second(cosines[k]), _second(back_cosines[one]))
        tokens = source.counts[i], target.counts[j]
        if min(tokens) < _TOKENS or abs(float(np.log(tokens[0] / tokens[1]))) > _RATIO:
            continue
        gain = similarity - float(chance[k, 0])
        if gain >= SURE and similarity - second >= _LEAD:
            sure[j] = (i, similarity)
        elif gain >= _BESIDE:
            likely[j] = (i, similarity)
    for j, pair in sorted(likely.items()):
        if any(near in sure and abs(sure[near][0] - pair[0]) == 1 for near in (j - 1, j + 1)):
            sure[j] = pair
    return _unrivalled(sure, source, target, encoder)


def _unrivalled(
    pairs: dict[int, tuple[int, float]], source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> dict[int, tuple[int, float]]:
    """The pairs of which neither sentence is more like another one of the other text, wherever that stands."""
    if not pairs:
        return {}
    columns, rows = np.asarray(list(pairs)), np.asarray([i for i, _ in pairs.values()])
    ones, others = source.vectors(encoder), target.vectors(encoder)
    rival = np.maximum(_rival(ones[rows], others, columns), _rival(others[columns], ones, rows))
    return {j: pair for (j, pair), other in zip(pairs.items(), rival, strict=True) if other <= pair[1] + RIVALLED}


def _rival(vectors: Floats, text: Floats, own: Ints) -> Floats:
    """Highest cosine of each vector with a sentence of a text other than its own partner."""
    found, cosines = nearest(vectors, text, 2)
    best: Floats = np.where(found == own[:, None], -1, cosines).max(axis=1)
    return best


def _second(cosines: Floats) -> float:
    return float(cosines[1]) if len(cosines) > 1 else 0.0
