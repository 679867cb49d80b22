"""How the texts are set: width, hanging marks, phrases, readings of kanji."""

from __future__ import annotations

import pytest
from driving import opened
from lighthouse import until

from tui_reader.model import Side
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.text.width import cells
from tui_reader.tui.columns import View


def chosen(**reader: object) -> Settings:
    """Settings of the reader."""
    return Settings(reader=ReaderSettings(**reader))  # type: ignore[arg-type]


async def test_the_lines_get_narrower_and_wider() -> None:
    """`<` and `>` change the columns by some cells, within bounds, and the texts stay in the middle."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        widths = [screen.reading.view.viewport.rows.columns.target]
        await screen.press("less_than_sign", "less_than_sign")
        widths.append(screen.reading.view.viewport.rows.columns.target)
        assert widths == [73, 65]
        assert "a column of 65 cells" in screen.footer()
        row = next(row for row in screen.rows() if "安全が" in row)
        assert row.index("安全が") == 4 + 3
        await screen.press("greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert screen.reading.view.viewport.rows.columns.target == 73
        assert "no wider here" in screen.footer()
        await screen.press(*["less_than_sign"] * 20)
        assert screen.reading.view.viewport.rows.columns.target == 20
        assert "no narrower" in screen.footer()


@pytest.mark.parametrize(("width", "expected"), [(0, 196), (60, 60), (3, 20)])
async def test_the_width_is_a_setting(width: int, expected: int) -> None:
    """Zero is as wide as the screen; and side by side both columns have at most that width."""
    async with opened(size=(203, 30), settings=chosen(width=width)) as screen:
        await screen.press("v")
        assert screen.reading.view.view is View.STACKED
        assert screen.reading.view.viewport.rows.columns.target == expected
        await screen.press("v", "v")
        assert max(cells(row.rstrip()) for row in screen.rows()) <= 203


async def test_a_full_stop_hangs_where_that_is_set() -> None:
    """A line takes a full stop for which its column has no room, and it is on the screen."""
    for hanging, expected in (("off", "安全が何より大切で"), ("on", "安全が何より大切です。")):
        async with opened(size=(60, 30), settings=chosen(width=20, hanging=hanging)) as screen:
            await screen.finished()
            assert [row.strip() for row in screen.rows() if "安全が何より" in row] == [expected]


async def test_lines_break_at_phrases_where_that_is_set() -> None:
    """The same text in the same column breaks elsewhere."""
    found = []
    for line_breaks in ("full", "phrases"):
        async with opened(size=(60, 40), settings=chosen(width=20, line_breaks=line_breaks)) as screen:
            await screen.finished()
            found.append([row.strip(" ⋅A") for row in screen.rows() if "費用" in row])
    assert found == [["工事の費用は町が負担"], ["工事の費用は町が"]]


async def test_r_shows_readings_behind_and_above_the_words() -> None:
    """Each press is the next form; readings above stand in a row of their own, and both texts stay level."""
    async with opened(size=(160, 50)) as screen:
        await screen.finished()
        await screen.press("r")
        await until(screen.pilot, lambda: "behind" in screen.footer())
        assert any("安全《あんぜん》が" in row for row in screen.rows())
        await screen.press("r")
        assert "above" in screen.footer()
        rows = screen.rows()
        at = next(y for y, row in enumerate(rows) if "安全が" in row)
        assert "Safety comes first." in rows[at]
        assert "ｱﾝｾﾞﾝ" in rows[at - 1]
        middle = cells(rows[at - 1][: rows[at - 1].index("ｱﾝｾﾞﾝ")]) + 2.5
        assert abs(middle - cells(rows[at][: rows[at].index("安全")]) - 2) <= 1
        await screen.press("r")
        assert not any("ｱﾝｾﾞﾝ" in row or "あんぜん" in row for row in screen.rows())


async def test_readings_are_there_from_the_start_where_that_is_set() -> None:
    """The setting names the form."""
    async with opened(settings=chosen(readings="above")) as screen:
        await until(screen.pilot, lambda: any("ｱﾝｾﾞﾝ" in row for row in screen.rows()))
        await screen.finished()
        await screen.press("right_curly_bracket")
        row = screen.reading.view.cursor_row()
        assert row is not None
        assert "灯台は六月" in screen.rows()[row]


async def test_the_bar_runs_through_rows_of_readings() -> None:
    """The current bead is one piece, in the stacked view too."""
    async with opened(size=(80, 30), settings=chosen(readings="above")) as screen:
        await screen.finished()
        await until(screen.pilot, lambda: any("ｱﾝｾﾞﾝ" in row for row in screen.rows()))
        await screen.press("right_curly_bracket", "j")
        view = screen.reading.view
        start = view.viewport.rows.columns.start(Side.TARGET)
        for y, row in enumerate(screen.rows()):
            if "Safety comes" in row or "ｱﾝｾﾞﾝ" in row or "安全が" in row:
                bar = view.render_line(y).crop(start - 3, start - 2)
                assert [segment.style.bgcolor for segment in bar if segment.style] == [view.style("bar").bgcolor]
