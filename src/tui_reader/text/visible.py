"""Hostile characters of a text as visible marks.

Text from files never reaches the terminal as it is: a control character may move the cursor, a bidi override may
turn a word around, and a zero-width character may hide one (CVE-2021-42574, "Trojan Source").
Controls become Unicode control pictures (``␛``), every other invisible character its number (``‹U+202E›``).
Joiners and selectors stay where they do their proper work, inside an emoji or after a character with variants.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TAB = "    "
"""What a tab becomes: a fixed width, because a column means nothing in text that is wrapped again."""

JOINER = "\u200d"
"""ZERO WIDTH JOINER, at home inside an emoji such as a family or a profession."""

_BLACK_FLAG = "\U0001f3f4"
_LONGEST_FLAG = 8  # flag, country, three letters of a region, end tag: a longer run of tags hides a message
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Invisible, yet in none of the general categories of invisible characters: fillers, the grapheme joiner and so on.
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# Format characters (Cf) that do print: Arabic and Kaithi number signs, Syriac abbreviation mark.
_PRINTED_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")


def visible(text: str) -> str:
    r"""The text as it may be shown: newlines kept (``\r\n`` as ``\n``), tabs as spaces, the rest as marks."""
    if not _suspects(text):
        return text
    return "".join(shown for _, shown in _pieces(text))


def visible_map(text: str) -> tuple[str, list[int]]:
    """The text as it may be shown, with a way back.

    Returns:
        The string of `visible`, and for each of its characters the offset of the character of `text` that it shows;
        one more entry, ``len(text)``, closes the list.
    """
    if not _suspects(text):
        return text, list(range(len(text) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    for start, shown in _pieces(text):
        parts.append(shown)
        offsets.extend([start] * len(shown))
    offsets.append(len(text))
    return "".join(parts), offsets


def mark(character: str) -> str:
    """How one hostile character is shown, wherever it stands; the character itself where it is harmless."""
    return character.translate(_MARKS)


def is_selector(character: str) -> bool:
    """Whether the character is a variation selector, which chooses a form of the character before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_tag(character: str) -> bool:
    """Whether the character is a tag, which spells the region of a flag emoji and is invisible elsewhere."""
    return "\U000e0020" <= character <= "\U000e007f"


class _Marks(dict[int, str]):
    """Code point to mark, worked out when first met (`str.translate` asks by ``[]``)."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _mark(chr(code))
        return shown


def _mark(character: str) -> str:
    code = ord(character)
    if character == "\n":
        return character
    if character == "\t":
        return TAB
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    hidden = unicodedata.category(character) in _HIDDEN_CATEGORIES and character not in _PRINTED_FORMATS
    # Noncharacters (U+FFFE and the like) mean nothing, and neither XML nor HTML may hold them.
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    if hidden or noncharacter or character in _INVISIBLE_LETTERS or is_selector(character):
        return f"‹U+{code:04X}›"
    return character


_MARKS = _Marks()


def _suspects(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and any(_MARKS[ord(c)] != c for c in set(text))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Offset and shown form of each character, in order; a carriage return before a newline has none."""
    # Nothing but the built-in module is needed for a text without suspects.
    from wcwidth import iter_graphemes  # noqa: PLC0415

    start = 0
    for cluster in iter_graphemes(text):
        if cluster == "\r\n":
            yield start + 1, "\n"
        else:
            for index, character in enumerate(cluster):
                kept = _belongs(cluster, index)
                yield start + index, character if kept else _MARKS[ord(character)]
        start += len(cluster)


def _belongs(cluster: str, index: int) -> bool:
    """Whether the joiner, selector or tag at `index` of a grapheme cluster does its proper work there."""
    character = cluster[index]
    if index == 0:
        return False
    if is_tag(character):
        return cluster[0] == _BLACK_FLAG and len(cluster) <= _LONGEST_FLAG
    before = cluster[index - 1]
    if is_selector(character):
        return not before.isspace() and _MARKS[ord(before)] == before
    # Inside a cluster a joiner with something after it that is no mark joins two pictures (rule GB11).
    after = cluster[index + 1 : index + 2]
    return character == JOINER and bool(after) and unicodedata.category(after) == "So"
