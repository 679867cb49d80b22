"""Screens on which not everything has room: what is left out is marked, and what matters most stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import make_document, until

from tui_reader.text.width import cells

if TYPE_CHECKING:
    from pathlib import Path

SMALL = [(30, 8), (40, 12)]


async def test_the_footer_drops_parts_rather_than_cells(tmp_path: Path) -> None:
    """On the narrowest screen the last line ends with the whole per cent, with and without a notice."""
    document = make_document()
    document = replace(document, text=replace(document.text, path=tmp_path / "article.ja.txt"))
    async with opened(size=(30, 8), document=document) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "c")
        assert "confirmed" in screen.footer()
        assert screen.footer().endswith(" 49% ")
        await screen.press("escape")
        assert screen.footer().endswith(" reviewed 1 ⋅ bead 1/5 ⋅ 49% ")
        assert cells(screen.footer()) == 30


@pytest.mark.parametrize("size", SMALL)
async def test_the_evidence_is_read_part_by_part(size: tuple[int, int]) -> None:
    """A mark says that there is more, the same key goes on to it, and closes the panel behind the last part."""
    async with opened(size=size) as screen:
        await screen.finished()
        await screen.press("right_square_bracket")
        parts = []
        for _ in range(20):
            await screen.press("enter")
            if not screen.reading.explains:
                break
            parts.append(screen.panel().splitlines())
            shown = {row.strip() for row in screen.seen().splitlines()}
            assert all(line.strip() in shown for line in parts[-1]), "what the panel says is on the screen"
        assert len(parts) > 1
        assert [part[-1] == "⋯" for part in parts] == [True] * (len(parts) - 1) + [False]
        read = " ".join(line.strip() for part in parts for line in part if line != "⋯")
        assert read.startswith("no counterpart")
        assert read.split()[-4:] == ["faithful", "translations", "score", "lower"]


async def test_another_problem_is_explained_from_its_beginning() -> None:
    """However far one has read about the one before."""
    async with opened(size=(40, 12)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "enter", "enter", "right_square_bracket")
        assert screen.panel().startswith("no counterpart: We have")


async def test_a_question_that_is_too_long_is_marked() -> None:
    """Marks fill the line that asks for one; it says that it goes on."""
    async with opened(size=(40, 12)) as screen:
        await screen.finished()
        for letter in "abcdefghik":
            await screen.press("m", letter)
        await screen.press("apostrophe")
        asked = screen.seen().splitlines()[-1]
        assert "go to mark (a b" in asked
        assert asked.rstrip().endswith("⋯")


async def test_the_way_out_of_a_list_is_named_last() -> None:
    """Where there is no room for all hints, how to close the list stays, and whole hints go."""
    for width, said in ((40, "enter choose  j k move  esc close"), (30, "enter choose  esc close")):
        async with opened(size=(width, 12)) as screen:
            await screen.finished()
            await screen.press("p")
            await until(screen.pilot, lambda: "close" in screen.seen())
            last = screen.seen().splitlines()[-1]
            assert last.strip() == said
            assert cells(last) <= width


@pytest.mark.parametrize("size", SMALL)
async def test_the_palette_shows_commands_on_a_small_screen(size: tuple[int, int]) -> None:
    """At least the first, and a page down shows others."""
    async with opened(size=size) as screen:
        await screen.finished()
        await screen.press("colon")
        await until(screen.pilot, lambda: "next bead or commentary" in screen.seen())
        await screen.press("pagedown", "pagedown")
        await until(screen.pilot, lambda: "a page down" in screen.seen() or "half a page" in screen.seen())
