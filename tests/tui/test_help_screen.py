"""The page of help."""

from __future__ import annotations

from driving import opened

from tui_reader.tui.screens.help import HelpScreen
from tui_reader.tui.screens.reading import ReadingScreen


async def test_help_names_every_key() -> None:
    """The page is made from the registry; escape closes it."""
    async with opened() as screen:
        await screen.press("question_mark")
        assert isinstance(screen.app.screen, HelpScreen)
        text = str(screen.app.screen.query_one("VerticalScroll > Static").render())
        for words in ("next problem", "search both languages", "half a page up", "omission"):
            assert words in text
        await screen.press("escape")
        assert isinstance(screen.app.screen, ReadingScreen)
