"""How plain text lays out its lines: list marks, headings, quoting, and lines folded at a fixed width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.text.width import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

LIST_MARK = re.compile(
    r"""[ \t\u3000]*(?:
        [•◦▪‣●○・⦁∙]\s*(?=\S)                        # bullets that nothing else starts with
      | [-*+–·]\s+(?=\S)                             # signs that are bullets only before white space
      | [①-⑳⑴-⒇❶-❿➀-➓㈠-㈩]\s*(?=\S)                # numbers in circles and brackets
      | [(（](?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）]\s*(?=\S)
      | (?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.．)）](?:\s+|(?<=[．）]))(?=\S)
      | \d{1,2}\.(?=[^\s\d!-~])                       # 1.トップ: Japanese needs no space
    )""",
    re.VERBOSE,
)
"""The mark at the head of a list item, with its indentation and the space behind it."""

_HEADING = re.compile(
    r"""(?:[■□◆◇▼▽▲△★☆]\s*\S | [【〖][^】〗]*[】〗]\s*$ | [#＃]{1,6}\s+\S
      | 第[\d０-９一二三四五六七八九十百]+[章節部回話条編](?:[\s\u3000:：]|$)
      | (?:Chapter|CHAPTER|Part|PART|Section|SECTION)\s+[\dIVXLC]+\b )""",
    re.VERBOSE,
)
_LONGEST_HEADING = 60
_END_OF_SENTENCE = re.compile(r"[。．.!?！？…][」』）)\]”’\"'»]*\s*$")
_COMMA = re.compile(r"[、，,;；:：・—―–(（「『\[]\s*$")
# E-mail and terminals fold at 60 to 80 cells, some Japanese mail at 35 characters (70) or a little above.
_NARROWEST, _WIDEST = 48, 100
_LEEWAY = 6  # cells by which kinsoku may shorten a Japanese line


def is_heading(line: str) -> bool:
    """Whether a line says itself that it is a heading: a mark, a numbered chapter, a line of capitals."""
    line = line.strip()
    capitals = line.isascii() and line.isupper() and " " in line and sum(map(str.isalpha, line)) >= 8
    # Asked first what most lines answer with no at their first character: a book has a hundred thousand of them.
    if not capitals and _HEADING.match(line) is None:
        return False
    return cells(line) <= _LONGEST_HEADING and not _END_OF_SENTENCE.search(line)


def is_quoted(line: str) -> bool:
    """Whether a line is quoted as in e-mail."""
    return line.lstrip().startswith((">", "＞"))


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _END_OF_SENTENCE.search(line) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether a sentence clearly goes on from one line to the next: after a comma, or with a small letter."""
    return not ends_sentence(before) and (_COMMA.search(before) is not None or after.lstrip()[:1].islower())


def is_folded(lines: Sequence[str], column: int = 0) -> bool:
    """Whether the lines are one paragraph folded at a fixed width, as in e-mail.

    They are if no line is wider than people fold at, every line but the last was too full for the next line's first
    word, and at least one of those ends in the middle of a sentence. Two lines alone prove nothing (a heading and a
    short paragraph look the same): they need a sentence that clearly goes on, or other paragraphs of that width.

    Args:
        lines: a run of lines without a blank one.
        column: cells at which other paragraphs of the text are folded, 0 if there are none.
    """
    if len(lines) < 2 or all(map(ends_sentence, lines[:-1])):
        return False
    widths = [cells(line.rstrip()) for line in lines]
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    if len(lines) == 2 and widest < column - _LEEWAY:
        return False
    if len(lines) == 2 and not column and not goes_on(lines[0], lines[1]):
        return False
    return all(width + 1 + _first_word(following) > widest for width, following in zip(widths, lines[1:], strict=False))


def _first_word(line: str) -> int:
    """Cells of what a line could not have been parted from: a word of Latin script, or a character and its marks."""
    word = line.split(maxsplit=1)[0] if line.strip() else ""
    return cells(word) if word.isascii() else min(cells(word), _LEEWAY)
