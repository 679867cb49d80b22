"""Sentences that a translation has at another place."""

from __future__ import annotations

import numpy as np
import pytest

from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.sentences import IndexBead, align_vectors
from tui_reader.alignment.vectors import SentenceVectors, sentence_vectors
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


def test_a_moved_sentence_may_have_become_two() -> None:
    """One sentence at another place in two parts, either way round: one bead of three sentences."""
    english = [
        *ENGLISH,
        "Bread was free on Mondays, and on Fridays the mayor danced in the square with anyone.",
    ]
    japanese = [
        "月曜はパンがただだった。",
        "金曜になると町長が広場で誰とでも踊った。",
        *JAPANESE,
    ]
    encoder = load("use")
    for turned in (False, True):
        texts = [japanese, english] if turned else [english, japanese]
        one, other = (sentence_vectors(text, encoder) for text in texts)
        beads = with_moves(align_vectors(one, other, encoder), one, other, encoder)
        moved = [(bead.source, bead.target) for bead in beads if bead.moved]
        assert moved == [((0, 1), (6,)) if turned else ((6,), (0, 1))]
        assert all(bead.source and bead.target for bead in beads)


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


@pytest.mark.parametrize("rivalled", [True, False])
def test_what_is_more_like_another_sentence_has_not_moved(rivalled: bool) -> None:
    """A sentence left out and one put in about the same thing, which is more like its neighbour, are no move."""
    directions = np.eye(12, dtype=np.float32)
    put_in = 0.55 * directions[0] + 0.6 * directions[1 if rivalled else 11] + 0.58 * directions[2]
    counts = np.full(8, 10, np.float32)
    source = SentenceVectors(directions[[0, 1, *range(3, 9)]], counts)
    target = SentenceVectors(np.stack([*directions[[1, *range(3, 9)]], put_in]), counts)
    pairs = [IndexBead((k + 1,), (k,), 1.0, 0.0) for k in range(7)]
    path = [IndexBead((0,), (), 0.0, 1.0), *pairs, IndexBead((), (7,), 0.0, 1.0)]
    beads = with_moves(path, source, target, Directions())  # type: ignore[arg-type]
    assert [(bead.source, bead.target) for bead in beads if bead.moved] == ([] if rivalled else [((0,), (7,))])


class Directions:
    """An encoder for made vectors: pooling only scales to length 1."""

    def pool(self, sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Rows scaled to length 1."""
        unit: np.ndarray = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return unit
