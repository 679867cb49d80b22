"""Selecting with the mouse: whole characters of one text, copied as the text runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Screen, opened

from tui_reader.model import Document, Side, Text
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.text.blocks import plain_blocks
from tui_reader.text.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = "灯台は六月まで閉鎖します。"


def place_of(screen: Screen, words: str, extra: int = 0) -> tuple[int, int]:
    """The cell in which some words begin on the screen, or so many cells behind."""
    for y, row in enumerate(screen.rows()):
        if words in row:
            return cells(row[: row.index(words)]) + extra, y
    raise AssertionError(f"{words!r} is not among {screen.rows()}")


async def drag(screen: Screen, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the button at one cell and let it go at another."""
    view = screen.reading.view
    await screen.pilot.mouse_down(view, offset=start)
    await screen.pilot.hover(view, offset=end)
    await screen.pilot.mouse_up(view, offset=end)
    await screen.pilot.pause()


@pytest.mark.parametrize("left", [0, 1])
@pytest.mark.parametrize("right", [0, 1])
async def test_either_half_of_a_character_is_all_of_it(left: int, right: int) -> None:
    """A Japanese character has two cells; whichever the mouse is on, it is selected, and its neighbour is not."""
    async with opened() as screen:
        await screen.finished()
        await drag(screen, place_of(screen, "六月まで", left), place_of(screen, "まで閉鎖", 2 + right))
        assert "4 characters selected" in screen.footer()
        await screen.press("y")
        assert screen.app.clipboard == "六月まで"
        assert screen.styled("六月まで").reverse


async def test_a_selection_goes_backwards_as_well() -> None:
    """From right to left it is the same words."""
    async with opened() as screen:
        await screen.finished()
        await drag(screen, place_of(screen, "inspectors", 9), place_of(screen, "until June"))
        await screen.press("y")
        assert screen.app.clipboard == "until June, as the inspectors"


async def test_only_the_text_where_it_began_is_selected() -> None:
    """However far the mouse goes into the other column, and over several beads: no word of the other text."""
    async with opened() as screen:
        await screen.finished()
        start = place_of(screen, "Safety comes first.")
        x, y = place_of(screen, "工事の費用")
        await drag(screen, start, (x + 10, y))
        await screen.press("y")
        assert screen.app.clipboard == (
            "Safety comes first. We have argued for years.\nThe town will pay for the work."
        )


async def test_line_breaks_of_the_screen_are_not_copied() -> None:
    """A sentence of several rows is one line on the clipboard, and Japanese sentences have no space between."""
    async with opened(size=(40, 30), settings=Settings(reader=ReaderSettings(width=20))) as screen:
        await screen.finished()
        await screen.press("v")
        start, end = place_of(screen, "灯台は六月"), place_of(screen, "安全が何", 6)
        assert end[1] > start[1] + 1
        await drag(screen, start, end)
        await screen.press("y")
        assert screen.app.clipboard == ADDRESS + "安全が何"


async def test_paragraphs_stay_apart_and_lines_of_the_file_do_not() -> None:
    """What is copied reads as the text does: a paragraph is one line, whatever the file's editor did."""
    content = "灯台は六月まで\n閉鎖します。\n\n星も見えます。\n"
    blocks = (plain_blocks("x" * 14)[0], plain_blocks(content)[-1])
    document = Document("d", Text(content, "ja", blocks), ())

    def nothing(document: Document) -> Iterator[object]:
        return iter(())

    async with opened(nothing, document=document, size=(60, 20)) as screen:
        await drag(screen, place_of(screen, "灯台は"), place_of(screen, "見えます", 4))
        await screen.press("y")
        assert screen.app.clipboard == "灯台は六月まで閉鎖します。\n星も見えま"


async def test_escape_lets_go_and_a_click_still_chooses_a_bead() -> None:
    """A click without a drag selects nothing and puts the cursor there; after escape `y` copies the bead again."""
    async with opened() as screen:
        await screen.finished()
        await drag(screen, place_of(screen, "六月まで"), place_of(screen, "閉鎖します"))
        assert screen.reading.view.selection is not None
        await screen.press("escape")
        assert screen.reading.view.selection is None
        await screen.pilot.click(screen.reading.view, offset=place_of(screen, "Safety comes"))
        assert screen.reading.view.selection is None
        await screen.press("y")
        assert screen.app.clipboard == "安全が何より大切です。"


async def test_a_drag_leaves_the_cursor_where_it_was() -> None:
    """Selecting is not clicking."""
    async with opened() as screen:
        await screen.finished()
        before = screen.reading.reading.cursor
        await drag(screen, place_of(screen, "We apologise"), place_of(screen, "the trouble"))
        assert screen.reading.reading.cursor == before


async def test_beyond_the_end_of_a_line_is_its_end() -> None:
    """In the empty part of a row, beside its text, the mouse takes the text up to there and nothing of the next."""
    async with opened() as screen:
        await screen.finished()
        await drag(screen, place_of(screen, "大切です。"), place_of(screen, "大切です。", 14))
        await screen.press("y")
        assert screen.app.clipboard == "大切です。"


async def test_the_texts_apart_are_selected_each_in_its_own_window() -> None:
    """Where the two roll on their own, a row shows a bead of the one beside another of the other."""
    async with opened(size=(120, 10)) as screen:
        await screen.finished()
        await screen.press("s", "down", "down", "down")
        screen.reading.view.scroll_rows(3)
        shown = [row for row in screen.rows() if "." in row]
        assert shown
        columns = screen.reading.view.viewport.rows.columns
        words = next(row for row in shown)[columns.start(Side.SOURCE) :].split()[0]
        x, y = place_of(screen, words)
        await drag(screen, (x, y), (x + len(words) - 1, y))
        await screen.press("y")
        assert screen.app.clipboard == words
