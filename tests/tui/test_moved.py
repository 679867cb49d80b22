"""Sentences that the translation has at another place than the source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import OMITTED, make_alignment, make_checked

from tui_reader.model import Alignment, CheckedBead, Document, Report, Signature
from tui_reader.tui.marks import MOVED

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, SECOND = "The lighthouse will stay closed", "Safety comes first."


def check_with_moves(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """The check of the lighthouse article, which calls its first two beads moved."""
    alignment = make_alignment()
    moved = tuple(replace(bead, moved=index < 2) for index, bead in enumerate(alignment.beads))
    checked = tuple(replace(one, bead=bead) for one, bead in zip(make_checked(), moved, strict=True))
    alignment = replace(alignment, beads=moved)
    yield alignment
    yield from checked
    yield Report(document, alignment, checked, Signature("0", "fake", "0", "normal"))


@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
async def test_a_moved_sentence_has_a_letter_and_an_attribute(size: tuple[int, int]) -> None:
    """It is told from its neighbours without colour, before the text and in it; others have neither."""
    async with opened(check_with_moves, size=size) as screen:
        await screen.finished()
        row = next(row for row in screen.rows() if SECOND in row)
        assert row.split(SECOND)[0].strip() == MOVED
        assert screen.styled(SECOND).italic
        apologies = next(row for row in screen.rows() if "We apologise" in row)
        assert MOVED not in apologies.split("We apologise")[0]
        assert not screen.styled("We apologise for the trouble.").italic


async def test_the_letter_of_a_problem_keeps_its_place() -> None:
    """A sentence that is moved and lacks words has both letters, the problem's where all problems have theirs."""
    async with opened(check_with_moves) as screen:
        await screen.finished()
        row = next(row for row in screen.rows() if OMITTED in row)
        assert row.split(FIRST)[0].strip() == f"{MOVED}O"
        assert screen.styled(OMITTED).underline


async def test_the_panel_says_where_the_source_has_it() -> None:
    """Enter on a moved sentence explains the letter, with the sentence that it follows in the source."""
    async with opened(check_with_moves) as screen:
        await screen.finished()
        await screen.press("right_curly_bracket", "enter")
        assert "moved" in screen.panel()
        assert "Thank you for coming tonight." in screen.panel()
        await screen.press("j")
        assert FIRST in screen.panel()
        await screen.press("j")
        assert "moved" not in screen.panel()


async def test_the_help_explains_the_letter() -> None:
    """What stands in the gutter can be looked up."""
    async with opened() as screen:
        await screen.press("question_mark")
        assert any(row.startswith(f"{MOVED} ") and "moved" in row for row in screen.listed())
