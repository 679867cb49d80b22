"""Blocks of plain text, as copied from web pages and e-mail."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.model import BlockKind
from tui_reader.text.blocks import plain_blocks


def _shown(content: str) -> list[tuple[str, str, int]]:
    return [(block.kind.value, block.span.of(content), block.paragraph) for block in plain_blocks(content)]


def test_each_line_of_a_web_page_is_a_block() -> None:
    """Copied text has one line per paragraph; blank lines, of whatever white space, part the paragraphs."""
    content = "灯台の話\r\n　\r\n  昔、港に灯台があった。\n古い灯台だった。\n\n\n今はない。\n"
    assert _shown(content) == [
        ("paragraph", "灯台の話", 0),
        ("paragraph", "昔、港に灯台があった。", 1),
        ("paragraph", "古い灯台だった。", 1),
        ("paragraph", "今はない。", 2),
    ]


def test_folded_english_is_joined() -> None:
    """A paragraph folded at 72 columns is one block, even where a line happens to end with a sentence."""
    content = (
        "The lighthouse keeper wrote down every ship that passed the rock during\n"
        "the winter of that year. She did so in a small and very regular hand in\n"
        "a book that nobody opened again until the tower was finally sold.\n"
        "\n"
        "It was sold in spring."
    )
    assert [block.paragraph for block in plain_blocks(content)] == [0, 1]


def test_folded_japanese_is_joined() -> None:
    """A Japanese mail folded at 35 characters is one block, although no space is at the line ends."""
    line = "灯台守は冬のあいだ岩のそばを通ったすべての船の名を小さな字で帳面に書き"
    content = f"{line}\n{line}\n続けたという。"
    assert len(plain_blocks(content)) == 1


def test_two_lines_are_joined_on_better_evidence_than_their_width() -> None:
    """A wide heading above a short paragraph stays apart; a second line with a small letter or a known column joins."""
    heading = "古い灯台を守りつづけた人々の百年の歴史とこれからについての長い見出し"
    assert len(plain_blocks(f"{heading}\n港の人は語った。")) == 2
    going_on = "The lighthouse keeper wrote down every ship that passed the rock during\nthe winter."
    assert len(plain_blocks(going_on)) == 1
    folded = "The keeper wrote down all of the ships that passed the rock, however far\nJune was."
    column = (
        f"{going_on.splitlines()[0]}\nthe winter of that year. She did so in a small and very regular hand in\na book."
    )
    assert [len(plain_blocks(folded)), len(plain_blocks(f"{column}\n\n{folded}")) - 1] == [2, 1]


def test_lines_that_only_look_alike_are_kept_apart() -> None:
    """Whole sentences on lines of their own, and short lines of a poem, are not a folded paragraph."""
    sentences = (
        "The first sentence of this list is about the sea and all of its ships.\n"
        "The second one is about the rock on which the lighthouse had been built.\n"
        "The third is short.\n"
    )
    assert len(plain_blocks(sentences)) == 3
    assert len(plain_blocks("The sea,\nthe rock,\nthe light")) == 3


def test_list_items_headings_and_quotations_are_recognised() -> None:
    """Bullets and numbers in both languages, chapter lines and quoted mail have their kind; others stay plain."""
    content = (
        "第2章 灯台\n\n■ 概要\n\n1. 蓋を開ける\n    • 鍵を押す\n・読む\n(3) 書く\n２）眠る\n"
        "- close it\n\n> quoted line\n> and more\nreply\n\n3.5倍になった\n1998. was a year\n— 編集部"
    )
    kinds = [block.kind for block in plain_blocks(content)]
    item, plain, heading = BlockKind.LIST_ITEM, BlockKind.PARAGRAPH, BlockKind.HEADING
    quotes = [BlockKind.QUOTE, BlockKind.QUOTE]
    assert [heading, heading, item, item, item, item, item, item, *quotes, plain, plain, plain, plain] == kinds


def test_a_lone_mark_belongs_to_the_line_before() -> None:
    """A colon on a line of its own, as pages leave it when copied, is no block."""
    content = "新しい灯台守の採用\n   :\n\n続き"
    assert [block.span.of(content) for block in plain_blocks(content)] == ["新しい灯台守の採用\n   :", "続き"]


@given(st.text(st.one_of(st.sampled_from("\n\r \t　-1.)・>■#あa。"), st.characters()), max_size=120))
def test_blocks_cover_everything_but_white_space(content: str) -> None:
    """For any string: blocks in order, disjoint, trimmed, nothing left out, paragraphs counted up without gaps."""
    blocks = plain_blocks(content)
    assert all(before.span.end <= after.span.start for before, after in pairwise(blocks))
    assert all(block.span.of(content).strip() == block.span.of(content) != "" for block in blocks)
    assert "".join(content.split()) == "".join("".join(block.span.of(content).split()) for block in blocks)
    assert all(after.paragraph - before.paragraph in {0, 1} for before, after in pairwise(blocks))
