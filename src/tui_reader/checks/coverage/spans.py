"""From words to the spans that a person would mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.text.words import Word

_GROWTH = 0.5
"""Share of the threshold at which a neighbour still belongs to a span."""
_BRIDGE = 2
"""Function words that may lie between two parts of one span."""


class WordSpan(NamedTuple):
    """Words `first` … `last` − 1 of one side."""

    first: int
    last: int


def group_words(words: Sequence[Word], probabilities: Sequence[float], threshold: float) -> list[WordSpan]:
    """Runs of words that are probably lost together.

    A run is seeded by content words at or above the threshold, grows over neighbours almost as sure, bridges function
    words between two parts, and gives up function words that would dangle at its end (English) or start (Japanese).
    """
    inside = [p >= _GROWTH * threshold for p in probabilities]
    _bridge(words, inside)
    spans = []
    first = 0
    for k in range(len(words) + 1):
        if k < len(words) and inside[k]:
            continue
        if first < k:
            spans.append(_trimmed(words, probabilities, WordSpan(first, k), threshold))
        first = k + 1
    return [span for span in spans if span is not None]


def _bridge(words: Sequence[Word], inside: list[bool]) -> None:
    """Close gaps of a few function words, in place."""
    last = None
    for k in range(len(words)):
        if not inside[k]:
            continue
        if last is not None and 1 < k - last <= _BRIDGE + 1:
            gap = range(last + 1, k)
            if not any(words[g].content_word for g in gap):
                for g in gap:
                    inside[g] = True
        last = k


def _trimmed(
    words: Sequence[Word], probabilities: Sequence[float], span: WordSpan, threshold: float
) -> WordSpan | None:
    """Cut weak and dangling words off both ends; None where no seed is left."""
    first, last = span
    while first < last and _weak(words[first], probabilities[first], threshold, _DANGLE_FIRST):
        first += 1
    while last > first and _weak(words[last - 1], probabilities[last - 1], threshold, _DANGLE_LAST):
        last -= 1
    seeded = any(words[k].content_word and probabilities[k] >= threshold for k in range(first, last))
    return WordSpan(first, last) if seeded else None


_DANGLE_FIRST = {"PART", "AUX", "PUNCT"}
_DANGLE_LAST = {"ADP", "CCONJ", "DET", "PRON", "PUNCT", "SCONJ"}


def _weak(word: Word, probability: float, threshold: float, dangling: set[str]) -> bool:
    return word.part_of_speech in dangling or (not word.content_word and probability < threshold)
