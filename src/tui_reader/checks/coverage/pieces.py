"""Beads too long to compare phrase by phrase, cut into pieces of bounded size.

The check compares every phrase of one side with every phrase of the other. A "sentence" of thousands of words (a table,
a text without full stops) is therefore cut on both sides at the same shares of its length, so that time and memory stay
linear. Words near a cut may lose their counterpart to the next piece: the price of an answer at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.coverage.findings import BeadText

LONGEST = 2000
"""Characters of a side that are compared at once."""
_PLACE = re.compile(r"[\s、。，．,.;；!?！？]")
_SEARCHED = 200
"""Characters beyond an even cut in which a better place is looked for."""


def pieces(bead: tuple[BeadText, BeadText]) -> list[tuple[BeadText, BeadText]]:
    """The bead itself, or its pieces in order; together they are the bead."""
    source, target = (_bounded(side) for side in bead)
    count = -(-max(len(source.content), len(target.content)) // LONGEST)
    if count <= 1:
        return [(source, target)]
    return list(zip(_cut(source, count), _cut(target, count), strict=True))


def _bounded(side: BeadText) -> BeadText:
    """Surroundings are evidence only: of a giant neighbour the part next to the gap is enough."""
    if side.surroundings is None or len(side.surroundings) <= LONGEST:
        return side
    return replace(side, surroundings=side.surroundings[:LONGEST])


def _cut(side: BeadText, count: int) -> Sequence[BeadText]:
    edges = [0]
    for k in range(1, count):
        even = max(edges[-1], len(side.content) * k // count)
        place = _PLACE.search(side.content, even, min(even + _SEARCHED, len(side.content)))
        edges.append(place.end() if place else even)
    edges.append(len(side.content))
    return [
        replace(side, content=side.content[start:end], offset=side.offset + start) for start, end in pairwise(edges)
    ]
