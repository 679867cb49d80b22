"""Passages: which runs of a text translate which runs of which source.

A text may quote several sources, in part, twice, out of order, between commentary of its own. `links` finds the most
likely story of who is quoted where; here each quotation of that story is aligned sentence by sentence, and its edges
are trimmed.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.links import trace
from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.sentences import IndexBead, align_vectors, bead_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.alignment.links import Link
    from tui_reader.alignment.places import TextSentences
    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder


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
    text: TextSentences,
    encoder: AdditiveEncoder,
    free: Sequence[bool] | None = None,
) -> list[Run]:
    """Find every run of the text that translates a run of a source.

    Args:
        sources: sentences of each source.
        text: sentences of the text; a block without any counterpart is commentary and ends a run, a lone sentence
            without one is an addition.
        encoder: made the vectors.
        free: for each sentence of the text whether it may be linked; all by default.

    Returns:
        Runs in the order of the text; no sentence of the text is in two of them.
    """
    available = np.ones(len(text.vectors), bool) if free is None else np.asarray(free, bool)
    starts = np.cumsum([0, *map(len, sources)])
    chains = [
        part for chain in trace(sources, text, encoder, available) for part in _without_commentary(chain, text.blocks)
    ]
    finder = _Finder(text, encoder)
    runs: list[Run] = []
    for chain in chains:
        source = int(np.searchsorted(starts, chain[0].first, side="right")) - 1
        local = [link._replace(first=link.first - starts[source], last=link.last - starts[source]) for link in chain]
        beads = finder.beads(sources[source], local)
        if beads:
            runs.append(Run(source, tuple(beads)))
    return _moved(runs)


def _moved(runs: Sequence[Run]) -> list[Run]:
    """The same runs; one that stands elsewhere, but fills a gap in another of the same source, has been moved.

    Its sentences are no omission there.
    """
    matched = [{i for bead in run.beads if bead.target for i in bead.source} for run in runs]
    places: dict[tuple[int, int], list[int]] = {}
    for k, run in enumerate(runs):
        for i in matched[k]:
            places.setdefault((run.source, i), []).append(k)
    gone: list[set[int]] = [set() for _ in runs]
    moved: set[int] = set()
    for k, run in enumerate(runs):
        left_out = {i for bead in run.beads if not bead.target for i in bead.source}
        for other in {place for i in left_out for place in places.get((run.source, i), [])}:
            if matched[other] <= left_out:
                gone[k] |= matched[other]
                moved.add(other)
    return [
        replace(
            run,
            beads=tuple(
                bead._replace(moved=bead.moved or (k in moved and bool(bead.source and bead.target)))
                for bead in run.beads
                if bead.target or not gone[k].issuperset(bead.source)
            ),
        )
        for k, run in enumerate(runs)
    ]


def _without_commentary(chain: Sequence[Link], blocks: Sequence[int]) -> Iterator[list[Link]]:
    """Cut a chain where whole blocks of the text have no counterpart."""
    numbers = {block: k for k, block in enumerate(dict.fromkeys(blocks))}
    part = [chain[0]]
    for before, link in itertools.pairwise(chain):
        if numbers[blocks[link.target]] - numbers[blocks[before.target]] > 1:
            yield part
            part = []
        part.append(link)
    yield part


class _Finder:
    """Works chains out to beads."""

    def __init__(self, text: TextSentences, encoder: AdditiveEncoder):
        self.text, self.encoder = text, encoder
        self.marked = {j: k for k, j in enumerate(text.marked_at)}

    def beads(self, source: SentenceVectors, chain: Sequence[Link]) -> list[IndexBead]:
        """The beads of a quotation.

        Args:
            source: sentences of its source.
            chain: its links, counted in that source.
        """
        first, last = chain[0].target, chain[-1].target + 1
        rows = chain[0].first, chain[-1].last
        target = self._quoted(chain, first, last)
        found = align_vectors(source.part(*rows), target, self.encoder)
        beads = [
            bead._replace(source=tuple(i + rows[0] for i in bead.source), target=tuple(j + first for j in bead.target))
            for bead in with_moves(found, source.part(*rows), target, self.encoder)
        ]
        linked = {link.target: link for link in chain}
        ends = _Ends(source, target, first, self.encoder)
        return ends.trimmed(list(_relinked(beads, linked, ends)), linked)

    def _quoted(self, chain: Sequence[Link], first: int, last: int) -> SentenceVectors:
        """The sentences of the stretch; of a link that means what stands between quotation marks, only that."""
        part, marked = self.text.vectors.part(first, last), self.text.marked
        inside = {link.target - first: self.marked[link.target] for link in chain if link.marked}
        others = {j: (marked.sums[k : k + 1][0], float(marked.counts[k])) for j, k in inside.items()}
        return part.replaced(others) if others else part


@dataclass(frozen=True, slots=True)
class _Ends:
    """Measures beads of a stretch and trims its ends."""

    source: SentenceVectors
    target: SentenceVectors
    first: int
    """Number in the whole text of the target's first sentence."""
    encoder: AdditiveEncoder

    def bead(self, rows: Sequence[int], columns: Sequence[int]) -> IndexBead:
        """A bead of neighbouring sentences with its similarity."""
        columns = [j - self.first for j in columns]
        bead = bead_of(rows, columns, self.source, self.target, self.encoder)
        return bead._replace(target=tuple(j + self.first for j in columns))

    def trimmed(self, beads: list[IndexBead], linked: dict[int, Link]) -> list[IndexBead]:
        """Without unmatched sentences at either end, nor joined ones that the outermost beads are better without."""
        matched = [k for k, bead in enumerate(beads) if bead.source and bead.target]
        if not matched:
            return []
        kept = beads[matched[0] : matched[-1] + 1]
        kept[0] = self._shorter(kept[0], slice(1, None), linked)
        kept[-1] = self._shorter(kept[-1], slice(None, -1), linked)
        return kept

    def _shorter(self, bead: IndexBead, part: slice, linked: dict[int, Link]) -> IndexBead:
        while len(bead.source) > 1 or len(bead.target) > 1:
            ends = [(bead.source[part], bead.target), (bead.source, bead.target[part])]
            dropped = set(bead.target) - set(bead.target[part])
            ends = [
                (one, other)
                for one, other in ends
                if one and other and not (one == bead.source and dropped & linked.keys())
            ]
            best = max((self.bead(*end) for end in ends), key=lambda shorter: shorter.similarity, default=bead)
            if best.similarity <= bead.similarity:
                break
            bead = best
        return bead


def _relinked(beads: Sequence[IndexBead], linked: dict[int, Link], ends: _Ends) -> Iterator[IndexBead]:
    """The same beads; what was left alone beside the sentence that it is linked to joins it."""
    out: list[IndexBead] = []
    for matched, group in itertools.groupby(beads, key=lambda bead: bool(bead.source and bead.target)):
        some = list(group)
        out += some if matched else _paired(some, linked, ends)
    held: IndexBead | None = None
    for bead in out:
        if held is not None and _belongs(bead, held, linked):
            held = ends.bead(held.source or bead.source, (*held.target, *bead.target))
            continue
        if held is not None:
            yield held
        held = bead
    if held is not None:
        yield held


def _belongs(bead: IndexBead, held: IndexBead, linked: dict[int, Link]) -> bool:
    """Whether one of two neighbours has no source and is linked to that of the other."""
    if held.moved or bead.moved or bool(held.source) == bool(bead.source) or not (held.target and bead.target):
        return False
    alone, other = (held, bead) if not held.source else (bead, held)
    return all(j in linked and linked[j].first in other.source for j in alone.target)


def _paired(lonely: Sequence[IndexBead], linked: dict[int, Link], ends: _Ends) -> Iterator[IndexBead]:
    """Unmatched sentences side by side, joined where they are linked."""
    rows = sorted(i for bead in lonely for i in bead.source)
    columns = sorted(j for bead in lonely for j in bead.target)
    for j in columns:
        wanted = range(linked[j].first, linked[j].last) if j in linked else ()
        joined = [i for i in rows if i in wanted]
        for i in [i for i in rows if joined and i < joined[0]]:
            yield IndexBead((i,), (), 0.0, 1.0)
            rows.remove(i)
        yield ends.bead(joined, (j,)) if joined else IndexBead((), (j,), 0.0, 1.0)
        rows = [i for i in rows if i not in joined]
    yield from (IndexBead((i,), (), 0.0, 1.0) for i in rows)
