"""Sentences that end where nothing ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.alignment.open_ends import open_ends


def test_a_quotation_is_open_until_its_closing_mark() -> None:
    """Typographic and Japanese marks alike."""
    assert open_ends(["He said: “It rains.", "It always rains.”", "We left."]).tolist() == [1, 0, 0]
    assert open_ends(["彼は言った。「雨だ。", "いつも雨だ」", "私たちは去った。"]).tolist() == [1, 0, 0]


def test_straight_marks_tell_by_the_spaces_around_them() -> None:
    """The same mark opens before a word and closes behind one, whatever came before."""
    assert open_ends(['"It rains.', 'It pours," she said.', 'Then: "Go.']).tolist() == [1, 0, 1]


def test_a_closed_quotation_leaves_nothing_open() -> None:
    """A whole quotation inside a sentence is no reason to join sentences."""
    assert open_ends(['"Rain," he said, "and wind."', "「雨」と彼は言った。"]).tolist() == [0, 0]


def test_a_forgotten_closing_mark_does_not_colour_the_rest() -> None:
    """After a few sentences the quotation counts as over."""
    assert open_ends(["「雨だ。", *["そして風だ。"] * 9]).tolist()[-5:] == [0] * 5


def test_a_title_without_its_name_is_open() -> None:
    """Lines split after “the Rev.” belong together."""
    assert open_ends(["The chapel was built by the Rev.", "Ada Moss in 1901."]).tolist() == [1, 0]


@given(st.lists(st.text()))
def test_every_sentence_has_a_state(sentences: list[str]) -> None:
    """Whatever the text, one number for each sentence, 0 or 1."""
    states = open_ends(sentences)
    assert len(states) == len(sentences)
    assert set(states.tolist()) <= {0, 1}
