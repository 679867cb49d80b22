"""Folding for search: what looks or sounds the same compares equal, and every fold knows where it came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Katakana ァ–ヶ lie in the same order as hiragana ぁ–ゖ; ヽ and ヾ likewise.
_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
# Marks that people type in one form and read in another.
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"})
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f\u20d0-\u20ff"
# A base with all that composes with it under NFKC: combining marks, half-width voicing marks, Hangul letters.
_BASE_AND_MARKS = re.compile(f"[\u1100-\u115f][\u1160-\u11ff]*|.[{_MARKS}]*", re.DOTALL)


_PLAIN = re.compile(f"[\x00-\x7f、-〃〈-〒ぁ-ゖァ-ヺー一-鿿！-～]+(?![{_MARKS}])")
"""Characters that are one when folded, and have no mark that they would compose with."""
_PLAIN_FOLD = {
    code: unicodedata.normalize("NFKC", chr(code)).casefold().translate(_TO_HIRAGANA).translate(_TYPED)
    for code in (*range(0x80), *range(0x3001, 0x3013), *range(0x30A1, 0x30FB), *range(0xFF01, 0xFF5F))
}


def fold(text: str) -> tuple[str, Sequence[int]]:
    """Fold width, case, kana and compatibility forms (NFKC), and leave out invisible characters.

    Returns:
        The folded text, and for each of its characters the offset in `text` of the character it came from; one more
        entry, ``len(text)``, closes the list. One character may become several (``㍿``) and several one (``ｶﾞ``).
    """
    parts: list[str] = []
    offsets = array("q")
    at = 0
    while at < len(text):
        if run := _PLAIN.match(text, at):
            parts.append(run[0].translate(_PLAIN_FOLD))
            offsets.extend(range(at, run.end()))
            at = run.end()
        elif match := _BASE_AND_MARKS.match(text, at):
            folded = _folded(match[0])
            parts.append(folded)
            offsets.extend([at] * len(folded))
            at = match.end()
    offsets.append(len(text))
    return "".join(parts), offsets


def find(text: str, query: str) -> Iterator[Span]:
    """Spans of `text` whose fold equals the fold of `query`, in order and not overlapping."""
    wanted, _ = fold(query)
    folded, offsets = fold(text)
    start = folded.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        # The match may end inside what one character became: that character belongs to it whole.
        following = bisect_left(offsets, offsets[end - 1] + 1)
        yield Span(offsets[start], offsets[following])
        start = folded.find(wanted, max(end, following))


@lru_cache(maxsize=1 << 14)
def _folded(piece: str) -> str:
    if unicodedata.category(piece[0]) in {"Cf", "Cs"}:
        return ""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", piece).casefold())
    return folded.translate(_TO_HIRAGANA).translate(_TYPED)
