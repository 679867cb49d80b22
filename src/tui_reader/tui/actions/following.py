"""Following the files: what changes on disk is checked again, and the editor opens at the line under the cursor."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from textual import on
from textual.app import SuspendNotSupported

from tui_reader.errors import InputError
from tui_reader.tui.actions.remembering import Remembering
from tui_reader.tui.actions.searching import Searching
from tui_reader.tui.actions.words import Words
from tui_reader.tui.checking import BackgroundCheck
from tui_reader.tui.language import tr
from tui_reader.tui.reopen import BackgroundReading, Reread, Unreadable, files_of, stamp

if TYPE_CHECKING:
    from tui_reader.model import Alignment, Document
    from tui_reader.tui.layout import Layout
    from tui_reader.tui.services import Services

_SECONDS = 1.0
"""How often the files are looked at."""


class Following(Remembering, Searching, Words):
    """What happens when files change, and the key that changes them."""

    def __init__(self, document: Document, services: Services) -> None:
        super().__init__(document, services)
        partial = not self.reading.layout.whole
        self.background = BackgroundCheck(
            document, services.check, self.post_message, lay_out=partial, whole=services.whole
        )
        self._files = files_of(document)
        self._stamp = stamp(self._files)
        self._reread: BackgroundReading | None = None

    def on_mount(self) -> None:
        """Let the check begin once the text can be read, and look at the files now and then."""
        self.footer.show(state=tr("aligning") if self.services.whole is None else tr("opening"))
        self.call_after_refresh(self.background.start)
        if self._files:
            self.set_interval(_SECONDS, self.look_at_files)

    def on_unmount(self) -> None:
        """Nobody listens any more."""
        self.background.cancel()
        if self._reread is not None:
            self._reread.cancel()

    def look_at_files(self) -> None:
        """Read the files again where they have changed."""
        now = stamp(self._files)
        if now == self._stamp:
            return
        self._stamp = now
        if None in now:
            gone = self._files[now.index(None)].name
            self.tell(tr("{name} is gone; this is what it said").format(name=gone))
            return
        if self._reread is not None:
            self._reread.cancel()
        self._reread = BackgroundReading(self.reading.document, self.post_message, self.services.format_name)
        self._reread.start()

    @on(Unreadable)
    def _unreadable(self, message: Unreadable) -> None:
        self.tell(message.reason)

    @on(Reread)
    def _document_changed(self, message: Reread) -> None:
        """Check the text as it is now; what was known of it stays on the screen until the new alignment comes."""
        if message.document == self.reading.document:
            return
        self.background.cancel()
        self.following = message.document
        self.background = BackgroundCheck(message.document, self.services.check, self.post_message)
        self.footer.show(state=tr("aligning"), notice=tr("the file has changed"))
        self.background.start()

    def take_over(self, layout: Layout, alignment: Alignment | None = None) -> None:
        """Show the changed document instead of the one before; the cursor stays at its text."""
        document, self.following = self.following, None
        if document is not None:
            self.reading.replace_document(document, layout, alignment)
            self.desk.follow(document)
            self.search_anew()
            self.link_words_of(document)

    def action_edit(self) -> None:
        """Open the file under the cursor in the editor, at its line; the reader waits meanwhile."""
        text, item = self.reading.side_text(self.active), self.reading.item
        span = None if item is None else item.span(self.active)
        if text.path is None or text.locator is None or not text.path.exists():
            self.tell(tr("this text is no file"))
            return
        from tui_reader.tui.editor import editor_command  # noqa: PLC0415 - not for the first frame
        from tui_reader.tui.error_wording import told  # noqa: PLC0415

        try:
            command = editor_command(text.path, text.locator(span.start if span else 0))
            with self.app.suspend():
                subprocess.run(command, check=False)  # noqa: S603 - the person's own editor
        except InputError as error:
            self.tell(told(error))
            return
        except (SuspendNotSupported, OSError) as error:
            self.tell(str(error))
            return
        self.look_at_files()
