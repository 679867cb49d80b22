"""The reader's colours: ink on paper, and the same by lamplight.

Omissions take the theme's `warning` colour and additions its `success` colour, so every other theme works as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

LAMPLIGHT = Theme(
    name="lamplight",
    primary="#8fb0cf",
    secondary="#9aa7b5",
    accent="#d9b779",
    warning="#e5a663",
    error="#e07f72",
    success="#79bfa9",
    foreground="#d9d5cb",
    background="#16181c",
    surface="#1b1e23",
    panel="#23272e",
    dark=True,
)

PAPER = Theme(
    name="paper",
    primary="#2c5f8a",
    secondary="#5d6b78",
    accent="#8a6116",
    warning="#a34f00",
    error="#a8322a",
    success="#12705c",
    foreground="#26282b",
    background="#faf7f0",
    surface="#f3efe5",
    panel="#e8e2d4",
    dark=False,
)


CONTRAST = Theme(
    name="contrast",
    primary="#66d9ff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffb000",
    error="#ff6060",
    success="#50ff90",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    dark=True,
)

THEMES = (LAMPLIGHT, PAPER, CONTRAST)
"""The reader's own."""

_BY_SETTING = {"dark": LAMPLIGHT.name, "light": PAPER.name, "high-contrast": CONTRAST.name}


def fitting_theme(environment: Mapping[str, str], setting: str = "auto") -> str:
    """Name of the theme for this terminal.

    Args:
        environment: the variables of the environment: ``COLORFGBG`` tells a light background from a dark one.
        setting: ``auto``, ``dark``, ``light``, ``high-contrast``, or ``ansi`` for the terminal's own colours.
    """
    if setting in _BY_SETTING:
        return _BY_SETTING[setting]
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    light = background in {"7", "15"}
    if setting == "ansi":
        return "ansi-light" if light else "ansi-dark"
    return PAPER.name if light else LAMPLIGHT.name


def strong(variables: Mapping[str, str]) -> Style:
    """How headings among the reader's own words look: bold, in the theme's accent.

    Args:
        variables: of the theme in force (`App.theme_variables`).
    """
    return Style(color=Color.parse(variables["accent"]).rich_color, bold=True)
