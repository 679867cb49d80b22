"""The list of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from tui_reader.model import Side
from tui_reader.reports.finding_text import percent
from tui_reader.tui.language import later, tr, tr_count
from tui_reader.tui.marks import letter
from tui_reader.tui.problem_list import Problem
from tui_reader.tui.review import STATUS_WORDS
from tui_reader.tui.rule_wording import rule_name, severity_name
from tui_reader.tui.screens.list_screen import ListRow, ListScreen, Order
from tui_reader.tui.wording import one_line, source_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.review import ReviewDesk

_WORDS_SHOWN = 400
_FULL_STOP = 2
"""Characters by which a sentence may be longer than the words in question and still say no more."""


def problem_line(reading: Reading, problem: Problem) -> Text:
    """A problem on one line: its letter, how sure it is, its words, and faintly the sentence they stand in."""
    finding = problem.finding
    source_id = reading.items[problem.item].source_id
    in_target = finding.side is Side.TARGET or source_id is None
    content = reading.document.text.content if in_target else reading.source_content(source_id or "")
    words = one_line(finding.span.of(content)[:_WORDS_SHOWN])
    line = Text(no_wrap=True, overflow="ellipsis", end="")
    line.append(f"{letter(finding.rule)} ", style="bold")
    line.append(f"{percent(finding.confidence):>4}  ", style="dim")
    line.append(words)
    item = reading.items[problem.item]
    sentence = item.target if in_target else item.source
    if sentence is not None and sentence.length > finding.span.length + _FULL_STOP:
        line.append(f"   {one_line(sentence.of(content)[:_WORDS_SHOWN])}", style="dim")
    return line


def _by_confidence(problem: Problem) -> tuple[float, int]:
    return -problem.finding.confidence, problem.item


def _by_severity(problem: Problem) -> tuple[int, float]:
    return problem.finding.severity.rank, -problem.finding.confidence


def _by_rule(problem: Problem) -> tuple[str, int]:
    return problem.finding.rule, problem.item


class ProblemsScreen(ListScreen[Problem]):
    """All problems to be seen so far; what is typed after ``/`` may be words, a rule, a severity or a person quoted.

    Args:
        reading: the state.
        desk: what was said about them.
    """

    ORDERS: ClassVar[tuple[Order, ...]] = (
        Order(later("in text order"), None),
        Order(later("surest first"), _by_confidence),
        Order(later("gravest first"), _by_severity),
        Order(later("by rule"), _by_rule),
    )

    def __init__(self, reading: Reading, desk: ReviewDesk) -> None:
        super().__init__(reading.problems[reading.problem or 0] if reading.problems else None)
        self._reading, self._desk = reading, desk

    def heading(self) -> str:
        """How many there are."""
        return tr_count("{n} problem", "{n} problems", len(self._reading.problems))

    def rows(self) -> Sequence[ListRow[Problem]]:
        """A row for each to be seen, then those ignored."""
        found = self._reading.found
        ignored = [one for one in found.everything if one.finding.fingerprint in found.ignored]
        return [self._row(problem) for problem in (*self._reading.problems, *ignored)]

    def _row(self, problem: Problem) -> ListRow[Problem]:
        line = problem_line(self._reading, problem)
        review = self._desk.lookup(problem.finding)
        if review is not None:
            said = " ⋅ ".join(filter(None, (tr(STATUS_WORDS[review.status]), review.reason, review.note)))
            line.append(f"   {one_line(said)}", style="italic")
        finding = problem.finding
        said = f"{rule_name(finding.rule)} {severity_name(finding)} {finding.severity}"
        source_id = self._reading.items[problem.item].source_id
        quoted = "" if source_id is None else source_heading(self._reading.document.source(source_id))
        return ListRow(problem, line, f"{line.plain} {said} {quoted}")
