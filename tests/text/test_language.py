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


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("They said that the lamp would be lit when the harbour opens, and that you should be there.", "en"),
        ("Sie sagten, dass die Lampe brennen werde, sobald der Hafen offen sei. The end, my friends.", "de"),
        ("Les gens du port disent que la lampe sera allumée ce soir. The end, said the boys in English.", "fr"),
        ("De mensen van de haven zeggen dat de lamp vanavond zal branden, en dat is mijn werk.", "nl"),
        ("My ma sê dat die lamp in die hawe vanaand sal brand, en my pa sê dat hy my sal help.", "af"),
        ("Kvinnorna i hamnen sade att lampan skulle tändas med en gång, och att det var bra.", "sv"),
    ],
)
def test_frequent_english_words_make_a_text_english(sentence: str, language: str) -> None:
    """A longer text is English at once where its words are; a little English in another language is not enough."""
    assert detect(f"{sentence} " * 8) == language


def test_a_long_text_is_judged_by_more_than_its_beginning() -> None:
    """A Japanese article with a long English quotation at its head is Japanese all the same."""
    content = "The lighthouse was dark. " * 40 + "灯台の明かりは消えていた。" * 600
    assert detect(content) == "ja"
