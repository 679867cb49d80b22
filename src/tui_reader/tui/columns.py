"""Where the two texts stand on the screen: pure arithmetic on cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui_reader.tui.language import later

GUTTER = 3
"""Cells before each text: the bar of the current bead, the letter of a finding, an empty one."""
RULE = 3
"""Cells of the thin line between the texts, with its margins."""
MEASURE = 84
"""Widest column: 42 Japanese characters, about as long a line as books have."""
NARROW = 96
"""Below this many columns the texts stand one above the other."""
MINIMUM_WIDTH = 30
MINIMUM_HEIGHT = 8


class View(StrEnum):
    """How the two texts share the screen."""

    SIDE_BY_SIDE = later("side by side")
    STACKED = later("stacked")
    TARGET_ONLY = later("translation only")

    @property
    def following(self) -> View:
        """The next one in the cycle of the key ``v``."""
        views = list(View)
        return views[(views.index(self) + 1) % len(views)]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a view, in cells.

    Side by side a row reads: margin, gutter, source, rule, gutter, target, and the rest empty.
    In the other views: margin, gutter, text.
    """

    view: View
    margin: int
    source: int
    target: int

    @property
    def side_by_side(self) -> bool:
        """Whether source and target share rows."""
        return self.view is View.SIDE_BY_SIDE


def fitting_view(width: int) -> View:
    """The view that suits a terminal of this many columns."""
    return View.STACKED if width < NARROW else View.SIDE_BY_SIDE


def arrange(width: int, view: View, share: float = 0.5) -> Columns:
    """Columns for a terminal of `width` cells; what is left over becomes a margin on both sides.

    Args:
        width: cells of the screen.
        view: how the texts share it.
        share: the source's part of the room where they stand side by side.
    """
    if view is View.SIDE_BY_SIDE:
        free = max(4, width - 2 * GUTTER - RULE - 1)
        source = min(MEASURE, max(2, int(free * share)))
        target = min(MEASURE, max(2, free - int(free * share)))
        return Columns(view, max(0, (free - source - target) // 2), source, target)
    column = max(2, min(MEASURE, width - GUTTER - 1))
    return Columns(view, max(0, (width - GUTTER - 1 - column) // 2), column, column)
