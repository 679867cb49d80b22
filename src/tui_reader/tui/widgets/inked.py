"""Widgets that paint their rows themselves, in named inks of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping


def ink(words: str, colours: Mapping[str, str], page: str) -> Style:
    """The style that some words describe.

    Args:
        words: a colour of the theme, perhaps behind it how much of it covers the page (``60%``), perhaps ``on`` and
            the same for the background, perhaps ``bold``, ``italic``, ``underline``, ``strike`` or ``reverse``.
        colours: the theme's variables.
        page: which of them lies below what is translucent.
    """
    found: dict[str, Color] = {}
    attributes = []
    below, place = Color.parse(colours[page]), "color"
    for word in words.split():
        if word == "on":
            place = "bgcolor"
        elif word in colours:
            found[place] = Color.parse(colours[word])
        elif word.endswith("%"):
            found[place] = found[place].multiply_alpha(int(word[:-1]) / 100)
        else:
            attributes.append(word)
    solid = {place: (below + colour).rich_color for place, colour in found.items()}
    return Style(**solid, **dict.fromkeys(attributes, True))  # type: ignore[arg-type] # colours and flags by name


class Inked(Widget):
    """A widget whose rows are painted by named styles.

    Not by Textual's component classes: style sheets that are parsed and applied before the first frame, dozens of
    them, took as long as all else in it.
    """

    INKS: ClassVar[Mapping[str, str]] = {}
    """The styles by name, as `ink` reads them."""
    PAGE: ClassVar[str] = "panel"
    """The theme's colour that is the widget's background."""
    ALLOW_SELECT = False

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._styles: dict[str, Style] = {}

    def style(self, name: str) -> Style:
        """A named style, without those of its surroundings."""
        if name not in self._styles:
            self._styles[name] = ink(self.INKS[name], self.app.theme_variables, self.PAGE)
        return self._styles[name]

    def notify_style_update(self) -> None:
        """Forget the colours of another theme."""
        self._styles.clear()
        super().notify_style_update()
