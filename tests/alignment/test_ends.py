"""How sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.alignment.ends import ends, quoted_ends


def test_a_quotation_is_open_until_its_closing_mark() -> None:
    """Typographic and Japanese marks alike."""
    assert quoted_ends(["He said: “It rains.", "It always rains.”", "We left."]).tolist() == [1, 0, 0]
    assert quoted_ends(["彼は言った。「雨だ。", "いつも雨だ」", "私たちは去った。"]).tolist() == [1, 0, 0]


def test_straight_marks_tell_by_the_spaces_around_them() -> None:
    """The same mark opens before a word and closes behind one, whatever came before."""
    assert quoted_ends(['"It rains.', 'It pours," she said.', 'Then: "Go.']).tolist() == [1, 0, 1]


def test_a_closed_quotation_leaves_nothing_open() -> None:
    """A whole quotation inside a sentence is no reason to join sentences."""
    assert quoted_ends(['"Rain," he said, "and wind."', "「雨」と彼は言った。"]).tolist() == [0, 0]


def test_a_forgotten_closing_mark_does_not_colour_the_rest() -> None:
    """After a few sentences the quotation counts as over."""
    assert quoted_ends(["「雨だ。", *["そして風だ。"] * 9]).tolist()[-5:] == [0] * 5


@pytest.mark.parametrize(
    ("line", "following", "broken"),
    [
        ("The chapel was built by the Rev.", "Ada Moss in 1901.", True),
        ("It opened at 5 a.m.", "Eastern time, as ever.", True),
        ("“There it is!”", "Ada Moss shouted.", False),
        ("It opened at 5 a.m.", "The bells rang.", False),
        ("“There it is!”", "The bells rang.", False),
        ("Nobody came.", "ada wept.", False),
        ("礼拝堂は一九〇一年に建った。", "設計はモスである。", False),
    ],
)
def test_a_line_cut_in_the_middle_is_broken(line: str, following: str, broken: bool) -> None:
    """Lines split after “the Rev.” belong together, and the last line of all is never broken."""
    assert ends([line, following]).broken.tolist() == [broken, False]
    assert not ends([following, line]).broken[1]


def test_headings_end_without_a_full_stop() -> None:
    """Those of either language, and not what closes with a mark behind the stop."""
    texts = ["Ropeway reopens", "ロープウェイ再開", "It reopened.", "再開した。", '"It reopened."', "再開する？」", ""]
    assert ends(texts).unstopped.tolist() == [1, 1, 0, 0, 0, 0, 0]


def test_the_last_sentence_of_a_block_ends_it() -> None:
    """By the numbers of blocks, and never where none are known."""
    assert ends(["A.", "B.", "C."], [0, 0, 1]).blocks.tolist() == [0, 1, 1]
    assert ends(["A.", "B.", "C."]).blocks.tolist() == [0, 0, 0]


@given(st.lists(st.text()))
def test_every_sentence_has_a_state(sentences: list[str]) -> None:
    """Whatever the text, one number of each kind for each sentence, 0 or 1."""
    found = ends(sentences, range(len(sentences)))
    for kind in (found.quoted, found.blocks, found.unstopped, found.broken):
        assert len(kind) == len(sentences)
        assert set(kind.tolist()) <= {0, 1}
