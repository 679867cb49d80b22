"""Anchors: numbers and names that a sentence shares with what it translates, whatever else has become of it.

A translator may turn every phrase of a sentence round; 1926, Brehm and the 96 tonnes stay. Numbers are compared by
value, words in katakana by sound, words in Latin letters by sound and as they stand. What many sentences have says
little, so that an anchor counts by how rare it is (the idea of inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text.kanji_numerals import RUN, value_of
from tui_reader.text.phonetic import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.encoders.base import Floats, Ints

_NUMBER = re.compile(RUN)
_KATAKANA = re.compile("[ァ-ヴー]{3,}")
_LATIN = re.compile("[A-Za-zÀ-ɏ]{2,}")
_LEAST = 10
"""Smaller numbers are everywhere."""
_SHORTEST = 3
"""Consonants that a word needs to be recognised by sound."""
_PAIRS = 64
"""Pairs of sentences that may share an anchor: one that more share is none."""


def anchors(text: str) -> frozenset[str]:
    """The anchors of a sentence, in a form that both languages share."""
    return frozenset(_anchors(unicodedata.normalize("NFKC", text)))


def _anchors(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        value = value_of(match[0])
        if value >= _LEAST:
            yield str(value)
    for match in _KATAKANA.finditer(text):
        yield from _sound(match[0])
    for match in _LATIN.finditer(text):
        yield f"={match[0].casefold()}"
        yield from _sound(match[0])


def _sound(word: str) -> Iterator[str]:
    sound = skeleton(word)
    if len(sound) >= _SHORTEST:
        yield f"~{sound}"


@dataclass(frozen=True, slots=True)
class Shared:
    """What sentences of a text share with source sentences.

    Attributes:
        keys: ``(n,)`` ascending, number of the sentence times `n_source` plus that of the source sentence.
        values: ``(n,)`` how much they share: about 1 for an anchor that no other has.
        n_source: how many source sentences there are.
    """

    keys: Ints
    values: Floats
    n_source: int

    def between(self, sentence: Ints, place: Ints) -> Floats:
        """``(n,)`` how much each of some pairs shares."""
        if not len(self.keys):
            return np.zeros(len(sentence), np.float32)
        wanted = sentence * self.n_source + place
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found: Floats = np.where(self.keys[at] == wanted, self.values[at], np.float32(0))
        return found


def shared(text: Sequence[frozenset[str]], sources: Sequence[frozenset[str]]) -> Shared:
    """What the sentences of a text share with those of its sources."""
    count, other = (Counter(anchor for some in side for anchor in some) for side in (text, sources))
    common = {anchor for anchor in count.keys() & other.keys() if count[anchor] * other[anchor] <= _PAIRS}
    where: dict[str, list[int]] = defaultdict(list)
    for i, some in enumerate(sources):
        for anchor in some & common:
            where[anchor].append(i)
    rarest = log(len(sources) + 1)
    total: dict[int, float] = defaultdict(float)
    for j, some in enumerate(text):
        for anchor in some & common:
            for i in where[anchor]:
                total[j * len(sources) + i] += 1 - log(other[anchor]) / rarest
    keys = np.fromiter(sorted(total), np.int64, len(total))
    return Shared(keys, np.asarray([total[key] for key in keys.tolist()], np.float32), len(sources))
