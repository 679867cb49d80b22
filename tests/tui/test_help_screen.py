"""The page of help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from driving import opened
from lighthouse import make_document, whole_check

from tui_reader.tui.app import ReaderApp
from tui_reader.tui.screens.help import HelpScreen
from tui_reader.tui.screens.problems import ProblemsScreen
from tui_reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from textual.widgets import OptionList


def listed(options: OptionList) -> str:
    """All rows of a list."""
    return "\n".join(str(option.prompt) for option in options.options)


async def test_help_names_every_key() -> None:
    """The page is made from the registry; escape closes it."""
    async with opened() as screen:
        await screen.press("question_mark")
        assert isinstance(screen.app.screen, HelpScreen)
        text = listed(screen.app.screen.options)
        for words in ("next problem", "search both languages", "half a page up", "omission"):
            assert words in text
        await screen.press("escape")
        assert isinstance(screen.app.screen, ReadingScreen)


async def test_help_is_about_what_has_the_focus() -> None:
    """In a list it names the keys of lists, not those of the text."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("p", "question_mark")
        assert isinstance(screen.app.screen, HelpScreen)
        text = listed(screen.app.screen.options)
        assert "another order" in text
        assert "next problem" not in text
        await screen.press("escape")
        assert isinstance(screen.app.screen, ProblemsScreen)


async def test_a_key_chosen_from_the_help_does_its_work() -> None:
    """Filtered by what is typed and chosen with enter, a command is carried out in the text."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("question_mark", "slash", *"next problem", "enter", "enter")
        assert isinstance(screen.app.screen, ReadingScreen)
        assert "problem 1/3" in screen.footer()


async def test_the_library_has_help_too() -> None:
    """There, too, ? names the keys."""
    app = ReaderApp([make_document(), make_document()], None, whole_check)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert "show only rows with these words" in listed(app.screen.options)
