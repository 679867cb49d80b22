"""Coming back to a place: resuming and marks."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import JAPANESE, PAIRS, make_document

from tui_reader.model import Alignment, Report, Signature
from tui_reader.tui.store import Store, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
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


async def test_a_file_whose_name_is_no_utf8_is_read_and_come_back_to(tmp_path: Path) -> None:
    """Such names come from other systems; the reader opens the file, and its place is kept like any other."""
    document = replace(filed(tmp_path), text=replace(filed(tmp_path).text, path=tmp_path / "x\udcff.txt"))
    store = tmp_path / "store.sqlite3"
    async with opened(document=document, store=Store(store)) as screen:
        await screen.finished()
        await screen.press("right_curly_bracket", "j", "q")
    async with opened(lambda document: iter(()), document=document, store=Store(store)) as screen:
        assert "where you stopped" in screen.footer()


def compared_with_nothing(document: Document) -> Iterator[Alignment | Report]:
    """A check that finds no passage that anything is quoted in."""
    nothing = Alignment((), ())
    yield nothing
    yield Report(document, nothing, (), Signature("0", "fake", "0", "normal"))


async def test_the_library_counts_what_is_left_and_only_where_something_was_compared(tmp_path: Path) -> None:
    """It says what the reader said: not that there are no problems where nothing was compared."""
    store = tmp_path / "store.sqlite3"
    async with opened(document=filed(tmp_path), store=Store(store)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "x", *"fine", "enter", "q")
    assert [visit.problems for visit in Store(store).visits()] == [2]
    store.unlink()
    async with opened(compared_with_nothing, document=filed(tmp_path), store=Store(store)) as screen:
        await screen.finished()
        await screen.press("j", "q")
    assert [(visit.problems, visit.score) for visit in Store(store).visits()] == [(None, None)]


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


@pytest.mark.skipif(os.name == "nt", reason="a file in the way of a folder is another error there")
@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
async def test_a_mark_that_is_not_kept_is_not_said_to_be(tmp_path: Path, size: tuple[int, int]) -> None:
    """In a home that cannot be written (here: a file where the folder should be) it holds until one quits."""
    (tmp_path / "home").write_text("in the way")
    folder = tmp_path / "home" / "state"
    for again in (False, True):
        store = Store(folder / "store.sqlite3")
        async with opened(size=size, document=filed(tmp_path), store=store) as screen:
            assert store.note == f"places and marks are not kept: {folder} cannot be written"
            await screen.finished()
            await screen.press("g", "apostrophe", "a")
            assert "there is no such mark" in screen.footer(), again
            await screen.press("right_curly_bracket", "m", "a")
            told = f"marked a for this session: {folder} cannot be written"
            assert screen.reading.footer.notice == told
            assert screen.footer().startswith(f" {told[: size[0] - 12]}")
            marked = screen.reading.reading.cursor
            await screen.press("G", "apostrophe", "a")
            assert screen.reading.reading.cursor == marked
            await screen.press("q")


async def test_a_mark_in_a_store_that_fails_meanwhile_says_so(tmp_path: Path) -> None:
    """A store that could be opened may be gone when the mark is set; once it is back, marks are kept again."""
    path = tmp_path / "state" / "store.sqlite3"
    async with opened(document=filed(tmp_path), store=Store(path)) as screen:
        await screen.finished()
        path.rename(tmp_path / "away")
        path.mkdir()
        await screen.press("m", "a")
        assert f"marked a for this session: {path.parent} cannot be written" in screen.footer()
        path.rmdir()
        (tmp_path / "away").rename(path)
        await screen.press("m", "b")
        assert "marked b " in screen.footer()
        assert "session" not in screen.footer()
    key = key_of(filed(tmp_path))
    assert key is not None
    assert set(Store(path).marks(key)) == {"b"}


async def test_a_mark_in_a_text_that_is_no_file_says_so() -> None:
    """What was piped in has no name under which a mark could be found again."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("m", "a")
        assert "marked a for this session: this text is no file" in screen.footer()


async def test_no_mark_without_a_letter() -> None:
    """Escape, say, is none; the text has the keys again."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("m", "escape")
        assert "no mark set" in screen.footer()
        await screen.press("right_square_bracket")
        assert "problem 1/3" in screen.footer()
