"""Where the characters of a text stand in a file that spells them differently: escapes, entities, quoted lines."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_reader.model import Locator


class Anchor(NamedTuple):
    """From this offset of a text on, up to the next anchor, columns count on one by one."""

    offset: int
    line: int
    column: int


class AnchoredLocator:
    """Maps offsets of a text to its file by anchors in the order of their offsets.

    Args:
        anchors: at least one, the first at offset 0; or a function that finds them when first asked.
    """

    def __init__(self, anchors: Sequence[Anchor] | Callable[[], Sequence[Anchor]]) -> None:
        self._anchors = anchors

    def __call__(self, offset: int) -> Location:
        """Place of the character at `offset`."""
        if callable(self._anchors):
            self._anchors = self._anchors()
        anchor = self._anchors[max(bisect_right(self._anchors, offset, key=lambda a: a.offset) - 1, 0)]
        return Location(anchor.line, anchor.column + offset - anchor.offset)


class JoinedLocator:
    """Maps offsets of texts that were joined, each with its own locator.

    Args:
        starts: where each text begins in the joined one, in order.
        locators: of each text.
    """

    def __init__(self, starts: Sequence[int], locators: Sequence[Locator]) -> None:
        self._starts, self._locators = starts, locators

    def __call__(self, offset: int) -> Location:
        """Place of the character at `offset`."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        return self._locators[index](offset - self._starts[index])
