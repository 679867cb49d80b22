"""Passages: which runs of a text translate which runs of which source.

A text may quote several sources, in part, twice, out of order, between commentary of its own. So this is a local
alignment: pairs of sentences that are far more alike than chance are seeds; seeds that follow each other on both sides
are chained; what lies between the seeds of a chain is aligned sentence by sentence, and its edges are trimmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.sentences import IndexBead, align_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints

_SEED = 0.22
"""Similarity above chance from which a pair of sentences may be a seed."""
_LONE_SEED = 0.42
"""The same for a passage of a single sentence."""
_ENOUGH = 0.6
"""Similarity above chance that the seeds of a passage must have together."""
_FAITHFUL = 0.42
"""Similarity that the beads of a passage must have on average: what is less alike only talks about the statement."""
_CHANCE, _WORTH, _LONELY = 0.3, 0.25, 0.05
"""What a passage must be worth: similarities above chance, summed, less a price of each sentence without partner."""
_SOURCE_GAP, _TARGET_GAP = 6, 6
"""Sentences that may lie between two seeds of one passage."""
_REACH = 64
"""Earlier seeds that a seed may follow in a chain."""
_EDGE = 3
"""Sentences beyond the outermost seeds that may still belong to the passage."""
_ROWS = 512
"""Sentences compared at a time."""


class Seed(NamedTuple):
    """Two sentences that are far more alike than chance."""

    target: int
    source: int
    gain: float
    """Similarity above chance."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text sentences that translates a run of one source's sentences, with its beads.

    Bead indices count in the whole lists of sentences.
    """

    source: int
    """Index of the source."""
    beads: tuple[IndexBead, ...]

    @property
    def target_range(self) -> tuple[int, int]:
        """First and last + 1 text sentence."""
        indices = [j for bead in self.beads for j in bead.target]
        return min(indices), max(indices) + 1

    @property
    def source_range(self) -> tuple[int, int]:
        """First and last + 1 source sentence."""
        indices = [i for bead in self.beads for i in bead.source]
        return min(indices), max(indices) + 1


def find_runs(
    sources: Sequence[SentenceVectors],
    target: SentenceVectors,
    blocks: Sequence[int],
    encoder: AdditiveEncoder,
    free: Sequence[bool] | None = None,
) -> list[Run]:
    """Find every run of the text that translates a run of a source.

    Args:
        sources: sentences of each source.
        target: sentences of the text.
        blocks: for each sentence of the text the block that it stands in; a block without any counterpart is
            commentary and ends a run, a lone sentence without one is an addition.
        encoder: made the vectors.
        free: for each sentence of the text whether it may be linked; all by default.

    Returns:
        Runs in the order of the text; no sentence of the text is in two of them.
    """
    if not len(target):
        return []
    taken = np.zeros(len(target), bool) if free is None else ~np.asarray(free, bool)
    return _Finder(sources, target, blocks, encoder, taken).runs()


class _Finder:
    """Chains the seeds of all sources, then works the chains out, the most convincing first."""

    def __init__(
        self, sources: Sequence[SentenceVectors], target: SentenceVectors, blocks: Sequence[int],
        encoder: AdditiveEncoder, taken: Ints,
    ):  # fmt: skip
        self.sources, self.target, self.blocks, self.encoder = sources, target, blocks, encoder
        self.taken = taken
        """Sentences of the text that already belong to a run."""

    def runs(self) -> list[Run]:
        """All runs in the order of the text."""
        found: list[Run] = []
        for source, chain in sorted(self.chains(), key=lambda item: -sum(seed.gain for seed in item[1])):
            kept = [seed for seed in chain if not self.taken[seed.target]]
            if not _convincing(kept):
                continue
            for beads in self.worked_out(source, kept):
                run = Run(source, tuple(beads))
                first, last = run.target_range
                self.taken[first:last] = True
                found.append(run)
        return sorted(found, key=lambda run: run.target_range)

    def chains(self) -> list[tuple[int, list[Seed]]]:
        """Chains of seeds with the index of their source."""
        vectors = self.target.vectors(self.encoder)
        per_source = [source.vectors(self.encoder) for source in self.sources]
        everything = [rows for rows in per_source if len(rows)]
        if not everything:
            return []
        target_chance = vectors @ np.concatenate(everything).mean(axis=0)
        chains = []
        for index, rows in enumerate(per_source):
            if len(rows):
                seeds = _seeds(rows, vectors, target_chance, rows @ vectors.mean(axis=0), self.taken)
                chains += [(index, chain) for chain in _chained(seeds)]
        return chains

    def worked_out(self, source: int, chain: Sequence[Seed]) -> list[list[IndexBead]]:
        """Beads of the stretch that a chain spans, cut where commentary lies between."""
        low, high = self._stretch(chain)
        first = max(0, min(seed.source for seed in chain) - _EDGE)
        last = min(len(self.sources[source]), max(seed.source for seed in chain) + 1 + _EDGE)
        beads = [
            IndexBead(tuple(i + first for i in b.source), tuple(j + low for j in b.target), b.similarity, b.cost)
            for b in align_vectors(self.sources[source].part(first, last), self.target.part(low, high), self.encoder)
        ]
        parts = [self._trimmed(source, part) for part in _without_commentary(beads, self.blocks)]
        return [part for part in parts if _is_translation(part)]

    def _stretch(self, chain: Sequence[Seed]) -> tuple[int, int]:
        """First and last + 1 sentence of the text that the chain may reach: a few more in the same blocks."""
        low, high = chain[0].target, chain[-1].target + 1
        while low > max(0, chain[0].target - _EDGE) and self._goes_on(low - 1, low):
            low -= 1
        while high < min(len(self.target), chain[-1].target + 1 + _EDGE) and self._goes_on(high, high - 1):
            high += 1
        return low, high

    def _goes_on(self, sentence: int, beside: int) -> bool:
        return not self.taken[sentence] and self.blocks[sentence] == self.blocks[beside]

    def _trimmed(self, source: int, beads: list[IndexBead]) -> list[IndexBead]:
        """Without unmatched sentences at either end, nor joined ones that the outermost beads are better without."""
        matched = [k for k, bead in enumerate(beads) if bead.source and bead.target]
        if not matched:
            return []
        kept = beads[matched[0] : matched[-1] + 1]
        kept[0] = self._shorter(source, kept[0], slice(1, None))
        kept[-1] = self._shorter(source, kept[-1], slice(None, -1))
        return kept

    def _shorter(self, source: int, bead: IndexBead, part: slice) -> IndexBead:
        while len(bead.source) > 1 or len(bead.target) > 1:
            shorter = [(bead.source[part], bead.target), (bead.source, bead.target[part])]
            similarity, best = max((self._similarity(source, *ends), ends) for ends in shorter if all(ends))
            if similarity <= bead.similarity:
                break
            bead = IndexBead(*best, similarity, 1 - similarity)
        return bead

    def _similarity(self, source: int, rows: tuple[int, ...], columns: tuple[int, ...]) -> float:
        one = self.sources[source].joined(rows[0], rows[-1] + 1, self.encoder)
        return float(one @ self.target.joined(columns[0], columns[-1] + 1, self.encoder))


def _convincing(chain: Sequence[Seed]) -> bool:
    total = sum(seed.gain for seed in chain)
    return total >= _ENOUGH or (len(chain) == 1 and total >= _LONE_SEED)


def _seeds(source: Floats, target: Floats, target_chance: Floats, source_chance: Floats, taken: Ints) -> list[Seed]:
    """Each free text sentence with its best sentence of a source, where that is well above chance.

    A pair where the source sentence has a much better counterpart elsewhere is no seed: talk about a statement
    resembles it, a translation of it resembles it more.
    """
    best = np.full(len(target), -1)
    gains = np.zeros(len(target), np.float32)
    rival = np.zeros(len(source), np.float32)
    for first in range(0, len(target), _ROWS):
        rows = slice(first, first + _ROWS)
        gain = target[rows] @ source.T - (target_chance[rows, None] + source_chance) / 2
        best[rows] = gain.argmax(axis=1)
        gains[rows] = gain.max(axis=1)
        rival = np.maximum(rival, gain.max(axis=0))
    good = (gains >= _SEED) & (gains >= 0.7 * rival[best]) & ~taken
    return [Seed(int(j), int(best[j]), float(gains[j])) for j in np.flatnonzero(good)]


def _chained(seeds: Sequence[Seed]) -> list[list[Seed]]:
    """Seeds in chains that go forward on both sides without long gaps; each seed in the best chain it fits."""
    score: list[float] = []
    back: list[int] = []
    for k, seed in enumerate(seeds):
        earlier = range(max(0, k - _REACH), k)
        before = [(score[p] - _gap(seeds[p], seed), p) for p in earlier if _follows(seeds[p], seed)]
        gain, previous = max(before, default=(0.0, -1))
        score.append(seed.gain + max(gain, 0.0))
        back.append(previous if gain > 0 else -1)
    used: set[int] = set()
    chains = []
    for end in sorted(range(len(seeds)), key=lambda k: -score[k]):
        chain = []
        k = end
        while k >= 0 and k not in used:
            used.add(k)
            chain.append(seeds[k])
            k = back[k]
        if chain:
            chains.append(chain[::-1])
    return chains


def _follows(one: Seed, other: Seed) -> bool:
    """Whether a seed may come next after another in one chain."""
    steps = other.target - one.target, other.source - one.source
    return 0 < steps[0] <= _TARGET_GAP + 1 and 0 <= steps[1] <= _SOURCE_GAP + 1


def _gap(one: Seed, other: Seed) -> float:
    """Price of the sentences skipped between two seeds."""
    return 0.04 * (abs(other.target - one.target - 1) + abs(other.source - one.source - 1))


def _without_commentary(beads: Sequence[IndexBead], blocks: Sequence[int]) -> list[list[IndexBead]]:
    """Cut the beads where whole blocks of the text have no counterpart."""
    linked = {blocks[j] for bead in beads if bead.source for j in bead.target}
    parts: list[list[IndexBead]] = [[]]
    for bead in beads:
        if not bead.source and all(blocks[j] not in linked for j in bead.target):
            parts.append([])
        else:
            parts[-1].append(bead)
    return parts


def _is_translation(beads: Sequence[IndexBead]) -> bool:
    """Whether the beads of a stretch are alike enough, together and on average."""
    matched = [bead.similarity for bead in beads if bead.source and bead.target]
    if not matched or sum(matched) / len(matched) < _FAITHFUL:
        return False
    lonely = len(beads) - len(matched)
    return sum(similarity - _CHANCE for similarity in matched) - _LONELY * lonely >= _WORTH
