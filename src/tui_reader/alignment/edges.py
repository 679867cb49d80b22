"""Sentences at the edge of a quotation that only together resemble what they translate.

A translator who makes three sentences of one leaves pieces of which none is much like the whole. Inside a quotation
their neighbours carry them; at its edge `links` takes them for the author's own. Here up to three sentences before and
after a quotation are measured as one text, against the source sentences that are next there, and together with what is
quoted already against what that translates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.alignment.links import Link, Weights
    from tui_reader.alignment.places import Places
    from tui_reader.encoders.base import Ints

_TOGETHER = (1, 2, 3)
"""Sentences that are taken together."""
_WIDTHS = (1, 2)
"""Source sentences that they may translate."""
_SKIPPED = (0, 1)
"""Source sentences that may be left out between them and the quotation."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Widens chains of links.

    Attributes:
        places: what the sentences are compared with.
        blocks: for each sentence of the text the block that it stands in.
        free: whether a sentence may be linked.
        weights: what speaks for a link.
    """

    places: Places
    blocks: Sequence[int]
    free: Ints
    weights: Weights

    def widened(self, chains: Sequence[list[Link]]) -> list[list[Link]]:
        """The same chains, longer where the sentences beside them belong to them."""
        out: list[list[Link]] = []
        for k, chain in enumerate(chains):
            low = out[-1][-1].target + 1 if out else 0
            high = chains[k + 1][0].target if k + 1 < len(chains) else len(self.blocks)
            out.append(self._widened(chain, low, high))
        return out

    def _widened(self, chain: list[Link], low: int, high: int) -> list[Link]:
        while not chain[0].marked and (found := self._best(chain, low, before=True)):
            chain = [*found, *(link for link in chain if link.target > found[-1].target)]
        while not chain[-1].marked and (found := self._best(chain, high, before=False)):
            chain = [*(link for link in chain if link.target < found[0].target), *found]
        return chain

    def _best(self, chain: list[Link], limit: int, *, before: bool) -> list[Link]:
        """Links of the sentences next to an edge; empty where nothing speaks for them."""
        edge = chain[0] if before else chain[-1]
        held = [link.target for link in chain if (link.first, link.last) == (edge.first, edge.last)]
        groups = list(self._groups(edge, limit, before=before))
        found = [*self._next(edge, groups, before=before), *self._with(edge, held, groups)]
        best = max(found, key=lambda one: one[0], default=(0.0, []))
        return best[1] if best[0] > 0 else []

    def _groups(self, edge: Link, limit: int, *, before: bool) -> Iterator[range]:
        room = edge.target - limit if before else limit - edge.target - 1
        for number in _TOGETHER:
            start = edge.target - number if before else edge.target + 1
            group = range(start, start + number)
            if number > room or not all(self.free[j] and self.blocks[j] == self.blocks[start] for j in group):
                return
            yield group

    def _next(self, edge: Link, groups: Sequence[range], *, before: bool) -> Iterator[tuple[float, list[Link]]]:
        """Groups as translations of what is next in the source."""
        weights = self.weights
        for group in groups:
            for width in _WIDTHS:
                for skipped in _SKIPPED:
                    first = edge.first - skipped - width if before else edge.last + skipped
                    if self.places.of_one_source(min(first, edge.first), max(first + width, edge.last)):
                        value = self._value(group, first, width) + weights.prior
                        value -= weights.stay * (len(group) - 1)
                        value -= (weights.skip + weights.skip_each * skipped) * (skipped > 0)
                        yield value + self._joint(edge, group), _links(edge, group, first, width)

    def _with(self, edge: Link, held: Sequence[int], groups: Sequence[range]) -> Iterator[tuple[float, list[Link]]]:
        """Groups of the same block as the rest of the translation of what the edge translates."""
        near = [group for group in groups if self.blocks[group[0]] == self.blocks[edge.target]]
        now = self._value(range(held[0], held[-1] + 1), edge.first, edge.last - edge.first) if near else 0
        for group in near:
            whole = range(min(group[0], held[0]), max(group[-1], held[-1]) + 1)
            for first in range(edge.first, edge.last):
                value = self._value(whole, first, edge.last - first) - now - self.weights.stay * len(group)
                yield value + self._joint(edge, group), _links(edge, whole, first, edge.last - first)

    def _value(self, group: range, first: int, width: int) -> float:
        evidence = self.places.together(group, first, width)
        return float(evidence @ np.asarray(self.weights.evidence)) - self.weights.wide * (width - 1)

    def _joint(self, edge: Link, group: range) -> float:
        """What speaks for going on, and what is gained or lost where the quotation is cut."""
        outer, inner = (group[0], group[-1]) if group[0] < edge.target else (group[-1], group[0])
        beyond = outer + (-1 if outer < edge.target else 1)
        cuts = 0 <= beyond < len(self.blocks) and self.blocks[beyond] == self.blocks[outer]
        if self.blocks[inner] == self.blocks[edge.target]:
            return self.weights.next_same + self.weights.cut * (1 - cuts)
        return self.weights.next_other - self.weights.cut * cuts


def _links(edge: Link, group: range, first: int, width: int) -> list[Link]:
    return [edge._replace(target=j, first=first, last=first + width) for j in group]
