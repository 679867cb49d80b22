"""Where the two texts stand on the screen: pure arithmetic on cells."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tui_reader.model import Side
from tui_reader.tui.language import later

GUTTER = 3
"""Cells before each text: the bar of the current bead, the letter of a finding, an empty one."""
RULE = 3
"""Cells of the thin line between the texts, with its margins."""
MEASURE = 84
"""Widest column unless a person asks for another: 42 Japanese characters, about as long a line as books have."""
LEAST_MEASURE = 20
"""A column that is narrower only because a person wants it so has at least as many cells."""
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


class Columns(NamedTuple):
    """The columns of a view, in cells.

    Side by side a row reads: margin, gutter, source, rule, gutter, target, and the rest empty.
    In the other views: margin, gutter, text. Behind each text are the cells in which marks may hang.
    """

    view: View
    margin: int
    source: int
    target: int
    hang: int = 0
    """Cells behind each text for marks that hang."""

    def text(self, side: Side) -> int:
        """Width of the column of a side."""
        return self.source if side is Side.SOURCE else self.target

    def start(self, side: Side) -> int:
        """Cell of the screen at which the text of a side begins."""
        first = self.margin + GUTTER
        if side is Side.TARGET and self.side_by_side:
            first += self.source + self.hang + RULE + GUTTER
        return first

    @property
    def side_by_side(self) -> bool:
        """Whether source and target share rows."""
        return self.view is View.SIDE_BY_SIDE


def fitting_view(width: int) -> View:
    """The view that suits a terminal of this many columns."""
    return View.STACKED if width < NARROW else View.SIDE_BY_SIDE


class Shape(NamedTuple):
    """What a person wants of the columns."""

    measure: int = MEASURE
    """Cells of the widest column; 0 for as wide as there is room."""
    share: float = 0.5
    """The source's part of the room where the texts stand side by side."""
    hang: int = 0
    """Cells to be kept free behind each text."""


PLAIN_SHAPE = Shape()


def arrange(width: int, view: View, shape: Shape = PLAIN_SHAPE) -> Columns:
    """Columns for a terminal of `width` cells; what is left over becomes a margin on both sides.

    Args:
        width: cells of the screen.
        view: how the texts share it.
        shape: what a person wants.
    """
    measure = max(LEAST_MEASURE, shape.measure) if shape.measure else width
    if view is View.SIDE_BY_SIDE:
        free = max(4, width - 2 * (GUTTER + shape.hang) - RULE - 1)
        source = min(measure, max(2, int(free * shape.share)))
        target = min(measure, max(2, free - int(free * shape.share)))
        return Columns(view, max(0, (free - source - target) // 2), source, target, shape.hang)
    free = width - GUTTER - 1 - shape.hang
    column = max(2, min(measure, free))
    return Columns(view, max(0, (free - column) // 2), column, column, shape.hang)
