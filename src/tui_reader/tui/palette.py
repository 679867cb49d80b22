"""What the command palette finds: commands by their words, in whatever kana, width or case these are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.theme import ThemeProvider

from tui_reader.text.normalise import find, fold
from tui_reader.tui.language import tr

if TYPE_CHECKING:
    from textual.app import SystemCommand


class CommandProvider(Provider):
    """The commands of the screen in front, in the order in which the help lists them."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.title, command.callback, help=command.help)

    async def search(self, query: str) -> Hits:
        """Those with the letters of `query` in their order, or a line that says that there is none."""
        matcher = self.matcher(fold(query)[0])
        nothing = True
        for command in self._commands():
            score = matcher.match(fold(command.title)[0])
            if score > 0:
                nothing = False
                yield Hit(score, self._lit(command.title, query), command.callback, command.title, command.help)
        if nothing:
            yield _nothing()

    def _commands(self) -> list[SystemCommand]:
        return list(self.app.get_system_commands(self.screen))

    def _lit(self, title: str, query: str) -> Content:
        """A title in which the words looked for stand out, or else their letters."""
        spans = list(find(title, query))
        if not spans or self.match_style is None:
            return self.matcher(query).highlight(title)
        lit = Content(title)
        for span in spans:
            lit = lit.stylize(self.match_style, span.start, span.end)
        return lit


class ThemesProvider(ThemeProvider):
    """The themes."""

    async def search(self, query: str) -> Hits:
        """Those with the letters of `query` in their order, or a line that says that there is none."""
        nothing = True
        async for hit in super().search(query):
            nothing = False
            yield hit
        if nothing:
            yield _nothing()


def _nothing() -> Hit:
    words = tr("nothing matches")
    return Hit(0.0, Content(words), lambda: None, words)
