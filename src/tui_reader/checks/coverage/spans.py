"""From words to the spans that a person would mark.

Where a span begins and ends is what gives the highest sum of the log odds of its words above a level, with a bonus for
ends at punctuation and between constituents, and a price for tearing a function word from what it hangs on. The
numbers were chosen for exact boundaries in annotated pairs that no network had seen (docs/decisions/0023).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.chunks import chunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

    Flags = NDArray[np.bool_]

_GROWTH = 0.5
"""Share of the threshold at which a neighbour of a seed may belong to its span."""
_BRIDGE = 2
"""Function words that may lie between two parts of one span."""
_BEYOND = 2
"""Words on either side of a run of likely ones that its span may take up."""
_LEVEL, _OF_PEAK = -1.25, 0.15
"""Log odds from which a word is worth taking: a number, and a share of those of the surest word of the span."""
_AT_PUNCTUATION, _AT_EDGE, _TORN = 2.5, 0.5, 1.5
"""Log odds that an end gains at punctuation (or at an end of the text), between constituents, and loses where a
function word hangs on the word beyond it."""
_SURE = 0.001
"""Probabilities are kept this far from 0 and 1."""


class WordSpan(NamedTuple):
    """Words `first` … `last` − 1 of one side."""

    first: int
    last: int


class _Habits(NamedTuple):
    """Which function words of a language go with what stands beside them, as parts of speech.

    Attributes:
        no_first: cannot stand first in a span: they hang on what is before, or only join.
        no_last: cannot stand last.
        before: hang on what comes after them.
        after: hang on what comes before them.
    """

    no_first: frozenset[str]
    no_last: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]


_JOINING, _SUFFIXED = frozenset({"CCONJ"}), frozenset({"ADP", "AUX", "SCONJ"})
_JAPANESE = _Habits(_SUFFIXED, frozenset(), frozenset(), _SUFFIXED)
_ENGLISH = _Habits(_JOINING, _JOINING, frozenset({"ADP", "DET", "PART"}), frozenset())


def group_words(
    text: str, words: Sequence[Word], probabilities: Floats, threshold: float, language: str
) -> list[WordSpan]:
    """Runs of words that are probably lost together, in order and apart.

    A run is seeded by content words at or above the threshold, grows over neighbours half as sure and bridges function
    words between two parts; then its ends are put where they are best.

    Args:
        text: that the words are of.
        words: of it, without punctuation.
        probabilities: ``(len(words),)`` a loss for each word.
        threshold: of the seeds.
        language: of the text; every language but Japanese is taken for English.
    """
    content: Flags = np.asarray([word.content_word for word in words], bool)
    seeds = content & (probabilities >= threshold)
    if not seeds.any():
        return []
    runs = [run for run in _runs(_likely(content, probabilities >= _GROWTH * threshold)) if seeds[slice(*run)].any()]
    ends = _Ends(text, words, probabilities, language)
    spans: list[WordSpan] = []
    for k, run in enumerate(runs):
        first = max(run.first - _BEYOND, spans[-1].last if spans else 0)
        last = min(run.last + _BEYOND, runs[k + 1].first if k + 1 < len(runs) else len(words))
        peak = run.first + int(np.where(seeds[slice(*run)], probabilities[slice(*run)], 0).argmax())
        spans.append(ends.best(peak, WordSpan(first, last)))
    return spans


def _likely(content: Flags, likely: Flags) -> list[bool]:
    """Likely words, gaps of a few function words between them closed."""
    inside: list[bool] = likely.tolist()
    last = None
    for k in range(len(inside)):
        if not inside[k]:
            continue
        if last is not None and k - last <= _BRIDGE + 1 and not content[last + 1 : k].any():
            inside[last + 1 : k] = [True] * (k - last - 1)
        last = k
    return inside


def _runs(inside: Sequence[bool]) -> Iterator[WordSpan]:
    first = 0
    for k in range(len(inside) + 1):
        if k < len(inside) and inside[k]:
            continue
        if first < k:
            yield WordSpan(first, k)
        first = k + 1


class _Ends:
    """How good it is for a span to begin or end at a word."""

    def __init__(self, text: str, words: Sequence[Word], probabilities: Floats, language: str) -> None:
        habits = _JAPANESE if language == "ja" else _ENGLISH
        kinds = [word.part_of_speech for word in words]
        p = np.clip(probabilities, _SURE, 1 - _SURE).astype(np.float64)
        self._odds = np.log(p / (1 - p))
        gaps = [text[one.end : other.start] for one, other in pairwise(words)]
        apart = np.asarray([True, *(bool(gap.strip()) for gap in gaps), True])
        edges = np.zeros(len(words) + 1, bool)
        edges[chunks(text, words, language)] = True
        torn = np.zeros(len(words) + 1, bool)
        torn[1:-1] = [one in habits.before or other in habits.after for one, other in pairwise(kinds)]
        cut = _AT_PUNCTUATION * apart + _AT_EDGE * edges - _TORN * (torn & ~apart)
        self._begin, self._end = cut[:-1].copy(), cut[1:].copy()
        self._begin[[kind in habits.no_first for kind in kinds]] = -np.inf
        self._end[[kind in habits.no_last for kind in kinds]] = -np.inf

    def best(self, peak: int, within: WordSpan) -> WordSpan:
        """The best span around its surest word."""
        worth = self._odds - (_LEVEL + _OF_PEAK * self._odds[peak])
        before = worth[within.first : peak + 1][::-1].cumsum()[::-1] + self._begin[within.first : peak + 1]
        after = worth[peak : within.last].cumsum() + self._end[peak : within.last]
        return WordSpan(within.first + int(before.argmax()), peak + int(after.argmax()) + 1)
