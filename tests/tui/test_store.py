"""The store of places: what is kept, and what happens to it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lighthouse import ENGLISH, make_alignment, make_document

from tui_reader.model import Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.layout import aligned_layout
from tui_reader.tui.position import Position, item_at, position
from tui_reader.tui.reading import Reading
from tui_reader.tui.store import MIGRATIONS, Store, Visit, key_of

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Position("mayor", 12, "Thank you")


def visit(name: str, **others: object) -> Visit:
    """A visit to a document of this name."""
    return Visit(name, "A title", ("a.en.md",), PLACE, 0.5, **others)  # type: ignore[arg-type]


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """A visit, its score staying until there is a new one, and marks."""
    store = Store(tmp_path / "deep" / "store.sqlite3")
    store.remember(visit("a", score=90.0, problems=3, doubtful=2, opened=1.0))
    store.remember(visit("b", opened=3.0))
    store.remember(visit("a", opened=2.0))
    store.set_mark("a", "x", PLACE)
    again = Store(tmp_path / "deep" / "store.sqlite3")
    found = [(v.document, v.score, v.problems, v.doubtful) for v in again.visits()]
    assert found == [("b", None, None, None), ("a", 90.0, 3, 2)]
    kept = again.visit("a")
    assert kept is not None
    assert (kept.place, kept.sources, kept.progress) == (PLACE, ("a.en.md",), 0.5)
    assert again.marks("a") == {"x": PLACE}
    assert again.marks("b") == {}
    assert again.note == ""


def test_names_that_are_no_utf8_are_kept(tmp_path: Path) -> None:
    """What a file name or a damaged text holds besides characters (halves of them) costs neither place nor mark."""
    document = make_document()
    key = key_of(replace(document, text=replace(document.text, path=tmp_path / "x\udcff.md")))
    assert key is not None
    place = Position("s\udcff", 3, "\ud800 words")
    store = Store(tmp_path / "store.sqlite3")
    store.remember(Visit(key, "x\udcff", ("s\udcff.en.md",), place, 0.5))
    store.set_mark(key, "x", place)
    assert store.trouble == ""
    kept = Store(tmp_path / "store.sqlite3").visit(key)
    assert kept is not None
    assert (kept.sources, kept.place.offset) == (("s\udcff.en.md",), 3)
    assert [visit.document for visit in store.visits()] == [key], "the library finds it by its key"
    assert set(store.marks(key)) == {"x"}


WRITER = """
import sys
from pathlib import Path
from tui_reader.tui.position import Position
from tui_reader.tui.store import Store
store = Store(Path(sys.argv[1]))
for number in range(40):
    store.set_mark("a", f"{sys.argv[2]}{number}", Position("", number, "words"))
assert not store.note, store.note
"""


def test_two_readers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two processes begin a store and write to it at the same time: all marks of both are there."""
    path = tmp_path / "store.sqlite3"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in "xy"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert len(Store(path).marks("a")) == 80


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_broken_store_is_put_aside(tmp_path: Path, content: bytes) -> None:
    """A new one is begun and works; the broken file is kept under another name, and a line says so."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(content)
    store = Store(path)
    store.remember(visit("a"))
    assert [one.document for one in Store(path).visits()] == ["a"]
    if content:
        assert "was broken" in store.note
        assert [file.read_bytes() for file in tmp_path.glob("*.broken-*")] == [content]


def test_an_older_store_is_brought_up_to_date(tmp_path: Path) -> None:
    """Only the steps that are missing are taken, and what was there stays."""
    path = tmp_path / "store.sqlite3"
    Store(path).set_mark("a", "x", PLACE)
    assert Store(path, MIGRATIONS[:1]).note, "an older version does not write into a newer store"
    newer = (*MIGRATIONS, "ALTER TABLE mark ADD COLUMN note TEXT NOT NULL DEFAULT ''")
    Store(path, newer)
    assert Store(path, newer).marks("a") == {"x": PLACE}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT note FROM mark").fetchall() == [("",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)


def test_the_first_store_is_brought_up_to_date(tmp_path: Path) -> None:
    """What the first version has kept is read, and what it did not know is unknown."""
    path = tmp_path / "store.sqlite3"
    Store(path, MIGRATIONS[:1])
    with closing(sqlite3.connect(path)) as connection, connection:
        row = ("a", "A title", "[]", 1.0, *PLACE, 0.5, 90.0, 3)
        connection.execute("INSERT INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    assert [(v.document, v.score, v.problems, v.doubtful) for v in Store(path).visits()] == [("a", 90.0, 3, None)]


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """What a newer version has written is not understood, so it is neither read nor written."""
    path = tmp_path / "store.sqlite3"
    Store(path, (*MIGRATIONS, "CREATE TABLE more (a)"))
    before = path.read_bytes()
    store = Store(path)
    store.remember(visit("a"))
    assert "newer version" in store.note
    assert store.visits() == []
    assert path.read_bytes() == before


def test_a_store_that_is_up_to_date_is_not_written(tmp_path: Path) -> None:
    """Opening the reader waits for no disk: a store is changed only by what is to be kept."""
    path = tmp_path / "store.sqlite3"
    Store(path).set_mark("a", "x", PLACE)
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert Store(path).marks("a") == {"x": PLACE}
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only for this user")
def test_a_store_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    """Nobody learns only after an hour of reading that the place will be lost."""
    path = tmp_path / "store.sqlite3"
    Store(path).set_mark("a", "x", PLACE)
    path.chmod(0o400)
    assert Store(path).note == f"places and marks are not kept: {tmp_path} cannot be written"


@pytest.mark.skipif(os.name == "nt", reason="a file in the way of a folder is another error there")
def test_without_a_place_to_write_reading_goes_on(tmp_path: Path) -> None:
    """A home that cannot be written (here: a file where the folder should be) costs the places only."""
    (tmp_path / "home").write_text("in the way")
    store = Store(tmp_path / "home" / "state" / "store.sqlite3")
    store.remember(visit("a"))
    assert store.visits() == []
    assert store.note == f"places and marks are not kept: {store.trouble}"
    assert store.trouble == f"{tmp_path / 'home' / 'state'} cannot be written"


@pytest.mark.skipif(os.name == "nt", reason="a file in the way of a folder is another error there")
def test_a_broken_store_that_cannot_be_put_aside_is_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays as it is, and the line does not say that it was kept elsewhere."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"no database at all" * 100)

    def refuse(file: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(type(path), "replace", refuse)
    store = Store(path)
    store.set_mark("a", "x", PLACE)
    assert store.note == f"places and marks are not kept: {tmp_path} cannot be written"
    assert list(tmp_path.iterdir()) == [path]


@given(st.integers(0, 30), st.text("あいう灯台。\n", max_size=40))
def test_a_position_is_found_again_in_a_changed_text(step: int, inserted: str) -> None:
    """Whatever is put before it in the file, a place is found by its words."""
    document = make_document()
    reading = Reading(document)
    reading.align(make_alignment(), aligned_layout(document, make_alignment()))
    stops = [index for index, item in enumerate(reading.items) if item.is_stop]
    reading.move_to(stops[step % len(stops)])
    place = position(reading)
    assert place is not None
    content = inserted + document.text.content
    changed = Reading(replace(document, text=Text(content, "ja", plain_blocks(content))))
    found = item_at(changed, place)
    assert found is not None
    shown = changed.items[found]
    words = place.words.split("\n")[0]
    assert words in (shown.source.of(ENGLISH) if place.source_id else shown.target.of(content))  # type: ignore[union-attr]
