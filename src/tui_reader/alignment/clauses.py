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
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    """A sentence and the bead that may take it in."""

    home: int
    """Place in the list of the bead that has it."""
    beside: int
    """Place of the other."""
    side: int
    """0 where it is a sentence of the source, 1 of the target."""
    number: int


class _Round:
    """Looks once at every sentence beside another bead."""

    def __init__(
        self, beads: list[IndexBead], sides: tuple[Side, Side], encoder: AdditiveEncoder,
        may_join: Callable[[IndexBead, IndexBead], bool],
    ):  # fmt: skip
        self._beads, self._sides, self._encoder, self._may_join = beads, sides, encoder, may_join

    def joined(self) -> list[IndexBead]:
        """The beads, each with at most one more or one less."""
        out: list[IndexBead | None] = list(self._beads)
        touched: set[int] = set()
        leads = [(lead, join) for join in self._joins() if (lead := self._lead(join)) is not None]
        for _, join in sorted(leads, reverse=True):
            if touched.isdisjoint((join.home, join.beside)):
                touched |= {join.home, join.beside}
                out[join.home] = self._without(join)
                out[join.beside] = self._with(join)
        return [bead for bead in out if bead is not None]

    def _joins(self) -> Iterator[_Join]:
        for side in (0, 1):
            at = {number: k for k, bead in enumerate(self._beads) for number in _numbers(bead, side)}
            for home, bead in enumerate(self._beads):
                own = _numbers(bead, side)
                if not own or bead.moved or (bead.source and bead.target and len(own) == 1):
                    continue
                for number, next_number in sorted({(own[0], own[0] - 1), (own[-1], own[-1] + 1)}):
                    join = _Join(home, at.get(next_number, home), side, number)
                    if join.beside != home and self._fits(join):
                        yield join

    def _fits(self, join: _Join) -> bool:
        home, beside = self._beads[join.home], self._beads[join.beside]
        return (
            bool(beside.source and beside.target)
            and len(_numbers(beside, join.side)) < LONGEST
            and not self._parted(join)
            and self._may_join(home, beside)
        )

    def _parted(self, join: _Join) -> bool:
        """Whether a paragraph or heading ends between the two."""
        numbers = sorted({join.number, *_numbers(self._beads[join.beside], join.side)})
        ends = self._sides[join.side].vectors.ends
        return any(ends.blocks[i] or ends.unstopped[i] for i in numbers[:-1])

    def _lead(self, join: _Join) -> float | None:
        """How much more like some clauses the sentence is than its neighbours there; None where too little."""
        at_home = self._at_home(join)
        clauses = _clauses(map(self._sides[1 - join.side].text, _numbers(self._beads[join.beside], 1 - join.side)))
        if at_home is None or not 1 < len(clauses) <= _MANY:
            return None
        parts, own = self._parts(clauses), _numbers(self._beads[join.beside], join.side)
        alike = parts @ self._joined(join.side, (join.number,))
        rivals = [parts @ self._joined(join.side, some) for some in (*((number,) for number in own), own)]
        lead = alike - np.max([*rivals, np.full(len(parts), at_home)], axis=0)
        best = float(np.where(alike >= _ALIKE, lead, -1).max())
        return best if best >= _LEAD else None

    def _at_home(self, join: _Join) -> float | None:
        """How like it is to what its own bead has on the other side; None where that bead is better with it."""
        home, rest = self._beads[join.home], self._without(join)
        if rest is None:
            return -1.0
        if rest.similarity <= home.similarity:
            return None
        other = self._joined(1 - join.side, _numbers(home, 1 - join.side))
        return float(other @ self._joined(join.side, (join.number,)))

    def _joined(self, side: int, numbers: Sequence[int]) -> Floats:
        return self._sides[side].vectors.joined(numbers[0], numbers[-1] + 1, self._encoder)

    def _parts(self, clauses: Sequence[str]) -> Floats:
        """``(n, d)``: vectors of one to `_CLAUSES` neighbouring clauses, never of all."""
        each = sentence_vectors(clauses, self._encoder)
        windows = each.windows(min(_CLAUSES, len(clauses) - 1), self._encoder)
        parts = [windows[k, : len(clauses) - k] for k in range(len(windows))]
        found: Floats = np.concatenate(parts)
        return found

    def _with(self, join: _Join) -> IndexBead:
        """The bead that takes the sentence in."""
        bead = self._beads[join.beside]
        return self._changed(bead, join.side, (*_numbers(bead, join.side), join.number))

    def _without(self, join: _Join) -> IndexBead | None:
        """The bead that gives it away; None where nothing is left."""
        bead = self._beads[join.home]
        rest = [number for number in _numbers(bead, join.side) if number != join.number]
        return self._changed(bead, join.side, rest) if rest else None

    def _changed(self, bead: IndexBead, side: int, numbers: Sequence[int]) -> IndexBead:
        numbers = sorted(numbers)
        rows, columns = (bead.source, numbers) if side else (numbers, bead.target)
        made = bead_of(rows, columns, self._sides[0].vectors, self._sides[1].vectors, self._encoder)
        return made._replace(moved=bead.moved)


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
