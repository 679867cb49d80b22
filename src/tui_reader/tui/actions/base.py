"""The reading screen's parts, and what all its actions share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from tui_reader.tui.language import later, tr
from tui_reader.tui.position import spot
from tui_reader.tui.reading import Outcome, Reading
from tui_reader.tui.typesetting import chosen_typesetting
from tui_reader.tui.widgets.bilingual_view import BilingualView
from tui_reader.tui.widgets.minimap import Minimap
from tui_reader.tui.widgets.pane_header import PaneHeader
from tui_reader.tui.widgets.status_footer import StatusFooter
from tui_reader.tui.wording import document_title, file_name, opening_title, source_heading

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui_reader.model import Document, Side
    from tui_reader.tui.app import ReaderApp
    from tui_reader.tui.position import Spot
    from tui_reader.tui.review import ReviewDesk
    from tui_reader.tui.services import Services
    from tui_reader.tui.widgets.prompts import KeyPrompt, LinePrompt
    from tui_reader.tui.widgets.why_panel import WhyPanel

    PartOfScreen = Screen[None]
else:
    # What is mixed into a screen need not be one: the toolkit goes through all of a screen's names for each subclass.
    PartOfScreen = MessagePump

_NO_PROBLEMS = {
    Outcome.RUNNING: later("no problem so far, the check goes on"),
    Outcome.FINISHED: later("no problems"),
    Outcome.FAILED: later("not checked: the check failed"),
}


def no_problems(reading: Reading) -> str:
    """Why there is no problem to go to; a text that was compared with nothing is not called clean."""
    if reading.found.only_others:
        return tr("no problem of this rule: f goes on to the others")
    if not reading.nothing_compared:
        return tr(_NO_PROBLEMS[reading.outcome])
    if not reading.document.sources:
        return tr("nothing to compare with: name the sources by --sources")
    return tr("nothing compared: no passage quotes these sources")


class ReadingBase(PartOfScreen):
    """The widgets of the reading screen and what keeps them in step.

    Args:
        document: what to read.
        services: what it works with.
    """

    app: ReaderApp

    def __init__(self, document: Document, services: Services) -> None:
        super().__init__()
        self.services = services
        ambiguous = services.settings.reader.ambiguous_width
        self.reading = Reading(document, is_whole=services.whole is None)
        self.view = BilingualView(
            self.reading, chosen_typesetting(services.settings.reader), services.settings.reader.width
        )
        self.map = Minimap(self.reading, self.view)
        self.header = PaneHeader(document_title(document), ambiguous)
        self.footer = StatusFooter(self.reading, self._reviewed, ambiguous)
        self.before: Spot | None = None
        """Where the cursor was before the last leap."""
        self.following: Document | None = None
        """The document as it is on disk now, while it is being aligned."""

    # What follows is made when it is asked for: the first frame need not wait.
    @cached_property
    def desk(self) -> ReviewDesk:
        """What people have said of the findings."""
        from tui_reader.tui.review import ReviewDesk  # noqa: PLC0415

        return ReviewDesk(self.reading.document)

    def _reviewed(self) -> int:
        """How many findings a person has said something about, as far as the desk is open."""
        return self.desk.reviewed if "desk" in self.__dict__ else 0

    @cached_property
    def why(self) -> WhyPanel:
        """Explains, below the texts."""
        from tui_reader.tui.widgets.why_panel import WhyPanel  # noqa: PLC0415

        panel = WhyPanel(self.reading, self.services.settings.reader.ambiguous_width)
        self.mount(panel, before=self.footer)
        return panel

    @property
    def explains(self) -> bool:
        """Whether something is explained below the texts."""
        return "why" in self.__dict__ and self.why.is_open

    # Over the footer: what is asked takes its place meanwhile.
    @cached_property
    def search_bar(self) -> LinePrompt:
        """Asks what to search."""
        return self._line_prompt()

    @cached_property
    def prompt(self) -> LinePrompt:
        """Asks for any other words."""
        return self._line_prompt()

    @cached_property
    def key_prompt(self) -> KeyPrompt:
        """Asks for a key."""
        from tui_reader.tui.widgets.prompts import KeyPrompt  # noqa: PLC0415

        asking = KeyPrompt()
        self.mount(asking)
        return asking

    def _line_prompt(self) -> LinePrompt:
        from tui_reader.tui.widgets.prompts import LinePrompt  # noqa: PLC0415

        asking = LinePrompt()
        self.mount(asking)
        return asking

    def tell(self, notice: str) -> None:
        """Say something in the last line."""
        self.footer.show(notice=notice)

    def moved(self, *, reveal: bool = True, jump: bool = False) -> None:
        """Let everything that shows where the cursor is follow it.

        Args:
            reveal: whether to scroll the cursor into view.
            jump: whether to show what was out of sight amid its surroundings.
        """
        if reveal:
            self.view.reveal(jump=jump)
        self.head()
        if self.explains:
            self.why.show()
        self.footer.refresh()
        self.rest()

    def head(self) -> None:
        """Say above the texts what they are; what is read below need not be said above it."""
        self.header.entitle(self.name_of_the_document())
        self.header.show(self._name_of_the_source(), self.reading.active)

    def _name_of_the_source(self) -> str:
        """The heading of the passage under the cursor; empty in commentary.

        Where the texts are stacked it is empty too while the heading stands above the cursor on the screen; side by
        side, the names above the columns tell which of them the keys act on.
        """
        cursor, item = self.reading.cursor, self.reading.item
        if item is None or item.source_id is None:
            return ""
        heading = source_heading(self.reading.document.source(item.source_id))
        if self.header.side_by_side:
            return heading
        on_screen = any(row.note == heading for place, row in self.view.visible_rows() if place.item <= cursor)
        return "" if on_screen else heading

    def name_of_the_document(self) -> str:
        """Its title, or the name of its file while the text on the screen begins with the title."""
        document = self.reading.document
        opening = opening_title(document)
        item = None if opening is None else self.reading.index.at(opening.start)
        if any(place.item == item for place, row in self.view.visible_rows() if row.target):
            return file_name(document)
        return document_title(document)

    def rest(self) -> None:
        """What is to happen once the cursor rests."""

    def leap(self) -> None:
        """Remember the place before going far away from it."""
        self.before = spot(self.reading, self.reading.cursor) if self.reading.items else None

    def is_shown(self, item: int) -> bool:
        """Whether the view gives an item any row."""
        return bool(self.view.viewport.rows.rows(item))

    @property
    def active(self) -> Side:
        """The text that copying and words go by."""
        return self.reading.active
