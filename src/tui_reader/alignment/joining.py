"""Sentences that join the bead beside theirs, whatever it is that speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.alignment.lattice import LONGEST
from tui_reader.alignment.sentences import bead_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui_reader.alignment.sentences import IndexBead
    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats


class Side(NamedTuple):
    """The sentences of a text."""

    text: Callable[[int], str]
    """The words of one of them, by its number."""
    vectors: SentenceVectors


class Join(NamedTuple):
    """A sentence and the bead that may take it in."""

    home: IndexBead
    """The bead that has it."""
    beside: IndexBead
    """The other."""
    side: int
    """0 where it is a sentence of the source, 1 of the target."""
    number: int

    @property
    def lone(self) -> bool:
        """Whether the sentence is alone: its bead has nothing on the other side."""
        return not numbers(self.home, 1 - self.side)

    @property
    def together(self) -> list[int]:
        """The sentences of its side that the bead would have with it, in order."""
        return sorted((*numbers(self.beside, self.side), self.number))


class Joiner:
    """Makes the beads that a join leaves behind.

    Args:
        sides: sentences of the source and of the target.
        encoder: made their vectors.
    """

    def __init__(self, sides: tuple[Side, Side], encoder: AdditiveEncoder):
        self.sides, self.encoder = sides, encoder

    def parted(self, join: Join) -> bool:
        """Whether a paragraph or heading ends between the sentence and the bead."""
        ends = self.sides[join.side].vectors.ends
        return any(ends.blocks[i] or ends.unstopped[i] for i in join.together[:-1])

    def with_it(self, join: Join) -> IndexBead:
        """The bead that takes the sentence in."""
        return self._changed(join.beside, join.side, join.together)

    def without(self, join: Join) -> IndexBead | None:
        """The bead that gives it away; None where nothing is left."""
        rest = [number for number in numbers(join.home, join.side) if number != join.number]
        return self._changed(join.home, join.side, rest) if rest else None

    def joined(self, side: int, some: Sequence[int]) -> Floats:
        """``(d,)`` vector of neighbouring sentences as one text."""
        return self.sides[side].vectors.joined(some[0], some[-1] + 1, self.encoder)

    def _changed(self, bead: IndexBead, side: int, some: Sequence[int]) -> IndexBead:
        rows, columns = (bead.source, some) if side else (some, bead.target)
        made = bead_of(rows, columns, self.sides[0].vectors, self.sides[1].vectors, self.encoder)
        return made._replace(moved=bead.moved)


def with_joins(
    beads: Sequence[IndexBead], joiner: Joiner, best: Callable[[Sequence[Join]], list[Join]],
    may_join: Callable[[IndexBead, IndexBead], bool],
) -> list[IndexBead]:  # fmt: skip
    """The same beads, with the sentences that belong to the bead beside theirs in that bead.

    Args:
        beads: of two texts; their numbers count in the two sides.
        joiner: makes the beads.
        best: of the joins that can be, those that should be, the surest first.
        may_join: whether a sentence of the first bead may become part of the second.
    """
    out = list(beads)
    # A bead grows by a sentence a round, the nearest first.
    for _ in range(LONGEST - 1):
        changed: dict[IndexBead, IndexBead | None] = {}
        can_be = [join for join in _joins(out) if _fits(join, joiner) and may_join(join.home, join.beside)]
        for join in best(can_be):
            if join.home not in changed and join.beside not in changed:
                changed[join.home] = joiner.without(join)
                changed[join.beside] = joiner.with_it(join)
        if not changed:
            break
        out = [bead for one in out if (bead := changed.get(one, one)) is not None]
    return out


def _joins(beads: Sequence[IndexBead]) -> Iterator[Join]:
    for side in (0, 1):
        at = {number: bead for bead in beads for number in numbers(bead, side)}
        for home in beads:
            own = numbers(home, side)
            if not own or home.moved or (home.source and home.target and len(own) == 1):
                continue
            for number, beside in sorted({(own[0], own[0] - 1), (own[-1], own[-1] + 1)}):
                if beside in at:
                    yield Join(home, at[beside], side, number)


def _fits(join: Join, joiner: Joiner) -> bool:
    both = bool(join.beside.source and join.beside.target)
    return both and len(numbers(join.beside, join.side)) < LONGEST and not joiner.parted(join)


def numbers(bead: IndexBead, side: int) -> tuple[int, ...]:
    """The sentences of one side of a bead."""
    return bead.target if side else bead.source
