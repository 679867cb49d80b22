"""Sentences that a translation has at another place."""

from __future__ import annotations

import pytest

from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.sentences import IndexBead, align_vectors
from tui_reader.alignment.vectors import sentence_vectors
from tui_reader.encoders import load

ENGLISH = [
    "The ferry leaves at half past six in the morning.",
    "Nobody on board had expected the fog that day.",
    "The captain sounded the horn twice and turned back to the harbour.",
    "My grandmother bought three oranges from the last stall.",
    "The library will stay closed until the roof has been repaired.",
    "In winter the lake freezes and the children skate to school.",
]
JAPANESE = [
    "フェリーは朝の六時半に出る。",
    "その日に霧が出るとは、船の誰も思っていなかった。",
    "船長は汽笛を二度鳴らし、港へ引き返した。",
    "祖母は最後まで残った屋台でオレンジを三つ買った。",
    "図書館は屋根の修理が終わるまで休館する。",
    "冬になると湖は凍り、子どもたちはスケートで学校へ通う。",
]


def aligned(order: list[int]) -> list[IndexBead]:
    """The English sentences with the Japanese ones in this order."""
    encoder = load("use")
    one, other = sentence_vectors(ENGLISH, encoder), sentence_vectors([JAPANESE[k] for k in order], encoder)
    return with_moves(align_vectors(one, other, encoder), one, other, encoder)


@pytest.mark.parametrize("order", [[0, 1, 3, 2, 4, 5], [0, 2, 3, 4, 5, 1], [0, 4, 5, 1, 2, 3]])
def test_a_moved_sentence_is_no_omission(order: list[int]) -> None:
    """Swapped neighbours, a sentence and a paragraph at another place: each keeps its partner."""
    beads = aligned(order)
    assert [(bead.source, bead.target) for bead in beads] == [((k,), (place,)) for place, k in enumerate(order)]
    assert any(bead.moved for bead in beads)


def test_what_stands_where_it_belongs_has_not_moved() -> None:
    """A translation in order has no moves."""
    assert not any(bead.moved for bead in aligned(list(range(6))))


def test_an_omission_beside_an_addition_stays_one() -> None:
    """What is left on both sides and says different things is not joined."""
    encoder = load("use")
    other = [JAPANESE[0], "昼食には焼き魚と味噌汁が出た。", *JAPANESE[2:4], JAPANESE[5]]
    one, two = sentence_vectors(ENGLISH, encoder), sentence_vectors(other, encoder)
    beads = with_moves([IndexBead((4,), (), 0.0, 1.0), IndexBead((), (1,), 0.0, 1.0)], one, two, encoder)
    assert [(bead.source, bead.target, bead.moved) for bead in beads] == [((4,), (), False), ((), (1,), False)]
