"""How many terminal cells a text takes, and where its characters as people see them begin and end.

Widths (UAX #11) and grapheme clusters (UAX #29) come from `wcwidth`; this module only spares it the plain characters.
Hostile characters count as the marks that `visible` shows for them, so what is measured is what is shown.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.text.visible import JOINER, is_selector, is_tag, mark, visible, visible_map

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where a joining character is near, clusters must be looked for; between two plain characters there is always a cut.
_TANGLED = re.compile("p?j(?:j|p(?=j))*p?")

# What nearly all of a text consists of, as beginnings and ends of ranges by turns. Nothing of it joins a neighbour, and
# the property of UAX #11 is its width: the tables of wcwidth, whose import takes longer than all of ours, add nothing.
_PLAIN = (
    *(0x20, 0x7F, 0xA1, 0xAD, 0xAE, 0x180, 0x2010, 0x2028, 0x2030, 0x203C),
    *(0x3000, 0x302A, 0x3041, 0x3097, 0x309B, 0x3100, 0x3400, 0x4DC0, 0x4E00, 0xA000, 0xFF01, 0xFF61),
)


class Cluster(NamedTuple):
    """A character as people see it: half-open range of code points, and its width in cells."""

    start: int
    end: int
    cells: int


class CellCounts(NamedTuple):
    """Cells of every code point of a text. A cluster's width stands at its first code point."""

    cells: list[int]
    """One number per code point, 0 for those that follow in a cluster."""
    followers: set[int]
    """Offsets of the code points that do not start a cluster."""


def cells(text: str, ambiguous: int = 1) -> int:
    """Width of the visible form of `text` in cells; newlines take none.

    Args:
        text: any text.
        ambiguous: cells of characters whose East Asian Width is ambiguous (… “ ” ① →), 1 or 2.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cell_counts(text, ambiguous).cells)


def clusters(text: str, ambiguous: int = 1) -> Iterator[Cluster]:
    """The grapheme clusters of `text` in order; together they cover it without gaps.

    Where a cluster hides something (a joiner out of place, say), each mark shown for it is a cluster of its own.
    """
    counts, followers = cell_counts(text, ambiguous)
    start = 0
    for end in range(1, len(text) + 1):
        if end not in followers:
            yield Cluster(start, end, counts[start])
            start = end


def cell_counts(text: str, ambiguous: int = 1) -> CellCounts:
    """Cells of every code point of `text` and which of them follow in a cluster, in linear time."""
    characters = _characters(ambiguous)
    counts = [characters[character].cells for character in text]
    followers: set[int] = set()
    shapes = (
        "".join(["j" if characters[character].joins else "p" for character in text]) if _joins(text, ambiguous) else ""
    )
    for tangle in _TANGLED.finditer(shapes):
        for cluster in _measured(text, tangle.start(), tangle.end(), ambiguous):
            counts[cluster.start : cluster.end] = [cluster.cells] + [0] * (cluster.end - cluster.start - 1)
            followers.update(range(cluster.start + 1, cluster.end))
    for newline in re.finditer("\r\n", text):
        counts[newline.start()] = 0
        followers.add(newline.start() + 1)
    return CellCounts(counts, followers)


class _Character(NamedTuple):
    cells: int
    joins: bool
    """Whether it can share a cluster with a neighbour."""


class _Characters(dict[str, _Character]):
    """What is known of single characters, worked out when first met."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, character: str) -> _Character:
        plain = bisect_right(_PLAIN, ord(character)) % 2
        known = _Character(self._plain_cells(character), False) if plain else self._looked_up(character)
        self[character] = known
        return known

    def _plain_cells(self, character: str) -> int:
        width = unicodedata.east_asian_width(character)
        return self.ambiguous if width == "A" else 2 if width in {"W", "F"} else 1

    def _looked_up(self, character: str) -> _Character:
        from wcwidth import iter_graphemes  # noqa: PLC0415

        shown = mark(character)
        if shown != character and not (character == JOINER or is_selector(character) or is_tag(character)):
            return _Character(len(shown), False)
        if character == "\n":
            return _Character(0, False)
        # Extending, prepended and self-joining characters (Hangul letters, halves of flags) all show here.
        joins = len(list(iter_graphemes(f"a{character}{character}a"))) < 4
        return _Character(_terminal_cells(shown, self.ambiguous), joins)


@cache
def _characters(ambiguous: int) -> _Characters:
    return _Characters(ambiguous)


def _joins(text: str, ambiguous: int) -> bool:
    characters = _characters(ambiguous)
    return any(characters[character].joins for character in set(text))


def _terminal_cells(shown: str, ambiguous: int) -> int:
    import wcwidth  # noqa: PLC0415

    return wcwidth.width(shown, control_codes="ignore", ambiguous_width=ambiguous)


def _measured(text: str, start: int, end: int, ambiguous: int) -> Iterator[Cluster]:
    """The clusters of a stretch of `text` that joining characters are part of."""
    from wcwidth import iter_graphemes  # noqa: PLC0415

    for grapheme in iter_graphemes(text[start:end]):
        if visible(grapheme) == grapheme:
            yield Cluster(start, start + len(grapheme), _terminal_cells(grapheme, ambiguous))
        else:
            yield from _marked(grapheme, start, ambiguous)
        start += len(grapheme)


def _marked(grapheme: str, start: int, ambiguous: int) -> Iterator[Cluster]:
    """A cluster with something to hide: what may be shown as it is, and one cluster for each mark."""
    shown, offsets = visible_map(grapheme)
    kept = [False] * len(grapheme)
    for character, offset in zip(shown, offsets, strict=False):
        kept[offset] = character == grapheme[offset]
    first = 0
    for index in range(1, len(grapheme) + 1):
        if index == len(grapheme) or not (kept[index] and kept[index - 1]):
            piece = grapheme[first:index]
            width = _terminal_cells(piece, ambiguous) if kept[first] else len(mark(piece))
            yield Cluster(start + first, start + index, width)
            first = index
