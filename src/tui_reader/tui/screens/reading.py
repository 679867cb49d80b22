"""Reading one document beside its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.screen import Screen
from textual.widgets import Static

from tui_reader.tui.actions.arranging import Arranging
from tui_reader.tui.actions.base import no_problems
from tui_reader.tui.actions.following import Following
from tui_reader.tui.actions.looking import Looking
from tui_reader.tui.actions.moving import Moving
from tui_reader.tui.actions.reviewing import Reviewing
from tui_reader.tui.checking import Aligned, Checked, Failed, Finished, LaidOut, Unopened
from tui_reader.tui.columns import MINIMUM_HEIGHT, MINIMUM_WIDTH
from tui_reader.tui.keymap import bindings
from tui_reader.tui.language import tr, tr_count
from tui_reader.tui.layout import paragraph_layout
from tui_reader.tui.reading import Outcome
from tui_reader.tui.widgets.bilingual_view import BilingualView
from tui_reader.tui.widgets.minimap import NARROWEST, Minimap

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class ReadingScreen(Moving, Looking, Arranging, Reviewing, Following, Screen[None]):
    """The two texts, the evidence, the search and the position.

    Args:
        document: what to read.
        services: the checker, which starts when the screen is shown, and all else it works with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    DEFAULT_CSS = """
    ReadingScreen { background: $background; layers: base; layout: horizontal; }
    ReadingScreen > #too-small { display: none; padding: 0; }
    ReadingScreen.-too-small > * { display: none; }
    ReadingScreen.-too-small > #too-small { display: block; }
    """

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.header
        # On the screen itself: a container around them would be styled and painted too.
        yield self.view
        yield self.map
        yield self.footer

    def on_mount(self) -> None:
        """Let the keys act on the texts."""
        self.view.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where there is no room."""
        small = event.size.width < MINIMUM_WIDTH or event.size.height < MINIMUM_HEIGHT
        self.set_class(small, "-too-small")
        if small:
            self._plead(event)
        self.map.display = event.size.width >= NARROWEST
        if self.explains:
            self.why.show()

    def _plead(self, event: events.Resize) -> None:
        have, need = f"{event.size.width}x{event.size.height}", f"{MINIMUM_WIDTH}x{MINIMUM_HEIGHT}"
        plea = tr("terminal too small: {have}\nthe reader needs {need}").format(have=have, need=need)
        if not self.query("#too-small"):
            self.mount(Static(id="too-small", markup=False))
        self.query_one("#too-small", Static).update(plea)

    @on(BilingualView.Scrolled)
    def _scrolled(self) -> None:
        self.map.refresh()
        self.head()

    @on(Minimap.Clicked)
    def _pointed_at(self, message: Minimap.Clicked) -> None:
        self.tell("")
        self.leap()
        self.reading.move_to(message.item)
        self.moved(jump=True)

    @on(BilingualView.Arranged)
    def _arranged(self, message: BilingualView.Arranged) -> None:
        self.header.stand_above(message.columns)

    @on(LaidOut)
    def _laid_out(self, message: LaidOut) -> None:
        row, bound_for_end = self.view.cursor_row(), self.end_of_beginning == self.reading.cursor
        if message.document is self.reading.document:
            self.reading.lay_out(message.layout)
        else:
            self.following = message.document
            self.take_over(message.layout)
            self.footer.show(state=tr("aligning"))
        self.find_again()
        self.view.rearrange(row, reveal=False)
        if bound_for_end:
            self.action_bottom()
        self.resume()

    @on(Unopened)
    def _unopened(self, message: Unopened) -> None:
        self.app.give_up(message.error)

    @on(Aligned)
    def _aligned(self, message: Aligned) -> None:
        row = self.view.cursor_row()
        # Before the first finding comes.
        self.reading.hide(self.desk.hidden)
        if self.following is None:
            self.reading.align(message.alignment, message.layout)
        else:
            self.take_over(message.layout, message.alignment)
        self.find_again()
        self.view.rearrange(row, reveal=False)
        self.footer.show(state=tr("checking"))
        self.moved(reveal=False)

    @on(Checked)
    def _checked(self, message: Checked) -> None:
        self.reading.add(message.beads)
        self.view.repaint()
        self.moved(reveal=False)

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        self.reading.take(message.report)
        self.desk.require(str(message.report.signature))
        self.review_changed()
        if self.reading.nothing_compared:
            self.footer.show(state="", notice=no_problems(self.reading))
            return
        found = tr_count("checked: {n} problem", "checked: {n} problems", len(self.reading.found.visible))
        score = self.reading.score
        self.footer.show(
            state="", notice=found + ("" if score is None else tr(", score {score:.0f}").format(score=score))
        )

        if self.desk.trouble and self.reading.document.text.path is not None:
            self.tell(self.desk.trouble)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        if self.following is not None:
            self.take_over(paragraph_layout(self.following))
            self.view.rearrange()
        self.reading.outcome = Outcome.FAILED
        self.footer.show(state="", notice=message.reason)
