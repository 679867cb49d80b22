"""Sentences that are left alone although the bead beside theirs translates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_reader.alignment.joining import Side
from tui_reader.alignment.lonely import Question, with_lonely
from tui_reader.alignment.sentences import IndexBead
from tui_reader.alignment.vectors import sentence_vectors
from tui_reader.encoders import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENGLISH = ["The ferry leaves at six.", "The whole town was asleep, and the dog with it.", "Nobody rang the bell."]
JAPANESE = ["フェリーは六時に出る。", "町中が眠っていた。", "犬もである。", "鐘を鳴らす者はいなかった。"]
ASLEEP, DOG = 1, 2
BEADS = [
    IndexBead((0,), (0,), 0.6, 0.4),
    IndexBead((1,), (ASLEEP,), 0.6, 0.4),
    IndexBead((), (DOG,), 0.0, 1.0),
    IndexBead((2,), (3,), 0.6, 0.4),
]
CONVEYED: dict[tuple[str, ...], float] = {("The whole town was asleep, and the dog with it.",): 0.1}


def lost(questions: Sequence[Question]) -> list[float]:
    """A witness that knows one bead which conveys what is asked about."""
    return [CONVEYED.get(question.source, 0.9) for question in questions]


def joined(
    beads: Sequence[IndexBead],
    witness: Callable[[Sequence[Question]], list[float]] = lost,
    blocks: Sequence[int] = (),
    may_join: Callable[[IndexBead, IndexBead], bool] = lambda _home, _beside: True,
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Which sentences share a bead then."""
    encoder = load("use")
    source = Side(ENGLISH.__getitem__, sentence_vectors(ENGLISH, encoder))
    target = Side(JAPANESE.__getitem__, sentence_vectors(JAPANESE, encoder, blocks))
    found = with_lonely(beads, (source, target), encoder, witness, may_join)
    return [(bead.source, bead.target) for bead in found]


def test_a_lone_sentence_joins_the_bead_that_conveys_it() -> None:
    """Beside two beads it joins the one in which its words are not lost; every sentence is still there once."""
    assert joined(BEADS) == [((0,), (0,)), ((1,), (ASLEEP, DOG)), ((2,), (3,))]


def test_a_sentence_that_is_lost_stays_alone() -> None:
    """An addition that nothing conveys is one; so is the sentence that a person parted from its neighbour."""
    unchanged = [(bead.source, bead.target) for bead in BEADS]
    assert joined(BEADS, lambda questions: [0.9 for _ in questions]) == unchanged
    assert joined(BEADS, may_join=lambda _home, beside: beside.target != (ASLEEP,)) == unchanged


def test_no_sentence_crosses_the_end_of_a_paragraph() -> None:
    """What stands in the next paragraph translates none of this one's sentences."""
    assert joined(BEADS, blocks=[0, 0, 1, 1]) == [(bead.source, bead.target) for bead in BEADS]


def test_what_is_asked_are_the_texts_in_their_order() -> None:
    """The lone sentence stands where it would stand, and nothing is asked about sentences that have a counterpart."""
    asked: list[Question] = []

    def witness(questions: Sequence[Question]) -> list[float]:
        asked.extend(questions)
        return [0.9 for _ in questions]

    joined(BEADS, witness)
    assert asked == [
        Question((ENGLISH[1],), (JAPANESE[ASLEEP], JAPANESE[DOG]), 1, 1),
        Question((ENGLISH[2],), (JAPANESE[DOG], JAPANESE[3]), 1, 0),
    ]
    asked.clear()
    joined([bead for bead in BEADS if bead.source], witness)
    assert not asked


@pytest.mark.parametrize("longest", [4])
def test_a_bead_takes_in_no_more_than_it_may_have(longest: int) -> None:
    """However much the witness would have it, a bead has four sentences a side at most."""
    encoder = load("use")
    texts = ["犬もである。"] * 7
    source = Side(ENGLISH.__getitem__, sentence_vectors(ENGLISH[1:2], encoder))
    target = Side(texts.__getitem__, sentence_vectors(texts, encoder))
    beads = [IndexBead((0,), (0,), 0.6, 0.4), *(IndexBead((), (k,), 0.0, 1.0) for k in range(1, 7))]
    found = with_lonely(beads, (source, target), encoder, lambda questions: [0.0 for _ in questions])
    assert [bead.target for bead in found] == [tuple(range(longest)), *((k,) for k in range(longest, 7))]
