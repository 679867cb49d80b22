"""Finding problems: marks, walking, the list, the evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import (
    ADDED,
    MISSING,
    OMITTED,
    make_alignment,
    make_checked,
)
from rich.style import Style
from textual.widgets import OptionList

from tui_reader.model import Alignment, CheckedBead, Document, Report, Signature
from tui_reader.tui.screens.problems import ProblemsScreen
from tui_reader.tui.screens.reading import ReadingScreen
from tui_reader.tui.widgets.why_panel import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
async def test_every_problem_is_reached_and_marked(size: tuple[int, int]) -> None:
    """`]` walks to each finding in text order; its words stand out by attribute and letter, not by colour alone."""
    async with opened(size=size) as screen:
        await screen.finished()
        for number, (words, letter) in enumerate(((OMITTED, "O"), (MISSING, "O"), (ADDED, "A")), 1):
            await screen.press("right_square_bracket")
            style = screen.styled(words)
            assert style.bold
            assert style.underline if letter == "O" else style.reverse
            assert any(f" {letter} " in row and words[-12:] in row for row in screen.rows())
            assert f"problem {number}/3" in screen.footer()
        await screen.press("right_square_bracket")
        assert "wrapped around: first problem" in screen.footer()
        assert screen.reading.reading.problem == 0


async def test_the_evidence_follows_the_cursor() -> None:
    """Enter explains the finding, and the panel stays while one walks on."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "enter")
        panel = screen.reading.why
        assert panel.display
        assert "very likely (83%)" in str(panel.query_one("VerticalScroll > Static").render())
        await screen.press("right_square_bracket")
        assert MISSING in str(panel.query_one("VerticalScroll > Static").render())
        assert any(MISSING in row for row in screen.rows())
        await screen.press("escape")
        assert not panel.display


async def test_the_list_of_problems_leads_to_one() -> None:
    """Choosing a line goes to that problem."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("p")
        assert isinstance(screen.app.screen, ProblemsScreen)
        await screen.press("j", "j", "enter")
        assert screen.reading.reading.problem == 2


async def test_a_problem_takes_one_row_of_the_list_with_its_sentence() -> None:
    """However narrow the screen, each problem is one row, and the words come with the sentence they stand in."""
    async with opened(size=(44, 20)) as screen:
        await screen.finished()
        await screen.press("p")
        options = screen.app.screen.query_one(OptionList)
        assert options.virtual_size.height == len(options.options) == 3
        lines = [str(option.prompt) for option in options.options]
        assert sum(len(line) > 44 for line in lines) > 0
        assert any(OMITTED in line and line.count(OMITTED) == 2 for line in lines)


@pytest.mark.parametrize("width", range(16, 60))
def test_the_evidence_breaks_lines_between_words(width: int) -> None:
    """Japanese words too: no line of the panel ends within 規則, 可能性 or 表記, whatever its width."""
    value = "表記の規則に反する可能性が高いので、用語集の表記と規則の説明を確かめてください。"
    text = laid_out([("", value)], width, 1, "dim", Style())
    lines = text.plain.splitlines()
    assert "".join(lines) == value
    assert not [line for line in lines if line.endswith(("規", "可", "可能", "表", "説"))]


async def test_a_document_without_problems_says_so() -> None:
    """The keys for problems answer with words instead of an empty page."""

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        checked = tuple(replace(bead, findings=()) for bead in make_checked())
        yield make_alignment()
        yield from checked
        yield Report(document, make_alignment(), checked, Signature("0", "fake", "0", "normal"))

    async with opened(check) as screen:
        await screen.finished()
        for key in ("p", "right_square_bracket"):
            await screen.press("j", key)
            assert isinstance(screen.app.screen, ReadingScreen)
            assert "no problems" in screen.footer().split("⋅")[0]
