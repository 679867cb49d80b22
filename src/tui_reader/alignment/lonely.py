"""Sentences that were left alone although the bead beside theirs translates them.

The path compares sentences as wholes. A sentence that is translated freely inside its neighbour's counterpart (*It is
as much for luck as for nourishment* as half of a longer sentence) is like no clause of it, so it stays alone: an
omission that is none, and often an addition beside it. Whoever can tell which words of two texts the other lacks can
tell this: with the lone sentence in their bead, both sides are explained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui_reader.alignment.joining import Joiner, numbers, with_joins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_reader.alignment.joining import Join, Side
    from tui_reader.alignment.sentences import IndexBead
    from tui_reader.encoders.base import AdditiveEncoder

_LOST = 0.15
"""Mean loss of a lone sentence's words below which it joins a bead. Chosen on NTREX and on annotated pairs: of 578
sentences that are lost three lie below it, of those that are not seven in ten."""


class Question(NamedTuple):
    """A lone sentence in the bead that it may belong to.

    Attributes:
        source: sentences of the source.
        target: of the target.
        side: 0 where the lone one is a sentence of the source, 1 of the target.
        place: which it is.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    side: int
    place: int


class Witness(Protocol):
    """Tells what is lost; the coverage check can."""

    def __call__(self, questions: Sequence[Question], languages: tuple[str, str]) -> list[float]:
        """For each question the mean probability, 0 to 1, that a word of the lone sentence is lost on the other side.

        Args:
            questions: each is answered by itself.
            languages: of source and target, ISO 639-1 codes.
        """
        ...


def with_lonely(
    beads: Sequence[IndexBead], sides: tuple[Side, Side], encoder: AdditiveEncoder,
    witness: Callable[[Sequence[Question]], list[float]],
    may_join: Callable[[IndexBead, IndexBead], bool] = lambda _home, _beside: True,
) -> list[IndexBead]:  # fmt: skip
    """The same beads; a lone sentence joins a bead beside it that conveys most of it.

    Args:
        beads: of two texts; their numbers count in the two sides.
        sides: sentences of the source and of the target.
        encoder: made their vectors.
        witness: as `Witness`, of these languages.
        may_join: whether a sentence of the first bead may become part of the second.
    """
    if all(bead.source and bead.target for bead in beads):
        return list(beads)
    joiner = Joiner(sides, encoder)
    return with_joins(beads, joiner, _Conveyed(joiner, witness).best, may_join)


class _Conveyed:
    """How much of a lone sentence the bead beside it lacks."""

    def __init__(self, joiner: Joiner, witness: Callable[[Sequence[Question]], list[float]]):
        self._joiner, self._witness = joiner, witness
        self._known: dict[Join, float] = {}

    def best(self, joins: Sequence[Join]) -> list[Join]:
        """The joins that should be, the surest first."""
        lone = [join for join in joins if join.lone]
        new = [join for join in lone if join not in self._known]
        self._known.update(zip(new, self._witness([self._question(join) for join in new]), strict=True))
        wanted = [join for join in lone if self._known[join] < _LOST]
        return sorted(wanted, key=lambda join: self._known[join])

    def _question(self, join: Join) -> Question:
        sides = self._joiner.sides
        own = tuple(map(sides[join.side].text, join.together))
        other = tuple(map(sides[1 - join.side].text, numbers(join.beside, 1 - join.side)))
        place = join.together.index(join.number)
        return Question(other, own, 1, place) if join.side else Question(own, other, 0, place)
