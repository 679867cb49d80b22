"""Translations that people have rated, as in the shared tasks on quality estimation.

A line has ``source``, ``target`` and ``human`` (a number, higher is better). It may have ``source_tags`` and
``target_tags``: ``words`` (spans) and ``bad``, a digit a word, 1 for one that people changed or missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.kinds.pairs import Checked, Pair, checked
from tui_reader.evaluation.rankings import correlation, detection
from tui_reader.model import Side, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.evaluation.kinds.kind import Table
    from tui_reader.evaluation.kinds.lines import Line


class Tag(NamedTuple):
    """A word and whether it is bad."""

    word: Span
    bad: bool


class Assessed(NamedTuple):
    """A pair with its rating."""

    pair: Pair
    human: float
    tags: dict[Side, list[Tag]]
    """Of the sides whose words were judged."""


def items(lines: Sequence[Line]) -> list[Assessed]:
    """The pairs with what people said."""
    return [_assessed(line) for line in lines]


def _assessed(line: Line) -> Assessed:
    pair = Pair.of(line)
    tags = {side: _tags(line, f"{side}_tags", pair.text(side)) for side in Side if f"{side}_tags" in line.values}
    return Assessed(pair, line.real("human"), tags)


def _tags(line: Line, key: str, text: str) -> list[Tag]:
    match line.values[key]:
        case {"words": list(words), "bad": str(bad)} if len(words) == len(bad) and set(bad) <= {"0", "1"}:
            return [Tag(word, digit == "1") for word, digit in zip(line.spans(key, words, len(text)), bad, strict=True)]
    raise line.wrong(key, line.values[key], "write words, a list of spans, and bad, a 0 or 1 for each of them")


def figures(some: Sequence[Assessed], said: Sequence[Checked]) -> Table:
    """How the score follows the ratings, and how well the loss of a word tells a bad one."""
    table = {"score": correlation([each.score for each in said], [one.human for one in some])}
    for side in Side:
        if any(side in one.tags for one in some):
            table[f"words of the {side}"] = _told(some, said, side)
    return table


def _told(some: Sequence[Assessed], said: Sequence[Checked], side: Side) -> dict[str, float | int | None]:
    words = [
        (tag.bad, float(each.losses[side][tag.word.start : tag.word.end].mean()), number)
        for number, (one, each) in enumerate(zip(some, said, strict=True))
        for tag in one.tags.get(side, ())
    ]
    bad, loss, pair = zip(*words, strict=True) if words else ((), (), ())
    # The words of a pair stay on one half where thresholds are chosen.
    return detection(bad, loss, pair)


KIND = Kind(
    name="assessments",
    title="Score and word losses beside human assessments",
    keys=frozenset({"source", "target", "human"}),
    unit="pairs checked",
    items=items,
    answers=checked,
    figures=figures,
)
