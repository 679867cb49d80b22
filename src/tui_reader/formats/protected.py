"""Runs of a message that are for programs: placeholders, tags, keyboard mnemonics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.model import Span
from tui_reader.text.verbatim import PLACEHOLDER, TAG

if TYPE_CHECKING:
    from collections.abc import Iterable

# (_F) after a Japanese label and _File in an English one mark the key that chooses it.
_MNEMONIC = re.compile(r"[(（][_&]\w[)）]|(?<![\w&])[_&](?=[^\W\d_]\w)")


def protected_runs(message: str, known: Iterable[Span] = ()) -> tuple[Span, ...]:
    """What is no language in a message, in order and disjoint.

    Args:
        message: the text.
        known: runs that its format knows to be such.
    """
    patterns = (PLACEHOLDER, TAG, _MNEMONIC)
    found = [Span(*match.span()) for pattern in patterns for match in pattern.finditer(message)]
    return disjoint([*known, *found])


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters, in order, with what overlaps joined."""
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and span.start < runs[-1].end:
            runs[-1] = Span(runs[-1].start, max(span.end, runs[-1].end))
        else:
            runs.append(span)
    return tuple(runs)
