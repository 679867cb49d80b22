"""How kanji are read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.model import Span
from tui_reader.text.readings import readings, word_reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灯台が見えた。", [("灯台", "とうだい"), ("見", "み")]),
        ("見回りに行く", [("見回", "みまわ"), ("行", "い")]),
        ("ひらがなとカタカナ", []),
        ("The 海", [("海", "うみ")]),
    ],
)
def test_kana_stand_for_kanji_only(text: str, expected: list[tuple[str, str]]) -> None:
    """A reading belongs to the kanji; the kana of a word need none."""
    assert [(reading.span.of(text), reading.kana) for reading in readings(text)] == expected


def test_a_word_is_read_as_it_stands_there() -> None:
    """The whole word has a reading, its kana included."""
    text = "灯台を見回った"
    assert word_reading(text, Span(0, 2)) == "とうだい"
    assert word_reading(text, Span(3, 7)) == "みまわった"


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=30) | st.text("灯台見回り行くカナabc 々〆\ud800", max_size=30))
def test_readings_lie_in_the_text(text: str) -> None:
    """Whatever the text, readings are in order, disjoint and inside it."""
    end = 0
    for span, kana in readings(text):
        assert end <= span.start < span.end <= len(text)
        assert kana
        end = span.end


def test_words_of_several_readings_are_read_as_people_read_them() -> None:
    """Days of the week end in び, ひと月 is no month of the calendar, and 私 is the everyday word."""
    text = "私は火曜日からひと月、三月の日に住む"
    read = [(reading.span.of(text), reading.kana) for reading in readings(text)]
    assert [kana for word, kana in read if word == "私"] == ["わたし"]
    assert [kana for word, kana in read if word == "日"] == ["び", "ひ"]
    assert [kana for word, kana in read if word == "月"] == ["つき", "がつ"]
    assert word_reading(text, Span(0, 1)) == "わたし"
