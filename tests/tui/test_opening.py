"""What is on the screen while the check runs, when it ends, and when it fails."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from driving import Screen, opened
from lighthouse import (
    SteppedCheck,
    make_alignment,
    make_checked,
    make_document,
    until,
    whole_check,
)

from tui_reader.errors import InputError
from tui_reader.model import Alignment, CheckedBead, Document, Report, Signature, Text
from tui_reader.tui.app import ReaderApp, require_terminal
from tui_reader.tui.reading import Outcome
from tui_reader.tui.screens.library import LibraryScreen

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        assert "checked: 3 problems, score 62" in screen.footer()


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


async def test_quitting_does_not_wait_for_the_check() -> None:
    """`q` ends the app while the checker hangs; the thread left behind is one that no exit waits for."""
    check = SteppedCheck(make_document())
    async with opened(check) as screen:
        thread = screen.reading.background
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


async def test_the_real_checker_speaks_the_same_language() -> None:
    """With the program's own check: aligned, every bead answered for, every finding reached by `]`."""
    async with opened(check=None) as screen:
        await asyncio.to_thread(screen.reading.background.join, 120)
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


async def test_findings_that_need_the_whole_document_come_last() -> None:
    """What only the report holds is marked and counted too; the cursor stays on its problem."""

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        early = tuple(replace(bead, findings=()) if index else bead for index, bead in enumerate(make_checked()))
        yield make_alignment()
        yield from early
        gate.wait(30)
        yield Report(document, make_alignment(), make_checked(), Signature("0", "fake", "0", "normal"))

    gate = threading.Event()
    async with opened(check) as screen:
        await until(screen.pilot, lambda: bool(screen.reading.reading.problems))
        await screen.press("right_square_bracket")
        assert "problem 1/1" in screen.footer()
        gate.set()
        await screen.finished()
        assert "problem 1/3" in screen.footer()


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


async def test_the_only_document_has_no_library() -> None:
    """`o` says so instead of showing an empty page."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("o")
        assert "this is the only document" in screen.footer()


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
