"""What each screen looks like, character by character with its colours and attributes, beside what is kept of it.

After a change that is meant, look at the screens, renew what is kept and read the difference:
``TUI_READER_RENEW_SNAPSHOTS=1 python -m pytest tests/tui/test_snapshots.py``, then ``git diff tests/tui/snapshots``.
"""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from driving import Screen
from lighthouse import link_alike, make_document, until, whole_check

from tui_reader.settings import ReaderSettings, Settings
from tui_reader.text.width import cells
from tui_reader.tui.app import ReaderApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from rich.style import Style
    from textual.strip import Strip

KEPT = Path(__file__).with_name("snapshots")
RENEW = "TUI_READER_RENEW_SNAPSHOTS"
SIZES = ((80, 24), (120, 40), (200, 60))
SETTINGS = Settings(reader=ReaderSettings(theme="dark", language="en"))
PROBLEM = ("g", "right_square_bracket")

SCREENS: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "reading": ((), "3 problems", ()),
    "problem": (PROBLEM, "problem 1/3", ()),
    "why": (("enter",), "83%", ("escape",)),
    "word": (("l", "d"), "nowhere else", ("escape",)),
    "search": (("g", "slash", "灯", "台", "enter"), "match 1/", ("escape",)),
    "other-view": (("v",), "bead", ("v", "v")),
    "problems": (("p",), "in text order", ("escape",)),
    "overview": (("i",), "What the scores say", ("escape",)),
    "contents": (("t",), "Contents", ("escape",)),
    "help": (("question_mark",), "next bead or commentary", ("escape",)),
    "rule": ((*PROBLEM, "w"), "What it looks for", ("escape",)),
}
"""Keys that lead to each screen from the one before, words that show that it is there, and keys that lead away."""


def described(style: Style | None) -> str:
    """A style in words."""
    if style is None:
        return "plain"
    named = ("bold", "dim", "italic", "underline", "reverse", "strike")
    attributes = [name for name in named if getattr(style, name)]
    colours = ["default" if colour is None else colour.get_truecolor().hex for colour in (style.color, style.bgcolor)]
    return " ".join([f"{colours[0]} on {colours[1]}", *attributes])


def pictured(strips: Iterable[Strip]) -> str:
    """Rows of text, then for each row how many cells have which style, then the styles."""
    rows, runs = [], []
    legend: dict[str, str] = {}
    for strip in strips:
        cellwise = [(described(one.style), cells(one.text)) for one in strip if not one.control]
        counted = [
            (legend.setdefault(style, f"s{len(legend)}"), sum(count for _, count in group))
            for style, group in groupby(cellwise, key=lambda one: one[0])
        ]
        rows.append(strip.text.rstrip())
        runs.append(" ".join(f"{name}:{count}" for name, count in counted))
    styles = [f"{name} = {style}" for style, name in legend.items()]
    return "\n".join([*rows, "", *runs, "", *styles, ""])


@asynccontextmanager
async def shown(app: ReaderApp, size: tuple[int, int]) -> AsyncIterator[Screen]:
    """An app on a screen of that size."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Screen(app, pilot)


def is_seen(screen: Screen, words: str) -> bool:
    """Whether words are on the screen."""
    return words in screen.seen()


def picture(screen: Screen) -> str:
    """What is on the screen now."""
    return pictured(screen.app.screen._compositor.render_strips())


def differences(pictures: dict[str, str], size: tuple[int, int]) -> list[str]:
    """Names of the screens that do not look as what is kept of them; all are kept anew where that is asked for."""
    files = {name: KEPT / f"{name}-{size[0]}x{size[1]}.txt" for name in pictures}
    if os.environ.get(RENEW) == "1":
        KEPT.mkdir(exist_ok=True)
        for name, path in files.items():
            path.write_text(pictures[name], encoding="utf-8", newline="\n")
        pytest.skip("snapshots renewed: read their difference")
    return [name for name, path in files.items() if pictures[name] != path.read_text(encoding="utf-8")]


@pytest.fixture(autouse=True)
def _own_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the terminal that runs the tests can show."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens_look_as_before(size: tuple[int, int]) -> None:
    """Reading, evidence, a word explained, search, another view, and every list."""
    pictures = {}
    async with shown(ReaderApp(make_document(), SETTINGS, whole_check, link_alike), size) as screen:
        await screen.finished()
        for name, (keys, words, away) in SCREENS.items():
            await screen.press(*keys)
            await until(screen.pilot, partial(is_seen, screen, words), f"{name} is never there")
            pictures[name] = picture(screen)
            await screen.press(*away)
    assert differences(pictures, size) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_library_looks_as_before(size: tuple[int, int]) -> None:
    """The list of documents."""
    documents = [make_document(), replace(make_document(), id="second", title="港の記事")]
    async with shown(ReaderApp(documents, SETTINGS, whole_check, link_alike), size) as screen:
        await until(screen.pilot, partial(is_seen, screen, "港の記事"))
        pictures = {"library": picture(screen)}
    assert differences(pictures, size) == []


def test_snapshots_stay_small() -> None:
    """Nobody commits a megabyte of pictures."""
    sizes = [path.stat().st_size for path in KEPT.iterdir()]
    assert len(sizes) == len(SIZES) * (len(SCREENS) + 1)
    assert max(sizes) < 200_000
    assert sum(sizes) < 1_000_000
