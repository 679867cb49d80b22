"""Which subtitles of one language stand on the screen together with which of the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Passage, Side, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Document

_SHARE = 0.2
"""Share of its time that a block must be on the screen with what came before it to belong there."""
_MATCHED = 0.5
"""Share of groups with both languages, below which the two files do not run by the same clock."""


class Timed(NamedTuple):
    """A block of subtitles."""

    span: Span
    start: float
    end: float
    """Seconds."""


@dataclass
class _Group:
    """Blocks of both languages that are on the screen together."""

    end: float
    spans: dict[Side, list[Span]] = field(default_factory=lambda: {side: [] for side in Side})

    @property
    def has_both(self) -> bool:
        return all(self.spans.values())

    def hull(self, side: Side) -> Span:
        """All that is said in one language."""
        return Span(self.spans[side][0].start, self.spans[side][-1].end)

    def take(self, other: _Group) -> None:
        """Join a later group."""
        self.end = max(self.end, other.end)
        for side in Side:
            self.spans[side] += other.spans[side]


def timed_passages(document: Document, source: Sequence[Timed], target: Sequence[Timed]) -> Document:
    """The document with a marked passage for all that is on the screen together.

    It stays as it is where times go backwards, or where most blocks have nothing beside them.

    Args:
        document: of one source.
        source: the source's blocks in the order of its text.
        target: the text's blocks.
    """
    if any(one.start > other.start for blocks in (source, target) for one, other in pairwise(blocks)):
        return document
    groups = _groups(source, target)
    matched = [group for group in groups if group.has_both]
    if len(matched) < _MATCHED * len(groups):
        return document
    passages = tuple(
        Passage(
            f"p{number}",
            document.sources[0].id,
            group.hull(Side.SOURCE),
            group.hull(Side.TARGET),
            marked=True,
        )
        for number, group in enumerate(_with_lonely(groups), 1)
    )
    return replace(document, marked=passages)


def _groups(source: Sequence[Timed], target: Sequence[Timed]) -> list[_Group]:
    blocks = [(block, Side.SOURCE) for block in source] + [(block, Side.TARGET) for block in target]
    groups: list[_Group] = []
    for block, side in sorted(blocks, key=lambda item: (item[0].start, item[0].span)):
        if not groups or block.start + _SHARE * (block.end - block.start) >= groups[-1].end:
            groups.append(_Group(block.end))
        groups[-1].spans[side].append(block.span)
        groups[-1].end = max(groups[-1].end, block.end)
    return groups


def _with_lonely(groups: Sequence[_Group]) -> list[_Group]:
    """Groups of both languages; what has nothing beside it belongs to the one before, at the beginning after."""
    joined: list[_Group] = []
    for group in groups:
        if joined and not (group.has_both and joined[-1].has_both):
            joined[-1].take(group)
        else:
            joined.append(group)
    return joined
