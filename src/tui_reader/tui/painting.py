"""Strips from rows: text, marks and gutters become styled segments of exactly the screen's width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_reader.model import Side
from tui_reader.text.width import cells
from tui_reader.tui.columns import Columns, View
from tui_reader.tui.items import Item, ItemKind
from tui_reader.tui.marks import MOVED, Mark, gutter, letter, rule_style
from tui_reader.tui.wording import fitted

if TYPE_CHECKING:
    from tui_reader.model import Finding
    from tui_reader.tui.rows import Row
    from tui_reader.tui.typesetting import Line

Styles = Callable[[str], Style]


BEAD_DOT = "⋅"


class Shown(NamedTuple):
    """An item with everything that decides how its rows look."""

    item: Item
    findings: list[Finding]
    marks: list[Mark]
    current: bool
    """Whether the cursor is on it."""


class Painter:
    """Paints rows.

    Args:
        columns: where the texts stand.
        width: cells of the screen.
        ambiguous: cells of characters of ambiguous width.
        style: the style of a name, without those of its surroundings.
    """

    def __init__(self, columns: Columns, width: int, ambiguous: int, style: Styles) -> None:
        self._columns, self._width, self._ambiguous, self._style = columns, width, ambiguous, style

    def strip(self, row: Row, shown: Shown, beside: tuple[Row, Shown] | None = None) -> Strip:
        """One row of the screen, `width` cells wide.

        Args:
            row: what to paint.
            shown: its item.
            beside: the same for the target's column, where the two sides are not in step.
        """
        base = self._style("row")
        segments = [Segment(" " * self._columns.margin, base)]
        if self._columns.side_by_side:
            segments += self._side(row, shown, side=Side.SOURCE)
            segments += [Segment(" ", base), Segment(" ", base + self._style("rule")), Segment(" ", base)]
            segments += self._side(*(beside or (row, shown)), side=Side.TARGET)
        else:
            stacked = self._columns.view is View.STACKED
            only_source = row.source is not None or (stacked and bool(row.note or (row.ruby and row.ruby[0])))
            segments += self._side(row, shown, side=Side.SOURCE if only_source else Side.TARGET)
        return self._filled(segments, base)

    def _filled(self, segments: list[Segment], base: Style) -> Strip:
        used = sum(cells(segment.text, self._ambiguous) for segment in segments)
        segments.append(Segment(" " * max(0, self._width - used), base))
        # Given, not measured: the toolkit counts characters of ambiguous width as one cell whatever the terminal does.
        return Strip(segments, self._width)

    def _side(self, row: Row, shown: Shown, *, side: Side) -> Iterator[Segment]:
        base = self._style("row")
        current = self._is_current(row, side, shown)
        if current:
            base += self._style("current")
        yield from self._gutter(row, side, shown, base, bar=current)
        width = self._columns.text(side)
        line = row.line(side)
        text = base + self._text_style(shown.item, side)
        used = 0
        if row.note and (side is Side.SOURCE or not self._shows_source):
            used = width
            yield Segment(
                fitted(row.note, width, self._ambiguous),
                base + self._style("heading" if shown.item.kind is ItemKind.HEADING else "note"),
            )
        elif line is not None:
            used = cells(line.text, self._ambiguous)
            yield from self._line(line, text, [mark for mark in shown.marks if mark.side is side])
        elif row.ruby is not None:
            ruby = row.ruby[side is Side.TARGET]
            used = cells(ruby, self._ambiguous)
            yield Segment(ruby, base + self._style("reading"))
        yield Segment(" " * max(0, width + self._columns.hang - used), base)

    @staticmethod
    def _is_current(row: Row, side: Side, shown: Shown) -> bool:
        """Whether the cursor is on this side of a row; only a bead has its two sides together."""
        if not shown.current or (row.source is None and row.target is None and not row.note and row.ruby is None):
            return False
        item = shown.item
        if item.kind is ItemKind.BEAD:
            return True
        if item.kind is ItemKind.PARAGRAPH and item.target is not None:
            return side is Side.TARGET
        return (item.source if side is Side.SOURCE else item.target) is not None

    @property
    def _shows_source(self) -> bool:
        return self._columns.view is not View.TARGET_ONLY

    def _gutter(self, row: Row, side: Side, shown: Shown, base: Style, *, bar: bool) -> Iterator[Segment]:
        finding = gutter(row, side, shown.findings, shows_both=self._shows_source)
        begins = row.first and row.line(side) is not None and shown.item.kind is ItemKind.BEAD
        moved = begins and shown.item.moved
        left = base + self._style("bar") if bar else base
        if finding is None:
            yield Segment(" ", left)
            sign = MOVED if moved else BEAD_DOT if begins else " "
            yield Segment(sign, base + self._style("letter-moved" if moved else "dot"))
        else:
            # The problem keeps its place; what else there is to say stands on the bar beside it.
            yield Segment(MOVED if moved else " ", left + self._style("letter-moved") if moved else left)
            yield Segment(letter(finding.rule), base + self._style(f"letter-{rule_style(finding.rule)}"))
        yield Segment(" ", base)

    def _text_style(self, item: Item, side: Side) -> Style:
        if item.kind in {ItemKind.COMMENTARY, ItemKind.UNQUOTED}:
            return self._style("commentary")
        return self._style(side.value)

    def _line(self, line: Line, base: Style, marks: list[Mark]) -> Iterator[Segment]:
        parts = [(*line.clip(mark.span), self._style(mark.style)) for mark in marks]
        cuts = {0, len(line.text), *(edge for start, end, _ in parts for edge in (start, end))}
        edges = sorted(cuts)
        for start, end in pairwise(edges):
            style = base
            for first, last, over in parts:
                if first <= start and end <= last:
                    style += over
            yield Segment(line.text[start:end], style)
