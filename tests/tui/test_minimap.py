"""The column that shows the whole document."""

from __future__ import annotations

from driving import Screen, opened
from hypothesis import given
from hypothesis import strategies as st
from lighthouse import make_alignment, make_document
from textual.geometry import Size

from tui_reader.tui.layout import aligned_layout
from tui_reader.tui.reading import Reading
from tui_reader.tui.widgets.minimap import Minimap
from tui_reader.tui.widgets.row_window import RowWindow


def column(screen: Screen) -> list[str]:
    """The rows of the map."""
    shown = screen.reading.map
    return [shown.render_line(y).text for y in range(shown.size.height)]


async def test_the_map_has_every_problem_and_a_click_goes_there() -> None:
    """A letter for each problem, in text order; the part on the screen has a bar beside it."""
    async with opened(size=(100, 14)) as screen:
        await screen.finished()
        letters = [row[1] for row in column(screen) if row[1] != " "]
        assert letters == ["O", "O", "A"]
        y = next(y for y, row in enumerate(column(screen)) if row[1] == "A")
        await screen.pilot.click("#map", offset=(1, y))
        assert screen.reading.reading.bead_number == (4, 5)
        bars = [list(screen.reading.map.render_line(y))[2].style for y in range(10)]
        assert len(set(bars)) == 2


async def test_a_narrow_screen_has_no_map() -> None:
    """There the text needs the room."""
    async with opened(size=(50, 20)) as screen:
        assert not screen.reading.map.display


@given(st.integers(1, 60), st.lists(st.floats(0, 100), min_size=9, max_size=9))
def test_stretches_cover_the_document_and_take_the_lowest_score(height: int, scores: list[float]) -> None:
    """Whatever the height, every item is in exactly one row, and no low score is lost."""
    document = make_document()
    reading = Reading(document)
    reading.align(make_alignment(), aligned_layout(document, make_alignment()))
    reading.scores = dict(enumerate(scores))
    shown = Minimap(reading, RowWindow("rows"))  # type: ignore[arg-type]
    shown._size = Size(3, height)
    covered = [item for y in range(height) for item in shown.stretch(y)]
    assert covered == list(range(len(reading.items)))
    for y in range(height):
        known = [item for item in shown.stretch(y) if item < len(scores)]
        assert shown.lowest(y) == min(known, key=scores.__getitem__, default=None)
