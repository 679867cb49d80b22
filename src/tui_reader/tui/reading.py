"""The state of reading one document: what is known of it so far, and where the reader stands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tui_reader.model import Side
from tui_reader.tui.items import Item, ItemIndex, ItemKind
from tui_reader.tui.layout import Layout, first_layout
from tui_reader.tui.position import item_at, position
from tui_reader.tui.problem_list import Problem, ProblemList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui_reader.model import Alignment, CheckedBead, Document, Finding, Report, Span, Standing, Text
    from tui_reader.tui.word_links import ItemWords


class Outcome(StrEnum):
    """How the check has ended, or that it has not."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Reading:
    """A document, what the check has said of it so far, and the cursor.

    The cursor stands on an item and, where that item has problems, on one of them.

    Args:
        document: what is read.
        is_whole: False where that is only its beginning, to be replaced by all of it.
    """

    def __init__(self, document: Document, *, is_whole: bool = True) -> None:
        self.document = document
        self.alignment: Alignment | None = None
        self.checked = 0
        """Number of beads that the check has answered for."""
        self.outcome = Outcome.RUNNING
        self.score: float | None = None
        self.found = ProblemList()
        self.scores: dict[int, float] = {}
        """What the check says of the beads so far, by item."""
        self.standings: dict[int, Standing] = {}
        """Where these scores stand, of the beads of which that is known."""
        self.problem: int | None = None
        """Index in `problems` of the one under the cursor."""
        self.active = Side.TARGET
        """The text that copying and words go by."""
        self.word: int | None = None
        """Index of the word under the cursor among those of the active side."""
        self.words: dict[Item, ItemWords] = {}
        """Words and links of the items looked at."""
        self.layout = first_layout(document, is_whole=is_whole)
        self.cursor = self._first_stop()

    @property
    def items(self) -> tuple[Item, ...]:
        """What there is to show, in order."""
        return self.layout.items

    @property
    def index(self) -> ItemIndex:
        """Finds the item of a character."""
        return self.layout.index

    def lay_out(self, layout: Layout) -> None:
        """Show the whole document where only its beginning was shown; the cursor stays."""
        if self.alignment is None:
            self.layout = layout
            self._keep_word()

    def _first_stop(self) -> int:
        return next((index for index, item in enumerate(self.items) if item.is_stop), 0)

    @property
    def item(self) -> Item | None:
        """The item under the cursor, None in an empty document."""
        return self.items[self.cursor] if self.items else None

    @property
    def problems(self) -> list[Problem]:
        """Those to be seen, in text order."""
        return self.found.shown

    @property
    def nothing_compared(self) -> bool:
        """Whether the check is over and found no passage to compare: silence then says nothing about the text."""
        return self.outcome is Outcome.FINISHED and self.alignment is not None and not self.alignment.beads

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        return None if self.problem is None else self.problems[self.problem].finding

    def replace_document(self, document: Document, layout: Layout, alignment: Alignment | None = None) -> None:
        """Show another state of the same document; the cursor stays at its words."""
        before = position(self)
        self.document, self.alignment, self.layout = document, alignment, layout
        self.outcome, self.score = Outcome.RUNNING, None
        self._forget_findings()
        self.words.clear()
        item = None if before is None else item_at(self, before)
        self.move_to(self._first_stop() if item is None else item)

    def _forget_findings(self) -> None:
        self.checked = 0
        self.scores.clear()
        self.standings.clear()
        self.found.clear()
        self.problem = None

    def take(self, report: Report) -> None:
        """Take in the whole report: some findings need the whole document, and come only with it."""
        current = None if self.problem is None else self.problems[self.problem]
        self._forget_findings()
        self.add(report.beads)
        self._stay_on(current)
        self.outcome, self.score = Outcome.FINISHED, report.score

    def align(self, alignment: Alignment, layout: Layout) -> None:
        """Show beads instead of paragraphs; the cursor stays at the text it was on."""
        before = self.item
        self.alignment, self.layout = alignment, layout
        self.cursor = self._same_text(before)
        self._keep_word()

    def _keep_word(self) -> None:
        """Let go of the word under the cursor unless it is one of the item that is there now."""
        if self.item is None or self.item not in self.words:
            self.word = None

    def _same_text(self, before: Item | None) -> int:
        if before is None:
            return self._first_stop()
        found = None
        if before.target is not None:
            found = self.index.near(before.target.start)
        elif before.source is not None and before.source_id is not None:
            found = self.index.near(before.source.start, before.source_id)
        return self._first_stop() if found is None else found

    def add(self, checked: Iterable[CheckedBead]) -> None:
        """Take in what the check says of further beads."""
        current = None if self.problem is None else self.problems[self.problem]
        for bead in checked:
            self.checked += 1
            item = self.layout.beads[bead.bead.id]
            self.scores[item] = bead.score
            if bead.standing is not None:
                self.standings[item] = bead.standing
            for finding in bead.findings:
                self.found.add(Problem(item, finding))
        self._stay_on(current)

    def choose_problems(self, *, rule: str | None) -> None:
        """Show the problems of one rule only, or of all (None)."""
        current = None if self.problem is None else self.problems[self.problem]
        self.found.rule = rule
        self.found.choose()
        self._stay_on(current)

    def hide(self, fingerprints: frozenset[str]) -> None:
        """Do not show these findings."""
        current = None if self.problem is None else self.problems[self.problem]
        self.found.ignored = fingerprints
        self.found.choose()
        self._stay_on(current)

    def _stay_on(self, problem: Problem | None) -> None:
        """Keep the cursor on a problem although there are others around it now, if it is there at all."""
        here = self.found.of_item(self.cursor)
        same = [index for index in here if self.problems[index] == problem]
        self.problem = next(iter([*same, *here]), None)

    def findings_of(self, item: int) -> list[Finding]:
        """All findings of one item to be seen so far."""
        return [self.problems[index].finding for index in self.found.of_item(item)]

    def move_to(self, item: int) -> None:
        """Put the cursor on an item (and its first problem)."""
        self.cursor = min(max(item, 0), max(0, len(self.items) - 1))
        self.word = None
        self._stay_on(None)

    def step(self, direction: int, shown: Callable[[int], bool]) -> bool:
        """To the next stop up (-1) or down (1) that the view shows; False where there is none."""
        index = self.cursor + direction
        while 0 <= index < len(self.items):
            if self.items[index].is_stop and shown(index):
                self.move_to(index)
                return True
            index += direction
        return False

    def step_problem(self, direction: int) -> bool | None:
        """To the next problem up or down, around the end.

        Returns:
            Whether it went around the end, None where there is no problem.
        """
        if not self.problems:
            return None
        if self.problem is not None:
            target = self.problem + direction
        else:
            after = self.found.after(self.cursor)
            target = after if direction > 0 else after - 1
        self.go_to_problem(target % len(self.problems))
        return not 0 <= target < len(self.problems)

    def go_to_problem(self, index: int) -> None:
        """Put the cursor on a problem by its index."""
        self.cursor, self.problem, self.word = self.problems[index].item, index, None

    def step_passage(self, direction: int) -> bool:
        """To the first bead of the next passage up or down; False where there is none."""
        starts = [
            index + 1
            for index, item in enumerate(self.items[:-1])
            if item.kind is ItemKind.HEADING and self.items[index + 1].is_stop
        ]
        beyond = [start for start in starts if (start - self.cursor) * direction > 0]
        if beyond:
            self.move_to(min(beyond) if direction > 0 else max(beyond))
        return bool(beyond)

    @property
    def word_span(self) -> Span | None:
        """Where the word under the cursor stands, None where the cursor is on no word."""
        item = self.item
        if self.word is None or item is None or item not in self.words:
            return None
        return self.words[item].of(self.active)[self.word].span

    def counterpart_spans(self) -> list[Span]:
        """Where the words stand that the word under the cursor corresponds to."""
        item = self.item
        if self.word is None or item is None or item not in self.words:
            return []
        known = self.words[item]
        return [known.of(self.active.other)[at].span for at in known.counterparts(self.active, self.word)]

    def side_text(self, side: Side) -> Text:
        """The document's text, or that of the source beside the cursor (of the first where there is none)."""
        item = self.item
        if side is Side.TARGET or not self.document.sources:
            return self.document.text
        if item is None or item.source_id is None:
            return self.document.sources[0].text
        return self.document.source(item.source_id).text

    def text(self, side: Side, span: Span) -> str:
        """The characters of a span beside the cursor, of the document or of the source at the cursor."""
        if side is Side.TARGET:
            return span.of(self.document.text.content)
        item = self.item
        return "" if item is None or item.source_id is None else span.of(self.source_content(item.source_id))

    def text_of(self, item: int, side: Side, span: Span) -> str:
        """The characters of a span of an item, of the document or of the item's source."""
        if side is Side.TARGET:
            return span.of(self.document.text.content)
        source_id = self.items[item].source_id
        return "" if source_id is None else span.of(self.source_content(source_id))

    def source_content(self, source_id: str) -> str:
        """The text of a source."""
        return self.document.source(source_id).text.content

    @property
    def bead_number(self) -> tuple[int, int] | None:
        """The bead under (or before) the cursor from 1, and how many there are; None before the alignment."""
        if self.alignment is None or not self.alignment.beads:
            return None
        numbers = (self.items[at].bead for at in range(self.cursor, -1, -1))
        return next((number + 1 for number in numbers if number is not None), 0), len(self.alignment.beads)

    @property
    def progress(self) -> float:
        """How far through the document's text the cursor is, 0 to 1."""
        ends = (self.items[at].target for at in range(self.cursor, -1, -1))
        if self.cursor >= len(self.items) - 1:
            return 1.0
        end = next((span.end for span in ends if span is not None), 0)
        return min(1.0, end / max(1, len(self.document.text)))
