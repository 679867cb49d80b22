"""Which words of an item stand out, and by which style: findings, their counterparts, matches of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Finding, Span
    from tui_reader.tui.items import Item
    from tui_reader.tui.reading import Reading
    from tui_reader.tui.rows import Row
    from tui_reader.tui.search import Match

_LETTERS = {"omission": "O", "addition": "A"}
MOVED = "m"
"""Stands for a bead that the translation has at another place; small, because it is no problem."""


class Mark(NamedTuple):
    """A run of one text in a style; later marks lie over earlier ones."""

    side: Side
    span: Span
    style: str


def letter(rule: str) -> str:
    """The one letter that stands for a rule in the gutter."""
    return _LETTERS.get(rule, rule[:1].upper())


def rule_style(rule: str) -> str:
    """The style that shows a rule's findings."""
    return rule if rule in _LETTERS else "other"


def marks_of(reading: Reading, item: int, matches: list[Match], match: Match | None) -> list[Mark]:
    """Everything that stands out in an item, the topmost last.

    Args:
        reading: the state.
        item: index of the item.
        matches: the matches of a search in this item.
        match: the one under the cursor.
    """
    marks = list(_moved_marks(reading.items[item]))
    marks += [Mark(f.side, f.span, rule_style(f.rule)) for f in reading.findings_of(item)]
    if item == reading.cursor and reading.finding is not None:
        marks += _current_marks(reading.finding)
    if item == reading.cursor:
        marks += _word_marks(reading)
    marks += [Mark(m.side, m.span, "current-match" if m == match else "match") for m in matches]
    return marks


def _moved_marks(item: Item) -> Iterator[Mark]:
    for side in Side if item.moved else ():
        span = item.span(side)
        if span is not None:
            yield Mark(side, span, "moved")


def _current_marks(finding: Finding) -> Iterator[Mark]:
    yield Mark(finding.side, finding.span, "current-finding")
    if finding.evidence.counterpart is not None:
        yield Mark(finding.side.other, finding.evidence.counterpart, "counterpart")


def _word_marks(reading: Reading) -> Iterator[Mark]:
    if reading.word_span is not None:
        yield Mark(reading.active, reading.word_span, "word")
        yield from (Mark(reading.active.other, span, "linked-word") for span in reading.counterpart_spans())


def gutter(row: Row, side: Side, findings: list[Finding], *, shows_both: bool) -> Finding | None:
    """The finding whose letter belongs before a row: the first that begins in its line.

    Args:
        row: the row.
        side: the side whose gutter it is.
        findings: all findings of the row's item.
        shows_both: False in a view without source lines: there, its findings are marked beside the translation.
    """
    line = row.line(side)
    for finding in findings:
        if finding.side is side and line is not None and line.span.start <= finding.span.start < line.span.end:
            return finding
        if finding.side is not side and row.first and not shows_both:
            return finding
    return None
