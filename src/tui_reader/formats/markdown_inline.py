"""Which characters of a Markdown paragraph are marks and not words: emphasis, links, code, tags, escapes.

markdown-it-py says what a paragraph consists of but not where: its texts stand in the paragraph in order and letter for
letter, so whatever lies between them is a mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# ](destination "title") with one level of brackets inside, ][reference], or ] alone.
_LINK_END = re.compile(r"\](?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|\[(?:[^\[\]\\]|\\.)*\])?", re.DOTALL)
_CODE = re.compile(r"(`+)(?!`)(?:.*?[^`])\1(?!`)", re.DOTALL)


def marks(children: Sequence[Token], text: str) -> list[Span]:
    """The marks in a paragraph, in order and disjoint.

    Args:
        children: its inline tokens, those of escapes and character references not joined to their neighbours.
        text: its characters, as the block parser gives them.
    """
    walk = _Walk(text)
    for token in _flat(children):
        walk.take(token)
    walk.skip_to(len(text))
    return walk.marks


def _flat(children: Sequence[Token]) -> Iterator[Token]:
    for token in children:
        yield from _flat(token.children or ())
        yield token


class _Walk:
    """Goes through a paragraph token by token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._in_address = False
        self.marks: list[Span] = []

    def take(self, token: Token) -> None:
        """The next token."""
        if token.type == "text_special":
            self._special(token)
        elif token.type == "code_inline":
            found = _CODE.search(self._text, self._place)
            self.skip_to(found.end() if found else self._place)
        elif token.type in {"link_close", "image"}:
            self._close_link()
        elif token.type == "link_open":
            self._in_address = token.markup == "autolink"
        elif token.type == "html_inline" or (token.type == "text" and self._in_address):
            self.skip_to(self._after(token.content))
        elif token.type == "text" and token.content:
            end = self._after(token.content)
            self.skip_to(end - len(token.content))
            self._place = end

    def skip_to(self, place: int) -> None:
        """Everything up to a place is a mark; line ends and spaces need no mark."""
        piece = self._text[self._place : place]
        if piece.strip():
            start = self._place + len(piece) - len(piece.lstrip())
            self.marks.append(Span(start, start + len(piece.strip())))
        self._place = max(place, self._place)

    def _after(self, content: str) -> int:
        found = self._text.find(content, self._place)
        return found + len(content) if found >= 0 else self._place

    def _special(self, token: Token) -> None:
        r"""``\*`` is a mark and a character, ``&amp;`` a mark as a whole."""
        end = self._after(token.markup)
        if token.info == "escape":
            self.skip_to(end - len(token.content))
            self._place = end
        else:
            self.skip_to(end)

    def _close_link(self) -> None:
        found = None if self._in_address else _LINK_END.search(self._text, self._place)
        self.skip_to(found.end() if found else self._place)
        self._in_address = False
