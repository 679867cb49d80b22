"""Sentences that translate a clause of their neighbour's counterpart.

One sentence is often translated by two: *What happened is more ordinary: each quarter …*, and in Japanese the first
five words are a sentence. The longer of the two is enough like the whole, so the path leaves the shorter alone: an
omission or an addition that is none. Where such a lone sentence is like some clauses of the counterpart of the sentence
beside it, and its neighbour is not, it belongs to that bead.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.joining import Join, Joiner, numbers, with_joins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui_reader.alignment.joining import Side
    from tui_reader.alignment.sentences import IndexBead
    from tui_reader.encoders.base import AdditiveEncoder, Floats

_ALIKE, _LEAD = 0.25, 0.1
"""Similarity of a lone sentence and the clauses that it translates, and how much less like them its neighbours are.

Beside none of 133 sentences without a counterpart, in NTREX documents of which 10% of the lines were deleted, are such
clauses; beside three of six that belong to their neighbour's bead are."""
_CLAUSES = 4
"""Neighbouring clauses that are looked at together, at most."""
_MANY = 48
"""Clauses of a bead's side beyond which it is rather a list."""
_LETTERS = 4
"""Letters and figures that make a clause."""
_TOGETHER = 64
"""Sentences that are looked at together."""
_CLAUSE_END = re.compile(
    r"(?<=[,;:—–、。：；…!?！？])\s*|\s+(?=(?:and|but|because|while|which|who|before|after|when|so|as|that|where|if|"
    r"although|though|until|since)\b)"
)


def with_clauses(
    beads: Sequence[IndexBead], source: Side, target: Side, encoder: AdditiveEncoder,
    may_join: Callable[[IndexBead, IndexBead], bool] = lambda _home, _beside: True,
) -> list[IndexBead]:  # fmt: skip
    """The same beads; a sentence that translates a clause beside it joins the bead of that clause.

    It was alone, or the first or last of a bead that is better without it.

    Args:
        beads: of two texts; their numbers count in the two sides.
        source: sentences of the source.
        target: sentences of the target.
        encoder: made the vectors.
        may_join: whether a sentence of the first bead may become part of the second.
    """
    joiner = Joiner((source, target), encoder)
    return with_joins(beads, joiner, _Leads(joiner).best, may_join)


class _Leads:
    """How much more like some clauses of the bead beside it a sentence is than those that the bead has already."""

    def __init__(self, joiner: Joiner):
        self._joiner = joiner
        self._known: dict[Join, float] = {}

    def best(self, joins: Sequence[Join]) -> list[Join]:
        """Those that should be, the surest first."""
        new = [join for join in joins if join not in self._known]
        for first in range(0, len(new), _TOGETHER):
            some = new[first : first + _TOGETHER]
            self._known.update(zip(some, self._measured(some), strict=True))
        wanted = [join for join in joins if self._known[join] >= _LEAD]
        return sorted(wanted, key=lambda join: -self._known[join])

    def _measured(self, joins: Sequence[Join]) -> list[float]:
        """The lead of each, −1 where there is none."""
        floors = [self._at_home(join) for join in joins]
        clauses = [
            []
            if floor is None
            else _clauses(self._joiner.sides[1 - join.side].text, numbers(join.beside, 1 - join.side))
            for join, floor in zip(joins, floors, strict=True)
        ]
        parts = iter(self._parts([some for some in clauses if some]))
        return [
            self._lead(join, next(parts), floor) if some and floor is not None else -1.0
            for join, some, floor in zip(joins, clauses, floors, strict=True)
        ]

    def _clauses(self, side: int, bead: IndexBead) -> list[str]:
        return _clauses(self._joiner.sides[side].text, numbers(bead, side))

    def _at_home(self, join: Join) -> float | None:
        """How like it is to what its own bead has on the other side; None where that bead is better with it."""
        rest = self._joiner.without(join)
        if rest is None:
            return -1.0
        if rest.similarity <= join.home.similarity:
            return None
        other = self._joiner.joined(1 - join.side, numbers(join.home, 1 - join.side))
        return float(other @ self._joiner.joined(join.side, (join.number,)))

    def _lead(self, join: Join, parts: Floats, floor: float) -> float:
        own = numbers(join.beside, join.side)
        alike = parts @ self._joiner.joined(join.side, (join.number,))
        rivals = [parts @ self._joiner.joined(join.side, some) for some in {*((number,) for number in own), own}]
        lead = alike - np.max([*rivals, np.full(len(parts), floor)], axis=0)
        return float(np.where(alike >= _ALIKE, lead, -1).max())

    def _parts(self, texts: Sequence[Sequence[str]]) -> Iterator[Floats]:
        """``(n, d)`` for each text: vectors of one to `_CLAUSES` neighbouring clauses, never of all."""
        sums = self._joiner.encoder.iter_sums(list(chain.from_iterable(texts)))
        totals, counts, sizes = [], [], []
        for clauses in texts:
            each = [next(sums) for _ in clauses]
            runs = [
                each[first : first + length]
                for length in range(1, min(_CLAUSES, len(each) - 1) + 1)
                for first in range(len(each) - length + 1)
            ]
            totals += [np.sum([one.total for one in run], axis=0) for run in runs]
            counts += [sum(one.tokens for one in run) for run in runs]
            sizes.append(len(runs))
        if totals:
            vectors = self._joiner.encoder.pool(np.stack(totals), np.asarray(counts, np.float32))
            yield from np.split(vectors, np.cumsum(sizes)[:-1])


def _clauses(text: Callable[[int], str], some: Iterable[int]) -> list[str]:
    """The clauses of some sentences, as punctuation and conjunctions show them; what has no words goes along.

    None where there is one only, or so many that they are rather a list.
    """
    out: list[str] = []
    for part in chain.from_iterable(_CLAUSE_END.split(text(number)) for number in some):
        if sum(map(str.isalnum, part)) >= _LETTERS or not out:
            out.append(part)
        else:
            out[-1] += part
    return out if 1 < len(out) <= _MANY else []
