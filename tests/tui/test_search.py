"""Searching both languages over the logical text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lighthouse import ENGLISH, JAPANESE, make_alignment, make_document

from tui_reader.model import Document, Side, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.inflections import inflected_spans
from tui_reader.tui.items import ItemIndex, aligned_items, paragraph_items
from tui_reader.tui.near_search import SHORTEST, near_spans
from tui_reader.tui.search import SearchIndex


def found(query: str, *, near: bool = False) -> list[tuple[Side, str]]:
    """Side and words of all matches."""
    document = make_document()
    index = ItemIndex(aligned_items(document, make_alignment()))
    matches = SearchIndex(document).find(query, index, near=near)
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


@pytest.mark.parametrize(
    ("content", "query", "expected"),
    [
        ("灯台は六月\nまで閉鎖。", "六月まで", ["六月\nまで"]),
        ("as the\n  inspectors advised", "The inspectors", ["the\n  inspectors"]),
        ("two\u3000 words", "two words", ["two\u3000 words"]),
        ("one paragraph\n\nanother", "paragraph another", []),
    ],
)
def test_a_line_break_of_the_file_parts_no_words(content: str, query: str, expected: list[str]) -> None:
    """Lines folded as in e-mail are found as they are read; paragraphs stay apart."""
    document = Document("d", Text(content, "ja"), ())
    matches = SearchIndex(document).find(query, ItemIndex(paragraph_items(document)))
    assert [match.span.of(content) for match in matches] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Lighthose", [(Side.SOURCE, "lighthouse")]),
        ("inspecter", [(Side.SOURCE, "inspectors")]),
        ("harbor", [(Side.SOURCE, "harbour")]),
        ("工事の費用を", [(Side.TARGET, "工事の費用")]),
        ("ｺｳｼﾞﾉﾋﾖｳ", []),
        ("nowhere at all", []),
        ("x", []),
    ],
)
def test_near_words_are_found_whole(query: str, expected: list[tuple[Side, str]]) -> None:
    """Slips, other spellings and endings; what is unlike everything finds nothing."""
    assert found(query, near=True) == expected


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("空が赤く染まる。染みる。", "染った", ["染まる", "染みる"]),
        ("空が赤く染まる。染みる。", "染まった", ["染まる"]),
        ("本を読みました。読書。音読する。", "読む", ["読"]),
        ("岬を歩いている", "岬を歩く", ["岬を歩い"]),
        ("she walks; they walked, walking on the walkway", "walk", ["walks", "walked", "walking"]),
        ("they carry what he carried to the carriage", "carries", ["carry", "carried"]),
        ("he had gone before she went to the good town", "go", ["gone", "went"]),
        ("he had gone before she went to the good town", "goes", ["gone", "went"]),
        ("the inspectors advised", "inspector advises", ["inspectors advised"]),
        ("灯台", "灯台", []),
        ("a.b*c (walk", "b*c", []),
    ],
)
def test_other_forms_of_words_are_found(text: str, query: str, expected: list[str]) -> None:
    """Endings of Japanese verbs, English inflections, irregular ones too; what only begins alike is not meant."""
    found = [span.of(text) for span in inflected_spans(text, query)]
    if text.startswith("本を"):
        assert [words[0] for words in found] == expected
    else:
        assert found == expected


def test_other_forms_come_before_what_is_only_alike() -> None:
    """Of a query that stands nowhere, `advising` finds `advised`."""
    assert found("advising", near=True) == [(Side.SOURCE, "advised")]
    assert found("閉鎖した", near=True) == [(Side.TARGET, "閉鎖しま")]


def test_every_near_match_is_found_and_worse_ones_are_not() -> None:
    """Each place counts, also in a long line; what is much less like the query than the best match is noise."""
    text = "lantern " * 200 + "lanterns and a linters " + "x" * 600 + " lantern"
    spans = near_spans(text, "lantarn")
    assert {span.of(text) for span in spans} == {"lantern", "lanterns"}
    assert len(spans) == 202


@given(
    st.text(st.sampled_from("abc def灯台守の\n"), max_size=300),
    st.text(st.sampled_from("abcdef灯台守の"), min_size=SHORTEST, max_size=12),
)
def test_near_spans_are_apart_and_inside_one_paragraph(text: str, query: str) -> None:
    """For any text: in order, not empty, not overlapping, across no paragraph; the query itself is near itself."""
    spans = near_spans(text, query)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text).strip() and "\n" not in span.of(text) for span in spans)
    if query in text:
        assert any(query in span.of(text) for span in spans)
