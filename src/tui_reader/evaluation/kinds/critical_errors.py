"""Machine translations of which people said whether they hold a critical error.

A line has ``source``, ``target`` and ``error`` (1 or true: a critical error).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.kinds.pairs import Checked, Pair, checked
from tui_reader.evaluation.rankings import detection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.evaluation.kinds.kind import Table
    from tui_reader.evaluation.kinds.lines import Line


class Judged(NamedTuple):
    """A pair and whether people found an error in it."""

    pair: Pair
    error: bool


def items(lines: Sequence[Line]) -> list[Judged]:
    """The pairs with the verdicts."""
    return [Judged(Pair.of(line), line.truth("error")) for line in lines]


def figures(some: Sequence[Judged], said: Sequence[Checked]) -> Table:
    """How well a low score tells an error."""
    return {"critical error": detection([one.error for one in some], [100 - each.score for each in said])}


KIND = Kind(
    name="critical errors",
    title="Critical errors told by the score",
    keys=frozenset({"source", "target", "error"}),
    unit="pairs checked",
    items=items,
    answers=checked,
    figures=figures,
)
