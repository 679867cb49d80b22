"""What is odd about two texts that were to be aligned: said in words, so that nobody trusts a result by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.text.language import UNDETERMINED, detect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.alignment.sentences import IndexBead

_RELATED = 0.3
"""Agreement from which two texts belong together: of NTREX documents with 10% of the lines deleted the lowest has .52,
of 116 pairs of documents that have nothing to do with each other the highest .23."""
_ENOUGH = 5
"""Sentences a side from which that can be told."""
_FAR_LONGER = 20
"""How many times as long as the other a text must be to be mentioned."""
_LONG_SENTENCE = 5_000
"""Characters of a sentence that is probably a text."""


def doubts_before(source: Sequence[str], target: Sequence[str], names: tuple[str, str]) -> Iterator[str]:
    """What is odd about the texts themselves.

    Args:
        source: sentences of one text.
        target: sentences of the other.
        names: how to call the two.
    """
    for name, sentences in zip(names, (source, target), strict=True):
        if not any(map(str.strip, sentences)):
            yield f"{name} has no sentences: everything in the other text is left without a counterpart"
        for number, sentence in enumerate(sentences, 1):
            if len(sentence) > _LONG_SENTENCE:
                yield f"sentence {number} of {name} has {len(sentence):,} characters: it may be several"
    if not (any(source) and any(target)):
        return
    if list(source) == list(target):
        yield f"{names[0]} and {names[1]} are the same text"
        return
    yield from _sizes(source, target, names)
    languages = [detect("\n".join(sentences)) for sentences in (source, target)]
    if languages[0] == languages[1] != UNDETERMINED:
        yield f"{names[0]} and {names[1]} seem to be in the same language ({languages[0]})"


def _sizes(source: Sequence[str], target: Sequence[str], names: tuple[str, str]) -> Iterator[str]:
    sizes = [max(1, sum(map(len, sentences))) for sentences in (source, target)]
    longer = int(sizes[1] > sizes[0])
    times = sizes[longer] / sizes[1 - longer]
    if times >= _FAR_LONGER:
        yield f"{names[longer]} is {times:.0f} times as long as {names[1 - longer]}"


def agreement(beads: Sequence[IndexBead]) -> float:
    """Mean similarity of the sentences with their counterparts, 0 for those without any."""
    sentences = sum(len(bead.source) + len(bead.target) for bead in beads)
    total = sum(bead.similarity * (len(bead.source) + len(bead.target)) for bead in beads)
    return total / sentences if sentences else 0.0


def doubts_after(beads: Sequence[IndexBead]) -> Iterator[str]:
    """What is odd about their alignment."""
    sides = sum(len(bead.source) for bead in beads), sum(len(bead.target) for bead in beads)
    found = agreement(beads)
    if min(sides) >= _ENOUGH and found < _RELATED:
        lonely = sum(len(bead.source) + len(bead.target) for bead in beads if not (bead.source and bead.target))
        yield (
            f"these texts do not seem to be translations of each other: they agree by {found:.2f} where translations "
            f"have {_RELATED:.2f} and more, and {lonely / sum(sides):.0%} of the sentences have no counterpart"
        )
