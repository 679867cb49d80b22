"""What a negation negates: the nearest word with a meaning of its own, after English *not*, before Japanese ない."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.family import SideView
    from tui_reader.model import Span
    from tui_reader.text.words import Word

_REACH = 6
"""Words from a negation within which it negates something."""
_CLOSES = frozenset(",.;:!?、。；：！？…")


def negated_word(side: SideView, negation: Span) -> Word | None:
    """The word that a negation turns round, None where the sentence leaves it unsaid (*The eleventh did not.*).

    Args:
        side: in English or Japanese.
        negation: counted in its `content`.
    """
    words = side.words
    if side.language == "ja":
        last = bisect_right(words, negation.start, key=lambda word: word.end)
        return _first_content(side, words[max(0, last - _REACH) : last][::-1])
    first = bisect_left(words, negation.end, key=lambda word: word.start)
    return _first_content(side, words[first : first + _REACH])


def _first_content(side: SideView, words: Sequence[Word]) -> Word | None:
    for word in words:
        if word.content_word:
            return word
        if word.span.of(side.content) in _CLOSES:
            return None
    return None
