"""Reading one document beside its sources."""

from __future__ import annotations

import threading
from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.screen import Screen
from textual.widgets import Static

from tui_reader.model import Document, Side
from tui_reader.tui.checking import Aligned, BackgroundCheck, Check, Checked, Failed, Finished
from tui_reader.tui.columns import MINIMUM_HEIGHT, MINIMUM_WIDTH
from tui_reader.tui.items import ItemKind
from tui_reader.tui.keymap import bindings
from tui_reader.tui.reading import Outcome, Reading
from tui_reader.tui.screens.help import HelpScreen
from tui_reader.tui.screens.problems import ProblemsScreen
from tui_reader.tui.search import Match, SearchIndex
from tui_reader.tui.widgets.bilingual_view import BilingualView
from tui_reader.tui.widgets.pane_header import PaneHeader
from tui_reader.tui.widgets.search_bar import SearchBar
from tui_reader.tui.widgets.status_footer import StatusFooter
from tui_reader.tui.widgets.why_panel import WhyPanel
from tui_reader.tui.wording import document_title, source_heading

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui_reader.settings import Settings
    from tui_reader.tui.app import ReaderApp


_NO_PROBLEMS = {
    Outcome.RUNNING: "no problem so far, the check goes on",
    Outcome.FINISHED: "no problems",
    Outcome.FAILED: "not checked: the check failed",
}


def _no_problems(reading: Reading) -> str:
    """Why there is no problem to go to; a text that was compared with nothing is not called clean."""
    if not reading.nothing_compared:
        return _NO_PROBLEMS[reading.outcome]
    if not reading.document.sources:
        return "nothing to compare with: name the sources by --sources"
    return "nothing compared: no passage quotes these sources"


class ReadingScreen(Screen[None]):
    """The two texts, the evidence, the search and the position.

    Args:
        document: what to read.
        settings: the reader's.
        check: the checker; it starts when the screen is shown.
    """

    app: ReaderApp
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    DEFAULT_CSS = """
    ReadingScreen { background: $background; layers: base; }
    ReadingScreen > #too-small { display: none; padding: 0; }
    ReadingScreen.-too-small > * { display: none; }
    ReadingScreen.-too-small > #too-small { display: block; }
    """

    def __init__(self, document: Document, settings: Settings, check: Check) -> None:
        super().__init__()
        ambiguous = settings.reader.ambiguous_width
        self.reading = Reading(document)
        self.view = BilingualView(self.reading, ambiguous)
        self.header = PaneHeader(document_title(document), ambiguous)
        self.footer = StatusFooter(self.reading, ambiguous)
        self.why = WhyPanel(self.reading, ambiguous)
        self.search_bar = SearchBar()
        self.active = Side.TARGET
        """The text that copying takes."""
        self._query = ""
        self._search = SearchIndex(document)
        self._background = BackgroundCheck(document, check, self.post_message)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.header
        yield self.view
        yield self.why
        yield self.search_bar
        yield self.footer
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Let the check begin while the text can be read."""
        self.view.focus()
        self.footer.show(state="aligning")
        self._background.start()

    def on_unmount(self) -> None:
        """Nobody listens to the check any more."""
        self._background.cancel()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where there is no room."""
        small = event.size.width < MINIMUM_WIDTH or event.size.height < MINIMUM_HEIGHT
        self.set_class(small, "-too-small")
        have = f"{event.size.width}x{event.size.height}"
        self.query_one("#too-small", Static).update(
            f"terminal too small: {have}\nthe reader needs {MINIMUM_WIDTH}x{MINIMUM_HEIGHT}"
        )
        if self.why.is_open:
            self.why.show()

    # What the check says

    @on(Aligned)
    def _aligned(self, message: Aligned) -> None:
        row = self.view.cursor_row()
        self.reading.align(message.alignment, message.items)
        self._find_again()
        self.view.rearrange(row, reveal=False)
        self.footer.show(state="checking")
        self._moved(reveal=False)

    @on(Checked)
    def _checked(self, message: Checked) -> None:
        self.reading.add(message.beads)
        self.view.repaint()
        self._moved(reveal=False)

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        self.reading.outcome, self.reading.score = Outcome.FINISHED, message.report.score
        if self.reading.nothing_compared:
            self.footer.show(state="", notice=_no_problems(self.reading))
            return
        count = len(self.reading.problems)
        score = "" if self.reading.score is None else f", score {self.reading.score:.0f}"
        self.footer.show(state="", notice=f"checked: {count} problem{'' if count == 1 else 's'}{score}")

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.reading.outcome = Outcome.FAILED
        self.footer.show(state="", notice=message.reason)

    # Moving

    def _moved(self, *, reveal: bool = True, jump: bool = False) -> None:
        """Everything that shows where the cursor is follows it."""
        if reveal:
            self.view.reveal(jump=jump)
        item = self.reading.item
        source_id = None if item is None else item.source_id
        heading = "" if source_id is None else source_heading(self.reading.document.source(source_id))
        self.header.show(heading, self.active)
        if self.why.is_open:
            self.why.show()
        self.footer.refresh()

    @on(BilingualView.Arranged)
    def _arranged(self, message: BilingualView.Arranged) -> None:
        self.header.stand_above(message.columns)

    @on(BilingualView.Clicked)
    def _clicked(self, message: BilingualView.Clicked) -> None:
        if self.reading.items[message.item].is_stop:
            self.reading.move_to(message.item)
            self._moved()

    def _is_shown(self, item: int) -> bool:
        return bool(self.view.viewport.rows.rows(item))

    def action_step(self, direction: int) -> None:
        """To the next item; first through the rest of one that is taller than the screen."""
        self.footer.show(notice="")
        if not self.view.scroll_inside(direction):
            self.view.match = None
            self.reading.step(direction, self._is_shown)
            self._moved()

    def action_page(self, pages: float) -> None:
        """Roll by pages; the cursor keeps its row of the screen."""
        self.footer.show(notice="")
        self.view.turn(pages)
        self._moved(reveal=False)

    def action_top(self) -> None:
        """To the beginning."""
        self._go_to_end(0, 1)

    def action_bottom(self) -> None:
        """To the end."""
        self._go_to_end(len(self.reading.items) - 1, -1)

    def _go_to_end(self, item: int, direction: int) -> None:
        self.footer.show(notice="")
        if self.reading.items:
            self.reading.move_to(item)
            if not (self.reading.items[item].is_stop and self._is_shown(item)):
                self.reading.step(direction, self._is_shown)
            self.view.show_end(direction)
            self._moved()

    def action_passage(self, direction: int) -> None:
        """To the next quoted passage."""
        found = self.reading.step_passage(direction)
        self.footer.show(notice="" if found else "no further passage")
        self._moved(jump=True)

    def action_problem(self, direction: int) -> None:
        """To the next problem, around the end."""
        around = self.reading.step_problem(direction)
        notice = ""
        if around is None:
            notice = _no_problems(self.reading)
        elif around:
            notice = "around the end: " + ("the first problem" if direction > 0 else "the last problem")
        self.footer.show(notice=notice)
        self.view.match = None
        self._moved(jump=True)

    # Looking

    def action_why(self) -> None:
        """Show or hide the evidence; on a folded run, unfold it."""
        item = self.reading.item
        if item is not None and item.kind is ItemKind.UNQUOTED:
            self.view.fold(self.reading.cursor)
        else:
            self.why.show(open_=not self.why.is_open)
            self.call_after_refresh(self._moved)

    def action_close(self) -> None:
        """Leave the evidence, or else the search."""
        self.footer.show(notice="")
        if self.why.is_open:
            self.why.show(open_=False)
        else:
            self._query, self.view.matches, self.view.match = "", [], None
            self.view.repaint()

    def action_view(self) -> None:
        """The next way of sharing the screen."""
        self.view.chosen_view = self.view.view.following
        self.view.rearrange()
        self.footer.show(notice=self.view.view.value)

    def action_side(self) -> None:
        """Make the other text the one that copying takes."""
        self.active = self.active.other
        self.footer.show(notice=f"copying takes the {'translation' if self.active is Side.TARGET else 'source'}")
        self._moved(reveal=False)

    def action_copy(self) -> None:
        """Copy the words of the finding, or else the bead's on the active side."""
        finding, item = self.reading.finding, self.reading.item
        if finding is not None:
            words = self.reading.text(finding.side, finding.span)
        else:
            span = None if item is None else (item.target if self.active is Side.TARGET else item.source)
            words = "" if span is None else self.reading.text(self.active, span)
        if words:
            # A clipboard takes no lone surrogates, and a file may hold some.
            self.app.copy_to_clipboard(words.encode("utf-8", "replace").decode("utf-8"))
        self.footer.show(notice=f"copied {len(words)} characters" if words else "nothing to copy on this side")

    def action_problems(self) -> None:
        """Choose from the list of problems."""
        if not self.reading.problems:
            self.footer.show(notice=_no_problems(self.reading))
            return

        def chosen(index: int | None) -> None:
            if index is not None and index < len(self.reading.problems):
                self.reading.go_to_problem(index)
                self._moved(jump=True)

        self.app.push_screen(ProblemsScreen(self.reading), chosen)

    def action_help(self) -> None:
        """What the keys do."""
        self.app.push_screen(HelpScreen())

    def action_library(self) -> None:
        """Back to the list of documents."""
        if not self.app.return_to_library():
            self.footer.show(notice="this is the only document")

    # Searching

    def action_search(self) -> None:
        """Let a query be typed."""
        threading.Thread(target=self._search.prepare, daemon=True).start()
        self.search_bar.open()

    @on(SearchBar.Dismissed)
    def _dismissed(self) -> None:
        self.view.focus()

    @on(SearchBar.Asked)
    def _asked(self, message: SearchBar.Asked) -> None:
        self.view.focus()
        self._query = message.query
        self._find_again()
        here = bisect_left(self.view.matches, self.reading.cursor, key=_item_of)
        self._go_to_match(here)

    def _find_again(self) -> None:
        self.view.match = None
        self.view.matches = self._search.find(self._query, self.reading.index) if self._query else []

    def action_match(self, direction: int) -> None:
        """To the next match, around the end."""
        matches, match = self.view.matches, self.view.match
        if not self._query:
            self.footer.show(notice="nothing searched yet: / searches")
        elif match is not None:
            self._go_to_match(matches.index(match) + direction)
        else:
            after = bisect_left(matches, self.reading.cursor + (direction > 0), key=_item_of)
            self._go_to_match(after if direction > 0 else after - 1)

    def _go_to_match(self, index: int) -> None:
        matches = self.view.matches
        if not matches:
            self.footer.show(notice=f"not found: {self._query}")
            self.view.repaint()
            return
        match = matches[index % len(matches)]
        around = "" if 0 <= index < len(matches) else ", around the end"
        self.footer.show(notice=f"match {index % len(matches) + 1}/{len(matches)}{around}")
        self.reading.move_to(match.item)
        self.view.go_to_match(match)
        self._moved(jump=True)


def _item_of(match: Match) -> int:
    return match.item
