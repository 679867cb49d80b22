"""Readings above words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.model import Span
from tui_reader.text.readings import Reading
from tui_reader.text.ruby import ruby_row
from tui_reader.text.width import cells


@pytest.mark.parametrize(
    ("text", "readings", "expected"),
    [
        ("何より大切です", [(0, 1, "なに"), (3, 5, "たいせつ")], "ﾅﾆ    ﾀｲｾﾂ"),
        ("町が志す", [(0, 1, "まち"), (2, 3, "こころざ")], "ﾏﾁ ｺｺﾛｻﾞ"),
        ("ああ承る", [(2, 3, "うけたまわ")], "   ｳｹﾀﾏﾜ"),
        ("平和条約", [(0, 2, "へいわ"), (2, 4, "じょうやく")], "ﾍｲﾜｼﾞｮｳﾔｸ"),
        ("水道の蛇口", [(0, 2, "すいどう"), (3, 5, "じゃぐち")], "ｽｲﾄﾞｳ ｼﾞｬｸﾞﾁ"),
        ("志", [(0, 1, "こころざし")], "ｺｺﾛｻﾞｼ"),
    ],
)
def test_readings_stand_above_their_words(text: str, readings: list[tuple[int, int, str]], expected: str) -> None:
    """Centred where there is room, side by side where there is not; apart where the words are, if they can."""
    row = ruby_row(text, [Reading(Span(start, end), kana) for start, end, kana in readings], 20)
    assert row == expected


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 3), st.text("かがんしょぱ", min_size=1, max_size=6)), max_size=8
    ),
    st.integers(2, 60),
)
def test_no_reading_lies_over_another_or_leaves_the_column(words: list[tuple[int, int, str]], width: int) -> None:
    """Whatever the readings: all that have room are there, whole and in order, and near their words if alone."""
    text, readings = "", []
    for gap, length, kana in words:
        text += "の" * gap
        readings.append(Reading(Span(len(text), len(text) + length), kana))
        text += "漢" * length
    row = ruby_row(text, readings, width)
    assert cells(row) <= width
    kept = ""
    for reading in readings:
        one = ruby_row(text, [reading], 400).strip()
        if cells(kept + one) > width:
            break
        kept += one
    assert row.replace(" ", "") == kept
