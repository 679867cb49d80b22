"""The whole app, driven by keys."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lighthouse import (
    ADDED,
    JAPANESE,
    MISSING,
    OMITTED,
    PAIRS,
    SteppedCheck,
    make_alignment,
    make_checked,
    make_document,
    until,
    whole_check,
)
from textual.events import MouseScrollDown
from textual.widgets import OptionList

from tui_reader.errors import InputError
from tui_reader.model import Alignment, CheckedBead, Document, Report, Side, Signature, Text
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.app import ReaderApp, require_terminal
from tui_reader.tui.columns import View
from tui_reader.tui.items import ItemKind
from tui_reader.tui.reading import Outcome
from tui_reader.tui.screens.help import HelpScreen
from tui_reader.tui.screens.library import LibraryScreen
from tui_reader.tui.screens.problems import ProblemsScreen
from tui_reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from rich.style import Style
    from textual.pilot import Pilot


class Screen:
    """What can be seen of a running app."""

    def __init__(self, app: ReaderApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def reading(self) -> ReadingScreen:
        """The reading screen in front."""
        screen = self.app.screen
        assert isinstance(screen, ReadingScreen)
        return screen

    def rows(self) -> list[str]:
        """The rows of the two texts."""
        view = self.reading.view
        return [view.render_line(y).text for y in range(view.size.height)]

    def footer(self) -> str:
        """The last line."""
        return self.reading.footer.render_line(0).text

    def styled(self, words: str) -> Style:
        """How `words`, which stand in one segment, are shown."""
        view = self.reading.view
        for y in range(view.size.height):
            for segment in view.render_line(y):
                if words in segment.text and segment.style is not None:
                    return segment.style
        raise AssertionError(f"{words!r} is in no segment of its own among {self.rows()}")

    async def press(self, *keys: str) -> None:
        """Press keys and let the app settle."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def finished(self) -> None:
        """Wait for the end of the check."""
        await until(self.pilot, lambda: not self.reading.footer.state)


@asynccontextmanager
async def opened(
    check: Any = whole_check,
    size: tuple[int, int] = (160, 50),
    settings: Settings | None = None,
    document: Document | None = None,
) -> AsyncIterator[Screen]:
    """The lighthouse article (or another document) in the reader."""
    app = ReaderApp(document or make_document(), settings, check)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Screen(app, pilot)


async def test_the_text_can_be_read_before_anything_is_known() -> None:
    """Both texts are on the screen while the aligner has not answered yet, then beads, then findings."""
    check = SteppedCheck(make_document())
    async with opened(check) as screen:
        shown = "\n".join(screen.rows())
        assert "灯台は六月まで閉鎖します。" in shown
        assert "Safety comes first." in shown
        assert "aligning" in screen.footer()
        check.release("alignment")
        await until(screen.pilot, lambda: screen.reading.reading.alignment is not None)
        assert any("2 sentences of Ada Quill not quoted" in row for row in screen.rows())
        assert "checking 0%" in screen.footer()
        check.release("beads", "report")
        await screen.finished()
        assert "checked: 3 problems, score 80" in screen.footer()


async def test_the_place_keeps_its_row_when_the_alignment_arrives() -> None:
    """The line one reads does not jump under one's eyes."""
    check = SteppedCheck(make_document())
    async with opened(check, size=(80, 12)) as screen:
        await screen.press("j", "j", "j", "j")
        before = screen.reading.view.cursor_row()
        item = screen.reading.reading.item
        assert item is not None
        assert item.target is not None
        check.release("alignment")
        await until(screen.pilot, lambda: screen.reading.reading.alignment is not None)
        now = screen.reading.reading.item
        assert now is not None
        assert now.target is not None
        assert now.target.start == item.target.start
        assert screen.reading.view.cursor_row() == before
        check.release("beads", "report")


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
        assert "around the end" in screen.footer()
        assert screen.reading.reading.problem == 0


async def test_beads_are_level_and_the_current_one_is_barred() -> None:
    """The two sides of a bead begin on one row, and the cursor's row has a bar of its own colour."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("right_square_bracket")
        row = next(row for row in screen.rows() if PAIRS[0][1] in row)
        assert "The lighthouse will stay closed" in row
        bar = screen.reading.view.render_line(screen.rows().index(row))
        plain = screen.reading.view.render_line(0)
        assert list(bar)[1].style != list(plain)[1].style


async def test_commentary_is_dimmed() -> None:
    """What translates nothing steps back behind what does."""
    async with opened() as screen:
        await screen.finished()
        assert screen.styled("以上が町長の言葉でした。").color != screen.styled("安全が何より大切です。").color


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


async def test_what_is_not_quoted_unfolds() -> None:
    """Enter on a folded run shows its sentences, again folds them."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("j", "j")
        assert screen.reading.reading.items[screen.reading.reading.cursor].kind is ItemKind.UNQUOTED
        await screen.press("enter")
        assert any("Good evening, everyone." in row for row in screen.rows())
        await screen.press("enter")
        assert not any("Good evening, everyone." in row for row in screen.rows())


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


async def test_the_search_finds_both_languages_and_walks() -> None:
    """/ n N go through the matches of both texts, around the end, and say so."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", *"years", "enter")
        assert "match 1/1" in screen.footer()
        assert screen.styled("years").bgcolor != screen.styled("Safety comes first.").bgcolor
        await screen.press("slash", *"灯台", "enter")
        assert "match 1/2" in screen.footer() or "match 2/2" in screen.footer()
        await screen.press("n")
        await screen.press("N")
        await screen.press("slash", *"nowhere", "enter")
        assert "not found: nowhere" in screen.footer()


async def test_the_search_unfolds_what_is_not_quoted() -> None:
    """A match in a folded run is shown."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", *"harbour", "enter")
        assert screen.styled("harbour").bold


async def test_views_cycle_and_follow_the_width() -> None:
    """`v` goes side by side, stacked, translation only; the width decides until it is pressed."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        views = [screen.reading.view.view]
        await screen.press("v")
        views.append(screen.reading.view.view)
        assert views == [View.STACKED, View.TARGET_ONLY]
        assert not any("Safety comes first." in row for row in screen.rows())
        await screen.press("v")
        row = next(row for row in screen.rows() if "安全が何より大切です。" in row)
        assert "Safety comes first." in row


@pytest.mark.parametrize("view", range(3))
async def test_the_cursor_stays_in_sight_when_the_terminal_changes(view: int) -> None:
    """Any sequence of sizes keeps the bead under the cursor on the screen."""
    async with opened(size=(160, 50)) as screen:
        await screen.finished()
        await screen.press(*["v"] * view, *["right_square_bracket"] * 3)
        for size in ((80, 24), (160, 50), (40, 10), (100, 30)):
            await screen.pilot.resize_terminal(*size)
            await screen.pilot.pause()
            row = screen.reading.view.cursor_row()
            assert row is not None
            assert 0 <= row < screen.reading.view.size.height
            assert screen.reading.view.size.width == size[0]


async def test_too_small_a_terminal_is_named() -> None:
    """No half picture: a line says what is needed, and reading goes on when there is room again."""
    async with opened(size=(160, 50)) as screen:
        await screen.finished()
        await screen.pilot.resize_terminal(20, 5)
        await screen.pilot.pause()
        plea = screen.reading.query_one("#too-small")
        assert plea.display
        assert "terminal too small: 20x5" in str(plea.render())
        assert not screen.reading.view.display
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        assert screen.reading.view.display
        assert not plea.display


async def test_pages_and_ends() -> None:
    """Pages take the cursor along; g and G reach the very ends."""
    async with opened(size=(60, 10)) as screen:
        await screen.finished()
        await screen.press("space")
        assert screen.reading.reading.cursor > 0
        await screen.press("G")
        assert any("以上が町長の言葉でした。" in row for row in screen.rows())
        assert "100%" in screen.footer()
        await screen.press("ctrl+u", "b", "g")
        assert "灯台の改修について" in screen.rows()[0]
        assert screen.reading.reading.cursor == 0


async def test_a_paragraph_taller_than_the_screen_is_read_to_its_end() -> None:
    """Going on to the next bead first shows the rest of this one."""
    long = "長い段落です。" * 60 + "ここで終わります。"
    content = f"{long}\n\n次の段落です。\n"

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        yield Alignment((), ())

    app = ReaderApp(Document("d", Text(content, "ja", plain_blocks(content)), ()), None, check)
    async with app.run_test(size=(60, 10)) as pilot:
        screen = Screen(app, pilot)
        await until(pilot, lambda: screen.reading.reading.alignment is not None)
        presses = 0
        while screen.reading.reading.cursor == 0 and presses < 20:
            seen = "".join(row.strip() for row in screen.rows())
            await screen.press("j")
            presses += 1
        assert "ここで終わります。" in seen
        assert presses > 1


async def test_the_other_side_is_copied_after_tab() -> None:
    """`y` takes the finding's words, or without a finding the bead's on the active side."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "j", "y")
        assert screen.app.clipboard == "安全が何より大切です。"
        await screen.press("tab", "y")
        assert screen.reading.active is Side.SOURCE
        assert screen.app.clipboard == "Safety comes first."
        await screen.press("right_square_bracket", "y")
        assert screen.app.clipboard == MISSING


async def test_what_no_clipboard_takes_is_replaced() -> None:
    """A lone surrogate in the file does not end the reader."""
    content = "壊れた\ud800字です。"
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    app = ReaderApp(document, None, lambda document: iter(()))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("y")
        assert app.clipboard == "壊れた?字です。"


async def test_a_click_moves_the_cursor_and_the_wheel_the_rows() -> None:
    """The mouse reaches what the keys reach."""
    async with opened(size=(100, 12)) as screen:
        await screen.finished()
        row = next(y for y, text in enumerate(screen.rows()) if "一部を訳して" in text)
        await screen.pilot.click("#view", offset=(70, row))
        item = screen.reading.reading.item
        assert item is not None
        assert item.target is not None
        assert "一部を訳して" in item.target.of(JAPANESE)
        before = screen.rows()
        view = screen.reading.view
        view.post_message(MouseScrollDown(view, 5, 5, 0, 1, 0, False, False, False))
        await screen.pilot.pause()
        assert screen.rows()[:-3] == before[3:]


async def test_help_names_every_key() -> None:
    """The page is made from the registry; escape closes it."""
    async with opened() as screen:
        await screen.press("question_mark")
        assert isinstance(screen.app.screen, HelpScreen)
        text = str(screen.app.screen.query_one("VerticalScroll > Static").render())
        for words in ("next problem", "search both languages", "half a page up", "omission"):
            assert words in text
        await screen.press("escape")
        assert isinstance(screen.app.screen, ReadingScreen)


async def test_quitting_does_not_wait_for_the_check() -> None:
    """`q` ends the app while the checker hangs; the thread left behind is one that no exit waits for."""
    check = SteppedCheck(make_document())
    async with opened(check) as screen:
        thread = screen.reading._background
        await screen.press("q")
        assert screen.app.return_code == 0
        assert thread.is_alive()
        assert thread.daemon
    check.release(*check.gates)
    await asyncio.to_thread(thread.join, 30)
    assert not thread.is_alive()


async def test_a_check_that_fails_is_told_and_the_text_stays() -> None:
    """An error of the checker is one line; reading goes on."""

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        yield from ()
        raise InputError("the encoder is broken", cure="install it again")

    async with opened(check) as screen:
        await screen.finished()
        assert "the encoder is broken; install it again" in screen.footer()
        assert "not checked" in screen.footer()
        assert any("灯台は六月まで閉鎖します。" in row for row in screen.rows())


async def test_ambiguous_characters_may_take_two_cells() -> None:
    """With the setting, rows are filled by the terminal's count, so that nothing is pushed to the next row."""
    content = "“灯台”…①→灯台です。\n"
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    app = ReaderApp(document, Settings(reader=ReaderSettings(ambiguous_width=2)), lambda document: iter(()))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        row = Screen(app, pilot).rows()[0]
        assert content.strip() in row
        # Five characters of ambiguous width and six wide ones: ten and fourteen cells, one each in `len`.
        assert len(row) + 5 + 7 == 60


async def test_a_library_lists_its_documents_and_takes_one_back() -> None:
    """With several documents a list comes first: title, language and length; `o` returns to it."""
    app = ReaderApp([make_document(), make_document()], None, whole_check)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = Screen(app, pilot)
        assert isinstance(app.screen, LibraryScreen)
        await screen.press("j", "enter")
        await screen.finished()
        assert any("灯台の改修について" in row for row in screen.rows())
        await screen.press("o")
        assert isinstance(app.screen, LibraryScreen)


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


async def test_the_only_document_has_no_library() -> None:
    """`o` says so instead of showing an empty page."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("o")
        assert "this is the only document" in screen.footer()


async def test_an_empty_document_opens() -> None:
    """Nothing to read is no reason to fail."""
    app = ReaderApp(Document("d", Text("", "ja"), ()), None, lambda document: iter((Alignment((), ()),)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Screen(app, pilot)
        await until(pilot, lambda: screen.reading.reading.alignment is not None)
        await screen.press("j", "k", "space", "G", "g", "enter", "y", "right_square_bracket", "v")
        assert "100%" in screen.footer()


def test_a_pipe_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """Under pytest neither stdin nor stdout is a terminal: one line says so."""
    with pytest.raises(InputError, match="not a terminal"):
        require_terminal()


async def test_the_real_checker_speaks_the_same_language() -> None:
    """With the program's own check: aligned, every bead answered for, every finding reached by `]`."""
    async with opened(check=None) as screen:
        await asyncio.to_thread(screen.reading._background.join, 120)
        await screen.finished()
        reading = screen.reading.reading
        assert reading.outcome is Outcome.FINISHED, screen.reading.footer.notice
        assert reading.alignment is not None
        assert reading.checked == len(reading.alignment.beads) > 0
        for number in range(len(reading.problems)):
            await screen.press("right_square_bracket")
            assert reading.problem == number
        level = [row for row in screen.rows() if "The town will pay for the work." in row]
        assert "工事の費用は町が負担し" in level[0]


@pytest.mark.parametrize(("sources", "told"), [(True, "no passage quotes"), (False, "nothing to compare with")])
async def test_a_text_compared_with_nothing_is_not_called_clean(sources: bool, told: str) -> None:
    """Where no passage is found, the reader says that nothing was compared instead of counting no problems."""

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        yield Alignment((), ())
        yield Report(document, Alignment((), ()), (), Signature("0", "fake", "0", "normal"))

    document = make_document() if sources else replace(make_document(), sources=())
    async with opened(check, document=document) as screen:
        await screen.finished()
        assert told in screen.footer()
        assert "no problems" not in screen.footer()
        assert "nothing compared" in screen.footer()
