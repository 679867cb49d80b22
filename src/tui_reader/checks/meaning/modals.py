"""What is said of duty, permission and possibility: marks of modality, and which of two texts do not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.meaning.cues import Cue, found_cues

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

MUST, SHOULD, MAY, CAN, PERHAPS, SURE = "must", "should", "may", "can", "perhaps", "sure"
EXEMPT, FORBID = "exempt", "forbid"
"""Kinds of marks: duty, advice, permission (and an English *may*, which leaves open what it is), ability, possibility,
certainty, no duty, a ban."""
OPEN = "open"
"""A kind that is only hinted at: anything that leaves open whether something is so."""
_NONE = "none"
"""The group of what looks like a mark and is none."""

_CLASHES = frozenset(
    frozenset(pair)
    for pair in (
        (MUST, MAY),
        (MUST, PERHAPS),
        (MUST, CAN),
        (SHOULD, MAY),
        (SHOULD, PERHAPS),
        (SURE, PERHAPS),
        (SURE, MAY),
        (EXEMPT, FORBID),
    )
)
"""Kinds of which neither stands for the other. A duty beside a ban is left alone: who must keep still may not speak. A
duty beside no duty is what the rule of negation reports."""
_STRONG, _WEAK = frozenset({MUST, SHOULD, SURE}), frozenset({MAY, CAN, PERHAPS})
_EXPLAINS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_STRONG, _STRONG),
    **dict.fromkeys(_WEAK, _WEAK),
    EXEMPT: frozenset({EXEMPT, MAY}),
    FORBID: frozenset({FORBID}),
}
"""What may stand for a mark in the other text."""


class Modals(NamedTuple):
    """The modality of a text."""

    marks: tuple[Cue, ...]
    """What says it in so many words, in order; the group of each is its kind."""
    possible: frozenset[str]
    """Every kind that it may speak of, by a hint (please, enough, ことがある), those of `marks` included."""


class ModalClash(NamedTuple):
    """A mark of the source, and one of the translation that cannot stand for it."""

    source: Cue
    target: Cue


def modals_by(marks: re.Pattern[str], hints: Mapping[str, re.Pattern[str]], text: str) -> Modals:
    """The modality of a text.

    Args:
        marks: of `cues.grouped`, a group for each kind, and ``none`` for what is no mark.
        hints: for a kind, words that may stand for it.
        text: to be searched.
    """
    kept = tuple(cue for cue in found_cues(marks, text) if cue.group != _NONE)
    rest = marks.sub(lambda match: match[0] if match.lastgroup == _NONE else " " * len(match[0]), text)
    hinted = (kind for kind, pattern in hints.items() if pattern.search(rest))
    return Modals(kept, frozenset([*(cue.group for cue in kept), *hinted]))


def clashes(source: Modals, target: Modals) -> Iterator[ModalClash]:
    """Marks of the source and the translation that clash, where nothing in the other text explains either."""
    for one in source.marks:
        for other in target.marks:
            explained = target.possible & _EXPLAINS[one.group] or source.possible & _EXPLAINS[other.group]
            if frozenset({one.group, other.group}) in _CLASHES and not explained:
                yield ModalClash(one, other)


def left_open(text: Modals, other: Modals) -> Cue | None:
    """The first possibility of a text where its translation leaves nothing open, not even by a hint."""
    if other.marks or other.possible & {PERHAPS, OPEN}:
        return None
    return next((mark for mark in text.marks if mark.group == PERHAPS), None)
