"""What a sentence quotes inside itself: 「…」 in a sentence of the author's own."""

from __future__ import annotations

import re

_QUOTED = re.compile("「(.*)」|『(.*)』|“(.*)”", re.DOTALL)
"""From the first opening to the last closing mark, so that quotations inside stay inside."""
_SHARE, _SHORTEST, _FRAME = 0.35, 8, 5
"""How much of the sentence it must be, how many characters it needs, and how many must stand around it."""


def quoted_words(sentence: str) -> str | None:
    """What stands between the quotation marks of a sentence, if it is much of it but not all of it."""
    found = _QUOTED.search(sentence)
    words = next(filter(None, found.groups()), "") if found else ""
    enough = len(words) >= max(_SHORTEST, _SHARE * len(sentence)) and len(sentence) - len(words) >= _FRAME
    return words if enough else None
