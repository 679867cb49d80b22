"""Sentences that translate a clause of their neighbour's counterpart.

One sentence is often translated by two: *What happened is more ordinary: each quarter …*, and in Japanese the first
five words are a sentence. The longer of the two is enough like the whole, so the path leaves the shorter alone: an
omission or an addition that is none. Where such a lone sentence is like some clauses of the counterpart of the sentence
beside it, and its neighbour is not, it belongs to that bead.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.lattice import LONGEST
from tui_reader.alignment.sentences import bead_of
from tui_reader.alignment.vectors import sentence_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui_reader.alignment.sentences import IndexBead
    from tui_reader.alignment.vectors import SentenceVectors
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
_CLAUSE_END = re.compile(
    r"(?<=[,;:—–、。：；…!?！？])\s*|\s+(?=(?:and|but|because|while|which|who|before|after|when|so|as|that|where|if|"
    r"although|though|until|since)\b)"
)


class Side(NamedTuple):
    """The sentences of a text."""

    text: Callable[[int], str]
    """The words of one of them, by its number."""
    vectors: SentenceVectors


def with_clauses(
    beads: Sequence[IndexBead], source: Side, target: Side, encoder: AdditiveEncoder,
    may_join: Callable[[IndexBead, IndexBead], bool] = lambda _lone, _beside: True,
) -> list[IndexBead]:  # fmt: skip
    """The same beads; a lone sentence that translates a clause beside it joins the bead of that clause.

    Args:
        beads: of two texts; their numbers count in the two sides.
        source: sentences of the source.
        target: sentences of the target.
        encoder: made the vectors.
        may_join: whether a lone sentence may become part of a bead.
    """
    out = list(beads)
    # A bead grows by a sentence a round, the nearest first.
    for _ in range(LONGEST - 1):
        found = _Round(out, (source, target), encoder, may_join).joined()
        if found == out:
            break
        out = found
    return out


class _Join(NamedTuple):
    """A lone sentence and the bead that may take it in, by their places in the list."""

    lone: int
    beside: int
    side: int
    """0 where the lone sentence is one of the source, 1 of the target."""


class _Round:
    """Looks once at every lone sentence beside a bead."""

    def __init__(
        self, beads: list[IndexBead], sides: tuple[Side, Side], encoder: AdditiveEncoder,
        may_join: Callable[[IndexBead, IndexBead], bool],
    ):  # fmt: skip
        self._beads, self._sides, self._encoder, self._may_join = beads, sides, encoder, may_join

    def joined(self) -> list[IndexBead]:
        """The beads, each with at most one more sentence."""
        wanted: dict[int, _Join] = {}
        gone: set[int] = set()
        leads = [(lead, join) for join in self._joins() if (lead := self._lead(join)) is not None]
        for _, join in sorted(leads, reverse=True):
            if join.lone not in gone and join.beside not in wanted:
                gone.add(join.lone)
                wanted[join.beside] = join
        return [
            self._with(bead, self._beads[wanted[k].lone]) if k in wanted else bead
            for k, bead in enumerate(self._beads)
            if k not in gone
        ]

    def _joins(self) -> list[_Join]:
        joins: list[_Join] = []
        for side in (0, 1):
            at = {number: k for k, bead in enumerate(self._beads) for number in _numbers(bead, side)}
            for lone, bead in enumerate(self._beads):
                if _numbers(bead, 1 - side) or bead.moved:
                    continue
                own = _numbers(bead, side)
                besides = {at[number] for number in (own[0] - 1, own[-1] + 1) if number in at}
                joins += [_Join(lone, beside, side) for beside in sorted(besides) if self._fits(lone, beside, side)]
        return joins

    def _fits(self, lone: int, beside: int, side: int) -> bool:
        bead = self._beads[beside]
        return (
            bool(bead.source and bead.target)
            and not bead.moved
            and len(_numbers(bead, side)) < LONGEST
            and not self._parted(lone, beside, side)
            and self._may_join(self._beads[lone], bead)
        )

    def _parted(self, lone: int, beside: int, side: int) -> bool:
        """Whether a paragraph or heading ends between the two."""
        numbers = sorted({*_numbers(self._beads[lone], side), *_numbers(self._beads[beside], side)})
        ends = self._sides[side].vectors.ends
        return any(ends.blocks[i] or ends.unstopped[i] for i in numbers[:-1])

    def _lead(self, join: _Join) -> float | None:
        """How much more like some clauses the lone sentence is than its neighbours are; None where too little."""
        bead = self._beads[join.beside]
        clauses = _clauses(map(self._sides[1 - join.side].text, _numbers(bead, 1 - join.side)))
        if not 1 < len(clauses) <= _MANY:
            return None
        parts = self._parts(clauses)
        own, lone = _numbers(bead, join.side), _numbers(self._beads[join.lone], join.side)
        vectors = self._sides[join.side].vectors
        alike = parts @ vectors.joined(lone[0], lone[-1] + 1, self._encoder)
        rivals = [(number, number + 1) for number in own] + [(own[0], own[-1] + 1)]
        lead = alike - np.max([parts @ vectors.joined(*rival, self._encoder) for rival in rivals], axis=0)
        best = float(np.where(alike >= _ALIKE, lead, -1).max())
        return best if best >= _LEAD else None

    def _parts(self, clauses: Sequence[str]) -> Floats:
        """``(n, d)``: vectors of one to `_CLAUSES` neighbouring clauses, never of all."""
        each = sentence_vectors(clauses, self._encoder)
        windows = each.windows(min(_CLAUSES, len(clauses) - 1), self._encoder)
        parts = [windows[k, : len(clauses) - k] for k in range(len(windows))]
        found: Floats = np.concatenate(parts)
        return found

    def _with(self, bead: IndexBead, lone: IndexBead) -> IndexBead:
        rows = tuple(sorted({*bead.source, *lone.source}))
        columns = tuple(sorted({*bead.target, *lone.target}))
        return bead_of(rows, columns, self._sides[0].vectors, self._sides[1].vectors, self._encoder)


def _numbers(bead: IndexBead, side: int) -> tuple[int, ...]:
    return bead.target if side else bead.source


def _clauses(texts: Iterable[str]) -> list[str]:
    """The clauses of some sentences, as punctuation and conjunctions show them; what has no words goes along."""
    parts = list(chain.from_iterable(_CLAUSE_END.split(text) for text in texts))
    out: list[str] = []
    for part in parts:
        if sum(map(str.isalnum, part)) >= _LETTERS or not out:
            out.append(part)
        else:
            out[-1] += part
    return out
