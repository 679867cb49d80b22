"""Cells and clusters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.text import width as measuring
from tui_reader.text.visible import visible
from tui_reader.text.width import cells, clusters

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("漢字", 4),
        ("ｶﾞ", 2),
        ("か\u3099", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("　", 2),
        (FAMILY, 2),
        ("❤️", 2),
        ("👍🏽", 2),
        ("🇯🇵", 2),
        ("葛\U000e0100", 2),
        ("한", 2),
        ("\x1b[0m", 4),
        ("\u202e", 8),
        ("\t", 4),
        ("a\nb", 2),
        ("a\r\nb", 2),
    ],
)
def test_widths_are_those_of_a_terminal(text: str, width: int) -> None:
    """Wide, combining, emoji and hostile characters (as their marks) take the cells that they are shown in."""
    assert width == cells(text)


def test_ambiguous_characters_follow_the_setting() -> None:
    """Some Japanese terminals show … “ ” ① → in two cells; only those change."""
    assert [(cells(text, 1), cells(text, 2)) for text in ("…“”①→", "あ", "a")] == [(5, 10), (2, 2), (1, 1)]


def test_a_cluster_is_what_people_see() -> None:
    """An emoji of several code points, a kana with its mark and a flag are one cluster each."""
    text = f"aか\u3099{FAMILY}🇯🇵"
    found = [(text[cluster.start : cluster.end], cluster.cells) for cluster in clusters(text)]
    assert found == [
        ("a", 1),
        ("か\u3099", 2),
        (FAMILY, 2),
        ("🇯🇵", 2),
    ]


ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from("\x1b\u202e\u200d\ufe0f\r\n\t👨👧❤🏽🇯🇵\U0001f3f4\U000e0067\U000e007fa亜\ud800\u3099ﾞ한ᄒ…"),
        st.characters(codec=None),
    ),
    max_size=40,
)


@given(ANY_TEXT, st.sampled_from([1, 2]))
def test_clusters_cover_the_text_and_sum_to_its_width(text: str, ambiguous: int) -> None:
    """For any string the clusters join without gaps, and their cells are those of the whole."""
    found = list(clusters(text, ambiguous))
    assert [c.end for c in found] == [c.start for c in found[1:]] + ([len(text)] if text else [])
    assert sum(c.cells for c in found) == cells(text, ambiguous)


@given(ANY_TEXT)
def test_what_is_measured_is_what_is_shown(text: str) -> None:
    """A text is as wide as its visible form."""
    assert cells(visible(text)) == cells(text)


def test_plain_characters_need_no_tables() -> None:
    """What is measured without wcwidth is what wcwidth says, and no plain character joins a neighbour."""
    for ambiguous in (1, 2):
        characters = measuring._Characters(ambiguous)
        for first, end in zip(measuring._PLAIN[::2], measuring._PLAIN[1::2], strict=True):
            for character in map(chr, range(first, end)):
                assert characters._looked_up(character) == characters[character], f"U+{ord(character):04X}"
