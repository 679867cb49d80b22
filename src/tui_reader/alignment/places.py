"""Places in the sources that sentences of a text may come from, with what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.anchors import shared
from tui_reader.alignment.nearest import nearest
from tui_reader.alignment.vectors import Windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

_WIDEST = 3
"""Source sentences that one sentence of the text may translate."""
_NEAREST = 8
"""Places that are looked at because they are alike."""
_FOLLOWERS = (0, 1, 2, 3)
"""Sentences further on that are looked at because the sentence before or after has a place there."""
_ROWS = 32
"""Sentences whose places, some 300 each, are measured at a time."""
_NEAR = 3
"""Sentences around a place whose likeness says nothing against it."""
_MOST_SHARED = 2.0
"""Shared numbers and names beyond which more make no difference."""


@dataclass(frozen=True, slots=True)
class TextSentences:
    """The sentences of a text, as `trace` needs them.

    Attributes:
        vectors: of the whole sentences.
        blocks: for each the block that it stands in.
        marked: vectors of what some of them have between quotation marks.
        marked_at: which those are.
        anchors: of each sentence; empty where nothing is known of them.
        source_anchors: of each sentence of all sources.
    """

    vectors: SentenceVectors
    blocks: Sequence[int]
    marked: SentenceVectors
    marked_at: Sequence[int]
    anchors: Sequence[frozenset[str]] = ()
    source_anchors: Sequence[frozenset[str]] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places that some neighbouring sentences of the text may come from, with what speaks for each.

    Attributes:
        sentence: ``(n,)`` the sentence of the text, ascending.
        first: ``(n,)`` the first source sentence.
        width: ``(n,)`` how many source sentences.
        marked: ``(n,)`` whether what is between quotation marks was compared.
        evidence: ``(n, 7)`` as `Weights.evidence` weighs it.
        joining: ``(n,)`` what the sentence adds to the likeness of the one before and the first source sentence.
    """

    sentence: Ints
    first: Ints
    width: Ints
    marked: NDArray[np.bool_]
    evidence: Floats
    joining: Floats


class Places:
    """For each sentence of the text the places that it may come from, a few sentences at a time.

    Args:
        sources: sentences of each source.
        text: sentences of the text.
        encoder: made the vectors.

    Attributes:
        owner: for each source sentence the number of its source.
    """

    def __init__(self, sources: Sequence[SentenceVectors], text: TextSentences, encoder: AdditiveEncoder):
        lengths = [len(source) for source in sources]
        self.owner = np.repeat(np.arange(len(sources)), lengths)
        self._end = np.repeat(np.cumsum(lengths), lengths)
        full = [source for source in sources if len(source)]
        self._windows = np.concatenate([source.windows(_WIDEST, encoder) for source in full], axis=1)
        self._tokens = np.concatenate([source.window_lengths(_WIDEST) for source in full], axis=1)
        self._rows = np.concatenate([text.vectors.vectors(encoder), text.marked.vectors(encoder)])
        self._row_tokens = np.concatenate([text.vectors.counts, text.marked.counts])
        self._of_row = np.concatenate([np.arange(len(text.vectors)), np.asarray(text.marked_at, np.int64)])
        self._n = len(text.vectors)
        self._by_sentence = np.argsort(self._of_row, kind="stable")
        # The row of what a sentence has between quotation marks.
        self._marked = np.full(self._n, -1)
        self._marked[self._of_row[self._n :]] = np.arange(self._n, len(self._rows))
        self._pairs = Windows(text.vectors, 2, encoder)
        self._text, self._encoder = text.vectors, encoder
        self._middle = self._windows[0].mean(axis=0)
        self._row_chance = self._rows @ self._middle
        self._window_chance = self._windows @ self._rows[: self._n].mean(axis=0)
        self._near, self._near_cosine = nearest(self._rows, self._windows[0], _NEAREST)
        self._near_two = nearest(self._rows, self._windows[1], _NEAREST // 2)[0]
        self._rivals, self._rival_cosine = self._column_best()
        self._shared = shared(text.anchors, text.source_anchors)

    def runs(self) -> Iterator[Candidates]:
        """The candidates of all sentences, in order."""
        for start in range(0, self._n, _ROWS):
            yield self._candidates(start, min(start + _ROWS, self._n))

    def _column_best(self, count: int = 6) -> tuple[Ints, Floats]:
        """For each source sentence the sentences of the text that are most like it, of those that are near it."""
        rows, slots = np.nonzero(self._near >= 0)
        columns, cosines = self._near[rows, slots], self._near_cosine[rows, slots]
        order = np.lexsort((-cosines, columns))
        columns, rows, cosines = columns[order], rows[order], cosines[order]
        rank = np.arange(len(columns)) - np.searchsorted(columns, columns)
        best = np.full((len(self.owner), count), -_NEAR - self._n)
        values = np.full(best.shape, -1.0, np.float32)
        kept = rank < count
        best[columns[kept], rank[kept]] = self._of_row[rows[kept]]
        values[columns[kept], rank[kept]] = cosines[kept]
        return best, values

    def _starts(self, start: int, end: int) -> tuple[Ints, Ints]:
        """(sentence, place) pairs worth a look, of the sentences from `start` up to `end`."""
        around = np.searchsorted(self._of_row, [start - 1, end + 1], sorter=self._by_sentence)
        rows = np.sort(self._by_sentence[slice(*around)])
        near = np.concatenate([self._near[rows], self._near_two[rows]], axis=1)
        sentence = np.repeat(self._of_row[rows], near.shape[1])
        place = near.ravel()
        sentence, place = sentence[place >= 0], place[place >= 0]
        further = [(sentence, place + k) for k in (-1, 0, 1)]
        further += [(sentence + 1, place + k) for k in _FOLLOWERS]
        further += [(sentence - 1, place - k) for k in _FOLLOWERS]
        sentence, place = (np.concatenate([pair[k] for pair in further]) for k in (0, 1))
        inside = (sentence >= start) & (sentence < end) & (place >= 0) & (place < len(self.owner))
        keys = np.unique(sentence[inside] * len(self.owner) + place[inside])
        return keys // len(self.owner), keys % len(self.owner)

    def _candidates(self, start: int, end: int) -> Candidates:
        sentence, first = self._starts(start, end)
        width = np.tile(np.arange(1, _WIDEST + 1), len(sentence))
        sentence, first = np.repeat(sentence, _WIDEST), np.repeat(first, _WIDEST)
        inside = first + width <= self._end[first]
        sentence, first, width = sentence[inside], first[inside], width[inside]
        # The same places for what a sentence has between quotation marks.
        also = np.flatnonzero(self._marked[sentence] >= 0)
        rows = np.concatenate([sentence, self._marked[sentence[also]]])
        sentence, first, width = (np.concatenate([one, one[also]]) for one in (sentence, first, width))
        order = np.argsort(sentence, kind="stable")
        row: Ints = rows[order]
        sentence, first, width = sentence[order], first[order], width[order]
        evidence, joining = self._evidence(row, sentence, first, width), self._joining(sentence, first, start, end)
        return Candidates(sentence, first, width, row >= self._n, evidence, joining)

    def _evidence(self, row: Ints, sentence: Ints, first: Ints, width: Ints) -> Floats:
        cosine = np.einsum("nd,nd->n", self._rows[row], self._windows[width - 1, first])
        chance = (self._row_chance[row] + self._window_chance[width - 1, first]) / 2
        near = self._near[row]
        elsewhere = (np.abs(near - first[:, None]) > _NEAR) | (self.owner[near] != self.owner[first][:, None])
        other = np.where(elsewhere & (near >= 0), self._near_cosine[row], -1).max(axis=1)
        lead = cosine - np.where(other > -1, other, self._row_chance[row])
        rival = np.minimum.reduce(
            [
                np.where(k < width, self._rival(sentence, np.minimum(first + k, len(self.owner) - 1)), 2)
                for k in range(_WIDEST)
            ]
        )
        tokens, others = np.maximum(self._row_tokens[row], 1), self._tokens[width - 1, first]
        ratio = np.abs(np.log(tokens / others))
        size = np.log(np.maximum(3, np.minimum(tokens, others)))
        behind = np.minimum(0, cosine - rival)
        return np.stack([cosine, chance, lead, behind, ratio, size, self._anchored(sentence, first, width)], axis=1)

    def _anchored(self, sentence: Ints, first: Ints, width: Ints) -> Floats:
        """How much sentences share with so many source sentences."""
        total = np.zeros(len(sentence), np.float32)
        for k in range(_WIDEST):
            inside = width > k
            total[inside] += self._shared.between(sentence[inside], first[inside] + k)
        return np.minimum(total, _MOST_SHARED)

    def of_one_source(self, first: int, last: int) -> bool:
        """Whether there are source sentences from `first` up to `last`, and all of one source."""
        return 0 <= first < last <= len(self.owner) and bool(self.owner[first] == self.owner[last - 1])

    def together(self, group: range, first: int, width: int) -> Floats:
        """``(7,)`` evidence that neighbouring sentences, as one text, translate so many source sentences."""
        vector = self._text.joined(group.start, group.stop, self._encoder)
        cosine = vector @ self._windows[width - 1, first]
        own_chance = vector @ self._middle
        near = np.unique(self._near[group.start : group.stop])
        near = near[near >= 0]
        near = near[(np.abs(near - first) > _NEAR) | (self.owner[near] != self.owner[first])]
        other = (self._windows[0, near] @ vector).max(initial=-1)
        lead = cosine - (other if other > -1 else own_chance)
        rival = min(
            float(self._rival(np.asarray([group[len(group) // 2]]), np.asarray([first + k]))[0]) for k in range(width)
        )
        tokens = max(1.0, float(self._row_tokens[group.start : group.stop].sum()))
        others = float(self._tokens[width - 1, first])
        chance = (own_chance + self._window_chance[width - 1, first]) / 2
        size = np.log(max(3, min(tokens, others)))
        pairs = np.asarray([(j, first + k) for j in group for k in range(width)])
        held = min(_MOST_SHARED, float(self._shared.between(pairs[:, 0], pairs[:, 1]).sum()))
        return np.asarray([cosine, chance, lead, min(0, cosine - rival), abs(np.log(tokens / others)), size, held])

    def _joining(self, sentence: Ints, first: Ints, start: int, end: int) -> Floats:
        """How much more alike the sentence before is to a source sentence with this one joined to it."""
        before, lowest = np.maximum(sentence - 1, 0), max(start - 1, 0)
        added = self._pairs.between(lowest, end)[1] - self._rows[lowest:end]
        worth: Floats = np.einsum("nd,nd->n", added[before - lowest], self._windows[0, first])
        return worth

    def _rival(self, sentence: Ints, place: Ints) -> Floats:
        """Likeness of the source sentence to another sentence of the text, not beside this one."""
        apart = np.abs(self._rivals[place] - sentence[:, None]) > _NEAR - 1
        rival: Floats = np.where(apart, self._rival_cosine[place], -1).max(axis=1)
        return rival
