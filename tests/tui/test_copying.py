"""What reaches the clipboard."""

from __future__ import annotations

from driving import opened
from lighthouse import (
    MISSING,
)

from tui_reader.model import Document, Side, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.app import ReaderApp


async def test_the_other_side_is_copied_after_tab() -> None:
    """`y` takes the finding's words, or without a finding the bead's on the active side."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "j", "y")
        assert screen.app.clipboard == "安全が何より大切です。"
        await screen.press("tab", "y")
        assert screen.reading.reading.active is Side.SOURCE
        assert screen.app.clipboard == "Safety comes first."
        await screen.press("right_square_bracket", "y")
        assert screen.app.clipboard == MISSING


async def test_what_no_clipboard_takes_is_replaced() -> None:
    """A lone surrogate in the file does not end the reader."""
    content = "壊れた\ud800字です。"
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    app = ReaderApp(document, None, lambda document: iter(()))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("y")
        assert app.clipboard == "壊れた?字です。"
