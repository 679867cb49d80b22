"""Translations rated while marking errors, with a mark for what is missing (error span annotation, Kocmi et al. 2024).

A line has ``source``, ``target``, ``human`` (0 to 100), ``n_missing`` (how many omissions were marked, without their
place) and ``random``: whether it belongs to the sample with the natural share of omissions, by which ratings count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.kinds.pairs import Checked, Pair, checked
from tui_reader.evaluation.rankings import correlation, detection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.evaluation.kinds.kind import Table
    from tui_reader.evaluation.kinds.lines import Line


class Rated(NamedTuple):
    """A pair with its rating."""

    pair: Pair
    human: float
    lacking: bool
    random: bool


def items(lines: Sequence[Line]) -> list[Rated]:
    """The pairs with what people said."""
    return [
        Rated(Pair.of(line), line.real("human"), line.real("n_missing") > 0, line.truth("random")) for line in lines
    ]


def figures(some: Sequence[Rated], said: Sequence[Checked]) -> Table:
    """How the score follows the ratings of the random sample, and how well a low one tells an omission."""
    sample = [(each.score, one.human) for one, each in zip(some, said, strict=True) if one.random]
    return {
        "score": correlation([score for score, _ in sample], [human for _, human in sample]),
        "omission mark": detection([one.lacking for one in some], [100 - each.score for each in said]),
    }


KIND = Kind(
    name="error spans",
    title="Score beside error span annotations",
    keys=frozenset({"source", "target", "human", "n_missing", "random"}),
    unit="pairs checked",
    items=items,
    answers=checked,
    figures=figures,
)
