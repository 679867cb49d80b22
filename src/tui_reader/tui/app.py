"""The reader: it assembles screens and widgets, and starts them on a terminal."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.reactive import Initialize, Reactive

from tui_reader.errors import InputError
from tui_reader.model import Document
from tui_reader.settings import Settings
from tui_reader.tui.columns import MINIMUM_HEIGHT, MINIMUM_WIDTH
from tui_reader.tui.keymap import BY_ID, COMMANDS, LIST_COMMANDS, chosen_keys, keys_of
from tui_reader.tui.language import fitting_language, speak, tr
from tui_reader.tui.screens.reading import ReadingScreen
from tui_reader.tui.services import Services, default_check
from tui_reader.tui.store import Store, user_store_path
from tui_reader.tui.themes import THEMES, fitting_theme
from tui_reader.tui.word_links import Link, default_link

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from pathlib import Path

    from textual.binding import BindingType
    from textual.screen import Screen
    from textual.theme import Theme

    from tui_reader.errors import TuiReaderError
    from tui_reader.tui.checking import Check
    from tui_reader.tui.keymap import Command
    from tui_reader.tui.screens.library import LibraryScreen

_TURN_SECONDS = 0.001
"""How long a thread in the background may keep the screen waiting; a key that is pressed waits several times for it."""

_ROOMY = 24
"""Rows of a screen on which the palette has room for a margin above it."""


def _first_theme(app: Any) -> str:
    return fitting_theme(os.environ, app.settings.reader.theme)


class ReaderApp(App[None]):
    """The terminal application.

    Args:
        documents: what to read; files are read in the background. Unless it is one document, a list comes first.
        settings: everything that can be set.
        check: the checker, the program's own by default.
        link: the word aligner, the program's own by default.
        store: where places and marks are kept; by default nothing is.
    """

    TITLE = "tui-reader"
    BINDINGS: ClassVar[list[BindingType]] = []
    # The list of the palette reaches below a small screen unless it begins at the top.
    CSS = "Toast { border: none; } CommandPalette.-low > Vertical { margin-top: 0; }"
    # From the start: a theme that is set later makes the toolkit parse all style sheets again before the first frame.
    theme: Reactive[str] = Reactive(Initialize(_first_theme))

    def __init__(
        self,
        documents: Document | Sequence[Document | Path],
        settings: Settings | None = None,
        check: Check | None = None,
        link: Link | None = None,
        store: Store | None = None,
    ) -> None:
        self.settings = settings or Settings()
        super().__init__()
        self.documents = [documents] if isinstance(documents, Document) else list(documents)
        chosen = self.settings.check
        own_link = partial(default_link, encoder=chosen.encoder, threads=chosen.threads)
        self.services = Services(check or default_check(chosen), self.settings, link or own_link, store or Store(None))
        self._library: LibraryScreen | None = None
        self.trouble: TuiReaderError | None = None
        """Why the reader has ended, where that was not the person's wish."""
        self.keys = chosen_keys(self.settings.reader.keys)
        """Keys that a person has chosen, by the name of the command."""
        self.set_keymap(self.keys)
        speak(fitting_language(self.settings.reader.language, os.environ))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The toolkit's and the reader's own, by name."""
        return super().available_themes | {theme.name: theme for theme in THEMES}

    def get_default_screen(self) -> Screen[Any]:
        """The only document, or the list: no empty screen is shown before them."""
        first = self.documents[0] if len(self.documents) == 1 else None
        if isinstance(first, Document):
            return ReadingScreen(first, self.services)
        from tui_reader.tui.screens.library import LibraryScreen  # noqa: PLC0415 - not for one document
        from tui_reader.tui.shelf import Shelf  # noqa: PLC0415

        self._library = LibraryScreen(Shelf.of(self.documents, self.services.store, self.services.format_name))
        return self._library

    def on_mount(self) -> None:
        """Look for garbage again where a command has put that off until the first frame."""
        self.call_after_refresh(_collect_again)

    def give_up(self, error: TuiReaderError) -> None:
        """Quit, because the document cannot be read."""
        self.trouble = error
        self.exit()

    def read(self, document: Document, format_name: str | None = None) -> None:
        """Open a document of a list; where a person has named its format, it is read so again when it changes."""
        self.push_screen(ReadingScreen(document, replace(self.services, format_name=format_name)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette lists: everything that a key does here, and the themes."""
        commands = COMMANDS if isinstance(screen, ReadingScreen) else LIST_COMMANDS
        for command in commands:
            keys = " ".join(keys_of(command, self.keys))
            yield SystemCommand(tr(command.description), keys, partial(screen.run_action, command.action))
        yield SystemCommand(tr("theme"), tr("choose the colours"), self.action_change_theme)

    def action_command_palette(self) -> None:
        """Show it, with the question in the reader's language."""
        from tui_reader.tui.palette import CommandProvider  # noqa: PLC0415 - not for the first frame

        if not isinstance(self.screen, CommandPalette):
            asked = tr("search for commands…")
            palette = CommandPalette([CommandProvider], placeholder=asked, id="--command-palette")
            self.push_screen(palette.set_class(self.size.height < _ROOMY, "-low"))

    def action_help_quit(self) -> None:
        """Name the key that does what ctrl+c does not, in the reader's language."""
        keys = keys_of(BY_ID["quit"], self.keys)
        if keys:
            self.notify(tr("to quit, press {key}").format(key=keys[0]), markup=False)

    def search_themes(self) -> None:
        """Show the themes to choose from."""
        from tui_reader.tui.palette import ThemesProvider  # noqa: PLC0415 - not for the first frame

        palette = CommandPalette([ThemesProvider], placeholder=tr("search for themes…"))
        self.push_screen(palette.set_class(self.size.height < _ROOMY, "-low"))

    def help_for(
        self,
        title: str,
        commands: Sequence[Command],
        *,
        signs: bool = False,
        then: Callable[[str | None], Awaitable[None]] | None = None,
    ) -> None:
        """Show what the keys of a screen do.

        Args:
            title: what the screen is.
            commands: its keys.
            signs: whether to explain the signs in the texts too.
            then: takes the action that was chosen.
        """
        from tui_reader.tui.screens.help import HelpScreen  # noqa: PLC0415 - not for the first frame

        self.push_screen(HelpScreen(title, commands, signs=signs), then)

    def return_to_library(self) -> bool:
        """Close the document; False where there is no list to return to."""
        if self._library is None:
            return False
        self.pop_screen()
        return True


def _collect_again() -> None:
    """Look for garbage again where a command has put that off until the first frame."""
    if not gc.isenabled():
        # What is there by now stays to the end; no collection need look at it.
        gc.freeze()
        gc.enable()


def run(
    document: Document | Sequence[Document | Path],
    settings: Settings | None = None,
    check: Check | None = None,
    whole: Callable[[], Document] | None = None,
    format_name: str | None = None,
) -> None:
    """Read one document (or choose from several) until the person quits.

    Args:
        document: what to read, or to choose from.
        settings: everything that can be set.
        check: the checker, the program's own by default.
        whole: reads all of the document, where the one given is only its beginning; it is called in the background.
        format_name: of the format of what is read, where a person has named it: it is read so again when it changes.

    Raises:
        InputError: the terminal cannot show or control a reader, or `whole` has raised it.
        SettingsError: the table ``[keys]`` names a command that does not exist, or a key twice.
    """
    # The words of the store are those of the reader, and so are these of the terminal.
    speak(fitting_language((settings or Settings()).reader.language, os.environ))
    require_terminal()
    app = ReaderApp(document, settings, check, store=Store(user_store_path()))
    app.services = replace(app.services, whole=whole, format_name=format_name)
    sys.setswitchinterval(_TURN_SECONDS)
    app.run()
    if app.trouble is not None:
        raise app.trouble


def run_library(paths: Sequence[Path], settings: Settings | None = None, format_name: str | None = None) -> None:
    """Choose from all documents in files and folders, of a format that a person has named, and from those read before.

    Raises:
        InputError: the terminal cannot show or control a reader.
    """
    run(list(paths), settings, format_name=format_name)


def require_terminal() -> None:
    """Refuse what is no terminal, or too small a one.

    Raises:
        InputError: saying which, and what to do.
    """
    if not sys.stdin.isatty():
        raise InputError(
            tr("the reader needs the keyboard, but standard input is not a terminal"), cure=tr("do not pipe into it")
        )
    if not sys.stdout.isatty():
        raise InputError(
            tr("the reader needs a screen, but standard output is not a terminal"),
            cure=tr("use `tui-reader check` instead"),
        )
    width, height = shutil.get_terminal_size()
    if width < MINIMUM_WIDTH or height < MINIMUM_HEIGHT:
        raise InputError(
            tr("the terminal is too small: {have}, the reader needs {need}").format(
                have=f"{width}x{height}", need=f"{MINIMUM_WIDTH}x{MINIMUM_HEIGHT}"
            ),
            cure=tr("enlarge the window"),
        )
