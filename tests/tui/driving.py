"""The app under test, and what can be seen of it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lighthouse import link_alike, make_document, until, whole_check
from textual.widgets import OptionList

from tui_reader.tui.app import ReaderApp
from tui_reader.tui.marks import marks_of
from tui_reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from rich.style import Style
    from textual.pilot import Pilot

    from tui_reader.model import Document, Side
    from tui_reader.settings import Settings
    from tui_reader.tui.store import Store


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

    def panel(self) -> str:
        """What the panel of evidence says; nothing while it is hidden."""
        if not self.reading.explains:
            return ""
        return str(self.reading.why.query_one("VerticalScroll > Static").render())

    def seen(self) -> str:
        """Everything on the terminal's screen, row by row."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def listed(self) -> list[str]:
        """The rows of the list in front."""
        return [str(option.prompt) for option in self.app.screen.query_one(OptionList).options]

    def lit(self, side: Side) -> list[str]:
        """The words of one side that are lit up as the word under the cursor or as what stands for it."""
        view = self.reading.view
        marks = marks_of(view.reading, view.reading.cursor, [], None)
        text = view.reading.side_text(side).content
        return [mark.span.of(text) for mark in marks if mark.side is side and mark.style in {"word", "linked-word"}]

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
    store: Store | None = None,
    whole: Callable[[], Document] | None = None,
) -> AsyncIterator[Screen]:
    """The lighthouse article (or another document, or the beginning of one) in the reader."""
    app = ReaderApp(document or make_document(), settings, check, link_alike, store)
    app.services = replace(app.services, whole=whole)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Screen(app, pilot)
