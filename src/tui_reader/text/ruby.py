"""Readings above words (furigana) in a row of their own: a terminal has no small letters, but narrow katakana."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.text.width import cell_counts, cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.text.readings import Reading


class _Ruby(NamedTuple):
    kana: str
    start: float
    """The cell at which it would begin if it were alone, centred above its word."""
    width: int
    """With an empty cell behind it where the next reading must not touch it."""


def ruby_row(text: str, readings: Sequence[Reading], width: int, ambiguous: int = 1) -> str:
    """The row above a line: each reading in narrow katakana, as near to the middle of its word as the others allow.

    A reading may reach over neighbours (JLREQ 3.3.8 lets it overhang kana); none is laid over another.

    Args:
        text: the line.
        readings: those of the line, in order, with spans in it.
        width: cells that the row may take; readings at its end for which there is no room are left out.
        ambiguous: cells of characters of ambiguous width.
    """
    from jaconv import hira2hkata  # noqa: PLC0415 - only where readings stand above words

    reach = list(accumulate(cell_counts(text, ambiguous).cells, initial=0))
    narrow = [hira2hkata(reading.kana) for reading in readings]
    sizes = [cells(kana) for kana in narrow]
    count = sum(end <= width for end in accumulate(sizes))
    # Readings of words that are apart are told apart as well, if there is room.
    gaps = [int(before.span.end < after.span.start) for before, after in pairwise(readings[:count])] + [0]
    if sum(sizes[:count]) + sum(gaps) > width:
        gaps = [0] * (count + 1)
    rubies = [
        _Ruby(kana, (reach[span.start] + reach[span.end] - size) / 2, size + gap)
        for kana, (span, _), size, gap in zip(narrow[:count], readings, sizes, gaps, strict=False)
    ]
    row = ""
    for ruby, place in zip(rubies, _places(rubies, width), strict=True):
        row += " " * (place - cells(row)) + ruby.kana
    return row


def _places(rubies: Sequence[_Ruby], width: int) -> list[int]:
    """Cells at which readings begin: the least squares of what they are moved by (pool adjacent violators)."""
    groups: list[tuple[float, list[int]]] = []
    for index, ruby in enumerate(rubies):
        start, members = ruby.start, [index]
        while groups and groups[-1][0] + _width(rubies, groups[-1][1]) > start:
            before, earlier = groups.pop()
            shifted = start - _width(rubies, earlier)
            start = (before * len(earlier) + shifted * len(members)) / (len(earlier) + len(members))
            members = earlier + members
        groups.append((start, members))
    places: list[int] = []
    for start, members in groups:
        place = int(start + 0.5)
        for index in members:
            places.append(max(place, places[-1] + rubies[index - 1].width if places else 0))
            place = places[-1] + rubies[index].width
    # What stands beyond the end moves back, and pushes those before it.
    end = width
    for index in reversed(range(len(places))):
        places[index] = min(places[index], end - rubies[index].width)
        end = places[index]
    return places


def _width(rubies: Sequence[_Ruby], members: Sequence[int]) -> int:
    return sum(rubies[index].width for index in members)
