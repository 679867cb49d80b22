"""Which language a text is in."""

from __future__ import annotations

import pytest

from tui_reader.text.language import detect


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("灯台の明かりは消えていた。", "ja"),
        ("安全性", "ja"),
        ("見出し画像", "ja"),
        ("市議会議員選挙開票結果速報", "ja"),
        ("髙島屋・𠮷野家", "ja"),
        ("Lighthouse Frameworkを採用しました", "ja"),
        ("ﾄｳﾀﾞｲ", "ja"),
        ("这是一座灯塔", "zh"),
        ("這是一個很好的燈塔我們都喜歡他說的話不是嗎", "zh"),
        ("등대의 불이 꺼져 있었습니다", "ko"),
        ("The lighthouse had been dark for a very long time.", "en"),
        ("The word もったいない is often used by people who write about the harbour.", "en"),
        ("i'm really fond of @keeper's lanterns and boats, and sad to see him go", "en"),
        ("Drop the mic.", "en"),
        ("Like fjords, the lakes are deep.", "en"),
        ("Le phare était éteint depuis très longtemps déjà.", "fr"),
        ("Der Leuchtturm war schon seit sehr langer Zeit dunkel.", "de"),
        ("El faro llevaba mucho tiempo apagado aquella noche.", "es"),
        ("Маяк уже давно не светил по ночам.", "ru"),
        ("Il est là.", "und"),
        ("OpenAI", "und"),
        ("12:30 — 45 %", "und"),
        ("https://example.org/the/long/way/home", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_by_script_first(content: str, language: str) -> None:
    """Kana and Han need no statistics, Latin and other scripts get them, and too little is said to be too little."""
    assert language == detect(content)


def test_a_long_text_is_judged_by_more_than_its_beginning() -> None:
    """A Japanese article with a long English quotation at its head is Japanese all the same."""
    content = "The lighthouse was dark. " * 40 + "灯台の明かりは消えていた。" * 600
    assert detect(content) == "ja"
