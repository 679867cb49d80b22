"""The blocks of a plain text, as copied from a web page or an e-mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.model import Block, BlockKind, Span
from tui_reader.text.layout import LIST_MARK, is_folded, is_heading, is_quoted
from tui_reader.text.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile("[^\r\n]+")
_BLANK = re.compile("(?:\r\n|\n|\r)[ \t\u3000\u00a0]*(?:\r\n|\n|\r)")


def plain_blocks(content: str) -> tuple[Block, ...]:
    """One block per line, or per paragraph where lines were folded at a fixed width.

    A line without a letter or digit (a lone colon, say) belongs to the line before it, unless a blank line is between.

    Args:
        content: a text without markup.

    Returns:
        Blocks in order, without surrounding white space; `Block.paragraph` counts the runs between blank lines.
    """
    paragraphs = enumerate(_paragraphs(content))
    groups = [(number, *group) for number, lines in paragraphs for group in _groups(content, lines)]
    column = _column([[line.of(content) for line in group] for _, _, group in groups if len(group) > 2])
    return tuple(block for number, kind, group in groups for block in _blocks(content, group, kind, number, column))


def _column(groups: Sequence[Sequence[str]]) -> int:
    """Cells at which the paragraphs of three lines and more are folded, 0 where none is."""
    return max((cells(line) for group in groups if is_folded(group) for line in group), default=0)


def _paragraphs(content: str) -> Iterator[list[Span]]:
    """Runs of lines between blank lines; a line's span is without surrounding white space."""
    run: list[Span] = []
    end = 0
    for match in _LINE.finditer(content):
        line = _trimmed(content, Span(*match.span()))
        if run and _BLANK.search(content, end, match.start()):
            yield run
            run = []
        if line.length:
            run.append(line)
            end = line.end
    if run:
        yield run


def _trimmed(content: str, span: Span) -> Span:
    text = span.of(content)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _groups(content: str, lines: Sequence[Span]) -> Iterator[tuple[BlockKind, list[Span]]]:
    """The lines of a paragraph, parted where an item, a heading or a quotation begins or ends; what each is."""
    group: list[Span] = []
    previous = BlockKind.PARAGRAPH
    for line in lines:
        kind = _kind(line.of(content))
        stays = kind is BlockKind.PARAGRAPH and previous not in {BlockKind.HEADING, BlockKind.QUOTE}
        if group and not stays and not (kind is previous is BlockKind.QUOTE) and not _is_bare(content, line):
            yield previous, group
            group = []
        if not group:
            previous = kind
        group.append(line)
    if group:
        yield previous, group


def _kind(line: str) -> BlockKind:
    if is_quoted(line):
        return BlockKind.QUOTE
    if LIST_MARK.match(line):
        return BlockKind.LIST_ITEM
    return BlockKind.HEADING if is_heading(line) else BlockKind.PARAGRAPH


def _is_bare(content: str, line: Span) -> bool:
    return not any(map(str.isalnum, line.of(content)))


def _blocks(content: str, group: Sequence[Span], kind: BlockKind, paragraph: int, column: int) -> Iterator[Block]:
    """One block for lines that were folded, else one for each line."""
    if len(group) > 1 and is_folded([line.of(content) for line in group], column):
        yield Block(Span(group[0].start, group[-1].end), kind, paragraph)
        return
    start, end = group[0]
    for line in group[1:]:
        if not _is_bare(content, line):
            yield Block(Span(start, end), kind, paragraph)
            kind = _kind(line.of(content))
            start = line.start
        end = line.end
    yield Block(Span(start, end), kind, paragraph)
