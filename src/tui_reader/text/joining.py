"""Lines of a file that are no lines of the text: a paragraph in one piece, with a way back."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.model import Span

_FILE_LINE_BREAK = re.compile("[ \\t]*(?:\\r\\n|\\n|\\r)[ \\t\\r\\n]*")


def joined(content: str, piece: Span) -> tuple[str, Sequence[int]]:
    """A part of a text without the line breaks of its file.

    Args:
        content: the whole text.
        piece: a paragraph of it, or part of one.

    Returns:
        The characters, and the offset in `content` of each.
    """
    text = piece.of(content)
    if not any(newline in text for newline in "\r\n"):
        return text, range(piece.start, piece.end)
    parts: list[str] = []
    origin: list[int] = []
    end = 0
    for newline in _FILE_LINE_BREAK.finditer(text):
        start = newline.start()
        space = joint(text[start - 1 : start], text[newline.end() : newline.end() + 1])
        parts += (text[end:start], space)
        origin += range(piece.start + end, piece.start + start + len(space))
        end = newline.end()
    parts.append(text[end:])
    origin += range(piece.start + end, piece.end)
    return "".join(parts), origin


def joint(before: str, after: str) -> str:
    """What stands between two lines once they are joined: Japanese has no spaces between words.

    Args:
        before: the last character of the first line, empty where there is none.
        after: the first character of the second.
    """
    return "" if _is_wide(before) and _is_wide(after) else " "


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character or " ") in "WF"
