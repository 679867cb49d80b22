"""The last line: a few keys, what is going on, and where the reader stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tui_reader.text.width import cells
from tui_reader.tui.keymap import hints
from tui_reader.tui.language import tr, tr_count
from tui_reader.tui.reading import Outcome
from tui_reader.tui.widgets.inked import Inked
from tui_reader.tui.wording import fitted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui_reader.tui.app import ReaderApp
    from tui_reader.tui.reading import Reading

_BAR_CELLS = 12


def position(reading: Reading, reviewed: int = 0) -> list[str]:
    """Where the reader stands: ``problem 3/17``, ``bead 120/940``, ``13%``, without what does not apply.

    Args:
        reading: the state.
        reviewed: how many problems a person has said something about.
    """
    parts = [problem_position(reading)]
    if reviewed:
        parts.append(tr("reviewed {n}").format(n=reviewed))
    if reading.bead_number is not None:
        number, total = reading.bead_number
        beads = tr_count("{n} bead", "{n} beads", total)
        parts.append(tr("bead {number}/{count}").format(number=number, count=total) if number else beads)
    if reading.layout.whole:
        parts.append(f"{reading.progress:.0%}")
    return [part for part in parts if part]


def problem_position(reading: Reading) -> str:
    """Which problem the cursor is on, else how many there are; empty while nobody knows."""
    count = len(reading.problems)
    if reading.problem is not None:
        return tr("problem {number}/{count}").format(number=reading.problem + 1, count=count)
    if reading.outcome is Outcome.FAILED:
        return tr("not checked")
    if reading.nothing_compared:
        return tr("nothing compared")
    if reading.found.only_others:
        return tr("none of this rule")
    if not count:
        return tr("no problems") if reading.outcome is Outcome.FINISHED else ""
    return tr_count("{n} problem", "{n} problems", count)


class StatusFooter(Inked):
    """Hints on the left (a notice instead while there is one), progress and position on the right.

    Args:
        reading: the state.
        reviewed: tells how many problems a person has said something about.
        ambiguous: cells of characters of ambiguous width.
    """

    app: ReaderApp
    INKS: ClassVar[Mapping[str, str]] = {
        "row": "foreground 60% on panel",
        "key": "accent on panel bold",
        "notice": "accent on panel",
        "position": "foreground on panel",
        "done": "background on primary",
        "left": "foreground on foreground 15%",
    }
    DEFAULT_CSS = "StatusFooter { height: 1; dock: bottom; background: $panel; }"

    def __init__(self, reading: Reading, reviewed: Callable[[], int], ambiguous: int = 1) -> None:
        super().__init__()
        self._reading, self._reviewed, self._ambiguous = reading, reviewed, ambiguous
        self.notice = ""
        """Something to tell, instead of the hints."""
        self.state = ""
        """What the check is doing, empty once it is over."""

    def show(self, *, notice: str | None = None, state: str | None = None) -> None:
        """Change what is told; None leaves it as it is."""
        self.notice = self.notice if notice is None else one_line(notice)
        self.state = self.state if state is None else state
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is but one
        """The only row."""
        width = self.size.width
        right = [*self._progress(), Segment(f" {self._position()} ", self.style("position"))]
        room = max(0, width - sum(cells(segment.text, self._ambiguous) for segment in right))
        left = self._notice(room) if self.notice else self._hints(room)
        used = sum(cells(segment.text, self._ambiguous) for segment in left)
        return Strip([*left, Segment(" " * (room - used), self.style("row")), *right], width).crop(0, width)

    def _position(self) -> str:
        """The position; of several parts as many as there is room for beside a notice, the last of them always."""
        parts = position(self._reading, self._reviewed())
        room = self.size.width - 2 - sum(cells(segment.text, self._ambiguous) for segment in self._progress())
        if self.notice:
            room -= cells(self.notice, self._ambiguous) + 1
        while len(parts) > 1 and cells(" ⋅ ".join(parts), self._ambiguous) > room:
            del parts[0]
        return " ⋅ ".join(parts)

    def _notice(self, room: int) -> list[Segment]:
        return [Segment(fitted(f" {self.notice}", room, self._ambiguous), self.style("notice"))]

    def _hints(self, room: int) -> list[Segment]:
        """As many hints as there is room for."""
        shown: list[Segment] = []
        for key, word in hints(self.app.keys):
            room -= len(key) + cells(tr(word)) + 3
            if room < 0:
                break
            shown += [Segment(f" {key}", self.style("key")), Segment(f" {tr(word)} ", self.style("row"))]
        return shown

    def _progress(self) -> list[Segment]:
        if not self.state:
            return []
        alignment = self._reading.alignment
        if alignment is None:
            return [Segment(f" {self.state} ", self.style("row"))]
        total = max(1, len(alignment.beads))
        label = f"{self.state} {self._reading.checked / total:.0%}".center(_BAR_CELLS + 4)
        full = min(len(label), len(label) * self._reading.checked // total)
        return [Segment(label[:full], self.style("done")), Segment(label[full:], self.style("left"))]
