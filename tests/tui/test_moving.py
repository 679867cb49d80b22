"""Moving by keys and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from driving import Screen, opened
from lighthouse import (
    JAPANESE,
    until,
)
from textual.events import MouseScrollDown

from tui_reader.model import Alignment, CheckedBead, Document, Report, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.app import ReaderApp
from tui_reader.tui.items import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator


async def test_what_is_not_quoted_unfolds() -> None:
    """Enter on a folded run shows its sentences, again folds them."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("j", "j")
        assert screen.reading.reading.items[screen.reading.reading.cursor].kind is ItemKind.UNQUOTED
        await screen.press("enter")
        assert any("Good evening, everyone." in row for row in screen.rows())
        await screen.press("enter")
        assert not any("Good evening, everyone." in row for row in screen.rows())


async def test_pages_and_ends() -> None:
    """Pages take the cursor along; g and G reach the very ends."""
    async with opened(size=(60, 10)) as screen:
        await screen.finished()
        await screen.press("space")
        assert screen.reading.reading.cursor > 0
        await screen.press("G")
        assert any("以上が町長の言葉でした。" in row for row in screen.rows())
        assert "100%" in screen.footer()
        await screen.press("ctrl+u", "b", "g")
        assert "灯台の改修について" in screen.rows()[0]
        assert screen.reading.reading.cursor == 0


async def test_a_paragraph_taller_than_the_screen_is_read_to_its_end() -> None:
    """Going on to the next bead first shows the rest of this one."""
    long = "長い段落です。" * 60 + "ここで終わります。"
    content = f"{long}\n\n次の段落です。\n"

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        yield Alignment((), ())

    app = ReaderApp(Document("d", Text(content, "ja", plain_blocks(content)), ()), None, check)
    async with app.run_test(size=(60, 10)) as pilot:
        screen = Screen(app, pilot)
        await until(pilot, lambda: screen.reading.reading.alignment is not None)
        presses = 0
        while screen.reading.reading.cursor == 0 and presses < 20:
            seen = "".join(row.strip() for row in screen.rows())
            await screen.press("j")
            presses += 1
        assert "ここで終わります。" in seen
        assert presses > 1


async def test_a_click_moves_the_cursor_and_the_wheel_the_rows() -> None:
    """The mouse reaches what the keys reach."""
    async with opened(size=(100, 12)) as screen:
        await screen.finished()
        row = next(y for y, text in enumerate(screen.rows()) if "一部を訳して" in text)
        await screen.pilot.click("#view", offset=(70, row))
        item = screen.reading.reading.item
        assert item is not None
        assert item.target is not None
        assert "一部を訳して" in item.target.of(JAPANESE)
        before = screen.rows()
        view = screen.reading.view
        view.post_message(MouseScrollDown(view, 5, 5, 0, 1, 0, False, False, False))
        await screen.pilot.pause()
        assert screen.rows()[:-3] == before[3:]
