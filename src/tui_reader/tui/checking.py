"""The check in the background."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message

from tui_reader.errors import TuiReaderError
from tui_reader.tui.background import Background
from tui_reader.tui.language import tr
from tui_reader.tui.layout import Layout, aligned_layout, paragraph_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.model import Alignment, CheckedBead, Document, Report

Check: TypeAlias = "Callable[[Document], Iterator[Alignment | CheckedBead | Report]]"
"""What a checker does with a document: first its alignment, then bead by bead, last the report."""

_BATCH_SECONDS = 0.05
_HEAD_START_SECONDS = 0.02
"""How long the thread that writes to the terminal has the processor for itself once a screen is made."""


class Aligned(Message):
    """It is known what translates what."""

    def __init__(self, alignment: Alignment, layout: Layout) -> None:
        super().__init__()
        self.alignment, self.layout = alignment, layout


class LaidOut(Message):
    """All of a long document can be shown, not only its beginning."""

    def __init__(self, document: Document, layout: Layout) -> None:
        super().__init__()
        self.document, self.layout = document, layout


class Unopened(Message):
    """The document goes on beyond its beginning, but that cannot be read."""

    def __init__(self, error: TuiReaderError) -> None:
        super().__init__()
        self.error = error


class Checked(Message):
    """Some more beads are checked."""

    def __init__(self, beads: tuple[CheckedBead, ...]) -> None:
        super().__init__()
        self.beads = beads


class Finished(Message):
    """The check is over."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class Failed(Message):
    """The check cannot go on."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class BackgroundCheck(Background):
    """Runs a check and posts what it says.

    Args:
        document: what to check.
        check: the checker.
        post: takes the messages; must be callable from any thread.
        lay_out: whether all paragraphs are to be laid out first.
        whole: reads the document, where the one given is only its beginning.
    """

    def __init__(
        self,
        document: Document,
        check: Check,
        post: Callable[[Message], object],
        *,
        lay_out: bool = False,
        whole: Callable[[], Document] | None = None,
    ) -> None:
        super().__init__("check", post)
        self._document, self._check, self._lay_out, self._whole = document, check, lay_out, whole

    def work(self) -> None:
        """Pull the check to its end, or until it is cancelled."""
        if self.is_cancelled_within(_HEAD_START_SECONDS):
            return
        if self._whole is not None:
            try:
                self._document = self._whole()
            except TuiReaderError as error:
                self.say(Unopened(error))
                return
        if self._lay_out:
            self.say(LaidOut(self._document, paragraph_layout(self._document)))
        from tui_reader.encoders.cancellation import Cancelled, cancellable  # noqa: PLC0415 - not for the first frame

        try:
            # Beads are pulled a few at a time; between them the encoders ask whether anybody still waits.
            with cancellable(lambda: self.is_cancelled):
                self._pull()
        except Cancelled:
            return
        except TuiReaderError as error:
            from tui_reader.tui.error_wording import told  # noqa: PLC0415 - not for the first frame

            self.say(Failed(told(error)))
        except Exception as error:
            self.say(Failed(tr("the check failed: {error}").format(error=f"{type(error).__name__}: {error}")))

    def _pull(self) -> None:
        from tui_reader.model import Alignment, CheckedBead  # noqa: PLC0415 - not for the first frame

        batch: list[CheckedBead] = []
        posted = 0.0
        for result in self._check(self._document):
            if self.is_cancelled:
                return
            if isinstance(result, Alignment):
                self.say(Aligned(result, aligned_layout(self._document, result)))
            elif isinstance(result, CheckedBead):
                batch.append(result)
                # The screen need not be painted for each of a thousand beads a second.
                if time.monotonic() - posted > _BATCH_SECONDS:
                    self.say(Checked(tuple(batch)))
                    batch, posted = [], time.monotonic()
            else:
                self.say(Checked(tuple(batch)))
                self.say(Finished(result))
