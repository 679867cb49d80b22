"""Long files: their beginning is read while the rest is still being opened."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import until, whole_check

from tui_reader.errors import InputError
from tui_reader.formats import read
from tui_reader.formats.beginning import read_beginning
from tui_reader.tui.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_reader.model import Alignment, CheckedBead, Document, Report

COUNT = 2000


class Opening:
    """A long document of which all but the beginning comes when it is released."""

    def __init__(self, path: Path) -> None:
        self.path, self.gate = path, threading.Event()
        begun = read_beginning(path)
        assert begun is not None
        assert not begun.is_whole
        self.beginning = begun.document

    def whole(self) -> Document:
        """All of it, once released."""
        self.gate.wait()
        return read(self.path)


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Opening]:
    """A file of numbered sentences with its source."""
    for language, sentence in (("ja", "{}番の文です。"), ("en", "Sentence number {}.")):
        lines = "\n\n".join(sentence.format(number) for number in range(COUNT))
        (tmp_path / f"long.{language}.txt").write_text(lines, encoding="utf-8")
    found = Opening(tmp_path / "long.ja.txt")
    yield found
    found.gate.set()


LATER = {
    "numpy",
    "polib",
    "sudachipy",
    "tui_reader.baseline",
    "tui_reader.checks",
    "tui_reader.model.alignments",
    "tui_reader.tui.near_search",
    "tui_reader.tui.review",
    "tui_reader.tui.search",
    "tui_reader.tui.widgets.prompts",
    "tui_reader.tui.widgets.why_panel",
}


def test_what_comes_after_the_first_frame_is_loaded_after_it(opening: Opening) -> None:
    """Whoever opens a text does not wait for the modules of what can be done with it later."""
    program = (
        "import sys; from pathlib import Path; from tui_reader.formats.beginning import read_beginning; "
        "from tui_reader.tui.app import ReaderApp; ReaderApp(read_beginning(Path(sys.argv[1])).document); "
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", program, str(opening.path)]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert "tui_reader.tui.widgets.bilingual_view" in loaded
    assert LATER & set(loaded) == set()


def no_check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """A check that says nothing."""
    yield from ()


async def test_the_beginning_is_read_while_the_rest_is_opened(opening: Opening) -> None:
    """Both texts begin on the screen at once; when the rest comes, the sentence under the cursor keeps its row."""
    async with opened(no_check, document=opening.beginning, whole=opening.whole) as screen:
        assert any("0番の文です。" in row and "Sentence number 0." in row for row in screen.rows())
        assert "opening" in screen.footer()
        assert "%" not in screen.footer(), "nobody knows yet how much there is"
        await screen.press("space", "j", "j")
        before = screen.rows()
        opening.gate.set()
        await until(screen.pilot, lambda: screen.reading.reading.layout.whole)
        assert screen.rows() == before
        assert "%" in screen.footer()
        await screen.press("G")
        assert any(f"{COUNT - 1}番の文です。" in row for row in screen.rows())


async def test_who_goes_to_the_end_comes_to_the_end(opening: Opening) -> None:
    """`G` goes to the end of what is there, and on to that of all there is; who has turned back since stays."""
    for keys, words in ((("G",), f"{COUNT - 1}番の文です。"), (("G", "g"), "0番の文です。")):
        opening.gate.clear()
        async with opened(no_check, document=opening.beginning, whole=opening.whole) as screen:
            await screen.press(*keys)
            opening.gate.set()
            await until(screen.pilot, lambda: screen.reading.reading.layout.whole)
            await screen.pilot.pause()
            assert any(words in row for row in screen.rows())


async def test_a_search_says_when_not_everything_was_searched(opening: Opening) -> None:
    """What stands behind the beginning is not called missing, nor are neighbours of it offered; then it is found."""
    async with opened(no_check, document=opening.beginning, whole=opening.whole) as screen:
        await screen.press("slash", *f"number {COUNT - 5}.", "enter")
        assert "not found so far" in screen.footer()
        opening.gate.set()
        await until(screen.pilot, lambda: screen.reading.reading.layout.whole)
        await screen.press("n")
        assert "match 1/1" in screen.footer()
        assert any(f"Sentence number {COUNT - 5}." in row for row in screen.rows())


async def test_one_comes_back_to_a_place_behind_the_beginning(opening: Opening, tmp_path: Path) -> None:
    """The beginning stays on the screen until the place is there; it is not forgotten by quitting before."""
    store = tmp_path / "store.sqlite3"
    async with opened(no_check, document=read(opening.path), store=Store(store)) as screen:
        await until(screen.pilot, lambda: screen.reading.reading.layout.whole)
        await screen.press("G", "q")
    async with opened(no_check, document=opening.beginning, whole=opening.whole, store=Store(store)) as screen:
        assert any("0番の文です。" in row for row in screen.rows())
        await screen.press("q")
    async with opened(no_check, document=opening.beginning, whole=opening.whole, store=Store(store)) as screen:
        opening.gate.set()
        await until(screen.pilot, lambda: any(f"{COUNT - 1}番の文です。" in row for row in screen.rows()))
        assert "where you stopped" in screen.footer()


async def test_what_is_wrong_behind_the_beginning_ends_the_reader(opening: Opening) -> None:
    """Half a document is not left on the screen as if it were one: the error is the command's, as for a short file."""

    def broken() -> Document:
        raise InputError("this is not valid utf-8 text", path=opening.path, line=1999)

    async with opened(whole_check, document=opening.beginning, whole=broken) as screen:
        await until(screen.pilot, lambda: screen.app.trouble is not None)
        assert "long.ja.txt:1999: this is not valid utf-8 text" in str(screen.app.trouble)
