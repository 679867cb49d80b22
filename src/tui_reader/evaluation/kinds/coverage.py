"""Pairs with an omission or addition marked, and intact ones.

A line has ``id``, ``group`` (versions of one pair), ``kind`` (``intact``, ``omission``, ``addition``), ``origin``,
``source``, ``target``, ``gold`` (spans without a counterpart, in the source for an omission and in the target for an
addition) and ``ignore`` (spans by side that count neither way).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.evaluation.cases import COVERAGE_RULES, Case
from tui_reader.evaluation.evaluate import evaluate
from tui_reader.evaluation.gold import GoldBead, GoldSeverity, Mark, MarkType
from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.kinds.losses import figures
from tui_reader.evaluation.kinds.pairs import Pair
from tui_reader.model import Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.evaluation.evaluate import Evaluated
    from tui_reader.evaluation.kinds.kind import Setup
    from tui_reader.evaluation.kinds.lines import Line

_KINDS = ("intact", *COVERAGE_RULES)


def cases(lines: Sequence[Line]) -> list[Case]:
    """The pairs, each a document of its own.

    Raises:
        InputError: a line is no such pair.
    """
    return [_case(line) for line in lines]


def _case(line: Line) -> Case:
    kind, pair = line.text("kind"), Pair.of(line)
    if kind not in _KINDS:
        raise line.wrong("kind", kind, "write one of: " + ", ".join(_KINDS))
    lengths = {side: len(pair.text(side)) for side in Side}
    ignore = line.values.get("ignore", {})
    if not isinstance(ignore, dict):
        raise line.wrong("ignore", ignore, "write the spans of each side")
    uncounted = {side: line.spans("ignore", ignore.get(side, []), lengths[side]) for side in Side}
    if kind == "intact" and line.listed("gold", line.values["gold"]):
        raise line.wrong("gold", line.values["gold"], "leave it empty: nothing is missing in an intact pair")
    side = COVERAGE_RULES.get(kind, Side.SOURCE)
    marks = tuple(
        Mark(MarkType(kind), side, span, "", GoldSeverity.MAJOR)
        for span in line.spans("gold", line.values["gold"], lengths[side])
    )
    source, target = ((Span(0, length),) for length in lengths.values())
    origin = line.values.get("origin")
    return Case(
        pair.name,
        str(line.values["group"]),
        pair.document(),
        (GoldBead("b1", pair.name, source, target, marks),),
        None if origin is None else str(origin),
        frozenset(COVERAGE_RULES) if kind == "intact" else frozenset({kind}),
        kind != "intact",
        uncounted,
    )


def answers(items: Sequence[Case], setup: Setup) -> Iterator[Evaluated]:
    """Every pair with its report."""
    return evaluate(items, setup.settings, gold_beads=setup.gold_beads)


KIND = Kind(
    name="coverage",
    title="Omissions and additions in pairs",
    keys=frozenset({"group", "kind", "source", "target", "gold"}),
    unit="pairs evaluated",
    items=cases,
    answers=answers,
    figures=figures,
    spans=tuple,
)
