"""The language in a text, without the marks and tags in it, at its own offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.model import Text

_NOT_LINE_END = re.compile(r"[^\r\n]")
_UP_TO_SPACE = re.compile(r"\S*")


def readable(text: Text, span: Span | None = None) -> str:
    """The characters of a span (by default all) with a space for each protected one; line ends stay.

    It is as long as the span, so offsets in it are offsets in the text.
    """
    start, end = span or Span(0, len(text))
    if not text.protected:
        return text.content[start:end]
    parts: list[str] = []
    index = max(bisect_right(text.protected, start, key=lambda run: run.start) - 1, 0)
    place = start
    while index < len(text.protected) and text.protected[index].start < end:
        first, last = max(text.protected[index].start, place), min(text.protected[index].end, end)
        if first < last:
            parts += (text.content[place:first], _NOT_LINE_END.sub(" ", text.content[first:last]))
            place = last
        index += 1
    parts.append(text.content[place:end])
    return "".join(parts)


def with_protected(text: Text, spans: Sequence[Span], within: Span) -> Iterator[Span]:
    """Sentences found in what is readable, each with the protected runs that touch it.

    A run between two sentences belongs to the first where no space parts them, else to the second.

    Args:
        text: has the protected runs.
        spans: sentences, in order.
        within: what they were found in.
    """
    if not text.protected:
        yield from spans
        return
    start = within.start
    for index, span in enumerate(spans):
        following = spans[index + 1].start if index + 1 < len(spans) else within.end
        before = text.content[start : span.start]
        first = span.start - len(before.lstrip())
        rest = text.content[span.end : following]
        touching = _UP_TO_SPACE.match(rest) if index + 1 < len(spans) else None
        last = span.end + (touching.end() if touching else len(rest.rstrip()))
        yield Span(first, last)
        start = last
