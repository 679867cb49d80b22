"""Words that are nearly those searched for: other spellings, inflections and slips of the finger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST, LONGEST = 3, 200
"""Characters of a query: of fewer, all is near; more are compared in no time that a person would wait."""
_CUTOFF = 75.0
"""Likeness (0 to 100) from which words are near: three characters of four, in their order."""
_WORSE = 10.0
"""How much less like the query than the best match others may be."""
_PIECE = 512
_WORD = re.compile(r"[a-z0-9'\-à-öø-ÿ]+")


class Near(NamedTuple):
    """Words that are like the query."""

    span: Span
    likeness: float
    """0 to 100 (normalised indel similarity)."""


def near_spans(text: str, query: str) -> list[Span]:
    """The runs of a text that are most like a query, in order and not overlapping; whole words where words have spaces.

    Every window of the query's length is compared by `rapidfuzz` (partial ratio), piece by piece, so that the time
    grows with the length of the text only.

    Args:
        text: folded, paragraphs parted by newlines.
        query: folded.

    Returns:
        Their spans; none for a query of less than three characters or more than two hundred.
    """
    if not SHORTEST <= len(query) <= LONGEST:
        return []
    found = _apart([near for piece in _pieces(text, query) for near in _in_piece(text, piece, query)])
    best = max((near.likeness for near in found), default=0.0)
    return [near.span for near in found if near.likeness >= best - _WORSE]


def _pieces(text: str, query: str) -> Iterator[Span]:
    """Paragraphs, long ones in pieces that overlap by more than the query."""
    length = max(_PIECE, 8 * len(query))
    start = 0
    while start < len(text):
        newline = text.find("\n", start)
        end = newline if newline >= 0 else len(text)
        while end - start > length:
            yield Span(start, start + length)
            start += length - 2 * len(query)
        yield Span(start, end)
        start = end + 1


def _in_piece(text: str, piece: Span, query: str) -> Iterator[Near]:
    """The best match of a piece, then those before and after it."""
    from rapidfuzz.fuzz import partial_ratio_alignment, ratio  # noqa: PLC0415 - nobody searches in the first frame

    waiting = [piece]
    while waiting:
        part = waiting.pop()
        words = part.of(text)
        if len(words) <= len(query):
            # The shorter of the two would be looked for in the other.
            likeness = ratio(query, words, score_cutoff=_CUTOFF)
            if likeness:
                yield Near(_trimmed(text, part, query), likeness)
            continue
        match = partial_ratio_alignment(query, words, score_cutoff=_CUTOFF)
        if match is not None and match.dest_end > match.dest_start:
            window = Span(part.start + match.dest_start, part.start + match.dest_end)
            yield Near(_trimmed(text, window, query), match.score)
            waiting += (Span(part.start, window.start), Span(window.end, part.end))


def _trimmed(text: str, window: Span, query: str) -> Span:
    """A window without what it has at its ends beyond the query; whole words of Latin script."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - nobody searches in the first frame

    alike = [step for step in Indel.opcodes(query, window.of(text)) if step.tag == "equal"]
    start, end = window.start + alike[0].dest_start, window.start + alike[-1].dest_end
    before = [match for match in _WORD.finditer(text, max(0, start - 40), start + 1) if match.end() > start]
    after = _WORD.match(text, end - 1)
    return Span(before[0].start() if before else start, after.end() if after else end)


def _apart(found: list[Near]) -> list[Near]:
    """In order, the likest of those that overlap."""
    kept: list[Near] = []
    for near in sorted(found):
        if kept and kept[-1].span.end > near.span.start:
            kept[-1] = max(kept[-1], near, key=lambda one: one.likeness)
        else:
            kept.append(near)
    return kept
