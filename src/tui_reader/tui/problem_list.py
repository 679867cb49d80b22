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
        self.visible: list[Problem] = []
        """Those that nobody has dismissed, of whatever rule."""
        self.shown: list[Problem] = []
        self.rule: str | None = None
        """The only rule whose problems are shown, None for all."""
        self.ignored: AbstractSet[str] = frozenset()
        """Fingerprints of the findings that a person has dismissed."""

    def clear(self) -> None:
        """Forget all problems; the filter stays."""
        self.everything, self.visible, self.shown = [], [], []

    def add(self, problem: Problem) -> None:
        """Take in one more."""
        insort(self.everything, problem, key=_item_of)
        if self._is_visible(problem):
            insort(self.visible, problem, key=_item_of)
            if self._is_chosen(problem):
                insort(self.shown, problem, key=_item_of)

    def choose(self) -> None:
        """Show what the filter and the reviews let through now."""
        self.visible = [problem for problem in self.everything if self._is_visible(problem)]
        self.shown = [problem for problem in self.visible if self._is_chosen(problem)]

    def _is_visible(self, problem: Problem) -> bool:
        return problem.finding.fingerprint not in self.ignored

    def _is_chosen(self, problem: Problem) -> bool:
        return self.rule in {None, problem.finding.rule}

    @property
    def only_others(self) -> bool:
        """Whether the filter alone leaves nothing to be shown: other rules have found something."""
        return not self.shown and bool(self.visible)

    def again(self, problem: Problem) -> Problem | None:
        """A problem as it is now, perhaps at another place; None where it is not found any more."""
        if problem in self.everything:
            return problem
        wanted = problem.finding.fingerprint
        return next((other for other in self.everything if other.finding.fingerprint == wanted), None)

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
