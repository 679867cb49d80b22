"""Every key of the reader is pressed once, and changes what a person sees.

A key that is bound and has no case here fails the first test: give it one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest
from driving import Screen, opened
from lighthouse import make_document, until
from textual.widgets import Input, OptionList

from tui_reader.model import Side
from tui_reader.tui.keymap import COMMANDS, LIST_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Case(NamedTuple):
    """A key, and what it does."""

    command: str
    key: str
    sees: Callable[[Screen], bool]
    """Whether what it does can be seen; it must not be before the key is pressed."""
    before: tuple[str, ...] = ()
    """Keys that lead there from the top of the text."""
    after: tuple[str, ...] = ("escape",)
    """Keys that lead away again."""


def says(words: str) -> Callable[[Screen], bool]:
    """Whether words are on the screen."""
    return lambda screen: words in screen.seen()


def at(screen: Screen) -> int:
    """The per cent of the text before the cursor, as the last line gives it."""
    found = re.search(r"(\d+)% *$", screen.seen())
    return int(found[1]) if found else -1


def reads(low: int, high: int) -> Callable[[Screen], bool]:
    """Whether so much of the text is behind the cursor."""
    return lambda screen: low <= at(screen) <= high


def columns(screen: Screen) -> list[int]:
    """Cells of the two columns, as the last line gives them; none where it does not."""
    found = re.search(r"columns of (\d+) and (\d+)", screen.seen())
    return [int(found[1]), int(found[2])] if found else []


def lit(side: Side, word: str) -> Callable[[Screen], bool]:
    """Whether a word of one side is lit up."""
    return lambda screen: screen.lit(side) == [word]


def bold_title(words: str) -> Callable[[Screen], bool]:
    """Whether a title above the texts is bold, as that of the active text is."""
    return lambda screen: any(
        words in segment.text and segment.style is not None and bool(segment.style.bold)
        for segment in screen.reading.header.render_line(0)
    )


def row_chosen(number: int) -> Callable[[Screen], bool]:
    """Whether the cursor of the list in front is on a row."""
    return lambda screen: screen.app.screen.query_one(OptionList).highlighted == number


def filter_is_open(screen: Screen) -> bool:
    """Whether what is typed goes into the filter of a list."""
    return isinstance(screen.app.focused, Input) and screen.app.focused.display


def unseen(case: Case, screen: Screen) -> bool:
    """Whether what a key does cannot be seen."""
    return not case.sees(screen)


FIRST = "right_square_bracket"
SEARCHED = ("slash", "灯", "台", "enter")

MOVING = (
    Case("bead.next", "j", reads(35, 35)),
    Case("bead.next", "down", reads(35, 35)),
    Case("bead.previous", "k", reads(8, 8), before=("j",)),
    Case("bead.previous", "up", reads(8, 8), before=("j",)),
    Case("page.down", "space", reads(9, 100)),
    Case("page.down", "pagedown", reads(9, 100)),
    Case("page.up", "b", reads(8, 99), before=("G",)),
    Case("page.up", "pageup", reads(8, 99), before=("G",)),
    Case("half.down", "ctrl+d", reads(9, 99)),
    Case("half.up", "ctrl+u", reads(8, 99), before=("G",)),
    Case("top", "g", reads(8, 8), before=("G",)),
    Case("top", "home", reads(8, 8), before=("G",)),
    Case("bottom", "G", reads(100, 100)),
    Case("bottom", "end", reads(100, 100)),
    Case("passage.next", "right_curly_bracket", says("bead 1/5")),
    Case("passage.previous", "left_curly_bracket", says("bead 1/5"), before=("G",)),
    Case("mark.set", "m", says("mark this place with a letter:"), after=("a", "escape")),
    Case("mark.go", "apostrophe", says("go to mark (a"), before=("G",), after=("a", "escape")),
    Case("contents", "t", says("Contents"), after=("escape", "escape")),
)
WORDS = (
    Case("word.next", "l", lit(Side.TARGET, "灯台"), before=("right_curly_bracket",)),
    Case("word.previous", "h", lit(Side.TARGET, "灯台"), before=("right_curly_bracket", "l", "l")),
    Case("word.explain", "d", says("とうだい"), before=("right_curly_bracket", "l"), after=("escape", "escape")),
    Case("side", "tab", bold_title("Ada Quill"), before=("right_curly_bracket",), after=("tab", "escape")),
    Case("readings", "r", says("とうだい"), after=()),
)
PROBLEMS = (
    Case("problem.next", "right_square_bracket", says("problem 1/3")),
    Case("problem.previous", "left_square_bracket", says("problem 3/3")),
    Case("why", "enter", says("83%"), before=(FIRST,), after=("escape", "escape")),
    Case("rule", "w", says("What it looks for"), before=(FIRST,), after=("escape", "escape")),
    Case("problems", "p", says("in text order")),
    Case("filter", "f", says("only: addition"), after=("f", "f", "escape")),
    Case("overview", "i", says("What the scores say"), after=("escape", "escape")),
    Case("copy", "y", says("copied"), before=(FIRST,)),
)
REVIEW = (
    Case("review.ignore", "x", says("ignore, because"), before=(FIRST,), after=("escape", "escape")),
    Case("review.note", "a", says(" note "), before=(FIRST,), after=("escape", "escape")),
    Case("review.summary", "S", says("write the review to"), after=("escape", "escape")),
    Case("review.next", "U", says("problem 1/3")),
    Case("review.confirm", "c", says("confirmed, u takes it back"), before=(FIRST,)),
    Case("review.undo", "u", says("taken back")),
)
LOOKING = (
    Case("search", "slash", says("search both languages"), after=("escape", "escape")),
    Case("match.next", "n", says("match 2/2"), before=SEARCHED),
    Case("match.previous", "N", says("match 1/2"), before=(*SEARCHED, "n")),
    Case("view", "v", says("stacked"), after=("v", "v", "escape")),
    Case("fold", "z", says("nothing to fold"), after=("z", "escape")),
    Case("sync", "s", says("scrolling independently"), after=("s", "escape")),
    Case("resync", "equals_sign", says("level again"), before=("s", "G"), after=("s", "escape")),
    Case("split.left", "left", lambda screen: columns(screen) < columns(screen)[::-1]),
    Case("split.right", "right", lambda screen: bool(columns(screen)), after=("right", "escape")),
    Case("width.less", "less_than_sign", lambda screen: bool(columns(screen)), after=("greater_than_sign", "escape")),
    Case("width.more", "greater_than_sign", lambda screen: bool(columns(screen)), before=("less_than_sign", "escape")),
    Case("close", "escape", lambda screen: "83%" not in screen.seen(), before=(FIRST, "enter")),
)
PROGRAM = (
    Case("edit", "e", says("this text is no file")),
    Case("library", "o", says("this is the only document")),
    Case("help", "question_mark", says("next bead or commentary")),
    Case("help", "f1", says("next bead or commentary")),
    Case("palette", "colon", says("search for commands")),
    Case("palette", "ctrl+p", says("search for commands")),
    Case("quit", "q", lambda screen: screen.app.return_code == 0, after=()),
)
LISTS = (
    Case("list.next", "j", row_chosen(1), before=("p",)),
    Case("list.next", "down", row_chosen(1), before=("p",)),
    Case("list.previous", "k", row_chosen(0), before=("p", "j")),
    Case("list.previous", "up", row_chosen(0), before=("p", "j")),
    Case("list.sort", "s", says("surest first"), before=("p",)),
    Case("list.help", "question_mark", says("another order"), before=("p",), after=("escape", "escape")),
    Case("list.help", "f1", says("another order"), before=("p",), after=("escape", "escape")),
    Case("list.filter", "slash", filter_is_open, before=("p",), after=("escape", "escape")),
    Case("list.leave", "escape", says("] [ problem"), before=("p",)),
    Case("list.leave", "q", says("] [ problem"), before=("p",)),
)
GROUPS = {
    "moving": MOVING,
    "words": WORDS,
    "problems": PROBLEMS,
    "review": REVIEW,
    "looking": LOOKING,
    "program": PROGRAM,
    "lists": LISTS,
}
TOOLKITS = {("palette", "ctrl+p"), ("list.next", "down"), ("list.previous", "up")}
"""Keys that the toolkit binds itself."""


def test_every_key_has_a_case() -> None:
    """Nobody binds a key without a case that presses it; no case outlives its key."""
    bound = {(command.id, key) for command in (*COMMANDS, *LIST_COMMANDS) for key in command.keys.split(",")}
    assert bound | TOOLKITS == {(case.command, case.key) for cases in GROUPS.values() for case in cases}


@pytest.mark.parametrize("group", GROUPS)
async def test_every_key_does_what_can_be_seen(group: str, tmp_path: Path) -> None:
    """After its key, and not before it, the screen shows what a command does."""
    document = make_document()
    if group == "review":
        # Only of files can anything be said that is kept.
        document = replace(document, text=replace(document.text, path=tmp_path / "article.ja.txt"))
    async with opened(document=document, size=(110, 16)) as screen:
        await screen.finished()
        for case in GROUPS[group]:
            await screen.press("escape", "g", *case.before)
            await until(screen.pilot, partial(unseen, case, screen), f"what {case.key} does is there before")
            await screen.press(case.key)
            await until(screen.pilot, partial(case.sees, screen), f"{case.key} does not {case.command}")
            await screen.press(*case.after)
