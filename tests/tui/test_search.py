"""Searching both languages over the logical text."""

from __future__ import annotations

import pytest
from lighthouse import ENGLISH, JAPANESE, make_alignment, make_document

from tui_reader.model import Document, Side, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.items import ItemIndex, aligned_items, paragraph_items
from tui_reader.tui.search import SearchIndex


def found(query: str) -> list[tuple[Side, str]]:
    """Side and words of all matches."""
    document = make_document()
    index = ItemIndex(aligned_items(document, make_alignment()))
    matches = SearchIndex(document).find(query, index)
    return [(m.side, m.span.of(JAPANESE if m.side is Side.TARGET else ENGLISH)) for m in matches]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("LIGHTHOUSE", [(Side.SOURCE, "lighthouse")]),
        ("ｌｉｇｈｔ", [(Side.SOURCE, "light")]),
        ("トウダイ", []),
        ("灯台", [(Side.TARGET, "灯台"), (Side.TARGET, "灯台")]),
        ("ゴ不便", [(Side.TARGET, "ご不便")]),
        ("harbour", [(Side.SOURCE, "harbour")]),
        ("   ", []),
    ],
)
def test_case_width_and_kana_make_no_odds(query: str, expected: list[tuple[Side, str]]) -> None:
    """A query finds its words however they are written, in what is not quoted too."""
    assert found(query) == expected


def test_matches_come_in_the_order_of_the_screen() -> None:
    """`n` goes down the screen, from one text to the other and back."""
    document = make_document()
    items = aligned_items(document, make_alignment())
    matches = SearchIndex(document).find("e", ItemIndex(items))
    assert [match.item for match in matches] == sorted(match.item for match in matches)
    assert len(matches) == ENGLISH.count("e") + ENGLISH.count("E")


def test_a_folded_character_of_several_letters_is_found_whole() -> None:
    """㌔ folds to キロ: a match in its middle covers the character as the file has it."""
    text = "あと三㌔です"
    document = Document("d", Text(text, "ja", plain_blocks(text)), ())
    matches = SearchIndex(document).find("キロ", ItemIndex(paragraph_items(document)))
    assert [match.span.of(text) for match in matches] == ["㌔"]
