"""Columns, views and sizes."""

from __future__ import annotations

import pytest
from driving import Screen, opened
from lighthouse import (
    PAIRS,
)

from tui_reader.model import Document, Text
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.app import ReaderApp
from tui_reader.tui.columns import View


async def test_beads_are_level_and_the_current_one_is_barred() -> None:
    """The two sides of a bead begin on one row, and the cursor's row has a bar of its own colour."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("right_square_bracket")
        row = next(row for row in screen.rows() if PAIRS[0][1] in row)
        assert "The lighthouse will stay closed" in row
        bar = screen.reading.view.render_line(screen.rows().index(row))
        plain = screen.reading.view.render_line(0)
        assert list(bar)[1].style != list(plain)[1].style


async def test_commentary_is_dimmed() -> None:
    """What translates nothing steps back behind what does."""
    async with opened() as screen:
        await screen.finished()
        assert screen.styled("以上が町長の言葉でした。").color != screen.styled("安全が何より大切です。").color


async def test_views_cycle_and_follow_the_width() -> None:
    """`v` goes side by side, stacked, translation only; the width decides until it is pressed."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        views = [screen.reading.view.view]
        await screen.press("v")
        views.append(screen.reading.view.view)
        assert views == [View.STACKED, View.TARGET_ONLY]
        assert not any("Safety comes first." in row for row in screen.rows())
        await screen.press("v")
        row = next(row for row in screen.rows() if "安全が何より大切です。" in row)
        assert "Safety comes first." in row


@pytest.mark.parametrize("view", range(3))
async def test_the_cursor_stays_in_sight_when_the_terminal_changes(view: int) -> None:
    """Any sequence of sizes keeps the bead under the cursor on the screen."""
    async with opened(size=(160, 50)) as screen:
        await screen.finished()
        await screen.press(*["v"] * view, *["right_square_bracket"] * 3)
        for size in ((80, 24), (160, 50), (40, 10), (100, 30)):
            await screen.pilot.resize_terminal(*size)
            await screen.pilot.pause()
            row = screen.reading.view.cursor_row()
            assert row is not None
            assert 0 <= row < screen.reading.view.size.height
            assert screen.reading.view.size.width + 3 * screen.reading.map.display == size[0]


async def test_too_small_a_terminal_is_named() -> None:
    """No half picture: a line says what is needed, and reading goes on when there is room again."""
    async with opened(size=(160, 50)) as screen:
        await screen.finished()
        await screen.pilot.resize_terminal(20, 5)
        await screen.pilot.pause()
        plea = screen.reading.query_one("#too-small")
        assert plea.display
        assert "terminal too small: 20x5" in str(plea.render())
        assert not screen.reading.query_one("#view").display
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        assert screen.reading.query_one("#view").display
        assert not plea.display


async def test_ambiguous_characters_may_take_two_cells() -> None:
    """With the setting, rows are filled by the terminal's count, so that nothing is pushed to the next row."""
    content = "“灯台”…①→灯台です。\n"
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    app = ReaderApp(document, Settings(reader=ReaderSettings(ambiguous_width=2)), lambda document: iter(()))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        row = Screen(app, pilot).rows()[0]
        assert content.strip() in row
        # Five characters of ambiguous width and six wide ones: ten and fourteen cells, one each in `len`.
        assert len(row) + 5 + 7 == 60 - 3
