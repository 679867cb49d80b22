"""What a kind of evaluation data is: how its lines are read, what is measured of them, and which figures that gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from tui_reader.checks.checker import Checker

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.evaluation.evaluate import Evaluated
    from tui_reader.evaluation.kinds.lines import Line
    from tui_reader.settings import CheckSettings

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Table: TypeAlias = Mapping[str, Mapping[str, float | int | None]]
"""Figures by row and column; None where one is not defined."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What is measured.

    Attributes:
        settings: the table ``[check]``.
        gold_beads: whether the gold beads are handed to the checks.
    """

    settings: CheckSettings
    gold_beads: bool = False


def _no_figures(_items: Sequence[object], _answers: Sequence[object]) -> Table:
    return {}


@dataclass(frozen=True, slots=True)
class Kind(Generic[Item, Answer]):
    """A kind of evaluation data.

    Attributes:
        name: one word or two, for programs and messages.
        title: of its table.
        keys: what every line has; by them a file's kind is told.
        unit: what a progress bar counts.
        items: what is measured, from all lines of a file.
        answers: what the program says of each item, in their order, as it is ready.
        figures: what that is worth.
        spans: the same as reports compared with gold, where the items are documents with omissions and additions
            marked: they go into the figures of findings.
    """

    name: str
    title: str
    keys: frozenset[str]
    unit: str
    items: Callable[[Sequence[Line]], Sequence[Item]]
    answers: Callable[[Sequence[Item], Setup], Iterator[Answer]]
    figures: Callable[[Sequence[Item], Sequence[Answer]], Table] = _no_figures
    spans: Callable[[Sequence[Answer]], Sequence[Evaluated]] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A file, measured.

    Attributes:
        path: the file or folder.
        kind: of its data.
        items: how many were measured.
        table: the figures of its kind.
        signature: of the checker.
        evaluated: its documents with their reports, where it has any.
    """

    path: Path
    kind: Kind[Any, Any]
    items: int
    table: Table
    signature: str
    evaluated: Sequence[Evaluated] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"file": str(self.path), "kind": self.kind.name, "items": self.items, "figures": self.table}


@dataclass(frozen=True, slots=True)
class Data(Generic[Item, Answer]):
    """A file or folder that can be measured.

    Attributes:
        path: where it stands.
        kind: of data.
        items: what is measured.
    """

    path: Path
    kind: Kind[Item, Answer]
    items: Sequence[Item]

    def measured(self, setup: Setup, step: Callable[[], None] = lambda: None) -> Measured:
        """Measure it.

        Args:
            setup: of the program.
            step: called once for each item.
        """
        answers = []
        for answer in self.kind.answers(self.items, setup):
            answers.append(answer)
            step()
        table, signature = self.kind.figures(self.items, answers), str(Checker(setup.settings).signature)
        evaluated = self.kind.spans(answers) if self.kind.spans else ()
        return Measured(self.path, self.kind, len(self.items), table, signature, evaluated)
