"""Sentences that translate a clause of their neighbour's counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui_reader.alignment.clauses import with_clauses
from tui_reader.alignment.document import align_document
from tui_reader.alignment.joining import Side
from tui_reader.alignment.sentences import IndexBead, align_vectors, bead_of
from tui_reader.alignment.vectors import sentence_vectors
from tui_reader.encoders import load
from tui_reader.model import Document, Source, Text
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = [
    "The ferry leaves at half past six in the morning.",
    "There is one rule on board: whoever sees a whale rings the brass bell, even in the middle of the night.",
    "My grandmother bought three oranges from the last stall.",
]
JAPANESE = [
    "フェリーは朝の六時半に出る。",
    "船には決まりが一つある。",
    "鯨を見た者は、たとえ真夜中でも真鍮の鐘を鳴らすことになっている。",
    "祖母は最後の屋台でオレンジを三つ買った。",
]
RULE, WHALE = 1, 2


def joined(beads: list[IndexBead], english: list[str], japanese: list[str]) -> list[tuple[tuple[int, ...], ...]]:
    """Which sentences share a bead, given a path through the two texts."""
    encoder = load("use")
    sides = [Side(texts.__getitem__, sentence_vectors(texts, encoder)) for texts in (english, japanese)]
    return [(bead.source, bead.target) for bead in with_clauses(beads, sides[0], sides[1], encoder)]


def bead(source: tuple[int, ...], target: tuple[int, ...]) -> IndexBead:
    """A bead of a path."""
    return IndexBead(source, target, 0.5 if source and target else 0.0, 0.5 if source and target else 1.0)


@pytest.mark.parametrize("japanese_first", [False, True])
def test_a_lone_sentence_joins_the_bead_whose_clause_it_translates(japanese_first: bool) -> None:
    """Left alone before or behind the rest of its sentence, in the source or in the translation."""
    for lone, rest in ((RULE, WHALE), (WHALE, RULE)):
        path = [bead((0,), (0,)), *sorted([bead((), (lone,)), bead((1,), (rest,))], key=lambda b: b.target)]
        path.append(bead((2,), (3,)))
        expected = [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]
        if japanese_first:
            turned = [bead(b.target, b.source) for b in path]
            assert joined(turned, JAPANESE, ENGLISH) == [(b, a) for a, b in expected]
        else:
            assert joined(path, ENGLISH, JAPANESE) == expected


def test_what_nobody_said_stays_alone() -> None:
    """An addition beside a sentence that has all of its counterpart joins nothing."""
    japanese = [JAPANESE[0], "甲板では誰もが黙っていた。", *JAPANESE[2:]]
    path = [bead((0,), (0,)), bead((), (1,)), bead((1,), (2,)), bead((2,), (3,))]
    assert joined(path, ENGLISH, japanese) == [(b.source, b.target) for b in path]


def test_several_lone_sentences_join_one_after_the_other() -> None:
    """Three sentences for one: the two that were left alone both find it."""
    english = ["The office was a cellar, it had a single lamp, and nobody had ever written a catalogue of its books."]
    japanese = ["事務所は地下室だった。", "電灯は一つしかなかった。", "蔵書の目録は誰も作ったことがなかった。"]
    assert joined([bead((), (0,)), bead((), (1,)), bead((0,), (2,))], english, japanese) == [((0,), (0, 1, 2))]


def document(japanese: str, tmp_path: Path) -> Document:
    """A translation in a file, beside which repairs may lie."""
    english = " ".join(ENGLISH)
    path = tmp_path / "ferry.ja.txt"
    path.write_text(japanese, encoding="utf-8")
    source = Source("ferry", Text(english, "en", plain_blocks(english)))
    return Document("ferry", Text(japanese, "ja", plain_blocks(japanese), path=path), (source,))


def beads(document: Document) -> list[tuple[int, int]]:
    """How many sentences each bead has on either side."""
    found = align_document(document, load("use")).beads
    return [(len(b.source_segments), len(b.target_segments)) for b in found]


def test_a_document_is_read_so_and_a_person_may_object(tmp_path: Path) -> None:
    """In a document the sentence joins its bead; one that is pinned alone, or forbidden there, stays alone."""
    made = document("".join(JAPANESE), tmp_path)
    assert beads(made) == [(1, 1), (1, 2), (1, 1)]
    for entry in (
        '[[pin]]\nsource = []\ntarget = "船には決まり"\n',
        '[[forbid]]\nsource = "There is one rule"\ntarget = "船には決まり"\n',
    ):
        (tmp_path / "ferry.ja.beads.toml").write_text(entry, encoding="utf-8")
        assert sorted(beads(made)) == [(0, 1), (1, 1), (1, 1), (1, 1)], entry


def test_a_heading_never_joins_a_sentence(tmp_path: Path) -> None:
    """The same words as a heading of their own are no clause of the sentence below."""
    made = document(f"{JAPANESE[0]}\n\n船の決まり\n\n{JAPANESE[2]}{JAPANESE[3]}", tmp_path)
    assert (1, 2) not in beads(made)


def test_a_bead_gives_a_sentence_to_its_neighbour() -> None:
    """What a path took for the beginning of one sentence's translation, and says the end of the one before, moves."""
    encoder = load("use")
    one, other = (sentence_vectors(texts, encoder) for texts in (ENGLISH, JAPANESE))
    path = [
        bead_of(rows, columns, one, other, encoder) for rows, columns in (((0,), (0,)), ((1,), (1,)), ((2,), (2, 3)))
    ]
    assert joined(path, ENGLISH, JAPANESE) == [((0,), (0,)), ((1,), (RULE, WHALE)), ((2,), (3,))]


def test_a_free_heading_keeps_its_counterpart() -> None:
    """A heading that shares no meaning with the other text's, between paragraphs that correspond, stands beside it."""
    english = [ENGLISH[0], "A word from Captain Holm", ENGLISH[2]]
    japanese = [JAPANESE[0], "結びに", JAPANESE[3]]
    encoder = load("use")
    one, other = (sentence_vectors(texts, encoder, range(3)) for texts in (english, japanese))
    found = [(b.source, b.target) for b in align_vectors(one, other, encoder)]
    assert found == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
