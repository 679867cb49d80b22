"""The blocks of a Markdown text and the marks inside them, with their exact places in the file.

markdown-it-py tells which lines a block stands on; marks such as ``#``, ``>`` and ``-`` are left outside.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.formats.decode import LineLocator
from tui_reader.formats.markdown_inline import marks
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


class Markdown(NamedTuple):
    """What a Markdown text consists of."""

    blocks: tuple[Block, ...]
    marks: tuple[Span, ...]
    """Emphasis, addresses of links, code, tags… inside the blocks, in order and disjoint."""


def markdown_blocks(content: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of the Markdown that begins at `start`.

    A paragraph of several lines is one block where it is wrapped by hand and one block a line elsewhere,
    as in plain text (`text.blocks.plain_blocks`). Spans count in `content`.
    """
    return parse_markdown(content, start).blocks


def parse_markdown(content: str, start: int = 0) -> Markdown:
    """The blocks of the Markdown that begins at `start` (see `markdown_blocks`), and the marks inside them."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - other formats do without

    # The parser replaces NUL in the same way; offsets stay what they are.
    body = content[start:].replace("\0", "\N{REPLACEMENT CHARACTER}")
    lines = LineLocator(body).line_starts
    blocks: list[Block] = []
    found: list[Span] = []
    containers: list[BlockKind] = [BlockKind.PARAGRAPH]
    # Joined to its neighbours, an escaped character could not be found again.
    parser = MarkdownIt("commonmark", {"html": True}).disable("text_join")
    for paragraph, token in enumerate(parser.parse(body)):
        if token.nesting == 1:
            containers.append(_KIND_OF.get(token.type) or containers[-1])
        elif token.nesting == -1:
            containers.pop()
        elif token.type == "inline" and token.map:
            places = _places(token, body, lines)
            blocks += (Block(span.shifted(start), containers[-1], paragraph) for span in _spans(token.content, places))
            found += (span.shifted(start) for span in _marks(token, places))
        elif token.type in _VERBATIM and token.map:
            blocks += _verbatim(token, body, lines, paragraph, start)
    return Markdown(_renumbered(blocks), tuple(found))


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

    for block in plain_blocks(text) if len(places) > 1 else [Block(Span(0, len(text)))]:
        if block.span.of(text).strip():
            yield Span(_place(block.span.start, places), _place(block.span.end - 1, places) + 1)


def _place(offset: int, places: list[tuple[int, int]]) -> int:
    """Where a character of a token's text stands in the body."""
    at, in_body = places[bisect_right(places, offset, key=lambda place: place[0]) - 1]
    return in_body + offset - at


def _marks(token: Token, places: list[tuple[int, int]]) -> Iterator[Span]:
    """The marks in a paragraph, one span a line, in the body."""
    for mark in marks(token.children or (), token.content):
        start = mark.start
        for line in mark.of(token.content).split("\n"):
            if line.strip():
                yield Span(_place(start, places), _place(start + len(line) - 1, places) + 1)
            start += len(line) + 1


def _verbatim(token: Token, body: str, lines: list[int], paragraph: int, start: int) -> Iterator[Block]:
    first, last = token.map or (0, 0)
    end = lines[last] if last < len(lines) else len(body)
    shown = body[lines[first] : end].rstrip()
    if shown:
        yield Block(Span(lines[first], lines[first] + len(shown)).shifted(start), BlockKind.CODE, paragraph)


def _renumbered(blocks: list[Block]) -> tuple[Block, ...]:
    order = {paragraph: number for number, paragraph in enumerate(dict.fromkeys(block.paragraph for block in blocks))}
    return tuple(Block(block.span, block.kind, order[block.paragraph]) for block in blocks)
