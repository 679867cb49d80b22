"""How sentences end: inside a quotation, with a paragraph, as headings do, or in the middle of a sentence.

Both texts of a translation pause at the same places. A boundary that is open on one side only has probably cut a bead
in two; a heading is seldom part of the sentence that follows it; a line that was cut behind *the Rev.* belongs to the
next.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text.sentences_en import breaks_off

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tui_reader.encoders.base import Floats

_MARK = re.compile('[“”"「」]')
_OPENING, _CLOSING = "“「", "”」"
_AGE = 3
"""Sentences after which a quotation without an end is taken for closed: somebody forgot the mark."""
_FULL_STOP = re.compile(r"""[.!?…。！？．｡:：;][)\]"”’'」』）]*\s*\Z|["”」』）)]\s*\Z""")
"""What headings end without."""
_TAIL = 40
"""Characters in which it must stand."""


@dataclass(frozen=True, slots=True)
class Ends:
    """For each sentence 1 where it ends so, otherwise 0: ``(n,)`` each.

    Attributes:
        quoted: inside a quotation.
        blocks: with its paragraph, heading or list item.
        unstopped: without a full stop or the like, as headings do.
        broken: where no sentence ends.
    """

    quoted: Floats
    blocks: Floats
    unstopped: Floats
    broken: Floats

    def part(self, which: Any) -> Ends:
        """Some of the sentences: a slice or their numbers."""
        return Ends(*(getattr(self, field.name)[which] for field in fields(self)))


def no_ends(count: int) -> Ends:
    """So many sentences of which nothing is known."""
    return Ends(*np.zeros((4, count), np.float32))


def ends(sentences: Sequence[str], blocks: Sequence[int] = ()) -> Ends:
    """How each of some neighbouring sentences ends.

    Args:
        sentences: the texts.
        blocks: number of the block that each stands in, empty where nothing is known of blocks.
    """
    last = np.append(np.diff(blocks) != 0, True) if len(blocks) else np.zeros(len(sentences), bool)
    unstopped = [bool(sentence.strip()) and not _FULL_STOP.search(sentence[-_TAIL:]) for sentence in sentences]
    # Behind the last sentence everything ends.
    broken = [*itertools.starmap(breaks_off, itertools.pairwise(sentences)), *[False] * bool(sentences)]
    return Ends(quoted_ends(sentences), *(np.asarray(kind, np.float32) for kind in (last, unstopped, broken)))


def quoted_ends(sentences: Sequence[str]) -> Floats:
    """``(n,)`` 1 for each sentence that ends inside a quotation, 0 for the others."""
    states = np.zeros(len(sentences), np.float32)
    inside, age = False, 0
    for k, sentence in enumerate(sentences):
        for mark in _MARK.finditer(sentence):
            inside = _opens(sentence, mark.start(), inside)
            age = 0 if inside else age
        age += 1
        inside = inside and age <= _AGE
        states[k] = inside
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
