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
        assert screen.reading.reading.bead_number == (4, 5)


async def test_the_overview_says_what_scores_mean() -> None:
    """Each band by its letter and words with its number; the bars and the lowest scores say the same."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        await screen.press("i")
        rows = screen.listed()
        for words in (
            "c  close        2",
            "f  free         1",
            "d  doubtful     1",
            "u  unrelated    0",
            "no band      1",
        ):
            assert any(words in row for row in rows), (words, rows)
        bars = {row.split()[0]: row.split()[1] for row in rows if row.strip()[:1].isdigit() and "-" in row[:8]}
        assert set(bars["80-90"]) == {"c"}
        assert (set(bars["70-80"]), set(bars["40-50"]), set(bars["0-10"])) == ({"f"}, {"d"}, {"-"})
        assert any(row.startswith("  0  no band") for row in rows)
        assert any(row.startswith(" 41  doubtful") for row in rows)


async def test_a_small_screen_shows_the_overview_from_its_top() -> None:
    """Although nothing can be chosen there; down goes to what can, and up from there to the top again."""
    async with opened(size=(80, 16)) as screen:
        await screen.finished()
        await screen.press("i")
        assert "characters of the sources" in screen.seen()
        await screen.press("j")
        assert "  0  no band" in screen.seen()
        await screen.press("k")
        assert "characters of the sources" in screen.seen()


async def test_the_panel_says_where_a_score_stands() -> None:
    """Under the evidence, and where nothing was found as well."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("g", "right_square_bracket", "enter")
        assert "74 ⋅ free: 12 in 100 faithful translations score lower" in screen.panel()
        await screen.press("j")
        assert "93 ⋅ close: 70 in 100" in screen.panel()


async def test_the_map_has_the_letters_of_bad_scores() -> None:
    """Doubtful ones can be told without colour."""
    async with opened(size=(100, 24)) as screen:
        await screen.finished()
        shown = screen.reading.map
        rows = [shown.render_line(y).text for y in range(shown.size.height)]
        assert [row[:2] for row in rows if row[0] != " "] == ["dA"]


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


async def test_w_shows_the_page_of_the_rule() -> None:
    """What it means, what to do, examples, within a narrow screen; where there is no problem, a line says so."""
    async with opened(size=(60, 40)) as screen:
        await screen.finished()
        await screen.press("g", "w")
        assert "no problem here" in screen.footer()
        await screen.press("right_square_bracket", "w")
        seen = screen.seen()
        assert "omission (Left out of the translation)" in seen
        assert 'omission = "off"' in seen
        for title in ("What it looks for", "What to do", "This is reported", "Nothing is found here"):
            assert title in seen
        assert all(len(row) <= 54 for row in screen.listed() if row.isascii())
        await screen.press("escape")
        assert isinstance(screen.app.screen, ReadingScreen)


async def test_a_filter_that_lets_nothing_through_says_so() -> None:
    """An empty list would look like a broken one; esc brings the rows back."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("p")
        before = screen.listed()
        await screen.press("slash", *"zzzz")
        assert screen.seen().splitlines()[-1].startswith("   zzzz"), "what is typed stands below the rows"
        assert screen.listed() == ["no row matches ⋅ esc clears the filter"]
        await screen.press("enter", "enter")
        assert screen.listed() == ["no row matches ⋅ esc clears the filter"]
        await screen.press("escape")
        assert screen.listed() == before
