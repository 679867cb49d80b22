"""The blocks of a Markdown text, with their exact places in the file.

markdown-it-py tells which lines a block stands on; marks such as ``#``, ``>`` and ``-`` are left outside.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tui_reader.formats.decode import LineLocator
from tui_reader.model import Block, BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_KIND_OF = {
    "heading_open": BlockKind.HEADING,
    "list_item_open": BlockKind.LIST_ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "paragraph_open": None,
}
_VERBATIM = {"fence", "code_block", "html_block"}


def markdown_blocks(content: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of the Markdown that begins at `start`.

    A paragraph of several lines is one block where it is wrapped by hand and one block a line elsewhere,
    as in plain text (`text.blocks.plain_blocks`). Spans count in `content`.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - other formats do without

    # The parser replaces NUL in the same way; offsets stay what they are.
    body = content[start:].replace("\0", "\N{REPLACEMENT CHARACTER}")
    lines = LineLocator(body).line_starts
    blocks: list[Block] = []
    containers: list[BlockKind] = [BlockKind.PARAGRAPH]
    for paragraph, token in enumerate(MarkdownIt("commonmark", {"html": True}).parse(body)):
        if token.nesting == 1:
            containers.append(_KIND_OF.get(token.type) or containers[-1])
        elif token.nesting == -1:
            containers.pop()
        elif token.type == "inline" and token.map:
            places = _places(token, body, lines)
            blocks += (Block(span.shifted(start), containers[-1], paragraph) for span in _spans(token.content, places))
        elif token.type in _VERBATIM and token.map:
            blocks += _verbatim(token, body, lines, paragraph, start)
    return _renumbered(blocks)


def _places(token: Token, body: str, lines: list[int]) -> list[tuple[int, int]]:
    """For each line of the token's text: its offset there, and its offset in the body."""
    places: list[tuple[int, int]] = []
    offset, floor = 0, lines[token.map[0]] if token.map else 0
    for number, line in enumerate(token.content.split("\n"), token.map[0] if token.map else 0):
        # A line of a paragraph is cut at both ends only, so the rest of it stands in its line of the file as it is.
        floor = max(floor, lines[number])
        found = body.find(line, floor)
        places.append((offset, found if found >= 0 else floor))
        offset += len(line) + 1
    return places


def _spans(text: str, places: list[tuple[int, int]]) -> Iterator[Span]:
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415 - see above

    starts = [offset for offset, _ in places]

    def place(offset: int) -> int:
        at, in_body = places[bisect_right(starts, offset) - 1]
        return in_body + offset - at

    for block in plain_blocks(text) if len(places) > 1 else [Block(Span(0, len(text)))]:
        if block.span.of(text).strip():
            yield Span(place(block.span.start), place(block.span.end - 1) + 1)


def _verbatim(token: Token, body: str, lines: list[int], paragraph: int, start: int) -> Iterator[Block]:
    first, last = token.map or (0, 0)
    end = lines[last] if last < len(lines) else len(body)
    shown = body[lines[first] : end].rstrip()
    if shown:
        yield Block(Span(lines[first], lines[first] + len(shown)).shifted(start), BlockKind.CODE, paragraph)


def _renumbered(blocks: list[Block]) -> tuple[Block, ...]:
    order = {paragraph: number for number, paragraph in enumerate(dict.fromkeys(block.paragraph for block in blocks))}
    return tuple(Block(block.span, block.kind, order[block.paragraph]) for block in blocks)
