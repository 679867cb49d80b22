"""Runs of beads without problems, folded to a line each while one walks from problem to problem."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui_reader.tui.items import ItemKind
from tui_reader.tui.language import tr_count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from tui_reader.tui.reading import Reading

SHORTEST = 2
"""Beads that are worth a fold: one alone is not longer than the line that would stand for it."""


def clean_runs(reading: Reading) -> Iterator[range]:
    """Runs of neighbouring beads that were checked and have no problem, without those beside a problem."""
    for clean, group in groupby(range(len(reading.items)), key=lambda at: is_clean(reading, at)):
        run = list(group)
        if not clean:
            continue
        first = run[0] + _has_problem(reading, run[0] - 1)
        end = run[-1] + 1 - _has_problem(reading, run[-1] + 1)
        if end - first >= SHORTEST:
            yield range(first, end)


def is_clean(reading: Reading, item: int) -> bool:
    """Whether an item is a bead that was checked and has no problem to be seen."""
    return item in reading.scores and not reading.found.of_item(item)


def _has_problem(reading: Reading, item: int) -> bool:
    beads = 0 <= item < len(reading.items) and reading.items[item].kind is ItemKind.BEAD
    return beads and bool(reading.found.of_item(item))


def folds(reading: Reading, opened: AbstractSet[int]) -> dict[int, str]:
    """What to show instead of the items of clean runs: a note for the first of each run, nothing for the others.

    Args:
        reading: the state.
        opened: items whose runs are not folded.
    """
    notes: dict[int, str] = {}
    for run in clean_runs(reading):
        if opened.isdisjoint(run):
            notes |= dict.fromkeys(run, "")
            note = tr_count("{n} sentence pair without problems", "{n} sentence pairs without problems", len(run))
            notes[run[0]] = f"⋯ {note} ⋯"
    return notes
