"""English text as words, numbers and marks, for whoever reads figures in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_reader.model import Span

_TOKEN = re.compile(
    r"""(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?=\s*[ap]\.?m\b)|(?<![\d:])\d{1,2}:\d{2}(?![\d:]))
      | (?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
      | (?P<word>[^\W\d_]+)
      | (?P<mark>[^\w\s]|_)""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word, number, time or mark."""

    start: int
    end: int
    kind: str
    """``time``, ``digits``, ``word`` or ``mark``; empty beyond the ends of the text."""
    word: str
    """In lower case."""


_BEYOND = Token(0, 0, "", "")


class Tokens:
    """The tokens of a text; beyond its ends there is nothing, which is no error.

    Args:
        text: to be split.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = [Token(m.start(), m.end(), m.lastgroup or "", m[0].lower()) for m in _TOKEN.finditer(text)]

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at] if 0 <= at < len(self._tokens) else _BEYOND

    def words(self, at: int, count: int) -> list[str]:
        """A few tokens in lower case, fewer at the end of the text."""
        return [token.word for token in self._tokens[at : at + count]]

    def span(self, first: int, end: int) -> Span:
        """From a token to the one before `end`."""
        return Span(self[first].start, self[end - 1].end)

    def glued(self, at: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return at > 0 and self[at].start == self[at - 1].end and bool(self[at].kind)

    def before(self, at: int) -> str:
        """The character before a token."""
        start = self[at].start
        return self.text[start - 1 : start]

    def beyond(self, offset: int, at: int) -> int:
        """The first token from `at` on that begins at an offset or later."""
        while at < len(self) and self[at].start < offset:
            at += 1
        return at
