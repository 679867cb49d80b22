"""Coming back to a place: resuming and marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from driving import opened
from lighthouse import JAPANESE, PAIRS, make_document

from tui_reader.tui.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Document


def filed(folder: Path) -> Document:
    """The lighthouse article, said to be a file."""
    document = make_document()
    return replace(document, text=replace(document.text, path=folder / "article.txt"))


async def test_one_comes_back_to_where_one_stopped(tmp_path: Path) -> None:
    """The next reader begins at the sentence where the last one ended, before anything is aligned."""
    store = tmp_path / "store.sqlite3"
    async with opened(document=filed(tmp_path), store=Store(store)) as screen:
        await screen.finished()
        await screen.press("right_curly_bracket", "j")
        await screen.press("q")
    async with opened(lambda document: iter(()), document=filed(tmp_path), store=Store(store)) as screen:
        item = screen.reading.reading.item
        assert item is not None
        assert item.target is not None
        assert PAIRS[1][1] in item.target.of(JAPANESE)
        assert "where you stopped" in screen.footer()
    async with opened(document=filed(tmp_path), store=Store(store)) as screen:
        await screen.finished()
        assert "bead 1/5" in screen.footer() or "bead 2/5" in screen.footer()


async def test_the_first_time_a_line_says_how_to_begin(tmp_path: Path) -> None:
    """And never again."""
    store = tmp_path / "store.sqlite3"
    for first in (True, False):
        async with opened(lambda document: iter(()), document=filed(tmp_path), store=Store(store)) as screen:
            assert ("? shows the keys" in screen.footer()) is first
            await screen.press("j", "q")


async def test_marks_lead_back_and_are_kept(tmp_path: Path) -> None:
    """`m a` sets one, ' a goes there, ' ' goes back; the next reader knows them too."""
    store = tmp_path / "store.sqlite3"
    async with opened(document=filed(tmp_path), store=Store(store)) as screen:
        await screen.finished()
        await screen.press("right_curly_bracket", "m", "a")
        assert "marked a" in screen.footer()
        marked = screen.reading.reading.cursor
        await screen.press("G", "apostrophe", "a")
        assert screen.reading.reading.cursor == marked
        await screen.press("apostrophe", "apostrophe")
        assert "100%" in screen.footer()
        await screen.press("apostrophe", "z")
        assert "no such mark" in screen.footer()
        await screen.press("q")
    async with opened(document=filed(tmp_path), store=Store(store)) as screen:
        await screen.finished()
        await screen.press("g", "apostrophe", "a")
        assert "bead 1/5" in screen.footer()


async def test_no_mark_without_a_letter() -> None:
    """Escape, say, is none; the text has the keys again."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("m", "escape")
        assert "no mark set" in screen.footer()
        await screen.press("right_square_bracket")
        assert "problem 1/3" in screen.footer()
