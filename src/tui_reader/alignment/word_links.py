"""From how alike the words of two texts are to which are linked, many-to-many, and how surely.

A link's probability is that of two soft-maxes, one in each direction (after awesome-align, Dou & Neubig 2021). A second
pass favours links beside other links: translations move phrases, seldom single words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.word_grammar import Grammar, Role, prices

if TYPE_CHECKING:
    from tui_reader.encoders.base import Floats

_LINK = 0.32
"""Geometric mean of the two probabilities from which a pair is linked."""
_NOTHING = 6.0
"""Logit of having no counterpart."""
_DIAGONAL = 1.0
"""Price of words at opposite ends of their texts."""
_SUPPORT = 1.5
"""Worth of neighbouring links."""
_MOST_SUPPORT = 1.5
_REACH = 2
"""Words on either side that are neighbours."""
_NEARNESS = 2.0
"""Words over which the worth of a neighbour falls to 1/e."""
_COMPOUND = 0.5
"""Probability, in one direction, from which a word joins its neighbour in the link to a compound."""


def link_table(evidence: Floats, source: Grammar, target: Grammar) -> Floats:
    """Which words are linked, and how surely.

    Args:
        evidence: ``(n_source, n_target)`` logits, how alike the words are.
        source: what its words do.
        target: likewise.

    Returns:
        ``(n_source, n_target)``: probability of each link, 0 where there is none.
    """
    n, m = evidence.shape
    if not n or not m:
        return np.zeros((n, m))
    distance = np.abs(np.arange(n)[:, None] / n - np.arange(m) / m)
    logits = evidence - prices(source, target) - _DIAGONAL * distance
    first = np.sqrt(np.multiply(*_both_ways(logits)))
    forward, backward = _both_ways(logits + _SUPPORT * np.minimum(_support(first), _MOST_SUPPORT))
    both = np.sqrt(forward * backward)
    linked = np.where(both >= _LINK, both, 0)
    joined = _joined(linked, forward, both, source, target)
    joined = np.maximum(joined, _joined(linked.T, backward.T, both.T, target, source).T)
    return _lean(_lean(joined, source, target).T, target, source).T


def _both_ways(logits: Floats) -> tuple[Floats, Floats]:
    """Probability of each target word for a source word, and of each source word for a target word."""
    return _soft_max(logits), _soft_max(logits.T).T


def _soft_max(logits: Floats) -> Floats:
    highest = np.maximum(logits.max(axis=1, keepdims=True), _NOTHING)
    scaled = np.exp(logits - highest)
    probability: Floats = scaled / (scaled.sum(axis=1, keepdims=True) + np.exp(_NOTHING - highest))
    return probability


def _support(linked: Floats) -> Floats:
    """For each pair of words the links around it, nearer ones counting more."""
    near = np.exp(-np.abs(np.arange(-_REACH, _REACH + 1)) / _NEARNESS)
    around = _spread(_spread(linked, near).T, near).T
    support: Floats = around - linked
    return support


def _spread(rows: Floats, weights: Floats) -> Floats:
    padded = np.pad(rows, ((_REACH, _REACH), (0, 0)))
    spread: Floats = sum(w * padded[k : k + len(rows)] for k, w in enumerate(weights))
    return spread


def _joined(linked: Floats, forward: Floats, both: Floats, source: Grammar, target: Grammar) -> Floats:
    """The links, and those of free words whose neighbour is linked to the same word: United States, 米国."""
    n = len(linked)
    best = forward.argmax(axis=1)
    rows = np.arange(n)
    beside = np.pad(linked, ((1, 1), (0, 0)))
    chosen = (
        ~linked.any(axis=1)
        & (forward[rows, best] >= _COMPOUND)
        & (source.roles == Role.CONTENT)
        & (target.roles[best] == Role.CONTENT)
        & ((beside[rows, best] > 0) | (beside[rows + 2, best] > 0))
    )
    out = linked.copy()
    out[rows[chosen], best[chosen]] = both[rows[chosen], best[chosen]]
    return out


def _lean(linked: Floats, source: Grammar, target: Grammar) -> Floats:
    """The links with those of source words that lean on the one before: they share its links to predicates."""
    carries = np.isin(target.roles, (Role.CONTENT, Role.OTHER))
    out = linked.copy()
    for row in np.flatnonzero(source.leans):
        out[row, carries] = np.maximum(out[row, carries], out[row - 1, carries])
    return out
