"""What the reader shows and in which order."""

from __future__ import annotations

from lighthouse import ENGLISH, JAPANESE, make_alignment, make_document

from tui_reader.model import Alignment, Document, Source, Span, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.items import Item, ItemIndex, ItemKind, aligned_items, paragraph_items


def shown(item: Item) -> tuple[str, str, str]:
    """An item in words: kind, source side, target side."""
    source = item.note or ("" if item.source is None else item.source.of(ENGLISH))
    return item.kind.value, source, "" if item.target is None else item.target.of(JAPANESE)


def test_items_follow_the_text() -> None:
    """Commentary, what is not quoted, the heading and the beads come in the order in which one reads them."""
    expected = [
        ("commentary", "", "灯台の改修について"),
        ("commentary", "", "先週、町長が声明を出しました。一部を訳してここに載せます。"),
        ("unquoted", "⋯ 2 sentences of Ada Quill not quoted ⋯", ""),
        ("heading", "Ada Quill ⋅ 2031-05-02 ⋅ On the lighthouse", ""),
        (
            "bead",
            "The lighthouse will stay closed until June, as the inspectors advised.",
            "灯台は六月まで閉鎖します。",
        ),
        ("bead", "Safety comes first.", "安全が何より大切です。"),
        ("bead", "We have argued for years.", ""),
        ("bead", "The town will pay for the work.", "工事の費用は町が負担し、星も見えます。"),
        ("bead", "We apologise for the trouble.", "ご不便をおかけします。"),
        ("unquoted", "⋯ 1 sentence of Ada Quill not quoted ⋯", ""),
        ("commentary", "", "以上が町長の言葉でした。"),
    ]
    assert expected == [shown(item) for item in aligned_items(make_document(), make_alignment())]


def test_a_missing_sentence_does_not_tear_its_paragraph() -> None:
    """An empty row stands before a new paragraph only."""
    beads = [item for item in aligned_items(make_document(), make_alignment()) if item.kind is ItemKind.BEAD]
    assert [item.spaced for item in beads] == [False, False, False, False, True]


def test_paragraphs_of_both_texts_are_readable_before_the_alignment() -> None:
    """While nothing is aligned all paragraphs of both texts are there, side by side."""
    items = paragraph_items(make_document())
    targets = [item.target.of(JAPANESE) for item in items if item.target]
    sources = [item.source.of(ENGLISH) for item in items if item.source]
    assert targets == [line for line in JAPANESE.splitlines() if line]
    assert "".join("".join(sources).split()) == "".join(ENGLISH.split())


def test_a_source_that_nobody_quotes_is_named_at_the_end() -> None:
    """A document without any passage is all commentary, and its sources are named as not quoted."""
    document = make_document()
    items = aligned_items(document, Alignment((), (), make_alignment().unquoted[:1]))
    assert [item.kind for item in items if item.kind is not ItemKind.HEADING] == [ItemKind.COMMENTARY] * 5 + [
        ItemKind.UNQUOTED
    ]
    assert "Ada Quill ⋅ 2031-05-02 ⋅ On the lighthouse: all 2 sentences not quoted" in items[-1].note


def test_hostile_names_of_sources_are_shown_as_marks() -> None:
    """Who wrote a source is text from a file as well."""
    source = Source("s", Text("Hello.", "en", plain_blocks("Hello.")), author="\x1b[31mRed\u202e")
    document = Document("d", Text("", "ja"), (source,))
    assert paragraph_items(document)[0].note == "␛[31mRed‹U+202E›"


def test_an_item_is_found_by_what_it_shows() -> None:
    """An offset of either text leads to the item that shows it, white space between items to none."""
    items = aligned_items(make_document(), make_alignment())
    index = ItemIndex(items)
    for number, item in enumerate(items):
        if item.target is not None:
            assert index.at(item.target.start) == index.at(item.target.end - 1) == number
        if item.source is not None:
            assert index.at(item.source.start, "mayor") == number
    assert index.at(len(JAPANESE)) is None
    assert index.near(len(JAPANESE)) == len(items) - 1
    assert index.near(0, "unknown") is None


def test_text_outside_blocks_is_not_shown() -> None:
    """Front matter and markup lie outside the blocks, and nobody wants to read them."""
    content = "---\ntitle: x\n---\n本文です。\n"
    block = plain_blocks(content)[-1]
    document = Document("d", Text(content, "ja", (block,)), ())
    assert [Span(*block.span)] == [item.target for item in paragraph_items(document)]
