"""The reader's colours: ink on paper, and the same by lamplight.

Omissions take the theme's `warning` colour and additions its `success` colour, so every other theme works as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def fitting_theme(environment: Mapping[str, str]) -> str:
    """Name of the theme for this terminal: light where it says that its background is (``COLORFGBG``), else dark."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return PAPER.name if background in {"7", "15"} else LAMPLIGHT.name
