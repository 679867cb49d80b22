"""The problems of a document in text order, and those of them that are to be seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from tui_reader.model import Finding


class Problem(NamedTuple):
    """A finding and the item that shows it."""

    item: int
    finding: Finding


def _item_of(problem: Problem) -> int:
    return problem.item


class ProblemList:
    """All problems found so far; `shown` leaves out what a filter or a person's review hides."""

    def __init__(self) -> None:
        self.everything: list[Problem] = []
        self.shown: list[Problem] = []
        self.rule: str | None = None
        """The only rule whose problems are shown, None for all."""
        self.ignored: AbstractSet[str] = frozenset()
        """Fingerprints of the findings that a person has dismissed."""

    def clear(self) -> None:
        """Forget all problems; the filter stays."""
        self.everything, self.shown = [], []

    def add(self, problem: Problem) -> None:
        """Take in one more."""
        insort(self.everything, problem, key=_item_of)
        if self._is_shown(problem):
            insort(self.shown, problem, key=_item_of)

    def choose(self) -> None:
        """Show what the filter and the reviews let through now."""
        self.shown = [problem for problem in self.everything if self._is_shown(problem)]

    def _is_shown(self, problem: Problem) -> bool:
        finding = problem.finding
        return finding.fingerprint not in self.ignored and self.rule in {None, finding.rule}

    def of_item(self, item: int) -> range:
        """Indices in `shown` of the problems of an item."""
        return range(bisect_left(self.shown, item, key=_item_of), bisect_right(self.shown, item, key=_item_of))

    def after(self, item: int) -> int:
        """Index in `shown` of the first problem beyond an item."""
        return bisect_right(self.shown, item, key=_item_of)

    @property
    def rules(self) -> list[str]:
        """The rules that found something, in alphabetical order."""
        return sorted({problem.finding.rule for problem in self.everything})
