"""Comments that say which findings are none: ``<!-- tui-reader ignore omission: said in the title -->``.

``ignore`` speaks of the paragraph that the comment stands in, or of the next one where it stands alone;
``ignore-file`` of the whole file. Codes of rules are separated by commas, ``all`` means every rule.
A reason is required: a remark without one ignores nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Ignore, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.model import Block

SHOWN = "tui-reader ignore omission: the reason"
"""What a correct remark looks like inside its comment."""

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_REMARK = re.compile(
    r"\s*tui-reader[\s:]+ignore(?P<file>-file)?\b\s*(?P<rules>[\w\s,-]*?)\s*(?::(?P<reason>.*))?", re.DOTALL
)


class Remark(NamedTuple):
    """What one comment asks for."""

    rules: frozenset[str]
    reason: str
    whole_file: bool

    @property
    def is_complete(self) -> bool:
        """Whether it names rules and gives a reason."""
        return bool(self.rules and self.reason)


def remark(comment: str) -> Remark | None:
    """What a comment, without its marks, asks for; None where it is about something else."""
    found = _REMARK.fullmatch(comment)
    if found is None:
        return None
    rules = frozenset(re.split(r"[\s,]+", found["rules"])) - {""}
    return Remark(rules, " ".join((found["reason"] or "").split()), found["file"] is not None)


def markup_ignores(content: str, blocks: Sequence[Block]) -> tuple[Ignore, ...]:
    """The remarks in comments of Markdown or HTML; those that lack rules or a reason have an empty span."""
    if "tui-reader" not in content:
        return ()
    found = ((Span(*comment.span()), comment[1]) for comment in _COMMENT.finditer(content))
    return comment_ignores(found, len(content), blocks)


def comment_ignores(comments: Iterable[tuple[Span, str]], length: int, blocks: Sequence[Block]) -> tuple[Ignore, ...]:
    """The remarks among comments.

    Args:
        comments: where each stands in a text, and what it says.
        length: of the text.
        blocks: of the text.
    """
    return tuple(_ignores(comments, length, blocks))


def _ignores(comments: Iterable[tuple[Span, str]], length: int, blocks: Sequence[Block]) -> Iterator[Ignore]:
    starts = [block.span.start for block in blocks]
    for place, comment in comments:
        said = remark(comment)
        if said is None:
            continue
        span = Span(place.start, place.start)
        if said.is_complete:
            span = Span(0, length) if said.whole_file else _paragraph(blocks, starts, place)
        yield Ignore(said.rules, said.reason, span, place.start)


def _paragraph(blocks: Sequence[Block], starts: Sequence[int], comment: Span) -> Span:
    """The paragraph around a comment, or the next one after it."""
    after = bisect_left(starts, comment.end)
    # A comment on lines of its own is a block too, and no text.
    around = [block for block in blocks[max(after - 1, 0) : after] if _holds(block, comment)]
    chosen = around or blocks[after : after + 1]
    if not chosen:
        return Span(comment.start, comment.start)
    number = chosen[0].paragraph
    first = last = chosen[0]
    for block in blocks[after:]:
        if block.paragraph != number:
            break
        last = block
    for block in reversed(blocks[:after]):
        if block.paragraph != number:
            break
        first = block
    return Span(min(first.span.start, last.span.start), max(first.span.end, last.span.end))


def _holds(block: Block, comment: Span) -> bool:
    return block.span.overlaps(comment) and not comment.contains(block.span)
