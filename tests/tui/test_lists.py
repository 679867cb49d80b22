"""Contents, overview and the list of problems: choosing, filtering, sorting."""

from __future__ import annotations

from driving import opened
from lighthouse import ADDED, MISSING, PAIRS

from tui_reader.tui.screens.contents import ContentsScreen
from tui_reader.tui.screens.overview import OverviewScreen
from tui_reader.tui.screens.reading import ReadingScreen


async def test_t_lists_what_is_quoted_and_goes_there() -> None:
    """A passage is named by who said it, with its number of problems."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("t")
        assert isinstance(screen.app.screen, ContentsScreen)
        row = next(row for row in screen.listed() if "Ada Quill" in row)
        assert "3" in row
        await screen.press("slash", *"quill", "enter", "enter")
        assert isinstance(screen.app.screen, ReadingScreen)
        assert screen.reading.reading.bead_number == (1, 5)


async def test_i_shows_the_document_in_figures() -> None:
    """Scores as a plot, problems by rule, the lowest scores; choosing one goes there."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("i")
        assert isinstance(screen.app.screen, OverviewScreen)
        text = "\n".join(screen.listed())
        assert "80-90" in text
        assert "   2  omission" in text
        assert "4 x 1-1" in text or "1-1" in text
        await screen.press("j", "enter")
        assert isinstance(screen.app.screen, ReadingScreen)
        assert screen.reading.reading.bead_number == (2, 5)


async def test_an_overview_before_the_check_says_nothing_yet() -> None:
    """No plot of nothing."""
    async with opened(lambda document: iter(())) as screen:
        await screen.press("i")
        assert "nothing yet" in "\n".join(screen.listed())


async def test_problems_are_sorted_and_filtered() -> None:
    """`s` goes through the orders, / shows those of the words, rule or passage typed, esc shows all again."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("p", "s", "s", "s")
        assert screen.listed()[0].startswith("A")
        await screen.press("slash", *"omission", "enter")
        assert len(screen.listed()) == 2
        assert not any(ADDED in row for row in screen.listed())
        await screen.press("escape")
        assert len(screen.listed()) == 3
        await screen.press("slash", *"Ada Quill", "enter")
        assert len(screen.listed()) == 3, "all of them are in the passage that quotes her"
        await screen.press("escape", "slash", *"argued", "enter", "enter")
        finding = screen.reading.reading.finding
        assert finding is not None
        assert screen.reading.reading.text(finding.side, finding.span) == MISSING
        assert any(PAIRS[2][0] in row for row in screen.rows())
