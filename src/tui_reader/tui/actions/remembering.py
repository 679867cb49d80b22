"""Coming back: the place where one stopped, and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.tui.actions.base import ReadingBase
from tui_reader.tui.language import tr
from tui_reader.tui.position import Position, item_at, position
from tui_reader.tui.reading import Outcome
from tui_reader.tui.store import Visit, key_of
from tui_reader.tui.wording import document_title

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui_reader.model import Document
    from tui_reader.tui.services import Services

_PAUSE_SECONDS = 0.3
"""How long the cursor must rest before its place is written down."""


class Remembering(ReadingBase):
    """The keys of marks, and what is kept without a key."""

    def __init__(self, document: Document, services: Services) -> None:
        super().__init__(document, services)
        self._key = key_of(document)
        self._marks: dict[str, Position] = services.store.marks(self._key) if self._key else {}
        visit = services.store.visit(self._key) if self._key else None
        self._place = None if visit is None else visit.place
        """Where one stopped, until one is there again."""
        self._resumed = self.reading.cursor
        self._resting: Timer | None = None

    def on_mount(self) -> None:
        """Go to where one stopped."""
        if self._place is not None:
            self.resume()
        elif self.services.store.note:
            self.tell(self.services.store.note)
        elif not self.services.store.visits():
            self.tell(tr("? shows the keys, ] goes to the next problem, q quits"))

    def resume(self) -> None:
        """Go to where one stopped; once more when all of a long document is there, unless one has gone on."""
        place, at_start = self._place, self.reading.cursor == self._resumed
        if self.reading.layout.whole:
            self._place = None
        item = None if place is None or not at_start else item_at(self.reading, place)
        if not self.reading.layout.whole and item == len(self.reading.items) - 1:
            # The last of what is there so far stands for all that follows.
            return
        if item is not None and item != self.reading.cursor:
            self.reading.move_to(item)
            self._resumed = self.reading.cursor
            self.tell(tr("where you stopped"))
            self.call_after_refresh(self.moved, jump=True)

    def on_unmount(self) -> None:
        """Write the last place down."""
        self.remember()

    def rest(self) -> None:
        """Write the place down once the cursor rests."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_PAUSE_SECONDS, self.remember)

    def remember(self) -> None:
        """Write the place down."""
        place = position(self.reading)
        if self._key is None or place is None or self._place is not None or not self.reading.layout.whole:
            # Not even there yet, or nobody knows how much there is.
            return
        self.services.store.remember(self._visit(self._key, place))

    def _visit(self, key: str, place: Position) -> Visit:
        reading, document = self.reading, self.reading.document
        sources = tuple(str(source.text.path.resolve()) for source in document.sources if source.text.path)
        visit = Visit(key, document_title(document), sources, place, reading.progress)
        if reading.outcome is not Outcome.FINISHED or reading.nothing_compared:
            return visit
        from tui_reader.tui.statistics import doubtful  # noqa: PLC0415 - there are no figures in the first frame

        problems = len(reading.found.visible)
        return visit._replace(score=reading.score, problems=problems, doubtful=doubtful(reading))

    def action_mark(self) -> None:
        """Ask for a letter to mark this place with."""
        self.key_prompt.ask(tr("mark this place with a letter:"), self._mark)

    def _mark(self, letter: str | None) -> None:
        self.view.focus()
        place = position(self.reading)
        if letter is None or not letter.isalnum() or place is None:
            self.tell(tr("no mark set: a mark is a letter or digit"))
            return
        self._marks[letter] = place
        reason = self._keep_mark(letter, place)
        marked = tr("marked {letter} for this session: {reason}") if reason else tr("marked {letter}")
        self.tell(marked.format(letter=letter, reason=reason))

    def _keep_mark(self, letter: str, place: Position) -> str:
        """Keep a mark beyond this session; why not, where that cannot be."""
        if self._key is None:
            return tr("this text is no file")
        self.services.store.set_mark(self._key, letter, place)
        return self.services.store.trouble

    def action_go_to_mark(self) -> None:
        """Ask which mark to go to."""
        letters = " ".join(sorted(self._marks)) or tr("none yet")
        self.key_prompt.ask(tr("go to mark ({letters}, ' is the place before):").format(letters=letters), self._go)

    def _go(self, letter: str | None) -> None:
        self.view.focus()
        item = self._before() if letter == "'" else self._marked(letter)
        if item is None:
            self.tell(tr("there is no such mark"))
            return
        self.leap()
        self.reading.move_to(item)
        self.tell("")
        self.moved(jump=True)

    def _before(self) -> int | None:
        return None if self.before is None else self.before.now(self.reading)

    def _marked(self, letter: str | None) -> int | None:
        return item_at(self.reading, self._marks[letter]) if letter in self._marks else None

    def action_library(self) -> None:
        """Back to the list of documents."""
        self.remember()
        if not self.app.return_to_library():
            self.tell(tr("this is the only document"))
