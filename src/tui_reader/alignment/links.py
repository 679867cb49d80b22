"""Which sentences of a text translate which sentences of its sources: the most likely story of who is quoted where.

A hidden Markov model over the sentences of the text (Vogel, Ney & Tillmann 1996 for words): each either translates a
place in a source or is the author's own. A place counts by how much more alike the two are than chance, than other
places and than other sentences of the text; going on where the last sentence stopped is likely, leaving sentences out
less so, beginning elsewhere needs evidence. So a sentence that is translated freely is carried by its neighbours, and
talk about a statement, which resembles it here and there, is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.edges import Edges
from tui_reader.alignment.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.places import Candidates, TextSentences
    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

_CELLS = 24
"""Places of a sentence that are kept."""
_GAP = 5
"""Sentences of the author's own that may interrupt a quotation."""
_SKIP = 6
"""Source sentences that a quotation may leave out."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the model believes, as logarithms of odds; fitted on made articles (docs/decisions)."""

    evidence: tuple[float, ...] = (9.76, -7.99, 6.35, 5.53, -0.12, -0.39, 0.96)
    """Of the cosine, of chance, of the lead over other places, of the lag behind other sentences of the text, of the
    logarithm of the ratio of lengths, of the smaller length, and of shared numbers and names."""
    prior: float = -1.95
    next_same: float = 1.21
    """For the sentence after the last, in the same block."""
    next_other: float = 0.56
    """The same in the next block."""
    stay: float = 0.5
    """Price of a second sentence of the same block for the same place."""
    joining: float = 8.8
    """What it is worth that the two together are more like that place."""
    skip: float = 0.15
    """Price of leaving anything out, and of each sentence left out."""
    skip_each: float = 0.84
    alone: float = 4.62
    """Price of each sentence of the author's own inside a quotation."""
    start: float = 2.64
    """Price of beginning a quotation."""
    start_marked: float = -0.26
    """The same for a sentence with quotation marks."""
    marked_neighbour: float = -0.95
    """For going on after or before such a sentence."""
    wide: float = 0.86
    """Price of each further source sentence."""
    cut: float = 1.66
    """Price of beginning or ending a quotation inside a block."""


class Link(NamedTuple):
    """A sentence of the text with the source sentences that it translates."""

    target: int
    first: int
    """Number of the first among all sources' sentences."""
    last: int
    """Number of the last, plus 1."""
    marked: bool
    """Whether only what stands between its quotation marks is meant."""


def trace(
    sources: Sequence[SentenceVectors], text: TextSentences, encoder: AdditiveEncoder, free: Ints,
    weights: Weights | None = None,
) -> list[list[Link]]:  # fmt: skip
    """The quotations of a text, each a chain of links that goes forward on both sides, in the order of the text.

    Args:
        sources: sentences of each source; their numbers go on from one to the next.
        text: sentences of the text.
        encoder: made the vectors.
        free: ``(n,)`` whether a sentence of the text may be linked.
        weights: what to believe, by default what was fitted.
    """
    if not len(text.vectors) or not any(map(len, sources)):
        return []
    chosen = weights or Weights()
    places = Places(sources, text, encoder)
    chains = _Tracer(places, text.blocks, free, chosen).chains()
    return Edges(places, text.blocks, free, chosen).widened(chains)


class _Tracer:
    """Viterbi's algorithm; the score of a story is relative to one in which everything is the author's own."""

    def __init__(self, places: Places, blocks: Sequence[int], free: Ints, weights: Weights):
        self.blocks, self.weights = np.asarray(blocks), weights
        self.table, self.free = _going_on(weights), np.asarray(free, bool)
        n = len(self.blocks)
        self.first, self.end = np.full((n, _CELLS), -99), np.full((n, _CELLS), -99)
        self.marked = np.zeros((n, _CELLS), bool)
        self.score = np.full((n, _CELLS), -np.inf)
        self.joining = np.zeros((n, _CELLS))
        self.shift = np.zeros((n, _CELLS), np.int64)
        for candidates in places.runs():
            self._take(candidates, places.owner)

    def _take(self, places: Candidates, owner: Ints) -> None:
        """Keep the best places of each sentence, in rows of equal length."""
        weights = self.weights
        score = places.evidence @ np.asarray(weights.evidence) + weights.prior - weights.wide * (places.width - 1)
        order = np.lexsort((-score, places.sentence))
        rank = np.arange(len(order)) - np.searchsorted(places.sentence[order], places.sentence[order])
        order, rank = order[rank < _CELLS], rank[rank < _CELLS]
        at = places.sentence[order], rank
        # Far enough apart that no step leads from one source to the next.
        apart = 2 * _SKIP * owner[places.first[order]]
        self.joining[at] = weights.joining * places.joining[order]
        self.first[at], self.end[at] = places.first[order] + apart, places.first[order] + places.width[order] + apart
        self.shift[at], self.marked[at] = apart, places.marked[order]
        self.score[at] = np.where(self.free[places.sentence[order]], score[order], -np.inf)

    def chains(self) -> list[list[Link]]:
        """The chains of the most likely story."""
        n = len(self.blocks)
        total = np.full((n, _CELLS), -np.inf)
        back = np.full((n, _CELLS), -1)
        best, best_at = np.zeros(n + 1), np.full(n + 1, -1)
        for j in range(n):
            start = best[j] - np.where(self.marked[j], self.weights.start_marked, self._opening(j))
            value, source = start, np.full(_CELLS, -1)
            low = max(0, j - 1 - _GAP)
            if j:
                goes_on = (total[low:j, :, None] + self._transition(low, j)).reshape(-1, _CELLS)
                chosen = goes_on.argmax(axis=0)
                value = goes_on[chosen, np.arange(_CELLS)]
                source = np.where(value > start, low * _CELLS + chosen, -1)
                value = np.maximum(value, start)
            total[j] = value + self.score[j]
            back[j] = np.where(source >= 0, source, -2 - best_at[j])
            closed = total[j] - np.where(self.marked[j], 0, self._closing(j))
            k = int(closed.argmax())
            better = closed[k] > best[j]
            best[j + 1], best_at[j + 1] = (closed[k], j * _CELLS + k) if better else (best[j], best_at[j])
        return self._trace(back, int(best_at[n]))

    def _opening(self, j: int) -> float:
        inside = j > 0 and self.blocks[j] == self.blocks[j - 1]
        return self.weights.start + (self.weights.cut if inside else 0)

    def _closing(self, j: int) -> float:
        return self.weights.cut if j + 1 < len(self.blocks) and self.blocks[j] == self.blocks[j + 1] else 0

    def _transition(self, low: int, j: int) -> Floats:
        """``(j − low, cells, cells)``: what speaks for going on from the sentences `low` … `j` − 1."""
        step = np.clip(self.first[j] - self.end[low:j, :, None], -2, _SKIP + 1)
        gap = (j - 1 - np.arange(low, j))[:, None, None]
        same = (self.blocks[low:j] == self.blocks[j]).astype(int)[:, None, None]
        marked = self.marked[low:j, :, None] | self.marked[j]
        bonus: Floats = self.table[gap, same, marked.view(np.int8), step]
        bonus[-1] += np.where(step[-1] == -1, self.joining[j], 0)
        return bonus

    def _trace(self, back: Ints, at: int) -> list[list[Link]]:
        chains: list[list[Link]] = []
        chain: list[Link] = []
        while at >= 0:
            j, k = divmod(at, _CELLS)
            shift = self.shift[j, k]
            chain.append(Link(j, int(self.first[j, k] - shift), int(self.end[j, k] - shift), bool(self.marked[j, k])))
            at = int(back[j, k])
            if at < 0:
                chains.append(chain[::-1])
                chain = []
                at = -2 - at
        return chains[::-1]


def _going_on(weights: Weights) -> Floats:
    """What speaks for going on: by sentences between, same block, marks, and step on the source's side.

    Steps are counted from the end of the last place: −1 for the same sentence again; what is impossible is −∞.
    """
    table = np.full((_GAP + 1, 2, 2, _SKIP + 4), -np.inf)
    for step in range(-1, _SKIP + 1):
        left_out = weights.stay if step < 0 else (weights.skip + weights.skip_each * step) * (step > 0)
        for gap in range(_GAP + 1 if step >= 0 else 1):
            price = left_out + weights.alone * gap
            if step >= 0:
                table[gap, 0, 0, step] = weights.next_other - price
            table[gap, 1, 0, step] = weights.next_same - price
            table[gap, :, 1, step] = weights.marked_neighbour - price
    return table
