"""The library: files read in the background, what is remembered of them, filtering."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from driving import Screen
from lighthouse import JAPANESE, make_document, until, whole_check

from tui_reader.tui.app import ReaderApp
from tui_reader.tui.position import Position
from tui_reader.tui.screens.library import LibraryScreen, _ago
from tui_reader.tui.screens.reading import ReadingScreen
from tui_reader.tui.shelf import Shelf, shelved
from tui_reader.tui.store import Store, Visit

if TYPE_CHECKING:
    from pathlib import Path


def article(folder: Path, name: str, title: str) -> Path:
    """A file with a title in its front matter."""
    path = folder / f"{name}.ja.md"
    path.write_text(f"---\ntitle: {title}\n---\n\n{JAPANESE}", encoding="utf-8")
    return path


def listed(app: ReaderApp) -> str:
    """All rows of the library."""
    assert isinstance(app.screen, LibraryScreen)
    return "\n".join(str(option.prompt) for option in app.screen.options.options)


async def test_files_are_read_while_the_list_is_shown(tmp_path: Path) -> None:
    """First their names, then title, language and length; one that cannot be read says why and hurts no other."""
    paths = [article(tmp_path, "one", "灯台の話"), tmp_path / "two.ja.md", article(tmp_path, "three", "港の話")]
    paths[1].write_bytes(b"\xff\xfe\xff")
    app = ReaderApp(paths, None, whole_check)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "港の話" in listed(app))
        assert "灯台の話" in listed(app)
        assert "Japanese ⋅ 8 sentences" in listed(app)
        assert "two.ja.md" in listed(app)
        await pilot.press("slash", *"港", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.reading.document.title == "港の話"
        await pilot.press("o")
        assert isinstance(app.screen, LibraryScreen)


async def test_what_is_remembered_stands_beside_the_title(tmp_path: Path) -> None:
    """Score, problems, how far it was read, and when; it is there as soon as one returns from reading."""
    store = Store(tmp_path / "store.sqlite3")
    document = make_document()
    filed = replace(document, text=replace(document.text, path=tmp_path / "one.txt"))
    app = ReaderApp([filed, make_document()], None, whole_check, store=store)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "opening" not in listed(app))
        assert "read to" not in listed(app)
        await pilot.press("enter")
        await pilot.pause()
        await Screen(app, pilot).finished()
        await pilot.press("G", "o")
        await pilot.pause()
        assert "score 62 ⋅ 1 doubtful pair ⋅ 3 problems ⋅ read to 100% ⋅ today" in listed(app)
        await pilot.press("s", "s")
        assert "lowest score first" in str(app.screen.query_one("#title").render())


async def test_documents_read_before_are_listed_too(tmp_path: Path) -> None:
    """A file that was opened with its sources opens with them again; one that is gone is not listed."""
    path = article(tmp_path, "old", "昔の話")
    source = tmp_path / "mayor.en.md"
    source.write_text("Safety comes first.\n", encoding="utf-8")
    store = Store(tmp_path / "store.sqlite3")
    place = Position("", 0, "")
    store.remember(Visit(str(path.resolve()), "昔の話", (str(source),), place, 0.4))
    store.remember(Visit(str(tmp_path / "gone.md"), "消えた話", (), place, 0.4))
    app = ReaderApp([article(tmp_path, "one", "灯台の話")], None, whole_check, store=store)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "opening" not in listed(app))
        assert "昔の話" in listed(app)
        assert "read to 40%" in listed(app)
        assert "消えた話" not in listed(app)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert isinstance(app.screen, ReadingScreen)
        assert [one.id for one in app.screen.reading.document.sources] == ["mayor"]


async def test_what_was_laid_side_by_side_opens_so_again(tmp_path: Path) -> None:
    """It was one marked passage, named by its file alone; it is that again in the list of what was read before."""
    text, source = tmp_path / "old.ja.md", tmp_path / "old.en.md"
    text.write_text("灯りが消えた。\n", encoding="utf-8")
    source.write_text("The lamp went out.\n", encoding="utf-8")
    store = Store(tmp_path / "store.sqlite3")
    store.remember(Visit(str(text.resolve()), "昔の話", (str(source.resolve()),), Position("", 0, ""), 0.4))
    (tmp_path / "new").mkdir()
    app = ReaderApp([article(tmp_path / "new", "one", "灯台の話")], None, whole_check, store=store)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "opening" not in listed(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert isinstance(app.screen, ReadingScreen)
        assert [one.source_id for one in app.screen.reading.document.marked] == ["old"]


async def test_a_format_that_was_named_counts_for_every_path(tmp_path: Path) -> None:
    """Files whose names say nothing open in it, and are read so again when they change."""
    paths = [tmp_path / name for name in ("first.dat", "second.dat")]
    for path in paths:
        path.write_text("id\tsource\ttarget\nlamp\tThe lamp went out.\t灯りが消えた。\n", encoding="utf-8")
    app = ReaderApp(paths, None, whole_check)
    app.services = replace(app.services, format_name="tsv")
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "opening" not in listed(app))
        assert listed(app).count("⋅ lamp") == len(paths)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.services.format_name == "tsv"


async def test_what_has_one_title_can_be_told_apart(tmp_path: Path) -> None:
    """Copies by their folders, files of one folder by their names, the documents of one file by their ids."""
    pairs = tmp_path / "many.tsv"
    pairs.write_text("id\tsource\ttarget\nfirst\tOne.\t一。\nsecond\tTwo.\t二。\n", encoding="utf-8")
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    paths = [article(tmp_path / "old", "one", "灯台の話"), article(tmp_path / "new", "one", "灯台の話"), pairs]
    app = ReaderApp(
        [*paths, article(tmp_path, "two", "港の話"), article(tmp_path, "three", "港の話")], None, whole_check
    )
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: "opening" not in listed(app))
        titles = [line for line in listed(app).splitlines() if not line.startswith(" ")]
    assert titles == [
        "灯台の話 ⋅ old",
        "灯台の話 ⋅ new",
        "many.tsv ⋅ first",
        "many.tsv ⋅ second",
        "港の話 ⋅ two.ja.md",
        "港の話 ⋅ three.ja.md",
    ]


async def test_a_choice_made_early_is_kept(tmp_path: Path) -> None:
    """Enter on a file that is not read yet opens it once it is."""
    app = ReaderApp([article(tmp_path, "one", "灯台の話"), make_document()], None, whole_check)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))


def test_what_is_read_twice_is_put_once(tmp_path: Path) -> None:
    """A file that was asked for while it was being read arrives again; what is remembered of it may have changed."""
    path = article(tmp_path, "one", "灯台の話")
    shelf = Shelf.of([path], Store(None))
    (unread,) = shelf.entries
    found = shelved(make_document())
    shelf.entries[0] = replace(unread, trouble="gone for a moment")
    shelf.put(unread, [found])
    shelf.put(unread, [found])
    assert [entry.document for entry in shelf.entries] == [found.document]


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "yesterday"), (9, "9 days ago")])
def test_days_are_counted_as_people_do(days: int, words: str) -> None:
    """By the calendar, not by hours."""
    assert _ago(1_000_000.0, 1_000_000.0 + days * 86400) == words
