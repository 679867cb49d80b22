"""What nobody plans for: tiny terminals, endless lines, odd characters, very long documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Screen, opened
from lighthouse import until

from tui_reader.model import Alignment, Bead, CheckedBead, Document, Passage, Report, Side, Source, Span, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.text.width import cells
from tui_reader.tui.items import LONGEST_PIECE, BlockIndex
from tui_reader.tui.layout import FIRST_PARAGRAPHS
from tui_reader.tui.selection import Point, Selection, selected_text

if TYPE_CHECKING:
    from collections.abc import Iterator


def document_of(content: str) -> Document:
    """A Japanese text without sources."""
    return Document("d", Text(content, "ja", plain_blocks(content)), ())


def no_check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """A check that says nothing."""
    yield from ()


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (200, 1), (29, 7)])
async def test_any_size_and_back(size: tuple[int, int]) -> None:
    """The reader lives through the smallest terminals, keys and all, and is whole again afterwards."""
    async with opened(size=(100, 30)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket")
        before = screen.rows()
        await screen.pilot.resize_terminal(*size)
        await screen.press("j", "k", "enter", "escape", "z", "z")
        await screen.pilot.resize_terminal(100, 30)
        await screen.pilot.pause()
        await screen.press("g", "right_square_bracket")
        assert screen.footer()
        assert [row for row in before if "lighthouse" in row] == [r for r in screen.rows() if "lighthouse" in r]


@pytest.mark.parametrize("words", ["灯台は六月まで閉鎖します。", "灯台は六月まで閉鎖します", "灯台は か\u3099いた。"])
async def test_a_line_of_a_megabyte_is_shown_searched_and_copied(words: str) -> None:
    """Its first and last words are on the screen in turn, every match is counted, and only what is seen is wrapped."""
    count = 350_000 // len(words)
    content = "始まりです。" + words * count + "終わりです。"
    async with opened(no_check, size=(80, 24), document=document_of(content)) as screen:
        assert any("始まりです。" in row for row in screen.rows())
        assert "100%" not in screen.footer()
        await until(screen.pilot, lambda: screen.reading.reading.layout.whole)
        await screen.press("G")
        assert "終わりです。" in "".join(row.strip() for row in screen.rows())
        assert "100%" in screen.footer()
        assert all(cells(row) <= 80 for row in screen.rows())
        await screen.press("slash", "灯", "台", "は", "enter")
        assert f"/{count}" in screen.footer()
        assert len(screen.reading.view.viewport.rows._cache) < len(screen.reading.reading.items)


@pytest.mark.parametrize("words", ["あ。", "word ", "か\u3099", "葛\U000e0100", "\U0001f469\u200d\U0001f467"])
def test_long_paragraphs_are_parted_between_characters(words: str) -> None:
    """The parts hold all there is but white space, none is too long, and none begins inside of a character."""
    content = words * (3 * LONGEST_PIECE // len(words))
    pieces = list(BlockIndex(document_of(content).text).pieces(Span(0, len(content))))
    assert "".join(piece.of(content) for piece in pieces).replace(" ", "") == content.replace(" ", "")
    assert all(piece.length <= LONGEST_PIECE for piece in pieces)
    assert all(piece.start % len(words) == 0 for piece in pieces)


async def test_what_is_copied_across_the_parts_of_a_paragraph_is_one() -> None:
    """Where a long paragraph is parted for the screen, no line break comes into the clipboard."""
    content = "灯台は六月まで閉鎖します。" * 1000
    async with opened(no_check, document=document_of(content)) as screen:
        reading = screen.reading.reading
        places = [(item.target.start, item.target.end) for item in reading.items if item.target]
        selection = Selection(Side.TARGET, Point(0, Span(0, 1)), Point(1, Span(*places[1])), reading.layout)
        assert selected_text(reading, selection, lambda _: True) == content[: places[1][1]]


async def test_odd_characters_stay_in_their_columns() -> None:
    """Combining marks, families of emoji, right-to-left runs and hostile controls never widen a row."""
    odd = (
        "e\u0301は \U0001f469\u200d\U0001f469\u200d\U0001f467 と ｶﾞ と שלום と \x1b[2J と \u202e逆\u202c と 葛\U000e0100"
    )
    async with opened(no_check, size=(60, 20), document=document_of("\n\n".join([odd] * 30))) as screen:
        for key in ("r", "v", "l", "slash"):
            await screen.press(key)
            await screen.press("escape")
        rows = screen.rows()
        assert all(cells(row) == screen.reading.view.size.width for row in rows)
        assert not any("\x1b" in row or "\u202e" in row for row in rows)
        assert any("␛[2J" in row for row in rows)


def numbered(count: int) -> tuple[Document, Alignment]:
    """A long document, each paragraph aligned with one of its source."""
    english = "\n\n".join(f"Sentence number {n}." for n in range(count))
    japanese = "\n\n".join(f"{n}番の文です。" for n in range(count))
    texts = Text(english, "en", plain_blocks(english)), Text(japanese, "ja", plain_blocks(japanese))
    pairs = zip(texts[0].blocks, texts[1].blocks, strict=True)
    beads = tuple(Bead(f"b{n}", 0, (s.span,), (t.span,), 0.9) for n, (s, t) in enumerate(pairs))
    passage = Passage("p", "s", Span(0, len(english)), Span(0, len(japanese)))
    return Document("d", texts[1], (Source("s", texts[0]),)), Alignment((passage,), beads)


async def test_a_long_document_opens_with_its_beginning_and_is_whole_soon() -> None:
    """The first frame has the first paragraphs only; the last ones are reached before anything is aligned."""
    count = 4 * FIRST_PARAGRAPHS
    document, _ = numbered(count)
    async with opened(no_check, document=document) as screen:
        assert any("0番の文です。" in row for row in screen.rows())
        await until(screen.pilot, lambda: len(screen.reading.reading.items) > FIRST_PARAGRAPHS)
        await screen.press("G")
        assert any(f"{count - 1}番の文です。" in row for row in screen.rows())


async def test_every_bead_of_a_long_document_is_level() -> None:
    """Wherever one looks, the two sides of a row belong to one bead."""
    count = 2 * FIRST_PARAGRAPHS
    document, alignment = numbered(count)

    def check(_: Document) -> Iterator[Alignment | CheckedBead | Report]:
        yield alignment

    async with opened(check, document=document) as screen:
        await until(screen.pilot, lambda: screen.reading.reading.alignment is not None)
        for keys in (("G",), ("b", "b"), ("g", "space")):
            await screen.press(*keys)
            assert_level(screen)


def assert_level(screen: Screen) -> None:
    """Numbers on both sides of every row are the same."""
    shown = [row for row in screen.rows() if "番の文です。" in row]
    assert shown
    for row in shown:
        number = row.split("番の文です。")[0].rsplit(maxsplit=1)[-1]
        assert f"Sentence number {number}." in row
