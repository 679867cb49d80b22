"""Sentences that end where nothing ends: inside a quotation, or after a title whose name has been cut off.

Both texts of a translation pause at the same places. A boundary that is open on one side only has probably cut a bead
in two, or comes from lines that were split in the middle of a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text.sentences_en import breaks_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats

_MARK = re.compile('[“”"「」]')
_OPENING, _CLOSING = "“「", "”」"
_AGE = 3
"""Sentences after which a quotation without an end is taken for closed: somebody forgot the mark."""


def open_ends(sentences: Sequence[str]) -> Floats:
    """``(n,)`` 1 for each sentence whose end is open, 0 for the others."""
    states = np.zeros(len(sentences), np.float32)
    inside, age = False, 0
    for k, sentence in enumerate(sentences):
        for mark in _MARK.finditer(sentence):
            inside = _opens(sentence, mark.start(), inside)
            age = 0 if inside else age
        age += 1
        inside = inside and age <= _AGE
        states[k] = inside or breaks_off(sentence)
    return states


def _opens(sentence: str, place: int, inside: bool) -> bool:
    """Whether the mark at `place` opens a quotation; a straight one tells by the spaces around it."""
    mark = sentence[place]
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    before, after = sentence[:place][-1:] or " ", sentence[place + 1 :][:1] or " "
    outer_left, outer_right = before.isspace() or before in "(—-", after.isspace() or after in ").,;:!?—-"
    if outer_left != outer_right:
        return outer_left
    return not inside
