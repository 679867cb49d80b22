"""Hostile characters are shown, never sent."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.text.visible import visible, visible_map

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m赤", "␛[31m赤"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("\x9b2J", "‹U+009B›2J"),
        ("a\u202eb", "a‹U+202E›b"),
        ("\u2066x\u2069", "‹U+2066›x‹U+2069›"),
        ("pass\u200bword", "pass‹U+200B›word"),
        ("a\u200db", "a‹U+200D›b"),
        ("\ufefftext", "‹U+FEFF›text"),
        ("x\ud800", "x‹U+D800›"),
        ("\u3164", "‹U+3164›"),
        ("a\u2028b", "a‹U+2028›b"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\n", "a\nb␍c\n"),
        ("あ\ufe00\ufe01", "あ\ufe00‹U+FE01›"),
        ("x\U000e0041", "x‹U+E0041›"),
    ],
)
def test_hostile_characters_become_marks(text: str, shown: str) -> None:
    """Escapes, controls, bidi overrides, zero-width characters, lone surrogates and fillers are all to be seen."""
    assert shown == visible(text)


@pytest.mark.parametrize("text", ["漢字かな", FAMILY, "❤️", "👍🏽", "葛\U000e0100城", "か\u3099", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "¡Olé! — “ok”…"])
def test_what_does_its_proper_work_stays(text: str) -> None:
    """Emoji sequences, kanji variants and combining marks are shown as they are."""
    assert text == visible(text)


ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from("\x1b\u202e\u200d\ufe0f\r\n\t👨👧❤🏽\U0001f3f4\U000e0067\U000e007fa亜\ud800\u3099°"),
        st.characters(codec=None),
    ),
    max_size=40,
)


@given(ANY_TEXT)
def test_nothing_hostile_is_left(text: str) -> None:
    """For any string: no control, surrogate, line separator or bidi control remains, and no joiner outside emoji."""
    shown = visible(text)
    assert {"Cc", "Cs", "Zl", "Zp"}.isdisjoint({unicodedata.category(c) for c in shown if c != "\n"})
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")
    assert shown == visible(shown)


@given(ANY_TEXT)
def test_the_map_leads_back(text: str) -> None:
    """Each shown character knows where it came from, in order, and harmless ones are the original's own."""
    shown, offsets = visible_map(text)
    assert visible(text) == shown
    assert len(shown) + 1 == len(offsets)
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    harmless = [(c, o) for c, o in zip(shown, offsets, strict=False) if text[o] == c]
    assert all(text[offset] == character for character, offset in harmless)
    assert {*range(len(text))} - {*offsets} <= {i for i, c in enumerate(text) if text[i : i + 2] == "\r\n"}
