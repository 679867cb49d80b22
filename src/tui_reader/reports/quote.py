"""A run of a text as a person reads it in a terminal, the words in question marked from below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui_reader.text.visible import visible
from tui_reader.text.width import cells
from tui_reader.text.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Span

Style: TypeAlias = Callable[[str], str]
"""Gives a string its colours; the identity where there are none."""

INDENT = "    "
"""What stands before each line."""

_CONTEXT_LINES = 1
_SHORT_LINES = 5
"""A quotation of up to so many lines is shown whole."""
_ELLIPSIS = "…"


class Mark(NamedTuple):
    """Words to be marked, the character that stands below them, and their colours."""

    span: Span
    caret: str
    style: Style


def quoted(content: str, span: Span, marks: Sequence[Mark], *, width: int, ambiguous: int = 1) -> list[str]:
    """The lines of a run of text, each followed by a line of carets where it holds marked words.

    Of a long run only the lines around marks are shown (its beginning, where nothing is marked).

    Args:
        content: the whole text.
        span: the run in it.
        marks: the words in question, with spans in `content`.
        width: cells of a whole line, `INDENT` included.
        ambiguous: cells of a character of ambiguous width.
    """
    room = max(width - len(INDENT), 10)
    rows = [row for row in wrap(content, room, span, ambiguous) if row.of(content).strip()]
    shown = _shown_rows(rows, marks)
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index in shown:
            lines += [INDENT + line for line in _row(content, row, marks, ambiguous)]
        elif index == 0 or index - 1 in shown:
            lines.append(INDENT + _ELLIPSIS)
    return lines


def _shown_rows(rows: Sequence[Span], marks: Sequence[Mark]) -> set[int]:
    if len(rows) <= _SHORT_LINES:
        return set(range(len(rows)))
    marked = [index for index, row in enumerate(rows) if any(mark.span.overlaps(row) for mark in marks)]
    if not marked:
        return set(range(_SHORT_LINES - 1))
    return {near for index in marked for near in range(index - _CONTEXT_LINES, index + _CONTEXT_LINES + 1)}


def _row(content: str, row: Span, marks: Sequence[Mark], ambiguous: int) -> list[str]:
    text, carets, at = "", "", row.start
    for mark in sorted(marks, key=lambda mark: mark.span):
        start, end = max(mark.span.start, at), min(mark.span.end, row.end)
        if start >= end:
            continue
        before, words = content[at:start], content[start:end]
        text += visible(before) + mark.style(visible(words))
        carets += " " * cells(before, ambiguous) + mark.style(mark.caret * cells(words, ambiguous))
        at = end
    text += visible(content[at : row.end])
    return [text, carets] if carets else [text]
